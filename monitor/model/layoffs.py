"""The facts of an announcement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.model.documents import Evidence
from monitor.model.verdicts import Kind, Stage


@dataclass(frozen=True, slots=True)
class Headcount:
    """Jobs that go, as a range: 73 is (73, 73), "up to 2,500" (None, 2500), "more than 1,000" (1000, None).

    (None, None) is a number told only in words too vague to count ("several hundred"): see the evidence.
    """

    low: int | None
    high: int | None
    approximate: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Percent:
    """Share of the workforce that goes, 0 < value <= 100."""

    value: float
    approximate: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Company:
    """The employer that cuts: name as written, exchange and ticker where the text or the feed has them."""

    name: str
    exchange: str | None
    ticker: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Place:
    """Where jobs go. `country` is ISO 3166-1 alpha-2; `region` the subdivision part of ISO 3166-2 ("NY").

    Coordinates are WGS 84 degrees, of the city, else of the region or country. `jobs` is this place's own
    part of the headcount where the text gives one.
    """

    city: str | None
    region: str | None
    country: str
    latitude: float | None
    longitude: float | None
    evidence: Evidence
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """When the cut takes effect, as the days it may begin and must be done; either end may be unknown."""

    start: date | None
    end: date | None
    evidence: Evidence


class Cause(StrEnum):
    """Why jobs go: a closed list."""

    DEMAND = "demand"
    COST = "cost_cutting"
    MERGER = "merger"
    CLOSURE = "closure"
    RELOCATION = "relocation"
    AUTOMATION = "automation"
    BANKRUPTCY = "bankruptcy"
    CONTRACT = "loss_of_contract"
    REORGANISATION = "reorganisation"


@dataclass(frozen=True, slots=True)
class Because:
    """One stated cause."""

    cause: Cause
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Money:
    """A severance or restructuring charge in units of `currency` (ISO 4217)."""

    low: float
    high: float
    currency: str
    evidence: Evidence


LAYOFFS = "layoffs"
"""The rule set of the topic whose facts are numbers of jobs, places, dates, causes and costs."""


@dataclass(frozen=True, slots=True)
class Layoff:
    """The facts of one announcement, each with the span it was read from; absent rather than guessed.

    `topic` is the rule set that announced it. Of another topic than `LAYOFFS` there are only stage, company
    and sentence; `kind` then means nothing.
    """

    stage: Stage
    kind: Kind
    company: Company | None
    headcount: Headcount | None
    percent: Percent | None
    places: tuple[Place, ...]
    sentence: Evidence
    when: Period | None = None
    causes: tuple[Because, ...] = ()
    who: tuple[Evidence, ...] = ()
    cost: Money | None = None
    topic: str = LAYOFFS
