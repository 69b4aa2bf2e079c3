"""What hosts do to a poll: moves, captchas, other feeds, wishes, lies, hangs, and connections that break."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polls import START, Clock, end_leases, polling, queued
from rawserver import RawServer, http, item, rss

from monitor.model import FeedStatus
from monitor.store import EmbeddedRedis, Store
from monitor.wire.feeds import Feed, Interval
from monitor.wire.sandbox import Sandbox

MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=1, seconds=2) as box:
        yield box


@pytest.fixture
def clock() -> Clock:
    return Clock()


def paced(feed: Feed, least: int, most: int) -> Feed:
    interval = Interval(at_least=timedelta(seconds=least), at_most=timedelta(seconds=most))
    return feed.model_copy(update={"interval": interval})


def moved(target: str) -> bytes:
    return http(b"", f"Location: {target}", status="301 Moved Permanently")


async def test_a_new_address_is_asked_at_once_when_it_has_done_three_times(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    answers = [part for _ in range(3) for part in (moved("/new"), http(rss(item(1))))]
    async with RawServer(*answers, http(rss(item(1)))) as server, polling(store, sandbox, clock) as poller:
        for _ in range(4):
            await poller.poll(server.feed())
        state = await poller.state(server.feed())
    asked = [request.split()[1] for request in server.requests]
    assert asked == ["/feed", "/new"] * 3 + ["/new"]
    assert (state.moved_to, state.moves) == (server.url.replace("/feed", "/new"), 3)


async def test_a_new_address_that_does_not_do_is_forgotten(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    answers = [part for _ in range(3) for part in (moved("/new"), http(rss(item(1))))]
    broken = http(b"", status="404 Not Found")
    async with (
        RawServer(*answers, broken, http(rss(item(1)))) as server,
        polling(store, sandbox, clock) as poller,
    ):
        for _ in range(5):
            await poller.poll(server.feed())
    assert [request.split()[1] for request in server.requests][-2:] == ["/new", "/feed"]


async def test_a_redirect_to_nothing_is_retried_at_once_and_not_remembered(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    missing = http(b"", status="404 Not Found")
    async with (
        RawServer(moved("/feed/"), missing, http(rss(item(1)))) as server,
        polling(store, sandbox, clock) as poller,
    ):
        report = await poller.poll(server.feed())
        state = await poller.state(server.feed())
    assert (report.status, state.moved_to) == (FeedStatus.OK, "")


async def test_a_redirect_to_another_site_is_reported_and_never_stored(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    async with RawServer(http(rss(item(1)))) as other:
        elsewhere = other.url.replace("127.0.0.1", "localhost")
        async with RawServer(moved(elsewhere)) as server, polling(store, sandbox, clock) as poller:
            for _ in range(5):
                report = await poller.poll(server.feed())
            state = await poller.state(server.feed())
            assert (state.moved_to, state.moves) == (elsewhere, 0)
            assert len(server.requests) == 5
    assert report.status is FeedStatus.UNCHANGED


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (http(b"<html><title>Just a moment...</title></html>"), FeedStatus.CAPTCHA, "asks for a human"),
        (http(b"<html><div class='g-recaptcha'></div></html>"), FeedStatus.CAPTCHA, "asks for a human"),
        (
            http(b"", "cf-mitigated: challenge", status="403 Forbidden"),
            FeedStatus.CAPTCHA,
            "asks for a human",
        ),
        (http(b"<html><body>Welcome</body></html>"), FeedStatus.NOT_A_FEED, "a web page instead of a feed"),
        (http(b""), FeedStatus.NOT_A_FEED, "empty answer"),
        (http(rss(item(9), title="")), FeedStatus.ALIAS, "the channel has no title"),
        (http(rss(item(9), title="Weather")), FeedStatus.WRONG_FEED, "is 'Weather': is it still the right"),
        (http(b"", status="410 Gone"), FeedStatus.GONE, "will not come back"),
        (http(b"", status="429 Slow Down"), FeedStatus.THROTTLED, "asks for fewer requests"),
        (http(b"", "Retry-After: 9", status="503 Busy"), FeedStatus.THROTTLED, "asks for fewer requests"),
    ],
)
async def test_what_answers_in_place_of_the_feed_has_a_name_and_a_line(
    answer: bytes, status: FeedStatus, said: str, store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    async with (
        RawServer(http(rss(item(1), item(2))), answer) as server,
        polling(store, sandbox, clock) as poller,
    ):
        await poller.poll(server.feed())
        report = await poller.poll(server.feed())
    assert report.status is status
    assert said in report.note
    assert "\n" not in report.note


async def test_a_wrong_feed_stays_wrong_while_it_says_that_nothing_changed(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    wrong = http(rss(item(1), title="Weather"), 'ETag: "w"')
    async with (
        RawServer(wrong, http(b"", status="304 Not Modified")) as server,
        polling(store, sandbox, clock) as poller,
    ):
        feed = server.feed().model_copy(update={"title": "Layoffs"})
        first, second = [await poller.poll(feed) for _ in range(2)]
    assert (first.status, second.status) == (FeedStatus.WRONG_FEED, FeedStatus.WRONG_FEED)
    assert first.note == second.note


async def test_a_date_in_the_channel_title_makes_it_no_other_feed(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    answers = [
        http(rss(item(n), title=f"Latest Filings - {day} 2026"))
        for n, day in enumerate(("Mon, 2 Mar", "Tue, 3 Mar"))
    ]
    async with RawServer(*answers) as server, polling(store, sandbox, clock) as poller:
        reports = [await poller.poll(server.feed()) for _ in range(2)]
    assert [report.status for report in reports] == [FeedStatus.OK, FeedStatus.OK]


@pytest.mark.parametrize(
    ("header", "channel", "wait"),
    [
        ("Cache-Control: max-age=600", "", 10 * MINUTE),
        ("Expires: Fri, 02 Oct 2026 12:07:00 GMT", "", 7 * MINUTE),
        ("X-Nothing: 1", "<ttl>20</ttl>", 20 * MINUTE),
        ("X-Nothing: 1", "", MINUTE),
    ],
)
async def test_a_feed_is_not_polled_sooner_than_it_permits(
    header: str, channel: str, wait: timedelta, store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    async with (
        RawServer(http(rss(channel, item(1)), header)) as server,
        polling(store, sandbox, clock) as poller,
    ):
        report = await poller.poll(server.feed())
    assert report.due == START + wait


async def test_quiet_slows_a_feed_down_and_news_speed_it_up(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    quiet = http(rss(*map(item, range(8))))
    busy = http(rss(*map(item, [*range(20, 27), 0])))
    waits = []
    async with RawServer(quiet, quiet, quiet, busy) as server, polling(store, sandbox, clock) as poller:
        for _ in range(4):
            report = await poller.poll(paced(server.feed(), 60, 600))
            waits.append((report.due or START) - clock())
            clock.pass_by(minutes=2)
    assert waits == [MINUTE, 1.5 * MINUTE, 2.25 * MINUTE, 1.125 * MINUTE]


async def test_a_gap_is_kept_with_its_times_counted_and_tightens_the_interval(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    def dated(number: int, minute: int) -> str:
        return item(number, f"<pubDate>Fri, 02 Oct 2026 12:{minute:02}:00 GMT</pubDate>")

    before, after = http(rss(dated(2, 4), dated(1, 2))), http(rss(dated(9, 30), dated(8, 20)))
    clock.pass_by(minutes=10)
    async with RawServer(before, before, before, after) as server, polling(store, sandbox, clock) as poller:
        feed = paced(server.feed(), 60, 600)
        for _ in range(3):
            await poller.poll(feed)
            clock.pass_by(minutes=10)
        wide = (await poller.state(feed)).interval
        report = await poller.poll(feed)
        state = await poller.state(feed)
    [gap] = state.gaps
    assert (gap.start, gap.end) == (START + 4 * MINUTE, START + 20 * MINUTE)
    assert (report.gap, state.gap_count, state.interval) == (True, 1, wide / 2)
    assert [(span.start, span.end) for span in state.covered] == [
        (START + 2 * MINUTE, START + 4 * MINUTE),
        (START + 20 * MINUTE, START + 40 * MINUTE),
    ]
    assert (await store.house.counters())["feeds.gaps"] == 1


async def test_word_that_nothing_changed_is_not_believed_for_ever(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    async with (
        RawServer(http(rss(item(1)), 'ETag: "a"'), http(b"", status="304 Not Modified")) as server,
        polling(store, sandbox, clock) as poller,
    ):
        await poller.poll(server.feed())
        clock.pass_by(minutes=59)
        await poller.poll(server.feed())
        clock.pass_by(minutes=2)
        await poller.poll(server.feed())
    assert ["If-None-Match" in request for request in server.requests] == [False, True, False]


async def test_items_in_another_language_are_left_out_and_counted(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    spoken = [item(n, f"<dc:language>{tag}</dc:language>") for n, tag in enumerate(("en-US", "de", "fr"), 2)]
    async with (
        RawServer(http(rss(item(1))), http(rss(*spoken, item(5), item(1)))) as server,
        polling(store, sandbox, clock) as poller,
    ):
        feed = server.feed().model_copy(update={"languages": ("en", "fr")})
        await poller.poll(feed)
        report = await poller.poll(feed)
    assert (report.queued, report.foreign) == (3, 1)
    assert sorted(one.guid for one in await queued(store)) == ["g2", "g4", "g5"]
    assert (await store.house.counters())["admitted.other_language"] == 1


async def test_reading_that_hangs_for_ever_ends_and_its_feed_is_polled_again(
    store: Store, sandbox: Sandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    async with (
        RawServer(http(rss(item(1)))) as server,
        polling(store, sandbox, clock, spare=timedelta(seconds=1)) as poller,
    ):
        with monkeypatch.context() as patch:
            patch.setattr(poller.poller._reader, "read", hang)
            report = await poller.poll(server.feed())
        again = await poller.poll(server.feed())
    assert report.status is FeedStatus.UNREACHABLE
    assert report.due == START + MINUTE
    assert "was not read in 1 s" in report.note
    assert again.status is FeedStatus.OK


async def test_a_secret_that_is_not_set_is_said_in_one_line(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    async with RawServer(http(rss(item(1)))) as server, polling(store, sandbox, clock) as poller:
        feed = Feed.model_validate(server.feed().model_dump() | {"token": "${WIRE_KEY}"})
        report = await poller.poll(feed)
    assert (report.status, server.requests) == (FeedStatus.REFUSED, [])
    assert report.note.startswith("WIRE_KEY is not set: set it, or WIRE_KEY_FILE")


async def test_a_proxy_is_asked_for_names_and_not_for_private_addresses(
    store: Store, sandbox: Sandbox, clock: Clock
) -> None:
    async with RawServer(http(rss(item(1)))) as proxy, polling(store, sandbox, clock) as poller:
        through = {"id": "p", "wire": "W", "proxy": f"http://127.0.0.1:{proxy.port}"}
        reached = await poller.poll(Feed(**through, url="http://feeds.example.com/rss"))  # type: ignore[arg-type]
        refused = await poller.poll(Feed(**through, url="http://169.254.169.254/rss"))  # type: ignore[arg-type]
    assert (reached.status, refused.status) == (FeedStatus.OK, FeedStatus.REFUSED)
    assert [request.split("\r\n")[0] for request in proxy.requests] == [
        "GET http://feeds.example.com/rss HTTP/1.1"
    ]


WHOLE = rss(item(3), item(2), item(1))
ANSWER = http(WHOLE)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, len(ANSWER) - 1))
async def test_a_connection_cut_at_any_byte_forgets_and_doubles_nothing(
    redis_server: EmbeddedRedis, raw_redis: redis.Redis, sandbox: Sandbox, at: int
) -> None:
    raw_redis.flushall()
    clock = Clock()
    answers = http(rss(item(1))), ANSWER[:at], ANSWER
    async with await Store.open(redis_server.socket) as store, polling(store, sandbox, clock) as poller:
        async with RawServer(*answers[:1]) as server:
            feed = server.feed()
            await poller.poll(feed)
            known = await store.feeds.known_entries(feed.id)
            server._answers = (ANSWER[:at],)
            cut = await poller.poll(feed)
            assert set(known) <= set(await store.feeds.known_entries(feed.id))
            assert "\n" not in cut.note
            assert cut.note or cut.status in (FeedStatus.OK, FeedStatus.UNCHANGED)
            server._answers = (ANSWER,)
            clock.pass_by(hours=7)
            whole = await poller.poll(feed)
            assert whole.status in (FeedStatus.OK, FeedStatus.UNCHANGED)
            assert not whole.gap
        assert sorted(one.guid for one in await queued(store)) == ["g2", "g3"]
    end_leases(raw_redis)
