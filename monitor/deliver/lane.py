"""One channel's alerts, one after the other, at the channel's pace."""

from __future__ import annotations

import asyncio
from collections import deque

import structlog

from monitor.deliver.account import Account
from monitor.deliver.cancellation import end_if_cancelled
from monitor.deliver.clock import Clock
from monitor.deliver.errors import AccountRefused, ChannelRefused, NotSent
from monitor.deliver.policy import Policy
from monitor.deliver.ports import Outbox
from monitor.deliver.sender import Sender
from monitor.model import Queued

_log = structlog.get_logger(__name__)


class Lane:
    """Keeps the order within a channel: an alert leaves when it is sent or dead, and not before."""

    def __init__(
        self, name: str, sender: Sender, outbox: Outbox, account: Account, policy: Policy, clock: Clock
    ) -> None:
        self.name = name
        self.sender = sender
        self.parked = ""
        self._outbox = outbox
        self._account = account
        self._policy = policy
        self._clock = clock
        self._waiting: deque[Queued] = deque()
        self._entries: set[str] = set()
        self._filled = asyncio.Event()
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._stopping = False

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, queued: Queued) -> None:
        """Put an alert at the end."""
        self._waiting.append(queued)
        self._entries.add(queued.entry)
        self._filled.set()

    def holds(self, entry: str) -> bool:
        """Whether the alert of this stream entry is in the lane."""
        return entry in self._entries

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            while self._waiting:
                await self._deliver(self._waiting[0])
                self._entries.discard(self._waiting.popleft().entry)
            self._filled.clear()
            await self._filled.wait()

    async def rest(self) -> None:
        """Begin nothing new; return when nothing is between its claim and its record."""
        self._stopping = True
        await self._at_rest.wait()

    async def _deliver(self, queued: Queued) -> None:
        failures = 0
        while True:
            end_if_cancelled()
            wait = self._policy.wait(failures)
            try:
                if await self._attempt(queued):
                    self.parked = ""
                    return
            except AccountRefused as refused:
                await self._account.pause(str(refused))
                continue
            except ChannelRefused as refused:
                await self._park(str(refused))
                wait = max(wait, self._policy.park)
            except NotSent as error:
                wait = max(wait, error.retry_after or wait)
                _log.info("not sent", alert=queued.alert.id, channel=self.name, reason=str(error))
            except Exception as error:
                # The store is away, or a defect of ours: the alert is kept and its channel waits.
                _log.error("delivery fails", alert=queued.alert.id, error=type(error).__name__)
            await self._clock.sleep(wait.total_seconds())
            failures += 1

    async def _attempt(self, queued: Queued) -> bool:
        await self._account.ready()
        await self.sender.sweep()
        if await self.sender.recall(queued):
            return True
        first = await self.sender.first(queued.alert)
        await self._turn()
        if self._stopping:
            end_if_cancelled()
            await asyncio.Event().wait()
        self._at_rest.clear()
        try:
            return await self.sender.deliver(queued, first)
        except NotSent as error:
            if error.retry_after:
                await self._outbox.hold(self.name, error.retry_after)
            raise
        finally:
            self._at_rest.set()

    async def _turn(self) -> None:
        while wait := await self._outbox.turn(self.name, self._policy.every):
            await self._clock.sleep(wait.total_seconds())

    async def _park(self, reason: str) -> None:
        if not self.parked:
            self.parked = reason
            await self._account.tell_ops(
                self.name,
                f"refuses {reason}",
                f"Alerts for {self.name} wait: the channel refuses them ({reason}). Others go on.",
            )
        self.parked = reason
