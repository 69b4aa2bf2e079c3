"""What the pictures show: jobs by week, reason, country and place, and the race of the wires.

Sums are kept up row by row, so that the pictures of many rows cost no more than those of a few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from monitor.alert.card import how_many, where, who
from monitor.alert.digest import counted_jobs
from monitor.model import Place, Story
from monitor.story.wording import place_words

WEEKS = 9  # that stories are kept
NOT_STATED = "not stated"
MOST_BARS, MOST_SPOTS, MOST_WIRES = 10, 300, 8
Spot = tuple[float, float, str]
"""Latitude and longitude in degrees, to a tenth, and the name of the place."""
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Row:
    """One story in its present state, ready to be shown. `jobs` is the number it counts as in sums, or 0.

    `wires` are those that told it, the first one first; `ahead` is by how much that one was first; `told` are
    the channels that heard of it. `week` is its Monday. Jobs count for the first cause and the first place,
    so that sums add up: `cause`, `region` and `spot` are those.
    """

    story: str
    at: datetime
    week: date
    who: str
    how_many: str
    jobs: int
    where: str
    region: str
    stage: str
    kind: str
    cause: str
    countries: tuple[str, ...]
    spot: Spot | None
    wires: tuple[str, ...]
    ahead: timedelta | None
    told: tuple[str, ...]
    words: str


def row(story: Story) -> Row:
    """Return a story as a row."""
    layoff, firsts = story.layoff, _firsts(story)
    said = who(layoff.company), how_many(layoff), where(layoff.places)
    day = story.first_seen.date()
    return Row(
        story=story.id,
        at=story.first_seen,
        week=day - timedelta(days=day.weekday()),
        who=said[0],
        how_many=said[1],
        jobs=counted_jobs(story) or 0,
        where=said[2],
        region=layoff.places[0].region or "" if layoff.places else "",
        stage=layoff.stage.value,
        kind=layoff.kind.value,
        cause=layoff.causes[0].cause.value if layoff.causes else NOT_STATED,
        countries=tuple(dict.fromkeys(place.country for place in layoff.places)),
        spot=_spot(layoff.places),
        wires=tuple(firsts),
        ahead=_ahead(list(firsts.values())),
        told=tuple(told.channel for told in story.told),
        words=" ".join([*said, *(source.title for source in story.sources[:3])]).casefold(),
    )


def _firsts(story: Story) -> Mapping[str, datetime]:
    """Return when each wire first told the story, the earliest first."""
    firsts: dict[str, datetime] = {}
    for source in sorted(story.sources, key=lambda source: source.seen):
        firsts.setdefault(source.wire, source.seen)
    return firsts


def _ahead(times: Sequence[datetime]) -> timedelta | None:
    return times[1] - times[0] if len(times) > 1 else None


def _spot(places: Sequence[Place]) -> Spot | None:
    if not places or places[0].latitude is None or places[0].longitude is None:
        return None
    return round(places[0].latitude, 1), round(places[0].longitude, 1), place_words(places[0])


@dataclass(frozen=True, slots=True)
class Race:
    """How often a wire was first with a story that others told too, and by how much at the median."""

    wire: str
    first: int
    told: int
    ahead: timedelta | None


@dataclass(frozen=True, slots=True)
class Pictures:
    """Sums over rows: jobs by week (its Monday), cause, country, region, and place; the race of the wires."""

    weeks: tuple[tuple[date, int], ...]
    causes: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    regions: tuple[tuple[tuple[str, str], int], ...]
    spots: tuple[tuple[Spot, int], ...]
    race: tuple[Race, ...]


@dataclass(slots=True)
class Sums:
    """Sums over rows that come and go."""

    rows: int = 0
    jobs: int = 0
    weeks: Counter[date] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)
    spots: Counter[Spot] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    leads: defaultdict[str, list[timedelta]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Row) -> None:
        """Count a row in."""
        self._count(one, 1)
        if one.ahead is not None:
            self.leads[one.wires[0]].append(one.ahead)

    def remove(self, one: Row) -> None:
        """Take a row out that was counted in."""
        self._count(one, -1)
        if one.ahead is not None:
            self.leads[one.wires[0]].remove(one.ahead)

    def _count(self, one: Row, sign: int) -> None:
        self.rows += sign
        for wire in one.wires:
            self.told[wire] += sign
        if jobs := sign * one.jobs:
            self.jobs += jobs
            self.weeks[one.week] += jobs
            self.causes[one.cause] += jobs
            if one.countries:
                self.countries[one.countries[0]] += jobs
                self.regions[one.countries[0], one.region] += jobs
            if one.spot:
                self.spots[one.spot] += jobs

    def pictures(self, today: date) -> Pictures:
        """Return what the pictures show; the last week is that of today."""
        monday = today - timedelta(days=today.weekday())
        weeks = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
        race = [
            Race(wire, len(leads := self.leads[wire]), told, _median(leads))
            for wire, told in _largest(self.told, MOST_WIRES)
        ]
        return Pictures(
            weeks=tuple((week, self.weeks[week]) for week in weeks),
            causes=_largest(self.causes, MOST_BARS),
            countries=_largest(self.countries, MOST_BARS),
            regions=_largest(self.regions, MOST_BARS),
            spots=_largest(self.spots, MOST_SPOTS),
            race=tuple(sorted(race, key=lambda one: -one.first)),
        )


def _largest(counts: Counter[Name], most: int) -> tuple[tuple[Name, int], ...]:
    return tuple((name, count) for name, count in counts.most_common(most) if count > 0)


def _median(spans: Sequence[timedelta]) -> timedelta | None:
    return sorted(spans)[len(spans) // 2] if spans else None
