"""When feeds are polled: APScheduler wakes us when the next feed is due, the store says whose turn it is.

The schedule itself lies in the store, where all pollers share it. One APScheduler job claims whatever is due,
so a poll costs a share of a wake-up; a job for each feed, measured, costs 0.2 to 0.45 ms a run and would run
in every poller. Polls are tasks of our own: one that hangs can delay neither other feeds nor the scheduler.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.model import Claim, FeedState, Slot
from monitor.wire.backoff import first_wait
from monitor.wire.feeds import Feed, Hosts
from monitor.wire.poll import PollReport
from monitor.wire.ports import FeedStore

log = structlog.get_logger(__name__)

Poll: TypeAlias = "asyncio.Task[PollReport | None]"

CONCURRENCY = 64
# Beyond a fetch (at most 2 minutes), a parse and what the poller grants them there is only the store.
DEADLINE = timedelta(minutes=4)
# Claims come at most this often, for the price of a little lateness; at least every second, for the schedule
# may have been changed by others.
TICK = timedelta(milliseconds=20)
LOOK = timedelta(seconds=1)
# Well within a lease.
RENEW = timedelta(seconds=1.5)
# A feed that fell off the schedule (Redis was emptied) is put back within this time.
ENROL = timedelta(seconds=30)
_FIRST_WITHIN = timedelta(seconds=5)
_FIRST_EACH = timedelta(milliseconds=6)


class PollSchedule:
    """Polls feeds when they are due until stopped, or every feed once.

    Args:
        store: Knows what is due.
        poll: Polls one feed that was claimed; `Poller.poll`.
        clock: Tells the time, aware.
        chance: Gives numbers in [0, 1); spreads the first polls.
        on_report: Told every report; must not block.
        hosts: The limits of hosts.
        concurrency: How many polls run here at once.
        deadline: When a poll is abandoned, whatever it hangs on; its lease lapses then.
    """

    def __init__(
        self,
        store: FeedStore,
        poll: Callable[[Feed, Claim], Awaitable[PollReport]],
        *,
        clock: Callable[[], datetime],
        chance: Callable[[], float],
        on_report: Callable[[PollReport], None],
        hosts: Hosts | None = None,
        concurrency: int = CONCURRENCY,
        deadline: timedelta = DEADLINE,
    ) -> None:
        self._store = store
        self._poll = poll
        self._clock = clock
        self._chance = chance
        self._on_report = on_report
        self._hosts = hosts or Hosts()
        self._limits = self._hosts.limits
        self._concurrency = concurrency
        self._deadline = deadline.total_seconds()
        self._feeds: dict[str, Feed] = {}
        self._slots: dict[str, Slot] = {}
        self._running: dict[asyncio.Task[PollReport | None], Claim] = {}
        self._away = self._looking = False
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": AsyncIOExecutor()},
            # A late run is still wanted, several late ones are one, and no job runs beside itself.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    async def run_once(self, feeds: Iterable[Feed]) -> list[PollReport]:
        """Poll every feed exactly once, due or not, and return the reports, in the order of the feeds.

        A poll that failed for a reason that is not the feed's, or was abandoned, is logged and has no report.
        """
        self._take(feeds)
        now = dict.fromkeys(self._slots.values(), timedelta(0))
        await self._store.enrol(now, anyway=True)
        polls: dict[str, Poll] = {}
        while len(polls) < len(self._feeds):
            polls |= (await self._claim())[0]
            # As when it runs on: what is free by then is claimed in one call.
            await asyncio.sleep(TICK.total_seconds())
        found = await asyncio.gather(*(polls[name] for name in self._feeds), return_exceptions=True)
        return [report for report in found if isinstance(report, PollReport)]

    async def start(self, feeds: Iterable[Feed]) -> None:
        """Begin to poll the feeds, new ones within a few seconds. Needs a running loop."""
        for job, every in ((self._look, LOOK), (self._renew, RENEW), (self._enrol, ENROL)):
            trigger = IntervalTrigger(seconds=every.total_seconds(), timezone=UTC)
            # A look wakes the next one before the scheduler has seen it end, and sees to it itself that two
            # never run at once; a wake-up that was skipped would be a second's delay.
            most = 2 if job == self._look else 1
            self._scheduler.add_job(job, trigger, id=job.__name__, max_instances=most)
        await self.replace(feeds)
        self._scheduler.start()
        self._wake(timedelta(0))

    async def replace(self, feeds: Iterable[Feed], hosts: Hosts | None = None) -> None:
        """Poll these feeds from now on: new ones start, others stop, changed ones take their new settings.

        Without `hosts`, those of before stay.
        """
        before, left = self._feeds, set(self._slots.values())
        if hosts is not None:
            self._hosts, self._limits = hosts, hosts.limits
        self._take(feeds)
        for slot in left - set(self._slots.values()):
            await self._store.drop(slot)
        changed = [feed for name, feed in self._feeds.items() if before.get(name) != feed]
        states, now = await self._store.feed_states(), self._clock()
        within = max(_FIRST_WITHIN, len(changed) * _FIRST_EACH)
        waits: dict[bool, dict[Slot, timedelta]] = {True: {}, False: {}}
        for feed in changed:
            spread = min(within, feed.interval.at_least) * self._chance()
            state = states.get(feed.id, FeedState(feed.id))
            if (first := first_wait(feed, state, now=now, spread=spread)) is not None:
                wait, anyway = first
                waits[anyway][self._slots[feed.id]] = wait
        for anyway, slots in waits.items():
            await self._store.enrol(slots, anyway=anyway)

    async def stop(self, grace: timedelta) -> int:
        """Start no more polls, finish those under way within `grace`, cancel the rest; return how many."""
        if self._scheduler.running:
            self._scheduler.remove_all_jobs()
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # APScheduler shuts down in the loop's next round
        self._take(())
        if not self._running:
            return 0
        _, late = await asyncio.wait(self._running, timeout=grace.total_seconds())
        for poll in late:
            poll.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)

    def _take(self, feeds: Iterable[Feed]) -> None:
        self._feeds = {feed.id: feed for feed in feeds}
        self._slots = {name: self._hosts.slot(feed) for name, feed in self._feeds.items()}

    async def _look(self) -> None:
        """Claim what is due, and wake up again when the next feed is."""
        if self._looking:
            return
        wait: timedelta | None = None
        self._looking = True
        with self._store_may_be_away():
            _, wait = await self._claim()
        self._looking = False
        if wait is not None and wait < LOOK and len(self._running) < self._concurrency:
            self._wake(max(wait, TICK))

    async def _claim(self) -> tuple[dict[str, Poll], timedelta | None]:
        """Claim what there is room for and begin to poll it; say when the next feed is due."""
        claims, wait = await self._store.claim(self._concurrency - len(self._running), self._limits)
        begun: dict[str, Poll] = {}
        for claim in claims:
            feed = self._feeds.get(claim.slot.feed)
            if feed is None or self._slots[feed.id] != claim.slot:
                # It was taken out of the configuration, or moved to another host.
                await self._store.drop(claim.slot)
                continue
            poll = asyncio.create_task(self._bounded(feed, claim), name=f"poll {feed.id}")
            self._running[poll] = claim
            poll.add_done_callback(self._finished)
            begun[feed.id] = poll
        return begun, wait

    async def _bounded(self, feed: Feed, claim: Claim) -> PollReport | None:
        # What `asyncio.timeout` does, at a quarter of its price, which counts in a poll that finds nothing.
        poll = asyncio.current_task()
        deadline = asyncio.get_running_loop().call_later(self._deadline, self._abandon, feed, poll)
        try:
            return await self._poll(feed, claim)
        except Exception:
            log.exception("poll failed", feed=feed.id, host=feed.host)
        finally:
            deadline.cancel()
        return None

    def _abandon(self, feed: Feed, poll: asyncio.Task[Any] | None) -> None:
        log.error("poll abandoned", feed=feed.id, host=feed.host, seconds=self._deadline)
        if poll is not None:
            poll.cancel()

    def _finished(self, poll: Poll) -> None:
        was_full = len(self._running) >= self._concurrency
        self._running.pop(poll, None)
        if was_full:
            self._wake(TICK)
        if not poll.cancelled() and (report := poll.result()) is not None:
            self._on_report(report)

    def _wake(self, wait: timedelta) -> None:
        """Look again after some time, unless a look is under way: that decides itself."""
        if self._scheduler.running and not self._looking:
            with contextlib.suppress(JobLookupError):  # it is being stopped
                self._scheduler.modify_job(self._look.__name__, next_run_time=datetime.now(UTC) + wait)

    async def _renew(self) -> None:
        if self._running:
            with self._store_may_be_away():
                await self._store.renew(list(self._running.values()))

    async def _enrol(self) -> None:
        slots = {
            self._slots[feed.id]: min(_FIRST_WITHIN, feed.interval.at_least) * self._chance()
            for feed in self._feeds.values()
        }
        with self._store_may_be_away():
            await self._store.enrol(slots)

    @contextlib.contextmanager
    def _store_may_be_away(self) -> Iterator[None]:
        """Say once that the store is away; every job is run again soon."""
        try:
            yield
        except Exception as error:
            if not self._away:
                log.warning("polling waits for the store", problem=str(error))
            self._away = True
        else:
            self._away = False
