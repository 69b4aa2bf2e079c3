from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.names import key_of, names, shouts
from monitor.rules.zones import read_document


def _names(text: str) -> list[str]:
    document = read_document("", text)
    return [document.text[name.start : name.end] for name in names(document)[1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell at Acme, Inc. on Monday.", ["Acme, Inc."]),
        ("shares of Deere & Co fell", ["Deere & Co"]),
        ("the Royal Bank of Scotland said", ["Royal Bank of Scotland"]),
        ("maker Research In Motion Ltd said", ["Research In Motion Ltd"]),
        ("at J.C. Penney Co Inc they", ["J.C. Penney Co Inc"]),
        ("maker 3M said", ["3M"]),
        ("retailer eBay Inc said", ["eBay Inc"]),
        ("with Acme Inc's ( ACM.N ) Borealis unit", ["Acme Inc", "Borealis"]),
        ("as Acme Chief Executive Jane Doe said", ["Acme", "Jane Doe"]),
        ("the Illinois-based maker", []),
    ],
)
def test_groups_of_capitalised_words_are_names(text: str, found: list[str]) -> None:
    assert _names(text) == found


def test_a_listing_belongs_to_the_name_before_it() -> None:
    document = read_document("", "on Monday Acme Inc ( ACM.N ) and Borealis said")
    acme, borealis = names(document)[1]
    assert [each.ticker for each in acme.listings] == ["ACM"]
    assert borealis.listings == ()


def test_a_key_is_the_name_without_article_and_legal_form() -> None:
    assert key_of(["The", "Acme", "Widget", "Co.", "Inc."]) == ("acme", "widget")


def test_a_headline_that_shouts_is_known() -> None:
    assert shouts("ACME TO CLOSE PLANT")
    assert shouts("Acme Announces Workforce Reduction")
    assert not shouts("Acme to close plant in Ohio")


@given(st.text(max_size=300))
def test_names_follow_one_another_in_the_text(text: str) -> None:
    found = names(read_document("", text))[1]
    assert all(name.start < name.end <= name.after for name in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
