"""Child processes in which hostile feeds may burn: limited in time, processor time and memory, killable."""

from __future__ import annotations

import asyncio
import math
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from monitor.wire.errors import FeedError, HostileError

T = TypeVar("T")

WORKERS = 2
WALL_SECONDS = 10.0
MEMORY_BYTES = 2**30
# Fresh processes now and then, so that whatever a parser leaks is given back.
_TASKS_OF_A_LIFE = 2_000


class Sandbox:
    """Runs functions in child processes. Use as an async context manager, or call `close`.

    Children come from a fork server that has the parser loaded, so that killing one costs milliseconds; and
    no child inherits threads, sockets or secrets of this process.

    Args:
        workers: How many children.
        seconds: Limit for one call, in wall time and in processor time.
        memory: Limit on a child's address space, in bytes.
    """

    def __init__(
        self, *, workers: int = WORKERS, seconds: float = WALL_SECONDS, memory: int = MEMORY_BYTES
    ) -> None:
        self._workers = workers
        self._seconds = seconds
        self._memory = memory
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["monitor.wire.parse"])
        self._pool = self._new_pool()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.close)

    def close(self) -> None:
        """End all children, and what they are doing."""
        self._pool.stop()
        self._pool.join()

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """Call `function(*args)` in a child and return its result. All of these must be picklable.

        Raises:
            FeedError: What the function raises of its own.
            HostileError: If it took too much time or memory, or raised anything else.
        """
        try:
            return await self._once(function, *args)
        except BrokenProcessPool:
            # All children died at once (out of memory, an operator's kill): not this feed's fault yet.
            await asyncio.to_thread(self.close)
            self._pool = self._new_pool()
        try:
            return await self._once(function, *args)
        except BrokenProcessPool:
            raise HostileError("the feed's content kills the process that parses it") from None

    async def _once(self, function: Callable[..., T], *args: Any) -> T:
        try:
            call = self._pool.schedule(_limited, (function, self._seconds, *args), timeout=self._seconds)
        except RuntimeError as error:
            raise BrokenProcessPool("the pool is closed") from error
        try:
            return await asyncio.wrap_future(call)
        except (FeedError, BrokenProcessPool):
            raise
        except TimeoutError:
            raise HostileError(f"the feed takes more than {self._seconds:g} s to parse") from None
        except (MemoryError, RecursionError):
            raise HostileError("the feed takes more memory to parse than any feed may") from None
        except ProcessExpired as error:
            raise HostileError(
                f"the feed's content kills the process that parses it (exit code {error.exitcode})"
            ) from None
        except Exception as error:
            raise HostileError(f"the parser fails on the feed: {type(error).__name__}: {error}") from error

    def _new_pool(self) -> Any:  # pebble leaves `stop` and `join` without types
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=_TASKS_OF_A_LIFE,
            initializer=_prepare,
            initargs=(self._memory,),
            context=self._context,
        )


def _prepare(memory: int) -> None:
    """Set up a child: limited memory, no core dumps, dies at once when told to or when its parent is gone."""
    # A handler in Python would run only after the regular expression that hangs.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _limited(function: Callable[..., T], seconds: float, *args: Any) -> T:
    """Call the function with that much processor time from now on; the kernel kills what takes more."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + seconds) + 1, hard))
    return function(*args)
