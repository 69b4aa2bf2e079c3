from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from pydantic import SecretStr, ValidationError
from rawserver import RawServer, feed_at, http

from monitor.wire.article import article_text
from monitor.wire.articles import FAILED_FOR, ArticleReader
from monitor.wire.errors import (
    AddressRefusedError,
    BadStatusError,
    FailedBeforeError,
    FeedError,
    NoArticleError,
    RobotsRefuseError,
    ServerTroubleError,
    TooSlowError,
)
from monitor.wire.feeds import Article, Feed
from monitor.wire.fetch import Fetcher
from monitor.wire.pages import page_of
from monitor.wire.robots import Robots
from monitor.wire.sandbox import Sandbox

LEAD = (
    "DAYTON, Ohio -- Harlow Instruments, Inc. today announced that it will eliminate 120 positions in Dayton."
)
REST = (
    "Affected employees will receive severance pay and help in finding work, the company said in a statement."
)
PAGE = (
    "<html><head><title>Harlow</title></head><body><nav><a href='/'>Home</a> <a href='/n'>News</a></nav>"
    f"<article><h1>Harlow to Reduce Workforce</h1><p>{LEAD}</p><p>{REST}</p><p>{REST.upper()}</p></article>"
    "<aside class='other'><p>Read our terms of use before you use anything on this site, and then read them"
    " once again.</p></aside><footer>Cookies</footer></body></html>"
).encode()


NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NO_ROBOTS = http(b"", status="404 Not Found")


class Shelf:
    """An article store of one process; the clock goes on only when somebody waits."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.failed: dict[str, tuple[str, timedelta]] = {}
        self.waited: list[float] = []
        self._free: dict[str, float] = {}

    async def article(self, link: str) -> str | None:
        return self.kept.get(link)

    async def keep_article(self, link: str, text: str) -> None:
        self.kept[link] = text

    async def failure(self, link: str) -> str | None:
        return self.failed.get(link, (None,))[0]

    async def keep_failure(self, link: str, problem: str, period: timedelta) -> None:
        self.failed[link] = (problem, period)

    async def turn(self, host: str, pause: timedelta) -> timedelta:
        now = sum(self.waited)
        if now < self._free.get(host, 0):
            return timedelta(seconds=self._free[host] - now)
        self._free[host] = now + pause.total_seconds()
        return timedelta(0)

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=1) as box:
        yield box


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def read(link: str, feed: Feed, shelf: Shelf, sandbox: Sandbox, *, seconds: float = 20) -> str:
    async with Fetcher("test", clock=lambda: datetime.now(UTC), max_body=100_000) as fetcher:
        robots = Robots(fetcher, sandbox, "newswire-monitor/1 (ops@example.com)", lambda: NOW)
        reader = ArticleReader(
            shelf, fetcher, sandbox, robots, sleep=shelf.sleep, patience=timedelta(seconds=seconds)
        )
        return await reader.read(link, feed)


def test_the_article_is_told_from_the_rest_of_its_page() -> None:
    text = article_text(PAGE, "https://e.com/1")
    assert LEAD in text
    assert "\n\n" in text
    assert "Cookies" not in text


def test_a_selector_says_where_the_article_is() -> None:
    text = article_text(PAGE, "https://e.com/1", "aside.other")
    assert text.startswith("Read our terms of use")


@pytest.mark.parametrize(
    "page", [b"", b"<html></html>", b"\x00\xff", b"<html><body>Enable JavaScript</body></html>"]
)
@pytest.mark.parametrize("selector", ["", "article"])
def test_a_page_without_an_article_says_so(page: bytes, selector: str) -> None:
    with pytest.raises(NoArticleError, match=r"e\.com/1"):
        article_text(page, "https://e.com/1", selector)


def test_a_selector_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError, match="this is no CSS selector"):
        Article(selector="div[")


def test_a_time_zone_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError, match="no such time zone — write its IANA name"):
        Feed(id="f", wire="W", url="https://example.com/", zone="Mars/Olympus")


@pytest.mark.asyncio(loop_scope="module")
async def test_an_article_is_fetched_once_and_then_kept(shelf: Shelf, sandbox: Sandbox) -> None:
    async with RawServer(NO_ROBOTS, http(PAGE, "Content-Type: text/html")) as server:
        first = await read(server.url, server.feed(), shelf, sandbox)
        assert await read(server.url, server.feed(), shelf, sandbox) == first
        assert len(server.requests) == 2
    assert LEAD in first


@pytest.mark.asyncio(loop_scope="module")
async def test_a_host_is_asked_at_most_every_ten_seconds(shelf: Shelf, sandbox: Sandbox) -> None:
    async with RawServer(http(PAGE)) as server:
        for number in range(3):
            await read(f"{server.url}/{number}", server.feed(), shelf, sandbox)
    assert shelf.waited == [10, 10]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (http(b"", status="404 Not Found"), BadStatusError),
        (http(PAGE, length=len(PAGE) + 9), FeedError),
        (http(b"x" * 200_000), FeedError),
        (http(b"<html><body>Are you a robot?</body></html>"), NoArticleError),
    ],
)
async def test_an_article_that_cannot_be_had_says_why_and_is_not_kept(
    answer: bytes, error: type[FeedError], shelf: Shelf, sandbox: Sandbox
) -> None:
    async with RawServer(NO_ROBOTS, answer) as server:
        with pytest.raises(error) as raised:
            await read(server.url, server.feed(), shelf, sandbox)
        with pytest.raises(FailedBeforeError, match=re.escape(str(raised.value))):
            await read(server.url, server.feed(), shelf, sandbox)
        assert len(server.requests) == 2, "what failed a moment ago is not asked for again"
    assert shelf.kept == {}
    assert [period for _, period in shelf.failed.values()] == [FAILED_FOR]


@pytest.mark.asyncio(loop_scope="module")
async def test_a_page_that_robots_txt_keeps_for_itself_is_not_asked_for(
    shelf: Shelf, sandbox: Sandbox
) -> None:
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: newswire-monitor\nDisallow: /*?print=\n"
    async with RawServer(http(rules), http(PAGE)) as server:
        page = server.url.replace("/feed", "/release")
        with pytest.raises(RobotsRefuseError, match=r"robots\.txt of 127\.0\.0\.1 keeps robots away from"):
            await read(f"{page}?print=1", server.feed(), shelf, sandbox)
        assert len(server.requests) == 1
    async with RawServer(http(rules), http(PAGE)) as server:
        assert LEAD in await read(server.url, server.feed(), shelf, sandbox)


@pytest.mark.asyncio(loop_scope="module")
async def test_without_word_from_robots_txt_nothing_is_read(shelf: Shelf, sandbox: Sandbox) -> None:
    async with RawServer(http(b"", status="503 Busy"), http(PAGE)) as server:
        with pytest.raises(ServerTroubleError, match=r"gives no robots\.txt"):
            await read(server.url, server.feed(), shelf, sandbox)
        assert len(server.requests) == 1


@pytest.mark.asyncio(loop_scope="module")
async def test_waiting_for_an_article_ends(shelf: Shelf, sandbox: Sandbox) -> None:
    async with RawServer(_never) as server:
        with pytest.raises(TooSlowError, match="no article within"):
            await read(server.url, server.feed(seconds=60), shelf, sandbox, seconds=0.2)


async def _never(_: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


@pytest.mark.asyncio(loop_scope="module")
async def test_a_feed_cannot_send_the_reader_into_a_private_network(shelf: Shelf, sandbox: Sandbox) -> None:
    async with RawServer(http(PAGE)) as server:
        abroad = feed_at("https://feeds.example.com/rss", private=True)
        with pytest.raises(AddressRefusedError):
            await read(server.url, abroad, shelf, sandbox)
        assert server.requests == []


def test_credentials_stay_with_the_feeds_own_host() -> None:
    feed = feed_at("https://feeds.example.com/rss").model_copy(
        update={"headers": {"X-Key": SecretStr("k")}, "token": SecretStr("t"), "basic_auth": object()}
    )
    own, other = (page_of(f"https://{host}.example.com/a", feed) for host in ("feeds", "other"))
    assert own.headers
    assert own.token
    assert own.basic_auth
    assert (other.headers, other.token, other.basic_auth) == ({}, None, None)
