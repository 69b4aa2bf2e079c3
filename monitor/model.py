"""The words of this program as frozen records. They touch nothing and import nothing of ours.

Data flows one way: an `Item` is published by a feed; `Document` is its text in zones; a `Verdict` says
what the rules make of it; a `Layoff` holds the extracted facts; a `Story` gathers the items that tell one
announcement; an `Alert` is one revision of a story for one channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

# --- what a feed publishes ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, as published, markup removed. Immutable.

    `feed` is the feed's id in the configuration and `wire` the wire it belongs to; `guid` is unique within
    its feed at best; `published` is what the feed claims and may be absent or wrong, `seen` is when we
    fetched it (both aware). `author` is the issuer where the wire names it (`dc:contributor`, author),
    `tags` are the entry's categories (tickers, ISINs, subjects).
    """

    feed: str
    wire: str
    guid: str
    title: str
    text: str
    link: str
    published: datetime | None
    seen: datetime
    author: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""


# --- a text in zones ---------------------------------------------------------------------------------------


class ZoneKind(StrEnum):
    """What a stretch of an item's text is there for."""

    TITLE = "title"
    DATELINE = "dateline"
    LEAD = "lead"
    BODY = "body"
    BOILERPLATE = "boilerplate"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Zone:
    """`text[start:end]` of a document, in code points. Only QUOTE zones lie inside others."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The span `text` = document.text[start:end] that something was read from, and the rule or reason."""

    start: int
    end: int
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Title and text of an item as one string; every span in the program is an offset into `text`."""

    text: str
    zones: tuple[Zone, ...]

    def spans(self, *kinds: ZoneKind) -> Iterator[Zone]:
        """Yield the zones of the given kinds in the order of the text."""
        return (zone for zone in self.zones if zone.kind in kinds)

    def evidence(self, start: int, end: int, reason: str = "") -> Evidence:
        """Return the span as evidence."""
        return Evidence(start, end, self.text[start:end], reason)


# --- what the rules say ------------------------------------------------------------------------------------


class Stage(StrEnum):
    """How sure the cut is: done or decided, intended, told by others, or denied by the employer."""

    CONFIRMED = "confirmed"
    PLANNED = "planned"
    REPORTED = "reported"
    DENIED = "denied"


class Kind(StrEnum):
    """How jobs go."""

    LAYOFF = "layoff"
    CLOSURE = "closure"
    FURLOUGH = "furlough"
    BUYOUT = "buyout"
    REDUNDANCY_PROGRAMME = "redundancy_programme"


class Reason(StrEnum):
    """Why an item did or did not become an alert. Counters, `explain` and logs use these names."""

    ANNOUNCED = "announced"
    NO_RULE = "no_rule"
    BELOW_THRESHOLD = "below_threshold"
    VETOED = "vetoed"
    NO_EMPLOYER = "no_employer"
    DUPLICATE = "duplicate"
    TOO_OLD = "too_old_at_first_contact"
    REPETITION = "repetition"
    NO_WATCHLIST = "no_watchlist"


@dataclass(frozen=True, slots=True)
class Match:
    """One rule that matched: its id, the weight it gave (negative: against), where, and in which zone."""

    rule: str
    weight: float
    zone: ZoneKind
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule set says of one document. `announced` is `reason is ANNOUNCED`."""

    rule_set: str
    reason: Reason
    score: float
    threshold: float
    stage: Stage | None = None
    kind: Kind | None = None
    matches: tuple[Match, ...] = ()

    @property
    def announced(self) -> bool:
        """Whether the rules take the item for an announcement."""
        return self.reason is Reason.ANNOUNCED


# --- the facts ---------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Layoff:
    """The facts of one announcement, each with the span it was read from; absent rather than guessed."""

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


# --- stories and alerts ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where a story was told: item id in the stream, feed, wire, link, and when it was published and seen."""

    item: str
    feed: str
    wire: str
    title: str
    link: str
    published: datetime | None
    seen: datetime


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
class Told:
    """That a story was told in a channel: at which revision first, and for which watchlists."""

    channel: str
    revision: int
    watchlists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One real-world announcement in its present state. `revision` starts at 1 and grows by one.

    `earlier` holds the numbers of earlier revisions, so that an old article told late is not news; `told`
    the channels that have heard of it.
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


@dataclass(frozen=True, slots=True)
class Quote:
    """The proving sentence and the spans in it (offsets into `text`) that are set in bold."""

    text: str
    bold: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What an alert says, in plain text of no channel's markup. Empty string: nothing to say there."""

    who: str
    how_many: str
    where: str
    what: str
    quote: Quote
    source: str
    published: datetime | None
    link: str
    changes: tuple[Change, ...] = ()
    watchlists: tuple[str, ...] = ()
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """One revision of a story for one channel. `id` is a hash of (story, revision, channel).

    `replaces` is the id of the story's first alert in this channel when this one updates it. `due` is until
    when a digest or quiet hours hold it; None: it goes at once.
    """

    id: str
    story: str
    revision: int
    channel: str
    card: Card
    admitted: datetime
    replaces: str | None = None
    due: datetime | None = None


# --- what polling remembers --------------------------------------------------------------------------------


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

    `reason` is ANNOUNCED (queued), DUPLICATE (`identity` says by which: "guid", "link" or "fingerprint")
    or TOO_OLD.
    """

    reason: Reason
    item: str
    identity: str = ""


# --- what delivery remembers -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Queued:
    """An alert waiting in the outbox; `entry` acknowledges it, `attempts` counts its deliveries so far."""

    entry: str
    alert: Alert
    attempts: int


class LedgerState(StrEnum):
    """What is known of one alert's sending."""

    NEW = "new"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """The ledger's record of one alert. `since` is when sending began; `ts` is Slack's message id.

    `mine` is True when the caller now holds the lease and may send.
    """

    state: LedgerState
    mine: bool
    since: datetime | None = None
    channel: str = ""
    ts: str = ""
    note: str = ""
