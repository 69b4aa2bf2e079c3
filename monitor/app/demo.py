"""The demo: the whole monitor, once, on sample releases that a wire on this machine serves.

Everything is what runs in production: HTTP, the sandboxed parser, Redis, the shipped rules and watchlists,
the deliverer. Only the wire is ours, and the alerts go to the terminal.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import structlog
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from monitor.app.office import Office, now
from monitor.app.reload import LiveSettings
from monitor.app.roles import make_deliverer, make_reader, polling
from monitor.app.settings import Settings, load_settings
from monitor.deliver.deliverer import Deliverer
from monitor.store import EmbeddedRedis, Store
from monitor.wire.poll import PollReport
from monitor.wire.replay import Release, ReplayFeed, ReplayWire

FEEDS = (
    ReplayFeed("marketwired", "Marketwired", "Sample releases", "rss"),
    ReplayFeed("regional", "Regional Press", "Sample stories", "atom"),
)
NO_BLOCK = timedelta(0)
LOOK_EVERY = timedelta(milliseconds=20)
LIVE = """
Watch live wires:  make run
Alert in Slack:    SLACK_BOT_TOKEN=xoxb-… make run  (or SLACK_WEBHOOK_URL=…)
Choose what, and who hears of it:  config/feeds.yaml, config/rules/, config/watchlists/
"""


@dataclass(slots=True)
class Tally:
    """What the demo counts over all polls."""

    polls: int = 0
    items: int = 0
    duplicates: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, reports: Sequence[PollReport]) -> None:
        """Count the reports of one round of polls."""
        self.polls += len(reports)
        self.items += sum(report.items for report in reports)
        self.duplicates += sum(report.duplicates for report in reports)
        self.problems += [f"{report.feed}: {report.note}" for report in reports if report.note]


async def run(config: Path, console: Console) -> None:
    """Run the demo to its end and print its summary.

    Raises:
        ConfigError: the configuration folder has mistakes.
        StoreError: no Redis server program is to be had.
    """
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))  # cards, not logs
    settings = load_settings(config)
    with EmbeddedRedis.throwaway() as server:
        async with await Store.open(server.socket) as store:
            await _run(settings, store, console)


async def _run(settings: Settings, store: Store, console: Console) -> None:
    began, tally = time.monotonic(), Tally()
    office = Office(LiveSettings(settings), store, {}, console, asyncio.Event())
    deliverer = make_deliverer(office)
    delivering = asyncio.create_task(deliverer.run())
    try:
        async with ReplayWire(FEEDS, clock=now) as wire:
            with _progress(console) as progress:
                await _rounds(office, wire, tally, deliverer, progress)
    finally:
        delivering.cancel()
        await asyncio.gather(delivering, return_exceptions=True)
    seconds = time.monotonic() - began
    sent = deliverer.status.sent
    counts = f"feeds {len(FEEDS)} · items {tally.items} · duplicates {tally.duplicates} · alerts {sent}"
    console.print(f"{counts} · seconds {seconds:.1f}", style="bold", highlight=False)
    for problem in tally.problems:
        console.print(problem, style="red")
    console.print(LIVE, highlight=False, markup=False)


async def _rounds(
    office: Office, wire: ReplayWire, tally: Tally, deliverer: Deliverer, progress: Progress
) -> None:
    """Publish and poll round by round: in the second one a correction appears, in the third nothing new."""
    releases = samples()
    step = progress.add_task("Starting", total=None)
    reader = make_reader(office)
    async with polling(office.settings.monitor.user_agent, office.store) as schedule:
        for number in range(1, max(releases) + 2):
            progress.update(step, description=f"Poll {number} of the sample wire")
            wire.publish(*releases.get(number, ()))
            tally.add(await schedule.run_once(wire.settings()))
            while await reader.step(NO_BLOCK):
                pass
            progress.update(step, description="Delivering")
            await _delivered(office.store, deliverer)


async def _delivered(store: Store, deliverer: Deliverer) -> None:
    """Wait until the outbox is empty."""
    while (status := await store.house.status()).alerts.waiting or status.alerts.pending:
        if deliverer.status.paused:
            return
        await asyncio.sleep(LOOK_EVERY.total_seconds())


def samples() -> dict[int, list[Release]]:
    """Return the sample releases by the round of polls in which they appear, published minutes ago."""
    rounds: dict[int, list[Release]] = {}
    lines = files("monitor.app").joinpath("samples.jsonl").read_text("utf-8").splitlines()
    for record in map(json.loads, lines):
        published = now() - timedelta(minutes=record["minutes_ago"])
        release = Release.from_record(record | {"published": published.isoformat()})
        rounds.setdefault(record["round"], []).append(release)
    return rounds


def _progress(console: Console) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
