"""The one place that builds Redis clients, and decides what is retried.

redis-py 8 repeats any command whose reply was lost, `XADD` too, when a client is built by its constructor,
and none when it is built from a URL. Here both are chosen: scripts and plain reads and writes that may run
twice without harm are repeated; group reads never are, since what a lost reply held is in the pending list.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

import redis.exceptions as failures
from redis.asyncio import BlockingConnectionPool, Redis, UnixDomainSocketConnection
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.connection import HiredisRespSerializer

from monitor.store.errors import StoreError, StoreRefusedError, StoreUnavailableError

Script = Literal[
    "admit",
    "bury",
    "claim",
    "commit",
    "due",
    "enrol",
    "mute",
    "queue",
    "recover",
    "release",
    "renew",
    "replay",
    "save",
    "sent",
    "serve",
    "stories",
    "trim",
    "turn",
    "unsent",
]
Argument = bytes | str | int
Send = Callable[..., Awaitable[Any]]

# A reply that takes longer is taken for lost. A blocking read must end well before that.
REPLY_TIMEOUT = timedelta(seconds=10)
LONGEST_BLOCK = timedelta(seconds=5)
CONNECT_TIMEOUT = timedelta(seconds=5)
# Repeats span about a second: a server that restarts is back by then; to wait for one that is down is the
# caller's business.
REPEATS = 4
CONNECTIONS = 16
# Errors that pass: see the protocol's error prefixes at https://redis.io/docs/latest/develop/reference/protocol-spec/
PASSING = (
    "LOADING",
    "OOM",
    "MISCONF",
    "READONLY",
    "MASTERDOWN",
    "NOREPLICAS",
    "NOGROUP",
    "CLUSTERDOWN",
    "TRYAGAIN",
)
LOST = (failures.ConnectionError, failures.TimeoutError, failures.ReadOnlyError, failures.OutOfMemoryError)
REFUSING = ("NOAUTH", "WRONGPASS", "NOPERM")


@cache
def _source(script: Script) -> tuple[str, str]:
    """Return a script and the SHA-1 under which Redis knows it."""
    text = files("monitor.store").joinpath(f"{script}.lua").read_text("utf-8")
    return text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


class Connection:
    """Connections to one Redis server: a Unix socket, or a `redis://`, `rediss://` or `unix://` URL.

    Every method raises `StoreUnavailableError` when the server cannot be reached or cannot do it now, and
    `StoreRefusedError` when it does not let us.
    """

    def __init__(self, address: str | Path) -> None:
        """Prepare to connect; nothing is sent before the first command.

        Raises:
            StoreRefusedError: the URL is not one.
        """
        self.address = _without_secrets(address)
        backoff = ExponentialWithJitterBackoff(base=0.05, cap=1)
        repeating = Redis(connection_pool=_pool(address, Retry(backoff, REPEATS)))
        reading = Redis(connection_pool=_pool(address, Retry(NoBackoff(), 0)))
        self._clients = (repeating, reading)
        self._send: Send = repeating.execute_command
        self._send_once: Send = reading.execute_command

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        for client in self._clients:
            await client.aclose()
            await client.connection_pool.aclose()

    async def run(self, script: Script, keys: Sequence[Argument], args: Sequence[Argument]) -> Any:
        """Run one of our scripts and return its reply. It may run twice: scripts are written to bear that."""
        return await self._run(self._send, script, keys, args)

    async def run_once(self, script: Script, keys: Sequence[Argument], args: Sequence[Argument]) -> Any:
        """Run a script that hands out entries: never repeated, the caller looks into its pending list."""
        return await self._run(self._send_once, script, keys, args)

    async def call(self, *command: Argument) -> Any:
        """Send a command that may run twice without harm, and return its reply."""
        async with self._errors():
            return await self._send(*command)

    async def read_group(
        self, stream: str, group: str, consumer: str, *, count: int, block: timedelta
    ) -> Sequence[tuple[bytes, dict[bytes, bytes]]]:
        """Return up to `count` entries that no consumer of the group was given yet; wait up to `block`."""
        wait = int(min(block, LONGEST_BLOCK) / timedelta(milliseconds=1))
        waiting: tuple[Argument, ...] = ("BLOCK", wait) if wait > 0 else ()  # BLOCK 0 is for ever
        command = ("XREADGROUP", "GROUP", group, consumer, "COUNT", count, *waiting, "STREAMS", stream, ">")
        async with self._errors():
            reply = await self._send_once(*command)
        return reply[0][1] if reply else ()

    async def create_group(self, stream: str, group: str) -> None:
        """Create a consumer group that starts at the first entry, and the stream, unless they exist.

        A group that starts at the end would never be given what came before it.
        """
        try:
            async with self._errors():
                await self._send("XGROUP CREATE", stream, group, "0", "MKSTREAM")
        except StoreError as error:
            if "BUSYGROUP" not in str(error):
                raise

    async def pending(self, stream: str, group: str) -> tuple[int, str]:
        """Return how many entries a group has in hand, and the id of the oldest ("" when there are none)."""
        try:
            async with self._errors():
                found = await self._send("XPENDING", stream, group)
        except StoreUnavailableError as error:
            if "NOGROUP" not in str(error):  # nobody has read yet
                raise
            return 0, ""
        return found["pending"], (found["min"] or b"").decode()

    async def ready(self, within: timedelta) -> None:
        """Wait until the server answers: it may be starting, or reading its data.

        Raises:
            StoreUnavailableError: it does not within that time.
        """
        why = "no answer"
        try:
            async with asyncio.timeout(within.total_seconds()):
                while True:
                    try:
                        async with self._errors():
                            await self._send_once("PING")
                        return
                    except StoreUnavailableError as error:
                        why = str(error)
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise StoreUnavailableError(f"{why} (waited {within.total_seconds():g} s)") from None

    @asynccontextmanager
    async def _errors(self) -> AsyncIterator[None]:
        """Raise ours for redis-py's errors; leave a server that has become a replica."""
        try:
            yield
        except failures.RedisError as error:
            if isinstance(error, failures.ReadOnlyError) or _says(str(error), ("READONLY",)):
                for client in self._clients:
                    await client.connection_pool.disconnect()
            raise _named(error, self.address) from error

    async def _run(
        self, send: Send, script: Script, keys: Sequence[Argument], args: Sequence[Argument]
    ) -> Any:
        text, sha = _source(script)
        async with self._errors():
            try:
                return await send("EVALSHA", sha, len(keys), *keys, *args)
            except failures.NoScriptError:  # a new server, or it was restarted
                return await send("EVAL", text, len(keys), *keys, *args)


class _PackedInC:
    """Lets hiredis write commands, as in redis-py's synchronous connections: a fifth of the time."""

    _serializer = HiredisRespSerializer()

    def pack_command(self, *args: Any) -> list[bytes]:
        packed: list[bytes] = self._serializer.pack(*args)
        return packed


def _pool(address: str | Path, retry: Retry) -> BlockingConnectionPool:
    options: dict[str, Any] = {
        "protocol": 2,
        "retry": retry,
        "socket_timeout": REPLY_TIMEOUT.total_seconds(),
        "socket_connect_timeout": CONNECT_TIMEOUT.total_seconds(),
        "max_connections": CONNECTIONS,
        "timeout": REPLY_TIMEOUT.total_seconds(),
        "client_name": "newswire-monitor",
    }
    pool = _plain_pool(address, options)
    kind = pool.connection_class
    pool.connection_class = type(kind.__name__, (_PackedInC, kind), {})
    return pool


def _plain_pool(address: str | Path, options: Mapping[str, Any]) -> BlockingConnectionPool:
    if isinstance(address, Path):
        return BlockingConnectionPool(
            connection_class=UnixDomainSocketConnection, path=str(address), **options
        )
    try:
        chosen = {name for name, _ in parse_qsl(urlsplit(address).query)}
        if other := sorted(name for name in chosen if name != "db" and not name.startswith("ssl_")):
            raise StoreRefusedError(
                f"{_without_secrets(address)}: the option {other[0]} cannot be set in the URL"
            )
        return BlockingConnectionPool.from_url(address, **options)
    except ValueError:
        raise StoreRefusedError(
            f"{_without_secrets(address)}: not a Redis URL: redis://host:6379/0, rediss://… or unix:///path"
        ) from None


def _without_secrets(address: str | Path) -> str:
    """Return an address that may be shown: no user, no password, no query."""
    if isinstance(address, Path):
        return str(address)
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _named(error: failures.RedisError, address: str) -> StoreError:
    """Return redis-py's error as ours: one that is worth a retry, one that needs a person, or a defect."""
    text = f"{address}: {error or type(error).__name__}"
    refused = failures.AuthenticationError | failures.NoPermissionError
    # While it connects, redis-py wraps a wrong password in a ConnectionError.
    if isinstance(error, refused) or isinstance(error.__cause__, refused) or _says(text, REFUSING):
        return StoreRefusedError(text)
    if isinstance(error, LOST) or _says(text, PASSING):
        return StoreUnavailableError(text)
    return StoreError(text)


def _says(text: str, prefixes: tuple[str, ...]) -> bool:
    """Whether an error, which a script may have wrapped in its own, begins with one of the prefixes."""
    return any(word.strip("-:@") in prefixes for word in text.split())
