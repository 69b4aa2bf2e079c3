from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from rawserver import RawServer, feed_at, http, item, rss
from structlog.testing import capture_logs

from monitor.model import Admission, Candidate, FeedState, FeedStatus
from monitor.wire.feeds import Feed
from monitor.wire.fetch import Fetcher
from monitor.wire.memory import MemoryFeedStore
from monitor.wire.poll import Poller
from monitor.wire.ports import FeedStore
from monitor.wire.read import Reader
from monitor.wire.replay import Release, ReplayFeed, ReplayWire
from monitor.wire.sandbox import Sandbox

START = datetime(2026, 10, 2, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **much: float) -> None:
        self.now += timedelta(**much)


class LosingStore(MemoryFeedStore):
    """Loses its connection at the next `admit`, once."""

    lost = False

    async def admit(self, candidates: Sequence[Candidate]) -> Sequence[Admission]:
        if not self.lost:
            self.lost = True
            raise ConnectionError("store is gone")
        return await super().admit(candidates)


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=1, seconds=2) as box:
        yield box


@pytest.fixture
def clock() -> Clock:
    return Clock()


@asynccontextmanager
async def polling(store: FeedStore, sandbox: Sandbox, clock: Clock) -> AsyncIterator[Poller]:
    async with Fetcher("test (ops@example.com)", clock=clock, max_body=1_000_000) as fetcher:
        yield Poller(store, fetcher, Reader(sandbox), clock=clock, chance=lambda: 0.0)


def release(number: int, published: datetime = START, feed: str = "wire") -> Release:
    return Release(
        feed=feed,
        guid=f"r{number}",
        title=f"Acme {number} cuts jobs",
        text=f"Acme {number} cuts {number} jobs.",
        link=f"https://example.com/{number}",
        published=published,
    )


@pytest.mark.parametrize("shape", ["rss", "atom"])
async def test_what_is_published_is_queued_once_in_the_order_of_the_news(
    shape: str, sandbox: Sandbox, clock: Clock
) -> None:
    store = MemoryFeedStore()
    served = ReplayFeed("wire", "Test Wire", "Test", "rss" if shape == "rss" else "atom")
    async with ReplayWire([served], clock=clock) as wire, polling(store, sandbox, clock) as poller:
        (feed,) = wire.settings()
        wire.publish(release(1), release(2))
        first = await poller.poll(feed)
        unchanged = await poller.poll(feed)
        wire.publish(release(3))
        third = await poller.poll(feed)
    assert [queued.guid for queued in store.queued] == ["r1", "r2", "r3"]
    assert (first.status, first.queued) == (FeedStatus.OK, 2)
    assert (unchanged.status, unchanged.items) == (FeedStatus.UNCHANGED, 0)
    assert (third.items, third.queued) == (1, 1)


async def test_the_second_poll_is_conditional_and_a_304_is_unchanged(sandbox: Sandbox, clock: Clock) -> None:
    store = MemoryFeedStore()
    answers = http(rss(item(1)), 'ETag: "a"'), http(b"", status="304 Not Modified")
    async with RawServer(*answers) as server, polling(store, sandbox, clock) as poller:
        await poller.poll(server.feed())
        report = await poller.poll(server.feed())
    assert 'If-None-Match: "a"' in server.requests[1]
    assert report.status is FeedStatus.UNCHANGED


async def test_a_server_without_validators_costs_no_parsing_when_nothing_changed(
    sandbox: Sandbox, clock: Clock
) -> None:
    async with (
        RawServer(http(rss(item(1)))) as server,
        polling(MemoryFeedStore(), sandbox, clock) as poller,
    ):
        first, second = [await poller.poll(server.feed()) for _ in range(2)]
    assert (first.items, second.items, second.status) == (1, 0, FeedStatus.UNCHANGED)


async def test_first_contact_announces_only_what_is_fresh(sandbox: Sandbox, clock: Clock) -> None:
    store = MemoryFeedStore()
    async with (
        ReplayWire([ReplayFeed("wire", "W", "T")], clock=clock) as wire,
        polling(store, sandbox, clock) as poller,
    ):
        feed = wire.settings()[0].model_copy(update={"first_poll_window": timedelta(hours=1)})
        wire.publish(release(1, START - timedelta(hours=2)), release(2, START - timedelta(minutes=30)))
        first = await poller.poll(feed)
        wire.publish(release(3, START - timedelta(days=9)))
        later = await poller.poll(feed)
    assert (first.queued, first.too_old) == (1, 1)
    # Once a feed is known, what is new in it is news, whatever date it claims.
    assert later.queued == 1
    assert [queued.guid for queued in store.queued] == ["r2", "r3"]


async def test_a_feed_that_breaks_off_loses_and_doubles_nothing(sandbox: Sandbox, clock: Clock) -> None:
    store = MemoryFeedStore()
    whole, more = rss(item(1), item(2)), rss(item(3), item(1), item(2))
    answers = (
        http(whole, 'ETag: "a"'),
        http(more[:-130], 'ETag: "b"', length=len(more)),
        http(more, 'ETag: "b"'),
    )
    async with RawServer(*answers) as server, polling(store, sandbox, clock) as poller:
        await poller.poll(server.feed())
        with capture_logs() as logs:
            broken = await poller.poll(server.feed())
        after = await poller.poll(server.feed())
    assert (broken.status, broken.queued) == (FeedStatus.BROKEN_OFF, 1)
    assert "breaks off in the middle" in broken.note
    assert len(logs) == 1
    assert "If-None-Match" not in server.requests[2]
    assert (after.status, after.items, after.queued) == (FeedStatus.OK, 0, 0)
    assert [queued.guid for queued in store.queued] == ["g3"]


async def test_what_first_contact_did_not_see_because_it_broke_off_stays_quiet(
    sandbox: Sandbox, clock: Clock
) -> None:
    store = MemoryFeedStore()
    body = rss(item(1), item(2))
    async with (
        RawServer(http(body[:-130], length=len(body)), http(body)) as server,
        polling(store, sandbox, clock) as poller,
    ):
        await poller.poll(server.feed())
        await poller.poll(server.feed())
    assert store.queued == []


async def test_a_page_in_place_of_the_feed_is_told_and_forgets_nothing(
    sandbox: Sandbox, clock: Clock
) -> None:
    store = MemoryFeedStore()
    answers = http(rss(item(1)), 'ETag: "a"'), http(b"<html><body>robot?</body></html>"), http(rss(item(1)))
    async with RawServer(*answers) as server, polling(store, sandbox, clock) as poller:
        await poller.poll(server.feed())
        with capture_logs() as logs:
            page = await poller.poll(server.feed())
        clock.pass_by(hours=7)
        again = await poller.poll(server.feed())
    assert page.status is FeedStatus.NOT_A_FEED
    assert [line["problem"] for line in logs] == [
        "127.0.0.1 sent a web page instead of a feed: check the address"
    ]
    assert (again.status, again.items) == (FeedStatus.UNCHANGED, 0)


async def test_an_unreachable_feed_backs_off_and_comes_back(sandbox: Sandbox, clock: Clock) -> None:
    store = MemoryFeedStore()
    # The client asks a host that hangs up a second time: a kept connection may just have been closed.
    async with RawServer(*[b""] * 4, http(rss(item(1)))) as server, polling(store, sandbox, clock) as poller:
        first = await poller.poll(server.feed())
        early = await poller.poll(server.feed())
        clock.pass_by(seconds=61)
        second = await poller.poll(server.feed())
        clock.pass_by(seconds=121)
        back = await poller.poll(server.feed())
    assert (first.status, first.due) == (FeedStatus.UNREACHABLE, START + timedelta(seconds=60))
    assert not early.polled
    assert second.due == START + timedelta(seconds=61 + 120)
    assert back.status is FeedStatus.OK
    assert (await store.feed_state("bad")).failures == 0


async def test_a_host_that_asks_for_time_gets_it(sandbox: Sandbox, clock: Clock) -> None:
    throttled = http(b"", "Retry-After: 600", status="429 Too Many Requests")
    store = MemoryFeedStore()
    async with RawServer(throttled) as server:
        async with polling(store, sandbox, clock) as poller:
            report = await poller.poll(server.feed())
        async with polling(store, sandbox, clock) as restarted:
            still = await restarted.poll(server.feed())
    assert (report.status, report.due) == (FeedStatus.THROTTLED, START + timedelta(minutes=10))
    assert not still.polled


async def test_new_settings_or_a_new_start_end_our_own_back_off(sandbox: Sandbox, clock: Clock) -> None:
    store = MemoryFeedStore()
    async with RawServer(http(rss(item(1)))) as server:
        async with polling(store, sandbox, clock) as poller:
            refused = await poller.poll(server.feed(private=False))
            waiting = await poller.poll(server.feed(private=False))
            mended = await poller.poll(server.feed())
        await store.save_feed_state(FeedState("bad", FeedStatus.GONE, not_before=START + timedelta(days=7)))
        async with polling(store, sandbox, clock) as restarted:
            back = await restarted.poll(server.feed())
    assert (refused.status, waiting.polled) == (FeedStatus.REFUSED, False)
    assert (mended.status, back.status) == (FeedStatus.OK, FeedStatus.OK)


async def test_a_feed_that_is_gone_is_left_alone(sandbox: Sandbox, clock: Clock) -> None:
    async with (
        RawServer(http(b"", status="410 Gone")) as server,
        polling(MemoryFeedStore(), sandbox, clock) as poller,
    ):
        report = await poller.poll(server.feed())
    assert report.status is FeedStatus.GONE
    assert report.due is not None
    assert report.due >= START + timedelta(days=7)


async def test_nothing_is_remembered_of_a_poll_whose_items_were_not_admitted(
    sandbox: Sandbox, clock: Clock
) -> None:
    store = LosingStore()
    async with (
        ReplayWire([ReplayFeed("wire", "W", "T")], clock=clock) as wire,
        polling(store, sandbox, clock) as poller,
    ):
        (feed,) = wire.settings()
        wire.publish(release(1))
        with pytest.raises(ConnectionError):
            await poller.poll(feed)
        report = await poller.poll(feed)
    assert report.queued == 1


async def test_another_channel_title_than_expected_is_reported(sandbox: Sandbox, clock: Clock) -> None:
    async with (
        RawServer(http(rss(item(1), title=""))) as server,
        polling(MemoryFeedStore(), sandbox, clock) as poller,
    ):
        report = await poller.poll(server.feed().model_copy(update={"title": "Test Wire"}))
    assert report.note == "the channel's title is '' instead of 'Test Wire': is it the right feed?"


async def test_a_feed_that_turned_over_completely_has_a_gap(sandbox: Sandbox, clock: Clock) -> None:
    answers = http(rss(item(1), item(2))), http(rss(item(3), item(2))), http(rss(item(5), item(4)))
    async with RawServer(*answers) as server, polling(MemoryFeedStore(), sandbox, clock) as poller:
        first, overlapping, rolled = [await poller.poll(server.feed()) for _ in range(3)]
    assert (first.gap, overlapping.gap, rolled.gap) == (False, False, True)
    assert "poll of 2026-10-02 12:00 UTC" in rolled.note
    assert rolled.queued == 2


async def test_entries_that_only_look_different_are_no_gap(sandbox: Sandbox, clock: Clock) -> None:
    stamped = [http(rss(item(1, f"<x>{n}</x>"), item(2, f"<x>{n}</x>"))) for n in range(2)]
    async with RawServer(*stamped) as server, polling(MemoryFeedStore(), sandbox, clock) as poller:
        _, again = [await poller.poll(server.feed()) for _ in range(2)]
    assert (again.gap, again.duplicates) == (False, 2)


async def test_a_feed_that_moved_for_good_is_read_and_reported(sandbox: Sandbox, clock: Clock) -> None:
    moved = http(b"", "Location: /new", status="301 Moved Permanently")
    async with RawServer(moved, http(rss(item(1)))) as server:
        async with polling(MemoryFeedStore(), sandbox, clock) as poller:
            report = await poller.poll(server.feed())
        assert report.note.startswith(f"the feed has moved for good to {server.url.replace('/feed', '/new')}")
    assert report.items == 1


async def test_the_same_release_on_a_second_feed_is_a_duplicate(sandbox: Sandbox, clock: Clock) -> None:
    store = MemoryFeedStore()
    served = [ReplayFeed("wire", "W", "T"), ReplayFeed("copy", "C", "T", "atom")]
    async with ReplayWire(served, clock=clock) as wire, polling(store, sandbox, clock) as poller:
        wire.publish(release(1), release(1, feed="copy"))
        reports = [await poller.poll(feed) for feed in wire.settings()]
    assert [(report.queued, report.duplicates) for report in reports] == [(1, 0), (0, 1)]


def test_feeds_are_known_by_their_host() -> None:
    assert feed_at("https://Example.com:8443/x").host == "example.com"
    assert isinstance(feed_at("https://example.com/x"), Feed)
