"""How fast the page's views are with many stored layoffs, against the smallest answer of the same server.

    python benchmarks/web.py [LAYOFFS]

Prints the server time of each view (p50, p95), the bytes transferred (gzip), and the ratio to /healthz.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from fakes.desk import FEEDS, NOW, MemoryDesk, story
from starlette.testclient import TestClient

from monitor.extract.gazetteer import Gazetteer, load_gazetteer
from monitor.model import Cause, Story
from monitor.web.access import Access
from monitor.web.server import Pages

TOWNS = "Dayton Munich Lyon Austin Osaka Leeds Toronto Detroit Chicago Seattle Mumbai Sydney Madrid".split()
VIEWS = (
    "/healthz",
    "/",
    "/layoffs",
    "/layoffs?words=acme&jobs=100",
    "/layoffs/s1",
    "/api/now",
    "/metrics",
)
ROUNDS = 60


def stories(count: int, gazetteer: Gazetteer) -> Iterator[Story]:
    """Yield made-up stories of the last two months."""
    chance = random.Random(4)
    towns = [gazetteer.cities(name)[0] for name in TOWNS]
    for number in range(count):
        ago = timedelta(minutes=chance.randrange(60 * 24 * 59))
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


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    gazetteer = load_gazetteer()
    desk = MemoryDesk(list(stories(count, gazetteer)), FEEDS)
    page = TestClient(Pages(desk, Access(), lambda: NOW, gazetteer).app())
    began = time.perf_counter()
    page.get("/layoffs")
    print(
        f"{count:,} layoffs; the very first view, which reads them all: {time.perf_counter() - began:.1f} s"
    )
    base = 0.0
    for view in VIEWS:
        took = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            answer = page.get(view, headers={"accept-encoding": "gzip"})
            took.append((time.perf_counter() - began) * 1000)
        p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[18]
        base = base or p50
        size = int(answer.headers.get("content-length", len(answer.content)))
        print(
            f"{view:36} p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  {size:7,} bytes  {p50 / base:6.1f} x /healthz"
        )


if __name__ == "__main__":
    main()
