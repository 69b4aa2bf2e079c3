from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import redis
from store_samples import AT_ONCE, DECIDED, NOON, candidates, item, story

from monitor.model import Mute, MuteKind
from monitor.store import Store

ACME = Mute(MuteKind.COMPANY, "Acme", NOON + timedelta(days=1), "ann", "our client")
RULE = Mute(MuteKind.RULE, "cuts", NOON + timedelta(hours=1), "bob", "too noisy")


async def commit(store: Store, number: int, *, hides: Mute | None) -> None:
    await store.feeds.admit(candidates(item(number)))
    reading = store.reading("me")
    (entry,) = await reading.read_items(count=1, block=AT_ONCE)
    told = replace(story(f"s{number}"), first_seen=NOON + timedelta(hours=number))
    hidden = (hides, f"Acme, {number} jobs") if hides else None
    assert await reading.commit(entry, DECIDED, story=told, hides=hidden)


async def test_mutes_are_listed_the_one_that_ends_first_in_front(store: Store) -> None:
    assert await store.mutes.add(ACME)
    assert await store.mutes.add(RULE)
    assert not await store.mutes.add(ACME)
    assert await store.mutes.all() == (RULE, ACME)


async def test_what_a_mute_hides_is_kept_with_it_once_a_story(store: Store) -> None:
    await store.mutes.add(ACME)
    await commit(store, 1, hides=ACME)
    await commit(store, 2, hides=ACME)
    await commit(store, 3, hides=None)
    (muted,) = await store.mutes.listed()
    assert muted.hidden == {"s1": "Acme, 1 jobs", "s2": "Acme, 2 jobs"}


async def test_an_ended_mute_is_gone_and_audited_with_what_it_hid(store: Store) -> None:
    await store.mutes.add(ACME)
    await commit(store, 1, hides=ACME)
    assert await store.mutes.end(ACME, "bob")
    assert not await store.mutes.end(ACME, "bob")
    assert await store.mutes.all() == ()
    assert (await store.mutes.hidden(ACME)).hidden == {}
    told = [(event.action, event.by, event.mute, event.hidden) for event in await store.mutes.events(9)]
    assert told == [("ended", "bob", ACME, 1), ("added", "ann", ACME, 0)]


async def test_a_mute_that_cannot_be_read_mutes_nothing_and_breaks_nothing(
    store: Store, raw_redis: redis.Redis
) -> None:
    await store.mutes.add(ACME)
    raw_redis.hset("nm:mutes", "deadbeef", "rubbish")
    assert await store.mutes.all() == (ACME,)


async def test_recent_stories_come_by_when_they_were_first_told(store: Store) -> None:
    for number in (2, 1, 3):
        await commit(store, number, hides=None)
    assert [one.id for one in await store.stories_since(NOON + timedelta(hours=2))] == ["s2", "s3"]
    assert await store.stories_since(NOON + timedelta(hours=4)) == ()


async def test_stories_that_are_kept_no_longer_leave_the_index_of_recent_ones(
    store: Store, raw_redis: redis.Redis
) -> None:
    await commit(store, 1, hides=None)
    await store.feeds.admit(candidates(item(2)))
    reading = store.reading("me")
    (entry,) = await reading.read_items(count=1, block=AT_ONCE)
    late = NOON + timedelta(days=31)
    await reading.commit(entry, DECIDED, story=replace(story("late"), first_seen=late, last_seen=late))
    assert raw_redis.zrange("nm:recent", 0, -1) == [b"late"]
    raw_redis.delete("nm:story:late")
    assert await store.stories_since(NOON) == ()
