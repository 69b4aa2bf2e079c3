"""How fast the page's views are with many stored layoffs, against the smallest answer of the same server.

    python benchmarks/web.py [LAYOFFS]

Starts `newswire-monitor web` on a Redis that holds so many, and asks for the views over HTTP: from its first
answer on, while it reads what is stored, and when it has. Prints the time of each view (p50, p95), the bytes
transferred (gzip), and the ratio to /healthz.
"""

from __future__ import annotations

import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree
from socket import create_server

import redis

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fakes.desk import NOW, story  # noqa: E402

from monitor.extract.gazetteer import Gazetteer, load_gazetteer  # noqa: E402
from monitor.model import Cause, Story  # noqa: E402
from monitor.store import EmbeddedRedis, Keys  # noqa: E402
from monitor.store.codec import STORY  # noqa: E402

TOWNS = "Dayton Munich Lyon Austin Osaka Leeds Toronto Detroit Chicago Seattle Mumbai Sydney Madrid".split()
FIRST = "/layoffs"
VIEWS = (
    "/healthz",
    "/",
    FIRST,
    "/layoffs?country=US",
    "/layoffs?words=acme&jobs=100",
    "/layoffs/s1",
    "/api/now",
)
ROUNDS = 60
LIMIT_MS, LIMIT_BYTES = 100, 200_000


@dataclass(frozen=True)
class Asked:
    """One answer: how long it took in milliseconds, and what was in it."""

    took: float
    size: int
    body: bytes


def stories(count: int, gazetteer: Gazetteer) -> Iterator[Story]:
    """Yield made-up stories of the last two months."""
    chance = random.Random(4)
    towns = [gazetteer.cities(name)[0] for name in TOWNS]
    late = datetime.now(UTC) - NOW
    for number in range(count):
        ago = timedelta(minutes=chance.randrange(60 * 24 * 59)) - late
        one = story(f"s{number}", ago=ago, jobs=chance.choice([12, 50, 120, 1200]), who=f"Acme {number}")
        town = chance.choice(towns)
        place = replace(
            one.layoff.places[0],
            city=town.name,
            region=town.region,
            country=town.country,
            latitude=town.latitude,
            longitude=town.longitude,
        )
        because = replace(one.layoff.causes[0], cause=chance.choice(list(Cause)))
        yield replace(one, layoff=replace(one.layoff, places=(place,), causes=(because,)))


def fill(server: EmbeddedRedis, count: int) -> None:
    """Store stories as the reader does."""
    client, keys = redis.Redis(unix_socket_path=str(server.socket)), Keys()
    pipe = client.pipeline(transaction=False)
    for number, one in enumerate(stories(count, load_gazetteer()), start=1):
        pipe.set(keys.story(one.id), STORY.encode(one))
        pipe.zadd(keys.recent, {one.id: int(one.first_seen.timestamp() * 1000)})
        if number % 1000 == 0 or number == count:
            pipe.execute()


def ask(connection: http.client.HTTPConnection, view: str) -> Asked:
    """Ask for a view on a kept connection."""
    began = time.perf_counter()
    connection.request("GET", view, headers={"Accept-Encoding": "gzip"})
    body = connection.getresponse().read()
    return Asked((time.perf_counter() - began) * 1000, len(body), body)


def show(name: str, answers: Sequence[Asked], base: float) -> None:
    """Print how long the answers took."""
    took = [one.took for one in answers]
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[18]
    size = max(one.size for one in answers)
    held = "holds" if p95 <= LIMIT_MS and size <= LIMIT_BYTES else "MISSED"
    print(
        f"{name:44} first {took[0]:6.1f} ms  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  {size:7,} bytes"
        f"  {p50 / base:6.1f} x /healthz  {held}"
    )


def connected(port: int, process: subprocess.Popen[bytes]) -> http.client.HTTPConnection:
    """Return a connection to the page as soon as it is served."""
    while process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            ask(connection, "/healthz")
        except ConnectionRefusedError:
            time.sleep(0.01)
        else:
            return connection
    raise SystemExit("the page did not start")


def measure(port: int, process: subprocess.Popen[bytes], began: float) -> None:
    """Ask for the views from the first moment on."""
    connection = connected(port, process)
    print(f"the page answers {time.perf_counter() - began:.1f} s after its start")
    base = statistics.median(ask(connection, "/healthz").took for _ in range(5))
    served, early = time.perf_counter(), [ask(connection, FIRST)]
    while len(early) < 20 or time.perf_counter() - served < 120:
        early.append(ask(connection, FIRST))
        if reading_done(connection):
            break
    print(f"all is read {time.perf_counter() - served:.1f} s after the first answer")
    show(f"{FIRST} while it reads", early, base)
    for view in VIEWS:
        show(view, [ask(connection, view) for _ in range(ROUNDS)], base)


def reading_done(connection: http.client.HTTPConnection) -> bool:
    """Whether the page says no more that it still reads."""
    connection.request("GET", FIRST)
    return b'class="reading"' not in connection.getresponse().read()


def main() -> None:
    """Fill a Redis, start the page on it, and measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with EmbeddedRedis.throwaway() as server, tempfile.TemporaryDirectory() as folder:
        fill(server, count)
        print(f"{count:,} layoffs stored")
        with create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        copytree(ROOT / "config", Path(folder) / "config")
        (Path(folder) / "config" / "monitor.yaml").write_text(f"web: {{port: {port}}}\n")
        environ = {**os.environ, "REDIS_URL": f"unix://{server.socket}"}
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "monitor", "web"], cwd=folder, env=environ, stderr=subprocess.DEVNULL
        )
        try:
            measure(port, process, began)
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
