"""What the cut costs: severance and restructuring charges, as a range in one currency.

Of the sums in a sentence, the one that belongs to a word for such a charge counts; savings, sales, losses and
prices do not. A dollar without a country is a U.S. dollar (ISO 4217 codes throughout).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from monitor.extract.reading import Reading
from monitor.extract.sentences import Sentence
from monitor.extract.wordsets import WordSet
from monitor.model import Money

_SYMBOLS = {
    "$": "USD", "us$": "USD", "u.s.$": "USD", "us $": "USD", "u.s. $": "USD", "c$": "CAD", "cdn$": "CAD",
    "can$": "CAD", "cad$": "CAD", "a$": "AUD", "au$": "AUD", "aud$": "AUD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "r$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW",
}  # fmt: skip
_UNITS = {
    "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "eur": "EUR", "pound": "GBP",
    "pounds": "GBP", "sterling": "GBP", "yen": "JPY", "swiss francs": "CHF", "francs": "CHF",
    "swedish crowns": "SEK", "swedish kronor": "SEK", "norwegian crowns": "NOK", "danish crowns": "DKK",
    "yuan": "CNY", "rupees": "INR", "won": "KRW", "rand": "ZAR", "reais": "BRL", "canadian dollars": "CAD",
    "australian dollars": "AUD",
}  # fmt: skip
_CODES = [
    "USD",
    "EUR",
    "GBP",
    "CAD",
    "AUD",
    "NZD",
    "JPY",
    "CHF",
    "SEK",
    "NOK",
    "DKK",
    "CNY",
    "RMB",
    "INR",
    "KRW",
    "HKD",
    "SGD",
    "ZAR",
    "BRL",
    "MXN",
    "PLN",
]
_SCALES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bln": 1e9,
    "bn": 1e9, "b": 1e9,
}  # fmt: skip

_NUMBER = r"\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,3})?|\d{1,9}(?:\.\d{1,3})?"
_SIGN = r"(?-i:(?:\b(?:US|U\.S\.)\s?|\b(?:C|Cdn|CDN|CAN|CAD|A|AU|AUD|NZ|HK|S|R))?\$|[€£¥₹₩])"
_CODE = rf"\b(?:{'|'.join(_CODES)})\b"
_SCALE = r"(?:thousand|million|mln|mn|billion|bln|bn|[kmb])\b"
_UNIT = (
    rf"\b(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))}|{'|'.join(code.lower() for code in _CODES)})\b"
)
_SUM = re.compile(
    rf"(?:(?P<sign>{_SIGN})|(?P<code>{_CODE}))?\s?(?P<low>{_NUMBER})(?:[\s-]?(?P<lowscale>{_SCALE}))?"
    rf"(?:\s?(?:to|and|or|-|–|—)\s?(?:{_SIGN}|{_CODE})?\s?(?P<high>{_NUMBER})(?=[\s-]?{_SCALE}|"
    rf"\s(?:euros|dollars)))?"
    rf"(?:[\s-]?(?P<scale>{_SCALE}))?(?:\s(?P<unit>{_UNIT}))?",
    re.IGNORECASE,
)
_CHARGE = re.compile(
    r"\b(?:(?:restructuring|severance|one-time|one-off|pre-?tax|after-tax|exit|closing|closure|"
    r"related|termination|"
    r"separation|realignment|reorgani[sz]ation|workforce|special|cash)\s(?:\w+\s){0,3}?(?:charges?|costs?|"
    r"expenses?|payments?)|"
    r"severance|charges?\b|redundancy (?:costs?|payments?)|provisions?\b|cost up to|"
    r"costs? (?:about|of|related))",
    re.IGNORECASE,
)
_CHARGED = WordSet([_CHARGE.pattern])
_NAMED = re.compile(
    r"severance|separation|restructuring|redundanc|terminat|\bcuts\b|job cut|layoff|work ?force|employee|"
    r"clos",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:sav(?:e|es|ing|ings)|reduc\w+|lower|below|revenues?|sales|loss(?:es)?|profits?|income|"
    r"write-?(?:down|off)s?|gain|worth|bought|"
    r"sold|salary|dividend|loans?|buyback|inventory|assets|non-cash|impairment|goodwill|from|"
    r"spending)\b[^,;.]{0,40}\Z",
    re.IGNORECASE,
)
_SAVED_AFTER = re.compile(
    r"\s(?:in|of|a|per)\s(?:\w+\s){0,2}?(?:savings?|share|sales|revenues?|year|month|cost savings)\b",
    re.IGNORECASE,
)
_A_HEAD = re.compile(
    r"\b(?:receive|offer\w*|given|each|apiece|allowance|bonus|per (?:employee|worker|person))\b"
)
_LARGEST_A_HEAD = 500_000.0
_REACH = 90
_SMALLEST = 1000.0  # less is an hourly wage or a share price


@dataclass(frozen=True, slots=True)
class _Sum:
    start: int
    end: int
    low: float
    high: float
    currency: str


def cost(told: Reading) -> Money | None:
    """Return the charge for the cut, the sum nearest to a word for it; None when the text states none."""
    ranked: list[tuple[bool, int, _Sum]] = []
    for sentence in told.news:
        if _CHARGED(sentence.text):
            ranked += _charges(sentence)
    if not ranked:
        return None
    _, _, best = min(ranked, key=lambda each: (not each[0], each[1] > _REACH // 2, each[2].start))
    return Money(best.low, best.high, best.currency, told.document.evidence(best.start, best.end, "charge"))


def _charges(sentence: Sentence) -> list[tuple[bool, int, _Sum]]:
    """Return the sums that belong to a charge: whether it is one of severance, how far off, and the sum."""
    words = [
        match.span()
        for match in _CHARGE.finditer(sentence.text)
        if not sentence.text.startswith("-off", match.end())  # bad loans
    ]
    if not words:
        return []
    found = []
    for match in _SUM.finditer(sentence.text):
        read = _read(match, sentence.start)
        if read is None or _of_other_things(sentence.text, match):
            continue
        after = bisect_right(words, match.span())
        distance = min(_distance(match, word) for word in words[max(0, after - 1) : after + 1])
        if distance <= _REACH:
            near = sentence.text[max(0, match.start() - _REACH) : match.end() + _REACH]
            if read.high < _LARGEST_A_HEAD and _A_HEAD.search(near):
                continue
            found.append((bool(_NAMED.search(near)), distance, read))
    return found


def _distance(match: re.Match[str], word: tuple[int, int]) -> int:
    """Return the characters between the sum and the word."""
    return max(0, word[0] - match.end(), match.start() - word[1])


def _of_other_things(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()]
    other = _OTHER.search(before)
    if other and not _CHARGE.search(before, other.start()):
        return True
    return bool(_SAVED_AFTER.match(text, match.end()))


def _read(match: re.Match[str], offset: int) -> _Sum | None:
    """Return the sum that was matched, or None when it is a bare number."""
    currency = _currency(match)
    if currency is None:
        return None
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
    low_scale = _SCALES[match["lowscale"].lower()] if match["lowscale"] else scale
    low = float(match["low"].replace(",", "")) * low_scale
    high = float(match["high"].replace(",", "")) * scale if match["high"] else low
    if high < low or low < _SMALLEST:
        return None
    end = offset + match.start() + len(match.group().rstrip())
    start = offset + match.start() + len(match.group()) - len(match.group().lstrip())
    return _Sum(start, end, low, high, currency)


def _currency(match: re.Match[str]) -> str | None:
    if match["sign"]:
        return _SYMBOLS.get(match["sign"].lower().replace(" ", ""), _SYMBOLS.get(match["sign"][-1]))
    code = match["code"] or ""
    unit = (match["unit"] or "").lower()
    if code or unit.upper() in _CODES:
        named = (code or unit).upper()
        return "CNY" if named == "RMB" else named
    return _UNITS.get(unit)
