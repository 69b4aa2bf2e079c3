"""Numbers as people write them, with their hedges: "about 73", "up to 2,500", "between 30 and 40 percent".

A hedge says which bound is known. "Up to", "as many as", "fewer than" give the upper one; "more than", "at
least", "or more" the lower one; "about", "nearly", "some" leave the number as it is, but approximate. Two
numbers make a range when "to", "or", a dash, or "between … and" join them and they rise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from monitor.extract.jobwords import CUTTING
from monitor.extract.number_sorts import Core, Sort
from monitor.extract.numerals import cores
from monitor.extract.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Number:
    """A number at text[start:end], hedges included; `first` and `last` are the tokens of its digits or words.

    `low` and `high` are equal for a plain number; one is None when a hedge leaves it open, both when only
    vague words are given. Percentages and fractions are in percent.
    """

    start: int
    end: int
    first: int
    last: int
    low: float | None
    high: float | None
    approximate: bool
    sort: Sort

    @property
    def value(self) -> float | None:
        """The bound that is known, the lower one of two."""
        return self.high if self.low is None else self.low


class _Hedge(Enum):
    LOW = auto()
    HIGH = auto()
    ABOUT = auto()


_HEDGES: dict[tuple[str, ...], _Hedge] = {
    **dict.fromkeys(
        [("more", "than"), ("over",), ("at", "least"), ("no", "fewer", "than"), ("no", "less", "than"),
         ("not", "less", "than"), ("upwards", "of"), ("upward", "of"), ("in", "excess", "of"), ("above",),
         ("greater", "than"), ("exceeding",), ("minimum", "of"), ("north", "of"), ("topping",)],
        _Hedge.LOW,
    ),
    **dict.fromkeys(
        [("up", "to"), ("as", "many", "as"), ("as", "much", "as"), ("at", "most"), ("no", "more", "than"),
         ("not", "more", "than"), ("maximum", "of"), ("fewer", "than"), ("less", "than"), ("under",),
         ("below",), ("maximum",), ("max",), ("or", "up", "to")],
        _Hedge.HIGH,
    ),
    **dict.fromkeys(
        [("about",), ("approximately",), ("around",), ("roughly",), ("some",), ("nearly",), ("almost",),
         ("circa",), ("ca",), ("approx",), ("close", "to"), ("near",), ("estimated",), ("~",), ("virtually",),
         ("order", "of"), ("region", "of"), ("something", "like"), ("just", "under"), ("slightly", "under"),
         ("slightly", "less", "than"), ("a", "little", "under"), ("just", "below"), ("probably",),
         ("just", "shy", "of"), ("neighborhood", "of"), ("perhaps",), ("possibly",)],
        _Hedge.ABOUT,
    ),
}  # fmt: skip
_LONGEST_HEDGE = 3
_FILLERS = frozenset(
    {"a", "an", "the", "additional", "further", "extra", "another", "total", "of", "net", '"', "“"}
)
_FILLED = 3
_TRAILERS: dict[tuple[str, ...], _Hedge] = {
    ("or", "more"): _Hedge.LOW,
    ("or", "so"): _Hedge.ABOUT,
    ("or", "fewer"): _Hedge.HIGH,
    ("or", "less"): _Hedge.HIGH,
    ("-", "plus"): _Hedge.LOW,
    ("at", "most"): _Hedge.HIGH,
    ("at", "least"): _Hedge.LOW,
    ("-", "odd"): _Hedge.ABOUT,
}
_DASHES = frozenset({"-", "–", "—", "‑"})
_STEEPEST = 5.0  # a range whose upper end is more than so many times the lower is two numbers


def numbers(text: str, start: int = 0, end: int | None = None) -> tuple[Number, ...]:
    """Return the numbers in `text[start:end]`, in order, none overlapping; offsets are into `text`."""
    return numbers_in(tokens(text, start, end))


def numbers_in(found: Sequence[Token]) -> tuple[Number, ...]:
    """Return the numbers that the tokens say, in order, none overlapping."""
    return tuple(_hedged(found, group) for group in _ranges(found, cores(found)))


def _ranges(found: Sequence[Token], single: Sequence[Core]) -> Iterator[tuple[Core, ...]]:
    """Yield each number as one core, or as two that bound a range."""
    at = 0
    while at < len(single):
        if at + 1 < len(single) and _said_twice(found, single[at], single[at + 1]):
            yield (single[at]._replace(last=single[at + 1].last + 1),)
            at += 2
            continue
        pair = _paired(found, single[at], single[at + 1]) if at + 1 < len(single) else None
        yield pair or (single[at],)
        at += 2 if pair else 1


def _said_twice(found: Sequence[Token], one: Core, other: Core) -> bool:
    """Whether digits in brackets repeat a number in words: "eighty-five (85)"."""
    inside = found[one.last + 1 : other.first], found[other.last + 1 : other.last + 2]
    return one.value == other.value and [token.word for part in inside for token in part] == ["(", ")"]


def _paired(found: Sequence[Token], low: Core, high: Core) -> tuple[Core, ...] | None:
    """The two ends of a range, made alike in sort and scale, or None."""
    if low.value is None or high.value is None or not _joined(found, low, high):
        return None
    if low.sort is not high.sort and not (low.sort is Sort.COUNT and high.sort in {Sort.PERCENT, Sort.MONEY}):
        return None
    scale = _shared_scale(found, low, high)
    bottom = low._replace(value=low.value * scale, sort=high.sort)
    steepest = 1.6 if _begins_with_by(found, low.first) else _STEEPEST
    rising = bottom.value is not None and bottom.value < high.value <= bottom.value * steepest
    return (bottom, high) if rising else None


def _begins_with_by(found: Sequence[Token], first: int) -> bool:
    """Whether "by" stands before the number: what follows "to" may then be what is left."""
    return "by" in _words(found, max(0, first - 2), first)


def _shared_scale(found: Sequence[Token], low: Core, high: Core) -> float:
    """The scale word of the upper end that also counts for the lower: "15 to 20 million"."""
    if low.value is None or high.value is None or high.last == high.first or low.value >= 1000 > high.value:
        return 1
    digits = float(found[high.first].word.replace(",", ".")) if _plain(found[high.first].word) else 0
    scale = high.value / digits if digits else 1
    return scale if low.last == low.first and scale >= 1000 else 1


def _plain(word: str) -> bool:
    return word.replace(".", "", 1).replace(",", "", 1).isdecimal() and word.isascii()


def _joined(found: Sequence[Token], low: Core, high: Core) -> bool:
    """Whether the words between two numbers, and before the first, make them the ends of a range."""
    between = [token.word for token in found[low.last + 1 : high.first]]
    before = found[low.first - 1].word if low.first else ""
    if between[1:2] and between[1] in {"perhaps", "possibly", "maybe"}:
        del between[1]
    if between[:1] == ["and"] and _HEDGES.get(tuple(between[1:])) is _Hedge.HIGH:
        return _HEDGES.get(_words(found, max(0, low.first - 2), low.first)) is _Hedge.LOW
    while len(between) > 1 and (between[-1],) in _HEDGES:
        between.pop()
    if len(between) != 1:
        return False
    if between[0] in _DASHES:
        return not _like_telephone(found, low, high)
    if between[0] == "and":
        words = {token.word for token in found[max(0, low.first - 4) : low.first]}
        return "between" in words
    if before == "from" and (low.first < 2 or found[low.first - 2].word not in CUTTING):
        return False  # "from 1,200 to 900" tells what was and what stays; "cut from 70 to 80" does not
    return between[0] in {"to", "or"}


def _like_telephone(found: Sequence[Token], low: Core, high: Core) -> bool:
    left, right = found[low.last].word, found[high.first].word
    before = found[low.first - 1].word if low.first else ""
    return len(left) == 3 and len(right) == 4 and before in {")", "-", "+", "call", "tel", ":", "at"}


def _hedged(found: Sequence[Token], group: tuple[Core, ...]) -> Number:
    """Give a number its bounds by the hedges before and behind it."""
    first, last, sort = group[0].first, group[-1].last, group[-1].sort
    begin, hedges = _before(found, first)
    finish, after = _after(found, last)
    hedges |= after
    low, high = group[0].value, group[-1].value
    if len(group) == 1 and _Hedge.HIGH in hedges:
        low = None
    elif len(group) == 1 and _Hedge.LOW in hedges:
        high = None
    if sort in {Sort.CODE, Sort.VAGUE}:
        low = high = None
    start, end = found[begin].start, found[finish].end
    return Number(start, end, first, last, low, high, _Hedge.ABOUT in hedges, sort)


def _before(found: Sequence[Token], first: int) -> tuple[int, set[_Hedge]]:
    """The token where the hedges before a number begin, and what they say."""
    hedges: set[_Hedge] = set()
    begin = at = first
    filled = 0
    while at > 0 and filled <= _FILLED:
        length = _hedge_length(found, at)
        if length:
            at = begin = at - length
            hedges.add(_HEDGES[_words(found, at, at + length)])
            if found[at - 1].word in {"from", "between"} and at > 0:
                break
        elif found[at - 1].word in _FILLERS or found[at - 1].word == "between":
            at -= 1
            filled += 1
        else:
            break
    return begin, hedges


def _hedge_length(found: Sequence[Token], end: int) -> int:
    for length in range(min(_LONGEST_HEDGE, end), 0, -1):
        if _words(found, end - length, end) in _HEDGES:
            return length
    return 0


def _after(found: Sequence[Token], last: int) -> tuple[int, set[_Hedge]]:
    """The token where the hedges behind a number end, and what they say."""
    if last + 1 < len(found) and found[last + 1].word == "+" and found[last + 1].start == found[last].end:
        return last + 1, {_Hedge.LOW}
    hedge = _TRAILERS.get(_words(found, last + 1, last + 3))
    return (last + 2, {hedge}) if hedge else (last, set())


def _words(found: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    return tuple(token.word for token in found[start:end])
