"""Articles of items whose feed has only a summary: cached, polite, and never longer than an item can wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlsplit

from monitor.wire.article import article_text
from monitor.wire.errors import (
    FailedBeforeError,
    FeedError,
    RobotsRefuseError,
    ServerTroubleError,
    TooSlowError,
)
from monitor.wire.feeds import Feed
from monitor.wire.fetch import Body, Fetcher
from monitor.wire.pages import page_of
from monitor.wire.robots import Robots
from monitor.wire.sandbox import Sandbox

PAUSE = timedelta(seconds=10)
"""Between two requests for articles at one host, whoever asks: some 860 an hour got an address refused."""
PATIENCE = timedelta(seconds=40)
"""How long an item waits for its article in all; well below what counts as an abandoned item."""
FAILED_FOR = timedelta(minutes=10)
"""How long an article that could not be had is not asked for again."""


class ArticleStore(Protocol):
    """Keeps articles, and the pace at which hosts are asked for them, for all readers together."""

    async def article(self, link: str) -> str | None:
        """Return the kept text of the article at this address."""
        ...

    async def keep_article(self, link: str, text: str) -> None:
        """Keep the text for as long as the settings say."""
        ...

    async def failure(self, link: str) -> str | None:
        """Return why the article at this address could not be had a moment ago."""
        ...

    async def keep_failure(self, link: str, problem: str, period: timedelta) -> None:
        """Remember for that long why the article could not be had."""
        ...

    async def turn(self, host: str, pause: timedelta) -> timedelta:
        """Take the host's turn, or return how long to wait before asking again."""
        ...


class ArticleReader:
    """Reads articles.

    Args:
        store: The cache and the pace.
        fetcher: Gets pages; the guard against private addresses is its.
        sandbox: Where pages are taken apart.
        robots: Knows which pages hosts let us read.
        sleep: Waits, as `asyncio.sleep` does.
        pause: The least time between two requests to a host.
        patience: The most time an article may take, waiting for a turn included.
    """

    def __init__(
        self,
        store: ArticleStore,
        fetcher: Fetcher,
        sandbox: Sandbox,
        robots: Robots,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        pause: timedelta = PAUSE,
        patience: timedelta = PATIENCE,
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._sandbox = sandbox
        self._robots = robots
        self._sleep = sleep
        self._pause = pause
        self._patience = patience

    async def read(self, link: str, feed: Feed) -> str:
        """Return the text of the article at `link`, which an item of the feed leads to.

        Raises:
            FeedError: It cannot be had; the text is one line for people.
            Exception: Whatever the store raises.
        """
        if (kept := await self._store.article(link)) is not None:
            return kept
        if (problem := await self._store.failure(link)) is not None:
            raise FailedBeforeError(problem)
        host = urlsplit(link).hostname or ""
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                await self._may_read(link, feed)
                await self._wait_for_turn(host)
                text = await self._fetched(link, feed)
        except TimeoutError:
            # Perhaps others had the host's turns: no reason not to ask again.
            raise TooSlowError(
                f"{host} gave no article within {self._patience.total_seconds():.0f} s"
            ) from None
        except FeedError as error:
            await self._store.keep_failure(link, str(error), FAILED_FOR)
            raise
        await self._store.keep_article(link, text)
        return text

    async def _may_read(self, link: str, feed: Feed) -> None:
        allowed = await self._robots.allow(link, feed)
        if allowed is None:  # RFC 9309, 2.3.1.4
            raise ServerTroubleError(
                f"{urlsplit(link).hostname} gives no robots.txt: it is asked again later"
            )
        if not allowed:
            raise RobotsRefuseError(
                f"robots.txt of {urlsplit(link).hostname} keeps robots away from {link[:200]}"
            )

    async def _wait_for_turn(self, host: str) -> None:
        while wait := await self._store.turn(host, self._pause):
            await self._sleep(wait.total_seconds())

    async def _fetched(self, link: str, feed: Feed) -> str:
        page = await self._fetcher.fetch(page_of(link, feed))
        if not isinstance(page, Body) or not page.complete:
            raise ServerTroubleError(f"{urlsplit(link).hostname} broke off in the middle of the article")
        return await self._sandbox.run(article_text, page.content, page.final_url, feed.article.selector)
