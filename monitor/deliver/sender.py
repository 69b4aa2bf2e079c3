"""One alert: claim, send, record; look up what nobody knows.

The ledger says `sending` before anything goes out, and the entry is acknowledged in the transaction that says
`sent`: a crash at any point leaves an alert that is either surely unsent or can be looked up.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog

from monitor.deliver.account import Account
from monitor.deliver.cancellation import end_if_cancelled
from monitor.deliver.channel import Archive, Channel, Posted
from monitor.deliver.clock import Clock
from monitor.deliver.errors import (
    Ambiguous,
    DeliveryError,
    FirstGone,
    LookUpRefused,
    MessageRefused,
    NotSent,
)
from monitor.deliver.policy import OnUnknown, Policy
from monitor.deliver.ports import Outbox
from monitor.model import Alert, How, LedgerLine, LedgerState, Queued

_log = structlog.get_logger(__name__)

# What is remembered of a channel beside the ledger: a day of one message every twenty seconds.
_REMEMBERED = 5000


class Sender:
    """Delivers single alerts of one channel and remembers the messages it has seen there."""

    def __init__(
        self, name: str, channel: Channel, outbox: Outbox, account: Account, policy: Policy, clock: Clock
    ) -> None:
        self.sent = 0
        self.dead = 0
        self._name = name
        self._channel = channel
        self._archive = channel if isinstance(channel, Archive) else None
        self._outbox = outbox
        self._account = account
        self._policy = policy
        self._clock = clock
        self._known: dict[str, Posted] = {}
        self._swept = False
        self._blind = False
        self._waits_since: dict[str, float] = {}

    async def sweep(self) -> None:
        """Read the last day of the channel: it tells what was sent even where the ledger is lost.

        Where it was lost just now, what went out before may still be on its way.
        """
        if self._archive is None or self._swept:
            return
        since = self._clock.now() - self._policy.sweep
        try:
            found = await self._archive.history(self._name, since)
            late = self._policy.settle - await self._outbox.age()
            if found and late > timedelta(0):
                await self._clock.sleep(late.total_seconds())
                found = await self._archive.history(self._name, since)
            self._remember(found)
        except LookUpRefused as refused:
            await self._cannot_see(str(refused))
        self._swept = True

    async def recall(self, queued: Queued) -> bool:
        """Record the alert as sent if its message was seen in the channel: that takes no turn there."""
        found = self._known.get(queued.alert.id)
        if found is None:
            return False
        if self._archive is not None:
            await self._archive.complete(found, queued.alert)
        await self._record(queued, found)
        return True

    async def first(self, alert: Alert) -> Posted | None:
        """Return the message that the alert updates, None if it stands alone.

        Raises:
            NotSent: that message is still to be sent; the order is kept by waiting for it.
        """
        if alert.replaces is None or self._archive is None:
            return None
        if known := self._known.get(alert.replaces):
            return known
        line = await self._outbox.line(alert.replaces)
        if line.state is LedgerState.SENT:
            return Posted(line.channel, line.ts)
        if line.state is LedgerState.PARKED:
            return None
        started = self._waits_since.setdefault(alert.id, self._clock.monotonic())
        if self._clock.monotonic() - started > self._policy.patience.total_seconds():
            del self._waits_since[alert.id]
            return None
        raise NotSent("the message to update is not sent yet")

    async def deliver(self, queued: Queued, first: Posted | None) -> bool:
        """Send the alert, once, as the ledger allows.

        Args:
            queued: The alert.
            first: The message that it updates.

        Returns:
            Whether the alert is done with; False to come again: another holds it, or it is surely unsent.

        Raises:
            NotSent: see there; so do ChannelRefused and AccountRefused. The alert is kept.
        """
        line = await self._outbox.claim(queued.alert.id, self._policy.lease)
        if line.state is LedgerState.SENT:
            await self._record(queued, Posted(line.channel, line.ts))
            return True
        if line.state is LedgerState.PARKED:
            await self._bury(queued, line.note)
            return True
        if not line.mine:
            return False
        if line.state is LedgerState.SENDING:
            return await self._look_up(queued, line, first)
        return await self._send(queued, line, first)

    async def _send(self, queued: Queued, line: LedgerLine, first: Posted | None) -> bool:
        try:
            posted = await self._say(queued.alert, first)
        except Ambiguous as unknown:
            _log.warning("outcome unknown", alert=queued.alert.id, channel=self._name, reason=str(unknown))
            if self._archive is not None:  # what cannot be asked cannot tell more later
                await self._clock.sleep(self._policy.settle.total_seconds())
            return await self._look_up(queued, line, first)
        except MessageRefused as refused:
            await self._bury(queued, str(refused))
            return True
        except DeliveryError:
            await self._keep(lambda: self._outbox.unsent(queued.alert.id))
            raise
        await self._record(queued, posted)
        return True

    async def _say(self, alert: Alert, first: Posted | None) -> Posted:
        try:
            if self._archive is not None and first is not None:
                return await self._tell_change(self._archive, first, alert)
        except FirstGone:
            pass
        if alert.how is How.EDIT:
            return Posted(alert.channel, "")
        return await self._either(lambda plain: self._channel.post(alert, plain=plain))

    async def _tell_change(self, archive: Archive, first: Posted, alert: Alert) -> Posted:
        await self._edit(archive, first, alert)
        match alert.how:
            case How.EDIT:
                return first
            case How.POST:
                return await self._either(lambda plain: self._channel.post(alert, plain=plain))
        return await self._either(lambda plain: archive.reply(first, alert, plain=plain))

    async def _edit(self, archive: Archive, first: Posted, alert: Alert) -> None:
        try:
            await archive.update(first, alert)
        except Ambiguous as unknown:
            # An edit may be repeated, so nothing needs to be looked up.
            raise NotSent(str(unknown)) from unknown
        except MessageRefused as refused:
            _log.warning("not edited", alert=alert.id, channel=self._name, reason=str(refused))

    async def _either(self, say: Callable[[bool], Awaitable[Posted]]) -> Posted:
        try:
            return await say(False)
        except MessageRefused as refused:
            _log.warning("sent again as plain text", channel=self._name, reason=str(refused))
            return await say(True)

    async def _look_up(self, queued: Queued, line: LedgerLine, first: Posted | None) -> bool:
        """Decide an unknown outcome: record the message if it is there, else make the alert unsent."""
        if self._archive is not None:
            try:
                self._remember(await self._history(self._archive, line.since, first))
            except LookUpRefused as refused:
                await self._cannot_see(str(refused))
                if self._policy.on_unknown is OnUnknown.HOLD:
                    await self._bury(queued, f"unknown whether it was sent ({refused})")
                    return True
        if await self.recall(queued):
            return True
        await self._keep(lambda: self._outbox.unsent(queued.alert.id))
        # A channel that cannot be asked may have it already: at least once is all it can promise.
        return False

    async def _history(
        self, archive: Archive, since: datetime | None, first: Posted | None
    ) -> Mapping[str, Posted]:
        oldest = since or self._clock.now() - self._policy.sweep
        threads = [first.thread or first.ts] if first else []
        failures = 0
        while True:
            end_if_cancelled()
            try:
                return await archive.history(self._name, oldest, threads=threads)
            except NotSent as error:
                await self._clock.sleep(self._policy.wait(failures, error.retry_after).total_seconds())
                failures += 1

    def _remember(self, found: Mapping[str, Posted]) -> None:
        self._known |= found
        for alert in list(self._known)[: max(0, len(self._known) - _REMEMBERED)]:
            del self._known[alert]

    async def _cannot_see(self, reason: str) -> None:
        if not self._blind:
            self._blind = True
            await self._account.tell_ops(
                self._name,
                "cannot be read",
                f"The history of {self._name} cannot be read ({reason}): an alert whose sending breaks off "
                f"is {'held' if self._policy.on_unknown is OnUnknown.HOLD else 'sent again'}.",
            )

    # --- the ledger ----------------------------------------------------------------------------------------

    async def _record(self, queued: Queued, posted: Posted) -> None:
        self._remember({queued.alert.id: posted})
        await self._keep(lambda: self._outbox.sent(queued, channel=posted.channel, ts=posted.ts))
        self._waits_since.pop(queued.alert.id, None)
        self.sent += 1

    async def _bury(self, queued: Queued, reason: str) -> None:
        await self._keep(lambda: self._outbox.dead(queued, reason))
        self.dead += 1
        _log.error("dead letter", alert=queued.alert.id, channel=self._name, reason=reason)
        await self._account.tell_ops(
            self._name,
            f"dead {reason}",
            f"Alerts for {self._name} go to the dead letters ({reason}). "
            "See them with: newswire-monitor dead list",
        )

    async def _keep(self, write: Callable[[], Awaitable[None]]) -> None:
        """Write to the ledger until it is written: what has happened in the channel cannot be undone."""
        failures = 0
        while True:
            end_if_cancelled()
            try:
                return await write()
            except Exception as error:
                _log.error("the ledger cannot be written", channel=self._name, error=type(error).__name__)
            await self._clock.sleep(self._policy.wait(failures).total_seconds())
            failures += 1
