"""Ratios of the wire room, all in one run on one machine: parsing against feedparser and expat, polling
against a bare aiohttp loop doing the same requests.

Run: python benchmarks/wire.py
"""

from __future__ import annotations

import asyncio
import io
import multiprocessing
import random
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from multiprocessing.connection import Connection
from xml.parsers import expat

import aiohttp
import feedparser
import uvloop
from aiohttp import web

from monitor.wire.delta import cut, hash_body
from monitor.wire.feeds import Feed
from monitor.wire.fetch import Fetcher
from monitor.wire.memory import MemoryFeedStore
from monitor.wire.parse import Origin, parse
from monitor.wire.poll import Poller
from monitor.wire.read import Reader
from monitor.wire.replay import Release, ReplayFeed, render
from monitor.wire.sandbox import Sandbox
from monitor.wire.schedule import PollPool, PollSchedule

FEEDS = 2_000
PER_HOST = 64
CHANGED_SHARE = 0.05
NOW = datetime(2026, 10, 2, tzinfo=UTC)
ORIGIN = Origin("f", "w", "http://127.0.0.1/", NOW)


def body(first: int, count: int = 50) -> bytes:
    paragraph = "<p>Acme Corp. said today that it would cut jobs &amp; close its plant in Dayton.</p>"
    releases = [
        Release("f", f"g{n}", f"Acme {n} cuts {n} jobs", paragraph * 8, f"https://example.com/{n}", NOW)
        for n in range(first, first + count)
    ]
    return render(ReplayFeed("f", "W", "T"), releases, NOW)


def seconds(function: Callable[[], object], rounds: int) -> float:
    """Best of three means, in CPU seconds."""
    means = []
    for _ in range(3):
        started = time.process_time()
        for _ in range(rounds):
            function()
        means.append((time.process_time() - started) / rounds)
    return min(means)


def parsing() -> None:
    old, new = body(0), body(1)
    known = frozenset(cut(old, ()).entries)

    def sax() -> None:
        expat.ParserCreate(namespace_separator=" ").Parse(new, True)

    whole = seconds(lambda: feedparser.parse(io.BytesIO(new)), 5)
    delta = seconds(lambda: parse(cut(new, known).body, ORIGIN), 50)
    xml = seconds(sax, 50)
    unchanged, bare = seconds(lambda: hash_body(new), 500), seconds(lambda: blake2b(new).digest(), 500)
    print(f"50 entries of {len(new) / 1000:.0f} KB, one new, bytes to items:")
    print(f"  feedparser, whole, default settings   {whole * 1e3:8.2f} ms")
    print(f"  cut and parse what is new             {delta * 1e3:8.2f} ms  {whole / delta:6.1f} times less")
    print(
        f"  expat, no handlers                    {xml * 1e3:8.2f} ms  ours is {delta / xml:.1f} times that"
    )
    print(f"  unchanged body                        {unchanged * 1e3:8.3f} ms  {unchanged / bare:.2f} hashes")


def serve(pipe: Connection) -> None:
    """Answer 95 % of conditional requests with 304, the others with one new entry."""
    chance, versions = random.Random(1), [body(n) for n in range(4)]

    async def answer(request: web.Request) -> web.Response:
        if "If-None-Match" in request.headers and chance.random() >= CHANGED_SHARE:
            return web.Response(status=304)
        number = chance.randrange(len(versions))
        return web.Response(body=versions[number], headers={"ETag": f'"{number}"'})

    async def run() -> None:
        app = web.Application()
        app.router.add_get("/{feed}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        pipe.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


async def polling(port: int) -> None:
    urls = [f"http://127.0.0.1:{port}/{n}" for n in range(FEEDS)]
    feeds = [
        Feed(
            id=f"f{n}",
            wire="W",
            url=url,
            interval=timedelta(minutes=5),
            timeout=timedelta(seconds=20),
            allow_private_networks=True,
        )
        for n, url in enumerate(urls)
    ]
    async with Sandbox() as sandbox, Fetcher("bench", clock=lambda: datetime.now(UTC)) as fetcher:
        poller = Poller(
            MemoryFeedStore(),
            fetcher,
            Reader(sandbox),
            clock=lambda: datetime.now(UTC),
            chance=random.random,
        )
        pool = PollPool(poller.poll, per_host=PER_HOST)
        schedule = PollSchedule(
            pool, clock=lambda: datetime.now(UTC), chance=random.random, on_report=lambda _: None
        )
        await schedule.run_once(feeds)
        started, wall = time.process_time(), time.perf_counter()
        reports = await schedule.run_once(feeds)
        ours, took = (time.process_time() - started) / FEEDS, time.perf_counter() - wall
    bare = await bare_loop(urls)
    changed = sum(report.items > 0 for report in reports)
    print(f"{FEEDS} feeds on kept connections, {changed} of them changed; CPU of this process per poll:")
    print(f"  poll: fetch, cut, parse, state        {ours * 1e3:8.2f} ms  {FEEDS / took:,.0f} polls/s")
    print(
        f"  bare aiohttp, reads and forgets       {bare * 1e3:8.2f} ms  ours is {ours / bare:.1f} times that"
    )


async def bare_loop(urls: list[str]) -> float:
    gate = asyncio.Semaphore(PER_HOST)

    async def get(session: aiohttp.ClientSession, url: str) -> None:
        async with gate, session.get(url, headers={"If-None-Match": '"0"'}) as response:
            await response.read()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=256)) as session:
        for _ in range(2):
            started = time.process_time()
            await asyncio.gather(*(get(session, url) for url in urls))
    return (time.process_time() - started) / len(urls)


def main() -> None:
    warnings.simplefilter("ignore")
    parsing()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    uvloop.run(polling(ours.recv()))
    server.terminate()


if __name__ == "__main__":
    main()
