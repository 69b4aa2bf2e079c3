"""How fast items are admitted, as a share of what the same Redis server does at best.

The yardstick is `redis-benchmark` with pipelines of 50 `SET … NX` (one key each, no expiry) over as many
connections. An admission looks up three identities twice, stores three and appends the item to a stream.
The *script* rows send prepared arguments: what Redis and the connection cost. The *admit* rows hold the
client's work too: hashing the identities and writing the JSON. All write to the append-only file with
`appendfsync always`. One connection waits for each reply, so that client and server take turns: its share
is bounded by the client's work (about 24 µs of CPU an item, 11 µs of them for the identities) and the
script's (11 µs), where a `SET` costs 6 µs in all on a quiet machine. Several connections let them overlap.
Rounds are short and alternate, so that a busy machine or disk slows all; shares are medians.

    python -m benchmarks.store [redis-benchmark]      (Debian: apt install redis-tools)
"""

from __future__ import annotations

import asyncio
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import uvloop

from monitor.model import Candidate, Item
from monitor.store import EmbeddedRedis, Keys, Store
from monitor.store.admission import names
from monitor.store.codec import ITEM
from monitor.store.connection import Connection

BATCH = 50
ITEMS = 5_000
SETS = 20_000
ROUNDS = 9
PERIOD = int(timedelta(days=30) / timedelta(milliseconds=1))
WORDS = "the company said on Monday that it will close its plant and cut jobs in the second half of the year"


def items(tag: str) -> list[Candidate]:
    now = datetime.now(UTC)
    item = Item("feed", "wire", "", "", "", "", now, now, author="Acme Corp.", tags=("NYSE:ACM",))
    return [
        Candidate(
            replace(
                item,
                guid=f"https://wire.example/release/{tag}/{number}",
                title=f"Acme {tag} {number} announces restructuring",
                text=f"ROCHESTER, N.Y., March 2 -- Acme {tag} {number}: {WORDS}. {WORDS}.",
                link=f"https://wire.example/release/{tag}/{number}?utm_source=rss",
            )
        )
        for number in range(ITEMS)
    ]


Work = Callable[[list[Candidate]], Awaitable[object]]


async def rate(work: Work, candidates: list[Candidate], connections: int) -> float:
    """Return items a second."""
    batches = iter([candidates[at : at + BATCH] for at in range(0, len(candidates), BATCH)])

    async def worker() -> None:
        for batch in batches:
            await work(batch)

    start = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(connections)))
    return len(candidates) / (time.perf_counter() - start)


def prepared(connection: Connection, keys: Keys, candidates: list[Candidate]) -> Work:
    """Return the script alone, its arguments made beforehand."""
    stored = (keys.items, keys.counters, keys.seen, keys.seen_before)
    arguments = {
        id(candidate): (names(candidate.item), ITEM.encode(candidate.item)) for candidate in candidates
    }

    async def run(batch: list[Candidate]) -> None:
        args = [argument for candidate in batch for argument in arguments[id(candidate)]]
        await connection.run("admit", stored, [PERIOD, *args])

    return run


def yardstick(program: str, server: EmbeddedRedis, connections: int) -> float:
    """Return `SET NX` commands a second."""
    sizes = ["-P", str(BATCH), "-c", str(connections), "-n", str(SETS * connections), "-r", "1000000000"]
    command = [program, "-s", str(server.socket), *sizes, "-q", "SET", "seen:__rand_int__", "1", "NX"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(re.findall(r"([\d.]+) requests per second", output)[-1])


async def measure(program: str, server: EmbeddedRedis, connections: int) -> None:
    rounds: list[list[float]] = []
    for turn in range(ROUNDS):
        candidates = items(f"{connections}-{turn}")
        tag = f"bench{connections}-{turn}"
        async with Connection(server.socket) as connection:
            work = (
                prepared(connection, Keys(tag), candidates),
                Store(connection, keys=Keys(f"{tag}b")).feeds.admit,
            )
            sets = await asyncio.to_thread(yardstick, program, server, connections)
            rounds.append(
                [sets] + [await rate(one, candidates, connections) for one in work for _ in range(2)]
            )
    print(f"{connections} connection(s): SET NX {statistics.median(base for base, *_ in rounds):,.0f}/s")
    for column, name in enumerate(
        ("script, all new", "script, all seen", "admit, all new", "admit, all seen"), 1
    ):
        items_a_second = statistics.median(row[column] for row in rounds)
        share = statistics.median(row[column] / row[0] for row in rounds)
        print(f"  {name:<17} {items_a_second:>8,.0f} items/s  share {share:.2f}")


def main() -> None:
    program = sys.argv[1] if len(sys.argv) > 1 else shutil.which("redis-benchmark")
    if program is None:
        sys.exit("redis-benchmark is not on the PATH: apt install redis-tools, or give its path")
    print(f"{ROUNDS} rounds of {ITEMS:,} items in batches of {BATCH}; goal: share ≥ 0.25")
    with EmbeddedRedis.throwaway() as server:
        for connections in (1, 4):
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(measure(program, server, connections))


if __name__ == "__main__":
    main()
