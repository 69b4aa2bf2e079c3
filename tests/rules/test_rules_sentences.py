"""Sentences end where readers end them, whatever white space lies between, in time linear in the text."""

from __future__ import annotations

import pytest
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.sentences import sentences

WORDS = (
    "Acme",
    "Corp.",
    "said",
    "it",
    "cuts",
    "jobs.",
    "Shares",
    "fell",
    "U.S.",
    "The",
    "Mr.",
    "Lee",
    "“No!”",
    "3.5",
)
HOSTILE = (".", "...", ". ", ".\n", "\n ", "\n\t\n", "!?", "A. ", "1,", "“", "- ", "\n- ", "X", ") ")


def read(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme cuts jobs. Shares fell.", ["Acme cuts jobs.", "Shares fell."]),
        ("Acme Corp. said so. It is done.", ["Acme Corp. said so.", "It is done."]),
        ("Mr. Lee left the U.S. The rest stay.", ["Mr. Lee left the U.S.", "The rest stay."]),
        ("Sites:\n- Lyon\n- Ghent", ["Sites:", "- Lyon", "- Ghent"]),
        ("It ends  \nHere it goes on", ["It ends Here it goes on"]),
        ("It ends. \nhere", ["It ends.", "here"]),
        ("Wait......... What?", ["Wait.........", "What?"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.integers(1, 4))
def test_more_white_space_changes_nothing(words: list[str], wide: int) -> None:
    assert read(" ".join(words)) == read((" " * wide).join(words))


@given(st.text('aA.!?…\n -•"”’“1)', max_size=80))
def test_all_but_white_space_is_in_a_sentence_once_and_in_order(text: str) -> None:
    spans = list(sentences(text))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert spans == sorted(spans)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    assert is_linear(lambda size: list(sentences(piece * (size // len(piece)))), 50_000)
