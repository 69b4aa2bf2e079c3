"""What polling remembers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.items import Item
from monitor.model.verdicts import Reason


class FeedStatus(StrEnum):
    """What the last poll of a feed met."""

    NEW = "new"
    OK = "ok"
    UNCHANGED = "unchanged"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    THROTTLED = "throttled"
    NOT_A_FEED = "not_a_feed"
    BROKEN_OFF = "broken_off"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is kept of a feed between polls. `entries` are hashes of the entries of its last body.

    `failures` counts polls in a row that failed; `not_before` is when the next poll may be, after a
    back-off or a Retry-After; `note` is the line that ops read.
    """

    feed: str
    status: FeedStatus = FeedStatus.NEW
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    entries: tuple[str, ...] = ()
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    failures: int = 0
    not_before: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item offered for admission. `announce=False`: mark it as seen, queue nothing (first contact)."""

    item: Item
    announce: bool = True


@dataclass(frozen=True, slots=True)
class Admission:
    """What became of one candidate: its own stream id, or of which earlier item it is a duplicate and why.

    `reason` is ANNOUNCED (queued), DUPLICATE (`identity` says by which: "guid", "link",
    "fingerprint" or "title") or TOO_OLD.
    """

    reason: Reason
    item: str
    identity: str = ""
