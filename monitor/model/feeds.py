"""What polling remembers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model.items import Item
from monitor.model.verdicts import Reason


class FeedStatus(StrEnum):
    """How a feed is: what its last poll met, or what is seen of it from outside (STALE, ALIAS)."""

    NEW = "new"
    OK = "ok"
    UNCHANGED = "unchanged"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    THROTTLED = "throttled"
    NOT_A_FEED = "not_a_feed"
    CAPTCHA = "captcha"
    WRONG_FEED = "wrong_feed"
    ALIAS = "alias"
    BROKEN_OFF = "broken_off"
    GONE = "gone"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; both ends are aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is kept of a feed between polls, but for the entries of its last body.

    `last_success` is when a poll last showed all that the feed holds; `failures` counts polls in a row that
    failed; `not_before` is when the next poll is due; `note` is the line that ops read. `settings` names the
    settings it was polled with. `title` is the channel's.

    Pace: `interval` between polls as it is now; `asks` is the least that the feed itself asks for; `depth`
    is how many entries a body holds, `rate` how many new ones come in an hour; `lag` is by how much the last
    poll began too late.

    Coverage: whatever was published since `covered_since` was seen, but for the `gaps` (the latest ones;
    `gap_count` counts all). `newest` is when the newest entry seen was published.

    `moved_to` is where permanent redirects led at the last `moves` polls. `last_body` is when a whole body
    last came, rather than word that nothing changed.
    """

    feed: str
    status: FeedStatus = FeedStatus.NEW
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    failures: int = 0
    not_before: datetime | None = None
    note: str = ""
    settings: str = ""
    title: str = ""
    interval: timedelta = timedelta(0)
    asks: timedelta = timedelta(0)
    depth: int = 0
    rate: float = 0.0
    lag: timedelta = timedelta(0)
    covered_since: datetime | None = None
    newest: datetime | None = None
    gaps: tuple[Span, ...] = ()
    gap_count: int = 0
    moved_to: str = ""
    moves: int = 0
    last_body: datetime | None = None

    @property
    def turnover(self) -> timedelta | None:
        """How long it takes until a body holds nothing but new entries; None while nothing new comes."""
        return timedelta(hours=self.depth / self.rate) if self.rate > 1e-6 else None

    @property
    def covered(self) -> tuple[Span, ...]:
        """The stretches of which everything was seen, between the gaps that are kept, the oldest first."""
        if self.covered_since is None or self.last_success is None:
            return ()
        starts = (self.covered_since, *(gap.end for gap in self.gaps))
        ends = (*(gap.start for gap in self.gaps), self.last_success)
        return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True) if start <= end)


@dataclass(frozen=True, slots=True)
class Slot:
    """A feed's place in the schedule: its id, and the name under which its host's limits are kept."""

    feed: str
    host: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Leave to poll a feed now. Only the newest claim's `epoch` may save what the poll found."""

    slot: Slot
    epoch: int
    state: FeedState


@dataclass(frozen=True, slots=True)
class Limit:
    """How many polls of a host may run at once, and how long its requests are apart at least."""

    concurrency: int
    gap: timedelta = timedelta(0)


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
