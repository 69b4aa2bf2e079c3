from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
import pytest_asyncio
import redis
from polls import START, Clock, claim, end_leases, polling, queued
from rawserver import RawServer, feed_at, http, item, rss
from structlog.testing import capture_logs

from monitor.model import FeedState, FeedStatus
from monitor.store import Store
from monitor.wire.feeds import Feed, Hosts
from monitor.wire.replay import Release, ReplayFeed, ReplayWire
from monitor.wire.sandbox import Sandbox


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=1, seconds=2) as box:
        yield box


@pytest.fixture
def clock() -> Clock:
    return Clock()


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
    shape: str, store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    served = ReplayFeed("wire", "Test Wire", "Test", "rss" if shape == "rss" else "atom")
    async with ReplayWire([served], clock=clock) as wire, polling(store, sandbox, clock) as poller:
        (feed,) = wire.settings()
        wire.publish(release(1), release(2))
        first = await poller.poll(feed)
        unchanged = await poller.poll(feed)
        wire.publish(release(3))
        third = await poller.poll(feed)
    assert [queued.guid for queued in await queued(store)] == ["r1", "r2", "r3"]
    assert (first.status, first.queued) == (FeedStatus.OK, 2)
    assert (unchanged.status, unchanged.items) == (FeedStatus.UNCHANGED, 0)
    assert (third.items, third.queued) == (1, 1)


async def test_the_second_poll_is_conditional_and_a_304_is_unchanged(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    answers = http(rss(item(1)), 'ETag: "a"'), http(b"", status="304 Not Modified")
    async with RawServer(*answers) as server, polling(store, sandbox, clock) as poller:
        await poller.poll(server.feed())
        report = await poller.poll(server.feed())
    assert 'If-None-Match: "a"' in server.requests[1]
    assert report.status is FeedStatus.UNCHANGED


async def test_a_server_without_validators_costs_no_parsing_when_nothing_changed(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    async with (
        RawServer(http(rss(item(1)))) as server,
        polling(store, sandbox, clock) as poller,
    ):
        first, second = [await poller.poll(server.feed()) for _ in range(2)]
    assert (first.items, second.items, second.status) == (1, 0, FeedStatus.UNCHANGED)


async def test_first_contact_announces_only_what_is_fresh(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
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
    assert [queued.guid for queued in await queued(store)] == ["r2", "r3"]


async def test_a_feed_that_breaks_off_loses_and_doubles_nothing(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
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
    assert [queued.guid for queued in await queued(store)] == ["g3"]


async def test_what_first_contact_did_not_see_because_it_broke_off_stays_quiet(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    body = rss(item(1), item(2))
    async with (
        RawServer(http(body[:-130], length=len(body)), http(body)) as server,
        polling(store, sandbox, clock) as poller,
    ):
        await poller.poll(server.feed())
        await poller.poll(server.feed())
    assert await queued(store) == []


async def test_a_page_in_place_of_the_feed_is_told_and_forgets_nothing(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
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


async def test_an_unreachable_feed_backs_off_and_comes_back(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    # The client asks a host that hangs up a second time: a kept connection may just have been closed.
    async with RawServer(*[b""] * 4, http(rss(item(1)))) as server, polling(store, sandbox, clock) as poller:
        first = await poller.poll(server.feed())
        clock.pass_by(seconds=61)
        second = await poller.poll(server.feed())
        clock.pass_by(seconds=121)
        back = await poller.poll(server.feed())
        failures = (await poller.state(server.feed())).failures
    assert (first.status, first.due) == (FeedStatus.UNREACHABLE, START + timedelta(seconds=60))
    assert second.due == START + timedelta(seconds=61 + 120)
    assert (back.status, failures) == (FeedStatus.OK, 0)


async def test_a_host_that_asks_for_time_gets_it(store: Store, sandbox: Sandbox, clock: Clock) -> None:
    throttled = http(b"", "Retry-After: 600", status="429 Too Many Requests")
    async with RawServer(throttled) as server, polling(store, sandbox, clock) as poller:
        report = await poller.poll(server.feed())
    assert (report.status, report.due) == (FeedStatus.THROTTLED, START + timedelta(minutes=10))


async def test_a_feed_that_is_gone_is_never_due_again(store: Store, sandbox: Sandbox, clock: Clock) -> None:
    async with RawServer(http(b"", status="410 Gone")) as server, polling(store, sandbox, clock) as poller:
        report = await poller.poll(server.feed())
    assert (report.status, report.due) == (FeedStatus.GONE, None)
    assert await store.feeds.claim(1, Hosts().limits) == ([], None)


async def test_nothing_is_remembered_of_a_poll_whose_items_were_not_admitted(
    store: Store, sandbox: Sandbox, clock: Clock, raw_redis: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lose(_: object) -> None:
        raise ConnectionError("store is gone")

    async with RawServer(http(rss(item(1)), 'ETag: "a"')) as server, polling(store, sandbox, clock) as poller:
        with monkeypatch.context() as patch:
            patch.setattr(store.feeds, "admit", lose)
            with pytest.raises(ConnectionError):
                await poller.poll(server.feed())
        assert await poller.state(server.feed()) == FeedState("bad")
        end_leases(raw_redis)
        report = await poller.poll(server.feed())
    assert (report.items, report.too_old) == (1, 1)


async def test_a_poller_that_was_overtaken_changes_nothing(
    store: Store, sandbox: Sandbox, clock: Clock, raw_redis: redis.Redis
) -> None:
    async with RawServer(http(rss(item(1)))) as server, polling(store, sandbox, clock) as poller:
        stale = await claim(store, server.feed())
        end_leases(raw_redis)
        await poller.poll(server.feed())
        after = await poller.state(server.feed())
        clock.pass_by(seconds=5)
        report = await poller.poller.poll(server.feed(), stale)
        assert not report.kept
        assert await poller.state(server.feed()) == after


async def test_another_channel_title_than_expected_is_reported(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    async with (
        RawServer(http(rss(item(1), title="All News"))) as server,
        polling(store, sandbox, clock) as poller,
    ):
        report = await poller.poll(server.feed().model_copy(update={"title": "Test Wire"}))
    assert report.status is FeedStatus.WRONG_FEED
    assert report.note == "the channel's title is 'All News' instead of 'Test Wire': is it the right feed?"


async def test_a_feed_that_turned_over_completely_has_a_gap(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    answers = http(rss(item(1), item(2))), http(rss(item(3), item(2))), http(rss(item(5), item(4)))
    async with RawServer(*answers) as server, polling(store, sandbox, clock) as poller:
        first, overlapping, rolled = [await poller.poll(server.feed()) for _ in range(3)]
    assert (first.gap, overlapping.gap, rolled.gap) == (False, False, True)
    assert "items from 2026-10-02 12:00 to 2026-10-02 12:00 UTC may have been missed" in rolled.note
    assert rolled.queued == 2


async def test_entries_that_only_look_different_are_no_gap(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    stamped = [http(rss(item(1, f"<x>{n}</x>"), item(2, f"<x>{n}</x>"))) for n in range(2)]
    async with RawServer(*stamped) as server, polling(store, sandbox, clock) as poller:
        _, again = [await poller.poll(server.feed()) for _ in range(2)]
    assert (again.gap, again.duplicates) == (False, 2)


async def test_a_feed_that_moved_for_good_is_read_and_reported(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    moved = http(b"", "Location: /new", status="301 Moved Permanently")
    async with RawServer(moved, http(rss(item(1)))) as server:
        async with polling(store, sandbox, clock) as poller:
            report = await poller.poll(server.feed())
        assert report.note.startswith(f"the feed has moved for good to {server.url.replace('/feed', '/new')}")
    assert report.items == 1


async def test_the_same_release_on_a_second_feed_is_a_duplicate(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    served = [ReplayFeed("wire", "W", "T"), ReplayFeed("copy", "C", "T", "atom")]
    async with ReplayWire(served, clock=clock) as wire, polling(store, sandbox, clock) as poller:
        wire.publish(release(1), release(1, feed="copy"))
        reports = [await poller.poll(feed) for feed in wire.settings()]
    assert [(report.queued, report.duplicates) for report in reports] == [(1, 0), (0, 1)]


def quiet(feed: Feed) -> Feed:
    """Return the feed as one that tells nothing at first contact."""
    return feed.model_copy(update={"first_poll_window": timedelta(0)})


async def test_the_quiet_first_contact_of_one_feed_takes_no_news_from_another(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    served = [ReplayFeed("firehose", "W", "T"), ReplayFeed("topic", "W", "T", "atom")]
    async with ReplayWire(served, clock=clock) as wire, polling(store, sandbox, clock) as poller:
        firehose, topic = [quiet(feed) for feed in wire.settings()]
        wire.publish(*(release(1, START - timedelta(hours=1), feed) for feed in ("firehose", "topic")))
        await poller.poll(firehose)
        clock.pass_by(minutes=1)
        wire.publish(release(2, clock.now, feed="firehose"), release(2, clock.now, feed="topic"))
        clock.pass_by(seconds=10)
        first_contact = await poller.poll(topic)
        told = await poller.poll(firehose)
        after = await poller.poll(topic)
    assert (told.queued, after.queued) == (1, 0)
    assert (first_contact.queued, first_contact.too_old) == (0, 2)
    assert [(item.feed, item.guid) for item in await queued(store)] == [("firehose", "r2")]


def test_feeds_are_known_by_their_host() -> None:
    assert feed_at("https://Example.com:8443/x").host == "example.com"
    assert isinstance(feed_at("https://example.com/x"), Feed)
