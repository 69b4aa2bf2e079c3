from __future__ import annotations

import asyncio
import gzip
import socket
import zlib
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from rawserver import RawServer, feed_at, http, item, rss

from monitor.model import FeedStatus
from monitor.wire.errors import (
    AddressRefusedError,
    BadRedirectError,
    BadStatusError,
    FetchError,
    GoneError,
    ServerTroubleError,
    ThrottledError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
)
from monitor.wire.feeds import Feed
from monitor.wire.fetch import Body, Fetched, Fetcher, NotModified, retry_after

NOW = datetime(2026, 10, 2, 12, tzinfo=UTC)
AGENT = "newswire-monitor-test (ops@example.com)"


async def fetch(feed: Feed, *, max_body: int = 1_000_000, etag: str = "", last_modified: str = "") -> Fetched:
    async with Fetcher(AGENT, clock=lambda: NOW, max_body=max_body) as fetcher:
        return await fetcher.fetch(feed, etag=etag, last_modified=last_modified)


async def test_gives_the_body_with_its_validators() -> None:
    answer = http(rss(item(1)), 'ETag: "a"', "Last-Modified: Fri, 02 Oct 2026 11:00:00 GMT")
    async with RawServer(answer) as server:
        body = await fetch(server.feed())
    assert isinstance(body, Body)
    assert (body.content, body.etag, body.complete) == (rss(item(1)), '"a"', True)
    assert body.last_modified == "Fri, 02 Oct 2026 11:00:00 GMT"


async def test_says_honestly_who_asks_and_sends_the_conditions() -> None:
    async with RawServer(http(b"", status="304 Not Modified")) as server:
        answer = await fetch(server.feed(), etag='"a"', last_modified="Fri, 02 Oct 2026 11:00:00 GMT")
    assert isinstance(answer, NotModified)
    asked = server.requests[0]
    assert f"User-Agent: {AGENT}" in asked
    assert 'If-None-Match: "a"' in asked
    assert "If-Modified-Since: Fri, 02 Oct 2026 11:00:00 GMT" in asked


async def test_a_304_that_nobody_asked_for_is_a_fault() -> None:
    async with RawServer(http(b"", status="304 Not Modified")) as server:
        with pytest.raises(BadStatusError, match="304"):
            await fetch(server.feed())


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("404 Not Found", BadStatusError),
        ("403 Forbidden", BadStatusError),
        ("410 Gone", GoneError),
        ("429 Too Many Requests", ThrottledError),
        ("500 Internal Server Error", ServerTroubleError),
        ("503 Service Unavailable", ServerTroubleError),
    ],
)
async def test_each_status_has_its_error_and_one_line(status: str, error: type[FetchError]) -> None:
    async with RawServer(http(b"", status=status)) as server:
        with pytest.raises(error, match=status[:3]) as caught:
            await fetch(server.feed())
    assert "127.0.0.1" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", ["120", "Fri, 02 Oct 2026 12:02:00 GMT"])
async def test_obeys_retry_after_in_seconds_and_as_a_date(value: str) -> None:
    async with RawServer(http(b"", f"Retry-After: {value}", status="429 Slow Down")) as server:
        with pytest.raises(ThrottledError) as caught:
            await fetch(server.feed())
    assert caught.value.wait == timedelta(minutes=2)


@pytest.mark.parametrize("value", ["", "soon", "-3", "Fri, 99 Oct 2026", "١٢"])
def test_a_retry_after_that_says_nothing_is_none(value: str) -> None:
    assert retry_after(value, NOW) is None


async def test_an_unreachable_host_is_told_in_one_line() -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(UnreachableError, match=r"no connection to 127\.0\.0\.1"):
            await fetch(feed_at(f"http://127.0.0.1:{free.getsockname()[1]}/"))


async def test_a_host_that_hangs_up_is_unreachable() -> None:
    async with RawServer(b"") as server:
        with pytest.raises(UnreachableError, match="without an answer"):
            await fetch(server.feed())


async def test_what_is_no_http_is_unreachable() -> None:
    async with RawServer(b"SSH-2.0-OpenSSH_9.2\r\n\r\n") as server:
        with pytest.raises(UnreachableError, match="broken HTTP"):
            await fetch(server.feed())


async def test_a_tls_feed_at_a_plain_port_is_told_as_such() -> None:
    async with RawServer(http(b"")) as server:
        with pytest.raises(UnreachableError):
            await fetch(feed_at(server.url.replace("http:", "https:")))


async def test_a_body_cut_short_is_given_as_far_as_it_came() -> None:
    async with RawServer(http(rss(item(1))[:100], length=5000)) as server:
        body = await fetch(server.feed())
    assert isinstance(body, Body)
    assert (body.content, body.complete) == (rss(item(1))[:100], False)


async def test_a_connection_that_is_reset_in_the_body_gives_what_came() -> None:
    async def reset(writer: asyncio.StreamWriter) -> None:
        writer.write(http(b"<rss>", length=5000))
        await writer.drain()
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        await asyncio.sleep(0.05)
        writer.transport.abort()

    async with RawServer(reset) as server:
        body = await fetch(server.feed())
    assert isinstance(body, Body)
    assert not body.complete


@pytest.mark.parametrize(
    ("coding", "compress"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", pytest.importorskip("brotli").compress)],
)
async def test_a_compressed_body_is_read_and_a_bomb_is_not(
    coding: str, compress: Callable[[bytes], bytes]
) -> None:
    small, bomb = compress(rss(item(1))), compress(bytes(50_000_000))
    async with RawServer(http(small, f"Content-Encoding: {coding}")) as server:
        body = await fetch(server.feed())
    assert isinstance(body, Body)
    assert body.content == rss(item(1))
    async with RawServer(http(bomb, f"Content-Encoding: {coding}")) as server:
        with pytest.raises(TooLargeError, match="larger than 1,000,000 bytes"):
            await fetch(server.feed())


async def test_a_lying_content_encoding_is_no_crash() -> None:
    async with RawServer(http(rss(item(1)), "Content-Encoding: gzip")) as server:
        body = await fetch(server.feed())
    assert isinstance(body, Body)
    assert not body.complete


async def test_an_endless_body_is_stopped_by_size() -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()

    async with RawServer(endless) as server:
        with pytest.raises(TooLargeError):
            await fetch(server.feed())


async def test_a_slow_drip_is_stopped_by_time() -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(http(b"", length=1000))
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.1)

    async with RawServer(drip) as server:
        with pytest.raises(TooSlowError, match=r"127\.0\.0\.1 did not answer in full within 1 s"):
            await fetch(server.feed(seconds=1))


def redirect(target: str, status: str = "302 Found") -> bytes:
    return http(b"", f"Location: {target}", status=status)


async def test_a_redirect_loop_ends_after_five_hops() -> None:
    async with RawServer(redirect("/feed")) as server:
        with pytest.raises(BadRedirectError, match="more than 5 times"):
            await fetch(server.feed())
    assert len(server.requests) == 6


async def test_permanent_redirects_are_reported_and_temporary_ones_are_not() -> None:
    async with RawServer(redirect("/new", "301 Moved Permanently"), http(b"x")) as server:
        moved = await fetch(server.feed())
    async with RawServer(redirect("/new"), http(b"x")) as other:
        stays = await fetch(other.feed())
    assert isinstance(moved, Body)
    assert isinstance(stays, Body)
    assert moved.moved_to == server.url.replace("/feed", "/new")
    assert stays.moved_to == ""


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.com/", "javascript:alert(1)", "http://"]
)
async def test_only_http_is_followed(target: str) -> None:
    async with RawServer(redirect(target)) as server:
        with pytest.raises(BadRedirectError):
            await fetch(server.feed())


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://0.0.0.0/"]
)
async def test_no_redirect_leads_to_metadata_even_where_private_networks_are_allowed(target: str) -> None:
    async with RawServer(redirect(target)) as server:
        with pytest.raises(AddressRefusedError, match="private or reserved"):
            await fetch(server.feed())


async def test_a_feed_on_this_machine_is_refused_unless_allowed() -> None:
    async with RawServer(http(b"")) as server:
        with pytest.raises(AddressRefusedError, match="allow_private_networks") as caught:
            await fetch(server.feed(private=False))
        with pytest.raises(AddressRefusedError):
            await fetch(feed_at(f"http://localhost:{server.port}/", private=False))
    assert caught.value.status is FeedStatus.REFUSED
    assert server.requests == []


async def test_credentials_stay_with_their_origin() -> None:
    async with RawServer(http(b"x")) as other, RawServer(redirect(other.url)) as server:
        key = {"Authorization": SecretStr("Bearer secret")}
        await fetch(server.feed().model_copy(update={"headers": key}), etag='"a"')
    assert "Bearer secret" in server.requests[0]
    assert "Bearer secret" not in other.requests[0]
    assert "If-None-Match" not in other.requests[0]
