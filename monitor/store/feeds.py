"""What polling needs: the schedule that all pollers on one Redis share, and the state of each feed.

Redis' own clock decides what is due and whose lease has ended, so that the clocks of machines may differ.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import timedelta

from monitor.model import Claim, FeedState, Limit, Slot
from monitor.store.admission import Admissions
from monitor.store.codec import FEED_STATE
from monitor.store.connection import Argument, Connection
from monitor.store.errors import UnreadableRecordError
from monitor.store.keys import Keys
from monitor.store.records import Retention

# No longer than the shortest interval, so that a dead poller's feeds are taken over within one interval.
LEASE = timedelta(seconds=5)
# Lua bears 8,000 values at once.
_AT_ONCE = 500
# Saves go to Redis at most this often: each call costs it a write to disk, however many polls it keeps.
_SAVES_APART = timedelta(milliseconds=20)


class Feeds(Admissions):
    """Hands out polls that are due, admits items, keeps states (`monitor.wire.ports.FeedStore`).

    A claim holds for `LEASE` unless it is renewed.
    """

    def __init__(self, connection: Connection, keys: Keys, retention: Retention) -> None:
        super().__init__(connection, keys, retention)
        self._lease = _milliseconds(LEASE)
        self._waiting: list[tuple[tuple[Argument, ...], asyncio.Future[bool]]] = []
        self._saver: asyncio.Task[None] | None = None

    async def feed_state(self, feed: str) -> FeedState:
        """Return what is kept of a feed; a NEW state for one never polled, or kept by another version."""
        return _state(feed, await self._connection.call("HGET", self._keys.feeds, feed))

    async def feed_states(self) -> dict[str, FeedState]:
        """Return what is kept of every feed, by its id."""
        return {
            feed.decode(): _state(feed.decode(), state)
            async for feed, state in self._fields(self._keys.feeds)
        }

    async def all_entries(self) -> dict[str, tuple[str, ...]]:
        """Return the hashes of the entries of every feed's last body, by its id."""
        return {
            feed.decode(): tuple(names.decode().split())
            async for feed, names in self._fields(self._keys.entries)
        }

    async def _fields(self, key: str) -> AsyncIterator[tuple[bytes, bytes]]:
        cursor = -1
        while cursor:
            # In parts, so that reading those of thousands of feeds holds up no poll.
            cursor, part = await self._connection.call("HSCAN", key, max(cursor, 0), "COUNT", 200)
            for field in part.items():
                yield field

    async def enrol(self, slots: Mapping[Slot, timedelta], *, anyway: bool = False) -> None:
        """Put feeds on the schedule, each due after some time.

        Those that are on it stay as they are, unless `anyway`; one that is being polled does in any case.
        """
        keys, pending = (self._keys.due, self._keys.claims), list(slots.items())
        for first in range(0, len(pending), _AT_ONCE):
            args: list[Argument] = []
            for slot, wait in pending[first : first + _AT_ONCE]:
                args += _name(slot), _milliseconds(wait), int(anyway)
            await self._connection.run("enrol", keys, args)

    async def claim(self, most: int, limits: Mapping[str, Limit]) -> tuple[Sequence[Claim], timedelta | None]:
        """Claim up to `most` feeds that are due and whose hosts have room.

        Args:
            most: How many at most; with 0 this only tells when the next is due.
            limits: Of hosts by the name in the slots; "" stands for all others, and must be there.

        Returns:
            The claims, and how long it is until the next feed is due (None: there is none).
        """
        k = self._keys
        args: list[Argument] = [min(most, _AT_ONCE), self._lease]
        for host, limit in limits.items():
            args += host, limit.concurrency, _milliseconds(limit.gap)
        keys = (k.due, k.claims, k.hosts, k.feeds)
        wait, found = await self._connection.run("due", keys, args)
        claims = [
            _claim(name, int(epoch), state)
            for name, epoch, state in zip(found[::3], found[1::3], found[2::3], strict=True)
        ]
        return claims, timedelta(milliseconds=wait) if wait >= 0 else None

    async def renew(self, claims: Iterable[Claim]) -> None:
        """Prolong the leases of polls that are still under way."""
        args: list[Argument] = [self._lease]
        for claim in claims:
            args += _name(claim.slot), claim.epoch
        k = self._keys
        await self._connection.run("renew", (k.due, k.claims), args)

    async def drop(self, slot: Slot) -> None:
        """Take a feed off the schedule; its state is kept."""
        await self._connection.call("ZREM", self._keys.due, _name(slot))
        await self._connection.call("HDEL", self._keys.claims, _name(slot))

    async def known_entries(self, feed: str) -> tuple[str, ...]:
        """Return the hashes of the entries of a feed's last body."""
        found = await self._connection.call("HGET", self._keys.entries, feed)
        return tuple(found.decode().split()) if found else ()

    async def save(
        self,
        claim: Claim,
        state: FeedState,
        wait: timedelta | None,
        *,
        entries: Sequence[str] | None = None,
        gap: bool = False,
        foreign: int = 0,
    ) -> bool:
        """Keep what a poll found; False if somebody else has claimed the feed since, and nothing was kept.

        Call it after `admit`, so that a crash in between only polls again. Saves that come soon after
        one another go to Redis together.

        Args:
            claim: The leave under which the feed was polled.
            state: The feed's new state.
            wait: Until the next poll; None if there shall be none.
            entries: The hashes of the body's entries, None if they are as they were.
            gap: Whether a gap was found, to be counted.
            foreign: How many items were left out for their language, to be counted.
        """
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        args: tuple[Argument, ...] = (
            _name(claim.slot),
            claim.slot.feed,
            claim.epoch,
            "" if wait is None else _milliseconds(wait),
            FEED_STATE.encode(state),
            int(entries is not None),
            " ".join(entries or ()),
            int(gap),
            foreign,
        )
        self._waiting.append((args, done))
        if self._saver is None:
            self._saver = asyncio.create_task(self._save_all(), name="save feed states")
        return await done

    async def _save_all(self) -> None:
        k = self._keys
        keys = (k.due, k.claims, k.feeds, k.entries, k.counters)
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
                try:
                    saved = await self._connection.run(
                        "save", keys, [arg for args, _ in batch for arg in args]
                    )
                except Exception as error:
                    for _, done in batch:
                        if not done.done():
                            done.set_exception(error)
                else:
                    for (_, done), mine in zip(batch, saved, strict=True):
                        if not done.done():
                            done.set_result(bool(mine))
                await asyncio.sleep(_SAVES_APART.total_seconds())
        finally:
            self._saver = None


def _state(feed: str, data: bytes | None) -> FeedState:
    """Read a feed's state; one that cannot be read costs one poll of the whole feed, no more."""
    if not data:
        return FeedState(feed)
    try:
        return FEED_STATE.decode(data)
    except UnreadableRecordError:
        return FeedState(feed)


def _claim(name: bytes, epoch: int, state: bytes) -> Claim:
    host, _, feed = name.decode().partition(" ")
    return Claim(Slot(feed, host), epoch, _state(feed, state))


def _name(slot: Slot) -> str:
    return f"{slot.host} {slot.feed}"


def _milliseconds(span: timedelta) -> int:
    return int(span / timedelta(milliseconds=1))
