from __future__ import annotations

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.wire.feeds import Interval
from monitor.wire.pace import asked_by_feed, asked_by_host, due_after, next_interval, next_rate

NOW = datetime(2026, 10, 2, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
BOUNDS = Interval(at_least=30 * SECOND, at_most=10 * MINUTE)


def test_a_quiet_feed_is_polled_ever_more_slowly_up_to_its_bound() -> None:
    interval, seen = BOUNDS.at_least, []
    for _ in range(12):
        interval = next_interval(interval, BOUNDS, fresh=0, depth=20)
        seen.append(interval)
    assert seen == sorted(seen)
    assert seen[-1] == BOUNDS.at_most


def test_a_feed_about_to_lose_its_overlap_is_polled_faster() -> None:
    assert next_interval(4 * MINUTE, BOUNDS, fresh=15, depth=20) == 2 * MINUTE
    assert next_interval(4 * MINUTE, BOUNDS, fresh=5, depth=20) == 4 * MINUTE
    assert next_interval(4 * MINUTE, BOUNDS, fresh=1, depth=20) == 6 * MINUTE


def test_a_gap_halves_the_interval() -> None:
    assert next_interval(4 * MINUTE, BOUNDS, fresh=1, depth=20, gap=True) == 2 * MINUTE


@given(
    st.timedeltas(timedelta(0), timedelta(days=9)),
    st.integers(0, 600),
    st.integers(0, 600),
    st.booleans(),
)
def test_an_interval_stays_within_its_bounds(now: timedelta, fresh: int, depth: int, gap: bool) -> None:
    found = next_interval(now, BOUNDS, fresh=fresh, depth=depth, gap=gap)
    assert BOUNDS.at_least <= found <= BOUNDS.at_most


def test_the_rate_follows_what_comes_and_forgets() -> None:
    rate = 0.0
    for _ in range(50):
        rate = next_rate(rate, fresh=1, elapsed=5 * MINUTE)
    assert rate == pytest.approx(12, rel=0.05)
    assert next_rate(rate, fresh=0, elapsed=8 * HOUR) < 0.01
    assert next_rate(rate, fresh=3, elapsed=timedelta(0)) == rate


@given(st.timedeltas(SECOND, 10 * HOUR), st.timedeltas(timedelta(0), 10 * HOUR), st.floats(0, 0.999))
def test_no_poll_comes_sooner_than_the_feed_permits(
    interval: timedelta, asks: timedelta, chance: float
) -> None:
    assert due_after(interval, asks=asks, chance=chance) >= max(interval, asks)


def test_a_mistaken_wish_silences_a_feed_for_a_day_at_most() -> None:
    assert due_after(MINUTE, asks=timedelta(days=4000), chance=0) == timedelta(days=1)


@pytest.mark.parametrize(
    ("channel", "wanted"),
    [
        ("<ttl>15</ttl>", 15 * MINUTE),
        ("<ttl> 15 </ttl>", 15 * MINUTE),
        ("<ttl>soon</ttl>", timedelta(0)),
        ("<ttl>-5</ttl>", timedelta(0)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", HOUR),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 15 * MINUTE),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", timedelta(0)),
        ("<sy:updatePeriod>fortnightly</sy:updatePeriod>", timedelta(0)),
        ("<ttl>5</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", HOUR),
        ("", timedelta(0)),
    ],
)
def test_ttl_and_the_syndication_module_are_read(channel: str, wanted: timedelta) -> None:
    body = (
        '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title>'
        f"{channel}</channel></rss>"
    )
    assert asked_by_feed(feedparser.parse(body.encode()).feed) == wanted


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"cache-control": "public, max-age=300"}, 5 * MINUTE),
        ({"cache-control": "max-age=300", "age": "120"}, 3 * MINUTE),
        ({"cache-control": "max-age=300", "age": "999"}, timedelta(0)),
        ({"cache-control": "s-maxage=300"}, timedelta(0)),
        ({"cache-control": "no-cache, max-age=300"}, timedelta(0)),
        ({"cache-control": "max-age=60", "expires": "Fri, 02 Oct 2026 13:00:00 GMT"}, MINUTE),
        ({"expires": "Fri, 02 Oct 2026 12:10:00 GMT"}, 10 * MINUTE),
        (
            {"expires": "Fri, 02 Oct 2026 12:10:00 GMT", "date": "Fri, 02 Oct 2026 12:08:00 GMT"},
            2 * MINUTE,
        ),
        ({"expires": "Fri, 02 Oct 2026 11:00:00 GMT"}, timedelta(0)),
        ({"expires": "0"}, timedelta(0)),
        ({"expires": "-1"}, timedelta(0)),
        ({}, timedelta(0)),
    ],
)
def test_the_freshness_of_an_answer_is_read(headers: dict[str, str], wanted: timedelta) -> None:
    assert asked_by_host(headers, NOW) == wanted
