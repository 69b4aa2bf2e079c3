"""Fifty hostile feeds and as many good ones on one schedule: the good ones never notice."""

from __future__ import annotations

import asyncio
import gzip
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
from polls import queued
from rawserver import RawServer, http, item, rss
from test_wire_hazards import HOSTILE

from monitor.model import FeedStatus
from monitor.store import Store
from monitor.wire.feeds import Feed, Host, Hosts
from monitor.wire.fetch import Fetcher
from monitor.wire.poll import Poller, PollReport
from monitor.wire.read import Reader
from monitor.wire.sandbox import Sandbox
from monitor.wire.schedule import PollSchedule

FIFTY = 50
BODY = rss(item(1))


async def drip(writer: asyncio.StreamWriter) -> None:
    """A slow-loris: a byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def hang(_: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


FAULTS: tuple[bytes | Callable[[asyncio.StreamWriter], Awaitable[None]], ...] = (
    *(http(body) for body in HOSTILE.values()),
    drip,
    hang,
    b"",
    b"\x16\x03\x01 this is no HTTP\r\n\r\n",
    http(b"", "Location: /feed", status="302 Found"),
    http(b"", "Location: http://169.254.169.254/latest/meta-data/", status="302 Found"),
    http(gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip"),
    http(BODY, "Content-Encoding: gzip"),
    http(BODY, length=10**9),
    http(b"<html><title>Just a moment...</title></html>"),
    http(b"", status="500 Internal Server Error"),
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=2, seconds=2) as box:
        yield box


def now() -> datetime:
    return datetime.now(UTC)


def of_all_time(feed: Feed) -> Feed:
    return feed.model_copy(update={"first_poll_window": timedelta(days=36_500)})


async def test_fifty_hostile_feeds_do_not_touch_fifty_good_ones(store: Store, sandbox: Sandbox) -> None:
    async with AsyncExitStack() as opened:
        bad = [await opened.enter_async_context(RawServer(FAULTS[n % len(FAULTS)])) for n in range(FIFTY)]
        good = [await opened.enter_async_context(RawServer(http(rss(dated(n))))) for n in range(FIFTY)]
        fetcher = await opened.enter_async_context(Fetcher("test", clock=now, max_body=12_000_000))
        poller = Poller(store.feeds, fetcher, Reader(sandbox), clock=now, chance=lambda: 0.0)
        told: list[PollReport] = []
        schedule = PollSchedule(
            store.feeds,
            poller.poll,
            clock=now,
            chance=random.random,
            on_report=told.append,
            hosts=Hosts({"default": Host(concurrency=64)}),
        )
        feeds = [of_all_time(server.feed(f"bad{n}", seconds=2)) for n, server in enumerate(bad)]
        feeds += [of_all_time(server.feed(f"good{n}", seconds=30)) for n, server in enumerate(good)]
        reports = {report.feed: report for report in await schedule.run_once(feeds)}
    assert len(reports) == len(told) == 2 * FIFTY
    of_good = [reports[f"good{n}"] for n in range(FIFTY)]
    assert [report.note for report in of_good] == [""] * FIFTY
    assert {report.status for report in of_good} == {FeedStatus.OK}
    assert sum(one.feed.startswith("good") for one in await queued(store)) == FIFTY
    for n in range(FIFTY):
        assert len(reports[f"bad{n}"].note.splitlines()) <= 1


def dated(number: int) -> str:
    return item(number + 1_000, "<pubDate>Fri, 02 Oct 2026 11:00:00 GMT</pubDate>")
