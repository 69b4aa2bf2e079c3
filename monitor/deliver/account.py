"""The account all channels share: one refusal pauses every channel, one success resumes them."""

from __future__ import annotations

import asyncio

import structlog

from monitor.deliver.channel import Channel
from monitor.deliver.clock import Clock
from monitor.deliver.errors import DeliveryError
from monitor.deliver.policy import Policy
from monitor.deliver.ports import Ops

_log = structlog.get_logger(__name__)


class Account:
    """A gate in front of every send, and the line to ops."""

    def __init__(self, channel: Channel, ops: Ops | None, policy: Policy, clock: Clock) -> None:
        self._channel = channel
        self._ops = ops
        self._policy = policy
        self._clock = clock
        self._open = asyncio.Event()
        self._open.set()
        self.paused = ""

    async def ready(self) -> None:
        """Return when the account is in order."""
        await self._open.wait()

    async def pause(self, reason: str) -> None:
        """Hold every channel until the account answers again."""
        if self.paused:
            await self.ready()
            return
        self.paused = reason
        self._open.clear()
        _log.error("the account is refused; alerts wait in the queue", reason=reason)
        try:
            await self._until_it_answers()
        finally:
            self.paused = ""
            self._open.set()
        _log.info("the account is in order again")

    async def _until_it_answers(self) -> None:
        while True:
            await self._clock.sleep(self._policy.pause.total_seconds())
            try:
                return await self._channel.probe()
            except DeliveryError as error:
                self.paused = str(error)

    async def tell_ops(self, about: str, problem: str, note: str) -> None:
        """Tell ops of a channel's trouble, once a day; of that of their own channel only the log tells.

        Args:
            about: The channel.
            problem: What is wrong there, as part of the notice's key.
            note: What to say.
        """
        _log.warning("trouble with a channel", channel=about, note=note)
        if self._ops is None or about == self._policy.ops:
            return
        try:
            await self._ops.tell(f"{about} {problem} {self._clock.now():%Y-%m-%d}", note)
        except Exception as error:
            _log.error("ops cannot be told", note=note, error=type(error).__name__)
