from __future__ import annotations

from datetime import timedelta

import redis

from monitor.store import Store

PAUSE = timedelta(seconds=10)


async def test_an_article_is_kept_for_its_time(store: Store, raw_redis: redis.Redis) -> None:
    assert await store.articles.article("https://e.com/1") is None
    await store.articles.keep_article("https://e.com/1", "Näheres")
    assert await store.articles.article("https://e.com/1") == "Näheres"
    (key,) = raw_redis.keys("nm:article:*")
    assert 0 < raw_redis.ttl(key) <= 48 * 3600


async def test_why_an_article_could_not_be_had_is_kept_for_a_moment(
    store: Store, raw_redis: redis.Redis
) -> None:
    assert await store.articles.failure("https://e.com/1") is None
    await store.articles.keep_failure("https://e.com/1", "e.com answered 404", timedelta(minutes=10))
    assert await store.articles.failure("https://e.com/1") == "e.com answered 404"
    assert await store.articles.article("https://e.com/1") is None
    (key,) = raw_redis.keys("nm:unread:*")
    assert 0 < raw_redis.ttl(key) <= 600


async def test_a_host_gives_one_turn_a_pause_to_all_readers(store: Store, raw_redis: redis.Redis) -> None:
    assert await store.articles.turn("e.com", PAUSE) == timedelta(0)
    wait = await store.articles.turn("e.com", PAUSE)
    assert timedelta(0) < wait <= PAUSE
    assert await store.articles.turn("other.com", PAUSE) == timedelta(0)
    raw_redis.delete("nm:pace:e.com")
    assert await store.articles.turn("e.com", PAUSE) == timedelta(0)
