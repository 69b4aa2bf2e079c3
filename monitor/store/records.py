"""The records that only the store hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.model import Item, Reason, Story, Verdict


@dataclass(frozen=True, slots=True)
class Retention:
    """How long Redis keeps what. Nothing that still has work to be done on it is ever dropped.

    `seen`: identities of items, since their last sighting, and up to twice as long. `stories`: since their
    last change. `ledger`: lines of alerts that were sent or parked. `decisions`: why an item did or did not
    alert. `items`: items and alerts in the streams after every group has acknowledged them, for `explain`.
    `articles`: texts of articles that were read.
    """

    seen: timedelta = timedelta(days=30)
    stories: timedelta = timedelta(days=30)
    ledger: timedelta = timedelta(days=90)
    decisions: timedelta = timedelta(days=7)
    items: timedelta = timedelta(days=1)
    articles: timedelta = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Known:
    """What an identity stands for: the stream id of an item ("": one too old at first contact).

    `by` says by which identity the entry that had it first was a duplicate of that item; "": it is its own.
    """

    item: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item to read: its id in the stream, and how often it was handed out, this time included."""

    id: str
    item: Item
    attempts: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The stories found under some story keys, the stamp of each key, and the digest of each story's record.

    A commit that names a snapshot takes effect only if no story was written under any of its keys since, and
    if the story it writes is still the one that was read: that may have been written under another key.
    """

    stories: tuple[Story, ...] = ()
    stamps: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one item, for `explain`: the reason, the verdict it rests on, and the story it told.

    `article` is the address of the article that was read in place of the summary, "" where that decided.
    """

    reason: Reason
    feed: str
    title: str
    link: str
    verdict: Verdict | None = None
    story: str = ""
    note: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What could not be processed. `origin` is "items" or "alerts", `entry` its id there, `at` when it died.

    `payload` is the record as stored: JSON, unless that was what was wrong with it.
    """

    id: str
    origin: str
    entry: str
    reason: str
    payload: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """A stream: entries kept, how many of them still wait for work, are being worked on, and since when.

    `oldest` is when the oldest entry in work came in, `lost` how many vanished before they were handled.
    """

    length: int
    waiting: int
    pending: int
    oldest: datetime | None
    lost: int


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """The state of the store for the status page. `held` digests wait for their time; `memory` is bytes."""

    items: QueueStatus
    alerts: QueueStatus
    held: int
    dead: int
    counters: Mapping[str, int]
    memory: int
    version: str
