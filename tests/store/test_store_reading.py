from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import redis
from fakes.lossyproxy import lossy
from store_samples import AT_ONCE, DECIDED, alert, candidates, item, story

from monitor.model import Evidence, Match, Reason, Verdict, ZoneKind
from monitor.store import EmbeddedRedis, Entry, Snapshot, Store, StoreUnavailableError
from monitor.store.reading import ATTEMPTS, CROWD, Reading

TITLE, TEXT = (
    Match("job-cuts", 4.0, zone, Evidence(0, 8, "cut jobs")) for zone in (ZoneKind.TITLE, ZoneKind.LEAD)
)
SPOKEN = replace(DECIDED, verdict=Verdict("layoffs", Reason.ANNOUNCED, 8.0, 4.0, matches=(TITLE, TEXT)))


async def admit(store: Store, *numbers: int) -> list[str]:
    return [one.item for one in await store.feeds.admit(candidates(*map(item, numbers)))]


async def read(reading: Reading, count: int = 100) -> list[Entry]:
    return list(await reading.read_items(count=count, block=AT_ONCE))


async def read_all(reading: Reading) -> list[Entry]:
    entries: list[Entry] = []
    while more := await read(reading):
        entries += more
    return entries


# --- being handed items ------------------------------------------------------------------------------------


async def test_items_come_whole_and_in_order(store: Store) -> None:
    ids = await admit(store, 1, 2, 3)
    assert await read(store.reading("me")) == [
        Entry(one, item(number), 1) for number, one in enumerate(ids, start=1)
    ]


async def test_items_admitted_before_any_reader_existed_are_read(store: Store) -> None:
    await admit(store, 1)
    assert len(await read(store.reading("the first ever"))) == 1


async def test_each_item_goes_to_one_reader(store: Store) -> None:
    ids = await admit(store, 1, 2, 3, 4)
    one, other = store.reading("one"), store.reading("other")
    assert [entry.id for entry in await read(one, 2) + await read(other, 2)] == ids


async def test_a_restarted_reader_is_handed_what_it_had_not_committed(store: Store) -> None:
    ids = await admit(store, 1, 2, 3)
    before = store.reading("me")
    first, *_ = await read(before)
    assert await before.commit(first, DECIDED)
    again = await read_all(store.reading("me"))
    assert [entry.id for entry in again] == ids[1:]
    assert [entry.attempts for entry in again] == [2, 2]


async def test_a_reader_is_not_handed_again_what_it_is_working_on(store: Store) -> None:
    await admit(store, 1, 2)
    reading = store.reading("me")
    assert len(await read(reading)) == 2
    assert await read(reading) == []


async def test_an_abandoned_item_goes_to_another_reader(store: Store) -> None:
    [only] = await admit(store, 1)
    await read(store.reading("gone"))
    assert await read(store.reading("other")) == []
    [taken] = await read(store.reading("other", abandoned_after=AT_ONCE))
    assert (taken.id, taken.attempts) == (only, 2)


async def test_a_lost_reply_is_found_in_the_pending_list(
    redis_server: EmbeddedRedis, store: Store, tmp_path: Path
) -> None:
    ids = await admit(store, 1, 2)
    async with lossy(redis_server.socket, tmp_path) as proxy, await Store.open(proxy.socket) as behind:
        reading = behind.reading("me")
        await read(reading)  # creates the group and leaves both in hand
        await behind.feeds.admit(candidates(item(3)))
        proxy.lose(1, to=b"XREADGROUP")
        with pytest.raises(StoreUnavailableError):
            await read(reading)
        assert {entry.id for entry in await read_all(reading)} > set(ids)


async def test_a_wiped_redis_is_read_from_its_new_beginning(store: Store, raw_redis: redis.Redis) -> None:
    reading = store.reading("me")
    await admit(store, 1)
    await read(reading)
    raw_redis.flushall()
    ids = await admit(store, 1)
    assert [entry.id for entry in await read(reading)] == ids


async def test_an_item_that_is_begun_and_never_finished_goes_to_the_dead_letters(store: Store) -> None:
    poison, healthy = await admit(store, 1, 2)
    await read(store.reading("me"))  # both are in hand; each reader dies of the first
    for _ in range(ATTEMPTS):
        reader = store.reading("me")
        [entry] = await read(reader)
        assert entry.id == poison
        assert await reader.begin(entry)
    reader = store.reading("me")
    [entry] = await read(reader)
    assert not await reader.begin(entry)
    [letter] = await store.dead.newest(10)
    assert (letter.entry, letter.reason) == (poison, "begun 5 times and never finished")
    [entry] = await read_all(reader)
    assert entry.id == healthy
    assert await reader.begin(entry)


async def test_readers_killed_before_they_began_an_item_cost_it_nothing(store: Store) -> None:
    [only] = await admit(store, 1)
    for _ in range(3 * ATTEMPTS):
        [entry] = await read(store.reading("me"))
    assert entry.id == only
    assert await store.reading("me").begin(entry)
    assert await store.dead.newest(10) == []


async def test_readers_killed_while_an_item_waits_for_its_article_cost_it_nothing(store: Store) -> None:
    await admit(store, 1)
    for _ in range(3 * ATTEMPTS):
        reader = store.reading("me")
        [entry] = await read(reader)
        assert await reader.begin(entry)
        await reader.pause(entry)
    assert await store.dead.newest(10) == []


async def test_an_item_that_cannot_be_read_goes_to_the_dead_letters_and_the_others_on(
    store: Store, raw_redis: redis.Redis
) -> None:
    raw_redis.xadd("nm:items", {"item": b'{"v":99,"item":{}}'})
    [readable] = await admit(store, 1)
    assert [entry.id for entry in await read(store.reading("me"))] == [readable]
    [letter] = await store.dead.newest(10)
    assert letter.reason.startswith("unreadable: not a record of kind item")
    assert letter.payload == b'{"v":99,"item":{}}'


@pytest.mark.parametrize("reader", ["me", "other"])
async def test_an_item_trimmed_while_in_hand_is_counted_as_lost(
    store: Store, raw_redis: redis.Redis, reader: str
) -> None:
    trimmed, kept = await admit(store, 1, 2)
    await read(store.reading("me"))
    raw_redis.xdel("nm:items", trimmed)
    [again] = await read(store.reading(reader, abandoned_after=AT_ONCE))
    assert again.id == kept
    status = await store.house.status()
    assert (status.items.lost, status.items.waiting, status.items.pending) == (1, 0, 1)


# --- committing --------------------------------------------------------------------------------------------


@pytest.fixture
async def reading(store: Store) -> Reading:
    return store.reading("me")


@pytest.fixture
async def entry(store: Store, reading: Reading) -> Entry:
    await admit(store, 1)
    [only] = await read(reading)
    return only


async def outbox(store: Store) -> list[str]:
    alerts = await store.outbox("test").next_alerts(count=100, block=AT_ONCE)
    return [queued.alert.id for queued in alerts]


async def test_a_commit_writes_story_alerts_decision_and_counters_and_acknowledges(
    store: Store, reading: Reading, entry: Entry
) -> None:
    told = story("s1")
    assert await reading.commit(entry, DECIDED, story=told, alerts=[alert("a1"), alert("a2")])
    assert (await reading.stories(["acme"])).stories == (told,)
    assert await outbox(store) == ["a1", "a2"]
    assert await store.decision(entry.id) == DECIDED
    counters = await store.house.counters()
    assert counters["decided.announced"] == counters["items.out"] == 1
    assert await read_all(store.reading("me")) == []


async def test_an_item_that_is_no_alert_is_committed_with_its_reason(
    store: Store, reading: Reading, entry: Entry
) -> None:
    assert await reading.commit(entry, replace(DECIDED, reason=Reason.NO_RULE))
    assert (await store.house.counters())["decided.no_rule"] == 1
    assert await outbox(store) == []


async def test_a_second_commit_of_an_item_changes_nothing(
    store: Store, reading: Reading, entry: Entry
) -> None:
    await reading.commit(entry, DECIDED, story=story("s1"), alerts=[alert("a1")])
    assert await reading.commit(entry, DECIDED, story=story("s1", revision=2), alerts=[alert("a2")])
    assert [one.revision for one in (await reading.stories(["acme"])).stories] == [1]
    assert await outbox(store) == ["a1"]
    assert (await store.house.counters())["items.out"] == 1


async def test_an_alert_is_queued_once_whoever_commits_it(store: Store) -> None:
    await admit(store, 1, 2)
    reading = store.reading("me")
    for one in await read(reading):
        assert await reading.commit(one, DECIDED, alerts=[alert("a1")])
    assert await outbox(store) == ["a1"]


async def test_a_decision_on_a_story_that_changed_meanwhile_is_made_again(store: Store) -> None:
    await admit(store, 1, 2)
    one, other = store.reading("one"), store.reading("other")
    [first], [second] = await read(one, 1), await read(other, 1)
    seen_by_one, seen_by_other = await one.stories(["acme"]), await other.stories(["acme"])
    assert seen_by_one.stories == ()
    assert await one.commit(first, DECIDED, snapshot=seen_by_one, story=story("s1"), alerts=[alert("a1")])
    assert not await other.commit(
        second, DECIDED, snapshot=seen_by_other, story=story("s2"), alerts=[alert("a2")]
    )
    assert await outbox(store) == ["a1"]
    seen_again = await other.stories(["acme"])
    assert seen_again.stories == (story("s1"),)
    assert await other.commit(second, DECIDED, snapshot=seen_again, story=story("s1", revision=2))
    assert (await one.stories(["acme"])).stories == (story("s1", revision=2),)


async def test_a_change_under_another_key_is_no_conflict(store: Store) -> None:
    await admit(store, 1, 2)
    reading = store.reading("me")
    first, second = await read(reading)
    snapshot = await reading.stories(["acme"])
    assert await reading.commit(first, DECIDED, story=story("s1", key="other"))
    assert await reading.commit(second, DECIDED, snapshot=snapshot, story=story("s2"))


async def test_a_story_is_found_once_under_every_key_of_the_decision_that_wrote_it(store: Store) -> None:
    await admit(store, 1)
    reading = store.reading("me")
    [entry] = await read(reading)
    snapshot = await reading.stories(["name", "ticker"])
    assert await reading.commit(entry, DECIDED, snapshot=snapshot, story=story("s1", key="name"))
    for keys in (["name"], ["ticker"], ["name", "ticker"]):
        assert (await reading.stories(keys)).stories == (story("s1", key="name"),)


async def test_a_story_that_changed_under_another_of_its_keys_is_decided_again(store: Store) -> None:
    await admit(store, 1, 2, 3)
    reading = store.reading("me")
    first, second, third = await read(reading)
    told = story("s1", key="name")
    await reading.commit(first, DECIDED, snapshot=await reading.stories(["name", "ticker"]), story=told)
    by_ticker, by_name = await reading.stories(["ticker"]), await reading.stories(["name"])
    assert await reading.commit(second, DECIDED, snapshot=by_name, story=replace(told, revision=2))
    assert not await reading.commit(third, DECIDED, snapshot=by_ticker, story=replace(told, revision=2))
    by_ticker = await reading.stories(["ticker"])
    assert await reading.commit(third, DECIDED, snapshot=by_ticker, story=replace(told, revision=3))


async def test_lost_replies_to_a_commit_commit_once(
    redis_server: EmbeddedRedis, store: Store, tmp_path: Path
) -> None:
    await admit(store, 1)
    async with lossy(redis_server.socket, tmp_path) as proxy, await Store.open(proxy.socket) as behind:
        reading = behind.reading("me")
        [entry] = await read(reading)
        snapshot = await reading.stories(["acme"])
        proxy.lose(2, to=b"EVALSHA")
        assert await reading.commit(entry, SPOKEN, snapshot=snapshot, story=story("s1"), alerts=[alert("a1")])
        assert proxy.lost == 2
    assert await outbox(store) == ["a1"]
    counters = await store.house.counters()
    assert (counters["decided.announced"], counters["rule.layoffs.job-cuts"]) == (1, 1)


async def test_a_rule_is_counted_once_for_each_announced_item_of_which_it_spoke(store: Store) -> None:
    await admit(store, 1, 2)
    reading = store.reading("me")
    first, second = await read(reading)
    assert await reading.commit(first, SPOKEN)
    assert await reading.commit(second, replace(SPOKEN, reason=Reason.REPETITION))
    assert (await store.house.counters())["rule.layoffs.job-cuts"] == 1


async def test_stories_come_from_every_key_asked_for_and_expired_ones_are_forgotten(
    store: Store, raw_redis: redis.Redis
) -> None:
    await admit(store, 1, 2, 3)
    reading = store.reading("me")
    written = [story("s1", key="a"), story("s2", key="b"), story("s3", key="b")]
    for one, told in zip(await read(reading), written, strict=True):
        await reading.commit(one, DECIDED, story=told)
    found = await reading.stories(["a", "b", "c"])
    assert set(found.stories) == set(written)
    raw_redis.delete("nm:story:s2")
    assert (await reading.stories(["b"])).stories == (story("s3", key="b"),)
    assert set(raw_redis.hkeys("nm:stories:b")) == {b"", b"s3"}


async def test_a_hint_that_a_crowd_of_stories_shares_is_no_evidence_and_grows_no_more(
    store: Store, raw_redis: redis.Redis
) -> None:
    await admit(store, *range(CROWD + 5))
    reading, found = store.reading("me"), []
    for number, entry in enumerate(await read(reading)):
        snapshot = await reading.stories(["boilerplate"], ["boilerplate"])
        found.append(len(snapshot.stories))
        told = story(f"s{number}", key=f"name{number}")
        assert await reading.commit(entry, DECIDED, snapshot=snapshot, story=told)
    assert found == [*range(CROWD + 1), 0, 0, 0, 0]
    assert raw_redis.hlen("nm:stories:boilerplate") == CROWD + 2  # and its stamp


async def test_a_name_is_evidence_however_many_stories_share_it(store: Store) -> None:
    await admit(store, *range(CROWD + 5))
    reading = store.reading("me")
    for number, entry in enumerate(await read(reading)):
        assert await reading.commit(entry, DECIDED, story=story(f"s{number}", key="name"))
    assert len((await reading.stories(["name", "hint"], ["hint"])).stories) == CROWD + 5


async def test_asking_for_no_keys_finds_nothing(reading: Reading) -> None:
    assert await reading.stories([]) == Snapshot()


async def test_an_item_that_cannot_be_decided_is_buried_with_the_reason(
    store: Store, reading: Reading, entry: Entry
) -> None:
    await reading.bury(entry, "the extractor failed")
    [letter] = await store.dead.newest(10)
    assert (letter.origin, letter.entry, letter.reason) == ("items", entry.id, "the extractor failed")
    assert await read_all(store.reading("me")) == []
