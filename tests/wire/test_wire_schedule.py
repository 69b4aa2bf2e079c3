from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import FeedStatus
from monitor.wire.feeds import Feed
from monitor.wire.poll import PollReport
from monitor.wire.schedule import PollPool, PollSchedule


def feed(name: str, host: str = "example.com") -> Feed:
    return Feed(
        id=name,
        wire="W",
        url=f"https://{host}/{name}",
        interval=timedelta(hours=1),
        timeout=timedelta(seconds=1),
    )


class Polls:
    """Stands in for the poller: records who is polled, and holds those of `hung` until released."""

    def __init__(self, *hung: str, due: datetime | None = None) -> None:
        self.begun: list[str] = []
        self.running = self.most = 0
        self.release = asyncio.Event()
        self._reached: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._hung = hung
        self._due = due

    async def __call__(self, polled: Feed) -> PollReport:
        self.begun.append(polled.id)
        self._reached[polled.id].set()
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            if polled.id in self._hung:
                await self.release.wait()
            await asyncio.sleep(0)
        finally:
            self.running -= 1
        return PollReport(polled.id, FeedStatus.OK, due=self._due)

    async def reached(self, name: str) -> None:
        async with asyncio.timeout(5):
            await self._reached[name].wait()


class Told:
    """Takes reports and lets a test wait for them."""

    def __init__(self) -> None:
        self.reports: list[PollReport] = []
        self._queue: asyncio.Queue[PollReport] = asyncio.Queue()

    def __call__(self, report: PollReport) -> None:
        self.reports.append(report)
        self._queue.put_nowait(report)

    async def more(self, count: int) -> None:
        async with asyncio.timeout(5):
            for _ in range(count):
                await self._queue.get()


def schedule(pool: PollPool, told: Told | None = None) -> PollSchedule:
    return PollSchedule(pool, clock=lambda: datetime.now(UTC), chance=lambda: 0.0, on_report=told or Told())


async def test_every_feed_is_polled_exactly_once_and_reported_in_order() -> None:
    polls, told = Polls(), Told()
    feeds = [feed(f"f{n}") for n in range(20)]
    reports = await schedule(PollPool(polls), told).run_once(feeds)
    assert [report.feed for report in reports] == [one.id for one in feeds]
    assert sorted(polls.begun) == sorted(one.id for one in feeds)
    assert told.reports == reports


async def test_a_host_never_has_more_than_a_few_requests_in_flight() -> None:
    polls = Polls()
    await schedule(PollPool(polls, per_host=2)).run_once([feed(f"f{n}") for n in range(20)])
    assert polls.most == 2


async def test_a_slow_host_leaves_the_others_their_slots() -> None:
    polls, told = Polls("slow0", "slow1"), Told()
    pool = PollPool(polls, concurrency=3, per_host=2)
    slow = [feed(f"slow{n}", "slow.example.com") for n in range(10)]
    once = asyncio.create_task(schedule(pool, told).run_once([*slow, feed("good")]))
    await polls.reached("good")
    polls.release.set()
    assert len(await once) == 11


async def test_a_poll_that_hangs_is_abandoned_and_one_that_fails_is_logged() -> None:
    async def fail(polled: Feed) -> PollReport:
        raise ConnectionError(f"store is gone while {polled.id} is polled")

    hanging = PollPool(Polls("hung"), deadline=timedelta(milliseconds=20))
    assert await schedule(hanging).run_once([feed("hung"), feed("good", "good.example.com")]) == [
        PollReport("good", FeedStatus.OK)
    ]
    assert await schedule(PollPool(fail)).run_once([feed("bad")]) == []


async def test_a_feed_is_not_polled_while_it_is_being_polled() -> None:
    polls = Polls("hung")
    pool = PollPool(polls)
    first = pool.offer(feed("hung"))
    assert pool.offer(feed("hung")) is None
    polls.release.set()
    assert first is not None
    await first
    assert polls.begun == ["hung"]


async def test_the_scheduler_polls_and_stops_finishing_what_is_in_flight() -> None:
    polls, told = Polls("hung"), Told()
    running = schedule(PollPool(polls), told)
    running.start([feed("a"), feed("hung", "slow.example.com")])
    await told.more(1)
    await polls.reached("hung")
    polls.release.set()
    assert await running.stop(timedelta(seconds=5)) == 0
    assert sorted(report.feed for report in told.reports) == ["a", "hung"]


async def test_what_does_not_finish_within_the_grace_is_cancelled() -> None:
    polls = Polls("hung")
    pool = PollPool(polls)
    running = schedule(pool)
    running.start([feed("hung")])
    await polls.reached("hung")
    assert await running.stop(timedelta(milliseconds=10)) == 1
    assert polls.running == 0


async def test_feeds_come_and_go_while_it_runs() -> None:
    polls, told = Polls(), Told()
    running = schedule(PollPool(polls), told)
    running.start([feed("a"), feed("b")])
    await told.more(2)
    running.replace([feed("a"), feed("c")])
    await told.more(1)
    await running.stop(timedelta(seconds=1))
    assert sorted(polls.begun) == ["a", "b", "c"]


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=1)])
async def test_a_back_off_moves_the_next_poll(late: timedelta) -> None:
    polls, told = Polls(due=datetime.now(UTC) + late), Told()
    running = schedule(PollPool(polls), told)
    running.start([feed("a")])
    await told.more(2 if late == timedelta(0) else 1)
    await running.stop(timedelta(seconds=1))
    assert (len(polls.begun) > 1) == (late == timedelta(0))
