"""One GET of one feed: conditional, bounded in time and size, guarded at every hop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from types import TracebackType
from typing import Self, TypeAlias
from urllib.parse import urljoin, urlsplit

import aiohttp
from yarl import URL

from monitor.wire.credentials import filled_in, request_headers
from monitor.wire.errors import (
    AddressRefusedError,
    BadRedirectError,
    BadStatusError,
    CaptchaError,
    FetchError,
    GoneError,
    MisledError,
    ServerTroubleError,
    ThrottledError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
)
from monitor.wire.feeds import Feed
from monitor.wire.guard import RefusedAddressError, guarded_sockets, may_be_asked_of_proxy
from monitor.wire.pace import http_date

MAX_BODY = 15 * 2**20
MAX_HOPS = 5
CONNECT_TIMEOUT = 10.0
_ACCEPT = "application/rss+xml, application/atom+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_CONDITIONS = frozenset({"if-none-match", "if-modified-since"})


@dataclass(frozen=True, slots=True)
class NotModified:
    """The feed is as it was (304). `headers` are found in any case."""

    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Body:
    """A feed's body, decompressed.

    `complete` is False when the connection broke off in the middle: `content` is what had come by then.
    `moved_to` is the address that permanent redirects (301, 308) lead to, when all of them were permanent.
    `headers` are found in any case.
    """

    content: bytes
    final_url: str
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    complete: bool = True
    moved_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Fetched: TypeAlias = NotModified | Body


class Fetcher:
    """Fetches feeds over kept connections. Use as an async context manager.

    Args:
        user_agent: Who asks, with an address where an operator of the wire can complain.
        clock: Tells the time, aware; a Retry-After given as a date is measured from it.
        environ: Where the secrets that feeds name are found; none is found without it.
        max_body: Limit on a body, in bytes, after decompression.
        connections: Limit on connections that are open at once.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        clock: Callable[[], datetime],
        environ: Mapping[str, str] | None = None,
        max_body: int = MAX_BODY,
        connections: int = 256,
    ) -> None:
        self._user_agent = user_agent
        self._clock = clock
        self._environ = environ or {}
        self._max_body = max_body
        self._connections = connections
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    async def fetch(self, feed: Feed, *, url: str = "", etag: str = "", last_modified: str = "") -> Fetched:
        """Get the feed, or learn that it has not changed since `etag` and `last_modified`.

        Args:
            feed: Whose settings count.
            url: The address to ask, if it is not the feed's own any more.
            etag: What the last answer had, "" for nothing.
            last_modified: The same.

        Raises:
            FetchError: See the tree in `monitor.wire.errors`; its text is one line for people.
        """
        headers = request_headers(feed, self._environ)
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        try:
            async with asyncio.timeout(feed.timeout.total_seconds()):
                try:
                    return await self._follow(feed, url or feed.url, headers)
                except MisledError:
                    return await self._follow(feed, url or feed.url, headers)
        except TimeoutError:
            seconds = round(feed.timeout.total_seconds())
            raise TooSlowError(f"{feed.host} did not answer in full within {seconds} s") from None

    async def _follow(self, feed: Feed, first: str, headers: dict[str, str]) -> Fetched:
        url, permanent = first, True
        for _ in range(MAX_HOPS + 1):
            try:
                answer = await self._hop(feed, url, headers)
            except BadStatusError as error:
                if url != first and error.code == 404:
                    raise MisledError(
                        f"{feed.host} redirects to {_shown(url)}, which answers 404: it is asked again later"
                    ) from error
                raise
            if not isinstance(answer, _Redirect):
                if isinstance(answer, Body) and permanent and url != feed.url:
                    return replace(answer, moved_to=url)
                return answer
            permanent &= answer.status in _PERMANENT
            # Conditions and credentials are for the origin they came from, nobody else.
            if _origin(answer.target) != _origin(url):
                headers = {name: value for name, value in headers.items() if name == "User-Agent"}
            url = answer.target
        raise BadRedirectError(f"{feed.host} redirects more than {MAX_HOPS} times, last to {_shown(url)}")

    async def _hop(self, feed: Feed, url: str, headers: dict[str, str]) -> Fetched | _Redirect:
        proxy = self._proxy(feed, url) if feed.proxy else None
        try:
            async with self._session(feed).get(
                _address(url), headers=headers, allow_redirects=False, proxy=proxy
            ) as response:
                if response.status == 304 and not _CONDITIONS.isdisjoint(map(str.lower, headers)):
                    return NotModified(response.headers)
                if response.status in _REDIRECTS:
                    return _redirect(response, url)
                host = _host(url)
                if response.headers.get("cf-mitigated", "").lower() == "challenge":
                    raise CaptchaError(
                        f"{host} asks for a human: poll less often, or ask its operator for access"
                    )
                if response.status != 200:
                    raise _bad_status(response, host, self._clock())
                return await self._read(response, host)
        except (aiohttp.ClientError, OSError) as error:
            raise _explained(error, _host(url), feed, url) from error

    def _proxy(self, feed: Feed, url: str) -> str | None:
        proxy = filled_in(feed.proxy.get_secret_value(), self._environ) if feed.proxy else None
        if proxy and not may_be_asked_of_proxy(_host(url), private=feed.allow_private_networks):
            raise AddressRefusedError(f"{_host(url)} is a private or reserved address")
        return proxy

    async def _read(self, response: aiohttp.ClientResponse, host: str) -> Body:
        content, complete = bytearray(), True
        try:
            async for piece in response.content.iter_any():
                content += piece
                if len(content) > self._max_body:
                    raise TooLargeError(f"the feed at {host} is larger than {self._max_body:,} bytes")
        except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError, ConnectionError):
            complete = False
        return Body(
            content=bytes(content),
            final_url=str(response.url),
            etag=response.headers.get("ETag", ""),
            last_modified=response.headers.get("Last-Modified", ""),
            content_type=response.headers.get("Content-Type", ""),
            complete=complete,
            headers=response.headers,
        )

    def _session(self, feed: Feed) -> aiohttp.ClientSession:
        # A proxy was chosen by ops, and may be their own.
        private = feed.allow_private_networks or feed.proxy is not None
        if private not in self._sessions:
            self._sessions[private] = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections,
                    ttl_dns_cache=60,
                    keepalive_timeout=90,
                    socket_factory=guarded_sockets(private=private),
                ),
                # The total is each feed's own, over all its redirects: see `fetch`.
                timeout=aiohttp.ClientTimeout(total=None, connect=CONNECT_TIMEOUT),
                headers={"User-Agent": self._user_agent, "Accept": _ACCEPT},
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,  # a proxy from the environment would connect past the guard
            )
        return self._sessions[private]


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    target: str


def _redirect(response: aiohttp.ClientResponse, url: str) -> _Redirect:
    target = urljoin(url, response.headers.get("Location", ""))
    if urlsplit(target).scheme not in ("http", "https") or not urlsplit(target).hostname:
        raise BadRedirectError(
            f"{urlsplit(url).hostname} redirects to {_shown(target)}, which is no HTTP address"
        )
    return _Redirect(response.status, target)


def _bad_status(response: aiohttp.ClientResponse, host: str, now: datetime) -> BadStatusError:
    status, said = response.status, f"{host} answered {response.status} {response.reason or ''}".rstrip()
    wait = retry_after(response.headers.get("Retry-After", ""), now)
    if status == 410:
        return GoneError(f"{said}: the feed will not come back; remove it from the configuration")
    if status == 429 or (status == 503 and wait is not None):
        return ThrottledError(f"{said}: it asks for fewer requests", wait=wait)
    if status >= 500 or status == 408:
        return ServerTroubleError(f"{said}: its own trouble, it is asked again later", wait=wait)
    if status in (401, 403):
        return BadStatusError(f"{said}: check the feed's headers and the user agent", wait=wait)
    return BadStatusError(f"{said}: check the feed's address", wait=wait, code=status)


def _explained(error: aiohttp.ClientError | OSError, host: str, feed: Feed, url: str) -> FetchError:
    match error:
        case aiohttp.InvalidURL():
            return BadRedirectError(f"{feed.host} leads to {_shown(url)}, which is no address")
        case aiohttp.ClientProxyConnectionError() | aiohttp.ClientHttpProxyError():
            return UnreachableError(f"the proxy of the feed gives no connection to {host}: check it")
        case aiohttp.ClientConnectorDNSError():
            return UnreachableError(f"{host} has no address in DNS")
        case aiohttp.ClientConnectorCertificateError():
            problem = error.certificate_error
            said = getattr(problem, "verify_message", "") or _one_line(problem)
            return UnreachableError(f"{host} shows no valid TLS certificate: {said}")
        case aiohttp.ClientConnectorError():
            return _no_connection(error, host)
        case aiohttp.ServerDisconnectedError():
            return UnreachableError(f"{host} closed the connection without an answer")
        case _:
            return UnreachableError(f"{host} answered with broken HTTP: {_one_line(error)}")


def _no_connection(error: aiohttp.ClientConnectorError, host: str) -> FetchError:
    if isinstance(error.os_error, RefusedAddressError):
        return AddressRefusedError(
            f"{host} leads to {error.os_error}; set allow_private_networks (feeds add: --private)"
            " if the feed is your own"
        )
    if isinstance(error.os_error, socket.gaierror):
        return UnreachableError(f"{host} has no address in DNS")
    return UnreachableError(f"no connection to {host}: {_one_line(error.os_error)}")


def retry_after(value: str, now: datetime) -> timedelta | None:
    """Read a Retry-After header (RFC 9110, 10.2.3): seconds, or an HTTP date; None for neither.

    Args:
        value: The header's value.
        now: Aware; what a date is measured from. A date gone by gives zero.
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    when = http_date(text)
    return None if when is None else max(when - now, timedelta(0))


@lru_cache(maxsize=20_000)
def _address(url: str) -> URL:
    """Return an address as requests take it; to read it anew for each would be a tenth of what they cost.

    Raises:
        aiohttp.InvalidURL: it is none.
    """
    try:
        return URL(url)
    except ValueError as error:
        raise aiohttp.InvalidURL(url) from error


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"[:200] if parts.scheme else url[:200]


def _one_line(error: BaseException) -> str:
    return " ".join((str(error) or type(error).__name__).split())[:200]
