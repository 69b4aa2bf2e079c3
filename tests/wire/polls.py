"""A poller on a real Redis, for tests that poll feeds by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import redis

from monitor.model import Claim, FeedState, Item
from monitor.store import Store
from monitor.wire.feeds import Feed, Hosts
from monitor.wire.fetch import Fetcher
from monitor.wire.poll import Poller, PollReport
from monitor.wire.read import Reader
from monitor.wire.sandbox import Sandbox

START = datetime(2026, 10, 2, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **much: float) -> None:
        self.now += timedelta(**much)


@dataclass
class Polls:
    """Polls a feed whether it is due or not, and shows what is kept of it."""

    store: Store
    poller: Poller

    async def poll(self, feed: Feed) -> PollReport:
        return await self.poller.poll(feed, await claim(self.store, feed))

    async def state(self, feed: Feed) -> FeedState:
        return await self.store.feeds.feed_state(feed.id)


async def claim(store: Store, feed: Feed) -> Claim:
    hosts = Hosts()
    await store.feeds.enrol({hosts.slot(feed): timedelta(0)}, anyway=True)
    claims, _ = await store.feeds.claim(100, hosts.limits)
    return next(one for one in claims if one.slot.feed == feed.id)


def end_leases(raw: redis.Redis) -> None:
    """Let every lease have ended long ago, as if its poller had died."""
    for name in raw.hkeys("nm:feeds:claims"):
        if slot := str(name, "utf-8"):  # type: ignore[arg-type]
            raw.hset("nm:feeds:claims", slot, f"{lease(raw, slot)[0]} 0")
            raw.zadd("nm:feeds:due", {slot: 0})


def lease(raw: redis.Redis, slot: str) -> tuple[int, int]:
    """Return the epoch of a slot's claim, and when its lease ends, in milliseconds."""
    epoch, ends = str(raw.hget("nm:feeds:claims", slot), "utf-8").split()  # type: ignore[arg-type]
    return int(epoch), int(ends)


async def queued(store: Store) -> list[Item]:
    """The items that a reader is given."""
    return [entry.item for entry in await store.reading("test").read_items(count=1000, block=timedelta(0))]


@asynccontextmanager
async def polling(
    store: Store, sandbox: Sandbox, clock: Callable[[], datetime], *, spare: timedelta = timedelta(seconds=60)
) -> AsyncIterator[Polls]:
    async with Fetcher("test (ops@example.com)", clock=clock, max_body=1_000_000) as fetcher:
        poller = Poller(store.feeds, fetcher, Reader(sandbox), clock=clock, chance=lambda: 0.0, spare=spare)
        yield Polls(store, poller)
