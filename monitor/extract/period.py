"""When the cut takes effect, resolved against the day of publication.

Years and quarters are calendar ones; a fiscal period is kept as evidence without days, since its calendar is
not known. A month or weekday without a year is the one next to publication. What was past long before
publication is background and not the period of a new cut.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from monitor.extract.reading import Reading
from monitor.extract.sentences import Sentence
from monitor.extract.wordsets import WordSet
from monitor.model import Period

_Days = tuple[date | None, date | None]
_Reader = Callable[[re.Match[str], date], _Days | None]

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_NUMBERS = {
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "eighteen": 18, "couple of": 2,
}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
# When a season is, in the north (meteorological seasons); a winter ends with February of the next year.
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}

_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_MONTH_NAMES})\b"
_YEAR = r"(?P<year>(?:19|20)\d\d|this year|next year)"
_OF_YEAR = rf"(?:[.,]? (?:of |in )?(?:the )?{_YEAR})?"
_BOUND = (
    r"(?:by|before|until|through|till|no later than|end(?:ing)?|complet\w+ (?:by|in|at)|at|in|"
    r"during|for|on|from|starting|beginning|effective)"
)
_LONGEST_PAST = timedelta(days=45)
_FARTHEST_YEARS = 2
# A month that has passed this year is the next one only when the words before it look ahead.
_AHEAD = re.compile(
    r"\b(?:by|until|before|through|will|would|to|expect\w*|plans?|should|could|may)\b", re.IGNORECASE
)
_TAKES_PLACE = re.compile(
    r"\b(?:clos(?:e|es|ing|ure)|cuts|reductions?|complet\w+|takes? (?:place|effect)|took effect|"
    r"effective|affected|phased|"
    r"finished|implemented|begin|start|notices?|leave)\b",
    re.IGNORECASE,
)


def period(told: Reading, published: date | None) -> Period | None:
    """Return when the cut takes effect, or None when no sentence that tells the cut says so.

    Args:
        told: the item as it is read.
        published: the day of publication; without it only dates that carry their year are resolved.
    """
    for sentence in _places(told):
        cue = told.cue(sentence) or 0
        for start, end, days in sorted(_stated(sentence, cue, published), key=lambda each: each[0]):
            evidence = told.document.evidence(sentence.start + start, sentence.start + end, "takes effect")
            return Period(days[0], days[1], evidence)
    return None


def _places(told: Reading) -> Iterator[Sentence]:
    """Yield the sentences that tell a cut, then those behind them that tell how it takes place."""
    yield from told.telling
    for before, sentence in pairwise(told.news):
        if told.cue(before) is not None and told.cue(sentence) is None and _TAKES_PLACE.search(sentence.text):
            yield sentence


def _stated(sentence: Sentence, cue: int, published: date | None) -> Iterator[tuple[int, int, _Days]]:
    """Yield the periods of one sentence that may be those of its cut."""
    for number in _PRESENT(sentence.text):
        _, pattern, read = _FORMS[number]
        for match in pattern.finditer(sentence.text):
            if _of_other_things(sentence.text, match, cue):
                continue
            days = _resolved(match, read, published)
            if days is None or _is_background(days, published):
                continue
            if published is None or _looks_ahead(sentence.text, match, published):
                yield match.start(), match.end(), days


def _looks_ahead(text: str, match: re.Match[str], published: date) -> bool:
    """Whether a month or quarter without a year, passed in this one, may be meant as one to come."""
    given = match.groupdict()
    month = (
        _MONTHS[given["month"].lower()]
        if given.get("month")
        else 3 * _ORDINALS.get(given.get("nth") or "", 4)
    )
    if given.get("year") or month >= published.month:
        return True
    return bool(_AHEAD.search(text, max(0, match.start() - 40), match.end()))


def _resolved(match: re.Match[str], read: _Reader, published: date | None) -> _Days | None:
    if published is None and not re.search(r"(?:19|20)\d\d", match.group()):
        return None
    return read(match, published or date(1, 1, 1))


_ELSEWHERE = re.compile(
    r"\b(?:charges?|costs?|profits?|loss(?:es)?|earnings|revenues?|sales|results|savings?|sav(?:e|"
    r"es|ing)|said|says|told|reported|announced|"
    r"employed|hired|compared|since|bought|acquired|shares|rose|fell|demand|production|ended|"
    r"outlook|dividend|had|were|was|signed|founded)\b"
    r"(?!.*\b(?:to|will|would|by)\b)[^;]{0,60}\Z",
    re.IGNORECASE,
)


# What has a period of its own, whatever else the sentence tells of what is to come.
_DATED = re.compile(
    r"\b(?:charges?|expenses?|costs?|budgets?|deficit|shortfall|consultations?|talks|negotiations)\b"
    r"(?!.*\b(?:complet\w+|cuts?|layoffs?|reductions?|clos\w+|jobs)\b)[^;]{0,80}\Z|"
    r"\b(?:time|times|rounds?|series|earlier|estimates?|forecasts?|meets|meeting|spending|accord)\b"
    r"[^,;]{0,40}\Z|"
    r"(?:\b(?:offered|los(?:e|es|ing|t))|\$[\d.]+ (?:million|billion))\b"
    r"(?!.*\b(?:jobs|cuts?|layoffs?|reductions?)\b)[^;]{0,60}\Z|"
    r"\b(?:has|have|had) (?:been |also |already )?(?:\w+ed|cut|shed|laid)\b"
    r"(?!.*\b(?:to|will|would)\b)[^;]{0,80}\Z|"
    # what else an employer changes, or keeps: pay, capacity, "stopping it laying off", "will have only 148"
    r"\b(?:capacity|salar(?:y|ies)|pay|wages?|assets|debt|recovery|resignations?|(?:will|would) have)\b"
    r"(?!.*\b(?:jobs|cuts?|layoffs?|reductions?|clos\w+|positions|workers|staff|employees)\b)[^;]{0,70}\Z|"
    r"\b(?:stopping|stops|rul(?:es|ed|ing) out|guarantee\w*|protect\w*|no (?:lay-?offs|job cuts))\b"
    r"[^;,]{0,70}\Z",
    re.IGNORECASE,
)
_LOOK_BACK = 90  # characters
_OPENING = 25  # characters of a sentence that may stand before the period it opens with
_BORDER = re.compile(
    r";|, (?:and|but|which|while|as|whose|after)\b|\b(?:while|as|which|because|amid|after|when)\b"
)
_JOBS_GO = re.compile(
    r"\b(?:jobs?|positions?|posts|roles|layoffs?|lay-offs?|cuts?|cutting|laid|lay|lays|eliminat\w+|reduc\w+|"
    r"clos(?:e|es|ed|ing|ure|ures)|shut\w*|furlough\w*|complet\w+|effect\w*|tak(?:e|es|ing) place|took|"
    r"begin\w*|start\w*|phase\w*|implement\w*|affect\w*|leav(?:e|es|ing)|left|go|employment|redundan\w+|"
    r"work ?force|staff\w*|employees|workers|people|downsiz\w+|idl(?:e|es|ed|ing)|plants?|wind\w* down|"
    r"notices?|cease\w*|mov(?:e|es|ing)|headcount|program(?:me)?|plan|measures|restructuring|stay|"
    r"departures?|retir\w+)\b",
    re.IGNORECASE,
)
_SAID_THEN = re.compile(
    r",? (?:said|announced|told|confirmed|reported|estimates?|forecast|results|earnings|profits?|loss|"
    r"sales)\b",
    re.IGNORECASE,
)


def _of_other_things(text: str, match: re.Match[str], cue: int) -> bool:
    """Whether the words around the period give it to a result, a charge or an act of speaking."""
    if _SAID_THEN.match(text, match.end()) or _DATED.search(
        text, max(0, match.start() - _LOOK_BACK), match.start()
    ):
        return True
    before = text[max(0, match.start() - 60, cue if cue < match.start() else 0) : match.start()]
    return bool(_ELSEWHERE.search(before)) or not _of_jobs(text, match)


def _of_jobs(text: str, match: re.Match[str]) -> bool:
    """Whether its clause tells of jobs or sites that go: before the period, or behind one that opens it."""
    clause = text[max(0, match.start() - 2 * _LOOK_BACK) : match.start()]
    borders = [border.end() for border in _BORDER.finditer(clause)]
    if _JOBS_GO.search(clause, borders[-1] if borders else 0):
        return True
    opens = match.start() < _OPENING or text.startswith(" to ", match.end())
    return opens and _JOBS_GO.search(text, match.end(), match.end() + _LOOK_BACK) is not None


def _is_background(days: _Days, published: date | None) -> bool:
    if published is None:
        return False
    last = days[1] or days[0]
    if last is not None and published - last > _LONGEST_PAST:
        return True
    return days[0] is not None and days[0].year > published.year + _FARTHEST_YEARS


# --- readers of the several forms --------------------------------------------------------------------------


def _year(match: re.Match[str], published: date) -> int | None:
    given = match.groupdict().get("year")
    if not given:
        return None
    if given[0].isdigit():
        return int(given)
    return published.year + given.lower().startswith("next")


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _span(year: int, first: int, last: int) -> _Days:
    return date(year, first, 1), _last(year, last)


def _ends_only(match: re.Match[str], days: _Days) -> _Days:
    """Return the period with its begin left open for "by", "before", "until"."""
    before = match.group().lower()
    return (
        (None, days[1]) if re.match(r"by|before|until|through|till|no later|complet\w+ by", before) else days
    )


def _year_end(match: re.Match[str], published: date) -> _Days | None:
    if re.search(r"\bfiscal|financial\b", match.group(), re.IGNORECASE):
        return None, None
    return None, date(_year(match, published) or published.year, 12, 31)


def _quarter(match: re.Match[str], published: date) -> _Days | None:
    if re.search(r"\b(?:fiscal|financial)\b", match.group(), re.IGNORECASE):
        return None, None
    number = _ORDINALS.get((match["nth"] or "").lower()) or int(match["q"] or 0)
    year = _year(match, published) or _next_year_for(number * 3, published)
    whole = _span(year, number * 3 - 2, number * 3)
    return (None, whole[1]) if re.search(r"\bend of\b", match.group()) else _ends_only(match, whole)


def _half(match: re.Match[str], published: date) -> _Days | None:
    second = match["nth"].lower() in {"second", "2nd"}
    year = _year(match, published) or _next_year_for(12 if second else 6, published)
    return _ends_only(match, _span(year, 7, 12) if second else _span(year, 1, 6))


def _middle(match: re.Match[str], published: date) -> _Days | None:
    return None, date(_year(match, published) or published.year, 6, 30)


def _month_only(match: re.Match[str], published: date) -> _Days | None:
    month = _MONTHS[match["month"].lower()]
    year = _year(match, published) or _next_year_for(month, published)
    part = (match.groupdict().get("part") or "").lower()
    begin, end = date(year, month, 1), _last(year, month)
    if part.startswith(("early", "begin")):
        end = date(year, month, 10)
    elif part.startswith("mid"):
        begin, end = date(year, month, 11), date(year, month, 20)
    elif part.startswith(("late", "end")):
        begin = date(year, month, 21)
    return _ends_only(match, (begin, end))


def _day(match: re.Match[str], published: date) -> _Days | None:
    month = _MONTHS[match["month"].lower()]
    year = _year(match, published) or _next_year_for(month, published)
    number = int(match["day"])
    if not 1 <= number <= calendar.monthrange(year, month)[1]:
        return None
    on = date(year, month, number)
    if re.match(r"from|starting|beginning|effective|as of", match.group(), re.IGNORECASE):
        return on, None
    return _ends_only(match, (on, on))


def _whole_year(match: re.Match[str], published: date) -> _Days | None:
    if re.search(r"\b(?:fiscal|financial)\b", match.group(), re.IGNORECASE):
        return None, None
    year = _year(match, published)
    part = (match.groupdict().get("part") or "").lower()
    if year is None or year < published.year:
        return None
    months = (1, 3) if part.startswith("early") else (10, 12) if part.startswith("late") else (1, 12)
    if part.startswith("mid"):
        months = (6, 7)
    return _ends_only(match, _span(year, *months))


def _rest_of_year(match: re.Match[str], published: date) -> _Days | None:
    del match
    return published, date(published.year, 12, 31)


def _at_once(match: re.Match[str], published: date) -> _Days | None:
    del match
    return published, published


def _within(match: re.Match[str], published: date) -> _Days | None:
    count = _NUMBERS.get(match["count"].lower()) or int(match["count"] if match["count"].isdigit() else 0)
    if not 0 < count <= 240:
        return None
    return published, _later(published, count, match["unit"].lower())


def _later(day: date, count: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _this(match: re.Match[str], published: date) -> _Days | None:
    ahead = match["which"].lower() in {"next", "coming"}
    unit = match["unit"].lower()
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(days=7 * ahead)
        return monday, monday + timedelta(days=6)
    length = {"month": 1, "quarter": 3}[unit]
    first = _later(published.replace(day=1), length * ahead, "month")
    first = first.replace(month=(first.month - 1) // length * length + 1)
    return first, _later(first, length, "month") - timedelta(days=1)


def _season(match: re.Match[str], published: date) -> _Days | None:
    if match["season"].lower() == "winter":
        year = published.year + (match["which"].lower() == "next") - (published.month < 3)
        return date(year, 12, 1), _last(year + 1, 2)
    first, last = _SEASONS[match["season"].lower()]
    if match["which"].lower() == "this" and last < published.month:
        return None
    year = published.year + (match["which"].lower() == "next" or last < published.month)
    return _span(year, first, last)


def _next_year_for(month: int, published: date) -> int:
    """Return the year of the month that lies next to publication: two months back at most."""
    return published.year + (month < published.month - 2) - (month > published.month + 10)


def _form(words: str, pattern: str, read: _Reader) -> tuple[str, re.Pattern[str], _Reader]:
    """Return a form with words of which every text of it has one."""
    return words, re.compile(pattern, re.IGNORECASE), read


_FORMS: tuple[tuple[str, re.Pattern[str], _Reader], ...] = (
    _form(
        r"year|end of",
        rf"\bby (?:the )?(?:year[- ]end|end of (?:the|this)? ?(?:fiscal |financial )?year|"
        rf"end of {_YEAR})(?:,? (?:in )?\d{{4}})?\b",
        _year_end,
    ),
    _form(
        r"(?:end|close) of|is out",
        rf"\b(?:by|before|at|until|through) (?:the )?(?:end|close) of (?:the )?{_YEAR}\b|"
        rf"\bbefore the year is out\b",
        _year_end,
    ),
    _form(
        r"quarter|\bQ[1-4]",
        rf"\b(?:{_BOUND} )?(?:the )?(?:end of (?:the )?)?(?P<fiscal>fiscal |"
        rf"financial )?(?:(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)"
        rf" (?:fiscal |calendar )?quarter|Q(?P<q>[1-4])){_OF_YEAR}\b",
        _quarter,
    ),
    _form(r"half", rf"\b(?:{_BOUND} )?(?:the )?(?P<nth>first|second|1st|2nd) half{_OF_YEAR}\b", _half),
    _form(r"mid", rf"\bby (?:the middle of |mid-? ?){_YEAR}\b|\bby mid-?year\b", _middle),
    _form(
        _MONTH_NAMES,
        rf"\b{_BOUND} (?:the )?(?:(?P<part>early|mid|late|beginning of|end of|"
        rf"middle of)[ -])?{_MONTH}(?!\.? \d{{1,2}}(?:st|nd|rd|th)?\b| quarter){_OF_YEAR}\b",
        _month_only,
    ),
    _form(
        _MONTH_NAMES,
        rf"\b(?:{_BOUND}|as of) {_MONTH}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b{_OF_YEAR}",
        _day,
    ),
    _form(
        _MONTH_NAMES,
        rf"\b(?:{_BOUND}|as of) (?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}{_OF_YEAR}",
        _day,
    ),
    _form(
        r"(?:19|20)\d\d|(?:this|next) year",
        rf"\b(?:by|in|during|through|until|over) (?:(?P<part>early|mid|"
        rf"late)[ -])?(?:fiscal )?(?:year )?{_YEAR}\b",
        _whole_year,
    ),
    _form(r"(?:early|late) ", r"\b(?P<part>early|late) (?P<year>next year|this year|20\d\d)\b", _whole_year),
    _form(
        r"year", r"\blater this year\b|\bthis year\b|\bthe (?:rest|remainder) of the year\b", _rest_of_year
    ),
    _form(
        r"immediate|at once|today",
        r"\beffective immediately\b|\bwith immediate effect\b|\bimmediately\b|\bat once\b|"
        r"\b(?:starting|from|beginning) today\b",
        _at_once,
    ),
    _form(
        r"day|week|month|quarter|year",
        r"\b(?:over|within|in|during|for) (?:the )?(?:next |coming |following )?(?P<count>\d{1,3}|one|"
        r"a|two|three|four|five|six|seven|eight|nine|ten|"
        r"twelve|eighteen|couple of)[ -](?P<unit>day|week|month|quarter|year)s?\b(?! ago| earlier)",
        _within,
    ),
    _form(
        r"week|month|quarter",
        r"\b(?P<which>this|next|coming) (?P<unit>(?<!this )week|month|quarter)\b",
        _this,
    ),
    _form(
        r"spring|summer|fall|autumn|winter",
        r"\b(?P<which>this|next) (?P<season>spring|summer|fall|autumn|winter)\b",
        _season,
    ),
)
# One pass finds which forms a sentence may hold.
_PRESENT = WordSet(words for words, _, _ in _FORMS)
