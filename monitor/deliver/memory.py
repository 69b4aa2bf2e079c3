"""An outbox in memory, for tests and trials: it promises what the real one does while the process lives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from monitor.model import Alert, LedgerLine, LedgerState, Queued

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class _Line:
    known: LedgerLine = field(default_factory=lambda: LedgerLine(LedgerState.NEW, mine=False))
    owner: str = ""
    until: datetime = _LONG_AGO


@dataclass
class _State:
    queue: list[Queued] = field(default_factory=list)
    pending: dict[str, str] = field(default_factory=dict)
    ledger: dict[str, _Line] = field(default_factory=dict)
    turns: dict[str, datetime] = field(default_factory=dict)
    server: str = ""
    serves_until: datetime = _LONG_AGO
    dead: list[tuple[Alert, str]] = field(default_factory=list)
    entries: int = 0
    born: datetime | None = None


class MemoryOutbox:
    """One consumer's view of an outbox; `beside` and `restarted` give others on the same state."""

    def __init__(self, now: Callable[[], datetime], consumer: str = "deliver-1") -> None:
        self._now = now
        self._consumer = consumer
        self._state = _State()
        self._given: set[str] = set()

    def beside(self, consumer: str) -> MemoryOutbox:
        """Return another consumer's view."""
        other = MemoryOutbox(self._now, consumer)
        other._state = self._state
        return other

    def restarted(self) -> MemoryOutbox:
        """Return the view of this consumer after a restart: its unacknowledged alerts come again."""
        return self.beside(self._consumer)

    @property
    def dead_letters(self) -> Sequence[tuple[Alert, str]]:
        """Alerts that cannot be delivered, with the reason."""
        return tuple(self._state.dead)

    @property
    def unacknowledged(self) -> int:
        """How many alerts are neither sent nor dead."""
        return len(self._state.queue)

    def put(self, alert: Alert) -> None:
        """Queue an alert."""
        self._state.entries += 1
        self._state.queue.append(Queued(str(self._state.entries), alert, 0))

    def lose_ledger(self) -> None:
        """Forget what was sent, as a wiped Redis does."""
        self._state.ledger.clear()

    async def serve(self, lease: timedelta) -> bool:
        """See `Outbox`."""
        state, now = self._state, self._now()
        if state.server not in ("", self._consumer) and now < state.serves_until:
            return False
        if state.server != self._consumer:
            self._given.clear()
            state.pending = dict.fromkeys(state.pending, self._consumer)
        state.server, state.serves_until = (self._consumer if lease else ""), now + lease
        return bool(lease)

    async def age(self) -> timedelta:
        """Return since when there is anything."""
        self._state.born = self._state.born or self._now()
        return self._now() - self._state.born

    async def turn(self, channel: str, every: timedelta) -> timedelta:
        """See `Outbox`."""
        now = self._now()
        following = self._state.turns.get(channel, now)
        if now < following:
            return following - now
        self._state.turns[channel] = now + every
        return timedelta()

    async def hold(self, channel: str, wait: timedelta) -> None:
        """See `Outbox`."""
        now = self._now()
        self._state.turns[channel] = max(self._state.turns.get(channel, now), now + wait)

    async def next_alerts(self, *, count: int, block: timedelta) -> Sequence[Queued]:
        """See `Outbox`."""
        taken = [queued for queued in self._state.queue if self._may_take(queued)][:count]
        for queued in taken:
            self._given.add(queued.entry)
            self._state.pending[queued.entry] = self._consumer
        if not taken:
            await asyncio.sleep(min(block.total_seconds(), 0.01))
        return taken

    def _may_take(self, queued: Queued) -> bool:
        holder = self._state.pending.get(queued.entry, self._consumer)
        return holder == self._consumer and queued.entry not in self._given

    async def claim(self, alert_id: str, lease: timedelta) -> LedgerLine:
        """See `Outbox`."""
        line, now = self._line(alert_id), self._now()
        found = line.known
        if found.state is LedgerState.SENDING and now < line.until:
            return found
        if found.state in (LedgerState.SENT, LedgerState.PARKED):
            return found
        if found.state is LedgerState.NEW:
            line.known = replace(found, state=LedgerState.SENDING, since=now)
        line.owner, line.until = self._consumer, now + lease
        return replace(line.known, state=found.state, mine=True)

    async def line(self, alert_id: str) -> LedgerLine:
        """See `Outbox`."""
        return self._line(alert_id).known

    async def sent(self, queued: Queued, *, channel: str, ts: str) -> None:
        """See `Outbox`."""
        line = self._line(queued.alert.id)
        if line.known.state is not LedgerState.SENT:
            line.known = replace(line.known, state=LedgerState.SENT, channel=channel, ts=ts)
        self._acknowledge(queued)

    async def unsent(self, alert_id: str) -> None:
        """See `Outbox`."""
        line = self._line(alert_id)
        if line.known.state is LedgerState.SENDING and line.owner == self._consumer:
            line.known = LedgerLine(LedgerState.NEW, mine=False)

    async def dead(self, queued: Queued, reason: str) -> None:
        """See `Outbox`."""
        if self._acknowledge(queued):
            self._line(queued.alert.id).known = LedgerLine(LedgerState.PARKED, mine=False, note=reason)
            self._state.dead.append((queued.alert, reason))

    def _line(self, alert_id: str) -> _Line:
        return self._state.ledger.setdefault(alert_id, _Line())

    def _acknowledge(self, queued: Queued) -> bool:
        before = len(self._state.queue)
        self._state.queue[:] = [one for one in self._state.queue if one.entry != queued.entry]
        return len(self._state.queue) < before
