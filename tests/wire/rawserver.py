"""A server that says byte for byte what a test wants, for faults that no proper HTTP server produces."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Self

from monitor.wire.feeds import Feed, Interval


class RawServer:
    """Answers each request with the next of `answers`, the last one for ever. Keeps what was asked.

    An answer is bytes, sent as they are before the connection is closed, or a coroutine function that is
    given the writer and does as it likes.
    """

    def __init__(
        self,
        *answers: bytes | Callable[[asyncio.StreamWriter], Awaitable[None]],
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._answers = answers
        self._tls = tls
        self.requests: list[str] = []
        self._open: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/feed"

    def feed(self, name: str = "bad", *, seconds: float = 5, private: bool = True) -> Feed:
        return feed_at(self.url, name, seconds=seconds, private=private)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            self.requests.append((await reader.readuntil(b"\r\n\r\n")).decode())
            answer = self._answers[min(len(self.requests), len(self._answers)) - 1]
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(writer)
        writer.close()
        self._open.discard(writer)


def feed_at(url: str, name: str = "bad", *, seconds: float = 5, private: bool = True) -> Feed:
    return Feed(
        id=name,
        wire="Test Wire",
        url=url,
        timeout=timedelta(seconds=seconds),
        interval=Interval(at_least=timedelta(seconds=60), at_most=timedelta(seconds=60)),
        allow_private_networks=private,
    )


def http(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """An answer with a Content-Length that is true, unless another `length` is claimed."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def rss(*items: str, title: str = "Test Wire", before: str = "") -> bytes:
    inner = "".join(items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prn="http://example.com/prn">'
        f"<channel><title>{title}</title>{inner}</channel></rss>"
    ).encode()


def item(number: int, extra: str = "") -> str:
    return (
        f"<item><title>Acme {number} cuts jobs</title><guid isPermaLink='false'>g{number}</guid>"
        f"<link>https://example.com/{number}</link>"
        f"<description>Acme number {number} said it would cut {number} jobs.</description>{extra}</item>"
    )
