from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from deliver_samples import alert
from outbox_contract import NOT_LONG, OutboxContract

from monitor.deliver.memory import MemoryOutbox
from monitor.model import Alert


class MemoryRig:
    def __init__(self) -> None:
        self._now = datetime(2026, 3, 2, tzinfo=UTC)
        self.outbox = MemoryOutbox(lambda: self._now)
        self.other = self.outbox.beside("deliver-2")

    async def put(self, alert: Alert) -> None:
        self.outbox.put(alert)

    async def expire_leases(self) -> None:
        self._now += timedelta(hours=1)

    async def pass_time(self, milliseconds: int) -> None:
        self._now += timedelta(milliseconds=milliseconds)


class TestMemoryOutbox(OutboxContract):
    @pytest.fixture
    def rig(self) -> MemoryRig:
        return MemoryRig()


async def test_after_a_restart_unacknowledged_alerts_come_again() -> None:
    rig = MemoryRig()
    await rig.put(alert("a"))
    await rig.outbox.next_alerts(count=1, block=NOT_LONG)
    (again,) = await rig.outbox.restarted().next_alerts(count=1, block=NOT_LONG)
    assert again.alert == alert("a")
