from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import FeedState, FeedStatus, Span
from monitor.wire.feeds import Feed, Interval
from monitor.wire.health import Health, aliases, health, notices

NOON = datetime(2026, 10, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FEED = Feed(
    id="a", wire="W", url="https://example.com/a", interval=Interval(at_least=MINUTE, at_most=10 * MINUTE)
)
WELL = FeedState(
    "a",
    FeedStatus.UNCHANGED,
    last_attempt=NOON,
    last_success=NOON,
    interval=5 * MINUTE,
    settings=FEED.settings,
)


def told(state: FeedState, found: Health) -> list[str]:
    return [text for _, text in notices(FEED, state, found)]


def test_a_feed_that_is_polled_as_it_should_be_is_well_and_ops_hear_nothing() -> None:
    found = health(FEED, WELL, NOON + 20 * MINUTE)
    assert found == Health(FeedStatus.UNCHANGED)
    assert told(WELL, found) == []


def test_a_feed_without_a_good_poll_for_five_intervals_is_stale() -> None:
    failing = replace(WELL, status=FeedStatus.UNREACHABLE, note="no connection", failures=4)
    assert health(FEED, failing, NOON + 25 * MINUTE).status is FeedStatus.UNREACHABLE
    found = health(FEED, failing, NOON + 26 * MINUTE)
    assert found == Health(
        FeedStatus.STALE, "no poll gave anything since 2026-10-02 12:00 UTC: no connection"
    )
    assert told(failing, found) == [f"Feed a (W) is stale: {found.reason}."]


def test_a_feed_that_nobody_polls_any_more_is_stale_too() -> None:
    assert health(FEED, WELL, NOON + timedelta(hours=2)).status is FeedStatus.STALE


def test_a_feed_that_never_answered_is_stale_after_five_failures() -> None:
    state = FeedState("a", FeedStatus.UNREACHABLE, last_attempt=NOON, failures=4)
    assert health(FEED, state, NOON).status is FeedStatus.UNREACHABLE
    assert health(FEED, replace(state, failures=5), NOON).status is FeedStatus.STALE
    assert health(FEED, FeedState("a"), NOON).status is FeedStatus.NEW


def test_the_time_that_a_host_asks_for_makes_no_feed_stale() -> None:
    asked = replace(WELL, status=FeedStatus.THROTTLED, not_before=NOON + timedelta(hours=3))
    assert health(FEED, asked, NOON + timedelta(hours=3)).status is FeedStatus.THROTTLED


def test_a_feed_that_is_gone_is_told_once() -> None:
    gone = replace(WELL, status=FeedStatus.GONE, note="example.com answered 410")
    keys = {
        key for later in (0, 9) for key, _ in notices(FEED, gone, health(FEED, gone, NOON + later * MINUTE))
    }
    assert len(keys) == 1
    assert told(gone, health(FEED, gone, NOON)) == ["Feed a (W) is polled no more: example.com answered 410."]


@pytest.mark.parametrize("status", [FeedStatus.WRONG_FEED, FeedStatus.ALIAS, FeedStatus.CAPTCHA])
def test_what_is_not_the_feed_is_told(status: FeedStatus) -> None:
    state = replace(WELL, status=status, note="x")
    assert told(state, health(FEED, state, NOON)) == ["Feed a (W) may not be what it should: x."]


def test_each_gap_is_told_once_with_its_times() -> None:
    gaps = tuple(Span(NOON + n * 60 * MINUTE, NOON + (n * 60 + 30) * MINUTE) for n in range(2))
    first, second = (replace(WELL, gaps=gaps[: n + 1]) for n in range(2))
    keys = [
        next(key for key, _ in notices(FEED, state, Health(FeedStatus.OK)))
        for state in (first, second, second)
    ]
    assert (keys[0] != keys[1], keys[1] == keys[2]) == (True, True)
    assert (
        "items from 2026-10-02 13:00 to 2026-10-02 13:30 UTC may have been missed"
        in told(second, Health(FeedStatus.OK))[0]
    )


def entries(first: int, count: int = 20) -> tuple[str, ...]:
    return tuple(str(number) for number in range(first, first + count))


def named(feed: str) -> Feed:
    return FEED.model_copy(update={"id": feed})


def test_feeds_with_the_same_entries_are_one_feed_under_two_addresses() -> None:
    assert aliases([FEED, named("b")], {"a": entries(0), "b": entries(0)}) == {"b": "a"}
    found = health(named("b"), replace(WELL, feed="b"), NOON, alike="a")
    assert found == Health(FeedStatus.ALIAS, "it has the same entries as a: check its address")


def test_a_busy_feed_that_went_on_between_two_polls_is_still_the_same() -> None:
    alike = {"a": entries(3), "b": entries(0), "c": entries(2)}
    assert aliases([FEED, named("b"), named("c")], alike) == {"b": "a", "c": "a"}


@pytest.mark.parametrize(
    "other",
    [entries(10), entries(0, 10), (*entries(0, 4),), ()],
    ids=["a topic with entries of its own", "a part", "too few to tell", "none"],
)
def test_what_only_shares_entries_is_a_feed_of_its_own(other: tuple[str, ...]) -> None:
    assert aliases([FEED, named("b")], {"a": entries(0), "b": other}) == {}
