from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.reading import read
from monitor.extract.units import units
from monitor.rules.zones import read_document


def _who(text: str) -> list[str]:
    return [each.text for each in units(read(read_document("", text)))]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Acme confirmed a workforce reduction of approximately 73 full time employees.",
            ["full time employees"],
        ),
        ("Acme will cut 1,600 salaried jobs.", ["salaried jobs"]),
        ("Acme will lay off 900 salaried and hourly workers.", ["salaried and hourly workers"]),
        ("Acme will cut 200 jobs in its mortgage unit.", ["its mortgage unit"]),
        ("Acme will furlough 900 flight attendants.", ["flight attendants"]),
        ("Acme will cut 200 jobs.", []),
        ("Full-time employees like it here.", []),
        ("Acme will cut 200 jobs to shift away from its core PC business.", []),
        ("Acme will cut 200 jobs at the Borealis Inc. unit.", []),
        ("Acme will cut 200 staff members.", []),
        ("Acme will cut 200 jobs, Ann Lee told reporters.", []),
        ("Acme will cut 200 jobs, but there are no cuts in its mortgage unit.", []),
        ("Acme will cut 200 jobs. Last year it cut 40 salaried jobs.", []),
    ],
)
def test_sorts_of_work_and_units_are_read_where_the_cut_is_told(text: str, who: list[str]) -> None:
    assert _who(text) == who


@given(
    st.lists(
        st.sampled_from(
            [
                "cut",
                "its",
                "mortgage",
                "unit",
                "salaried",
                "and",
                "hourly",
                "jobs",
                "in",
                "the",
                "office",
                "staff",
                ".",
            ]
        ),
        max_size=40,
    )
)
def test_evidence_stands_in_the_text(words: list[str]) -> None:
    document = read_document("", " ".join(words))
    for each in units(read(document)):
        assert document.text[each.start : each.end] == each.text
