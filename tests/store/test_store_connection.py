from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from fakes.lossyproxy import lossy
from store_samples import AT_ONCE, DECIDED, alert, candidates, item, story

from monitor.store import EmbeddedRedis, Retention, Store, StoreRefusedError, StoreUnavailableError
from monitor.store.connection import Connection


async def test_a_plain_command_is_repeated_when_its_reply_is_lost(
    redis_server: EmbeddedRedis, tmp_path: Path
) -> None:
    async with lossy(redis_server.socket, tmp_path) as proxy, Connection(proxy.socket) as connection:
        proxy.lose(2, to=b"PING")
        assert await connection.call("PING")
        assert proxy.lost == 2


async def test_a_read_that_hands_out_entries_is_never_repeated(
    redis_server: EmbeddedRedis, raw_redis: redis.Redis, tmp_path: Path
) -> None:
    raw_redis.xgroup_create("stream", "group", "0", mkstream=True)
    for _ in range(2):
        raw_redis.xadd("stream", {"field": "value"})
    async with lossy(redis_server.socket, tmp_path) as proxy, Connection(proxy.socket) as connection:
        proxy.lose(1, to=b"XREADGROUP")
        with pytest.raises(StoreUnavailableError):
            await connection.read_group("stream", "group", "me", count=1, block=AT_ONCE)
        assert raw_redis.xpending("stream", "group")["pending"] == 1


async def test_a_server_that_is_not_there_is_unavailable_and_said_to_be_worth_a_retry(tmp_path: Path) -> None:
    async with Connection(tmp_path / "nothing.sock") as connection:
        with pytest.raises(StoreUnavailableError, match=r"nothing\.sock"):
            await connection.ready(timedelta(seconds=0.2))
        with pytest.raises(ConnectionError):
            await connection.call("PING")


async def test_a_server_that_comes_up_late_is_waited_for(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path)
    async with Connection(server.socket) as connection:
        waiting = asyncio.create_task(connection.ready(timedelta(seconds=20)))
        await asyncio.sleep(0)
        with server:
            await waiting


async def test_a_restarted_server_is_found_again_and_learns_the_scripts_anew(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server:
        async with Connection(server.socket) as connection:
            for _ in range(2):
                assert await connection.run("unsent", ["nm:ledger:a"], ["token"]) == 0
                server.stop()
                server.start()


@pytest.mark.parametrize(
    "url",
    [
        "redis://user:hunter2@127.0.0.1:1/0",
        "rediss://:hunter2@127.0.0.1:1",
        "redis://:hunter2@nohost.invalid",
    ],
)
async def test_no_error_shows_the_password(url: str) -> None:
    with pytest.raises(StoreUnavailableError) as refusal:
        await Store.open(url, ready_within=timedelta(seconds=0.1))
    shown = repr(refusal.value) + repr(refusal.value.__cause__)
    assert "hunter2" not in shown


@pytest.mark.parametrize("url", ["http://:hunter2@example.com", "hunter2", "redis://:hunter2@host:port/0"])
async def test_a_url_of_another_kind_is_refused_without_showing_the_password(url: str) -> None:
    with pytest.raises(StoreRefusedError, match="not a Redis URL"):
        await Store.open(url)


async def test_timeouts_and_retries_cannot_be_set_in_the_url() -> None:
    with pytest.raises(StoreRefusedError, match="retry_on_timeout cannot be set"):
        await Store.open("redis://localhost?retry_on_timeout=yes")


async def test_a_wrong_password_needs_a_person(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server:
        with redis.Redis(unix_socket_path=str(server.socket)) as raw:
            raw.config_set("requirepass", "right")
        with pytest.raises(StoreRefusedError):
            await Store.open(f"unix://:wrong@{server.socket}")
        async with await Store.open(f"unix://:right@{server.socket}") as opened:
            assert await opened.feeds.feed_states() == {}


async def test_a_server_that_became_a_replica_is_left_for_the_new_primary(
    redis_server: EmbeddedRedis, tmp_path: Path
) -> None:
    with EmbeddedRedis(tmp_path) as old, redis.Redis(unix_socket_path=str(old.socket)) as raw:
        async with lossy(old.socket, tmp_path) as proxy, Connection(proxy.socket) as connection:
            await connection.call("SET", "key", "old")
            raw.replicaof("127.0.0.1", 1)
            proxy.server = redis_server.socket
            with pytest.raises(StoreUnavailableError):
                await connection.call("SET", "key", "new")
            await connection.call("SET", "key", "new")
            assert raw.get("key") == b"old"


async def test_a_server_that_may_not_write_for_now_is_unavailable(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server, redis.Redis(unix_socket_path=str(server.socket)) as raw:
        raw.config_set("min-replicas-to-write", "1")
        async with Connection(server.socket) as connection:
            with pytest.raises(StoreUnavailableError, match="NOREPLICAS"):
                await connection.call("SET", "key", "value")
            with pytest.raises(StoreUnavailableError, match="NOREPLICAS"):
                await Store(connection).feeds.admit(candidates(item(1)))


async def test_out_of_memory_nothing_is_admitted_but_what_there_is_is_worked_off(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server, redis.Redis(unix_socket_path=str(server.socket)) as raw:
        async with await Store.open(server.socket, retention=Retention(items=AT_ONCE)) as store:
            await store.feeds.admit(candidates(item(1), item(2)))
            await store.reading("me").read_items(count=1, block=AT_ONCE)
            raw.config_set("maxmemory", "1")
            with pytest.raises(StoreUnavailableError, match="OOM"):
                await store.feeds.admit(candidates(item(3)))
            assert await store.feeds.seen(item(3)) == {}
            reading, outbox = store.reading("me"), store.outbox("me")
            [entry] = await reading.read_items(count=1, block=AT_ONCE)
            assert await reading.commit(entry, DECIDED, story=story("s1"), alerts=[alert("a1")])
            raw.config_set("maxmemory", "0")
            await outbox.next_alerts(count=1, block=AT_ONCE)
            raw.config_set("maxmemory", "1")
            [queued] = await store.outbox("me").next_alerts(count=1, block=AT_ONCE)
            assert (await outbox.claim("a1", timedelta(minutes=1))).mine
            await outbox.sent(queued, channel="C1", ts="1.1")
            [entry] = await reading.read_items(count=1, block=AT_ONCE)
            await reading.bury(entry, "why")
            assert await store.house.trim() == 1
