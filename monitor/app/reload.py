"""A changed configuration comes into force while the roles run; one with mistakes changes nothing."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import structlog

from monitor.app.settings import MonitorFile, Settings, load_settings
from monitor.config.problems import ConfigError

LOOK_EVERY = timedelta(seconds=2)
# What is built into connections at the start.
_NEEDS_RESTART = ("contact", "data", "remember_items")

Prints: TypeAlias = Mapping[Path, tuple[int, int]]
Tell: TypeAlias = Callable[[str, str], Awaitable[None]]
"""Tells ops something: a key that it alone has, and a text."""

log = structlog.get_logger(__name__)


class LiveSettings:
    """The settings in force, and whoever must hear when others come into force.

    `problem` is why the folder as it stands is refused; empty when it is in force.
    """

    def __init__(self, settings: Settings) -> None:
        self.current = settings
        self.problem = ""
        self._known = prints(settings.folder)
        self._asked = asyncio.Event()
        self._listeners: list[Callable[[Settings], Awaitable[None]]] = []

    def on_change(self, apply: Callable[[Settings], Awaitable[None]]) -> None:
        """Have settings applied when they come into force."""
        self._listeners.append(apply)

    def ask(self) -> None:
        """Ask for a reload, as SIGHUP does, whether or not a file has changed."""
        self._asked.set()

    @asynccontextmanager
    async def watched(self, tell: Tell, look_every: timedelta = LOOK_EVERY) -> AsyncIterator[None]:
        """Watch for changes meanwhile; `tell` hears of a configuration that is refused."""
        task = asyncio.create_task(self.watch(tell, look_every), name="watch the configuration")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def watch(self, tell: Tell, look_every: timedelta = LOOK_EVERY) -> None:
        """Reload when asked to and when a file has changed and then rested; never returns."""
        moving = self._known
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), look_every.total_seconds())
            seen = await asyncio.to_thread(prints, self.current.folder)
            rested = seen != self._known and seen == moving
            moving = seen
            if rested or self._asked.is_set():
                self._asked.clear()
                self._known = seen
                await self.reload(tell)

    async def reload(self, tell: Tell) -> bool:
        """Take the folder's settings into force; False, and nothing has changed, if it has mistakes."""
        try:
            settings = await asyncio.to_thread(load_settings, self.current.folder)
        except ConfigError as error:
            await self._refuse(str(error), tell)
            return False
        self.problem = ""
        for key in _beyond_reload(self.current.monitor, settings.monitor):
            log.warning("takes effect after a restart", key=key, file="monitor.yaml")
        self.current = settings
        for apply in self._listeners:
            await apply(settings)
        log.info("configuration reloaded", folder=str(settings.folder))
        return True

    async def _refuse(self, problem: str, tell: Tell) -> None:
        log.error("configuration refused, the last good one stays in force", problem=problem)
        if problem != self.problem:
            self.problem = problem
            what = f"{sorted(self._known.items())}{problem}".encode()
            key = f"configuration {hashlib.blake2b(what, digest_size=8).hexdigest()}"
            await tell(key, f"A changed configuration is not in force, the last good one is. {problem}")


def prints(folder: Path) -> Prints:
    """Return time of change (ns) and size (bytes) of every file of a folder; what vanishes is left out."""
    found = {}
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file():
                status = path.stat()
                found[path] = (status.st_mtime_ns, status.st_size)
    return found


def _beyond_reload(before: MonitorFile, after: MonitorFile) -> list[str]:
    return [key for key in _NEEDS_RESTART if getattr(before, key) != getattr(after, key)]
