"""The deliver role: takes alerts from the outbox and gives each to its channel's lane."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from monitor.deliver.account import Account
from monitor.deliver.cancellation import end_if_cancelled
from monitor.deliver.channel import Channel
from monitor.deliver.clock import Clock, SystemClock
from monitor.deliver.lane import Lane
from monitor.deliver.policy import Policy
from monitor.deliver.ports import Ops, Outbox
from monitor.deliver.sender import Sender
from monitor.model import Queued

_log = structlog.get_logger(__name__)

_BATCH = 100
_BLOCK = timedelta(seconds=2)
# Alerts in memory over all lanes that are not parked; the rest waits in the outbox.
_MOST_WAITING = 2000


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """What ops want to know: why the account is paused, which channels are parked and why, and counts.

    `sent` and `dead` count since this deliverer serves the outbox.
    """

    paused: str
    parked: Mapping[str, str]
    waiting: int
    sent: int
    dead: int


class Deliverer:
    """Delivers what the outbox holds, in order within a channel, channels side by side.

    Of several deliverers on one outbox one serves it and the others stand by: Slack takes a message a second
    and channel, which one process has no trouble to send, and so the order holds over all of them.
    """

    def __init__(
        self,
        outbox: Outbox,
        channel: Channel,
        *,
        ops: Ops | None = None,
        policy: Policy | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._outbox = outbox
        self._channel = channel
        policy = policy or Policy()
        self._policy = replace(policy, ops=policy.ops and channel.place(policy.ops))
        self._clock = clock or SystemClock()
        self._account = Account(channel, ops, self._policy, self._clock)
        self._lanes: dict[str, Lane] = {}
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def status(self) -> DeliveryStatus:
        """The present state."""
        lanes = self._lanes.values()
        return DeliveryStatus(
            paused=self._account.paused,
            parked={lane.name: lane.parked for lane in lanes if lane.parked},
            waiting=sum(map(len, lanes)),
            sent=sum(lane.sender.sent for lane in lanes),
            dead=sum(lane.sender.dead for lane in lanes),
        )

    async def run(self) -> None:
        """Deliver until cancelled; then let sends in flight finish for `Policy.grace`."""
        try:
            await self._feed_lanes()
        finally:
            await self._stop()

    async def _feed_lanes(self) -> None:
        failures = 0
        while True:
            end_if_cancelled()
            try:
                if not await self._outbox.serve(self._policy.serve):
                    await self._stand_by()
                    continue
                queued = await self._next()
                failures = 0
            except Exception as error:
                _log.error("the outbox cannot be read", error=type(error).__name__)
                await self._clock.sleep(self._policy.wait(failures).total_seconds())
                failures += 1
                continue
            fresh = [one for one in queued if not self._lane(one).holds(one.entry)]
            for one in fresh:
                self._lane(one).add(one)
            # An outbox hands out again what is long unacknowledged, such as the alerts of a parked channel.
            if queued and not fresh:
                await self._clock.sleep(self._policy.backoff.total_seconds())

    async def _next(self) -> Sequence[Queued]:
        if sum(len(lane) for lane in self._lanes.values() if not lane.parked) > _MOST_WAITING:
            await self._clock.sleep(self._policy.backoff.total_seconds())
            return ()
        return await self._outbox.next_alerts(count=_BATCH, block=min(_BLOCK, self._policy.serve / 4))

    async def _stand_by(self) -> None:
        if self._lanes:
            _log.warning("another deliverer has taken the outbox over")
            await self._rest()
            self._lanes.clear()
            self._tasks.clear()
        await self._clock.sleep((self._policy.serve / 4).total_seconds())

    def _lane(self, queued: Queued) -> Lane:
        name = self._channel.place(queued.alert.channel)
        if name not in self._lanes:
            sender = Sender(name, self._channel, self._outbox, self._account, self._policy, self._clock)
            self._lanes[name] = Lane(name, sender, self._outbox, self._account, self._policy, self._clock)
            self._tasks.append(asyncio.create_task(self._lanes[name].run(), name=f"deliver {name}"))
        return self._lanes[name]

    async def _stop(self) -> None:
        await self._rest()
        with contextlib.suppress(Exception):  # the lease runs out by itself
            await self._outbox.serve(timedelta())

    async def _rest(self) -> None:
        """Let what is in flight finish, and forget the rest: it stays in the outbox."""
        resting = [asyncio.ensure_future(lane.rest()) for lane in self._lanes.values()]
        if resting:
            await asyncio.wait(resting, timeout=self._policy.grace.total_seconds())
        for task in (*resting, *self._tasks):
            task.cancel()
        await asyncio.gather(*resting, *self._tasks, return_exceptions=True)
