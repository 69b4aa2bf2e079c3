"""The words that place names are made of, and how they are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: text[start:end]."""

    start: int
    end: int
    text: str


_SMALL_WORDS = (
    "of the presso sopra sotto de del della di da do dos das du des la le les los las sur am an der den upon "
    "on under en y d l"
)
_INNER = frozenset(_SMALL_WORDS.split())
# Capitalised words and the small words inside names; what else lies between two of them keeps them apart.
WORD = re.compile(
    r"(?:[A-Z]\.){2,5}|W\.Va\.|\b(?:(?![a-zß-öø-ÿ])[^\W\d_]++(?:['’](?!s\b|S\b)[^\W\d_]++)*+"
    rf"|(?:[dl]['’](?=[A-Z])[^\W\d_]++|(?:{'|'.join(_SMALL_WORDS.split())})\b))"
)
_BEFORE_STOP = frozenset("st ste ft mt pt".split())
_GAPS = frozenset((" ", "-", "\u00a0", "‑", "–"))
_LONGEST_NAME = 5


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Return the words of text[start:end] that may belong to a name."""
    return [Word(m.start(), m.end(), m.group()) for m in WORD.finditer(text, start, end)]


def adjoin(text: str, left: Word, right: Word) -> bool:
    """Whether two words may stand in one name."""
    gap = text[left.end : right.start]
    if gap == ". ":
        return left.text.lower() in _BEFORE_STOP
    return (gap in _GAPS or gap == "\n") and (
        right.text[0].isupper() or right.text.lower() in _INNER or right.text[1:2] in ("'", "’")
    )


def last_of_run(text: str, words: Sequence[Word], at: int) -> int:
    """Return the number of the last word that may belong to a name which begins with the `at`-th."""
    last = at
    while (
        last + 1 < len(words) and last + 1 - at < _LONGEST_NAME and adjoin(text, words[last], words[last + 1])
    ):
        last += 1
    return last
