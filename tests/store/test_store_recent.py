from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import redis
from store_samples import AT_ONCE, DECIDED, NOON, candidates, item, story

from monitor.model import Story
from monitor.store import Store
from monitor.store.recent import STEP, Recent


async def write(store: Store, *stories: Story) -> None:
    reading = store.reading("me")
    for number, one in enumerate(stories):
        await store.feeds.admit(candidates(item(1_000 * one.revision + number)))
        snapshot = await reading.stories([one.key])
        (entry,) = await reading.read_items(count=1, block=AT_ONCE)
        assert await reading.commit(entry, DECIDED, snapshot=snapshot, story=one)


def told(number: int) -> Story:
    at = NOON + timedelta(hours=number)
    return replace(story(f"s{number}", key=f"k{number}"), first_seen=at, last_seen=at)


async def ids(recent: Recent) -> list[list[str]]:
    return [[one.id for one in step] async for step in recent.changed(NOON)]


async def test_at_first_all_stories_come_in_steps_the_newest_first(store: Store) -> None:
    await write(store, *(told(number) for number in range(STEP + 1)))
    first, last = await ids(store.recent())
    assert (first[0], len(first), last) == (f"s{STEP}", STEP, ["s0"])
    assert await store.recent().count(NOON + timedelta(hours=2)) == STEP - 1


async def test_then_come_those_that_were_written_since_however_old_they_are(
    store: Store, raw_redis: redis.Redis
) -> None:
    await write(store, told(1), told(2))
    recent = store.recent()
    await ids(recent)
    raw_redis.zadd("nm:changed", {"s1": 0, "s2": 0})
    await write(store, replace(told(1), revision=2))
    assert await ids(recent) == [["s1"]]


async def test_a_reading_that_breaks_off_is_begun_again(store: Store) -> None:
    await write(store, *(told(number) for number in range(STEP + 1)))
    recent = store.recent()
    async for _ in recent.changed(NOON):
        break
    assert sum(map(len, await ids(recent))) == STEP + 1


async def test_the_newest_items_come_with_what_was_decided_of_each(store: Store) -> None:
    await write(store, told(1))
    await store.feeds.admit(candidates(item(2)))
    (last, _, nothing), (first, _, decision) = await store.newest_items(2)
    assert last > first
    assert (nothing, decision) == (None, DECIDED)
    assert len(await store.newest_items(1)) == 1
