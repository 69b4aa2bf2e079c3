"""Watchlist terms are found as whole words, whatever their case, with offsets into the text as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.literals import Hit, Literals


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        (["Acme"], "ACME cuts jobs", [Hit(0, 0, 4)]),
        (["Acme"], "Acmeville cuts jobs", []),
        (["Acme", "Acme Steel"], "Acme Steel cuts jobs", [Hit(1, 0, 10)]),
        (["Acme", "Acme St"], "Acme Steel cuts jobs", [Hit(0, 0, 4)]),
        (["Société Générale"], "at société générale, jobs go", [Hit(0, 3, 19)]),
        (["Acme"], "İİ Acme", [Hit(0, 3, 7)]),
        (["AT&T"], "AT&T's staff", [Hit(0, 0, 4)]),
    ],
)
def test_terms_are_found(terms: list[str], text: str, expected: list[Hit]) -> None:
    assert list(Literals(terms).find(text)) == expected


@given(st.text(max_size=60))
def test_hits_hold_their_term(text: str) -> None:
    for hit in Literals(["a", "ab c", "é"]).find(text):
        assert text[hit.start : hit.end].lower() == ["a", "ab c", "é"][hit.term]
