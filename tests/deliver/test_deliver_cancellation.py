from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

from deliver_samples import POLICY, FastClock, alert
from fakes.slack import FakeSlack

from monitor.deliver.cancellation import end_if_cancelled
from monitor.deliver.deliverer import Deliverer
from monitor.deliver.memory import MemoryOutbox
from monitor.deliver.slack import SlackChannel


async def test_a_loop_that_swallowed_its_cancellation_ends_at_the_next_look() -> None:
    async def deaf() -> None:
        while True:
            end_if_cancelled()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(10)

    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 5)
    assert task.cancelled()


class Deaf(MemoryOutbox):
    """Takes a cancellation for a lost connection, as redis-py may."""

    def beside(self, consumer: str) -> MemoryOutbox:
        raise NotImplementedError

    async def turn(self, channel: str, every: timedelta) -> timedelta:
        try:
            await asyncio.sleep(0.05)
        except asyncio.CancelledError:
            raise ConnectionError from None
        return await super().turn(channel, every)


async def test_a_deliverer_ends_though_its_store_swallows_cancellations() -> None:
    clock = FastClock()
    async with FakeSlack() as slack:
        outbox = Deaf(clock.now)
        for number in range(20):
            outbox.put(alert(str(number)))
        channel = SlackChannel(slack.token, url=slack.url)
        task = asyncio.create_task(Deliverer(outbox, channel, policy=POLICY, clock=clock).run())
        while not slack.calls("chat.postMessage"):  # noqa: ASYNC110  # in a server
            await asyncio.sleep(0.002)
        task.cancel()
        await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 5)
