"""What robots.txt lets us read: fetched once a day for each host, and taken apart in the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.wire.errors import (
    AddressRefusedError,
    BadStatusError,
    FeedError,
    ServerTroubleError,
    ThrottledError,
)
from monitor.wire.feeds import Feed
from monitor.wire.fetch import Body, Fetcher
from monitor.wire.pages import page_of
from monitor.wire.sandbox import Sandbox

KEPT = timedelta(days=1)
"""How long a robots.txt counts (RFC 9309, 2.4)."""
KEPT_UNKNOWN = timedelta(minutes=10)
"""When to ask again where none could be had."""
MAX_BYTES = 500 * 1024
"""What is read of a robots.txt (RFC 9309, 2.5: at least 500 KiB)."""
MAX_HOSTS = 1_000


class Robots:
    """Knows what robots.txt lets us read.

    Args:
        fetcher: Gets robots.txt; the guard against private addresses is its.
        sandbox: Where it is taken apart, for it is a stranger's text.
        user_agent: Who asks.
        clock: Tells the time, aware.
    """

    def __init__(
        self, fetcher: Fetcher, sandbox: Sandbox, user_agent: str, clock: Callable[[], datetime]
    ) -> None:
        self._fetcher = fetcher
        self._sandbox = sandbox
        self._agent = user_agent.partition("/")[0]
        self._clock = clock
        self._kept: dict[str, tuple[datetime, bytes | None]] = {}

    async def allow(self, url: str, feed: Feed) -> bool | None:
        """Tell whether robots.txt lets us fetch this address; None where that cannot be known.

        Args:
            url: The address, on the feed's host or any other that its items lead to.
            feed: Whose settings count for the request.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        until, rules = self._kept.get(origin, (None, None))
        if until is None or until <= self._clock():
            rules = await self._fetched(f"{origin}/robots.txt", feed)
            self._keep(origin, rules)
        if not rules:
            return None if rules is None else True
        try:
            return await self._sandbox.run(allows, rules, self._agent, url)
        except FeedError:
            return None

    async def _fetched(self, url: str, feed: Feed) -> bytes | None:
        try:
            answer = await self._fetcher.fetch(page_of(url, feed))
        except (ServerTroubleError, ThrottledError):  # RFC 9309, 2.3.1.4
            return None
        except (BadStatusError, AddressRefusedError):
            # RFC 9309, 2.3.1.3: without a robots.txt everything is allowed; what the guard refuses, it
            # refuses for the page too, and says why.
            return b""
        except FeedError:
            return None
        return answer.content[:MAX_BYTES] if isinstance(answer, Body) and answer.complete else None

    def _keep(self, origin: str, rules: bytes | None) -> None:
        self._kept.pop(origin, None)
        if len(self._kept) >= MAX_HOSTS:
            del self._kept[next(iter(self._kept))]
        self._kept[origin] = (self._clock() + (KEPT_UNKNOWN if rules is None else KEPT), rules)


def allows(rules: bytes, agent: str, url: str) -> bool:
    """Tell whether a robots.txt (RFC 9309) lets the agent fetch this address."""
    from protego import Protego

    return bool(Protego.parse(rules.decode("utf-8", "replace")).can_fetch(url, agent))
