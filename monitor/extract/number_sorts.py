"""What sort of number a value is, by the words around it: a count, a share, money, a code."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
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
    """Tokens `first` to `last` say `value`, None for a vague word; percentages and fractions in percent."""

    first: int
    last: int
    value: float | None
    sort: Sort


SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bln": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
MULTIPLIERS = {"hundred": 100, "dozen": 12, "score": 20, "k": 1000, **SCALES}
PERCENTS = frozenset({"%", "percent", "pct", "per-cent"})
_CURRENCY_MARKS = frozenset("$€£¥₹")
_CURRENCY_CODES = words("eur usd cad aud gbp sek nok dkk chf inr jpy cny hkd sgd nzd brl rs rmb us$ c$ a$")
_CURRENCIES = words(
    """dollar dollars euro euros pound pounds yen yuan renminbi crown crowns krona kronor krone kroner
    franc francs won rupee rupees peso pesos real reais rouble roubles ruble rubles rand ringgit baht
    lira zloty forint shekel shekels cents pence eur usd cad gbp sek nok dkk chf"""
)


def sort_of(found: Sequence[Token], first: int, last: int, value: float) -> Core:
    """Decide the sort of a value by its neighbours, taking in a sign of percent."""
    following = word_at(found, last + 1)
    if following in PERCENTS:
        return Core(first, last + 1, value, Sort.PERCENT)
    if following == "per" and word_at(found, last + 2) in {"cent", "cents"}:
        return Core(first, last + 2, value, Sort.PERCENT)
    if following in {"percentage", "basis", "points"}:
        return Core(first, last, value, Sort.CODE)
    if _is_money(found, first, last):
        return Core(first, last, value, Sort.MONEY)
    return Core(first, last, value, Sort.COUNT)


def _is_money(found: Sequence[Token], first: int, last: int) -> bool:
    before = word_at(found, first - 1)
    if before in _CURRENCY_MARKS or before in _CURRENCY_CODES:
        return True
    following = (word_at(found, last + 1), word_at(found, last + 2))
    return following[0] in _CURRENCIES or (following[1] in _CURRENCIES and found[last].word in MULTIPLIERS)


def word_at(found: Sequence[Token], at: int) -> str:
    """Return the word of a token, or an empty string beyond the text."""
    return found[at].word if 0 <= at < len(found) else ""
