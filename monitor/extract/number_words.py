"""Numbers in words: "seventy-three", "two dozen", "half a million", "a third", "several hundred"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from monitor.extract.jobwords import JOBS
from monitor.extract.number_sorts import MULTIPLIERS, SCALES, Core, Sort, sort_of, word_at
from monitor.extract.tokens import Token

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
NUMBER_WORDS = HALVING | frozenset(
    [*_SMALL, *_MANY, *_FEW, *_SHARES, "a", "an", "half", "hundred", "thousand", "dozen"]
)


def in_words(found: Sequence[Token], at: int) -> Core | None:
    """Return the number in words that begins with the token, one of NUMBER_WORDS, or None."""
    word = found[at].word
    if word in HALVING:
        return Core(at, at, 50.0, Sort.FRACTION)
    return _share(found, at) or _vague(found, at) or _worded(found, at)


def _worded(found: Sequence[Token], at: int) -> Core | None:
    """A number in words: "seventy-three", "two dozen", "one hundred and five", "half a million"."""
    word = word_at(found, at)
    if word == "half" and word_at(found, at + 1) in {"a", "an"}:
        scale = MULTIPLIERS.get(word_at(found, at + 2))
        return sort_of(found, at, at + 2, scale / 2) if scale else None
    if word in {"a", "an"}:
        if word_at(found, at + 1) == "half" and word_at(found, at + 2) in MULTIPLIERS:
            return sort_of(found, at, at + 2, MULTIPLIERS[word_at(found, at + 2)] / 2)
        if word_at(found, at + 1) not in MULTIPLIERS:
            return None
    last, value = _sum(found, at)
    return sort_of(found, at, last, value) if value else None


def _sum(found: Sequence[Token], at: int) -> tuple[int, int]:
    """Read groups below a thousand with falling scales; return the last token and the value."""
    total, last, ceiling = 0, at, 10**15
    while at < len(found):
        end, group = _group(found, at)
        if not group:
            break
        scale = SCALES.get(word_at(found, end + 1), 1)
        if scale >= ceiling:
            break
        end += scale > 1
        total += group * scale
        last, ceiling = end, scale
        if scale == 1:
            break
        at = end + 1 + (word_at(found, end + 1) == "and")
    return last, total


def _group(found: Sequence[Token], at: int) -> tuple[int, int]:
    """Read "three hundred and five", "two dozen", "a hundred", "forty two"; value 0 when there is none."""
    word = word_at(found, at)
    value = 1 if word in {"a", "an"} else _SMALL.get(word, 0)
    if word in {"hundred", "thousand", "dozen"}:
        return at - 1, 0
    if not value:
        return at, 0
    if word in _TENS and _SMALL.get(word_at(found, at + 1), 10) < 10:
        value, at = value + _SMALL[word_at(found, at + 1)], at + 1
    multiplier = word_at(found, at + 1)
    if multiplier in {"dozen", "score"}:
        return at + 1, value * MULTIPLIERS[multiplier]
    if multiplier == "hundred":
        value, at = value * 100, at + 1
        rest = at + 1 + (word_at(found, at + 1) == "and")
        small = _SMALL.get(word_at(found, rest), 0)
        if small:
            value, at = value + small, rest
            if word_at(found, rest) in _TENS and _SMALL.get(word_at(found, rest + 1), 10) < 10:
                value, at = value + _SMALL[word_at(found, rest + 1)], rest + 1
    return at, value


def _vague(found: Sequence[Token], at: int) -> Core | None:
    """Read "hundreds", "several hundred", "a few dozen", "a handful": told, but no number."""
    first = at
    if word_at(found, at) in {"a", "the"} and word_at(found, at + 1) in {"few", "couple", "handful", "small"}:
        at += 1 + (word_at(found, at + 1) == "small")
    word = word_at(found, at)
    if word in _FEW:
        scale = at + 1 + (word_at(found, at + 1) == "of")
        if word_at(found, scale) in MULTIPLIERS:
            return Core(first, scale, None, Sort.VAGUE)
    if word in _MANY:
        more = word_at(found, at + 1) == "of" and word_at(found, at + 2) in _MANY
        return Core(first, at + 2 if more else at, None, Sort.VAGUE)
    return None


def _share(found: Sequence[Token], at: int) -> Core | None:
    """Read "a third", "two-thirds", "half its", "one in five": a fraction, in percent."""
    word, following = word_at(found, at), word_at(found, at + 1)
    if word in _SHARES:
        return Core(at, at, _SHARES[word], Sort.FRACTION)
    joined = f"{'a' if word == 'an' else word}-{following}"
    if joined in _SHARES and (
        word_at(found, at + 2) in _AFTER_A_SHARE or word_at(found, at - 1) in _BEFORE_A_SHARE
    ):
        return Core(at, at + 1, _SHARES[joined], Sort.FRACTION)
    if word == "half" and following not in MULTIPLIERS and word_at(found, at - 1) not in _PERIOD_BEFORE_HALF:
        of_it = following in _AFTER_A_SHARE or word_at(found, at - 1) in _BEFORE_A_SHARE
        return Core(at, at, 50.0, Sort.FRACTION) if of_it else None
    if word in _UNITS and following in {"in", "out"}:
        return one_in(found, at)
    if word == "one" and following in JOBS:
        return one_in(found, at, noun=1)
    return None


def one_in(found: Sequence[Token], at: int, noun: int = 0) -> Core | None:
    """Read "one in five", "1 in 10", "one out of ten" or, with a noun of one token, "one job in seven"."""
    link = word_at(found, at + 1 + noun)
    base = at + 2 + noun + (link == "out")
    base += word_at(found, base) == "every"
    word = word_at(found, base)
    whole = _SMALL.get(word, int(word) if word.isascii() and word.isdigit() and len(word) < 4 else 0)
    part = _UNITS.get(word_at(found, at), 1)
    if link not in {"in", "out"} or part >= whole:
        return None
    return Core(at, base, float(Fraction(part, whole) * 100), Sort.FRACTION)
