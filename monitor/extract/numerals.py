"""The value of a number in digits, and all single numbers of a text in digits or words.

Separators of thousands: comma, full stop, apostrophe, plain, no-break or thin space before groups of three
digits (ISO 80000-1, Unicode CLDR). A full stop before three digits is a decimal point when a scale or a
percentage follows: nobody counts jobs in thousandths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from monitor.extract.jobwords import words
from monitor.extract.number_sorts import MULTIPLIERS, PERCENTS, Core, Sort, sort_of, word_at
from monitor.extract.number_words import NUMBER_WORDS, in_words, one_in
from monitor.extract.tokens import Token

_SUFFIXES = {"": 1, "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9}
_NUMERAL = re.compile(r"(\d++(?:[.,'’\u00a0\u2009\u202f]\d++)*+)([^\W\d_]*+)")
_GROUPED = re.compile(r"(\d{1,3})(?:([,.'’\u00a0\u2009\u202f])\d{3})(?:\2\d{3})*+(\.\d{1,2})?")
_LONGEST = 18  # digits and separators; more is a code
_DAY_BEFORE = words(
    """january february march april may june july august september october november december jan feb mar
    apr jun jul aug sep sept oct nov dec . no nos item number"""
)


def cores(found: Sequence[Token]) -> list[Core]:
    """Return every single number of the tokens, in order, none overlapping."""
    read: list[Core] = []
    reached = -1
    for at, token in enumerate(found):
        if at <= reached:
            continue
        core = None
        if token.word[0].isdigit():
            core = one_in(found, at) if token.word == "1" else None
            core = core or _numeral(found, at)
        elif token.word in NUMBER_WORDS:
            core = in_words(found, at)
        if core is not None:
            read.append(core)
            reached = core.last
    return read


def _numeral(found: Sequence[Token], at: int) -> Core:
    """A number that begins with digits, with the scale, sign of percent or currency behind it."""
    match = _NUMERAL.fullmatch(found[at].word)
    last = at
    text, suffix = (match.group(1), match.group(2)) if match else ("", "?")
    text, last = _spaced(found, at, text) if not suffix else (text, last)
    following = word_at(found, last + 1)
    scaled = suffix != "" or following in MULTIPLIERS or following in PERCENTS
    value = _value(text, decimal=scaled) if suffix in _SUFFIXES else None
    if value is None or _coded(found, at, last):
        return Core(at, last, None, Sort.CODE)
    scale = _SUFFIXES[suffix]
    if not suffix and following in MULTIPLIERS:
        scale = MULTIPLIERS[following]
        last += 1
    value = _times(value, scale)
    return sort_of(found, at, last, value)


def _spaced(found: Sequence[Token], at: int, text: str) -> tuple[str, int]:
    """Join groups of three digits that white space parts: "1 200", not "May 5 200" nor "2009 300"."""
    last = at
    if len(text) > 3 or word_at(found, at - 1) in _DAY_BEFORE or not text.isdigit() or text.startswith("0"):
        return text, last
    while last + 1 < len(found) and len(text) < _LONGEST:
        group = found[last + 1]
        if not (group.start > found[last].end and len(group.word) == 3 and group.word.isdigit()):
            break
        text += group.word
        last += 1
    return text, last


def _times(value: float, scale: int) -> float:
    """Return the product as a person reckons it: 8.2 billion is no 8,199,999,999.999999."""
    exact = Decimal(str(value)) * scale
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _value(text: str, *, decimal: bool) -> float | None:
    """The value of digits with separators, or None if they are no number a person would write."""
    if len(text) > _LONGEST:
        return None
    grouped = _GROUPED.fullmatch(text)
    if grouped and not (grouped.group(2) == "." and (decimal or text.startswith("0"))):
        whole, cents = (text[: -len(grouped.group(3))], grouped.group(3)) if grouped.group(3) else (text, "")
        return _plain("".join(filter(str.isdigit, whole)) + cents)
    body = text.replace(",", ".")
    return _plain(body) if body.count(".") < 2 and body.replace(".", "").isdigit() else None


def _plain(text: str) -> float:
    return int(text) if text.isdigit() else float(text)


def _coded(found: Sequence[Token], first: int, last: int) -> bool:
    """Whether digits are part of a date, time, phone number or item number, by what touches them."""
    before, after = _touching(found, first, -1), _touching(found, last, 1)
    if before in {"/", "#", "+", "@", "_", "="}:
        return True
    if after in {"/", ":"} and _digit_beyond(found, last):
        return True
    return (
        before == ":"
        and first > 1
        and found[first - 2].numeral
        and found[first - 2].end == found[first - 1].start
    )


def _touching(found: Sequence[Token], at: int, step: int) -> str:
    """The mark that touches the token without white space, or an empty string."""
    other = at + step
    if not 0 <= other < len(found):
        return ""
    left, right = (found[other], found[at]) if step < 0 else (found[at], found[other])
    return found[other].word if left.end == right.start else ""


def _digit_beyond(found: Sequence[Token], last: int) -> bool:
    return last + 2 < len(found) and found[last + 2].numeral and found[last + 2].start == found[last + 1].end
