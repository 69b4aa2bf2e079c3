from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import redis
from fakes.lossyproxy import lossy
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from store_samples import AT_ONCE, NOON, candidates, item

from monitor.model import Admission, Candidate, Claim, FeedState, FeedStatus, Limit, Reason, Slot, Span
from monitor.store import EmbeddedRedis, Keys, Store
from monitor.store.records import Known
from monitor.story.identity import identities


async def queued(store: Store) -> list[str]:
    """The ids of all items that a reader is given."""
    return [entry.id for entry in await store.reading("test").read_items(count=1000, block=AT_ONCE)]


MINUTE, SOON = timedelta(minutes=1), timedelta(0)
ROOMY = {"": Limit(10_000)}


async def claim(store: Store) -> Claim:
    """Claim the feed "feed" at the host "h"."""
    await store.feeds.enrol({Slot("feed", "h"): SOON}, anyway=True)
    [found], _ = await store.feeds.claim(1, ROOMY)
    return found


def end_lease(raw: redis.Redis) -> None:
    epoch, _ = lease(raw, "h feed")
    raw.hset("nm:feeds:claims", "h feed", f"{epoch} 1")
    raw.zadd("nm:feeds:due", {"h feed": 1})


def lease(raw: redis.Redis, slot: str) -> tuple[int, int]:
    """Return the epoch of a slot's claim, and when its lease ends, in milliseconds."""
    epoch, ends = str(raw.hget("nm:feeds:claims", slot), "utf-8").split()  # type: ignore[arg-type]
    return int(epoch), int(ends)


def calls(raw: redis.Redis) -> int:
    return int(raw.info("commandstats").get("cmdstat_evalsha", {"calls": 0})["calls"])


# --- feed states -------------------------------------------------------------------------------------------


async def test_a_feed_never_polled_is_new(store: Store) -> None:
    assert await store.feeds.feed_state("feed") == FeedState("feed")


async def test_a_feed_state_is_kept(store: Store) -> None:
    gap = Span(NOON, NOON + MINUTE)
    state = FeedState("feed", FeedStatus.OK, etag='W/"1"', gaps=(gap,), last_success=NOON, interval=MINUTE)
    assert await store.feeds.save(await claim(store), state, MINUTE, entries=("a", "b"))
    assert await store.feeds.feed_state("feed") == state
    assert await store.feeds.feed_states() == {"feed": state}
    assert await store.feeds.known_entries("feed") == ("a", "b")
    assert await store.feeds.known_entries("other") == ()


async def test_any_number_of_feed_states_is_found(store: Store) -> None:
    slots = {Slot(f"f{n}", "h"): SOON for n in range(1200)}
    await store.feeds.enrol(slots)
    while claims := (await store.feeds.claim(2000, ROOMY))[0]:
        await asyncio.gather(*(store.feeds.save(one, FeedState(one.slot.feed), MINUTE) for one in claims))
    assert len(await store.feeds.feed_states()) == 1200


async def test_entries_that_did_not_change_stay(store: Store) -> None:
    await store.feeds.save(await claim(store), FeedState("feed"), SOON, entries=("a",))
    await store.feeds.save(await claim(store), FeedState("feed"), SOON)
    assert await store.feeds.known_entries("feed") == ("a",)


async def test_a_feed_state_of_another_version_costs_one_full_poll(
    store: Store, raw_redis: redis.Redis
) -> None:
    raw_redis.hset("nm:feeds", "feed", b'{"v":99,"feed_state":{}}')
    assert await store.feeds.feed_state("feed") == FeedState("feed")


async def test_a_state_from_before_coverage_was_kept_is_no_first_contact(
    store: Store, raw_redis: redis.Redis
) -> None:
    old = (
        b'{"v":1,"feed_state":{"feed":"feed","status":"ok","etag":"x","last_modified":"","body_hash":"h",'
        b'"entries":["a"],"last_attempt":"2026-03-02T12:00:00Z","last_success":"2026-03-02T12:00:00Z",'
        b'"failures":0,"not_before":null,"note":""}}'
    )
    raw_redis.hset("nm:feeds", "feed", old)
    state = await store.feeds.feed_state("feed")
    assert (state.status, state.last_success, state.gaps) == (FeedStatus.OK, NOON, ())


# --- schedule and leases -----------------------------------------------------------------------------------


async def test_what_is_due_is_claimed_once(store: Store) -> None:
    await store.feeds.enrol({Slot("a", "h"): SOON, Slot("b", "h"): MINUTE})
    [first], wait = await store.feeds.claim(10, ROOMY)
    assert first.slot == Slot("a", "h")
    assert wait is not None
    assert timedelta(seconds=4) < wait <= timedelta(seconds=5)  # until the lease of "a" ends
    assert (await store.feeds.claim(10, ROOMY))[0] == []


async def test_many_claim_at_once_and_each_feed_is_given_once(store: Store) -> None:
    slots = {Slot(f"f{n}", f"h{n}"): SOON for n in range(200)}
    await store.feeds.enrol(slots)
    found = await asyncio.gather(*(store.feeds.claim(30, ROOMY) for _ in range(10)))
    assert Counter(one.slot for claims, _ in found for one in claims) == Counter(slots.keys())


async def test_enrolling_again_changes_nothing_unless_told_to(store: Store) -> None:
    await store.feeds.enrol({Slot("a", "h"): MINUTE})
    await store.feeds.enrol({Slot("a", "h"): SOON})
    claims, wait = await store.feeds.claim(1, ROOMY)
    assert claims == []
    assert wait is not None
    assert MINUTE - timedelta(seconds=2) < wait <= MINUTE
    await store.feeds.enrol({Slot("a", "h"): SOON}, anyway=True)
    assert len((await store.feeds.claim(1, ROOMY))[0]) == 1
    await store.feeds.enrol({Slot("a", "h"): SOON}, anyway=True)
    assert (await store.feeds.claim(1, ROOMY))[0] == []  # it is being polled


async def test_a_saved_feed_is_due_again_after_its_wait(store: Store) -> None:
    await store.feeds.save(await claim(store), FeedState("feed"), timedelta(milliseconds=30))
    assert (await store.feeds.claim(1, ROOMY))[0] == []
    await asyncio.sleep(0.04)
    assert [one.slot.feed for one in (await store.feeds.claim(1, ROOMY))[0]] == ["feed"]


async def test_a_feed_that_shall_not_be_polled_again_is_not(store: Store) -> None:
    await store.feeds.save(await claim(store), FeedState("feed"), None)
    assert await store.feeds.claim(1, ROOMY) == ([], None)
    await store.feeds.enrol({Slot("feed", "h"): SOON})
    assert await store.feeds.claim(1, ROOMY) == ([], None)


async def test_the_lease_of_a_dead_poller_ends_within_the_shortest_interval(
    store: Store, raw_redis: redis.Redis
) -> None:
    await claim(store)
    lease = raw_redis.zscore("nm:feeds:due", "h feed")
    seconds, microseconds = raw_redis.time()
    assert float(lease) / 1000 - (seconds + microseconds / 1e6) <= 5  # type: ignore[arg-type]


async def test_only_the_newest_claim_saves(store: Store, raw_redis: redis.Redis) -> None:
    stale = await claim(store)
    end_lease(raw_redis)
    newer = await claim(store)
    assert not await store.feeds.save(stale, FeedState("feed", note="stale"), SOON, gap=True)
    assert await store.feeds.save(newer, FeedState("feed", note="newer"), SOON, gap=True)
    assert (await store.feeds.feed_state("feed")).note == "newer"
    assert (await store.house.counters())["feeds.gaps"] == 1


async def test_a_renewed_lease_holds_and_a_lost_one_is_not_renewed(
    store: Store, raw_redis: redis.Redis
) -> None:
    first = await claim(store)
    raw_redis.zadd("nm:feeds:due", {"h feed": 1})
    await store.feeds.renew([first])
    assert (await store.feeds.claim(1, ROOMY))[0] == []
    end_lease(raw_redis)
    await claim(store)
    raw_redis.zadd("nm:feeds:due", {"h feed": 1})
    await store.feeds.renew([first])
    assert raw_redis.zscore("nm:feeds:due", "h feed") == 1


async def test_a_poll_that_was_saved_is_not_renewed(store: Store) -> None:
    done = await claim(store)
    await store.feeds.save(done, FeedState("feed"), SOON)
    await store.feeds.renew([done])
    assert len((await store.feeds.claim(1, ROOMY))[0]) == 1


async def test_a_host_has_no_more_polls_at_once_than_it_bears(store: Store) -> None:
    await store.feeds.enrol({Slot(f"f{n}", "slow"): SOON for n in range(5)} | {Slot("other", "h"): SOON})
    limits = {"": Limit(10), "slow": Limit(2)}
    claims = [*(await store.feeds.claim(10, limits))[0], *(await store.feeds.claim(10, limits))[0]]
    assert sorted(one.slot.host for one in claims) == ["h", "slow", "slow"]


async def test_the_requests_to_a_host_keep_their_distance_over_all_pollers(
    store: Store, raw_redis: redis.Redis
) -> None:
    await store.feeds.enrol({Slot(f"f{n}", "sec.gov"): SOON for n in range(20)})
    limits = {"": Limit(10), "sec.gov": Limit(10, timedelta(milliseconds=50))}
    times: list[float] = []

    async def poller() -> None:
        while len(times) < 8:
            for one in (await store.feeds.claim(5, limits))[0]:
                times.append(lease(raw_redis, f"sec.gov {one.slot.feed}")[1])
                await store.feeds.save(one, FeedState(one.slot.feed), MINUTE)
            await asyncio.sleep(0.002)

    async with asyncio.timeout(10):
        await asyncio.gather(*(poller() for _ in range(3)))
    times.sort()
    assert all(later - earlier >= 50 for earlier, later in pairwise(times))


async def test_a_lost_reply_saves_once_and_counts_once(
    redis_server: EmbeddedRedis, store: Store, tmp_path: Path
) -> None:
    async with lossy(redis_server.socket, tmp_path) as proxy, await Store.open(proxy.socket) as behind:
        held = await claim(behind)
        proxy.lose(2, to=b"EVALSHA")
        assert await behind.feeds.save(held, FeedState("feed", note="kept"), MINUTE, gap=True, foreign=2)
    counters = await store.house.counters()
    assert (counters["feeds.gaps"], counters["admitted.other_language"]) == (1, 2)


async def test_saves_that_come_together_are_one_call(store: Store, raw_redis: redis.Redis) -> None:
    await store.feeds.enrol({Slot(f"f{n}", "h"): SOON for n in range(40)})
    claims, _ = await store.feeds.claim(40, ROOMY)
    before = calls(raw_redis)
    saved = await asyncio.gather(*(store.feeds.save(one, FeedState(one.slot.feed), SOON) for one in claims))
    assert all(saved)
    assert calls(raw_redis) - before == 1


# --- admission ---------------------------------------------------------------------------------------------


async def test_new_items_are_queued_in_the_order_given(store: Store) -> None:
    admissions = await store.feeds.admit(candidates(item(1), item(2), item(3)))
    assert [one.reason for one in admissions] == [Reason.ANNOUNCED] * 3
    assert await queued(store) == [one.item for one in admissions]


async def test_an_item_seen_before_is_a_duplicate_of_the_first(store: Store) -> None:
    [first] = await store.feeds.admit(candidates(item(1)))
    assert await store.feeds.admit(candidates(item(1))) == [
        Admission(Reason.DUPLICATE, first.item, "fingerprint")
    ]
    assert len(await queued(store)) == 1


async def test_the_same_item_twice_in_a_batch_is_queued_once(store: Store) -> None:
    first, again = await store.feeds.admit(candidates(item(1), item(1)))
    assert again == Admission(Reason.DUPLICATE, first.item, "fingerprint")


async def test_the_same_words_on_another_feed_are_a_duplicate(store: Store) -> None:
    [first] = await store.feeds.admit(candidates(item(1)))
    elsewhere = item(1, feed="other", guid="other", link="https://other.example/9")
    [again] = await store.feeds.admit(candidates(elsewhere))
    assert again == Admission(Reason.DUPLICATE, first.item, "fingerprint")


async def test_other_words_under_a_seen_guid_or_link_are_a_revision(store: Store) -> None:
    await store.feeds.admit(candidates(item(1)))
    same_guid, same_link = item(2, guid="guid-1"), item(3, link="https://example.com/1")
    admissions = await store.feeds.admit(candidates(same_guid, same_link))
    assert [one.reason for one in admissions] == [Reason.ANNOUNCED] * 2
    assert len(await queued(store)) == 3


async def test_too_few_words_to_tell_are_a_duplicate_by_guid_link_or_title(store: Store) -> None:
    [first] = await store.feeds.admit(candidates(item(1, text="")))
    assert identities(item(1, text="")).fingerprint is None
    later = datetime(2026, 11, 24, tzinfo=UTC)
    by_guid, by_link, by_title = await store.feeds.admit(
        candidates(
            item(1, text="", link="https://example.com/2", published=later),
            item(1, text="", guid="guid-2", published=later.replace(hour=1)),
            item(1, text="", guid="guid-3", link="https://example.com/3"),
        )
    )
    assert by_guid == Admission(Reason.DUPLICATE, first.item, "guid")
    assert by_link == Admission(Reason.DUPLICATE, first.item, "link")
    assert by_title == Admission(Reason.DUPLICATE, first.item, "title")


async def test_what_is_too_old_at_first_contact_is_seen_but_not_queued(store: Store) -> None:
    [old] = await store.feeds.admit(candidates(item(1), announce=False))
    [again] = await store.feeds.admit(candidates(item(1)))
    assert (old.reason, again.reason) == (Reason.TOO_OLD, Reason.DUPLICATE)
    assert await queued(store) == []


def end_period(raw_redis: redis.Redis) -> None:
    """Let the present period have begun long ago."""
    raw_redis.hset("nm:seen", "", 0)


async def test_what_one_feed_was_silent_about_is_news_of_another(store: Store) -> None:
    here = item(1)
    there = item(1, feed="firehose", guid="f1")
    await store.feeds.admit(candidates(here, announce=False))
    [told] = await store.feeds.admit(candidates(there))
    assert told.reason is Reason.ANNOUNCED
    [again, new_guid] = await store.feeds.admit(candidates(here, item(1, guid="new at every poll")))
    assert (again.reason, again.item) == (Reason.DUPLICATE, told.item)
    assert (new_guid.reason, new_guid.item) == (Reason.DUPLICATE, told.item)


async def test_what_several_feeds_were_silent_about_stays_quiet_in_each(
    store: Store, raw_redis: redis.Redis
) -> None:
    feeds = ("a", "b", "c")
    for feed in feeds:
        [old] = await store.feeds.admit(candidates(item(1, feed=feed), announce=False))
        assert old.reason is Reason.TOO_OLD
    end_period(raw_redis)
    # Each writes its entries anew at every poll; what they are about is known all the same.
    for turn in range(2):
        again = candidates(*(item(1, feed=feed, guid=f"{feed} {turn}") for feed in feeds))
        assert [(one.reason, one.item) for one in await store.feeds.admit(again)] == [
            (Reason.DUPLICATE, "")
        ] * 3
    assert await store.feeds.seen(item(1, feed="a")) == dict.fromkeys(
        ("guid", "link", "fingerprint"), Known("")
    )


async def test_a_sighting_prolongs_the_memory_of_every_identity(store: Store, raw_redis: redis.Redis) -> None:
    [first] = await store.feeds.admit(candidates(item(1)))
    for _ in range(4):
        end_period(raw_redis)
        [again] = await store.feeds.admit(candidates(item(1)))
        assert again == Admission(Reason.DUPLICATE, first.item, "fingerprint")
    assert raw_redis.hlen("nm:seen") == 4  # guid, link, fingerprint, and when the period began


async def test_what_is_no_longer_sighted_is_forgotten_after_its_time(
    store: Store, raw_redis: redis.Redis
) -> None:
    [first] = await store.feeds.admit(candidates(item(1)))
    for number in (2, 3):
        end_period(raw_redis)
        await store.feeds.admit(candidates(item(number)))
    [anew] = await store.feeds.admit(candidates(item(1)))
    assert (anew.reason, anew.item == first.item) == (Reason.ANNOUNCED, False)


async def test_a_repeated_sighting_writes_nothing_but_a_counter(store: Store, raw_redis: redis.Redis) -> None:
    await store.feeds.admit(candidates(item(1)))
    before = raw_redis.hgetall("nm:seen")
    await store.feeds.admit(candidates(item(1)))
    assert raw_redis.hgetall("nm:seen") == before


async def test_it_can_be_told_by_what_an_item_is_known_and_of_which(
    store: Store, raw_redis: redis.Redis
) -> None:
    assert await store.feeds.seen(item(1)) == {}
    [first] = await store.feeds.admit(candidates(item(1)))
    end_period(raw_redis)
    [second] = await store.feeds.admit(candidates(item(2, guid="guid-1")))
    its, others = Known(first.item), Known(second.item)
    assert await store.feeds.seen(item(1)) == {"guid": its, "link": its, "fingerprint": its}
    assert await store.feeds.seen(item(2)) == {"link": others, "fingerprint": others}


async def test_it_is_kept_why_an_entry_was_a_duplicate(store: Store) -> None:
    [first] = await store.feeds.admit(candidates(item(1)))
    doubled = item(1, feed="other", guid="other", link="https://other.example/9")
    await store.feeds.admit(candidates(doubled, item(1, guid="third")))
    doubles = Known(first.item, by="fingerprint")
    assert await store.feeds.seen(doubled) == {
        "guid": doubles,
        "link": doubles,
        "fingerprint": Known(first.item),
    }


async def test_a_guid_that_is_used_again_for_another_release_loses_none(store: Store) -> None:
    releases = [item(number, guid="same", link="", text=text) for number in (1, 2, 3) for text in (None, "")]
    for _ in range(2):
        admissions = await store.feeds.admit(candidates(*releases))
    assert len(await queued(store)) == 6
    assert {one.reason for one in admissions} == {Reason.DUPLICATE}


async def test_entries_with_new_guids_and_links_at_every_poll_are_no_flood(store: Store) -> None:
    for poll in range(3):
        await store.feeds.admit(
            candidates(
                *(
                    item(number, guid=f"{poll}-{number}", link=f"https://e.com/{poll}/{number}", text=text)
                    for number, text in ((1, None), (2, ""))
                )
            )
        )
    assert len(await queued(store)) == 2


async def test_a_batch_of_any_size_is_admitted(store: Store) -> None:
    assert await store.feeds.admit([]) == []
    admissions = await store.feeds.admit(candidates(*(item(number) for number in range(1201))))
    assert len({one.item for one in admissions}) == 1201


async def test_admissions_are_counted_under_the_names_of_their_reasons(store: Store) -> None:
    await store.feeds.admit(candidates(item(1), item(1), item(2)))
    await store.feeds.admit(candidates(item(3), announce=False))
    assert await store.house.counters() == {
        "admitted.announced": 2,
        "admitted.duplicate": 1,
        "admitted.too_old_at_first_contact": 1,
        "items.in": 2,
    }


async def test_a_lost_reply_queues_nothing_twice(
    redis_server: EmbeddedRedis, store: Store, tmp_path: Path
) -> None:
    async with lossy(redis_server.socket, tmp_path) as proxy, await Store.open(proxy.socket) as behind:
        proxy.lose(3, to=b"EVALSHA")
        await behind.feeds.admit(candidates(item(1), item(2)))
        assert proxy.lost == 3
    assert len(await queued(store)) == 2


async def test_two_pollers_at_once_queue_each_item_once(store: Store) -> None:
    batch = candidates(*(item(number) for number in range(50)))
    await asyncio.gather(*(store.feeds.admit(batch) for _ in range(8)))
    assert len(await queued(store)) == 50


# --- admission against a model -----------------------------------------------------------------------------

offered = st.builds(
    lambda number, feed, guid, link, words, announce: Candidate(
        item(
            number,
            feed=feed,
            guid=f"guid-{guid}",
            link=f"https://example.com/{link}" if link else "mailto:none",
            text=None if words else "",
        ),
        announce,
    ),
    st.integers(1, 4),
    st.sampled_from(["one", "two"]),
    st.integers(1, 3),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
)


class Admitting(RuleBasedStateMachine):
    """Admission, and what a plain dictionary says it should do."""

    server: EmbeddedRedis

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.store = self.runner.run(Store.open(self.server.socket, keys=Keys(uuid4().hex)))
        # What each key stands for: an item, or too old, which is known to these feeds alone.
        self.seen: dict[bytes, str | frozenset[str]] = {}
        self.queue: list[str] = []

    @rule(batch=st.lists(offered, max_size=6))
    def admit(self, batch: list[Candidate]) -> None:
        admissions = self.runner.run(self.store.feeds.admit(batch))
        for candidate, admission in zip(batch, admissions, strict=True):
            self.judge(candidate, admission)

    def judge(self, candidate: Candidate, admission: Admission) -> None:
        found = identities(candidate.item)
        keys = [b"g" + found.guid]
        keys += [b"l" + found.link] if found.link else []
        weak = [b"t" + found.title] if found.title else []
        deciding = [b"f" + found.fingerprint] if found.fingerprint else weak + keys
        feed = candidate.item.feed
        known = [one for key in deciding if (one := self.known(key, feed)) is not None]
        if known:
            expected = Admission(Reason.DUPLICATE, known[0], admission.identity)
        elif candidate.announce:
            expected = Admission(Reason.ANNOUNCED, admission.item)
            self.queue.append(admission.item)
        else:
            expected = Admission(Reason.TOO_OLD, "")
        assert admission == expected
        for key in {*keys, *deciding}:
            if self.known(key, feed) is None:
                before = self.seen.get(key, frozenset())
                assert isinstance(before, frozenset)
                self.seen[key] = expected.item or before | {feed}

    def known(self, key: bytes, feed: str) -> str | None:
        value = self.seen.get(key)
        if isinstance(value, frozenset):
            return "" if feed in value else None
        return value

    @invariant()
    def every_queued_item_is_waiting_once(self) -> None:
        status = self.runner.run(self.store.house.status())
        assert status.items.waiting == len(self.queue) == len(set(self.queue))

    def teardown(self) -> None:
        entries = self.runner.run(self.store.reading("end").read_items(count=1000, block=AT_ONCE))
        self.runner.run(self.store.aclose())
        self.runner.close()
        assert [entry.id for entry in entries] == self.queue


def test_admission_does_what_a_dictionary_would(redis_server: EmbeddedRedis) -> None:
    Admitting.server = redis_server
    run_state_machine_as_test(
        Admitting,
        settings=settings(max_examples=40, stateful_step_count=12, deadline=None, phases=[Phase.generate]),
    )
