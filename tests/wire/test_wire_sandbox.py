from __future__ import annotations

import os
import signal
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from rawserver import item, rss

from monitor.wire.errors import HostileError, NotAFeedError
from monitor.wire.parse import Origin, parse
from monitor.wire.read import Reader
from monitor.wire.sandbox import Sandbox

ORIGIN = Origin("f", "w", "https://example.com/feed", datetime(2026, 10, 2, tzinfo=UTC))
# feedparser's author pattern takes time quadratic in the length of such a value.
SLOW_AUTHOR = rss(item(1, f"<author>{'a' * 60_000}</author>"))


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=1, seconds=1) as box:
        yield box


def exhaust_memory() -> int:
    return len(bytearray(2 << 30))


def kill_self() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise KeyError("no such thing")


async def test_results_and_feed_errors_come_back(sandbox: Sandbox) -> None:
    assert (await sandbox.run(parse, rss(item(1)), ORIGIN)).found == 1
    with pytest.raises(NotAFeedError, match="a web page"):
        await sandbox.run(parse, b"<html></html>", ORIGIN)


async def test_a_feed_that_hangs_the_parser_is_killed_and_the_next_one_is_read(sandbox: Sandbox) -> None:
    started = time.monotonic()
    with pytest.raises(HostileError, match=r"takes more than 1 s|kills the process"):
        await sandbox.run(parse, SLOW_AUTHOR, ORIGIN)
    assert time.monotonic() - started < 5
    assert (await sandbox.run(parse, rss(item(1)), ORIGIN)).found == 1


async def test_memory_is_limited(sandbox: Sandbox) -> None:
    with pytest.raises(HostileError, match="memory"):
        await sandbox.run(exhaust_memory)


async def test_a_child_that_dies_harms_one_call_only(sandbox: Sandbox) -> None:
    with pytest.raises(HostileError, match="kills the process"):
        await sandbox.run(kill_self)
    assert (await sandbox.run(parse, rss(item(1)), ORIGIN)).found == 1


async def test_a_bug_of_the_parser_is_told_with_its_name(sandbox: Sandbox) -> None:
    with pytest.raises(HostileError, match="the parser fails on the feed: KeyError"):
        await sandbox.run(fail)


async def test_an_idle_child_that_was_killed_is_replaced(sandbox: Sandbox) -> None:
    child = await sandbox.run(os.getpid)
    os.kill(child, signal.SIGKILL)
    assert await sandbox.run(os.getpid) != child


async def test_only_new_entries_are_parsed(sandbox: Sandbox) -> None:
    reader = Reader(sandbox)
    first = await reader.read(rss(item(1), item(2)), ORIGIN)
    again = await reader.read(rss(item(1), item(2), title="Changed"), ORIGIN, known=first.entries)
    third = await reader.read(rss(item(3), item(1)), ORIGIN, known=first.entries)
    assert [found.guid for found in first.items] == ["g1", "g2"]
    assert (again.items, again.entries, again.title) == ((), first.entries, None)
    assert [found.guid for found in third.items] == ["g3"]


async def test_a_body_whose_cut_the_parser_reads_otherwise_is_read_whole(sandbox: Sandbox) -> None:
    # No `<item>` of RSS in the parser's eyes: the cut counts one entry more.
    body = rss(item(1), "<x:item xmlns:x='urn:x'></x:item>").replace(b"</channel>", b"<entry/></channel>")
    assert [found.guid for found in (await Reader(sandbox).read(body, ORIGIN)).items if found.title] == ["g1"]


async def test_a_flood_of_entries_is_taken_in_portions(sandbox: Sandbox) -> None:
    body = rss(*(item(n) for n in range(700)))
    first = await Reader(sandbox).read(body, ORIGIN)
    rest = await Reader(sandbox).read(body, ORIGIN, known=first.entries)
    assert (len(first.items), first.capped) == (500, True)
    assert (len(rest.items), rest.capped) == (200, False)
