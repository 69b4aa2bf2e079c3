"""The layoffs as a table that can be searched, and the sums that the pictures show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.alert.card import how_many, where, who
from monitor.model import Place, Story

PAGE = 50
WEEKS = 26
KEPT_QUERIES = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One story in its present state, ready to be shown. `jobs` is the number it counts as in sums, or 0.

    `wires` are those that told it, the first one first; `ahead` is by how much that one was first.
    """

    story: str
    at: datetime
    who: str
    how_many: str
    jobs: int
    where: str
    places: tuple[Place, ...]
    stage: str
    kind: str
    causes: tuple[str, ...]
    wires: tuple[str, ...]
    ahead: timedelta | None
    words: str


def row(story: Story) -> Row:
    """Return a story as a row."""
    layoff, firsts = story.layoff, _firsts(story)
    headcount = layoff.headcount
    jobs = (headcount.high or headcount.low or 0) if headcount else 0
    said = who(layoff.company), how_many(layoff), where(layoff.places)
    return Row(
        story=story.id,
        at=story.first_seen,
        who=said[0],
        how_many=said[1],
        jobs=jobs,
        where=said[2],
        places=layoff.places,
        stage=layoff.stage.value,
        kind=layoff.kind.value,
        causes=tuple(dict.fromkeys(because.cause.value for because in layoff.causes)),
        wires=tuple(firsts),
        ahead=_ahead(list(firsts.values())),
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


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Empty: everything."""

    words: str = ""
    country: str = ""
    stage: str = ""
    kind: str = ""
    jobs: int = 0
    page: int = 1

    def takes(self, row: Row) -> bool:
        """Whether a row is looked for."""
        return (
            row.jobs >= self.jobs
            and self.stage in ("", row.stage)
            and self.kind in ("", row.kind)
            and (not self.country or any(place.country == self.country for place in row.places))
            and all(word in row.words for word in self.words.casefold().split())
        )


@dataclass(frozen=True, slots=True)
class Race:
    """How often a wire was first with a story that others told too, and by how much at the median."""

    wire: str
    first: int
    told: int
    ahead: timedelta | None


@dataclass(frozen=True, slots=True)
class Pictures:
    """Sums over rows: jobs by week (its Monday), cause, country and place; the race of the wires."""

    weeks: tuple[tuple[date, int], ...]
    causes: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    spots: tuple[tuple[float, float, int], ...]
    race: tuple[Race, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of rows, how many rows there are in all, and the pictures of all of them."""

    rows: tuple[Row, ...]
    total: int
    jobs: int
    pictures: Pictures


class Board:
    """The rows, the newest first. What was found once is kept until a row changes.

    One thread may take while others find: these see what was there before, or all that is new.
    """

    def __init__(self) -> None:
        self.countries: tuple[str, ...] = ()
        self._rows: dict[str, Row] = {}
        self._sorted: list[Row] = []
        self._found: dict[Query, tuple[Sequence[Row], int, Pictures]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def take(self, stories: Iterable[Story]) -> None:
        """Add stories, or take their new state."""
        changed = {story.id: row(story) for story in stories}
        changed = {name: new for name, new in changed.items() if self._rows.get(name) != new}
        if changed:
            self._rows |= changed
            self._sorted = sorted(self._rows.values(), key=lambda row: row.at, reverse=True)
            self.countries = tuple(sorted({place.country for row in self._sorted for place in row.places}))
            self._found = {}  # last: who still holds the old one read the old rows

    def find(self, query: Query, today: date) -> Found:
        """Return a page of what is looked for."""
        asked, kept = replace(query, page=1), self._found
        if asked not in kept:
            if len(kept) >= KEPT_QUERIES:
                kept.clear()
            taken = self._sorted if asked == Query() else [one for one in self._sorted if asked.takes(one)]
            kept[asked] = taken, sum(one.jobs for one in taken), pictures(taken, today)
        rows, jobs, sums = kept[asked]
        start = (query.page - 1) * PAGE
        return Found(tuple(rows[start : start + PAGE]), len(rows), jobs, sums)


def pictures(rows: Sequence[Row], today: date) -> Pictures:
    """Return the sums over rows. A story's jobs go to its first place and cause: so they add up."""
    first_week = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    weeks = {first_week + timedelta(weeks=number): 0 for number in range(WEEKS)}
    causes, countries = Counter[str](), Counter[str]()
    spots = Counter[tuple[float, float]]()
    firsts, told = Counter[str](), Counter[str]()
    leads: defaultdict[str, list[timedelta]] = defaultdict(list)
    for one in rows:
        day = one.at.date()
        week = day - timedelta(days=day.weekday())
        if week in weeks:
            weeks[week] += one.jobs
        told.update(one.wires)
        if one.ahead is not None:
            firsts[one.wires[0]] += 1
            leads[one.wires[0]].append(one.ahead)
        if not one.jobs:
            continue
        causes[one.causes[0] if one.causes else "not stated"] += one.jobs
        if one.places:
            place = one.places[0]
            countries[place.country] += one.jobs
            if place.latitude is not None and place.longitude is not None:
                spots[round(place.latitude, 1), round(place.longitude, 1)] += one.jobs
    race = (Race(wire, firsts[wire], count, _median(leads[wire])) for wire, count in told.most_common(8))
    return Pictures(
        weeks=tuple(weeks.items()),
        causes=tuple(causes.most_common(10)),
        countries=tuple(countries.most_common(10)),
        spots=tuple((*spot, jobs) for spot, jobs in spots.most_common(300)),
        race=tuple(sorted(race, key=lambda one: -one.first)),
    )


def _median(spans: list[timedelta]) -> timedelta | None:
    return sorted(spans)[len(spans) // 2] if spans else None
