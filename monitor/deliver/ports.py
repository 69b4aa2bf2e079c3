"""What delivery needs of a store, and what it asks of a channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from monitor.model import LedgerLine, Queued


class Outbox(Protocol):
    """The alerts to deliver and the ledger of what was sent. All times are the store's clock."""

    async def serve(self, lease: timedelta) -> bool:
        """Take or keep the outbox: one deliverer serves it at a time, so that alerts leave in their order.

        False while another does. Whoever takes it over is handed what that one had in hand, in its order. A
        lease of zero gives the outbox up.
        """
        ...

    async def age(self) -> timedelta:
        """Return for how long the store has known anything: one that was emptied is young again."""
        ...

    async def turn(self, channel: str, every: timedelta) -> timedelta:
        """Take a channel's turn to be sent to; return zero, or how long to wait before asking again.

        Turns of a channel are `every` apart, over all deliverers.
        """
        ...

    async def hold(self, channel: str, wait: timedelta) -> None:
        """Give nobody a turn of the channel for so long."""
        ...

    async def next_alerts(self, *, count: int, block: timedelta) -> Sequence[Queued]:
        """Return alerts of this consumer: first its own pending ones, then abandoned ones, then new ones.

        An entry that is neither sent nor dead may be handed out again; the deliverer knows it by `entry`.
        """
        ...

    async def claim(self, alert_id: str, lease: timedelta) -> LedgerLine:
        """Take the alert for sending, by compare-and-set: not `mine` if sent, parked or leased by another.

        The state returned is the one found. NEW and `mine`: send it; the line is SENDING since now. SENDING
        and `mine`: the lease of an earlier attempt ran out (`since` is when that began), its outcome is
        unknown and must be looked up before the alert is sent again.
        """
        ...

    async def line(self, alert_id: str) -> LedgerLine:
        """Return the record without claiming."""
        ...

    async def sent(self, queued: Queued, *, channel: str, ts: str) -> None:
        """Record the message and acknowledge the entry, in one transaction."""
        ...

    async def unsent(self, alert_id: str) -> None:
        """Record that the attempt certainly did not reach the channel: the line is NEW again.

        Does nothing when another has taken the alert since.
        """
        ...

    async def dead(self, queued: Queued, reason: str) -> None:
        """Move the alert to the dead letters with the reason and acknowledge it, in one transaction."""
        ...


class Ops(Protocol):
    """Tells the people who run the monitor."""

    async def tell(self, key: str, text: str) -> None:
        """Say a line of plain text, once for each key."""
        ...
