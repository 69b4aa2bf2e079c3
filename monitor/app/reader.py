"""READ: from an admitted item to its alerts in the outbox, one commit an item."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from monitor.alert.card import how_many, who
from monitor.alert.route import Routing, route
from monitor.alert.watchlists import WatchlistFile
from monitor.extract.assessment import Assessment
from monitor.model import How, Item, Layoff, Reason, Source, Story
from monitor.store import Decision as DecisionRecord
from monitor.store import Entry
from monitor.store.reading import Reading
from monitor.story.decide import Decision, Outcome, decide, story_keys
from monitor.story.leads import lead_keys

BATCH = 20

log = structlog.get_logger(__name__)


class ItemReader:
    """Reads items off the stream and decides what becomes of each.

    Args:
        desk: Where items come from and decisions go.
        assess: Classifies an item and extracts its facts; pure.
        watchlists: Who wants to hear of what.
        clock: Tells the time, aware.
    """

    def __init__(
        self,
        desk: Reading,
        assess: Callable[[Item], Assessment],
        watchlists: Sequence[WatchlistFile],
        clock: Callable[[], datetime],
    ) -> None:
        self._desk = desk
        self._assess = assess
        self._watchlists = watchlists
        self._clock = clock

    def renew(self, assess: Callable[[Item], Assessment], watchlists: Sequence[WatchlistFile]) -> None:
        """Read by other rules and watchlists from the next step on."""
        self._assess = assess
        self._watchlists = watchlists

    async def step(self, block: timedelta) -> int:
        """Handle the next items, waiting up to `block` for one; return how many there were."""
        entries = await self._desk.read_items(count=BATCH, block=block)
        # What is no layoff needs no order; layoffs are decided one after the other, for one may follow up
        # another.
        layoffs = await asyncio.gather(*map(self._sift, entries))
        for entry, assessment, layoff in filter(None, layoffs):
            while not await self._told(entry, assessment, layoff):
                pass  # another reader wrote the story meanwhile: decide again on what it is now
        return len(entries)

    async def _sift(self, entry: Entry) -> tuple[Entry, Assessment, Layoff] | None:
        """Settle the item if it is no layoff, else return it with what was read from it."""
        try:
            assessment = self._assess(entry.item)
        except Exception as error:  # reading is pure: what failed once fails always
            log.exception("item cannot be read", item=entry.id, feed=entry.item.feed)
            await self._desk.bury(entry, f"{type(error).__name__}: {error}")
            return None
        if assessment.layoff is not None:
            return entry, assessment, assessment.layoff
        await self._desk.commit(entry, _record(entry, assessment, assessment.reason))
        return None

    async def _told(self, entry: Entry, assessment: Assessment, layoff: Layoff) -> bool:
        source = source_of(entry)
        snapshot = await self._desk.stories(story_keys(layoff, source))
        mutes = await self._desk.mutes.all()
        decision = decide(snapshot.stories, layoff, source, self._clock())
        routing = route(
            decision,
            self._watchlists,
            entry.item.seen,
            item=entry.item,
            verdict=assessment.verdict,
            mutes=mutes,
        )
        reason = _reason(decision, routing)
        done = await self._desk.commit(
            entry,
            _record(entry, assessment, reason, story=routing.story.id),
            snapshot=snapshot,
            story=routing.story,
            alerts=routing.alerts,
            hides=(routing.mute, headline(routing.story)) if routing.mute else None,
        )
        if done:
            story = routing.story.id
            log.info("layoff", item=entry.id, story=story, reason=reason, alerts=len(routing.alerts))
        return done


def source_of(entry: Entry) -> Source:
    """Return where an item told its story."""
    item = entry.item
    lead = lead_keys(item.text)
    return Source(entry.id, item.feed, item.wire, item.title, item.link, item.published, item.seen, lead)


def headline(story: Story) -> str:
    """Return who cuts how many jobs: "Acme Corp. (NYSE: ACME), about 500 jobs"."""
    return f"{who(story.layoff.company)}, {how_many(story.layoff)}"


def _reason(decision: Decision, routing: Routing) -> Reason:
    if any(alert.how is not How.EDIT for alert in routing.alerts):
        return Reason.ANNOUNCED
    if routing.mute:
        return Reason.MUTED
    if decision.outcome in (Outcome.REPEATED, Outcome.ALSO_ON):
        return Reason.REPETITION
    return Reason.ANNOUNCED if routing.alerts else Reason.NO_WATCHLIST


def _record(entry: Entry, assessment: Assessment, reason: Reason, *, story: str = "") -> DecisionRecord:
    item = entry.item
    return DecisionRecord(reason, item.feed, item.title, item.link, assessment.verdict, story)
