from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import FeedState, Item, Span
from monitor.wire.coverage import KEPT, gap_between, joins, newest_of, with_gap
from monitor.wire.feeds import Feed
from monitor.wire.fetch import Body
from monitor.wire.outcome import Found, after_reading
from monitor.wire.read import Reading

NOON = datetime(2026, 10, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def entries(*numbers: int) -> list[str]:
    return [str(number) for number in numbers]


def item(published: datetime | None) -> Item:
    return Item("f", "w", "g", "t", "x", "l", published, NOON)


@given(st.integers(1, 60), st.integers(0, 59), st.booleans())
def test_a_feed_that_moved_on_by_less_than_its_depth_joins(depth: int, new: int, oldest_first: bool) -> None:
    new = min(new, depth - 1)
    before, after = entries(*range(depth)), entries(*range(new, new + depth))
    if not oldest_first:
        before, after = before[::-1], after[::-1]
    assert joins(before, after, [], NOON)


@given(st.integers(1, 60), st.integers(0, 1000), st.booleans())
def test_a_feed_that_turned_over_completely_does_not(depth: int, beyond: int, oldest_first: bool) -> None:
    before = entries(*range(depth))
    after = entries(*range(depth + beyond, 2 * depth + beyond))
    if not oldest_first:
        before, after = before[::-1], after[::-1]
    assert not joins(before, after, [], NOON)


def test_a_pinned_entry_hides_no_gap() -> None:
    assert not joins(entries(99, 5, 4, 3, 2), entries(99, 15, 14, 13, 12), [], NOON)
    assert not joins(entries(5, 4, 3, 2, 99), entries(15, 14, 13, 12, 99), [], NOON)
    assert joins(entries(99, 5, 4, 3, 2), entries(99, 6, 5, 4, 3), [], NOON)


def test_entries_that_were_edited_or_taken_back_are_no_gap() -> None:
    assert joins(entries(5, 4, 3, 2, 1), entries(6, 5, 40, 3, 2), [], NOON)
    assert joins(entries(5, 4, 3, 2, 1), entries(9, 8, 7, 4, 3), [], NOON)


def test_what_was_known_by_its_words_joins_unless_it_is_newer_than_all_that_was_seen() -> None:
    assert joins(entries(1), entries(2), [item(NOON)], NOON)
    assert joins(entries(1), entries(2), [item(None)], NOON)
    # Another feed had it first: that says nothing of this one.
    assert not joins(entries(1), entries(2), [item(NOON + HOUR)], NOON)


def test_nothing_known_proves_nothing() -> None:
    assert joins([], entries(1), [], None)
    assert joins(entries(1), [], [], None)


def test_a_gap_lies_between_the_newest_seen_and_the_oldest_found() -> None:
    state = FeedState("f", last_success=NOON, newest=NOON - HOUR)
    now = NOON + 5 * HOUR
    assert gap_between(state, [item(NOON + 3 * HOUR), item(NOON + HOUR)], now) == Span(
        NOON - HOUR, NOON + HOUR
    )
    assert gap_between(state, [item(None)], now) == Span(NOON - HOUR, now)
    assert gap_between(state, [item(NOON - 900 * HOUR)], now) == Span(NOON, now)


def test_covered_is_what_lies_between_the_gaps() -> None:
    state = FeedState("f", covered_since=NOON, last_success=NOON + 9 * HOUR)
    assert state.covered == (Span(NOON, NOON + 9 * HOUR),)
    state = with_gap(state, Span(NOON + 2 * HOUR, NOON + 3 * HOUR))
    assert state.covered == (Span(NOON, NOON + 2 * HOUR), Span(NOON + 3 * HOUR, NOON + 9 * HOUR))
    assert state.gap_count == 1


def test_of_many_gaps_the_latest_are_kept_and_all_are_counted() -> None:
    state = FeedState("f", covered_since=NOON, last_success=NOON + 100 * HOUR)
    for number in range(KEPT + 5):
        state = with_gap(state, Span(NOON + number * HOUR, NOON + number * HOUR + HOUR / 2))
    assert (len(state.gaps), state.gap_count) == (KEPT, KEPT + 5)
    assert state.covered_since == NOON + 4 * HOUR + HOUR / 2


def test_dates_in_the_future_are_not_the_newest() -> None:
    assert newest_of(None, [item(NOON + HOUR), item(NOON - HOUR), item(None)], NOON) == NOON - HOUR
    assert newest_of(NOON, [], NOON) == NOON
    assert newest_of(None, [], NOON) is None


def test_of_a_hundred_rollovers_each_is_a_gap_and_a_thousand_other_polls_have_none() -> None:
    chance, depth = random.Random(1), 20
    feed = Feed(id="f", wire="w", url="https://example.com/feed")
    rollovers = set(chance.sample(range(1, 1_101), 100))
    state, newest, gaps = FeedState("f"), depth, set()
    known: tuple[str, ...] = ()
    for turn in range(1_101):
        now = NOON + turn * timedelta(minutes=5)
        newest += chance.randint(depth, 3 * depth) if turn in rollovers else chance.randint(0, depth - 1)
        names = tuple(str(number) for number in range(newest, newest - depth, -1))
        fresh = tuple(item(now - timedelta(minutes=1)) for name in names if name not in known)
        found = Found(Body(b"", feed.url), Reading(fresh, names, "T"), known)
        after = after_reading(feed, state, found, now, 0.0)
        if after.gap_count > state.gap_count:
            gaps.add(turn)
        state, known = after, names
    assert gaps == rollovers
    assert state.gap_count == 100
