from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from rawserver import RawServer, feed_at, http, item, rss

from monitor.wire.feeds import Feed
from monitor.wire.fetch import Fetcher
from monitor.wire.robots import Robots
from monitor.wire.sandbox import Sandbox
from monitor.wire.verify import Severity, Verification, Verifier

NOW = datetime(2026, 10, 2, 12, tzinfo=UTC)
pytestmark = pytest.mark.asyncio(loop_scope="module")
NOT_FOUND = http(b"", status="404 Not Found")
NOT_MODIFIED = http(b"", status="304 Not Modified")


def dated(number: int, date: str, language: str = "en") -> str:
    return item(number, f"<pubDate>{date}</pubDate><dc:language>{language}</dc:language>")


ITEMS = (
    dated(3, "Fri, 02 Oct 2026 11:00 GMT"),
    dated(2, "Fri, 02 Oct 2026 08:00 GMT", "fr"),
    dated(1, "Fri, 02 Oct 2026 05:30 GMT"),
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=1) as box:
        yield box


async def verify(sandbox: Sandbox, *feeds: Feed) -> list[Verification]:
    async with Fetcher("test", clock=lambda: NOW) as fetcher:
        robots = Robots(fetcher, sandbox, "newswire-monitor/1", lambda: NOW)
        return await Verifier(fetcher, sandbox, robots).verify(feeds, NOW)


def found(one: Verification, severity: Severity) -> str:
    return " | ".join(finding.text for finding in one.findings if finding.severity is severity)


async def test_a_feed_in_order_is_described(sandbox: Sandbox) -> None:
    async with RawServer(http(rss(*ITEMS), 'ETag: "a"'), NOT_MODIFIED, NOT_FOUND) as server:
        (one,) = await verify(sandbox, server.feed())
        assert "GET /robots.txt" in server.requests[2]
    assert (one.verdict, one.findings) == (None, ())
    assert (one.title, one.items, one.languages) == ("Test Wire", 3, ("en", "fr"))
    assert (one.depth, one.newest) == (timedelta(hours=5, minutes=30), datetime(2026, 10, 2, 11, tzinfo=UTC))
    assert (one.conditional, one.robots) == (True, True)


async def test_what_does_not_answer_or_is_no_feed_is_wrong(sandbox: Sandbox) -> None:
    page = b"<!DOCTYPE html><html><body>Please enable JavaScript</body></html>"
    async with RawServer(NOT_FOUND) as missing, RawServer(http(page)) as captcha:
        first, second = await verify(sandbox, missing.feed("missing"), captcha.feed("captcha"))
    assert (first.verdict, second.verdict) == (Severity.WRONG, Severity.WRONG)
    assert "404" in found(first, Severity.WRONG)
    assert "a web page instead of a feed" in found(second, Severity.WRONG)


async def test_another_title_than_configured_is_wrong_and_none_is_doubtful(sandbox: Sandbox) -> None:
    async with RawServer(http(rss(*ITEMS, title=""))) as server:
        named = server.feed().model_copy(update={"title": "Restructuring"})
        (wrong,) = await verify(sandbox, named)
        (doubtful,) = await verify(sandbox, server.feed())
    assert "'' instead of 'Restructuring'" in found(wrong, Severity.WRONG)
    assert doubtful.verdict is Severity.DOUBT
    assert "no title" in found(doubtful, Severity.DOUBT)


async def test_a_feed_with_the_same_items_as_another_is_its_alias(sandbox: Sandbox) -> None:
    async with RawServer(http(rss(*ITEMS))) as one, RawServer(http(rss(*ITEMS, title="Topic"))) as two:
        first, second = await verify(sandbox, one.feed("all"), two.feed("topic"))
    assert first.verdict is None
    assert "the same items as all" in found(second, Severity.WRONG)


async def test_a_busy_feed_under_two_addresses_is_one_and_a_topic_of_it_is_not(sandbox: Sandbox) -> None:
    def numbered(*numbers: int) -> bytes:
        return http(rss(*(dated(n, "Fri, 02 Oct 2026 11:00 GMT") for n in numbers)))

    every, later, topic = numbered(*range(10)), numbered(*range(2, 12)), numbered(*range(0, 40, 5))
    async with RawServer(every) as one, RawServer(later) as two, RawServer(topic) as three:
        first, second, third = await verify(sandbox, one.feed("all"), two.feed("new"), three.feed("topic"))
    assert (first.verdict, third.verdict) == (None, None)
    assert second.verdict is Severity.WRONG
    assert "it holds 8 of the same items as all: one feed, two addresses" in found(second, Severity.WRONG)


async def test_an_old_an_undated_and_an_empty_feed_are_told_apart(sandbox: Sandbox) -> None:
    old = rss(dated(1, "Fri, 02 Jan 2026 11:00 GMT"))
    async with RawServer(http(old)) as a, RawServer(http(rss(item(1)))) as b, RawServer(http(rss())) as c:
        stale, undated, empty = await verify(sandbox, a.feed("a"), b.feed("b"), c.feed("c"))
    assert "273 days old" in found(stale, Severity.DOUBT)
    assert "no dates" in found(undated, Severity.NOTE)
    assert "empty" in found(empty, Severity.DOUBT)


async def test_conditional_requests_that_are_ignored_and_robots_that_bar_us_are_told(
    sandbox: Sandbox,
) -> None:
    body = http(rss(*ITEMS), 'ETag: "a"')
    async with RawServer(body, body, http(b"User-agent: *\nDisallow: /feed\n")) as server:
        (one,) = await verify(sandbox, server.feed())
    assert (one.conditional, one.robots) == (False, False)
    assert "every poll transfers it whole" in found(one, Severity.NOTE)
    assert "keep away" in found(one, Severity.DOUBT)


async def test_robots_that_cannot_be_read_are_not_taken_for_leave(sandbox: Sandbox) -> None:
    trouble = http(b"", status="500 Internal Server Error")
    async with RawServer(http(rss(*ITEMS)), trouble) as server:
        (one,) = await verify(sandbox, server.feed())
    assert (one.conditional, one.robots) == (None, None)


async def test_a_private_address_is_refused_unless_allowed(sandbox: Sandbox) -> None:
    async with RawServer(http(rss(*ITEMS))) as server:
        (one,) = await verify(sandbox, feed_at(server.url, private=False))
        assert server.requests == []
    assert "private or reserved address" in found(one, Severity.WRONG)
