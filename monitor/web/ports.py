"""What the page needs from the rest of the program."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.alert.route import Answered
from monitor.extract.weighing import Weighed
from monitor.model import Document, FeedState, Item, Layoff, Reason, Story
from monitor.rules.explaining import Explanation


@dataclass(frozen=True, slots=True)
class Queue:
    """A stage's work: entries that wait, entries in hand, and since when the oldest of these."""

    name: str
    waiting: int
    pending: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Vitals:
    """The state of the store: queues, alerts held back, dead letters, counters, memory in bytes."""

    queues: tuple[Queue, ...]
    held: int
    dead: int
    counters: Mapping[str, int]
    memory: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What would become of a text, by the configuration in force.

    Its zones, what each rule set makes of it, its facts with what was weighed for each, and what each
    watchlist would do; the last three are empty where it announces nothing.
    """

    document: Document
    explanations: tuple[Explanation, ...]
    layoff: Layoff | None = None
    weighed: tuple[Weighed, ...] = ()
    watchlists: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True)
class Handled:
    """An item that was admitted, what was decided of it (None: nothing yet), and the story it told."""

    id: str
    seen: datetime
    feed: str
    title: str
    reason: Reason | None
    story: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """The whole way of an item: steps by name, each in words, and what would become of it now."""

    id: str
    title: str
    story: str
    steps: tuple[tuple[str, str], ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A rule set in force; `rules` are pairs of a rule's id and its weight as it is written."""

    name: str
    about: str
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the inline tests of a rule set found, and what the linter remarks."""

    passed: int
    failed: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivered:
    """That a story went to a channel: at which revision, for which watchlists, and what became of it."""

    channel: str
    revision: int
    watchlists: tuple[str, ...]
    outcome: str


class Desk(Protocol):
    """Where the page reads. The asynchronous methods may raise `DeskUnavailableError`."""

    async def vitals(self) -> Vitals:
        """Return how the store is doing."""
        ...

    async def refused(self) -> Mapping[str, str]:
        """Return the processes that refuse a changed configuration, and why."""
        ...

    async def feeds(self) -> Sequence[FeedState]:
        """Return the states of the configured feeds."""
        ...

    async def count(self, since: datetime) -> int:
        """Return how many stories were first told since then."""
        ...

    def stories(self, since: datetime) -> AsyncIterator[Sequence[Story]]:
        """Yield the stories first told since then in short steps, the newest first; then what has changed.

        When asked again, such as were yielded before and have not changed may be left out.
        """
        ...

    async def story(self, story: str) -> Story | None:
        """Return a story by its id."""
        ...

    async def item(self, item: str) -> Item | None:
        """Return an item by its id; None when it is no longer kept."""
        ...

    async def newest_items(self, count: int) -> Sequence[Handled]:
        """Return the newest items, the newest first."""
        ...

    async def find_item(self, what: str) -> str | None:
        """Return the id of the item that is kept under this id or link."""
        ...

    async def explained(self, item: str) -> Explained | None:
        """Return the whole way of an item by its id; None when it is no longer kept."""
        ...

    def rule_sets(self) -> Sequence[RuleSet]:
        """Return the rule sets in force."""
        ...

    def checked(self) -> Mapping[str, Checked]:
        """Return by rule set what testing and linting found. Takes seconds of CPU, once for each reload."""
        ...

    async def deliveries(self, story: Story) -> Sequence[Delivered]:
        """Return where a story went."""
        ...

    def routes(self, item: Item) -> Sequence[Answered]:
        """Return what each watchlist makes of an item now. Takes milliseconds of CPU."""
        ...

    def try_out(self, title: str, text: str) -> Answer:
        """Return what would become of a text. Takes milliseconds of CPU."""
        ...


class DeskUnavailableError(Exception):
    """What the page reads from cannot be reached; the message says why."""
