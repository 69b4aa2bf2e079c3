from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import redis
from aiohttp import web
from newsroom import Newsroom, newsroom

from monitor.app.explaining import explained
from monitor.app.way import Way, steps, way_of
from monitor.store import EmbeddedRedis, Store
from monitor.wire.feeds import Article, Feed, FeedFile

OPENING = (
    "DAYTON, Ohio, Nov. 23, 2026 /PRNewswire/ -- Harlow Instruments, Inc. (NASDAQ: HRLW), a maker of flow"
    " meters for water works and breweries, today announced a workforce reduction at its plant in Dayton,"
    " Ohio, that follows a year of weak orders and"
)
SUMMARY = f"{OPENING}..."
ARTICLE = (
    f"{OPENING} high costs.</p><p>The company will eliminate approximately 120 positions at the plant by"
    " the end of March. Affected employees will receive severance pay and help in finding work."
)
OTHER = "TUCSON, Ariz. -- Meridian Optics introduced a spectrometer that weighs 310 grams and..."


def feed_of(entries: str) -> str:
    return f'<rss version="2.0"><channel><title>Alpha</title>{entries}</channel></rss>'


def entry(port: int, number: int, title: str, summary: str) -> str:
    return (
        f"<item><title>{title}</title><guid>{number}</guid><description>{summary}</description>"
        f"<link>http://127.0.0.1:{port}/article/{number}</link></item>"
    )


class Site:
    """A wire's site: a feed with cut summaries, and the articles behind it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.page = f"<html><body><nav>Home</nav><article><h1>H</h1><p>{ARTICLE}</p></article></body></html>"
        self.robots = ""
        self.port = 0

    def feed(self, **article: str) -> Feed:
        return Feed(
            id="alpha",
            wire="Alpha Wire",
            url=f"http://127.0.0.1:{self.port}/feed",
            allow_private_networks=True,
            first_poll_window=timedelta(days=36_500),
            article=Article.model_validate(article),
        )

    async def serve_feed(self, _: web.Request) -> web.Response:
        layoff = entry(self.port, 1, "Harlow Instruments Announces Workforce Reduction in Dayton", SUMMARY)
        other = entry(self.port, 2, "Meridian Optics introduces a compact spectrometer", OTHER)
        dates = "<pubDate>Mon, 23 Nov 2026 12:00:00 GMT</pubDate></item>"
        return web.Response(text=feed_of(layoff + other).replace("</item>", dates))

    async def serve_robots(self, _: web.Request) -> web.Response:
        return web.Response(text=self.robots)

    async def serve_article(self, request: web.Request) -> web.Response:
        self.asked.append(request.match_info["number"])
        return web.Response(text=self.page, status=self.status, content_type="text/html")


@asynccontextmanager
async def running() -> AsyncIterator[Site]:
    site, app = Site(), web.Application()
    app.router.add_get("/feed", site.serve_feed)
    app.router.add_get("/robots.txt", site.serve_robots)
    app.router.add_get("/article/{number}", site.serve_article)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running() as opened:
        yield opened


@pytest.fixture
async def room(store: Store) -> AsyncIterator[Newsroom]:
    async with newsroom(store) as opened:
        yield opened


async def way_of_the_layoff(room: Newsroom, site: Site, server: EmbeddedRedis) -> Way:
    await told(room, site.feed())
    environ = {"REDIS_URL": f"unix://{server.socket}"}
    way = await way_of(f"http://127.0.0.1:{site.port}/article/1", room.office.settings, environ)
    assert way is not None
    return way


async def test_explain_shows_the_article_that_was_read(
    room: Newsroom, site: Site, redis_server: EmbeddedRedis, raw_redis: redis.Redis
) -> None:
    way = await way_of_the_layoff(room, site, redis_server)
    assert "approximately 120 positions" in way.item.text
    assert ("article", f"read from http://127.0.0.1:{site.port}/article/1") in steps(way)
    (found,) = explained([(way.id, way.item)], room.office.settings)
    assert "headcount" in {fact.fact for fact in found.facts}
    raw_redis.delete(*raw_redis.keys("nm:article:*"))
    later = await way_of(way.id, room.office.settings, {"REDIS_URL": f"unix://{redis_server.socket}"})
    assert later is not None
    assert later.item.text == later.summary
    assert "no longer kept" in dict(steps(later))["article"]


async def test_explain_says_why_an_article_was_not_read(
    room: Newsroom, site: Site, redis_server: EmbeddedRedis
) -> None:
    site.robots = "User-agent: newswire-monitor\nDisallow: /article/"
    way = await way_of_the_layoff(room, site, redis_server)
    assert site.asked == []
    assert "article not read: robots.txt of 127.0.0.1 keeps robots away" in dict(steps(way))["decision"]
    assert way.item.text == way.summary


async def told(room: Newsroom, feed: Feed) -> str:
    """Poll, read and deliver; return what was said."""
    settings = replace(room.office.settings, feeds=FeedFile(feeds=(feed,)))
    room.office.live.current = settings
    await room.poll(feed)
    assert await room.read() == 2
    await room.deliver(1)
    (message,) = room.slack.messages("layoffs")
    return str(message["text"])


async def test_the_number_that_a_cut_summary_lacks_comes_from_the_article(room: Newsroom, site: Site) -> None:
    assert "about 120 jobs" in await told(room, site.feed())
    assert site.asked == ["1"], "only what may announce something is worth a request"


@pytest.mark.parametrize("status", [404, 500])
async def test_without_an_article_the_summary_decides(room: Newsroom, site: Site, status: int) -> None:
    site.status = status
    said = await told(room, site.feed())
    assert "Harlow Instruments" in said
    assert "120" not in said


async def test_a_page_that_tells_something_else_is_not_believed(room: Newsroom, site: Site) -> None:
    site.page = site.page.replace(ARTICLE, "We and our 900 partners lay off cookies on your device. " * 9)
    assert "900" not in await told(room, site.feed())


async def test_a_feed_whose_articles_are_not_to_be_read_is_left_alone(room: Newsroom, site: Site) -> None:
    assert "120" not in await told(room, site.feed(read="never"))
    assert site.asked == []


async def test_the_article_is_where_the_selector_says(room: Newsroom, site: Site) -> None:
    extra = f"<div class='full'><p>{ARTICLE.replace('120', '130')}</p></div></body>"
    site.page = site.page.replace("</body>", extra)
    assert "about 130 jobs" in await told(room, site.feed(selector="div.full"))
