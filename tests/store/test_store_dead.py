from __future__ import annotations

from datetime import timedelta

import pytest
import redis
from store_samples import AT_ONCE, DECIDED, alert, candidates, item

from monitor.model import LedgerState
from monitor.store import Store, UnreadableRecordError

MINUTE = timedelta(minutes=1)


async def bury_item(store: Store, number: int) -> str:
    [admitted] = await store.feeds.admit(candidates(item(number)))
    reading = store.reading("me")
    [entry] = await reading.read_items(count=1, block=AT_ONCE)
    await reading.bury(entry, f"reason {number}")
    return admitted.item


async def bury_alert(store: Store) -> None:
    await store.feeds.admit(candidates(item(1)))
    reading, outbox = store.reading("me"), store.outbox("me")
    [entry] = await reading.read_items(count=1, block=AT_ONCE)
    await reading.commit(entry, DECIDED, alerts=[alert("a1")])
    [queued] = await outbox.next_alerts(count=1, block=AT_ONCE)
    await outbox.claim("a1", MINUTE)
    await outbox.dead(queued, "channel_not_found")


async def test_dead_letters_are_listed_newest_first_and_shown_one_by_one(store: Store) -> None:
    entries = [await bury_item(store, number) for number in (1, 2, 3)]
    letters = await store.dead.newest(2)
    assert [letter.entry for letter in letters] == [entries[2], entries[1]]
    assert await store.dead.show(letters[0].id) == letters[0]
    assert await store.dead.show("1-1") is None
    assert (await store.house.status()).dead == 3


async def test_burying_twice_leaves_one_letter(store: Store) -> None:
    await store.feeds.admit(candidates(item(1)))
    reading = store.reading("me")
    [entry] = await reading.read_items(count=1, block=AT_ONCE)
    for _ in range(2):
        await reading.bury(entry, "why")
    assert len(await store.dead.newest(10)) == 1


async def test_a_replayed_item_is_read_again_as_if_new(store: Store) -> None:
    await bury_item(store, 1)
    [letter] = await store.dead.newest(10)
    again = await store.dead.replay(letter.id)
    [entry] = await store.reading("me").read_items(count=1, block=AT_ONCE)
    assert (entry.id, entry.item, entry.attempts) == (again, item(1), 1)
    assert await store.dead.newest(10) == []


async def test_a_replayed_alert_may_be_sent_again(store: Store) -> None:
    await bury_alert(store)
    [letter] = await store.dead.newest(10)
    assert await store.dead.replay(letter.id)
    outbox = store.outbox("me")
    [queued] = await outbox.next_alerts(count=1, block=AT_ONCE)
    line = await outbox.claim(queued.alert.id, MINUTE)
    assert (queued.alert, line.state, line.mine) == (alert("a1"), LedgerState.NEW, True)


async def test_an_alert_that_was_sent_meanwhile_is_not_replayed(store: Store, raw_redis: redis.Redis) -> None:
    await bury_alert(store)
    raw_redis.hset("nm:ledger:a1", "state", "sent")
    [letter] = await store.dead.newest(10)
    assert await store.dead.replay(letter.id) is None
    assert await store.outbox("me").next_alerts(count=1, block=AT_ONCE) == []


async def test_what_is_not_there_is_not_replayed(store: Store) -> None:
    assert await store.dead.replay("1-1") is None


async def test_an_alert_nobody_can_read_stays_dead(store: Store, raw_redis: redis.Redis) -> None:
    raw_redis.xadd("nm:alerts", {"alert": b"?"})
    await store.outbox("me").next_alerts(count=1, block=AT_ONCE)
    [letter] = await store.dead.newest(10)
    with pytest.raises(UnreadableRecordError):
        await store.dead.replay(letter.id)
    assert await store.dead.newest(10) == [letter]


async def test_a_dead_letter_can_be_discarded(store: Store) -> None:
    await bury_item(store, 1)
    [letter] = await store.dead.newest(10)
    assert await store.dead.discard(letter.id)
    assert not await store.dead.discard(letter.id)
