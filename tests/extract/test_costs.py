from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.costs import cost
from monitor.extract.reading import read
from monitor.rules.zones import read_document


def _cost(text: str) -> tuple[float, float, str] | None:
    found = cost(read(read_document("", text)))
    return (found.low, found.high, found.currency) if found else None


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("Severance and other closing costs should run to $13 to $15 million.", (13e6, 15e6, "USD")),
        ("One-off costs put at about 1.3 mln eur ($1.35 mln).", (1.3e6, 1.3e6, "EUR")),
        ("Charges of about $65,000 for terminations fall in the quarter.", (65_000, 65_000, "USD")),
        ("A CAD 31 million charge for pensions and severance falls in the quarter.", (31e6, 31e6, "CAD")),
        ("It will take a restructuring charge of US $70 to $90 million.", (70e6, 90e6, "USD")),
        ("It expects severance costs of $20 million to $23 million.", (20e6, 23e6, "USD")),
        ("It books a restructuring charge of 1.2 billion euros.", (1.2e9, 1.2e9, "EUR")),
        ("Restructuring costs come to C$4.5m.", (4.5e6, 4.5e6, "CAD")),
        ("It expects separation costs of about $200K.", (200e3, 200e3, "USD")),
    ],
)
def test_charges_are_read_as_ranges(text: str, money: tuple[float, float, str]) -> None:
    assert _cost(text) == money


@pytest.mark.parametrize(
    "text",
    [
        "The restructuring will save $30 million.",
        "The cuts bring $14 million in annual savings.",
        "It had a loss of $3 million.",
        "Workers get severance and $14 an hour.",
        "Severance will be paid to 300 people.",
        "It will cut 90 jobs, and net charge-offs will total $1.4 billion.",
        "Employees who leave receive a $7,500 transition payment and severance.",
    ],
)
def test_other_sums_are_not(text: str) -> None:
    assert _cost(text) is None


def test_a_charge_for_the_cut_comes_before_the_other_charges() -> None:
    text = "Charges of $85 million are for inventory. A severance charge of $26 million follows."
    assert _cost(text) == (26e6, 26e6, "USD")


@given(
    st.integers(1, 999),
    st.sampled_from(["million", "billion", "mln", "bn"]),
    st.sampled_from(["$", "€", "£", "C$"]),
)
def test_any_sum_round_trips(number: int, scale: str, sign: str) -> None:
    found = cost(read(read_document("", f"Acme takes a severance charge of {sign}{number} {scale}.")))
    assert found is not None
    assert found.low == found.high == number * (1e6 if scale.startswith("m") else 1e9)
    assert found.evidence.text == f"{sign}{number} {scale}"
