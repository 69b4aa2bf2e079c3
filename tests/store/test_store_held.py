from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import redis
from store_samples import AT_ONCE, DECIDED, NOON, alert, candidates, item

from monitor.model import Alert
from monitor.store import Store

LATER = NOON + timedelta(hours=8)


def held(name: str, story: str = "s1", channel: str = "#layoffs", due: datetime = LATER) -> Alert:
    return replace(alert(name, channel=channel), story=story, due=due)


async def commit(store: Store, number: int, *alerts: Alert) -> None:
    await store.feeds.admit(candidates(item(number)))
    reading = store.reading("me")
    (entry,) = await reading.read_items(count=1, block=AT_ONCE)
    assert await reading.commit(entry, DECIDED, alerts=alerts)


async def queued(store: Store) -> list[str]:
    return [one.alert.id for one in await store.outbox("d").next_alerts(count=9, block=AT_ONCE)]


async def test_what_is_due_together_in_a_channel_is_one_group(store: Store) -> None:
    await commit(store, 1, held("a"), held("b", channel="#ops"))
    await commit(store, 2, held("c", "s2"), held("d", "s2", due=LATER + timedelta(hours=1)))
    assert await store.held.due(NOON) == []
    groups = await store.held.due(LATER)
    assert [(one.due, [alert.id for alert in one.alerts]) for one in groups] == [
        (LATER, ["a", "c"]),
        (LATER, ["b"]),
    ]
    assert (await store.house.status()).held == 3
    assert await queued(store) == []


async def test_a_story_that_changes_while_it_is_held_is_told_once_as_it_changed_last(store: Store) -> None:
    await commit(store, 1, held("a"))
    await commit(store, 2, held("b"))
    (group,) = await store.held.due(LATER)
    assert [one.id for one in group.alerts] == ["b"]


async def test_a_group_is_released_once_as_one_alert(store: Store) -> None:
    await commit(store, 1, held("a"), held("b", "s2"))
    (group,) = await store.held.due(LATER)
    assert [await store.held.release(group, alert("digest")) for _ in range(2)] == [True, False]
    assert await store.held.due(LATER) == []
    assert await queued(store) == ["digest"]


async def test_a_group_that_has_grown_since_it_was_read_is_read_again(store: Store) -> None:
    await commit(store, 1, held("a"))
    (group,) = await store.held.due(LATER)
    await commit(store, 2, held("b", "s2"))
    assert not await store.held.release(group, alert("digest"))
    (grown,) = await store.held.due(LATER)
    assert [one.id for one in grown.alerts] == ["a", "b"]


async def test_what_comes_after_the_release_is_a_group_of_its_own(store: Store) -> None:
    await commit(store, 1, held("a"))
    (group,) = await store.held.due(LATER)
    await store.held.release(group, alert("digest"))
    await commit(store, 2, held("b", "s2"))
    (late,) = await store.held.due(LATER)
    assert await store.held.release(late, alert("another"))
    assert await queued(store) == ["digest", "another"]


async def test_a_held_alert_that_cannot_be_read_does_not_keep_the_others(
    store: Store, raw_redis: redis.Redis
) -> None:
    await commit(store, 1, held("a"))
    raw_redis.hset(f"nm:held:#layoffs {int(LATER.timestamp() * 1000)}", "s9", "rubbish")
    (group,) = await store.held.due(LATER)
    assert [one.id for one in group.alerts] == ["a"]
