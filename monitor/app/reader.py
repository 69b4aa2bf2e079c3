"""READ: from an admitted item to its alerts in the outbox, one commit an item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from monitor.alert.route import route
from monitor.alert.watchlists import WatchlistFile
from monitor.extract.assessment import Assessment
from monitor.model import Alert, Item, Layoff, Reason, Source
from monitor.store import Decision, Entry, Reading, Snapshot
from monitor.story.decide import Outcome, decide, story_keys

BATCH = 20

log = structlog.get_logger(__name__)


class ItemReader:
    """Reads items off the stream and decides what becomes of each.

    Args:
        desk: Where items come from and decisions go.
        assess: Classifies an item and extracts its facts; pure.
        watchlists: Who wants to hear of what.
        window: How long reports of one company can be one story.
        clock: Tells the time, aware.
    """

    def __init__(
        self,
        desk: Reading,
        assess: Callable[[Item], Assessment],
        watchlists: Sequence[WatchlistFile],
        window: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._desk = desk
        self._assess = assess
        self._watchlists = watchlists
        self._window = window
        self._clock = clock

    async def step(self, block: timedelta) -> int:
        """Handle the next items, waiting up to `block` for one; return how many there were."""
        entries = await self._desk.read_items(count=BATCH, block=block)
        for entry in entries:
            await self._handle(entry)
        return len(entries)

    async def _handle(self, entry: Entry) -> None:
        try:
            assessment = self._assess(entry.item)
        except Exception as error:  # reading is pure: what failed once fails always
            log.exception("item cannot be read", item=entry.id, feed=entry.item.feed)
            await self._desk.bury(entry, f"{type(error).__name__}: {error}")
            return
        if assessment.layoff is None:
            await self._desk.commit(entry, _decision(entry, assessment, assessment.reason))
            return
        while not await self._told(entry, assessment, assessment.layoff):
            pass  # another reader wrote the story meanwhile: decide again on what it is now

    async def _told(self, entry: Entry, assessment: Assessment, layoff: Layoff) -> bool:
        snapshot = await self._desk.stories(story_keys(layoff))
        outcome = decide(snapshot.stories, layoff, source_of(entry), self._clock(), window=self._window)
        alerts = self._alerts(entry, outcome)
        reason = _reason(outcome, alerts)
        done = await self._commit(entry, assessment, outcome, alerts, reason, snapshot)
        if done:
            log.info("layoff read", item=entry.id, story=outcome.story.id, reason=reason, alerts=len(alerts))
        return done

    def _alerts(self, entry: Entry, outcome: Outcome) -> tuple[Alert, ...]:
        return route(outcome, self._watchlists, admitted=entry.item.seen).alerts

    async def _commit(
        self,
        entry: Entry,
        assessment: Assessment,
        outcome: Outcome,
        alerts: tuple[Alert, ...],
        reason: Reason,
        snapshot: Snapshot,
    ) -> bool:
        decision = _decision(entry, assessment, reason, story=outcome.story.id)
        return await self._desk.commit(entry, decision, snapshot=snapshot, story=outcome.story, alerts=alerts)


def source_of(entry: Entry) -> Source:
    """Return where an item told its story."""
    item = entry.item
    return Source(entry.id, item.feed, item.wire, item.title, item.link, item.published, item.seen)


def _reason(outcome: Outcome, alerts: tuple[Alert, ...]) -> Reason:
    if alerts:
        return Reason.ANNOUNCED
    return Reason.REPETITION if outcome.repeated else Reason.NO_WATCHLIST


def _decision(entry: Entry, assessment: Assessment, reason: Reason, *, story: str = "") -> Decision:
    item = entry.item
    return Decision(reason, item.feed, item.title, item.link, assessment.verdict, story)
