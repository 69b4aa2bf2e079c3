"""One poll of one feed: fetch, read what is new, admit it, and only then remember that it was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from monitor.model import Candidate, FeedState, FeedStatus, Item, Reason
from monitor.wire.backoff import next_attempt
from monitor.wire.delta import MAX_ENTRIES, hash_body
from monitor.wire.errors import FeedError
from monitor.wire.feeds import Feed
from monitor.wire.fetch import Body, Fetcher, NotModified
from monitor.wire.parse import Origin
from monitor.wire.ports import FeedStore
from monitor.wire.read import Reader, Reading

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PollReport:
    """What one poll of one feed gave.

    `items` counts the entries that had to be parsed; `queued`, `duplicates` and `too_old` what became of
    them. `note` is one line for people, empty when all is well. `due` is when a back-off ends. A feed that
    is still backing off is not asked: `polled` is False. `gap`: nothing that the last poll saw is left in the
    feed, so items may have come and gone unseen in between.
    """

    feed: str
    status: FeedStatus
    items: int = 0
    queued: int = 0
    duplicates: int = 0
    too_old: int = 0
    note: str = ""
    due: datetime | None = None
    polled: bool = True
    gap: bool = False


class Poller:
    """Polls feeds, each for itself: what goes wrong with one is in its report and its state, nowhere else.

    Args:
        store: Remembers feeds and admits items.
        fetcher: Gets bodies.
        reader: Gets items from bodies.
        clock: Tells the time, aware.
        chance: Gives numbers in [0, 1), as `random.random` does.
    """

    def __init__(
        self,
        store: FeedStore,
        fetcher: Fetcher,
        reader: Reader,
        *,
        clock: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        self._chance = chance
        self._asked: dict[str, Feed] = {}

    async def poll(self, feed: Feed) -> PollReport:
        """Poll the feed once, unless it is backing off.

        A restart, or new settings of the feed, end a back-off: ops may just have mended what was wrong. Only
        a host that asked for time gets it in any case.

        Raises:
            Exception: Whatever the store raises; then nothing was remembered and the next poll does it all.
        """
        state, now = await self._store.feed_state(feed.id), self._clock()
        if state.not_before is not None and now < state.not_before and self._is_patient(feed, state):
            return PollReport(feed.id, state.status, note=state.note, due=state.not_before, polled=False)
        self._asked[feed.id] = feed
        try:
            fetched = await self._fetcher.fetch(feed, etag=state.etag, last_modified=state.last_modified)
            if isinstance(fetched, NotModified) or hash_body(fetched.content) == state.body_hash:
                return await self._unchanged(state, now)
            reading = await self._reader.read(
                fetched.content,
                Origin(feed.id, feed.wire, fetched.final_url, now, fetched.content_type),
                known=state.entries,
            )
        except FeedError as error:
            return await self._failed(feed, state, error, now)
        return await self._admit(feed, state, fetched, reading, now)

    def _is_patient(self, feed: Feed, state: FeedState) -> bool:
        """Tell whether a back-off holds: always a host's own; ours ends with new settings or a new start."""
        return state.status is FeedStatus.THROTTLED or self._asked.get(feed.id) == feed

    async def _admit(
        self, feed: Feed, state: FeedState, body: Body, reading: Reading, now: datetime
    ) -> PollReport:
        # Feeds have the newest first; alerts should come in the order of the news.
        candidates = [candidate(item, feed, state, now) for item in reversed(reading.items)]
        reasons = (
            [admission.reason for admission in await self._store.admit(candidates)] if candidates else []
        )
        gap = has_gap(state, reading, reasons)
        after = state_after(feed, state, body, reading, now, gap=gap)
        await self._store.save_feed_state(after)
        if after.note:
            log.warning("feed has a problem", feed=feed.id, host=feed.host, problem=after.note)
        return PollReport(
            feed=feed.id,
            status=after.status,
            items=len(reading.items),
            queued=reasons.count(Reason.ANNOUNCED),
            duplicates=reasons.count(Reason.DUPLICATE),
            too_old=reasons.count(Reason.TOO_OLD),
            note=after.note,
            gap=gap,
        )

    async def _unchanged(self, state: FeedState, now: datetime) -> PollReport:
        after = replace(
            state,
            status=FeedStatus.UNCHANGED,
            last_attempt=now,
            last_success=now,
            failures=0,
            not_before=None,
            note="",
        )
        await self._store.save_feed_state(after)
        return PollReport(state.feed, after.status)

    async def _failed(self, feed: Feed, state: FeedState, error: FeedError, now: datetime) -> PollReport:
        failures = state.failures + 1
        due = next_attempt(error, failures=failures, interval=feed.interval, now=now, chance=self._chance())
        # Validators, hashes and the last success stay: nothing already seen is forgotten.
        after = replace(
            state, status=error.status, last_attempt=now, failures=failures, not_before=due, note=str(error)
        )
        await self._store.save_feed_state(after)
        log.warning(
            "feed failed",
            feed=feed.id,
            host=feed.host,
            problem=after.note,
            failures=failures,
            next_poll=due.isoformat(timespec="seconds"),
        )
        return PollReport(feed.id, after.status, note=after.note, due=due)


def candidate(item: Item, feed: Feed, state: FeedState, now: datetime) -> Candidate:
    """Decide whether an item may be announced.

    At first contact (no complete body was read yet) only what was published within `first_poll_window`, or
    after an earlier attempt that broke off; later everything, whatever its date: dates of feeds are wrong
    too often to drop an item for one.
    """
    if state.last_success is not None:
        return Candidate(item)
    since = (state.last_attempt or now) - feed.first_poll_window
    return Candidate(item, announce=item.published is not None and item.published >= since)


def has_gap(state: FeedState, reading: Reading, reasons: Sequence[Reason]) -> bool:
    """Tell whether a feed turned over completely since its last poll.

    Known entries would have been cut out, or admitted as duplicates where their bytes changed. A feed that
    cannot be cut has no known entries, and one that broke off may hold them in what is missing.
    """
    if state.last_success is None or reading.broken_off or reading.capped:
        return False
    if not state.entries or not reading.entries:
        return False
    return set(state.entries).isdisjoint(reading.entries) and Reason.DUPLICATE not in reasons


def state_after(
    feed: Feed, state: FeedState, body: Body, reading: Reading, now: datetime, *, gap: bool = False
) -> FeedState:
    """Return what to remember of a feed whose body was read and whose items were admitted.

    A body that broke off, or held more than was taken, leaves no validators behind, so that the next poll
    fetches it whole; and the entries known before stay known, for their absence says nothing.
    """
    broken = reading.broken_off or not body.complete
    whole = not broken and not reading.capped
    entries = reading.entries
    if not whole:
        entries = tuple(dict.fromkeys(entries + state.entries))[: 4 * MAX_ENTRIES]
    return FeedState(
        feed=feed.id,
        status=FeedStatus.BROKEN_OFF if broken else FeedStatus.OK,
        etag=body.etag if whole else "",
        last_modified=body.last_modified if whole else "",
        body_hash=hash_body(body.content) if whole else "",
        entries=entries,
        last_attempt=now,
        # The quiet of first contact lasts until a whole body was read.
        last_success=now if whole or state.last_success is not None else None,
        note=_note(feed, state, body, reading, broken=broken, gap=gap),
    )


def _note(feed: Feed, state: FeedState, body: Body, reading: Reading, *, broken: bool, gap: bool) -> str:
    if broken:
        return f"the feed breaks off in the middle; its {len(reading.items)} whole new entries were taken"
    if reading.capped:
        return f"the feed holds more than {MAX_ENTRIES} new entries; the rest is taken at the next polls"
    if gap:
        return (
            f"nothing is left of what the poll of {state.last_success:%Y-%m-%d %H:%M} UTC saw: "
            "items may have been missed; poll more often"
        )
    if body.moved_to:
        return f"the feed has moved for good to {body.moved_to}: change its address in the configuration"
    if feed.title and reading.title is not None and reading.title != feed.title:
        return f"the channel's title is {reading.title!r} instead of {feed.title!r}: is it the right feed?"
    return ""
