"""A set of patterns finds at least what `re` finds, whatever the script."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.wordsets import WordSet

PATTERNS = (r"\bcut(?:s|ting)?\b", r"\b[\w'’-]+\sjobs\b", r"\w+(?:\s\w+){0,2}\sgo\b", r"[€£$]\s?\d")
WORDS = (
    "cut",
    "Cuts",
    "cutting",
    "jobs",
    "é",
    "Société",
    "go",
    "€",
    "5",
    " ",
    "\u00a0",
    "\n",
    "-",
    "’",
    "ﬁ",
    "\ud800",
)

FOUND = WordSet(PATTERNS)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_nothing_that_re_finds_is_missed(text: str) -> None:
    wanted = {at for at, pattern in enumerate(PATTERNS) if re.search(pattern, text, re.IGNORECASE)}

    assert wanted <= set(FOUND(text))


def test_what_is_not_there_is_not_found() -> None:
    assert list(FOUND("Acme sold 5 anvils.")) == []
    assert list(FOUND("Acme cuts all jobs.")) == [0, 1]
