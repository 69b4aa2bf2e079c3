from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest
import redis
from polls import end_leases, lease
from structlog.testing import capture_logs

from monitor.model import Claim, FeedState, FeedStatus
from monitor.store import Store
from monitor.wire.feeds import Feed, Host, Hosts, Interval
from monitor.wire.poll import PollReport
from monitor.wire.schedule import PollSchedule

ROOMY = Hosts({"default": Host(concurrency=64)})
HOUR = timedelta(hours=1)


def feed(name: str, host: str = "example.com") -> Feed:
    return Feed(
        id=name,
        wire="W",
        url=f"https://{host}/{name}",
        interval=Interval(at_least=HOUR, at_most=HOUR),
        timeout=timedelta(seconds=1),
    )


class Polls:
    """Stands in for the poller: records who is polled, and holds those of `hung` until released."""

    def __init__(self, store: Store, *hung: str, wait: timedelta = HOUR) -> None:
        self.begun: list[str] = []
        self.running = self.most = 0
        self.release = asyncio.Event()
        self._store = store
        self._reached: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._hung = hung
        self._wait = wait

    async def __call__(self, polled: Feed, claim: Claim) -> PollReport:
        self.begun.append(polled.id)
        self._reached[polled.id].set()
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            if polled.id in self._hung:
                await self.release.wait()
            await asyncio.sleep(0)
            state = FeedState(polled.id, FeedStatus.OK, settings=polled.settings)
            await self._store.feeds.save(claim, state, self._wait)
        finally:
            self.running -= 1
        return PollReport(polled.id, FeedStatus.OK)

    async def reached(self, name: str) -> None:
        async with asyncio.timeout(10):
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
        async with asyncio.timeout(10):
            for _ in range(count):
                await self._queue.get()


def schedule(store: Store, polls: Polls, told: Told | None = None, **options: object) -> PollSchedule:
    settings: dict[str, object] = {"hosts": ROOMY, **options}
    return PollSchedule(
        store.feeds,
        polls,
        clock=lambda: datetime.now(UTC),
        chance=lambda: 0.0,
        on_report=told or Told(),
        **settings,  # type: ignore[arg-type]
    )


async def test_every_feed_is_polled_exactly_once_and_reported_in_order(store: Store) -> None:
    polls, told = Polls(store), Told()
    feeds = [feed(f"f{n}") for n in range(100)]
    reports = await schedule(store, polls, told).run_once(feeds)
    assert [report.feed for report in reports] == [one.id for one in feeds]
    assert Counter(polls.begun) == Counter(one.id for one in feeds)
    assert sorted(report.feed for report in told.reports) == sorted(one.id for one in feeds)


async def test_a_host_never_has_more_than_a_few_requests_in_flight(store: Store) -> None:
    polls = Polls(store, "f0")
    limited = schedule(store, polls, hosts=Hosts())
    once = asyncio.create_task(limited.run_once([feed(f"f{n}") for n in range(6)]))
    await polls.reached("f5")
    polls.release.set()
    await once
    assert polls.most == 2


async def test_a_slow_host_leaves_the_others_their_slots(store: Store) -> None:
    polls = Polls(store, *(f"slow{n}" for n in range(10)))
    slow = [feed(f"slow{n}", "slow.example.com") for n in range(4)]
    limited = schedule(store, polls, hosts=Hosts(), concurrency=3)
    once = asyncio.create_task(limited.run_once([*slow, feed("good")]))
    await polls.reached("good")
    polls.release.set()
    assert len(await once) == 5


async def test_a_poll_that_hangs_is_abandoned_and_its_feed_is_polled_again(
    store: Store, raw_redis: redis.Redis
) -> None:
    polls = Polls(store, "hung")
    hanging = schedule(store, polls, deadline=timedelta(milliseconds=50))
    reports = await hanging.run_once([feed("hung"), feed("good", "good.example.com")])
    assert [report.feed for report in reports] == ["good"]
    end_leases(raw_redis)
    await hanging.start([feed("hung")])
    polls.begun.clear()
    async with asyncio.timeout(10):
        while "hung" not in polls.begun:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await hanging.stop(timedelta(0))


async def test_a_poll_that_fails_is_logged_and_the_rest_go_on(store: Store) -> None:
    polls = Polls(store)

    async def fail(polled: Feed, claim: Claim) -> PollReport:
        if polled.id == "bad":
            raise ConnectionError("store is gone")
        return await polls(polled, claim)

    polling = PollSchedule(
        store.feeds, fail, clock=lambda: datetime.now(UTC), chance=lambda: 0.0, on_report=Told()
    )
    assert [report.feed for report in await polling.run_once([feed("bad"), feed("good")])] == ["good"]


async def test_the_scheduler_polls_and_stops_finishing_what_is_in_flight(store: Store) -> None:
    polls, told = Polls(store, "hung"), Told()
    running = schedule(store, polls, told)
    await running.start([feed("a"), feed("hung", "slow.example.com")])
    await told.more(1)
    await polls.reached("hung")
    polls.release.set()
    assert await running.stop(timedelta(seconds=5)) == 0
    assert sorted(report.feed for report in told.reports) == ["a", "hung"]


async def test_what_does_not_finish_within_the_grace_is_cancelled(store: Store) -> None:
    polls = Polls(store, "hung")
    running = schedule(store, polls)
    await running.start([feed("hung")])
    await polls.reached("hung")
    assert await running.stop(timedelta(milliseconds=10)) == 1
    assert polls.running == 0


async def test_feeds_come_and_go_while_it_runs(store: Store, raw_redis: redis.Redis) -> None:
    polls, told = Polls(store), Told()
    running = schedule(store, polls, told)
    await running.start([feed("a"), feed("b")])
    await told.more(2)
    await running.replace([feed("a"), feed("c")])
    await told.more(1)
    await running.stop(timedelta(seconds=1))
    assert sorted(polls.begun) == ["a", "b", "c"]
    assert sorted(raw_redis.zrange("nm:feeds:due", 0, -1)) == [b"example.com a", b"example.com c"]


async def test_a_feed_is_polled_again_and_again_when_it_is_due(store: Store) -> None:
    polls, told = Polls(store, wait=timedelta(milliseconds=30)), Told()
    running = schedule(store, polls, told)
    await running.start([feed("a")])
    await told.more(5)
    await running.stop(timedelta(seconds=1))


async def test_of_several_pollers_each_due_poll_is_made_by_one(store: Store) -> None:
    polls = Polls(store)
    feeds = [feed(f"f{n}", f"h{n}.example.com") for n in range(200)]
    running = [schedule(store, polls) for _ in range(3)]
    await asyncio.gather(*(one.start(feeds) for one in running))
    async with asyncio.timeout(20):
        while len(polls.begun) < 200:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    await asyncio.gather(*(one.stop(timedelta(seconds=1)) for one in running))
    assert Counter(polls.begun) == Counter(one.id for one in feeds)


async def test_a_poll_under_way_keeps_its_lease(store: Store, raw_redis: redis.Redis) -> None:
    polls = Polls(store, "hung")
    running = schedule(store, polls)
    await running.start([feed("hung")])
    await polls.reached("hung")
    epoch, _ = lease(raw_redis, "example.com hung")
    raw_redis.hset("nm:feeds:claims", "example.com hung", f"{epoch} 1")
    await running._renew()
    same, ends = lease(raw_redis, "example.com hung")
    now = datetime.now(UTC).timestamp() * 1000
    assert same == epoch
    assert now + 3_000 < ends < now + 6_000
    await running.stop(timedelta(0))


async def test_the_feeds_of_a_poller_that_died_are_taken_over(store: Store, raw_redis: redis.Redis) -> None:
    dying, living = Polls(store, "a"), Polls(store)
    first, second = schedule(store, dying), schedule(store, living)
    await first.start([feed("a")])
    await dying.reached("a")
    await first.stop(timedelta(0))  # it saved nothing
    end_leases(raw_redis)
    await second.start([feed("a")])
    await living.reached("a")
    await second.stop(timedelta(seconds=1))


async def test_a_store_that_is_away_is_told_once_and_polling_goes_on_after(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    polls, told = Polls(store), Told()
    running = schedule(store, polls, told)

    async def away(*_: object) -> None:
        raise ConnectionError("no Redis")

    with capture_logs() as logs, monkeypatch.context() as patch:
        patch.setattr(store.feeds, "claim", away)
        await running.start([feed("a")])
        for _ in range(3):
            await running._look()
    assert [line["event"] for line in logs] == ["polling waits for the store"]
    await told.more(1)
    await running.stop(timedelta(seconds=1))


def test_no_job_is_missed_doubled_or_run_beside_itself(store: Store) -> None:
    defaults = schedule(store, Polls(store))._scheduler._job_defaults
    assert defaults == {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


async def test_a_look_that_hangs_is_not_run_twice_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.wire.schedule.LOOK", timedelta(milliseconds=20))
    looks = 0
    release = asyncio.Event()

    async def hang(*_: object) -> tuple[list[Claim], None]:
        nonlocal looks
        looks += 1
        await release.wait()
        return [], None

    running = schedule(store, Polls(store))
    monkeypatch.setattr(store.feeds, "claim", hang)
    await running.start([feed("a")])
    await asyncio.sleep(0.2)
    assert looks == 1
    release.set()
    await running.stop(timedelta(seconds=1))
