from __future__ import annotations

import json
from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import alert, item, story

from monitor.model import Alert, FeedState, Item, Layoff, Money, Percent, Place, Revision, Story
from monitor.store import Decision, UnreadableRecordError
from monitor.store.codec import ALERT, DECISION, FEED_STATE, ITEM, STORY

zones = st.builds(timezone, st.integers(-840, 840).map(lambda minutes: timedelta(minutes=minutes)))
aware = st.datetimes(timezones=zones)
numbers = st.floats(allow_nan=False, allow_infinity=False)
items = st.builds(Item, published=st.none() | aware, seen=aware)
places = st.builds(Place, latitude=st.none() | numbers, longitude=st.none() | numbers)
layoffs = st.builds(
    Layoff,
    percent=st.none() | st.builds(Percent, value=numbers),
    places=st.lists(places, max_size=3).map(tuple),
    cost=st.none() | st.builds(Money, low=numbers, high=numbers),
)
revisions = st.lists(st.builds(Revision, at=aware), max_size=3).map(tuple)
stories = st.builds(
    Story, layoff=layoffs, sources=st.just(()), first_seen=aware, last_seen=aware, revisions=revisions
)
decisions = st.builds(Decision, verdict=st.none())
alerts = st.builds(Alert, admitted=aware)


@given(items)
def test_an_item_comes_back_as_it_was(kept: Item) -> None:
    assert ITEM.decode(ITEM.encode(kept)) == kept


@given(
    st.builds(FeedState, last_attempt=st.none() | aware, last_success=st.none() | aware, not_before=st.none())
)
def test_a_feed_state_comes_back_as_it_was(kept: FeedState) -> None:
    assert FEED_STATE.decode(FEED_STATE.encode(kept)) == kept


@given(decisions)
def test_a_decision_comes_back_as_it_was(kept: Decision) -> None:
    assert DECISION.decode(DECISION.encode(kept)) == kept


@given(stories)
def test_a_story_comes_back_as_it_was(kept: Story) -> None:
    assert STORY.decode(STORY.encode(kept)) == kept


def test_a_story_stored_before_histories_were_kept_is_read_with_none() -> None:
    kept = story("s", revision=3)
    record = json.loads(STORY.encode(kept))
    del record["story"]["revisions"]
    assert STORY.decode(json.dumps(record, separators=(",", ":")).encode()) == kept


@given(alerts)
def test_an_alert_comes_back_as_it_was(kept: Alert) -> None:
    assert ALERT.decode(ALERT.encode(kept)) == kept


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"v":1,"item":',
        STORY.encode(story("s")),
        ALERT.encode(alert("a")),
        ITEM.encode(item(1)).replace(b'"v":1', b'"v":2'),
    ],
)
def test_bytes_of_another_kind_or_version_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableRecordError):
        ITEM.decode(data)


def test_a_damaged_record_is_refused_with_the_field_at_fault_and_not_its_content() -> None:
    damaged = ITEM.encode(item(1)).replace(b"2026-03-02T12:00:00Z", b"sometime secret")
    with pytest.raises(UnreadableRecordError, match=r"damaged item: published") as refusal:
        ITEM.decode(damaged)
    assert "secret" not in str(refusal.value)


@given(st.integers(min_value=1))
def test_a_record_cut_anywhere_is_refused(cut: int) -> None:
    data = ITEM.encode(item(1))
    with pytest.raises(UnreadableRecordError):
        ITEM.decode(data[: -1 - cut % len(data)])
