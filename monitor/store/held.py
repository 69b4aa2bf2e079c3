"""What waits for its time: the alerts of each channel and time, one a story, until they go out as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.model import Alert, Card
from monitor.store.codec import ALERT
from monitor.store.connection import Argument, Connection
from monitor.store.errors import UnreadableRecordError
from monitor.store.keys import Keys


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """What is held for one channel until `due`, in the order in which it came.

    `version` grows as more comes.
    """

    name: str
    due: datetime
    alerts: tuple[Alert[Card], ...]
    version: str


class Held:
    """The alerts that digests and quiet hours hold."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def due(self, now: datetime) -> Sequence[HeldGroup]:
        """Return the groups whose time has come. What cannot be read of a group is left out of it."""
        until = int(now.timestamp() * 1000)
        names = await self._connection.call("ZRANGEBYSCORE", self._keys.held, "-inf", until)
        return [await self._group(name.decode()) for name in names]

    async def _group(self, name: str) -> HeldGroup:
        found = dict(await self._connection.call("HGETALL", self._keys.held_group(name)))
        due = int(name.rpartition(" ")[2])
        version = found.pop(b"", b"").decode()
        alerts = [alert for record in found.values() if (alert := _readable(record))]
        alerts.sort(key=lambda alert: (alert.admitted, alert.id))
        return HeldGroup(name, datetime.fromtimestamp(due / 1000, UTC), tuple(alerts), version)

    async def release(self, group: HeldGroup, alert: Alert | None) -> bool:
        """Queue the alert that tells the group, and drop the group, in one step.

        False, and nothing is done, when more has come to the group since it was read, or it is gone.
        """
        k = self._keys
        ledger = k.ledger(alert.id) if alert else ""
        keys: list[Argument] = [k.held, k.held_group(group.name), k.alerts, k.counters, ledger]
        args: list[Argument] = [group.name, group.version, ALERT.encode(alert) if alert else b""]
        return bool(await self._connection.run("release", keys, args))


def _readable(data: bytes) -> Alert[Card] | None:
    try:
        alert = ALERT.decode(data)
    except UnreadableRecordError:
        return None
    return alert if isinstance(alert.card, Card) else None
