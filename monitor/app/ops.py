"""The line to the people who run the monitor. Rooms know it by a Protocol of their own: `tell(key, text)`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from monitor.alert.notices import notice
from monitor.store import Store

_log = structlog.get_logger(__name__)


class OpsDesk:
    """Tells ops by way of the outbox: what was once queued is delivered, once, through crashes.

    Args:
        store: Holds the outbox.
        channel: Where ops read; "" for nowhere, then only the log tells.
        clock: Tells the time, aware.
    """

    def __init__(self, store: Store, channel: str, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._channel = channel
        self._clock = clock

    async def tell(self, key: str, text: str) -> None:
        """Say one line of plain text. A key that was told before is told no more, by whomever.

        Raises:
            StoreUnavailableError: try again; telling twice is harmless.
        """
        if self._channel and not await self._store.house.queue(
            notice(key, text, self._channel, self._clock())
        ):
            return
        _log.warning("ops are told", key=key, text=text)
