from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.story.leads import lead_keys

LEAD = (
    "Harbour Mills, a maker of paper and packaging, will close its plant in Rochester by the end of June and"
    " move the remaining orders to its site in Ohio, the company said on Tuesday after talks with the union"
    " that represents most of the two hundred people who work there."
)


def share(one: str, other: str) -> bool:
    return bool(set(lead_keys(one)) & set(lead_keys(other)))


def test_an_opening_is_found_again_when_it_was_edited_cut_or_datelined() -> None:
    assert share(LEAD, LEAD.replace("said on Tuesday", "announced today"))
    assert share(LEAD, LEAD[:190])
    assert share(LEAD, f"ROCHESTER, N.Y., March 2, 2026 /PRNewswire/ -- {LEAD}")
    assert share(LEAD, f"{LEAD} About Harbour Mills: founded in 1901.")


def test_another_opening_is_not() -> None:
    other = (
        "Lakeside Foods reported record sales for its third quarter and raised its outlook for the year,"
        " helped by demand for frozen vegetables and by lower freight costs, and said that it would buy"
        " back shares worth ten million dollars over the coming months."
    )
    assert not share(LEAD, other)


@given(st.text(max_size=60))
def test_what_is_too_short_to_tell_has_no_keys(text: str) -> None:
    assert lead_keys(text) == ()


@given(st.text())
def test_the_same_text_has_the_same_keys(text: str) -> None:
    assert lead_keys(text) == lead_keys(text)
