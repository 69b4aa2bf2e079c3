"""What delivery needs: the alerts to send, and the ledger of what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from uuid import uuid4

from monitor.model import LedgerLine, LedgerState, Queued
from monitor.store.codec import ALERT
from monitor.store.connection import Argument, Connection, Script
from monitor.store.consumer import Consumer
from monitor.store.dead import DeadLetters
from monitor.store.errors import StoreUnavailableError, UnreadableRecordError
from monitor.store.keys import DELIVERERS, Keys
from monitor.store.records import Retention

_TOOK_OVER = 2


class AlertOutbox:
    """The alerts for one deliverer and the ledger of all (`monitor.deliver.ports.Outbox`).

    All times are those of Redis' clock, so that deliverers on machines with other clocks agree on leases.
    """

    def __init__(
        self, connection: Connection, keys: Keys, retention: Retention, consumer: Consumer, dead: DeadLetters
    ) -> None:
        self._connection = connection
        self._keys = keys
        self._keep = int(retention.ledger / timedelta(seconds=1))
        self._consumer = consumer
        self._dead = dead
        self._tokens: dict[str, str] = {}

    async def serve(self, lease: timedelta) -> bool:
        """Take or keep the outbox: one deliverer serves it at a time, so that alerts leave in their order.

        What another had in hand is handed out to this one first. A lease of zero gives the outbox up.
        """
        k, name = self._keys, self._consumer.name
        reply = await self._connection.run(
            "serve", [k.deliverer, k.alerts, k.counters], [DELIVERERS, name, _ms(lease)]
        )
        if reply == _TOOK_OVER:
            self._consumer.recover()
        return bool(reply)

    async def age(self) -> timedelta:
        """Return for how long the store has known anything: one that was emptied is young again."""
        seconds, micros = await self._connection.call("TIME")
        now = int(seconds) * 1000 + int(micros) // 1000
        await self._connection.call("SET", self._keys.born, now, "NX")
        return timedelta(milliseconds=now - int(await self._connection.call("GET", self._keys.born)))

    async def turn(self, channel: str, every: timedelta) -> timedelta:
        """Take a channel's turn to be sent to; return zero, or how long to wait before asking again.

        Turns of a channel are `every` apart, over all deliverers.
        """
        wait = await self._connection.run("turn", [self._keys.turn(channel)], [_ms(every), 0])
        return timedelta(milliseconds=wait)

    async def hold(self, channel: str, wait: timedelta) -> None:
        """Give nobody a turn of the channel for so long."""
        await self._connection.run("turn", [self._keys.turn(channel)], [0, _ms(wait)])

    async def next_alerts(self, *, count: int, block: timedelta) -> Sequence[Queued]:
        """Return alerts of this deliverer: its own pending ones, then abandoned ones, then new ones.

        Own pending ones come at the start and after an error; an alert that was handed out and neither sent
        nor moved to the dead letters comes again when it counts as abandoned, however often: it is for the
        deliverer to give up on one. An alert that cannot be read goes to the dead letters.
        """
        alerts: list[Queued] = []
        for handed in await self._consumer.take(count=count, block=block):
            try:
                alerts.append(Queued(handed.entry, ALERT.decode(handed.payload), handed.attempts))
            except UnreadableRecordError as error:
                await self._dead.bury(self._consumer.queue, handed.entry, f"unreadable: {error}")
        return alerts

    async def claim(self, alert_id: str, lease: timedelta) -> LedgerLine:
        """Take the alert for sending, by compare-and-set: not `mine` if sent, parked or leased by another.

        The state returned is the one found. NEW and `mine`: send it; the line is SENDING since now. SENDING
        and `mine`: an earlier attempt's lease ran out, its outcome is unknown and must be looked up before it
        is sent again; `since` is when that attempt began.
        """
        token = uuid4().hex
        reply = await self._connection.run("claim", [self._keys.ledger(alert_id)], [token, _ms(lease)])
        state, mine, since, *told = reply
        line = _line(state, since, told, mine=bool(mine))
        if line.mine:
            self._tokens[alert_id] = token
        return line

    async def line(self, alert_id: str) -> LedgerLine:
        """Return the record without claiming; NEW for an alert never heard of."""
        fields = ("state", "since", "channel", "ts", "note")
        found = await self._connection.call("HMGET", self._keys.ledger(alert_id), *fields)
        state, since, *told = found
        return _line(state or b"new", int(since or 0), [part or b"" for part in told], mine=False)

    async def sent(self, queued: Queued, *, channel: str, ts: str) -> None:
        """Record the message and acknowledge the entry, in one transaction."""
        await self._finish(
            "sent",
            [self._keys.ledger(queued.alert.id), self._keys.alerts, self._keys.counters],
            [DELIVERERS, queued.entry, channel, ts, self._keep],
        )
        self._tokens.pop(queued.alert.id, None)

    async def unsent(self, alert_id: str) -> None:
        """Record that the attempt certainly did not reach the channel: the line is NEW again.

        Does nothing when the lease has run out and another deliverer has taken the alert.
        """
        token = self._tokens.get(alert_id, "")
        await self._finish("unsent", [self._keys.ledger(alert_id)], [token])
        self._tokens.pop(alert_id, None)

    async def dead(self, queued: Queued, reason: str) -> None:
        """Move the alert to the dead letters with the reason and acknowledge it, in one transaction."""
        await self._dead.bury(self._consumer.queue, queued.entry, reason, alert=queued.alert.id)
        self._tokens.pop(queued.alert.id, None)

    async def _finish(self, script: Script, keys: Sequence[Argument], args: Sequence[Argument]) -> None:
        try:
            await self._connection.run(script, keys, args)
        except StoreUnavailableError:
            self._consumer.recover()
            raise


def _ms(duration: timedelta) -> int:
    return ceil(duration / timedelta(milliseconds=1))


def _line(state: bytes, since: int, told: Sequence[bytes], *, mine: bool) -> LedgerLine:
    channel, ts, note = (part.decode() for part in told)
    began = datetime.fromtimestamp(since / 1000, UTC) if since else None
    return LedgerLine(LedgerState(state.decode()), mine, began, channel, ts, note)
