"""Ratios of the wire room, all in one run on one machine: parsing against feedparser and expat, polling
against a bare aiohttp loop doing the same requests.

Run: python benchmarks/wire.py
"""

from __future__ import annotations

import asyncio
import importlib
import io
import multiprocessing
import os
import random
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import accumulate
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from xml.parsers import expat

import aiohttp
import feedparser
import redis
import uvloop
from aiohttp import web

from monitor.model import Claim, FeedState, FeedStatus, Limit, Slot
from monitor.store import EmbeddedRedis, Store
from monitor.wire.delta import cut, hash_body
from monitor.wire.feeds import Feed, Host, Hosts, Interval
from monitor.wire.fetch import Fetcher
from monitor.wire.parse import Origin, parse
from monitor.wire.poll import Poller, PollReport
from monitor.wire.read import Reader
from monitor.wire.replay import Release, ReplayFeed, render
from monitor.wire.sandbox import Sandbox
from monitor.wire.schedule import PollSchedule

FEEDS = 2_000
PER_HOST = 64
CHANGED_SHARE = 0.05
ROUNDS = 5
PEERS = 400
MANY = 10_000
SPREAD = timedelta(
    seconds=48
)  # over which 10,000 feeds are due: 208 a second, less while the first are awaited
LATENESS_FOR = 20.0  # seconds
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


def feeds_at(port: int, count: int, interval: timedelta) -> list[Feed]:
    return [
        Feed(
            id=f"f{number}",
            wire="W",
            url=f"http://127.0.0.1:{port}/{number}",
            interval=Interval(at_least=interval, at_most=interval),
            timeout=timedelta(seconds=20),
            allow_private_networks=True,
        )
        for number in range(count)
    ]


def cpu_of(pid: int) -> float:
    """CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(*others: int) -> float:
    """CPU seconds of the sandbox's processes: those that descend from us, the others named excepted."""
    spent, waiting = 0.0, [os.getpid()]
    while waiting:
        parent = waiting.pop()
        for pid in map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split()):
            if pid not in others:
                waiting.append(pid)
                spent += cpu_of(pid)
    return spent


def memory() -> int:
    """Resident bytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Bench:
    """Everything that polls, as in production: schedule, leases, fetcher, sandbox, states in Redis."""

    def __init__(self, store: Store, embedded: EmbeddedRedis, server: int) -> None:
        self.store, self.redis, self.server = store, embedded.pid or 0, server
        self.address = str(embedded.socket)

    def look(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=self.address)

    @asynccontextmanager
    async def polling(self, started: Callable[[Feed], None] = lambda _: None) -> AsyncIterator[PollSchedule]:
        def clock() -> datetime:
            return datetime.now(UTC)

        async with Sandbox() as sandbox, Fetcher("bench", clock=clock) as fetcher:
            poller = Poller(self.store.feeds, fetcher, Reader(sandbox), clock=clock, chance=random.random)

            def poll(feed: Feed, claim: Claim) -> Awaitable[PollReport]:
                started(feed)
                return poller.poll(feed, claim)

            yield PollSchedule(
                self.store.feeds,
                poll,
                clock=clock,
                chance=random.random,
                on_report=lambda _: None,
                hosts=Hosts({"default": Host(concurrency=256)}),
            )

    def cpu(self) -> tuple[float, float, float]:
        return time.process_time(), children(self.server, self.redis), cpu_of(self.redis)


async def polling(bench: Bench, port: int) -> None:
    """Rounds alternate with the bare loop's, so that a busy machine slows both; shares are medians."""
    feeds = feeds_at(port, FEEDS, timedelta(minutes=5))
    urls, rows, changed, took = [feed.url for feed in feeds], [], 0, 0.0
    async with bench.polling() as schedule:
        await schedule.run_once(feeds)  # first contact
        for _ in range(ROUNDS):
            bare = await bare_loop(urls)
            before, wall = bench.cpu(), time.perf_counter()
            changed += sum(report.items > 0 for report in await schedule.run_once(feeds))
            took += time.perf_counter() - wall
            spent = [(after - start) / FEEDS for start, after in zip(before, bench.cpu(), strict=True)]
            rows.append((bare, *accumulate(spent)))
    polls = FEEDS * ROUNDS
    bare, own, parsed, whole = (median(column) for column in zip(*rows, strict=True))
    times = [median(row[column] / row[0] for row in rows) for column in (1, 2, 3)]
    print(f"{FEEDS} feeds on kept connections, {changed / polls:.1%} of the answers changed; CPU per poll:")
    print(f"  bare aiohttp, reads and forgets       {bare * 1e3:8.3f} ms")
    line = f"ours is {times[0]:.1f} times that; {polls / took:,.0f} polls/s"
    print(f"  poll: schedule, lease, fetch, state   {own * 1e3:8.3f} ms  {line}")
    print(f"  … and what its sandbox parses         {parsed * 1e3:8.3f} ms  {times[1]:.1f} times")
    print(f"  … and the Redis server                {whole * 1e3:8.3f} ms  {times[2]:.1f} times")
    for name, peer in (
        ("feedparser.parse(url)", by_feedparser),
        ("feedparser.parse(url, etag=…)", by_feedparser_etag),
        ("reader: update_feeds()", by_reader),
    ):
        theirs = await asyncio.to_thread(peer, urls[:PEERS])
        if theirs is None:
            print(f"  {name:37} {'–':>8}     not installed: pip install reader sgmllib3k")
        else:
            ratio = (
                f"{theirs / parsed:,.0f} times ours with the sandbox, {theirs / whole:,.0f} with Redis too"
            )
            print(f"  {name:37} {theirs * 1e3:8.3f} ms  {ratio}")


def by_feedparser(urls: list[str]) -> float:
    started = time.process_time()
    for url in urls:
        feedparser.parse(url)
    return (time.process_time() - started) / len(urls)


def by_feedparser_etag(urls: list[str]) -> float:
    etags = {url: feedparser.parse(url).get("etag", "") for url in urls}
    started = time.process_time()
    for url in urls:
        feedparser.parse(url, etag=etags[url])
    return (time.process_time() - started) / len(urls)


def by_reader(urls: list[str]) -> float | None:
    """The peer that keeps feeds in SQLite: https://reader.readthedocs.io."""
    try:
        make_reader = importlib.import_module("reader").make_reader
        importlib.import_module("reader._vendor.feedparser")
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder, make_reader(f"{folder}/db.sqlite") as reader:
        for url in urls:
            reader.add_feed(url)
        reader.update_feeds(scheduled=False)
        started = time.process_time()
        reader.update_feeds(scheduled=False)
        return (time.process_time() - started) / len(urls)


async def polled_before(store: Store, feeds: list[Feed]) -> None:
    """Leave the states of feeds that were polled during the last minute."""
    slots = {Slot(feed.id, feed.host): timedelta(0) for feed in feeds}
    await store.feeds.enrol(slots)
    settings = {feed.id: feed.settings for feed in feeds}
    now, entries = datetime.now(UTC), cut(body(0), ()).entries
    while claims := (await store.feeds.claim(500, {"": Limit(1_000)}))[0]:
        states = [
            FeedState(
                claim.slot.feed,
                FeedStatus.OK,
                settings=settings[claim.slot.feed],
                etag='"0"',
                last_success=now,
                last_body=now,
            )
            for claim in claims
        ]
        waits = [SPREAD * random.random() + timedelta(seconds=3) for _ in claims]
        kept = zip(claims, states, waits, strict=True)
        await asyncio.gather(*(store.feeds.save(*one, entries=entries) for one in kept))


async def lateness(bench: Bench, port: int) -> None:
    """From when a feed is due until its poll begins, with 10,000 of them at more than 170 polls a second."""
    memory_before = memory()
    feeds = feeds_at(port, MANY, timedelta(minutes=1))
    due: dict[str, float] = {}
    late: list[float] = []

    def started(feed: Feed) -> None:
        if (wanted := due.pop(feed.id, None)) is not None:
            late.append(time.time() - wanted)

    await polled_before(bench.store, feeds)
    async with bench.polling(started) as schedule:
        await schedule.start(feeds)
        begun, cpu = time.perf_counter(), time.process_time()
        with bench.look() as look:
            scores = look.zrange("nm:feeds:due", 0, -1, withscores=True)
        # What was due before we were up was late before we began.
        since = (time.time() + 2) * 1000
        due |= {name.decode().partition(" ")[2]: at / 1000 for name, at in scores if at > since}
        await asyncio.sleep(LATENESS_FOR)
        took, spent = time.perf_counter() - begun, time.process_time() - cpu
        held = memory() - memory_before
        await schedule.stop(timedelta(seconds=2))
    late.sort()
    p50, p99, worst = (late[int(len(late) * share)] * 1e3 for share in (0.5, 0.99, 0.9999))
    print(f"{MANY} scheduled feeds, {len(late) / took:.0f} polls/s, {spent / took:.0%} of a core:")
    print(f"  due to fetch                          p50 {p50:.1f} ms, p99 {p99:.1f} ms, worst {worst:.1f} ms")
    print(f"  memory of this process                {held / MANY / 1e3:8.1f} KB a feed")


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


async def measure(port: int, server: int) -> None:
    with EmbeddedRedis.throwaway() as embedded:
        async with await Store.open(embedded.socket) as store:
            bench = Bench(store, embedded, server)
            await polling(bench, port)
            with bench.look() as look:
                look.flushall()
            await lateness(bench, port)


def main() -> None:
    warnings.simplefilter("ignore")
    parsing()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    uvloop.run(measure(port, server.pid or 0))
    server.terminate()


if __name__ == "__main__":
    main()
