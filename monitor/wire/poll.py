"""One poll of one feed: fetch, read what is new, admit it, and only then remember that it was read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from monitor.model import Candidate, Claim, FeedState, FeedStatus, Item, Reason
from monitor.wire.delta import hash_body
from monitor.wire.errors import CaptchaError, FeedError, NotAFeedError, TooSlowError
from monitor.wire.feeds import Feed
from monitor.wire.fetch import Body, Fetched, Fetcher, NotModified
from monitor.wire.impostor import is_captcha
from monitor.wire.outcome import MOVES, Found, after_failure, after_reading, after_unchanged, believed
from monitor.wire.parse import Origin
from monitor.wire.ports import FeedStore
from monitor.wire.read import Reader

log = structlog.get_logger(__name__)

# Validators may lie: word that nothing changed is not believed for longer than this.
BELIEVED = timedelta(hours=1)
# What reading may take. The fetch and the parser have limits of their own; this is if the parser's fail.
SPARE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class PollReport:
    """What one poll of one feed gave.

    `items` counts the entries that had to be parsed; `queued`, `duplicates`, `too_old` and `foreign` (in
    another language than the feed's settings want) what became of them. `note` is one line for people, empty
    when all is well. `due` is when the next poll is, None if there shall be none. `gap`: items may have come
    and gone unseen since the poll before. `kept` is False if another poller had taken the feed over.
    """

    feed: str
    status: FeedStatus
    items: int = 0
    queued: int = 0
    duplicates: int = 0
    too_old: int = 0
    foreign: int = 0
    note: str = ""
    due: datetime | None = None
    gap: bool = False
    kept: bool = True


class Poller:
    """Polls feeds, each for itself: what goes wrong with one is in its report and its state, nowhere else.

    Args:
        store: Admits items and keeps states.
        fetcher: Gets bodies.
        reader: Gets items from bodies.
        clock: Tells the time, aware.
        chance: Gives numbers in [0, 1), as `random.random` does.
        spare: How long a body may take to be read.
    """

    def __init__(
        self,
        store: FeedStore,
        fetcher: Fetcher,
        reader: Reader,
        *,
        clock: Callable[[], datetime],
        chance: Callable[[], float],
        spare: timedelta = SPARE,
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        self._chance = chance
        self._spare = spare

    async def poll(self, feed: Feed, claim: Claim) -> PollReport:
        """Poll the feed once.

        Raises:
            Exception: Whatever the store raises; then nothing was remembered and the next poll does it all.
        """
        now = self._clock()
        state = believed(feed, claim.state)
        try:
            fetched = await self._fetch(feed, state, now)
            if isinstance(fetched, NotModified) or hash_body(fetched.content) == state.body_hash:
                return await self._save(claim, after_unchanged(feed, state, fetched, now, self._chance()))
            found = await self._read(feed, fetched, now)
        except FeedError as error:
            return await self._failed(feed, claim, state, error, now)
        return await self._admit(feed, claim, state, found, now)

    async def _fetch(self, feed: Feed, state: FeedState, now: datetime) -> Fetched:
        trusted = state.last_body is not None and now - state.last_body < BELIEVED
        return await self._fetcher.fetch(
            feed,
            url=state.moved_to if state.moves >= MOVES else "",
            etag=state.etag if trusted else "",
            last_modified=state.last_modified if trusted else "",
        )

    async def _read(self, feed: Feed, body: Body, now: datetime) -> Found:
        known = await self._store.known_entries(feed.id)
        origin = Origin(feed.id, feed.wire, body.final_url, now, body.content_type, feed.zone)
        spare = self._spare.total_seconds()
        try:
            async with asyncio.timeout(spare):
                return Found(body, await self._reader.read(body.content, origin, known=known), known)
        except TimeoutError:
            raise TooSlowError(f"the answer of {feed.host} was not read in {spare:g} s") from None
        except NotAFeedError as error:
            if is_captcha(body.headers, body.content):
                raise CaptchaError(f"{feed.host} asks for a human instead of sending the feed") from error
            raise

    async def _admit(
        self, feed: Feed, claim: Claim, state: FeedState, found: Found, now: datetime
    ) -> PollReport:
        # Feeds have the newest first; alerts should come in the order of the news.
        wanted = [item for item in reversed(found.reading.items) if is_wanted(item, feed)]
        admitted = await self._store.admit([candidate(item, feed, claim.state, now) for item in wanted])
        reasons = [admission.reason for admission in admitted]
        repeated = [item for item, reason in zip(wanted, reasons, strict=True) if reason is Reason.DUPLICATE]
        found = replace(found, repeated=repeated)
        after = after_reading(feed, state, found, now, self._chance())
        foreign = len(found.reading.items) - len(wanted)
        gap = after.gap_count > state.gap_count
        report = await self._save(claim, after, found.entries, gap=gap, foreign=foreign)
        if after.note and after.note != state.note:
            log.warning("feed has a problem", feed=feed.id, host=feed.host, problem=after.note)
        return replace(
            report,
            items=len(found.reading.items),
            queued=reasons.count(Reason.ANNOUNCED),
            duplicates=len(repeated),
            too_old=reasons.count(Reason.TOO_OLD),
        )

    async def _failed(
        self, feed: Feed, claim: Claim, state: FeedState, error: FeedError, now: datetime
    ) -> PollReport:
        after = after_failure(feed, state, error, now, self._chance(), failed_at=self._clock())
        due = after.not_before
        log.warning(
            "feed failed",
            feed=feed.id,
            host=feed.host,
            problem=after.note,
            failures=after.failures,
            next_poll=due.isoformat(timespec="seconds") if due else "never",
        )
        return await self._save(claim, after)

    async def _save(
        self,
        claim: Claim,
        after: FeedState,
        entries: tuple[str, ...] | None = None,
        *,
        gap: bool = False,
        foreign: int = 0,
    ) -> PollReport:
        due = after.not_before
        wait = None if due is None else max(due - self._clock(), timedelta(0))
        kept = await self._store.save(claim, after, wait, entries=entries, gap=gap, foreign=foreign)
        if not kept:
            log.warning("feed was taken over by another poller", feed=after.feed)
        return PollReport(
            after.feed, after.status, note=after.note, due=due, gap=gap, foreign=foreign, kept=kept
        )


def is_wanted(item: Item, feed: Feed) -> bool:
    """Tell whether an item is in a language that the feed's settings want; one that names none is."""
    language = item.language.partition("-")[0].lower()
    return not feed.languages or not language or language in feed.languages


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
