"""`deliver` is told to stop while it posts, again and again; what was fed is compared with what Slack has.

It is the real role in a process of its own. It is sent SIGTERM when Slack has a post in hand, and must end by
itself; now and then Slack hangs, so that there is nothing to wait for.
"""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chaos_run import Breaking, Plan, check, configure, item
from fakes.slack import FakeSlack, Fault

from monitor.app.reader import ItemReader
from monitor.app.roles import make_assess
from monitor.app.settings import load_settings
from monitor.model import Candidate
from monitor.store import EmbeddedRedis, Store

LATENCY = 0.15
"""What a post takes at Slack, as people see it; a stop falls into it."""
HANGS = 0.05
WORK = 8


@dataclass
class Outcome:
    """What the checker found: numbers of what was fed, and how long each stop took, in seconds."""

    fed: int
    lost: list[int]
    doubled: list[int]
    out_of_order: int
    took: list[float] = field(default_factory=list)
    codes: set[int | None] = field(default_factory=set)
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"stopped {len(self.took)} times mid-post, exit codes {sorted(map(str, self.codes))}, slowest "
            f"{max(self.took):.1f} s · fed {self.fed} · lost {len(self.lost)} · posted twice "
            f"{len(self.doubled)} · out of order {self.out_of_order} · {self.seconds:.0f} s"
        )


async def run(stops: int, folder: Path, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Stop `deliver` so often while it posts."""
    began, plan = time.monotonic(), Plan(0, stops, 0, channels=4)
    config, chance = configure(folder, plan.channels), random.Random(plan.seed)
    took: list[float] = []
    codes: set[int | None] = set()
    with EmbeddedRedis(folder / "data") as server:
        async with (
            FakeSlack([f"chaos{n:03}" for n in range(plan.channels)]) as slack,
            await Store.open(server.socket) as store,
        ):
            slack.latency = LATENCY
            breaking = Breaking(plan, config, server, slack)
            async with feeding(store, config, plan.channels) as fed:
                while len(took) < stops:
                    async with breaking.started("deliver", 1) as process:
                        await posting(slack)
                        if chance.random() < HANGS:
                            slack.fail(Fault.HANG_AFTER)
                        await asyncio.sleep(chance.uniform(0, LATENCY))
                        since = time.monotonic()
                        process.send_signal(signal.SIGTERM)
                        codes.add(await process.wait())
                        took.append(time.monotonic() - since)
                    if len(took) % 20 == 0:
                        say(f"{len(took)} stops")
            async with breaking.started("deliver", 1):
                await breaking.drained(store)
            found = check(slack, replace(plan, alerts=len(fed)))
    return Outcome(
        len(fed), found.lost, found.doubled, found.out_of_order, took, codes, time.monotonic() - began
    )


async def posting(slack: FakeSlack) -> None:
    """Return when Slack is handed the next post."""
    before = len(slack.calls("chat.postMessage"))
    while len(slack.calls("chat.postMessage")) == before:
        await asyncio.sleep(0.01)


@asynccontextmanager
async def feeding(store: Store, config: Path, channels: int) -> AsyncIterator[list[int]]:
    """Keep some alerts in the outbox, so that each stop finds work; give the numbers of what was fed."""
    settings, fed = load_settings(config), list[int]()
    reader = ItemReader(store.reading("me"), make_assess(settings.rules), settings.watchlists, clock)

    over = asyncio.Event()

    async def feed() -> None:
        while not over.is_set():
            alerts = (await store.house.status()).alerts
            if alerts.waiting + alerts.pending < WORK:
                batch = range(len(fed), len(fed) + WORK)
                await store.feeds.admit([Candidate(item(number, channels)) for number in batch])
                fed.extend(batch)
                while await reader.step(timedelta(0)):
                    pass
            await asyncio.sleep(0.02)

    task = asyncio.create_task(feed())
    try:
        yield fed
    finally:
        over.set()
        await task


def clock() -> datetime:
    return datetime.now(UTC)
