"""The board, kept up with the desk: it is read step by step, so that pages are shown meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.web.board import Board
from monitor.web.ports import Desk, DeskUnavailableError

KEPT = timedelta(days=60)
FRESH = timedelta(seconds=5)
# Who looks waits so long after a reading began; what takes longer is shown as far as it is read.
PATIENCE = timedelta(milliseconds=25)


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the first reading is: so many of so many announcements, the newest first."""

    read: int
    of: int


class Keeper:
    """Keeps a board up with the desk; `clock` tells the time, aware."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock
        self._board = Board()
        self._looked: datetime | None = None
        self._of = 0
        self._task: asyncio.Task[None] | None = None
        self._patient_until = 0.0

    @property
    def reading(self) -> Reading | None:
        """How far the first reading is; None when it is done."""
        return Reading(len(self._board), max(self._of, len(self._board))) if self._looked is None else None

    async def board(self) -> Board:
        """Return the board as it is now, or will be in a moment.

        Raises:
            DeskUnavailableError: the desk cannot be asked.
        """
        if self._looked is None or self._clock() - self._looked >= FRESH:
            task = self._look()
            await asyncio.wait({task}, timeout=max(0.0, self._patient_until - _time()))
            if task.done():
                task.result()
        return self._board

    async def keep_up(self) -> None:
        """Read what is new; while the desk is away, nothing is."""
        with contextlib.suppress(DeskUnavailableError):
            await self._look()

    def _look(self) -> asyncio.Task[None]:
        """Return the task that reads what is new, one for all who wait for it."""
        if self._task is None or self._task.done():
            self._patient_until = _time() + PATIENCE.total_seconds()
            self._task = asyncio.create_task(self._read(), name="read the stories for the page")
        return self._task

    async def _read(self) -> None:
        now = self._clock()
        since = now - KEPT
        if self._looked is None:
            self._of = await self._desk.count(since)
        async for stories in self._desk.stories(since):
            self._board.take(stories)
        self._board.drop(since)
        self._looked = now


def _time() -> float:
    return asyncio.get_running_loop().time()
