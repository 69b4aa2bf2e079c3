from __future__ import annotations

import asyncio
import os
import random
import signal
from datetime import timedelta
from pathlib import Path

from store_samples import AT_ONCE, DECIDED, alert, candidates, item

from monitor.store import EmbeddedRedis, Store, StoreUnavailableError

ITEMS = 600
BATCH = 10
KILLS = 6
SOON = timedelta(milliseconds=20)


async def poll(store: Store, first: int) -> None:
    """Admit batches of items, each until Redis has acknowledged it."""
    for start in range(first, first + ITEMS // 2, BATCH):
        batch = candidates(*map(item, range(start, start + BATCH)))
        while True:
            try:
                await store.feeds.admit(batch)
                break
            except StoreUnavailableError:
                await asyncio.sleep(0.01)


async def read(store: Store, name: str, done: set[str]) -> None:
    """Commit one alert for each item until there has been one for all."""
    reading = store.reading(name, abandoned_after=timedelta(seconds=1))
    while len(done) < ITEMS:
        try:
            for entry in await reading.read_items(count=BATCH, block=SOON):
                if await reading.commit(entry, DECIDED, alerts=[alert(entry.item.guid)]):
                    done.add(entry.item.guid)
        except StoreUnavailableError:
            await asyncio.sleep(0.01)


async def kill(server: EmbeddedRedis) -> None:
    chance = random.Random(7)
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.02, 0.15))
        assert server.pid
        os.kill(server.pid, signal.SIGKILL)
        server.start()


async def test_redis_is_killed_at_work_and_every_item_becomes_one_alert(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server:
        async with await Store.open(server.socket) as store, asyncio.timeout(60):
            done: set[str] = set()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(poll(store, 0))
                tasks.create_task(poll(store, ITEMS // 2))
                for name in ("one", "other"):
                    tasks.create_task(read(store, name, done))
                tasks.create_task(kill(server))
            alerts = await store.outbox("end").next_alerts(count=2 * ITEMS, block=AT_ONCE)
            told = [queued.alert.id for queued in alerts]
            assert sorted(told) == sorted(item(number).guid for number in range(ITEMS))
            status = await store.house.status()
            assert (status.items.waiting, status.items.pending, status.dead) == (0, 0, 0)
            assert status.counters["items.in"] == status.counters["items.out"] == ITEMS
