from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.tickers import Listing, listed, listing_of_tag

EXCHANGES = (
    "NYSE",
    "NYSE MKT",
    "NYSE American",
    "NASDAQ",
    "Nasdaq Global Select",
    "NasdaqGS",
    "TSX-V",
    "LSE",
    "OTC-QB",
)


@pytest.mark.parametrize(
    ("text", "listings"),
    [
        ("IEC Electronics Corp. (NYSE MKT: IEC) today", [("NYSE MKT", "IEC")]),
        ("(NASDAQ:XYZ)", [("NASDAQ", "XYZ")]),
        ("(Nasdaq Global Select: ISIL)", [("Nasdaq Global Select", "ISIL")]),
        ("(TSX-V: ABC)", [("TSX-V", "ABC")]),
        ("(LSE: ABC)", [("LSE", "ABC")]),
        ("(Nasdaq Stockholm: ERIC B)", [("Nasdaq Stockholm", "ERIC B")]),
        ("(TSX: ABC.UN)", [("TSX", "ABC.UN")]),
        ("(HKEX: 0005)", [("HKEX", "0005")]),
        ("(Paris:ORA)", [("Paris", "ORA")]),
        ("(XYZ.N)", [("NYSE", "XYZ")]),
        ("Foo Inc ( GE.N ) said", [("NYSE", "GE")]),
        ("Foo Corp GT.N, the maker", [("NYSE", "GT")]),
        ("( 6701.T )", [("TSE", "6701")]),
        ("(NYSE, TSE: BCE)", [("NYSE", "BCE"), ("TSE", "BCE")]),
        ("(NYSE and TSX: BCE)", [("NYSE", "BCE"), ("TSX", "BCE")]),
        ("(NYSE: ABC; TSX: DEF)", [("NYSE", "ABC"), ("TSX", "DEF")]),
        ("(NYSE: ABC, TSX: DEF)", [("NYSE", "ABC"), ("TSX", "DEF")]),
        ("(F.N, TM.N)", [("NYSE", "F"), ("NYSE", "TM")]),
        ("(TRST-T; CTST-N)", [("TSX", "TRST"), ("NYSE", "CTST")]),
        ("(ticker symbol: LEH)", [(None, "LEH")]),
    ],
)
def test_usual_forms_are_read(text: str, listings: list[tuple[str | None, str]]) -> None:
    found = [listing for each in listed(text) for listing in each.listings]
    assert found == [Listing(*each) for each in listings]


@pytest.mark.parametrize(
    "text",
    [
        "(EMS)",
        "(Reuters)",
        "(Note: See below)",
        "(ISO 9001:2008)",
        "the U.S. NEW",
        "(888) 600-4780",
        "()",
        "(:)",
    ],
)
def test_other_brackets_are_no_listing(text: str) -> None:
    assert listed(text) == ()


def test_the_code_of_an_unlisted_company_names_no_listing() -> None:
    (found,) = listed("General Foo ( GM.UL ) has")
    assert found.listings == ()


def test_a_feed_category_may_be_a_listing() -> None:
    assert listing_of_tag("Nasdaq:XYZ") == Listing("Nasdaq", "XYZ")
    assert listing_of_tag("Restructuring / Recapitalization") is None
    assert listing_of_tag("US12345X1037") is None


@given(
    exchange=st.sampled_from(EXCHANGES),
    ticker=st.from_regex(r"\A[A-Z]{1,5}(?:\.[A-Z])?\Z"),
    shape=st.sampled_from(["({}: {})", "({}:{})", "( {}: {} )", "(“{}”: {})"]),
)
def test_any_labelled_form_round_trips(exchange: str, ticker: str, shape: str) -> None:
    text = f"Foo Inc. {shape.format(exchange, ticker)} today"
    (found,) = listed(text)
    assert found.listings == (Listing(exchange, ticker),)
    assert text[found.start] == "("
    assert text[found.end - 1] == ")"


@given(
    ticker=st.from_regex(r"\A[A-Z0-9]{1,5}\Z"),
    code=st.sampled_from(["N", "O", "L", "PA", "DE", "T", "TO", "AX"]),
)
def test_any_reuters_code_round_trips(ticker: str, code: str) -> None:
    bracketed, bare = listed(f"Foo Inc ({ticker}.{code}) and Bar plc {ticker}.{code} said")
    assert bracketed.listings == bare.listings
    assert bracketed.listings[0].ticker == ticker


@given(st.text(max_size=400))
def test_nothing_is_invented(text: str) -> None:
    for each in listed(text):
        for listing in each.listings:
            assert listing.ticker is not None
            assert listing.ticker in text[each.start : each.end]
