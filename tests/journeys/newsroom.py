"""The whole program for a journey: a wire, Redis, Slack, and the roles between them."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fakes.slack import FakeSlack
from rich.console import Console

from monitor.app.office import Office
from monitor.app.reload import LiveSettings
from monitor.app.roles import article_desk, deliver, make_reader, polling
from monitor.app.settings import load_settings
from monitor.deliver.policy import Policy
from monitor.store import Store
from monitor.wire.feeds import Feed, FeedFile
from monitor.wire.poll import PollReport
from monitor.wire.replay import Release, ReplayFeed, ReplayWire

CONFIG = Path(__file__).parents[2] / "config"
FEEDS = (
    ReplayFeed("alpha", "Alpha Wire", "Alpha Wire news", "rss"),
    ReplayFeed("beta", "Beta Wire", "Beta Wire news", "atom"),
)
QUICK = Policy(every=timedelta(milliseconds=10), settle=timedelta(milliseconds=200))


def release(
    number: int = 120, *, guid: str = "r1", feed: str = "alpha", title: str = "", link: str = ""
) -> Release:
    """Return a release in which Harlow Instruments cuts `number` jobs at its plant in Dayton."""
    return Release(
        feed=feed,
        guid=guid,
        title=title or "Harlow Instruments to Reduce Workforce in Dayton",
        text=(
            "DAYTON, Ohio, Nov. 23, 2026 /PRNewswire/ -- Harlow Instruments, Inc. (NASDAQ: HRLW) today"
            f" announced that it will eliminate approximately {number} positions at its plant in Dayton,"
            " Ohio, as orders have weakened. Affected employees will receive severance.\n\n"
            "About Harlow Instruments\n\nHarlow Instruments makes flow meters. It employs 1,900 people in"
            " Dayton, Ohio, and Leeds, England."
        ),
        link=link or f"https://wire.example/{guid}",
        published=datetime.now(UTC) - timedelta(minutes=5),
        issuer="Harlow Instruments, Inc.",
    )


@dataclass
class Newsroom:
    """A running wire, store and Slack; each stage is started by hand."""

    office: Office
    wire: ReplayWire
    slack: FakeSlack

    async def poll(self, *feeds: Feed) -> list[PollReport]:
        """Poll every feed of the wire once, or just the given ones."""
        async with polling("journey/1", self.office.store) as schedule:
            return await schedule.run_once(feeds or self.wire.settings())

    async def read(self) -> int:
        """Read what was admitted; return how many items that was."""
        async with article_desk(self.office) as articles:
            reader, count = make_reader(self.office, articles), 0
            while handled := await reader.step(timedelta(0)):
                count += handled
            await reader.finish()
        return count

    async def deliver(self, expected: int) -> None:
        """Run the deliverer until the outbox is empty and `expected` posts were made, then stop it."""
        task = asyncio.create_task(deliver(self.office, QUICK))
        try:
            async with asyncio.timeout(20):
                while not await self._empty() or len(self.slack.calls("chat.postMessage")) < expected:
                    await asyncio.sleep(0.01)
        finally:
            self.office.stop.set()
            await task
            self.office.stop.clear()

    async def _empty(self) -> bool:
        alerts = (await self.office.store.house.status()).alerts
        return not alerts.waiting and not alerts.pending


@asynccontextmanager
async def newsroom(store: Store) -> AsyncIterator[Newsroom]:
    """Open a newsroom on the shipped rules and watchlists."""
    async with FakeSlack() as slack, ReplayWire(FEEDS, clock=lambda: datetime.now(UTC)) as wire:
        settings = replace(load_settings(CONFIG), feeds=FeedFile(feeds=wire.settings()))
        environ = {"SLACK_BOT_TOKEN": slack.token, "SLACK_API_URL": slack.url}
        office = Office(LiveSettings(settings), store, environ, Console(file=io.StringIO()), asyncio.Event())
        yield Newsroom(office, wire, slack)
