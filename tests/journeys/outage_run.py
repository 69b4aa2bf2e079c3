"""Slack is down for an hour while alerts queue; then what stands there is compared with what was queued.

The deliverer, its ledger and its pace are the real ones, on a real Redis; all waits, the hour among them, are
divided by one number, and so are the limits of the local Slack.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from fakes.slack import FakeSlack

from monitor.deliver.deliverer import Deliverer
from monitor.deliver.policy import Policy
from monitor.deliver.slack import SlackChannel
from monitor.model import Alert, Card, Quote
from monitor.store import EmbeddedRedis, Store

CHANNEL = "C0LAYOFFS"
CARD = Card("", "about 500 jobs", "", "confirmed layoff", Quote("", ()), "Reuters", None, "")


@dataclass(frozen=True)
class Plan:
    """How many alerts come while Slack is down for so long, and by what time is divided."""

    alerts: int = 600
    outage: timedelta = timedelta(hours=1)
    scale: int = 30


@dataclass(frozen=True)
class Outcome:
    """What the checker found; times are those of the plan, not divided."""

    posted: list[str]
    drained: timedelta
    least_gap: timedelta
    limited: int
    calls: int

    def __str__(self) -> str:
        return (
            f"posted {len(self.posted)}, of these different {len(set(self.posted))}; "
            f"the last one {self.drained / timedelta(minutes=1):.1f} min after Slack was back; "
            f"least gap {self.least_gap.total_seconds():.2f} s; 429 for {self.limited} of {self.calls} posts"
        )


def names(plan: Plan) -> list[str]:
    """Return the ids of the alerts in their order."""
    return [f"{number:05}" for number in range(plan.alerts)]


async def run(plan: Plan) -> Outcome:
    """Let alerts queue while Slack is down, and wait until it has them all."""
    policy, seconds = scaled(Policy(), plan.scale), plan.outage.total_seconds() / plan.scale
    with EmbeddedRedis.throwaway() as server:
        async with FakeSlack() as slack, await Store.open(server.socket) as store:
            slack.per_second, slack.burst, slack.down = float(plan.scale), 3, True
            channel = SlackChannel(slack.token, url=slack.url, timeout=policy.timeout, limited=policy.limited)
            outbox = store.outbox("deliver-1", abandoned_after=policy.lease * 2)
            task = asyncio.create_task(Deliverer(outbox, channel, policy=policy).run())
            for name in names(plan):
                await store.house.queue(alert(name))
                await asyncio.sleep(seconds / plan.alerts)
            slack.down, back, before = False, time.monotonic(), len(slack.calls("chat.postMessage"))
            while (status := (await store.house.status()).alerts).waiting or status.pending:
                await asyncio.sleep(0.05)
            drained = time.monotonic() - back
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            at = [float(message["ts"]) for message in slack.messages(CHANNEL)]
            return Outcome(
                posted=slack.alerts(),
                drained=timedelta(seconds=drained * plan.scale),
                least_gap=timedelta(
                    seconds=min(later - earlier for earlier, later in pairwise(at)) * plan.scale
                ),
                limited=slack.limited,
                calls=len(slack.calls("chat.postMessage")) - before,
            )


def scaled(policy: Policy, scale: int) -> Policy:
    """Return the policy with all its waits divided."""
    waits: dict[str, Any] = {
        one.name: value / scale
        for one in fields(policy)
        if isinstance(value := getattr(policy, one.name), timedelta) and one.name != "sweep"
    }
    return replace(policy, **waits)


def alert(name: str) -> Alert:
    """Return an alert that only its id tells from others."""
    return Alert(name, name, 1, CHANNEL, replace(CARD, who=f"Company {name}"), datetime.now(UTC))
