"""One real-world announcement, told by many items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.layoffs import Headcount, Layoff


@dataclass(frozen=True, slots=True)
class Source:
    """Where a story was told: item id in the stream, feed, wire, link, and when it was published and seen.

    `lead` are the keys of its opening words (`monitor.story.leads`); two that share one open alike.
    `identity` is the item's lasting key (`monitor.story.identity`): with it the same story is the same one
    again where everything was forgotten. "": known by its id alone.
    """

    item: str
    feed: str
    wire: str
    title: str
    link: str
    published: datetime | None
    seen: datetime
    lead: tuple[str, ...] = ()
    identity: str = ""


class ChangeKind(StrEnum):
    """What a revision of a story changes."""

    FIRST = "first_report"
    ALSO_ON = "also_on"
    HEADCOUNT = "headcount"
    PERCENT = "percent"
    PLACE = "place_added"
    STAGE = "stage"
    DENIAL = "denial"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Change:
    """One named difference between two revisions, as people read it ("about 500", "about 650")."""

    kind: ChangeKind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One step of a story: what it changed, and the item, seen `at` that time on `wire`, that told it.

    Of the first one the change is `FIRST`; it has no before.
    """

    number: int
    at: datetime
    item: str
    wire: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """That a story was told in a channel: at which revision by the message that shows it, for whom.

    `alert` is the id of that message's alert. `held`: in a digest, or soon, so that no message of its own
    shows it.
    """

    channel: str
    revision: int
    watchlists: tuple[str, ...]
    held: bool = False
    alert: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One real-world announcement in its present state. `revision` starts at 1 and grows by one.

    `earlier` holds the numbers of earlier revisions, so that an old article told late is not news; `told`
    the channels that have heard of it; `revisions` its history (`monitor.story.revisions`), the oldest first,
    which may have holes.
    """

    id: str
    key: str
    revision: int
    layoff: Layoff
    sources: tuple[Source, ...]
    first_seen: datetime
    last_seen: datetime
    earlier: tuple[Headcount, ...] = ()
    told: tuple[Told, ...] = ()
    revisions: tuple[Revision, ...] = ()
