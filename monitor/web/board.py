"""The layoffs as a table that can be searched, with the sums of what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter

from monitor.model import Story
from monitor.web.sums import Pictures, Row, Sums, row

PAGE = 50
KEPT_QUERIES = 50


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Empty: everything."""

    words: str = ""
    country: str = ""
    stage: str = ""
    kind: str = ""
    jobs: int = 0
    page: int = 1

    def takes(self) -> Callable[[Row], bool]:
        """Return what tells whether a row is looked for."""
        words = self.words.casefold().split()

        def taken(one: Row) -> bool:
            return (
                one.jobs >= self.jobs
                and self.stage in ("", one.stage)
                and self.kind in ("", one.kind)
                and (not self.country or self.country in one.countries)
                and all(word in one.words for word in words)
            )

        return taken


@dataclass(frozen=True, slots=True)
class Found:
    """A page of rows, how many rows and jobs there are in all, and the pictures of all of them."""

    rows: tuple[Row, ...]
    total: int
    jobs: int
    pictures: Pictures


class Board:
    """The rows, the newest first. What was found by a query is kept until a row changes."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._sorted: list[Row] = []
        self._sums = Sums()
        self._countries = Counter[str]()
        self._found: dict[Query, tuple[Sequence[Row], Sums]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def countries(self) -> list[str]:
        """The countries that rows name."""
        return sorted(country for country, rows in self._countries.items() if rows)

    def newest(self, count: int = PAGE) -> Sequence[Row]:
        """Return the newest rows."""
        return self._sorted[:count]

    def take(self, stories: Iterable[Story]) -> None:
        """Add stories, or take their new state. Quick for such as are older than all before."""
        new = {story.id: row(story) for story in stories}
        new = {name: one for name, one in new.items() if self._rows.get(name) != one}
        if not new:
            return
        known = [self._rows[name] for name in new if name in self._rows]
        self._forget(known)
        for one in new.values():
            self._sums.add(one)
            self._countries.update(one.countries)
        self._rows |= new
        added = sorted(new.values(), key=attrgetter("at"), reverse=True)
        if not known and (not self._sorted or added[0].at <= self._sorted[-1].at):
            self._sorted += added
        else:
            self._sorted = sorted(self._rows.values(), key=attrgetter("at"), reverse=True)
        self._found.clear()

    def drop(self, before: datetime) -> None:
        """Forget the rows that are older."""
        old = []
        while self._sorted and self._sorted[-1].at < before:
            old.append(self._sorted.pop())
        if old:
            self._forget(old)
            self._found.clear()

    def _forget(self, rows: Iterable[Row]) -> None:
        for one in rows:
            del self._rows[one.story]
            self._sums.remove(one)
            self._countries.subtract(one.countries)

    def find(self, query: Query, today: date) -> Found:
        """Return a page of what is looked for."""
        rows, sums = self._matching(replace(query, page=1))
        start = (query.page - 1) * PAGE
        return Found(tuple(rows[start : start + PAGE]), sums.rows, sums.jobs, sums.pictures(today))

    def _matching(self, query: Query) -> tuple[Sequence[Row], Sums]:
        if query == Query():
            return self._sorted, self._sums
        if query not in self._found:
            if len(self._found) >= KEPT_QUERIES:
                self._found.clear()
            rows, sums = list(filter(query.takes(), self._sorted)), Sums()
            for one in rows:
                sums.add(one)
            self._found[query] = rows, sums
        return self._found[query]
