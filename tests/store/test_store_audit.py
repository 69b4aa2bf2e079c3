from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from monitor.store import EmbeddedRedis, Store, StoreRefusedError
from monitor.store.audit import exposure


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    with EmbeddedRedis(tmp_path) as running:
        yield running


@pytest.fixture
def raw(server: EmbeddedRedis) -> Iterator[redis.Redis]:
    with redis.Redis(unix_socket_path=str(server.socket)) as client:
        yield client


async def warnings(server: EmbeddedRedis) -> tuple[str, ...]:
    async with await Store.open(server.socket) as opened:
        return opened.warnings


async def test_our_own_server_gives_no_cause_for_a_warning(server: EmbeddedRedis) -> None:
    assert await warnings(server) == ()


async def test_a_server_that_drops_data_when_memory_is_short_is_refused(
    server: EmbeddedRedis, raw: redis.Redis
) -> None:
    raw.config_set("maxmemory", "100mb")
    raw.config_set("maxmemory-policy", "allkeys-lru")
    with pytest.raises(StoreRefusedError, match="set maxmemory-policy noeviction"):
        await Store.open(server.socket)


async def test_a_replica_is_refused(server: EmbeddedRedis, raw: redis.Redis) -> None:
    raw.replicaof("127.0.0.1", 1)
    with pytest.raises(StoreRefusedError, match="read-only replica"):
        await Store.open(server.socket)


async def test_a_server_without_append_only_file_is_warned_of(
    server: EmbeddedRedis, raw: redis.Redis
) -> None:
    raw.config_set("appendonly", "no")
    assert "append-only file is off" in (await warnings(server))[0]


async def test_a_server_that_syncs_each_second_is_warned_of(server: EmbeddedRedis, raw: redis.Redis) -> None:
    raw.config_set("appendfsync", "everysec")
    assert "appendfsync is everysec" in (await warnings(server))[0]


async def test_a_user_who_may_not_read_settings_is_told_to_look(
    server: EmbeddedRedis, raw: redis.Redis
) -> None:
    raw.acl_setuser(
        "monitor", enabled=True, passwords=["+pw"], categories=["+@all"], commands=["-config"], keys="*"
    )
    async with await Store.open(f"unix://monitor:pw@{server.socket}") as opened:
        assert "appendfsync setting cannot be read" in opened.warnings[0]


@pytest.mark.parametrize(
    ("address", "warning"),
    [
        (Path("/data/redis.sock"), ""),
        ("unix:///data/redis.sock", ""),
        ("redis://localhost:6379/0", ""),
        ("rediss://:secret@redis.example.com", ""),
        ("redis://redis.example.com", "without a password"),
        ("redis://:secret@redis.example.com", "unencrypted"),
    ],
)
def test_an_open_way_to_the_server_is_warned_of(address: str | Path, warning: str) -> None:
    found = " ".join(exposure(address))
    assert bool(found) == bool(warning)
    assert warning in found
    assert "secret" not in found
