"""A real Redis for every test that asks for one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import redis

from monitor.store import EmbeddedRedis, Store


@pytest.fixture(scope="session")
def redis_server() -> Iterator[EmbeddedRedis]:
    """Run one server for each worker. A test that stops or changes its server runs one of its own."""
    with EmbeddedRedis.throwaway() as server:
        yield server


@pytest.fixture
def raw_redis(redis_server: EmbeddedRedis) -> Iterator[redis.Redis]:
    """Look at the server behind the store's back; it is empty at first."""
    with redis.Redis(unix_socket_path=str(redis_server.socket)) as client:
        client.flushall()
        yield client


@pytest.fixture
async def store(redis_server: EmbeddedRedis, raw_redis: redis.Redis) -> AsyncIterator[Store]:
    """Open an empty store."""
    assert raw_redis.dbsize() == 0
    async with await Store.open(redis_server.socket) as opened:
        yield opened
