from __future__ import annotations

import asyncio
import json
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from chaos_run import CONFIG, LATE, Breaking, Plan, configure, item
from fakes.slack import FakeSlack, Fault

from monitor.alert.watchlists import WatchlistFile
from monitor.app.reader import ItemReader
from monitor.app.rulebook import compiled, load_rules
from monitor.extract.assessment import assess_item
from monitor.extract.gazetteer import load_gazetteer
from monitor.model import Candidate
from monitor.store import EmbeddedRedis, Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CHANNELS, STORIES, KILLS = 6, 18, 4
FAULTS = (Fault.CLOSE_AFTER, Fault.RESET_AFTER, Fault.HTML_500_AFTER, Fault.HANG_BEFORE)


async def test_what_was_held_is_one_digest_once_while_deliver_is_killed(tmp_path: Path) -> None:
    plan = Plan(STORIES, KILLS, 0, channels=CHANNELS)
    config, chance = configure(tmp_path, CHANNELS), random.Random(1)
    names = [f"chaos{n:03}" for n in range(CHANNELS)]
    with EmbeddedRedis(tmp_path / "data") as server:
        async with (
            FakeSlack(names, fault_rate=0.3, faults=FAULTS, late=LATE) as slack,
            await Store.open(server.socket) as store,
        ):
            await hold(store)
            assert len(await store.held.due(datetime.now(UTC))) == CHANNELS
            breaking = Breaking(plan, config, server, slack)
            for _ in range(KILLS):
                async with breaking.started("deliver", 1) as process:
                    assert process.stdout
                    await process.stdout.readline()
                    await asyncio.sleep(chance.uniform(0, 1.5))
            async with breaking.started("deliver", 1):
                while await store.held.due(datetime.now(UTC)):
                    await asyncio.sleep(0.1)
                await breaking.drained(store)
            posted = {one.id: list(map(json.dumps, one.messages)) for one in slack.conversations.values()}
    assert [len(messages) for messages in posted.values()] == [1] * CHANNELS
    told = Counter(
        int(number)
        for (message,) in posted.values()
        for number in set(re.findall(r"https://wire\.example/(\d+)", message))
    )
    assert told == Counter(range(STORIES))


async def hold(store: Store) -> None:
    """Have releases read that quiet hours held, which are long over."""
    watchlists = [
        WatchlistFile.model_validate(
            {
                "name": f"w{n}",
                "channels": [f"C0CHAOS{n:03}"],
                "filters": {"wires": [f"wire-{n}"]},
                "quiet": {"from": "10:00", "to": "18:00"},
            }
        )
        for n in range(CHANNELS)
    ]
    assess = partial(assess_item, classifier=compiled(load_rules(CONFIG).sets), gazetteer=load_gazetteer())
    reader = ItemReader(store.reading("me"), assess, watchlists, lambda: NOON)
    items = (replace(item(n, CHANNELS), seen=NOON, published=NOON) for n in range(STORIES))
    await store.feeds.admit([Candidate(one) for one in items])
    while await reader.step(timedelta(0)):
        pass
