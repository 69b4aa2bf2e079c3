from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from deliver_samples import POLICY, FastClock, alert, update
from fakes.slack import FakeSlack

from monitor.deliver.deliverer import Deliverer
from monitor.deliver.memory import MemoryOutbox
from monitor.deliver.slack import SlackChannel

# Nothing is let finish: a cancelled deliverer stops where it is, as a killed one does.
KILLED = replace(POLICY, grace=timedelta(), lease=timedelta(seconds=600), every=timedelta(milliseconds=10))


@pytest.mark.parametrize("seed", range(3))
async def test_nothing_is_lost_or_doubled_when_slack_fails_and_deliverers_are_killed(seed: int) -> None:
    chance = random.Random(seed)
    channels = ("C0LAYOFFS", "C0CHIPS00", "C0BANKS00", "C0OPS0000")
    clock = FastClock()
    names = ("layoffs", "chips", "banks", "ops")
    async with FakeSlack(names, seed=seed, fault_rate=0.2, now=lambda: clock.now().timestamp()) as slack:
        outbox = MemoryOutbox(clock.now)
        for number in range(60):
            channel = channels[number % 3]
            outbox.put(alert(f"{number}", channel))
            if number % 4 == 0:
                outbox.put(update(f"{number}-2", f"{number}", channel=channel))
        expected = Counter(
            [*(f"{number}" for number in range(60)), *(f"{number}-2" for number in range(0, 60, 4))]
        )
        kills = 0
        async with asyncio.timeout(60):
            while outbox.unacknowledged:
                view = outbox.restarted()
                channel_api = SlackChannel(slack.token, url=slack.url, timeout=timedelta(seconds=0.1))
                task = asyncio.create_task(Deliverer(view, channel_api, policy=KILLED, clock=clock).run())
                enough = len(slack.requests) + chance.randint(1, 25)
                while outbox.unacknowledged and len(slack.requests) < enough:  # noqa: ASYNC110  # in a server
                    await asyncio.sleep(0.002)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                kills += 1
        await asyncio.sleep(0.2)
        assert Counter(slack.alerts()) == expected
        assert kills > 5
        assert len(slack.faults_met) > 5
        for channel in channels:
            order = [int(one["metadata"]["event_payload"]["alert"]) for one in slack.messages(channel)]
            assert order == sorted(order)
