from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from monitor.wire.feeds import Feed, FeedFile

FEED: dict[str, Any] = {"id": "a", "wire": "W", "url": "https://example.com/feed"}
SHIPPED = Path(__file__).parents[2] / "config" / "feeds.yaml"


def test_the_shipped_feeds_are_valid_and_polite() -> None:
    shipped = FeedFile.model_validate(YAML(typ="safe", pure=True).load(SHIPPED))
    assert {"PR Newswire", "GlobeNewswire", "Business Wire", "SEC EDGAR"} <= {
        one.wire for one in shipped.feeds
    }
    assert all(one.interval.at_least >= timedelta(seconds=30) for one in shipped.feeds)
    assert not any(one.allow_private_networks for one in shipped.feeds)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("30s", timedelta(seconds=30)),
        ("5m", timedelta(minutes=5)),
        ("6h", timedelta(hours=6)),
        ("1d", timedelta(days=1)),
    ],
)
def test_durations_are_written_with_their_unit(written: str, meant: timedelta) -> None:
    interval = Feed.model_validate(FEED | {"interval": written}).interval
    assert (interval.at_least, interval.at_most) == (meant, meant)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"interval": "soon"}, "whole number and s, m, h or d"),
        ({"interval": "1s"}, "greater than or equal"),
        ({"intervall": "30s"}, "Extra inputs"),
        ({"url": "file:///etc/passwd"}, "https://"),
        ({"url": "https://user:hunter2@example.com/"}, "headers"),
        ({"id": "Has Blanks"}, "pattern"),
        ({"headers": {"X": "a\r\nY: b"}}, "does not allow"),
        ({"headers": {"a b": "x"}}, "header's name"),
    ],
)
def test_mistakes_are_named_without_showing_what_may_be_secret(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said) as caught:
        FeedFile.model_validate({"feeds": [FEED | change]})
    assert "hunter2" not in str(caught.value)


def test_header_values_are_secret() -> None:
    assert "hunter2" not in repr(Feed.model_validate(FEED | {"headers": {"Authorization": "hunter2"}}))


@pytest.mark.parametrize("other", [{"url": "https://example.com/2"}, {"id": "b"}])
def test_ids_and_addresses_are_unique(other: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="another feed has this"):
        FeedFile.model_validate({"feeds": [FEED, FEED | other]})


def test_a_disabled_feed_is_kept_and_not_polled() -> None:
    whole = FeedFile.model_validate(
        {"feeds": [FEED, FEED | {"id": "b", "url": "https://b.example", "enabled": False}]}
    )
    assert [one.id for one in whole.enabled] == ["a"]
