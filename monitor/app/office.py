"""What every role works with: the store, the settings in force, and chores that are done meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from rich.console import Console

from monitor.app.ops import OpsDesk
from monitor.app.reload import LiveSettings
from monitor.app.settings import Settings
from monitor.model import MendableError
from monitor.store import EmbeddedRedis, Retention, Store, StoreUnavailableError

BLOCK = timedelta(seconds=1)
REVIVE = timedelta(seconds=1)
# Longer than a planned cut may take to be confirmed and still be the same story (`Window.progress`).
STORIES = timedelta(days=60)
DECISIONS = timedelta(days=7)

log = structlog.get_logger(__name__)


class RoleError(MendableError):
    """A role cannot start as it was asked to; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Office:
    """What every role needs: the settings, the store, the environment, a terminal, and when to stop."""

    live: LiveSettings
    store: Store
    environ: Mapping[str, str]
    console: Console
    stop: asyncio.Event

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.live.current

    @property
    def ops(self) -> OpsDesk:
        """The line to the people who run the monitor."""
        return OpsDesk(self.store, self.settings.monitor.ops_channel, now)

    def consumer(self, role: str) -> str:
        """Return a name that is the same after a restart, so that a consumer finds what it had in hand.

        Several processes of one role on one machine need a number each: NEWSWIRE_MONITOR_NUMBER.
        """
        return f"{socket.gethostname()}-{role}-{self.environ.get('NEWSWIRE_MONITOR_NUMBER', '1')}"


def now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_store(settings: Settings, environ: Mapping[str, str]) -> AsyncIterator[Store]:
    """Open the store at REDIS_URL, else on an embedded Redis in the data folder."""
    retention = Retention(
        seen=settings.monitor.remember_items,
        items=settings.monitor.keep_items,
        decisions=max(DECISIONS, settings.monitor.keep_items),
        stories=STORIES,
        articles=settings.monitor.keep_articles,
    )
    async with _redis(settings, environ) as address, await Store.open(address, retention=retention) as store:
        for warning in store.warnings:
            log.warning("redis", problem=warning)
        yield store


@asynccontextmanager
async def _redis(settings: Settings, environ: Mapping[str, str]) -> AsyncIterator[str | Path]:
    """Return REDIS_URL, else run an embedded Redis, and start it again should it die."""
    if url := environ.get("REDIS_URL"):
        yield url
        return
    with EmbeddedRedis(settings.monitor.data) as server:

        async def revive() -> None:
            if server.pid is None:
                log.error("the embedded Redis died and is started again", data=str(server.folder))
                server.start()

        async with every(REVIVE, revive):
            yield server.socket


async def until_stopped(stop: asyncio.Event, step: Callable[[], Awaitable[object]], doing: str) -> None:
    """Repeat a step until stopped. While Redis is away, say so once and try again."""
    away = False
    while not stop.is_set():
        try:
            await step()
            away = False
        except StoreUnavailableError as error:
            if not away:
                log.warning(f"{doing} waits for Redis", problem=str(error))
            away = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), BLOCK.total_seconds())


@asynccontextmanager
async def every(interval: timedelta, chore: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """Do a chore now and then; one that fails is done the next time."""
    over = asyncio.Event()

    async def repeat() -> None:
        # redis-py may take a cancellation for a lost connection: it must not be the only sign to end.
        while not over.is_set():
            try:
                await chore()
            except StoreUnavailableError as error:
                log.info("a chore waits for Redis", problem=str(error))
            except Exception:
                log.exception("a chore failed and is tried again")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), interval.total_seconds())

    task = asyncio.create_task(repeat())
    try:
        yield
    finally:
        over.set()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
