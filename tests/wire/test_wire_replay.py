from __future__ import annotations

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.wire.parse import Origin, parse
from monitor.wire.replay import Release, ReplayFeed, ReplayWire, render

NOW = datetime(2026, 10, 2, 12, 0, 0, 500_000, tzinfo=UTC)
RECORD = {
    "feed": "wire",
    "guid": "r1",
    "title": "Acme & Co cuts <73> jobs",
    "text": "NEWARK, N.Y. -- Acme & Co.\n\nAbout Acme",
    "link": "https://example.com/1?a=1&b=2",
    "published": "2026-10-02T11:00:00",
    "issuer": "Acme & Co",
    "tags": ["NYSE: ACME"],
}
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn", "Co", "Cf"]), max_size=60)


@pytest.mark.parametrize("feed", [ReplayFeed("wire", "W", "T"), ReplayFeed("wire", "W", "T", "atom")])
def test_a_release_comes_back_as_it_was_published(feed: ReplayFeed) -> None:
    release = Release.from_record(RECORD)
    parsed = parse(render(feed, [release], NOW), Origin("wire", "W", "http://127.0.0.1/", NOW))
    (item,) = parsed.items
    assert parsed.title == "T"
    assert (item.title, item.text) == (release.title, release.text)
    assert (item.guid, item.link, item.author) == ("r1", release.link, "Acme & Co")
    assert (item.published, item.tags) == (datetime(2026, 10, 2, 11, tzinfo=UTC), ("NYSE: ACME",))


@given(_TEXT, _TEXT)
def test_any_text_makes_a_well_formed_feed(title: str, text: str) -> None:
    release = Release("wire", "g", title, text, "https://example.com/", NOW)
    parsed = parse(
        render(ReplayFeed("wire", "W", "T", "atom"), [release], NOW), Origin("f", "w", "http://h/", NOW)
    )
    assert not parsed.malformed
    assert parsed.found == 1


async def test_etag_and_last_modified_are_honoured() -> None:
    now = [NOW]
    async with ReplayWire([ReplayFeed("wire", "W", "T")], clock=lambda: now[0]) as wire:
        (feed,) = wire.settings()
        async with aiohttp.ClientSession() as session:
            async with session.get(feed.url) as first:
                etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
            statuses = []
            for headers in (
                {"If-None-Match": etag},
                {"If-Modified-Since": modified},
                {"If-None-Match": '"other"', "If-Modified-Since": modified},
                {"If-Modified-Since": "nonsense"},
            ):
                async with session.get(feed.url, headers=headers) as answer:
                    statuses.append(answer.status)
            now[0] += timedelta(minutes=1)
            wire.publish(Release.from_record(RECORD))
            async with session.get(feed.url, headers={"If-None-Match": etag}) as changed:
                statuses.append(changed.status)
            async with session.get(feed.url.replace("/wire", "/none")) as unknown:
                statuses.append(unknown.status)
    assert statuses == [304, 304, 200, 200, 200, 404]


def test_a_release_for_no_feed_is_refused() -> None:
    wire = ReplayWire([], clock=lambda: NOW)
    with pytest.raises(KeyError):
        wire.publish(Release.from_record(RECORD))
