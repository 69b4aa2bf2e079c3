"""The value of a single number in digits or words, and what sort of number its surroundings make it.

Separators of thousands: comma, full stop, apostrophe, plain, no-break or thin space before groups of three
digits (ISO 80000-1, Unicode CLDR). A full stop before three digits is a decimal point when a scale or a
percentage follows: nobody counts jobs in thousandths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from monitor.extract.jobwords import words
from monitor.extract.tokens import Token


class Sort(StrEnum):
    """What a number counts."""

    COUNT = "count"
    PERCENT = "percent"
    FRACTION = "fraction"
    MONEY = "money"
    CODE = "code"
    VAGUE = "vague"


class Core(NamedTuple):
    """Tokens `first` to `last` say `value`; None for a vague word. Percentages and fractions are in percent."""

    first: int
    last: int
    value: float | None
    sort: Sort


_UNITS = {
    word: value
    for value, word in enumerate(
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split(),
        start=1,
    )
}
_TENS = {
    word: value * 10
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SMALL = {
    **_UNITS,
    **_TENS,
    **{f"{ten}-{one}": a + b for ten, a in _TENS.items() for one, b in _UNITS.items() if b < 10},
}
_SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bln": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
_MULTIPLIERS = {"hundred": 100, "dozen": 12, "score": 20, "k": 1000, **_SCALES}
_SUFFIXES = {"": 1, "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9}
_MANY = frozenset({"hundreds", "thousands", "dozens", "scores", "tens", "millions", "handful", "several"})
_FEW = frozenset({"few", "couple", "several", "many"})
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "tenth": 10, "tenths": 10,
}  # fmt: skip
_SHARES = {
    f"{word}-{part}": value / parts * 100
    for word, value in [*_UNITS.items(), ("a", 1)]
    for part, parts in _PARTS.items()
    if value < parts
}
HALVING = frozenset({"halve", "halves", "halving", "halved"})
_BEFORE_A_SHARE = frozenset(
    {"by", "about", "nearly", "almost", "roughly", "around", "over", "than", "to", "some"}
)
_AFTER_A_SHARE = frozenset({"of", "its", "their", "the", ".", ",", ")"})
_PERIOD_BEFORE_HALF = frozenset({"first", "second", "last", "latter", "next", "other", "and", "-"})

_CURRENCY_MARKS = frozenset("$€£¥₹")
_CURRENCY_CODES = words("eur usd cad aud gbp sek nok dkk chf inr jpy cny hkd sgd nzd brl rs rmb us$ c$ a$")
_CURRENCIES = words(
    """dollar dollars euro euros pound pounds yen yuan renminbi crown crowns krona kronor krone kroner
    franc francs won rupee rupees peso pesos real reais rouble roubles ruble rubles rand ringgit baht
    lira zloty forint shekel shekels cents pence eur usd cad gbp sek nok dkk chf"""
)
_PERCENTS = frozenset({"%", "percent", "pct", "per-cent"})

_NUMERAL = re.compile(r"(\d++(?:[.,'’\u00a0\u2009\u202f]\d++)*+)([^\W\d_]*+)")
_GROUPED = re.compile(r"(\d{1,3})(?:([,.'’\u00a0\u2009\u202f])\d{3})(?:\2\d{3})*+(\.\d{1,2})?")
_LONGEST = 18  # digits and separators; more is a code


def cores(found: Sequence[Token]) -> list[Core]:
    """Return every single number of the tokens, in order, none overlapping."""
    read: list[Core] = []
    at = 0
    while at < len(found):
        core = _core(found, at)
        if core is None:
            at += 1
        else:
            read.append(core)
            at = core.last + 1
    return read


def _core(found: Sequence[Token], at: int) -> Core | None:
    word = found[at].word
    if word[0].isdigit():
        return _numeral(found, at)
    if word in HALVING:
        return Core(at, at, 50.0, Sort.FRACTION)
    if word in _WORDS:
        return _share(found, at) or _vague(found, at) or _worded(found, at)
    return None


_WORDS = frozenset([*_SMALL, *_MANY, *_FEW, *_SHARES, "a", "an", "half", "hundred", "thousand", "dozen"])


def _numeral(found: Sequence[Token], at: int) -> Core:
    """A number that begins with digits, with the scale, sign of percent or currency behind it."""
    match = _NUMERAL.fullmatch(found[at].word)
    last = at
    text, suffix = (match.group(1), match.group(2)) if match else ("", "?")
    text, last = _spaced(found, at, text) if not suffix else (text, last)
    following = _word(found, last + 1)
    scaled = suffix != "" or following in _MULTIPLIERS or following in _PERCENTS
    value = _value(text, decimal=scaled) if suffix in _SUFFIXES else None
    if value is None or _coded(found, at, last):
        return Core(at, last, None, Sort.CODE)
    value *= _SUFFIXES[suffix]
    if not suffix and following in _MULTIPLIERS:
        value *= _MULTIPLIERS[following]
        last += 1
    return _sorted(found, at, last, value)


def _spaced(found: Sequence[Token], at: int, text: str) -> tuple[str, int]:
    """Join groups of three digits that single plain spaces part: "1 200", not "May 5 200" nor "2009 300"."""
    last = at
    if len(text) > 3 or _word(found, at - 1) in _DAY_BEFORE or not text.isdigit() or text.startswith("0"):
        return text, last
    while last + 1 < len(found) and len(text) < _LONGEST:
        group = found[last + 1]
        if not (group.start == found[last].end + 1 and len(group.word) == 3 and group.word.isdigit()):
            break
        text += group.word
        last += 1
    return text, last


_DAY_BEFORE = words(
    """january february march april may june july august september october november december jan feb mar
    apr jun jul aug sep sept oct nov dec . no nos item number"""
)


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


def _sorted(found: Sequence[Token], first: int, last: int, value: float) -> Core:
    """Decide the sort of a value by its neighbours, taking in a sign of percent."""
    following = _word(found, last + 1)
    if following in _PERCENTS:
        return Core(first, last + 1, value, Sort.PERCENT)
    if following == "per" and _word(found, last + 2) in {"cent", "cents"}:
        return Core(first, last + 2, value, Sort.PERCENT)
    if following in {"percentage", "basis", "points"}:
        return Core(first, last, value, Sort.CODE)
    if _is_money(found, first, last):
        return Core(first, last, value, Sort.MONEY)
    return Core(first, last, value, Sort.COUNT)


def _is_money(found: Sequence[Token], first: int, last: int) -> bool:
    before = _word(found, first - 1)
    if before in _CURRENCY_MARKS or before in _CURRENCY_CODES:
        return True
    following = (_word(found, last + 1), _word(found, last + 2))
    return following[0] in _CURRENCIES or (following[1] in _CURRENCIES and found[last].word in _MULTIPLIERS)


def _worded(found: Sequence[Token], at: int) -> Core | None:
    """A number in words: "seventy-three", "two dozen", "one hundred and five", "half a million"."""
    word = _word(found, at)
    if word == "half" and _word(found, at + 1) in {"a", "an"}:
        scale = _MULTIPLIERS.get(_word(found, at + 2))
        return _sorted(found, at, at + 2, scale / 2) if scale else None
    if word in {"a", "an"}:
        if _word(found, at + 1) == "half" and _word(found, at + 2) in _MULTIPLIERS:
            return _sorted(found, at, at + 2, _MULTIPLIERS[_word(found, at + 2)] / 2)
        if _word(found, at + 1) not in _MULTIPLIERS:
            return None
    last, value = _sum(found, at)
    return _sorted(found, at, last, value) if value else None


def _sum(found: Sequence[Token], at: int) -> tuple[int, int]:
    """Read groups below a thousand with falling scales; return the last token and the value."""
    total, last, ceiling = 0, at, 10**15
    while at < len(found):
        end, group = _group(found, at)
        if not group:
            break
        scale = _SCALES.get(_word(found, end + 1), 1)
        if scale >= ceiling:
            break
        end += scale > 1
        total += group * scale
        last, ceiling = end, scale
        if scale == 1:
            break
        at = end + 1 + (_word(found, end + 1) == "and")
    return last, total


def _group(found: Sequence[Token], at: int) -> tuple[int, int]:
    """Read "three hundred and five", "two dozen", "a hundred", "forty two"; value 0 when there is none."""
    word = _word(found, at)
    value = 1 if word in {"a", "an"} else _SMALL.get(word, 0)
    if word in {"hundred", "thousand", "dozen"}:
        return at - 1, 0
    if not value:
        return at, 0
    if word in _TENS and _SMALL.get(_word(found, at + 1), 10) < 10:
        value, at = value + _SMALL[_word(found, at + 1)], at + 1
    multiplier = _word(found, at + 1)
    if multiplier in {"dozen", "score"}:
        return at + 1, value * _MULTIPLIERS[multiplier]
    if multiplier == "hundred":
        value, at = value * 100, at + 1
        rest = at + 1 + (_word(found, at + 1) == "and")
        small = _SMALL.get(_word(found, rest), 0)
        if small:
            value, at = value + small, rest
            if _word(found, rest) in _TENS and _SMALL.get(_word(found, rest + 1), 10) < 10:
                value, at = value + _SMALL[_word(found, rest + 1)], rest + 1
    return at, value


def _vague(found: Sequence[Token], at: int) -> Core | None:
    """ "Hundreds", "several hundred", "a few dozen", "tens of thousands", "a handful": told, but no number."""
    first = at
    if _word(found, at) in {"a", "the"} and _word(found, at + 1) in {"few", "couple", "handful", "small"}:
        at += 1 + (_word(found, at + 1) == "small")
    word = _word(found, at)
    if word in _FEW:
        scale = at + 1 + (_word(found, at + 1) == "of")
        if _word(found, scale) in _MULTIPLIERS:
            return Core(first, scale, None, Sort.VAGUE)
    if word in _MANY:
        more = _word(found, at + 1) == "of" and _word(found, at + 2) in _MANY
        return Core(first, at + 2 if more else at, None, Sort.VAGUE)
    return None


def _share(found: Sequence[Token], at: int) -> Core | None:
    """ "A third", "two-thirds", "half its", "one in five": a fraction, in percent."""
    word, following = _word(found, at), _word(found, at + 1)
    if word in _SHARES:
        return Core(at, at, _SHARES[word], Sort.FRACTION)
    joined = f"{'a' if word == 'an' else word}-{following}"
    if joined in _SHARES and (
        _word(found, at + 2) in _AFTER_A_SHARE or _word(found, at - 1) in _BEFORE_A_SHARE
    ):
        return Core(at, at + 1, _SHARES[joined], Sort.FRACTION)
    if word == "half" and following not in _MULTIPLIERS and _word(found, at - 1) not in _PERIOD_BEFORE_HALF:
        of_it = following in _AFTER_A_SHARE or _word(found, at - 1) in _BEFORE_A_SHARE
        return Core(at, at, 50.0, Sort.FRACTION) if of_it else None
    if word in _UNITS and following in {"in", "of", "out"}:
        return _one_in(found, at)
    return None


def _one_in(found: Sequence[Token], at: int) -> Core | None:
    base = at + 2 + (_word(found, at + 1) == "out")
    word = _word(found, base)
    whole = _SMALL.get(word, int(word) if word.isascii() and word.isdigit() and len(word) < 4 else 0)
    part = _UNITS[_word(found, at)]
    if _word(found, at + 1) == "of" or part >= whole:
        return None
    return Core(at, base, float(Fraction(part, whole) * 100), Sort.FRACTION)


def _word(found: Sequence[Token], at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""
