from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.wire.backoff import next_attempt
from monitor.wire.errors import FeedError, GoneError, NotAFeedError, ThrottledError, UnreachableError

NOW = datetime(2026, 10, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def wait(error: FeedError, failures: int, *, interval: timedelta = MINUTE, chance: float = 0.0) -> timedelta:
    return next_attempt(error, failures=failures, interval=interval, now=NOW, chance=chance) - NOW


def test_each_failure_doubles_the_wait_up_to_a_ceiling() -> None:
    waits = [wait(UnreachableError("x"), failures) / MINUTE for failures in range(1, 8)]
    assert waits == [1, 2, 4, 8, 15, 15, 15]


def test_what_ops_must_mend_is_asked_less_often() -> None:
    assert wait(NotAFeedError("x"), 99) == timedelta(hours=6)
    assert wait(GoneError("x"), 1) == timedelta(days=7)


def test_a_host_is_given_the_time_it_asks_for_within_reason() -> None:
    assert wait(ThrottledError("x", wait=timedelta(hours=2)), 1) == timedelta(hours=2)
    assert wait(ThrottledError("x", wait=timedelta(0)), 1) == MINUTE
    assert wait(ThrottledError("x", wait=timedelta(days=900)), 1) == timedelta(days=1)


@given(
    st.sampled_from(
        [UnreachableError("x"), NotAFeedError("x"), ThrottledError("x", wait=timedelta(hours=1))]
    ),
    st.integers(1, 10**6),
    st.timedeltas(timedelta(seconds=5), timedelta(days=1)),
    st.floats(0, 1, exclude_max=True),
)
def test_no_retry_comes_before_the_interval(
    error: FeedError, failures: int, interval: timedelta, chance: float
) -> None:
    assert interval <= wait(error, failures, interval=interval, chance=chance) <= timedelta(days=1.25)


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.99])
def test_jitter_only_adds(chance: float) -> None:
    assert wait(UnreachableError("x"), 1, chance=chance) == MINUTE * (1 + 0.25 * chance)
