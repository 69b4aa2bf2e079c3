"""What is told at a set time: what was held for a channel, as one message, and the numbers of a period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from monitor.alert.digest import held_digest, report
from monitor.alert.hours import fires_after, fires_before
from monitor.alert.watchlists import WatchlistFile
from monitor.store import Store

LATE = timedelta(hours=24)
"""A report that fell due while nothing ran is still told for this long."""

log = structlog.get_logger(__name__)


class DigestDesk:
    """Queues digests and reports when they are due. Several may run side by side: each is queued once.

    Args:
        store: Holds what is held, the stories and the outbox.
        watchlists: Returns those in force, whose reports fall due.
        clock: Tells the time, aware.
    """

    def __init__(
        self, store: Store, watchlists: Callable[[], Sequence[WatchlistFile]], clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._watchlists = watchlists
        self._clock = clock
        self._reported_until = clock() - LATE

    async def step(self) -> None:
        """Queue what is due by now. Call it every few seconds."""
        now = self._clock()
        await self._release(now)
        for watchlist in self._watchlists():
            await self._report(watchlist, now)
        self._reported_until = now

    async def _release(self, now: datetime) -> None:
        for group in await self._store.held.due(now):
            alert = None
            if group.alerts:
                found = [await self._store.story(one.story) for one in group.alerts]
                stories = {story.id: story for story in found if story}
                alert = held_digest(group.alerts, stories, group.due)
            if await self._store.held.release(group, alert):
                log.info("digest", group=group.name, stories=len(group.alerts))

    async def _report(self, watchlist: WatchlistFile, now: datetime) -> None:
        if watchlist.report is None:
            return
        cron, zone = watchlist.report.cron, watchlist.report.zone
        fires = fires_after(cron, self._reported_until, zone)
        while fires <= now:
            since = fires_before(cron, fires, zone)
            stories = await self._store.stories_since(since)
            for channel in watchlist.channels:
                said = report(watchlist.name, channel, stories, since, fires, zone)
                if await self._store.house.queue(said):
                    log.info("report", watchlist=watchlist.name, channel=channel)
            fires = fires_after(cron, fires, zone)
