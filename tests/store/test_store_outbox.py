from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis
from fakes.lossyproxy import lossy
from store_samples import AT_ONCE, DECIDED, alert, candidates, item

from monitor.deliver.ports import Outbox
from monitor.model import LedgerState, Queued
from monitor.store import EmbeddedRedis, Store
from monitor.store.outbox import AlertOutbox

MINUTE = timedelta(minutes=1)
RUN_OUT = timedelta(0)


async def put(store: Store, *alerts: str) -> None:
    """Queue alerts the only way there is: by committing an item."""
    number = (await store.house.status()).items.length + 1
    await store.feeds.admit(candidates(item(number)))
    reading = store.reading("test")
    [entry] = await reading.read_items(count=1, block=AT_ONCE)
    assert await reading.commit(entry, DECIDED, alerts=[alert(one) for one in alerts])


async def take(outbox: AlertOutbox) -> list[Queued]:
    taken: list[Queued] = []
    while more := await outbox.next_alerts(count=10, block=AT_ONCE):
        taken += more
    return taken


@pytest.fixture
def outbox(store: Store) -> AlertOutbox:
    return store.outbox("me")


@pytest.fixture
async def queued(store: Store, outbox: AlertOutbox) -> Queued:
    await put(store, "a1")
    [only] = await take(outbox)
    return only


async def test_it_is_what_delivery_asks_for(outbox: AlertOutbox) -> None:
    asked: Outbox = outbox
    assert await asked.next_alerts(count=1, block=AT_ONCE) == []


# --- the queue ---------------------------------------------------------------------------------------------


async def test_alerts_come_whole_and_in_order(store: Store, outbox: AlertOutbox) -> None:
    await put(store, "a1", "a2")
    await put(store, "a3")
    assert [(one.alert, one.attempts) for one in await take(outbox)] == [
        (alert("a1"), 1),
        (alert("a2"), 1),
        (alert("a3"), 1),
    ]


async def test_a_restarted_deliverer_is_handed_what_it_had_not_sent(
    store: Store, outbox: AlertOutbox
) -> None:
    await put(store, "a1", "a2")
    first, _ = await take(outbox)
    await outbox.sent(first, channel="C1", ts="1.1")
    [again] = await take(store.outbox("me"))
    assert (again.alert.id, again.attempts) == ("a2", 2)


async def test_an_abandoned_alert_goes_to_another_deliverer_however_often(
    store: Store, queued: Queued
) -> None:
    for attempt in range(2, 20):
        heir = store.outbox("heir", abandoned_after=AT_ONCE)
        [taken] = await heir.next_alerts(count=10, block=AT_ONCE)
        assert (taken.entry, taken.attempts) == (queued.entry, attempt)


async def test_an_alert_that_cannot_be_read_goes_to_the_dead_letters(
    store: Store, outbox: AlertOutbox, raw_redis: redis.Redis
) -> None:
    raw_redis.xadd("nm:alerts", {"alert": b"\xff"})
    assert await take(outbox) == []
    [letter] = await store.dead.newest(10)
    assert (letter.origin, letter.payload) == ("alerts", b"\xff")


# --- the ledger --------------------------------------------------------------------------------------------


async def test_the_first_claim_finds_a_new_alert_and_may_send_it(outbox: AlertOutbox) -> None:
    line = await outbox.claim("a1", MINUTE)
    assert (line.state, line.mine) == (LedgerState.NEW, True)
    assert line.since is not None
    assert abs(line.since - datetime.now(UTC)) < MINUTE
    after = await outbox.line("a1")
    assert (after.state, after.mine, after.since) == (LedgerState.SENDING, False, line.since)


async def test_a_leased_alert_is_nobody_elses(store: Store, outbox: AlertOutbox) -> None:
    await outbox.claim("a1", MINUTE)
    for other in (outbox, store.outbox("other")):
        line = await other.claim("a1", MINUTE)
        assert (line.state, line.mine) == (LedgerState.SENDING, False)


async def test_a_lease_that_ran_out_leaves_an_unknown_outcome_and_when_it_began(
    store: Store, outbox: AlertOutbox
) -> None:
    began = (await outbox.claim("a1", RUN_OUT)).since
    line = await store.outbox("other").claim("a1", MINUTE)
    assert (line.state, line.mine, line.since) == (LedgerState.SENDING, True, began)


async def test_a_claim_whose_reply_was_lost_is_no_unknown_outcome(
    redis_server: EmbeddedRedis, raw_redis: redis.Redis, tmp_path: Path
) -> None:
    raw_redis.flushall()
    async with lossy(redis_server.socket, tmp_path) as proxy, await Store.open(proxy.socket) as behind:
        proxy.lose(2, to=b"EVALSHA")
        line = await behind.outbox("me").claim("a1", MINUTE)
        assert proxy.lost == 2
        assert (line.state, line.mine) == (LedgerState.NEW, True)


async def test_a_sent_alert_keeps_its_message_and_is_done(
    store: Store, outbox: AlertOutbox, queued: Queued
) -> None:
    await outbox.claim("a1", MINUTE)
    await outbox.sent(queued, channel="C1", ts="1700000000.000100")
    for line in (await outbox.line("a1"), await outbox.claim("a1", MINUTE)):
        assert (line.state, line.mine) == (LedgerState.SENT, False)
        assert (line.channel, line.ts) == ("C1", "1700000000.000100")
    assert await take(store.outbox("me")) == []
    assert (await store.house.status()).alerts.pending == 0


async def test_the_first_message_recorded_stays(outbox: AlertOutbox, queued: Queued) -> None:
    await outbox.sent(queued, channel="C1", ts="1.1")
    await outbox.sent(queued, channel="C1", ts="2.2")
    assert (await outbox.line("a1")).ts == "1.1"


async def test_an_unsent_alert_is_new_again(store: Store, outbox: AlertOutbox) -> None:
    await outbox.claim("a1", MINUTE)
    await outbox.unsent("a1")
    line = await store.outbox("other").claim("a1", MINUTE)
    assert (line.state, line.mine) == (LedgerState.NEW, True)


async def test_who_lost_the_lease_cannot_give_the_alert_back(store: Store, outbox: AlertOutbox) -> None:
    await outbox.claim("a1", RUN_OUT)
    await store.outbox("other").claim("a1", MINUTE)
    await outbox.unsent("a1")
    assert (await outbox.line("a1")).state is LedgerState.SENDING


async def test_a_dead_alert_is_parked_with_the_reason(
    store: Store, outbox: AlertOutbox, queued: Queued
) -> None:
    await outbox.claim("a1", MINUTE)
    await outbox.dead(queued, "invalid_blocks")
    line = await outbox.claim("a1", MINUTE)
    assert (line.state, line.mine, line.note) == (LedgerState.PARKED, False, "invalid_blocks")
    [letter] = await store.dead.newest(10)
    assert (letter.origin, letter.reason) == ("alerts", "invalid_blocks")
    assert await take(store.outbox("me")) == []


async def test_what_was_sent_is_forgotten_only_after_its_time(
    outbox: AlertOutbox, queued: Queued, raw_redis: redis.Redis
) -> None:
    await outbox.claim("a1", MINUTE)
    assert raw_redis.ttl("nm:ledger:a1") == -1
    await outbox.sent(queued, channel="C1", ts="1.1")
    assert raw_redis.ttl("nm:ledger:a1") == 90 * 24 * 3600


async def test_the_ledger_survives_a_kill_of_redis(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server:
        async with await Store.open(server.socket) as store:
            await store.outbox("me").claim("a1", MINUTE)
            assert server.pid
            os.kill(server.pid, signal.SIGKILL)
            server.start()
            line = await store.outbox("other").claim("a1", MINUTE)
            assert (line.state, line.mine) == (LedgerState.SENDING, False)


async def test_an_alert_of_no_item_is_queued_once(store: Store) -> None:
    assert [await store.house.queue(one) for one in (alert("a1"), alert("a1"))] == [True, False]
    queued = await store.outbox("me").next_alerts(count=9, block=AT_ONCE)
    assert [one.alert.id for one in queued] == ["a1"]
    status = await store.house.status()
    assert (status.held, status.alerts.pending, status.alerts.waiting) == (0, 1, 0)
