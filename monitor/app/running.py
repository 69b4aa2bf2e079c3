"""The store of a running monitor, for a command that asks it something."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from monitor.app.settings import Settings
from monitor.model import MendableError
from monitor.store import EmbeddedRedis, Store, StoreUnavailableError

# A running store answers at once; people who ask while none runs are told so soon.
PATIENCE = timedelta(seconds=5)


class NoMonitorError(MendableError):
    """No monitor can be asked; the message says where it was looked for, and what to do."""


def address(settings: Settings, environ: Mapping[str, str]) -> str | Path:
    """Return where the store of a running monitor is reached: REDIS_URL, else the data folder's socket."""
    return environ.get("REDIS_URL") or EmbeddedRedis(settings.monitor.data).socket


@asynccontextmanager
async def running_store(settings: Settings, environ: Mapping[str, str]) -> AsyncIterator[Store]:
    """Open the store of a running monitor.

    Raises:
        NoMonitorError: none answers.
        StoreRefusedError: address, credentials, version or settings do not do.
    """
    where, data = address(settings, environ), settings.monitor.data.absolute()
    if isinstance(where, Path) and not where.exists():
        raise NoMonitorError(
            f"no monitor runs on {data}: start one (newswire-monitor run), "
            "or set REDIS_URL to the Redis of one that runs elsewhere"
        )
    try:
        store = await Store.open(where, ready_within=PATIENCE)
    except StoreUnavailableError as error:
        mend = f"is the monitor on {data} running?" if isinstance(where, Path) else "is REDIS_URL right?"
        raise NoMonitorError(f"Redis does not answer; {mend} {error}") from error
    async with store:
        yield store
