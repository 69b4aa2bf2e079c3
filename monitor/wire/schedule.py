"""When feeds are polled: APScheduler says when, our own pool says how many at once.

The scheduler's jobs only hand a feed over; a poll that hangs can delay neither other feeds nor the scheduler.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.wire.feeds import Feed
from monitor.wire.poll import PollReport

log = structlog.get_logger(__name__)

CONCURRENCY = 64
PER_HOST = 2
# Beyond a fetch (at most 2 minutes) and a parse there is only the store.
DEADLINE = timedelta(minutes=3)
# A poll comes this share of its interval earlier or later, so that feeds do not march in step.
_JITTER = 0.1
_FIRST_WITHIN = timedelta(seconds=5)


class PollPool:
    """Runs polls: bounded overall and per host, one at a time for each feed, each with a hard deadline.

    Args:
        poll: Polls one feed; `Poller.poll`.
        concurrency: How many polls run at once.
        per_host: How many of them at one host.
        deadline: When a poll is abandoned, whatever it hangs on.
    """

    def __init__(
        self,
        poll: Callable[[Feed], Awaitable[PollReport]],
        *,
        concurrency: int = CONCURRENCY,
        per_host: int = PER_HOST,
        deadline: timedelta = DEADLINE,
    ) -> None:
        self._poll = poll
        self._deadline = deadline.total_seconds()
        self._slots = asyncio.Semaphore(concurrency)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(per_host))
        self._running: dict[str, asyncio.Task[PollReport | None]] = {}

    def offer(self, feed: Feed) -> asyncio.Task[PollReport | None] | None:
        """Start a poll of the feed; None if one is under way. Its result is None if the poll failed."""
        if feed.id in self._running:
            log.warning("feed is still being polled", feed=feed.id, host=feed.host)
            return None
        task = asyncio.create_task(self._bounded(feed), name=f"poll {feed.id}")
        self._running[feed.id] = task
        task.add_done_callback(lambda _: self._running.pop(feed.id, None))
        return task

    async def drain(self, grace: timedelta) -> int:
        """Wait for polls under way, at most `grace`; then cancel the rest. Return how many were cancelled."""
        tasks = set(self._running.values())
        if not tasks:
            return 0
        _, late = await asyncio.wait(tasks, timeout=grace.total_seconds())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)

    async def _bounded(self, feed: Feed) -> PollReport | None:
        # The host's turn comes first, so that a slow host's queue holds no slots.
        async with self._hosts[feed.host], self._slots:
            try:
                async with asyncio.timeout(self._deadline):
                    return await self._poll(feed)
            except TimeoutError:
                log.error("poll abandoned", feed=feed.id, host=feed.host, seconds=self._deadline)
            except Exception:
                log.exception("poll failed", feed=feed.id, host=feed.host)
            return None


class PollSchedule:
    """Polls every feed at its interval until stopped, or every feed once.

    Args:
        pool: Runs the polls.
        clock: Tells the time, aware.
        chance: Gives numbers in [0, 1); spreads the first polls.
        on_report: Told every report; must not block.
    """

    def __init__(
        self,
        pool: PollPool,
        *,
        clock: Callable[[], datetime],
        chance: Callable[[], float],
        on_report: Callable[[PollReport], None],
    ) -> None:
        self._pool = pool
        self._clock = clock
        self._chance = chance
        self._on_report = on_report
        self._feeds: dict[str, Feed] = {}
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": AsyncIOExecutor()},
            # A late run is still wanted, several late ones are one, and our pool guards against overlap.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    async def run_once(self, feeds: Iterable[Feed]) -> list[PollReport]:
        """Poll every feed exactly once and return the reports, in the order of the feeds.

        A poll that failed for a reason that is not the feed's is logged and has no report.
        """
        tasks = [task for feed in feeds if (task := self._pool.offer(feed)) is not None]
        reports = [report for report in await asyncio.gather(*tasks) if report is not None]
        for report in reports:
            self._on_report(report)
        return reports

    def start(self, feeds: Iterable[Feed]) -> None:
        """Begin to poll the feeds, the first polls spread over a few seconds. Needs a running loop."""
        self._scheduler.start()
        self.replace(feeds)

    def replace(self, feeds: Iterable[Feed]) -> None:
        """Poll these feeds from now on: new ones start, others stop, changed ones take their new settings."""
        wanted = {feed.id: feed for feed in feeds}
        for name in self._feeds.keys() - wanted.keys():
            self._scheduler.remove_job(name)
        for name, feed in wanted.items():
            if self._feeds.get(name) != feed:
                self._schedule(feed)
        self._feeds = wanted

    async def stop(self, grace: timedelta) -> int:
        """Start no more polls, finish those under way within `grace`, cancel the rest; return how many."""
        if self._scheduler.running:
            self._scheduler.remove_all_jobs()
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # APScheduler shuts down in the loop's next round
        self._feeds = {}
        return await self._pool.drain(grace)

    def _schedule(self, feed: Feed) -> None:
        first = self._clock() + min(_FIRST_WITHIN, feed.interval) * self._chance()
        self._scheduler.add_job(
            self._hand_over,
            IntervalTrigger(
                seconds=feed.interval.total_seconds(),
                jitter=feed.interval.total_seconds() * _JITTER,
                timezone=UTC,
            ),
            args=(feed,),
            id=feed.id,
            next_run_time=first,
            replace_existing=True,
        )

    async def _hand_over(self, feed: Feed) -> None:
        task = self._pool.offer(feed)
        if task is not None:
            task.add_done_callback(self._take_report)

    def _take_report(self, task: asyncio.Task[PollReport | None]) -> None:
        report = None if task.cancelled() else task.result()
        if report is None:
            return
        if report.due is not None and report.feed in self._feeds:
            with contextlib.suppress(JobLookupError):  # taken off the schedule while it was polled
                self._scheduler.modify_job(report.feed, next_run_time=report.due)
        self._on_report(report)
