"""Everything that may break breaks; then what was fed is compared with what stands in Slack and nothing else.

Items are admitted while the processes of `read` and `deliver` are killed without warning, Slack fails calls
in all its ways, and Redis is killed and started again on its append-only file. The roles are the real ones,
in processes of their own; only delivery's waits are scaled down (`chaos_role`).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise, product
from pathlib import Path

from fakes.slack import FakeSlack, Fault

from monitor.model import Candidate, Item
from monitor.store import EmbeddedRedis, Store, StoreUnavailableError

CONFIG = Path(__file__).parents[2] / "config"
ROLE = Path(__file__).with_name("chaos_role.py")
# As Slack does it, scaled like the deliverer's waits: a late commit shows after the client has given up.
LATE, RETRY_AFTER = 1.5, 1
PATIENCE = 120.0  # seconds in which the outbox must grow shorter
_SYLLABLES = (
    "Ta Ve Mi Lo Su Ba De Ki No Ru",
    "rol lan vek dim bas ter gon pil mar sev",
    "in on ex ar um is al or en yx ab od ig ev at ul ek om ist ax eld orn",
)
_NAMES = ["".join(parts) for parts in product(*map(str.split, _SYLLABLES))]
_LINK = re.compile(r"https://wire\.example/(\d+)")


@dataclass(frozen=True)
class Plan:
    """How much is fed (at most 2,200), and how much breaks. `deliverers` of them run side by side."""

    alerts: int
    kills: int
    redis_kills: int
    channels: int = 20
    deliverers: int = 2
    fault_rate: float = 0.2
    faults: Sequence[Fault] = tuple(Fault)
    webhook: bool = False
    seed: int = 1


@dataclass
class Outcome:
    """What the checker found, and what was broken. Lists are of the numbers of what was fed."""

    fed: int
    lost: list[int]
    doubled: list[int]
    astray: list[int]
    out_of_order: int
    kills: Counter[str] = field(default_factory=Counter)
    redis_kills: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        broken = ", ".join(f"{count} of {what}" for what, count in sorted(self.kills.items()))
        return "\n".join(
            (
                f"fed {self.fed} · lost {len(self.lost)} · posted twice {len(self.doubled)}"
                f" · in a wrong channel {len(self.astray)} · out of order {self.out_of_order}",
                f"killed: {broken}; Redis {self.redis_kills} times",
                f"Slack failed {self.faults.total()} of {self.calls} posts:",
                *(f"  {count:4} {what}" for what, count in self.faults.most_common()),
                f"{self.seconds:.0f} s",
            )
        )


def item(number: int, channels: int) -> Item:
    """Return a release that only this number tells, for the channel of its wire."""
    name, words = f"{_NAMES[number]} Instruments", random.Random(number).sample(_NAMES, 12)
    makes, serves = ", ".join(words[:6]).lower(), ", ".join(words[6:])
    text = (
        f"DAYTON, Ohio -- {name}, Inc., whose {makes} meters serve {serves} and others, today announced that"
        f" it will eliminate approximately {100 + number} positions at its plant in Dayton, Ohio."
    )
    now = datetime.now(UTC)
    title, link = f"{name} to Reduce Workforce in Dayton", f"https://wire.example/{number}"
    return Item("chaos", f"wire-{number % channels}", f"r{number}", title, text, link, now, now)


def configure(folder: Path, channels: int) -> Path:
    """Write a configuration with a wire, a watchlist and a channel for each number; return its folder."""
    config = folder / "config"
    (config / "watchlists").mkdir(parents=True)
    (config / "rules").symlink_to(CONFIG / "rules")
    (config / "monitor.yaml").write_text(f"data: {folder / 'data'}\n")
    feeds = (f"  - {{id: f{n}, wire: wire-{n}, url: 'https://example.com/{n}'}}\n" for n in range(channels))
    (config / "feeds.yaml").write_text("version: 1\nfeeds:\n" + "".join(feeds))
    for n in range(channels):
        (config / "watchlists" / f"w{n}.yaml").write_text(
            f"name: w{n}\nchannels: [{_channel(n)}]\nfilters:\n  wires: [wire-{n}]\n"
        )
    return config


def _channel(number: int) -> str:
    return f"C0CHAOS{number:03}"


async def run(plan: Plan, folder: Path, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Let it break, wait until the outbox is empty, and return what stands in Slack."""
    began, config = time.monotonic(), configure(folder, plan.channels)
    names = [f"chaos{n:03}" for n in range(plan.channels)]
    with EmbeddedRedis(folder / "data") as server:
        async with FakeSlack(
            names,
            seed=plan.seed,
            fault_rate=plan.fault_rate,
            faults=plan.faults,
            late=LATE,
            retry_after=RETRY_AFTER,
        ) as slack:
            breaking = Breaking(plan, config, server, slack, say)
            await breaking.run()
            await asyncio.sleep(LATE + 0.5)  # what is committed late shows now
            outcome = check(slack, plan)
            outcome.kills, outcome.redis_kills = breaking.kills, breaking.redis_kills
            outcome.faults = Counter(map(str, slack.faults_met))
            outcome.calls = sum(call.method in ("chat.postMessage", "webhook") for call in slack.requests)
    outcome.seconds = time.monotonic() - began
    return outcome


def check(slack: FakeSlack, plan: Plan) -> Outcome:
    """Compare what was fed with what stands in Slack."""
    posted: dict[str, list[int]] = {}
    for channel in slack.conversations.values():
        posted[channel.id] = [number_of(message) for message in channel.messages]
    counts = Counter(number for numbers in posted.values() for number in numbers)
    fed = range(plan.alerts)
    return Outcome(
        fed=plan.alerts,
        lost=[number for number in fed if not counts[number]],
        doubled=[number for number in counts if counts[number] > 1],
        astray=[
            number
            for channel, numbers in posted.items()
            for number in numbers
            if not plan.webhook and (number not in fed or channel != _channel(number % plan.channels))
        ],
        out_of_order=sum(
            later < earlier
            for numbers in posted.values()
            for earlier, later in pairwise(numbers)
            if not plan.webhook
        ),
    )


def number_of(message: Mapping[str, object]) -> int:
    """Return the number of what a message tells; -1 if it tells of nothing that was fed."""
    found = _LINK.search(json.dumps(message["blocks"]) + str(message["text"]))
    return int(found[1]) if found else -1


class Breaking:
    """Feeds items and kills processes meanwhile."""

    def __init__(
        self,
        plan: Plan,
        config: Path,
        server: EmbeddedRedis,
        slack: FakeSlack,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.kills: Counter[str] = Counter()
        self.redis_kills = 0
        self._plan = plan
        self._config = config
        self._server = server
        self._slack = slack
        self._say = say
        self._chance = random.Random(plan.seed)
        self._left = plan.kills

    async def run(self) -> None:
        roles = [("read", 1), *(("deliver", number + 1) for number in range(self._plan.deliverers))]
        async with await Store.open(self._server.socket) as store:
            breaking = asyncio.gather(*(self._kill_again_and_again(*role) for role in roles))
            feeding = asyncio.create_task(self._feed(store))
            redis = asyncio.create_task(self._kill_redis())
            await asyncio.gather(breaking, feeding, redis)
            self._say("all is fed and killed; waiting until the outbox is empty")
            async with self.started("read", 1), self.started("deliver", 1):
                await self.drained(store)

    @property
    def _progress(self) -> float:
        return 1 - self._left / self._plan.kills

    async def _feed(self, store: Store) -> None:
        """Admit items in step with the kills, so that each kill finds work."""
        fed = 0
        while fed < self._plan.alerts:
            upto = max(fed + 1, min(self._plan.alerts, int(self._plan.alerts * (self._progress + 0.02))))
            upto = self._plan.alerts if self._left <= 0 else upto
            batch = [Candidate(item(number, self._plan.channels)) for number in range(fed, upto)]
            with suppress(StoreUnavailableError):
                await store.feeds.admit(batch)
                fed = upto
            await asyncio.sleep(0.1)

    async def _kill_again_and_again(self, role: str, number: int) -> None:
        while self._left > 0:
            async with self.started(role, number) as process:
                if self._chance.random() < 0.8:  # else it dies while it starts
                    with suppress(TimeoutError):
                        assert process.stdout
                        await asyncio.wait_for(process.stdout.readline(), 30)
                await asyncio.sleep(self._chance.uniform(0, 1.5))
            self._left -= 1
            self.kills[role] += 1
            if self._left % 20 == 0:
                self._say(f"{self._plan.kills - self._left} kills")

    async def _kill_redis(self) -> None:
        for number in range(self._plan.redis_kills):
            while self._progress < (number + 0.5) / self._plan.redis_kills:
                await asyncio.sleep(0.05)
            if self._server.pid:
                os.kill(self._server.pid, signal.SIGKILL)
            await asyncio.sleep(self._chance.uniform(0, 0.5))
            self._server.start()
            self.redis_kills += 1

    @asynccontextmanager
    async def started(self, role: str, number: int) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run a role as a process of its own; kill it at the end."""
        environ = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "REDIS_URL": f"unix://{self._server.socket}",
            "NEWSWIRE_MONITOR_NUMBER": str(number),
        }
        if self._plan.webhook:
            environ["SLACK_WEBHOOK_URL"] = self._slack.webhook_url
        else:
            environ |= {"SLACK_BOT_TOKEN": self._slack.token, "SLACK_API_URL": self._slack.url}
        with (self._config.parent / f"{role}-{number}.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                ROLE,
                role,
                self._config,
                env=environ,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def drained(self, store: Store) -> None:
        """Wait until every queue is empty; give up when nothing leaves them any more."""
        left, since = None, time.monotonic()
        while left != 0:
            status = await store.house.status()
            now = sum(queue.waiting + queue.pending for queue in (status.items, status.alerts))
            if now != left:
                left, since = now, time.monotonic()
            if time.monotonic() - since > PATIENCE:
                raise TimeoutError(f"{left} items and alerts stay in the queues")
            await asyncio.sleep(0.2)
