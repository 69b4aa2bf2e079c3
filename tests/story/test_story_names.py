from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Company, Evidence
from monitor.story.names import company_keys, name_key, ticker_key

NOTHING = Evidence(0, 0, "")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("IEC Electronics Corp.", "iec electronics"),
        ("The Boeing Company", "boeing"),
        ("Nestlé S.A.", "nestle"),
        ("Johnson & Johnson", "johnson and johnson"),
        ("Oriola-KD Oyj", "oriola kd"),
        ("TC BioPharm (Holdings) PLC", "tc biopharm"),
        ("Merck KGaA", "merck"),
        ("Henkel AG & Co. KGaA", "henkel"),
        ("Volkswagen Group", "volkswagen"),
        ("J.C. Penney Co., Inc.", "jc penney"),
        ("McDonald’s", "mcdonalds"),
        ("Weiß GmbH", "weiss"),
        ("Macy's, Inc.", "macys"),
        ("The Group Ltd", "group"),
        ("3M Company", "3m"),
        ("Co", "co"),
        ("Amazon.com, Inc.", "amazon"),
        ("Grupo Bimbo, S.A.B. de C.V.", "grupo bimbo"),
        ("Rio de SA", "rio de"),
    ],
)
def test_a_name_is_known_without_its_legal_form(name: str, key: str) -> None:
    assert name_key(name) == key


def test_what_tells_companies_apart_stays() -> None:
    assert name_key("General Motors") != name_key("General Electric")
    assert name_key("Ford Motor Co") != name_key("Ford")


def test_a_listing_is_one_on_all_us_venues_and_another_abroad() -> None:
    assert ticker_key("NYSE MKT", "IEC") == ticker_key("NYSE American", "iec") == "ticker:us:IEC"
    assert ticker_key("OTC-QB", "BSTG") == ticker_key("Nasdaq", "BSTG")
    assert ticker_key("TSX", "IEC") != ticker_key("NYSE", "IEC")
    assert ticker_key("Nasdaq Helsinki", "NOKIA") != ticker_key("Nasdaq", "NOKIA")
    assert ticker_key(None, "BRK.B") == "ticker::BRKB"


def test_a_company_is_looked_up_by_name_and_ticker() -> None:
    assert company_keys(Company("Biostage, Inc.", "NASDAQ", "BSTG", NOTHING)) == (
        "name:biostage",
        "ticker:us:BSTG",
    )
    assert company_keys(Company("Biostage", None, None, NOTHING)) == ("name:biostage",)
    assert company_keys(Company("—", None, "-", NOTHING)) == ()


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
