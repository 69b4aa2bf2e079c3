from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis
from rich.console import Console
from typer.testing import CliRunner

from monitor.app.feeds import FeedWatch, lines, table
from monitor.app.ops import OpsDesk
from monitor.cli import OK, USED_WRONG, app
from monitor.model import FeedState, FeedStatus, Limit, Slot, Span
from monitor.store import EmbeddedRedis, Store
from monitor.wire.feeds import Feed

FEEDS = """
version: 1
feeds:
  - {id: good, wire: W, url: "https://example.com/good"}
  - {id: bad, wire: W, url: "https://example.com/bad"}
  - {id: "off", wire: W, url: "https://example.com/off", enabled: false}
"""
NOON = datetime(2026, 10, 2, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shipped = Path(__file__).parents[2] / "config"
    for part in ("rules", "watchlists"):
        (tmp_path / part).symlink_to(shipped / part)
    (tmp_path / "monitor.yaml").write_text(f"data: {tmp_path / 'data'}\n")
    (tmp_path / "feeds.yaml").write_text(FEEDS)
    monkeypatch.delenv("REDIS_URL", raising=False)
    return tmp_path


@pytest.fixture
def address(redis_server: EmbeddedRedis, raw_redis: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> str:
    assert raw_redis.dbsize() == 0
    monkeypatch.setenv("REDIS_URL", f"unix://{redis_server.socket}")
    return str(redis_server.socket)


async def keep(address: str) -> None:
    async with await Store.open(Path(address)) as store:
        await store.feeds.enrol({Slot(name, "example.com"): timedelta(0) for name in ("bad", "good")})
        bad, good = (await store.feeds.claim(2, {"": Limit(2)}))[0]
        await store.feeds.save(good, FeedState("good", FeedStatus.OK, last_success=NOON), timedelta(1))
        state = FeedState("bad", FeedStatus.GONE, note="example.com answered 410")
        await store.feeds.save(bad, state, None)


async def test_a_busy_feed_under_a_second_address_is_told_while_it_is_polled(address: str) -> None:
    feeds = [
        Feed(id=name, wire="W", url=f"https://example.com/{name}") for name in ("first", "second", "topic")
    ]
    bodies = {"first": range(2, 22), "second": range(20), "topic": range(0, 40, 2)}
    told: list[str] = []

    async def tell(_: str, text: str) -> None:
        told.append(text)

    async with await Store.open(Path(address)) as store:
        await store.feeds.enrol({Slot(feed.id, "example.com"): timedelta(0) for feed in feeds})
        for claim in (await store.feeds.claim(3, {"": Limit(3)}))[0]:
            state = FeedState(claim.slot.feed, FeedStatus.OK, last_attempt=NOON, last_success=NOON)
            entries = [f"{number:016x}" for number in bodies[claim.slot.feed]]
            await store.feeds.save(claim, state, timedelta(1), entries=entries)
        watch = FeedWatch(store, tell, lambda: NOON)
        await watch.look(feeds)
        await watch.look(feeds)
    assert told == [
        "Feed second (W) may not be what it should: it has the same entries as first: check its address."
    ]


def test_the_spans_that_a_feed_with_gaps_covers_are_named() -> None:
    now = NOON
    gap = Span(now - timedelta(hours=3), now - timedelta(hours=2))
    state = FeedState(
        "bad",
        FeedStatus.OK,
        last_success=now,
        covered_since=now - timedelta(days=1),
        gaps=(gap,),
        gap_count=1,
    )
    feeds = [Feed(id="bad", wire="W", url="https://example.com/bad")]
    console = Console(width=80)
    with console.capture() as shown:
        console.print(table(lines(feeds, {"bad": state}, now, {}), now))
    told = " ".join(shown.get().split())
    assert (
        "bad: covered 2026-10-01 12:00 to 2026-10-02 09:00; 2026-10-02 10:00 to 2026-10-02 12:00 UTC" in told
    )
    assert max(map(len, shown.get().splitlines())) <= 80


def show(folder: Path, *options: str) -> str:
    result = CliRunner().invoke(app, ["feeds", "status", "-c", str(folder), *options])
    assert result.exit_code == OK, result.output
    return result.stdout


def test_feeds_status_says_of_every_feed_how_it_is(folder: Path, address: str) -> None:
    asyncio.run(keep(address))
    good, bad = map(json.loads, show(folder, "--json").splitlines())
    assert (good["feed"], good["health"], good["last_success"]) == ("good", "ok", NOON.isoformat())
    assert (good["next_poll"], good["gap_count"], good["lag"]) == (None, 0, 0)
    assert (bad["feed"], bad["health"], bad["reason"]) == ("bad", "gone", "example.com answered 410")
    shown = show(folder)
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert "bad: example.com answered 410" in shown


def test_feeds_status_without_a_running_monitor_says_so(folder: Path) -> None:
    result = CliRunner().invoke(app, ["feeds", "status", "-c", str(folder)])
    assert result.exit_code == USED_WRONG
    assert "no monitor runs on" in result.stderr


async def test_ops_are_told_once_of_a_feed_that_is_gone(store: Store) -> None:
    feed = Feed(id="bad", wire="W", url="https://example.com/bad")
    await store.feeds.enrol({Slot("bad", "example.com"): timedelta(0)})
    [claim], _ = await store.feeds.claim(1, {"": Limit(2)})
    await store.feeds.save(claim, FeedState("bad", FeedStatus.GONE, note="example.com answered 410"), None)
    told: list[str] = []

    async def tell(_: str, text: str) -> None:
        told.append(text)

    watch = FeedWatch(store, tell, lambda: NOON)
    for _ in range(3):
        await watch.look([feed])
    assert told == ["Feed bad (W) is polled no more: example.com answered 410."]


async def test_two_watches_on_one_store_tell_ops_once(store: Store) -> None:
    feed = Feed(id="a", wire="W", url="https://example.com/a")
    await store.feeds.enrol({Slot("a", "example.com"): timedelta(0)})
    [claim], _ = await store.feeds.claim(1, {"": Limit(2)})
    state = FeedState("a", FeedStatus.OK, last_attempt=NOON, last_success=NOON - timedelta(days=1))
    await store.feeds.save(claim, state, timedelta(1))
    for _ in range(2):
        await FeedWatch(store, OpsDesk(store, "#ops", lambda: NOON).tell, lambda: NOON).look([feed])
    assert (await store.house.status()).alerts.length == 1
