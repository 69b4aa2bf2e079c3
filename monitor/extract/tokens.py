"""Words, numerals and marks of a text, the ground on which numbers and cuts are read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple


class Token(NamedTuple):
    """A word ("full-time", "A320"), a numeral with its letters ("1,200", "1.2k", "3rd") or a single mark.

    `start` and `end` are offsets into the text that was read; `word` is the text in lower case, with
    straight apostrophes.
    """

    start: int
    end: int
    word: str

    @property
    def numeral(self) -> bool:
        """Whether it begins with a digit."""
        return self.word[0].isdigit()


# A separator of thousands may be a comma, a full stop, an apostrophe, a no-break or thin space (ISO 80000-1).
_TOKEN = re.compile(
    r"""\d++(?:[.,'’\u00a0\u2009\u202f]\d++)*+[^\W\d_]*+   # 1,200 or 1.2k
      | (?:[A-Z]\.){2,}+                                     # U.S.
      | [^\W\d_]\w*+(?:['’&-]\w++|\.[A-Z]{1,2}+(?!\w))*+    # full-time, A320, XYZ.N
      | [^\w\s]""",
    re.VERBOSE,
)


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text[start:end]` in order."""
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):  # a few capitals, such as "İ", have two characters in lower case
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text).replace("’", "'")
    stop = len(text) if end is None else end
    return [
        Token(first, last, lowered[first:last])
        for match in _TOKEN.finditer(text, start, stop)
        for first, last in [match.span()]
    ]


def token_at(found: Sequence[Token], offset: int) -> int:
    """Return the index of the first token that starts at or after `offset`."""
    return bisect_left(found, offset, key=lambda token: token.start)
