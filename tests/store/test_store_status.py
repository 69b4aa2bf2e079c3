from __future__ import annotations

from datetime import UTC, datetime, timedelta

import redis
from store_samples import AT_ONCE, DECIDED, candidates, item

from monitor.store import EmbeddedRedis, Retention, Store

KEEP_NOTHING = Retention(items=timedelta(0))


def kept_ids(raw_redis: redis.Redis) -> list[object]:
    return [entry for entry, _ in raw_redis.xrange("nm:items") or ()]


async def test_an_empty_store_has_nothing_to_do(store: Store) -> None:
    status = await store.house.status()
    assert (status.items.length, status.items.waiting, status.items.pending, status.items.oldest) == (
        0,
        0,
        0,
        None,
    )
    assert (status.dead, status.counters) == (0, {})
    assert status.memory > 0
    assert status.version


async def test_waiting_and_pending_items_are_told_apart(store: Store) -> None:
    await store.feeds.admit(candidates(*map(item, range(5))))
    reading = store.reading("me")
    first, _ = await reading.read_items(count=2, block=AT_ONCE)
    await reading.commit(first, DECIDED)
    items = (await store.house.status()).items
    assert (items.length, items.waiting, items.pending) == (5, 3, 1)
    assert items.oldest is not None
    assert abs(items.oldest - datetime.now(UTC)) < timedelta(minutes=1)


async def test_trimming_drops_only_what_every_group_has_acknowledged(
    redis_server: EmbeddedRedis, raw_redis: redis.Redis
) -> None:
    async with await Store.open(redis_server.socket, retention=KEEP_NOTHING) as store:
        ids = [one.item.encode() for one in await store.feeds.admit(candidates(*map(item, range(5))))]
        assert await store.house.trim() == 0  # no group yet: nobody has read anything
        reading = store.reading("me")
        first, second, third = await reading.read_items(count=3, block=AT_ONCE)
        for done in (first, third):
            await reading.commit(done, DECIDED)
        assert await store.house.trim() == 1
        assert kept_ids(raw_redis) == ids[1:]
        await reading.commit(second, DECIDED)
        raw_redis.xgroup_create("nm:items", "slow", "0")
        assert await store.house.trim() == 0
        raw_redis.xgroup_destroy("nm:items", "slow")
        assert await store.house.trim() == 1  # the last delivered entry stays: it marks the place
        assert kept_ids(raw_redis) == ids[2:]
        rest = await reading.read_items(count=9, block=AT_ONCE)
        assert [entry.id.encode() for entry in rest] == ids[3:]


async def test_acknowledged_items_are_kept_for_a_while_to_be_explained(store: Store) -> None:
    [admitted] = await store.feeds.admit(candidates(item(1)))
    reading = store.reading("me")
    [entry] = await reading.read_items(count=1, block=AT_ONCE)
    await reading.commit(entry, DECIDED)
    assert await store.house.trim() == 0
    assert await store.item(admitted.item) == item(1)
    assert await store.item("1-1") is None
    assert await store.decision("1-1") is None


async def test_a_refusal_is_shown_until_it_is_taken_back(store: Store) -> None:
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    await store.house.refuse("one", "feeds.yaml:1:1: wrong", at)
    await store.house.refuse("two", "feeds.yaml:1:1: wrong", at)
    await store.house.refuse("one", "", at)
    assert await store.house.refused(at) == {"two": "feeds.yaml:1:1: wrong"}


async def test_a_process_that_is_silent_refuses_nothing(store: Store) -> None:
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    await store.house.refuse("one", "feeds.yaml:1:1: wrong", at)
    assert await store.house.refused(at + timedelta(seconds=31)) == {}
