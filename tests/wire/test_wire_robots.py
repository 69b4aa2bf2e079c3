from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from rawserver import RawServer, http

from monitor.wire.fetch import Fetcher
from monitor.wire.robots import KEPT, KEPT_UNKNOWN, Robots, allows
from monitor.wire.sandbox import Sandbox

AGENT = "newswire-monitor"
START = datetime(2026, 11, 24, 12, tzinfo=UTC)
RULES = b"User-agent: *\nDisallow: /private/\nAllow: /private/open\nDisallow: /*.pdf$\n"


class Day:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=1, seconds=2) as box:
        yield box


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/a", False),
        ("/private/open", True),
        ("/report.pdf", False),
        ("/report.pdf?x", True),
    ],
)
def test_rules_are_read_as_rfc_9309_has_them(path: str, allowed: bool) -> None:
    assert allows(RULES, AGENT, f"https://e.com{path}") is allowed


@pytest.mark.parametrize("rules", [b"\xff\x00", b"<html>Not found</html>", b"Disallow: /", b"User-agent: *"])
def test_what_holds_no_rules_allows_everything(rules: bytes) -> None:
    assert allows(rules, AGENT, "https://e.com/a")


@pytest.mark.asyncio(loop_scope="module")
async def test_a_host_is_asked_for_its_rules_once_a_day(sandbox: Sandbox) -> None:
    clock = Day()
    async with Fetcher("test", clock=clock) as fetcher, RawServer(http(RULES)) as server:
        robots, feed = Robots(fetcher, sandbox, f"{AGENT}/1 (ops@example.com)", clock), server.feed()
        base = server.url.removesuffix("/feed")
        assert [await robots.allow(f"{base}{path}", feed) for path in ("/a", "/private/a")] == [True, False]
        assert len(server.requests) == 1
        clock.now += KEPT
        await robots.allow(f"{base}/a", feed)
        assert len(server.requests) == 2


@pytest.mark.asyncio(loop_scope="module")
async def test_rules_that_cannot_be_had_are_asked_for_again_soon(sandbox: Sandbox) -> None:
    clock = Day()
    trouble = http(b"", status="500 Internal Server Error")
    async with Fetcher("test", clock=clock) as fetcher, RawServer(trouble, http(RULES)) as server:
        robots, feed = Robots(fetcher, sandbox, AGENT, clock), server.feed()
        assert [await robots.allow(server.url, feed) for _ in range(2)] == [None, None]
        assert len(server.requests) == 1
        clock.now += KEPT_UNKNOWN
        assert await robots.allow(server.url, feed) is True


def test_patterns_made_to_take_for_ever_do_not() -> None:
    hostile = b"User-agent: *\nDisallow: /" + b"*a" * 200 + b"$\n"
    assert allows(hostile, AGENT, f"https://e.com/{'a' * 2_000}b")


@pytest.mark.asyncio(loop_scope="module")
async def test_only_so_many_hosts_are_remembered(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.wire.robots.MAX_HOSTS", 1)
    async with (
        Fetcher("test", clock=Day()) as fetcher,
        RawServer(http(b"")) as one,
        RawServer(http(b"")) as two,
    ):
        robots = Robots(fetcher, sandbox, AGENT, Day())
        for server in (one, two, two, one):
            assert await robots.allow(server.url, server.feed())
        assert (len(one.requests), len(two.requests)) == (2, 1)
