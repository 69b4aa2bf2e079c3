"""The account all channels share: one refusal pauses every channel, one success resumes them."""

from __future__ import annotations

import asyncio

import structlog

from monitor.deliver.channel import Channel
from monitor.deliver.clock import Clock
from monitor.deliver.errors import DeliveryError
from monitor.deliver.policy import Policy

_log = structlog.get_logger(__name__)


class Account:
    """A gate in front of every send, and the line to ops."""

    def __init__(self, channel: Channel, policy: Policy, clock: Clock) -> None:
        self._channel = channel
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

    async def tell_ops(self, note: str) -> None:
        """Log a line, and post it where ops read. Posted at most once: a lost one is in the log."""
        _log.warning("told ops", note=note)
        if not self._policy.ops:
            return
        try:
            await self._channel.notify(self._policy.ops, note)
        except DeliveryError as error:
            _log.error("ops cannot be told", note=note, reason=str(error))
