"""What the page needs from the rest of the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.model import Document, FeedState, Item, Layoff, Story, Verdict


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
    """What would become of a text: its zones, verdicts and facts, and what each watchlist would do.

    `watchlists` are pairs of a watchlist's name and what it would do and why, in words.
    """

    document: Document
    verdicts: tuple[Verdict, ...]
    layoff: Layoff | None
    watchlists: tuple[tuple[str, str], ...]


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
    """Where the page reads. Every method but the last two may raise `DeskUnavailableError`."""

    async def vitals(self) -> Vitals:
        """Return how the store is doing."""
        ...

    async def refused(self) -> Mapping[str, str]:
        """Return the processes that refuse a changed configuration, and why."""
        ...

    async def feeds(self) -> Sequence[FeedState]:
        """Return the states of the configured feeds."""
        ...

    async def stories(self, since: datetime) -> Sequence[Story]:
        """Return the stories first told since then, the oldest first."""
        ...

    async def story(self, story: str) -> Story | None:
        """Return a story by its id."""
        ...

    async def item(self, item: str) -> Item | None:
        """Return an item by its id; None when it is no longer kept."""
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

    def routes(self, item: Item) -> Sequence[tuple[str, str]]:
        """Return of each watchlist what it makes of an item now, and why. Takes milliseconds of CPU."""
        ...

    def try_out(self, title: str, text: str) -> Answer:
        """Return what would become of a text. Takes milliseconds of CPU."""
        ...


class DeskUnavailableError(Exception):
    """What the page reads from cannot be reached; the message says why."""
