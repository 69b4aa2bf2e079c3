from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.slack import FakeSlack

from monitor.app.doctor import Level, Line, examine
from monitor.model import FeedState, FeedStatus, Limit, Slot
from monitor.store import EmbeddedRedis, Store

SHIPPED = Path(__file__).parents[2] / "config"
FEED = "feeds:\n  - {id: a, wire: A, url: 'http://localhost/rss', allow_private_networks: true}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "config")
    (tmp_path / "config" / "feeds.yaml").write_text(FEED)
    return tmp_path / "config"


async def keep(store: Store, state: FeedState) -> None:
    """Leave the state behind, as a poll does."""
    await store.feeds.enrol({Slot(state.feed, "localhost"): timedelta(0)})
    [claim], _ = await store.feeds.claim(1, {"": Limit(1)})
    await store.feeds.save(claim, state, None)


async def lines(folder: Path, **environ: str) -> dict[str, Line]:
    return {line.what: line async for line in examine(folder, environ)}


async def test_a_healthy_monitor_gets_no_bad_line(
    folder: Path, redis_server: EmbeddedRedis, store: Store
) -> None:
    await keep(store, FeedState("a", FeedStatus.OK))
    async with FakeSlack() as slack:
        found = await lines(
            folder,
            REDIS_URL=f"unix://{redis_server.socket}",
            SLACK_BOT_TOKEN=slack.token,
            SLACK_API_URL=slack.url,
        )
    assert {what: line.found for what, line in found.items() if line.level is not Level.OK} == {}
    assert {"versions", "configuration", "disk", "proxies", "names", "redis", "clock", "feeds"} <= set(found)


async def test_what_is_wrong_comes_with_a_remedy(
    folder: Path, redis_server: EmbeddedRedis, store: Store
) -> None:
    await keep(store, FeedState("a", FeedStatus.GONE, note="410: the feed is gone"))
    found = await lines(folder, REDIS_URL=f"unix://{redis_server.socket}", HTTPS_PROXY="http://proxy")
    assert found["feed a"] == Line(
        Level.FAILED, "feed a", "410: the feed is gone", "newswire-monitor feeds verify a"
    )
    assert found["slack"].level is Level.WARNING
    assert found["proxies"].level is Level.WARNING


async def test_a_redis_that_is_away_is_said(folder: Path, tmp_path: Path) -> None:
    found = await lines(folder, REDIS_URL=f"unix://{tmp_path}/none")
    assert (found["redis"].level, "REDIS_URL" in found["redis"].remedy) == (Level.FAILED, True)


async def test_a_broken_configuration_ends_the_examination(folder: Path) -> None:
    (folder / "feeds.yaml").write_text("feds: []\n")
    found = await lines(folder)
    assert found["configuration"].level is Level.FAILED
    assert "feeds.yaml:1:1" in found["configuration"].found
