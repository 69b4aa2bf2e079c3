"""From an admitted item to Slack's acceptance, at 1, 10 and 100 items a second.

    python benchmarks/delivery.py [--seconds 30]

Own time is what passes between handing an item to admission and Slack's storing of the message, where
nothing but this program can make it wait: Slack is a local server that answers at once, and there are so many
channels that none is due more often than once in 1.2 s: the pace of a message a second holds none back.
`read` and `deliver` are processes of their own with their default settings, Redis is the embedded one, which
writes each change to disk before it answers. The baseline is slack-sdk posting the same blocks to the same
server, one after the other.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / part) for part in ("", "journeys")]

from chaos_run import configure, item, number_of  # noqa: E402  # the tests are no package
from fakes.slack import FakeSlack  # noqa: E402

from monitor.model import Candidate, Item  # noqa: E402
from monitor.store import EmbeddedRedis, Store  # noqa: E402

# Items a second, and one in how many of them announces a layoff.
LOADS = ((1, 1), (10, 1), (100, 10))
APART = 1.2
BAR = 250.0
WITHIN = 120.0


async def measure(rate: int, every: int, seconds: float) -> tuple[list[float], list[float]]:
    """Return milliseconds from admission to acceptance of each item, and of each bare post."""
    channels, fed = ceil(rate / every * APART), {}
    names = [f"chaos{n:03}" for n in range(channels)]
    with tempfile.TemporaryDirectory(prefix="delivery-") as folder:
        config = configure(Path(folder), channels)
        with EmbeddedRedis(Path(folder) / "data") as server:
            async with (
                FakeSlack(names) as slack,
                await Store.open(server.socket) as store,
                AsyncExitStack() as on,
            ):
                for role in ("read", "deliver"):
                    await on.enter_async_context(_role(role, config, server, slack))
                # A channel's first message waits for a look at its history; the roles must start, too.
                await store.feeds.admit([Candidate(item(number, channels)) for number in range(channels)])
                await _accepted(slack, channels)
                await asyncio.sleep(APART)
                total = channels + max(20, int(rate / every * seconds))
                begin = time.monotonic()
                for tick in range((total - channels) * every):
                    await asyncio.sleep(max(0.0, begin + tick / rate - time.monotonic()))
                    number, rest = channels + tick // every, tick % every
                    if rest == 0:
                        fed[number] = time.time()
                    told = item(number, channels)
                    await store.feeds.admit([Candidate(_other(told, rest) if rest else told)])
                messages = await _accepted(slack, total)
                took = {number_of(message): float(message["ts"]) for message in messages}
                bare = await _bare(slack, messages[-1]["blocks"], 200)
    return [(took[number] - at) * 1000 for number, at in fed.items()], bare


def _other(told: Item, number: int) -> Item:
    """Return an item like most: it announces no layoff."""
    title = f"{told.title.split()[0]} Optics introduces spectrometer {number}"
    text = f"TUCSON, Ariz. -- {title}, which weighs {300 + number} grams and fits into a coat."
    mark = f"{told.guid}-{number}"
    return replace(told, guid=mark, title=title, text=text, link=f"https://wire.example/other/{mark}")


async def _bare(slack: FakeSlack, blocks: Sequence[dict[str, object]], count: int) -> list[float]:
    client, channel = (
        AsyncWebClient(slack.token, base_url=slack.url, retry_handlers=[]),
        next(iter(slack.conversations)),
    )
    took = []
    for _ in range(count):
        began = time.time()
        reply = await client.chat_postMessage(channel=channel, text="bare", blocks=blocks)
        took.append((float(reply["ts"]) - began) * 1000)
    return took


async def _accepted(slack: FakeSlack, count: int) -> list[dict[str, Any]]:
    async with asyncio.timeout(WITHIN):
        while True:
            messages = [one for channel in slack.conversations.values() for one in channel.messages]
            if len(messages) >= count:
                return messages
            await asyncio.sleep(0.05)


@asynccontextmanager
async def _role(role: str, config: Path, server: EmbeddedRedis, slack: FakeSlack) -> AsyncIterator[None]:
    environ = {
        **os.environ,
        "REDIS_URL": f"unix://{server.socket}",
        "SLACK_BOT_TOKEN": slack.token,
        "SLACK_API_URL": slack.url,
    }
    with (config.parent / f"{role}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "monitor", role, "--config", str(config), env=environ, stderr=log
        )
    try:
        yield
    finally:
        process.kill()
        await process.wait()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--seconds", type=float, default=15, help="how long items are fed at each rate")
    given = options.parse_args()
    bad = False
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for rate, every in LOADS:
        ours, bare = asyncio.run(measure(rate, every, given.seconds))
        p50, p99 = _percentile(ours, 50), _percentile(ours, 99)
        base = statistics.median(bare)
        print(
            f"{rate:4} items/s, 1 in {every} a layoff: p50 {p50:6.1f} ms, p99 {p99:6.1f} ms"
            f" ({len(ours)} alerts); bare slack-sdk post p50 {base:.1f} ms: {p50 / base:.1f} times"
        )
        bad |= rate == 10 and p99 > BAR
    return int(bad)


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    sys.exit(main())
