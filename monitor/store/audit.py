"""Is this Redis server fit to hold our data? Asked once at the start, of a server that we did not set up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from monitor.store.connection import Connection
from monitor.store.errors import StoreError, StoreRefusedError

OLDEST = (6, 2)
LOOPBACK = (None, "localhost", "127.0.0.1", "::1")


async def audit(connection: Connection) -> tuple[str, ...]:
    """Return what ops should know of the server, one sentence each.

    Raises:
        StoreRefusedError: the server would lose items in silence, or cannot run our scripts.
        StoreUnavailableError: it cannot be reached.
    """
    info: Mapping[str, object] = await connection.call("INFO")
    if refusals := list(_refusals(info)):
        raise StoreRefusedError(f"{connection.address}: " + "; ".join(refusals))
    return tuple([warning async for warning in _warnings(connection, info)])


def _refusals(info: Mapping[str, object]) -> Iterator[str]:
    version = str(info.get("redis_version", "0"))
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        yield f"Redis {version} is too old, 6.2 or newer is needed"
    if info.get("redis_mode") == "cluster":
        yield "it runs in cluster mode, which is not supported yet"
    if info.get("role") == "slave":
        yield "it is a read-only replica, give the address of the primary"
    policy = info.get("maxmemory_policy", "noeviction")
    if info.get("maxmemory") and policy != "noeviction":
        yield f"it drops data when memory is short: set maxmemory-policy noeviction (it is {policy})"


def exposure(address: str | Path) -> tuple[str, ...]:
    """Return what ops should know of the way to the server: who reaches it can alert in our name."""
    if isinstance(address, Path):
        return ()
    parts = urlsplit(address)
    if parts.scheme != "redis" or parts.hostname in LOOPBACK:
        return ()
    if parts.password is None:
        return (
            "it is reached over the network without a password: set one, and use rediss:// for encryption",
        )
    return ("its password and all data cross the network unencrypted: use rediss:// if the server offers it",)


async def _warnings(connection: Connection, info: Mapping[str, object]) -> AsyncIterator[str]:
    if not info.get("aof_enabled"):
        yield "the append-only file is off: items since the last snapshot are lost when this Redis stops"
        return
    try:
        sync = dict(await connection.call("CONFIG GET", "appendfsync")).get("appendfsync")
    except StoreError:
        yield "its appendfsync setting cannot be read: make sure that it is always or everysec"
        return
    if sync != "always":
        yield f"appendfsync is {sync}: up to a second of acknowledged items is lost when the machine stops"
