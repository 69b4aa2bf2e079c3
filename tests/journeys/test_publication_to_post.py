from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from newsroom import Newsroom, newsroom, release
from slack_sdk.models.blocks import Block

from monitor.model import FeedStatus, Reason
from monitor.store import Store
from monitor.wire.feeds import Feed
from monitor.wire.replay import Release

SPECTROMETER = Release(
    feed="alpha",
    guid="r9",
    title="Meridian Optics introduces a compact spectrometer",
    text="TUCSON, Ariz. -- Meridian Optics introduced a spectrometer that weighs 310 grams.",
    link="https://wire.example/r9",
    published=datetime.now(UTC),
)


@pytest.fixture
async def room(store: Store) -> AsyncIterator[Newsroom]:
    async with newsroom(store) as opened:
        yield opened


async def test_a_release_becomes_one_post_with_who_how_many_where_and_the_proof(room: Newsroom) -> None:
    room.wire.publish(release())
    await room.poll()
    await room.read()
    await room.deliver(1)
    (call,) = room.slack.calls("chat.postMessage")
    said = str(call["blocks"]) + call["text"]
    for fact in ("Harlow Instruments, Inc.", "NASDAQ: HRLW", "about 120 jobs", "Dayton, OH"):
        assert fact in said
    assert "Leeds" not in said
    assert all(block is not None for block in Block.parse_all(call["blocks"]))
    for block in Block.parse_all(call["blocks"]):
        block.validate_json()
    assert (call["unfurl_links"], call["unfurl_media"]) == (False, False)


async def test_the_same_release_on_another_wire_posts_nothing(room: Newsroom) -> None:
    again = release(feed="beta", guid="other", link="https://beta.example/9?utm_source=rss")
    room.wire.publish(release(), again)
    reports = await room.poll()
    assert sorted((report.queued, report.duplicates) for report in reports) == [(0, 1), (1, 0)]
    await room.read()
    await room.deliver(1)
    assert len(room.slack.messages("layoffs")) == 1


async def test_a_correction_updates_the_message_and_says_the_difference_in_its_thread(room: Newsroom) -> None:
    room.wire.publish(release())
    await room.poll()
    await room.read()
    await room.deliver(1)
    title = "CORRECTING and REPLACING: Harlow Instruments to Reduce Workforce in Dayton"
    room.wire.publish(release(150, guid="r2", title=title))
    await room.poll()
    await room.read()
    await room.deliver(2)
    (message,) = room.slack.messages("layoffs")
    assert "about 150 jobs" in message["text"]
    (reply,) = room.slack.replies("layoffs", message["ts"])
    assert "120" in reply["text"]
    assert "150" in reply["text"]


async def test_a_retransmission_is_read_and_told_to_nobody(room: Newsroom, store: Store) -> None:
    room.wire.publish(release())
    await room.poll()
    await room.read()
    await room.deliver(1)
    title = "RETRANSMISSION: Harlow Instruments to Reduce Workforce in Dayton"
    room.wire.publish(release(guid="r2", title=title))
    reports = await room.poll()
    assert sum(report.queued for report in reports) == 1
    await room.read()
    assert (await store.house.status()).alerts.waiting == 0
    assert any(Reason.REPETITION in name for name in await store.house.counters())


async def test_a_ping_in_a_headline_pings_nobody(room: Newsroom) -> None:
    title = "<!channel> Harlow Instruments to Reduce Workforce in Dayton <@U123>"
    room.wire.publish(release(title=title))
    await room.poll()
    await room.read()
    await room.deliver(1)
    sent = str(room.slack.calls("chat.postMessage"))
    assert "<!channel>" not in sent
    assert "<@U123>" not in sent


async def test_a_feed_polled_twice_is_asked_conditionally_and_gives_nothing_twice(room: Newsroom) -> None:
    room.wire.publish(release())
    first = await room.poll()
    second = await room.poll()
    assert sum(report.queued for report in first) == 1
    assert {report.status for report in second} == {FeedStatus.UNCHANGED}
    assert await room.read() == 1


async def test_an_unreachable_host_says_so_in_one_line_and_harms_no_other_feed(room: Newsroom) -> None:
    room.wire.publish(release())
    gone = Feed(
        id="gone",
        wire="Gone",
        url="http://127.0.0.1:9/feed",
        allow_private_networks=True,
        timeout=timedelta(seconds=2),
    )
    reports = {report.feed: report for report in await room.poll(gone, *room.wire.settings())}
    assert reports["gone"].status is FeedStatus.UNREACHABLE
    assert len(reports["gone"].note.splitlines()) == 1
    assert reports["alpha"].queued == 1


async def test_what_is_no_announcement_is_counted_by_its_reason(room: Newsroom, store: Store) -> None:
    room.wire.publish(release(), SPECTROMETER)
    await room.poll()
    assert await room.read() == 2
    counters = await store.house.counters()
    assert any(Reason.ANNOUNCED in name and count == 1 for name, count in counters.items())
    assert any(name.startswith("rule.layoffs.") and count == 1 for name, count in counters.items())
    assert any(Reason.NO_RULE in name and count == 1 for name, count in counters.items())
