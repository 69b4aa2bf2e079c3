"""Hostile feeds beside a good one: each costs one clear line, and the good one never notices."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from polls import Clock, Polls, polling, queued
from rawserver import RawServer, http, item, rss
from structlog.testing import capture_logs

from monitor.model import FeedStatus, Item
from monitor.store import Store
from monitor.wire.feeds import Feed
from monitor.wire.poll import PollReport
from monitor.wire.sandbox import Sandbox


def with_dtd(entities: str, title: str) -> bytes:
    return rss(f"<item><title>{title}</title></item>", before=f"<!DOCTYPE rss [{entities}]>")


LAUGHS = "<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
QUADRATIC = f"<!ENTITY q '{'lol ' * 20_000}'>"
DECLARED_WRONG = rss(item(2)).replace(b'"utf-8"', b'"utf-16"')


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=1, seconds=7) as box:
        yield box


class Room:
    """A poller, and a good feed beside whatever is tried."""

    def __init__(self, polls: Polls, sandbox: Sandbox) -> None:
        self.polls = polls
        self.sandbox = sandbox

    async def poll(self, *feeds: Feed) -> list[PollReport]:
        window = {"first_poll_window": timedelta(days=36_500)}
        return [await self.polls.poll(feed.model_copy(update=window)) for feed in feeds]

    async def items(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = {"good": [], "bad": []}
        for one in await queued(self.polls.store):
            found[one.feed].append(one)
        return found


@pytest.fixture
async def room(store: Store, sandbox: Sandbox) -> AsyncIterator[Room]:
    async with polling(store, sandbox, Clock()) as polls:
        yield Room(polls, sandbox)


def dated(number: int, extra: str = "") -> str:
    return item(number, f"<pubDate>Fri, 02 Oct 2026 11:00 GMT</pubDate>{extra}")


HOSTILE = {
    "billion laughs": with_dtd(LAUGHS, "&l9;"),
    "quadratic entities": with_dtd(QUADRATIC, "&q;" * 2_000),
    "a title of 1 MB": rss(f"<item><title>{'x' * 2**20}</title></item>"),
    "50,000 comments": rss(f"<item><title>t</title><description>{'&lt;!--' * 50_000}</description></item>"),
    "a long author": rss(f"<item><title>t</title><author>{'a' * 120_000}</author></item>"),
    "the name of a file": b"/etc/passwd",
    "an address": b"file:///etc/passwd",
    "100,000 entries": rss(*("<item><title>t</title></item>" for _ in range(100_000))),
    "a lying encoding": DECLARED_WRONG,
    "an encoding nobody knows": rss(item(3)).replace(b'"utf-8"', b'"utf-7"'),
    "control characters": rss("<item><title>a\x00b\x0bc\x1bd</title></item>"),
    "deep nesting": rss("<item>" + "<a>" * 100_000 + "</item>"),
    "nothing": b"",
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_feed_costs_a_line_and_the_good_one_never_notices(kind: str, room: Room) -> None:
    started = time.monotonic()
    async with RawServer(http(HOSTILE[kind])) as bad, RawServer(http(rss(dated(1)))) as good:
        reports = await room.poll(bad.feed("bad"), good.feed("good"))
    assert time.monotonic() - started < 40
    assert reports[1].status is FeedStatus.OK
    items = await room.items()
    assert [found.guid for found in items["good"]] == ["g1"]
    assert len(reports[0].note.splitlines()) <= 1
    for found in items["bad"]:
        assert len(found.title) <= 1_024
        assert len(found.text) <= 65_536
        assert not set(found.title + found.text) & set("\x00\x0b\x1b")
        assert "root:" not in found.title + found.text


async def test_what_takes_too_long_is_killed_and_said_to_be(room: Room) -> None:
    async with RawServer(http(HOSTILE["a long author"])) as bad:
        (report,) = await room.poll(bad.feed("bad"))
    assert report.status is FeedStatus.NOT_A_FEED
    assert "takes more than" in report.note or "kills the process" in report.note


@pytest.mark.parametrize("header", ["Content-Length: 1000000000", "Connection: close"])
async def test_a_body_of_a_gigabyte_is_left_at_the_limit(header: str, room: Room) -> None:
    sent = 0

    async def flood(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(f"HTTP/1.1 200 OK\r\n{header}\r\n\r\n<rss>".encode())
        for _ in range(16_384):
            writer.write(b" " * 65_536)
            await writer.drain()
            sent += 65_536

    async with RawServer(flood) as bad, RawServer(http(rss(dated(1)))) as good:
        reports = await room.poll(bad.feed("bad"), good.feed("good"))
    assert reports[0].note == "the feed at 127.0.0.1 is larger than 1,000,000 bytes"
    assert sent < 20_000_000, "what the sockets hold beyond the limit"
    assert (reports[1].status, reports[1].queued) == (FeedStatus.OK, 1)


async def test_external_entities_fetch_and_read_nothing(room: Room, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    async with RawServer(http(b"<!ENTITY y 'fetched'>")) as outside:
        entities = f'<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY % d SYSTEM "{outside.url}">%d;'
        async with RawServer(http(with_dtd(entities, "t &x; &y;"))) as bad:
            await room.poll(bad.feed("bad"))
        assert outside.requests == []
    assert not any(
        "hunter2" in found.title or "fetched" in found.title for found in (await room.items())["bad"]
    )


async def test_a_child_killed_while_it_parses_costs_that_poll_only(room: Room) -> None:
    async with RawServer(http(HOSTILE["a long author"])) as bad, RawServer(http(rss(dated(1)))) as good:
        child = await room.sandbox.run(os.getpid)
        polling = asyncio.create_task(room.poll(bad.feed("bad")))
        await asyncio.sleep(0.3)
        os.kill(child, signal.SIGKILL)
        (report,) = await polling
        (after,) = await room.poll(good.feed("good"))
    assert report.status is FeedStatus.NOT_A_FEED
    assert (after.status, after.queued) == (FeedStatus.OK, 1)


async def test_a_feed_that_cannot_be_cut_gives_more_than_one_portion(room: Room) -> None:
    uncut = rss(*(dated(n) for n in range(700)), before="<!DOCTYPE rss [<!ENTITY a 'b'>]>")
    async with RawServer(http(uncut)) as server:
        (report,) = await room.poll(server.feed())
    assert (report.queued, report.status, report.note) == (700, FeedStatus.OK, "")


async def test_of_a_flood_that_cannot_be_cut_it_is_said_what_is_never_taken(room: Room) -> None:
    tiny = "<item><title>t{}</title></item>"
    flood = rss(*(tiny.format(n) for n in range(6_000)), before="<!DOCTYPE rss [<!ENTITY a 'b'>]>")
    async with RawServer(http(flood)) as server:
        (report,) = await room.poll(server.feed())
    assert report.items == 5_000
    assert "its last 1,000 entries are never taken" in report.note


async def test_a_feed_with_new_ids_at_every_poll_is_no_flood_and_says_so_once(
    room: Room,
) -> None:
    polls = [
        http(rss(*(dated(n).replace(f">g{n}<", f">g{n}-{poll}<") for n in range(10)))) for poll in range(4)
    ]
    async with RawServer(*polls) as server:
        with capture_logs() as logs:
            reports = [(await room.poll(server.feed()))[0] for _ in polls]
    assert [report.queued for report in reports] == [10, 0, 0, 0]
    assert "rewrites its entries" in reports[-1].note
    assert sum("rewrites its entries" in str(line) for line in logs) == 1


async def test_an_entry_that_was_changed_is_told_again_only_if_its_words_are_others(room: Room) -> None:
    touched = dated(1, "<dc:modified>2026-10-02T11:30:00Z</dc:modified>")
    changed = touched.replace("cut 1 jobs", "cut 90 jobs")
    async with RawServer(http(rss(dated(1))), http(rss(touched)), http(rss(changed))) as server:
        reports = [(await room.poll(server.feed()))[0] for _ in range(3)]
    assert [(report.queued, report.duplicates) for report in reports] == [(1, 0), (0, 1), (1, 0)]
