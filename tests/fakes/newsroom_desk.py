"""A desk as a newsroom's looks after two months: some hundred stories, a dozen feeds, one of them ill."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from fakes.desk import NOW, MemoryDesk, story
from monitor.extract.gazetteer import Gazetteer
from monitor.model import Cause, FeedState, FeedStatus, Kind, Source, Span, Stage, Story

TOWNS = (
    "Dayton Detroit Chicago Seattle Austin Houston Denver Boston Atlanta Phoenix Cleveland Buffalo Munich "
    "Essen Leeds Glasgow Lyon Turin Madrid Gdańsk Stockholm Osaka Pune Shenzhen Melbourne Toronto Monterrey"
).split()
FIRST = "Harlow Nordvik Calder Brightwater Ostrava Kestrel Lindqvist Marlowe Tanaka Vance Solano".split()
LAST = "Instruments, Marine, Foods, Semiconductor, Airlines, Bank, Motors, Pharma, Retail, Software".split(
    ", "
)
WIRES = ("PR Newswire", "GlobeNewswire", "Business Wire", "Marketwired", "Cision Nordic", "Regional Press")
JOBS = (None, 25, 40, 73, 120, 150, 260, 400, 650, 900, 1_400, 2_500, 6_000)
FEEDS = "prnewswire globenewswire-us businesswire-hr marketwired sec-8k cision-nordic dgap warn".split()


def stories(count: int, gazetteer: Gazetteer) -> Iterator[Story]:
    """Yield made-up stories of the last two months, many of them small."""
    chance = random.Random(7)
    for number in range(count):
        ago = timedelta(minutes=int(chance.random() ** 1.4 * 60 * 24 * 58) + 3)
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        jobs = JOBS[min(int(chance.expovariate(0.28)), len(JOBS) - 1)]
        one = story(f"s{number}", ago=ago, who=name, jobs=jobs or 0)
        layoff = one.layoff
        town = gazetteer.cities(chance.choice(TOWNS))[0]
        place = replace(
            layoff.places[0],
            city=town.name,
            region=town.region,
            country=town.country,
            latitude=town.latitude,
            longitude=town.longitude,
        )
        count_ = layoff.headcount
        assert count_ is not None
        layoff = replace(
            layoff,
            headcount=replace(count_, approximate=chance.random() < 0.5) if jobs else None,
            stage=chance.choice([Stage.CONFIRMED, Stage.CONFIRMED, Stage.PLANNED, Stage.REPORTED]),
            kind=chance.choice([Kind.LAYOFF, Kind.LAYOFF, Kind.LAYOFF, Kind.CLOSURE, Kind.FURLOUGH]),
            places=(place,) if chance.random() < 0.92 else (),
            causes=(replace(layoff.causes[0], cause=chance.choice(list(Cause))),)
            if chance.random() < 0.7
            else (),
        )
        yield replace(one, layoff=layoff, sources=tuple(_sources(one, name, chance)))


def _sources(one: Story, name: str, chance: random.Random) -> Iterator[Source]:
    at = one.first_seen
    for wire in chance.sample(WIRES, chance.choice([1, 1, 1, 2, 2, 3])):
        yield replace(one.sources[0], wire=wire, title=f"{name} to reduce its workforce", seen=at)
        at += timedelta(seconds=chance.randrange(20, 1_500))


def feeds() -> Iterator[FeedState]:
    """Yield a dozen feeds."""
    for number, name in enumerate(FEEDS):
        start = NOW - timedelta(days=12 - number)
        gaps = (
            (Span(NOW - timedelta(days=2, hours=9), NOW - timedelta(days=2, hours=3)),)
            if number % 4 == 1
            else ()
        )
        yield FeedState(
            name,
            FeedStatus.OK if number % 3 else FeedStatus.UNCHANGED,
            last_success=NOW - timedelta(seconds=17 * number + 4),
            not_before=NOW + timedelta(seconds=30 * number + 9),
            interval=timedelta(seconds=60 * (1 + number % 5)),
            depth=20 + 5 * number,
            rate=2.5 * number + 0.5,
            covered_since=start,
            gaps=gaps,
            gap_count=len(gaps),
        )
    yield FeedState("beta", FeedStatus.GONE, failures=4, note="feeds.example answered 410: the feed is gone")
    yield FeedState("new-one", FeedStatus.NEW)


def newsroom_desk(gazetteer: Gazetteer, count: int = 240) -> MemoryDesk:
    """Return the desk."""
    return MemoryDesk(list(stories(count, gazetteer)), tuple(feeds()))
