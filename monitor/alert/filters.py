"""Whether a story passes each filter of a watchlist, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType

from monitor.alert.watchlists import Area, Filters, Keywords, Near, Size, Unknown
from monitor.model import LAYOFFS, Item, Layoff, Place, Story, Verdict
from monitor.rules.literals import Literals
from monitor.story.identity import normalised
from monitor.story.names import company_keys, name_key
from monitor.story.wording import headcount_words, percent_words, place_words

_EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""
_SHOWN = 12  # terms of a filter


class Filter(StrEnum):
    """The filters by name, as in the watchlist file."""

    COMPANIES = "companies"
    PLACES = "places"
    SIZE = "size"
    STAGES = "stages"
    KINDS = "kinds"
    WIRES = "wires"
    LANGUAGES = "languages"
    RULE_SETS = "rule_sets"
    KEYWORDS = "keywords"


class Answer(StrEnum):
    """What a filter found: the last two are the watchlist's own `when_unknown`."""

    PASSED = "passed"
    STOPPED = "stopped"
    UNKNOWN_PASSED = "unknown_passed"
    UNKNOWN_STOPPED = "unknown_stopped"


@dataclass(frozen=True, slots=True)
class Check:
    """One filter's answer, with what it looked at ("about 73 jobs", "no place stated") and what it wants."""

    filter: Filter
    answer: Answer
    evidence: str
    wanted: str = field(default="", compare=False)

    @property
    def passed(self) -> bool:
        """Whether the story gets past this filter."""
        return self.answer in (Answer.PASSED, Answer.UNKNOWN_PASSED)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is routed: the story as it stands, and the item and verdict that brought it there, if at hand."""

    story: Story
    item: Item | None = None
    verdict: Verdict | None = None


def checks(filters: Filters, subject: Subject) -> tuple[Check, ...]:
    """Return the answer of every filter that is set, in the order of `Filter`. All must pass."""
    return tuple(
        replace(_CHECKS[name](filters, subject), wanted=wanted(filters, name)) for name in _set(filters)
    )


def wanted(filters: Filters, name: Filter) -> str:
    """Return what a filter that is set asks for, in words: "at least 100 jobs or 10%"."""
    match name:
        case Filter.COMPANIES:
            return f"one of {len(filters.companies.any_of) if filters.companies else 0:,} companies"
        case Filter.PLACES:
            return " or ".join(map(_area_words, filters.places.any_of if filters.places else ()))
        case Filter.SIZE:
            return _size_words(filters.size) if filters.size else ""
        case Filter.LANGUAGES:
            return ", ".join(filters.languages.any_of if filters.languages else ())
        case Filter.KEYWORDS:
            return _keyword_words(filters.keywords) if filters.keywords else ""
    return ", ".join(getattr(filters, name))


def _area_words(area: Area) -> str:
    at = area.near
    near = f"{at.km:g} km around {at.latitude:g}, {at.longitude:g}" if at else ""
    return " ".join(filter(None, (area.city, area.region, area.country, near)))


def _size_words(size: Size) -> str:
    jobs = f"{size.jobs_at_least:,} jobs" if size.jobs_at_least is not None else ""
    share = f"{size.percent_at_least:g}%" if size.percent_at_least is not None else ""
    return f"at least {' or '.join(filter(None, (jobs, share)))}"


def _keyword_words(keywords: Keywords) -> str:
    some = f"one of {_listed(keywords.any_of)}" if keywords.any_of else ""
    none = f"none of {_listed(keywords.none_of)}" if keywords.none_of else ""
    return " and ".join(filter(None, (some, none)))


def _listed(terms: tuple[str, ...]) -> str:
    """Return the terms, the first few where there are many."""
    more = f" and {len(terms) - _SHOWN:,} more" if len(terms) > _SHOWN else ""
    return ", ".join(terms[:_SHOWN]) + more


def most_jobs(layoff: Layoff) -> int | None:
    """Return the largest number of jobs that the text allows for by a figure of its own; None if it has none.

    "up to 2,500" may be 2,500; "more than 1,000" is counted as 1,000.
    """
    ends = (layoff.headcount.low, layoff.headcount.high) if layoff.headcount else ()
    return max((end for end in ends if end is not None), default=None)


def distance_km(latitude: float, longitude: float, near: Near) -> float:
    """Return the great-circle distance in km (haversine formula) to the middle of the circle."""
    here, there = radians(latitude), radians(near.latitude)
    half_rise, half_run = (there - here) / 2, radians(near.longitude - longitude) / 2
    chord = sin(half_rise) ** 2 + cos(here) * cos(there) * sin(half_run) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(chord)))


def _set(filters: Filters) -> Iterator[Filter]:
    return (name for name in Filter if getattr(filters, name))


def _companies(filters: Filters, subject: Subject) -> Check:
    assert filters.companies is not None
    company = subject.story.layoff.company
    if company is None:
        return _unknown(Filter.COMPANIES, filters.companies.when_unknown, "no employer found")
    listed = not filters.companies.keys.isdisjoint(company_keys(company))
    return _known(Filter.COMPANIES, listed, company.name)


def _places(filters: Filters, subject: Subject) -> Check:
    assert filters.places is not None
    places = subject.story.layoff.places
    if not places:
        return _unknown(Filter.PLACES, filters.places.when_unknown, "no place stated")
    said = "; ".join(place_words(place) for place in places)
    answers = {_lies_in(place, area) for place in places for area in filters.places.any_of}
    if True in answers or None not in answers:
        return _known(Filter.PLACES, True in answers, said)
    return _unknown(Filter.PLACES, filters.places.when_unknown, f"nothing closer than {said}")


def _lies_in(place: Place, area: Area) -> bool | None:
    """Whether the place lies in the area; None if it is too coarse to say."""
    if area.country and place.country != area.country:
        return False
    answers = (
        _same(place.region, area.region),
        _same(place.city and name_key(place.city), area.city and name_key(area.city)),
        _within(place, area.near),
    )
    if False in answers:
        return False
    return None if None in answers else True


def _same(stated: str | None, wanted: str | None) -> bool | None:
    if not wanted:
        return True
    return stated == wanted if stated else None


def _within(place: Place, near: Near | None) -> bool | None:
    if near is None:
        return True
    # The middle of a region or country says nothing of where in it the jobs are.
    if not place.city or place.latitude is None or place.longitude is None:
        return None
    return distance_km(place.latitude, place.longitude, near) <= near.km


def _size(filters: Filters, subject: Subject) -> Check:
    assert filters.size is not None
    layoff, wanted = subject.story.layoff, filters.size
    jobs, percent = most_jobs(layoff), layoff.percent
    answers: set[bool | None] = set()
    if wanted.jobs_at_least is not None:
        answers.add(None if jobs is None else jobs >= wanted.jobs_at_least)
    if wanted.percent_at_least is not None:
        answers.add(None if percent is None else percent.value >= wanted.percent_at_least)
    said = [f"{headcount_words(layoff.headcount)} jobs"] if layoff.headcount and jobs is not None else []
    if percent:
        said.append(percent_words(percent))
    if answers == {None}:
        return _unknown(Filter.SIZE, wanted.when_unknown, ", ".join(said) or "no number stated")
    return _known(Filter.SIZE, True in answers, ", ".join(said))


def _stages(filters: Filters, subject: Subject) -> Check:
    stage = subject.story.layoff.stage
    return _known(Filter.STAGES, stage in filters.stages, stage.value)


def _kinds(filters: Filters, subject: Subject) -> Check:
    if subject.story.layoff.topic != LAYOFFS:
        return _known(Filter.KINDS, False, f"no layoff but {subject.story.layoff.topic}")
    kind = subject.story.layoff.kind
    return _known(Filter.KINDS, kind in filters.kinds, kind.value)


def _wires(filters: Filters, subject: Subject) -> Check:
    wires = dict.fromkeys(source.wire for source in subject.story.sources)
    wanted = {name_key(wire) for wire in filters.wires}
    return _known(Filter.WIRES, any(name_key(wire) in wanted for wire in wires), ", ".join(wires))


def _languages(filters: Filters, subject: Subject) -> Check:
    assert filters.languages is not None
    stated = subject.item.language.casefold() if subject.item else ""
    if not stated:
        return _unknown(Filter.LANGUAGES, filters.languages.when_unknown, "no language stated")
    wanted = tuple(tag.casefold() for tag in filters.languages.any_of)
    return _known(
        Filter.LANGUAGES, any(stated == tag or stated.startswith(f"{tag}-") for tag in wanted), stated
    )


def _rule_sets(filters: Filters, subject: Subject) -> Check:
    rule_set = subject.verdict.rule_set if subject.verdict else ""
    return _known(Filter.RULE_SETS, rule_set in filters.rule_sets, rule_set or "no rule set known")


def _keywords(filters: Filters, subject: Subject) -> Check:
    assert filters.keywords is not None
    text = normalised(_text(subject))
    against = _found(filters.keywords.none_of, filters.keywords.barred, text)
    if against:
        return _known(Filter.KEYWORDS, False, f"has '{against}'")
    wanted = _found(filters.keywords.any_of, filters.keywords.wanted, text)
    if wanted or not filters.keywords.any_of:
        return _known(Filter.KEYWORDS, True, f"has '{wanted}'" if wanted else "has none that is barred")
    return _known(Filter.KEYWORDS, False, "has none that is wanted")


def _text(subject: Subject) -> str:
    if subject.item:
        return f"{subject.item.title}\n{subject.item.text}"
    titles = (source.title for source in subject.story.sources)
    return "\n".join((*titles, subject.story.layoff.sentence.text))


def _found(terms: tuple[str, ...], compiled: Literals, text: str) -> str:
    hit = next(iter(compiled.find(text)), None)
    return terms[hit.term] if hit else ""


def _known(name: Filter, passed: bool, evidence: str) -> Check:
    return Check(name, Answer.PASSED if passed else Answer.STOPPED, evidence)


def _unknown(name: Filter, then: Unknown, evidence: str) -> Check:
    return Check(name, Answer.UNKNOWN_PASSED if then == "pass" else Answer.UNKNOWN_STOPPED, evidence)


_CHECKS: MappingProxyType[Filter, Callable[[Filters, Subject], Check]] = MappingProxyType(
    {
        Filter.COMPANIES: _companies,
        Filter.PLACES: _places,
        Filter.SIZE: _size,
        Filter.STAGES: _stages,
        Filter.KINDS: _kinds,
        Filter.WIRES: _wires,
        Filter.LANGUAGES: _languages,
        Filter.RULE_SETS: _rule_sets,
        Filter.KEYWORDS: _keywords,
    }
)
