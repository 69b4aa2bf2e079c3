from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from outbox_contract import NOT_LONG, OutboxContract

from monitor.model import Alert, Candidate, Item, Reason
from monitor.store import Decision, Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class RedisRig:
    def __init__(self, store: Store) -> None:
        self.outbox = store.outbox("deliver-1")
        self.other = store.outbox("deliver-2")
        self._store = store

    async def put(self, alert: Alert) -> None:
        link = f"https://example.com/{alert.id}"
        item = Item("feed", "wire", alert.id, f"Release {alert.id}", "", link, NOON, NOON)
        await self._store.feeds.admit([Candidate(item)])
        reading = self._store.reading("reader")
        [entry] = await reading.read_items(count=1, block=NOT_LONG)
        assert await reading.commit(
            entry, Decision(Reason.ANNOUNCED, "feed", item.title, link), alerts=[alert]
        )

    async def expire_leases(self) -> None:
        # Leases run on the server's own clock; those of the contract last a millisecond.
        await self.pass_time(3)

    async def pass_time(self, milliseconds: int) -> None:
        await asyncio.sleep(milliseconds / 1000)


class TestRedisOutbox(OutboxContract):
    @pytest.fixture
    def rig(self, store: Store) -> RedisRig:
        return RedisRig(store)
