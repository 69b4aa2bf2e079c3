"""What words of a cut and of a number a sentence holds: a cheap pass before what is costly is read from it.

One RE2 set finds all signs at once; on a sentence that is about ten times as fast as one alternation of `re`,
and linear on any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

import re2

from monitor.extract.grammar import OPENERS
from monitor.extract.jobwords import BUYOUTS, CUTTING, EVENTS, FALLING, GOING, JOBS, LAYING_OFF, REDUCTIONS


class Sign(IntEnum):
    """Kinds of words, by their place in the set of patterns."""

    CUT = 0
    JOBS = 1
    ACT = 2
    NUMBER = 3
    SHARE = 4


def _any_of(words: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(sorted(map(re.escape, words)))})\b"


_PATTERNS = {
    Sign.CUT: _any_of(EVENTS | BUYOUTS | LAYING_OFF)
    + r"|\b(?:cuts|cutbacks|reductions?|let(?:s|ting)?|redundant|home|pink|early|voluntary|go)\b",
    Sign.JOBS: _any_of(JOBS),
    Sign.ACT: _any_of(CUTTING | GOING | REDUCTIONS | FALLING | OPENERS.keys())
    + r"|\b(?:out of|without|at risk|danger|jeopardy|stake|threat)\b",
    Sign.NUMBER: (
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|(?:twen|thir|for|fif|six|"
        r"seven|eigh|nine)ty|hundreds?|thousands?|dozens?|half|halv(?:e|es|ed|ing)|thirds?|quarters?|fifths?|tenths?|several|handful|scores)\b"
    ),
    Sign.SHARE: r"%|percent|per cent|pct|\bhal(?:f|v)|third|quarter",
}


def _compiled() -> re2.Set:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    found = re2.Set.SearchSet(options)
    for sign in Sign:
        found.Add(_PATTERNS[sign])
    found.Compile()
    return found


_SET = _compiled()
_NONE: tuple[int, ...] = ()


def signs(text: str) -> tuple[int, ...]:
    """Return the signs that the text holds."""
    return tuple(_SET.Match(text.encode(errors="ignore")) or _NONE)


def may_tell_a_cut(seen: tuple[int, ...]) -> bool:
    """Whether a cut may be told: by one word, else by a word of jobs and one of what is done to them."""
    return Sign.CUT in seen or (Sign.JOBS in seen and Sign.ACT in seen)
