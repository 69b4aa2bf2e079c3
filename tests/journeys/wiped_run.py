"""Redis loses what it knows, again and again; then what was published is compared with what Slack was sent.

Feeds are polled, read and delivered by the real roles in this process, on a real Redis server. In each round
some releases are published, and at a random moment meanwhile Redis is emptied, or its primary is killed and
the replica promoted, which replicates asynchronously and may lack the last writes. Deliverers may be killed
with it. The round ends when the feeds were polled once more and the outbox is empty.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import random
import socket
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import redis
from chaos_run import configure, item, number_of
from fakes.lossyproxy import LossyProxy, lossy
from fakes.slack import FakeSlack
from rich.console import Console

from monitor.app.office import Office
from monitor.app.reader import ItemReader
from monitor.app.reload import LiveSettings
from monitor.app.roles import deliver, make_reader, polling
from monitor.app.settings import load_settings
from monitor.deliver.policy import Policy
from monitor.store import Store, StoreUnavailableError
from monitor.store.embedded import find_server
from monitor.wire.feeds import FeedFile
from monitor.wire.replay import Release, ReplayFeed, ReplayWire
from monitor.wire.schedule import PollSchedule

READY_WITHIN, ROUND_WITHIN = 30.0, 300.0
# A killed deliverer lets nothing finish. Nobody waits long for a lease of one that is gone.
QUICK = Policy(
    serve=timedelta(seconds=1),
    timeout=timedelta(seconds=1),
    every=timedelta(milliseconds=5),
    lease=timedelta(seconds=5),
    settle=timedelta(milliseconds=500),
    backoff=timedelta(milliseconds=50),
    most_backoff=timedelta(seconds=1),
    grace=timedelta(0),
)
# Every so many releases tell of an earlier one's cut again, with another number.
RETOLD = 6


@dataclass(frozen=True)
class Plan:
    """How often Redis forgets, and what: everything, or what a replica had not heard of yet.

    `history`: the deliverer may read its channels. `killed`: it is killed in every other round. A feed shows
    its newest 50 releases: of more than that the first ones are gone for good.
    """

    rounds: int
    failover: bool = False
    history: bool = True
    killed: bool = True
    releases: int = 7
    feeds: int = 3
    seed: int = 1


@dataclass(frozen=True)
class Outcome:
    """What the checker found. Lists are of the numbers of releases."""

    published: int
    wiped: int
    lost: list[int]
    doubled: list[int]
    read: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"published {self.published}, Redis forgot {self.wiped} times, items read {self.read} · "
            f"lost {len(self.lost)} · told twice {len(self.doubled)} · {self.seconds:.0f} s"
        )


async def run(plan: Plan, folder: Path, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Let Redis forget, and return what became of what was published."""
    began, config = time.monotonic(), configure(folder, plan.feeds)
    scopes = ("chat:write", "channels:read", *(("channels:history",) if plan.history else ()))
    names = [f"chaos{n:03}" for n in range(plan.feeds)]
    feeds = [ReplayFeed(f"f{n}", f"wire-{n}", f"Wire {n}") for n in range(plan.feeds)]
    with servers(folder) as pair:
        async with (
            lossy(pair.primary.socket, folder) as proxy,
            FakeSlack(names, scopes=scopes) as slack,
            ReplayWire(feeds, clock=lambda: datetime.now(UTC)) as wire,
            await Store.open(proxy.socket) as store,
        ):
            settings = replace(load_settings(config), feeds=FeedFile(feeds=wire.settings()))
            environ = {"SLACK_BOT_TOKEN": slack.token, "SLACK_API_URL": slack.url}
            office = Office(
                LiveSettings(settings), store, environ, Console(file=io.StringIO()), asyncio.Event()
            )
            wiping = Wiping(plan, office, wire, pair, proxy, say)
            await wiping.run()
            told = Counter(number_of(call) for call in slack.calls("chat.postMessage"))
    published = range(wiping.published)
    return Outcome(
        published=len(published),
        wiped=plan.rounds,
        lost=[number for number in published if not told[number]],
        doubled=[number for number in published if told[number] > 1],
        read=wiping.read,
        seconds=time.monotonic() - began,
    )


class Wiping:
    """Publishes releases, and lets Redis forget meanwhile."""

    def __init__(
        self,
        plan: Plan,
        office: Office,
        wire: ReplayWire,
        pair: Pair,
        proxy: LossyProxy,
        say: Callable[[str], None],
    ) -> None:
        self.published = self.read = 0
        self._plan = plan
        self._office = office
        self._wire = wire
        self._pair = pair
        self._proxy = proxy
        self._say = say
        self._chance = random.Random(plan.seed)

    async def run(self) -> None:
        reader = make_reader(self._office)
        async with (
            polling("wiped/1", self._office.store) as schedule,
            contextlib.AsyncExitStack() as running,
        ):
            await running.enter_async_context(self._delivering())
            for number in range(self._plan.rounds):
                self._publish()
                kill = self._plan.killed and number % 2 == 1
                if kill:
                    await running.aclose()
                working = asyncio.create_task(self._work(schedule, reader))
                await asyncio.sleep(self._chance.uniform(0, 1.0))
                await self._forget()
                if kill:
                    await running.enter_async_context(self._delivering())
                async with asyncio.timeout(ROUND_WITHIN):
                    await working
                    await self._work(schedule, reader)  # the next poll
                    await self._drained()
                self._say(f"round {number + 1}: {self.published} published, {self.read} read")

    def _publish(self) -> None:
        for _ in range(self._plan.releases):
            self._wire.publish(release(self.published, self._plan.feeds))
            self.published += 1

    async def _forget(self) -> None:
        if not self._plan.failover:
            await asyncio.to_thread(self._pair.primary.empty)
            return
        await asyncio.to_thread(self._pair.fail_over)
        self._proxy.server = self._pair.primary.socket

    async def _work(self, schedule: PollSchedule, reader: ItemReader) -> None:
        """Poll every feed once, and read what was admitted."""
        feeds = self._wire.settings()
        await _again_and_again(lambda: _within(10, schedule.run_once(feeds)))
        while handled := await _again_and_again(lambda: reader.step(timedelta(0))):
            self.read += handled

    async def _drained(self) -> None:
        while True:
            with contextlib.suppress(StoreUnavailableError):
                alerts = (await self._office.store.house.status()).alerts
                if alerts.length and not alerts.pending and not await self._unread():
                    return
            await asyncio.sleep(0.05)

    async def _unread(self) -> bool:
        # The counters were forgotten with the rest, so they do not tell what waits.
        return await asyncio.to_thread(self._pair.primary.unread)

    @asynccontextmanager
    async def _delivering(self) -> AsyncIterator[None]:
        task = asyncio.create_task(deliver(self._office, QUICK))
        try:
            yield
        finally:
            self._office.stop.set()
            await asyncio.gather(task, return_exceptions=True)
            self._office.stop.clear()


def release(number: int, feeds: int) -> Release:
    """Return a release, or one that tells of an earlier one's cut in the same feed with another number."""
    earlier = number - RETOLD // 2 * feeds
    retells = number % RETOLD == 0 and earlier >= 0
    told = item(earlier if retells else number, feeds)
    text, title = told.text, told.title
    if retells:
        text, title = text.replace("approximately ", "approximately 1"), f"UPDATE 1-{title}"
    return Release(
        told.feed and f"f{number % feeds}",
        f"r{number}",
        title,
        text,
        f"https://wire.example/{number}",
        datetime.now(UTC),
    )


async def _again_and_again(work: Callable[[], Awaitable[int | Sequence[object]]]) -> int:
    """Do it until Redis lets it be done, as the roles do; return how much was done."""
    while True:
        try:
            done = await work()
        except (StoreUnavailableError, TimeoutError):
            await asyncio.sleep(0.1)
            continue
        return done if isinstance(done, int) else len(done)


async def _within(seconds: float, work: Awaitable[Sequence[object]]) -> Sequence[object]:
    async with asyncio.timeout(seconds):
        return await work


class Server:
    """A Redis server on a Unix socket, and on a port of this machine, for its replica."""

    def __init__(self, folder: Path, port: int, primary: Server | None = None) -> None:
        folder.mkdir()
        self.port, self.socket = port, folder / "redis.sock"
        settings = {
            "bind": "127.0.0.1",
            "port": str(port),
            "unixsocket": str(self.socket),
            "dir": str(folder),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "repl-diskless-sync": "yes",
            "repl-diskless-sync-delay": "0",
        }
        if primary:
            settings["replicaof"] = f"127.0.0.1 {primary.port}"
        given = [part for name, value in settings.items() for part in (f"--{name}", *value.split())]
        given[given.index("--save") + 1 : given.index("--save") + 1] = [""]
        self.process = subprocess.Popen(
            [find_server(), *given], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._await(lambda client: client.info("replication").get("master_link_status", "up") == "up")

    def empty(self) -> None:
        with self._client() as client:
            client.flushall()

    def promote(self) -> None:
        with self._client() as client:
            client.replicaof("NO", "ONE")

    def unread(self) -> bool:
        """Whether the outbox holds what was handed to nobody yet."""
        with self._client() as client:
            for stream in client.scan_iter(match="*alerts*", _type="stream"):
                newest = client.xinfo_stream(stream)["last-generated-id"]
                groups = client.xinfo_groups(stream)
                return any(group["last-delivered-id"] != newest for group in groups) or not groups
        return True

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def _client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket))

    def _await(self, ready: Callable[[redis.Redis], bool]) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while True:
            with contextlib.suppress(redis.RedisError), self._client() as client:
                if ready(client):
                    return
            if time.monotonic() > deadline:
                raise TimeoutError("the Redis server is not ready")
            time.sleep(0.02)


class Pair:
    """A primary and its replica, which replicates asynchronously."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0
        self.primary = self._started(None)
        self.replica = self._started(self.primary)

    def fail_over(self) -> None:
        """Kill the primary, promote its replica, and give that a new, empty one."""
        self.primary.kill()
        self.replica.promote()
        self.primary = self.replica
        self.replica = self._started(self.primary)

    def stop(self) -> None:
        self.primary.kill()
        self.replica.kill()

    def _started(self, primary: Server | None) -> Server:
        self._count += 1
        return Server(self._folder / f"server-{self._count}", _free_port(), primary)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def servers(folder: Path) -> Iterator[Pair]:
    """Run a primary and a replica."""
    pair = Pair(folder)
    try:
        yield pair
    finally:
        pair.stop()
