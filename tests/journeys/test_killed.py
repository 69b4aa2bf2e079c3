"""Processes are killed without warning between the stages; every alert arrives, once."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes.slack import FakeSlack
from newsroom import CONFIG, FEEDS, release

from monitor.store import EmbeddedRedis, Store
from monitor.wire.replay import Release, ReplayWire

# Several processes start in each wait, on a busy machine slowly; what hangs, hangs longer.
PATIENCE = 120.0
OTHER = Release(
    feed="beta",
    guid="b7",
    title="Castellan Foods to close cannery in Peoria",
    text=(
        "PEORIA, Ill. -- Castellan Foods Co. said on Monday that it will close its cannery in Peoria,"
        " Illinois, and lay off 210 workers."
    ),
    link="https://beta.example/b7",
    published=datetime.now(UTC),
)


@pytest.fixture
async def wire() -> AsyncIterator[ReplayWire]:
    async with ReplayWire(FEEDS, clock=lambda: datetime.now(UTC)) as running:
        running.publish(release())
        yield running


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as running:
        yield running


@pytest.fixture
def config(wire: ReplayWire, tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder)
    (folder / "monitor.yaml").write_text(f"data: {tmp_path / 'data'}\n")
    feeds = "".join(
        f"  - {{id: {feed.id}, wire: {feed.wire}, url: '{feed.url}', interval: 5s, first_poll_window: 1d,"
        " allow_private_networks: true}\n"
        for feed in wire.settings()
    )
    (folder / "feeds.yaml").write_text(f"feeds:\n{feeds}")
    return folder


@asynccontextmanager
async def running(
    role: str, config: Path, slack: FakeSlack, environ: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a role as a process of its own; kill it without warning at the end, if it still runs."""
    env = {**os.environ, "SLACK_BOT_TOKEN": slack.token, "SLACK_API_URL": slack.url, **(environ or {})}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "monitor", role, "--config", str(config), env=env
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            await process.wait()


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await condition():
            await asyncio.sleep(0.02)


async def test_roles_killed_between_the_stages_lose_and_double_nothing(
    config: Path, slack: FakeSlack, store: Store, redis_server: EmbeddedRedis
) -> None:
    redis = {"REDIS_URL": f"unix://{redis_server.socket}"}

    async def admitted() -> bool:
        return (await store.house.status()).items.length == 1

    async def queued() -> bool:
        return (await store.house.status()).alerts.length == 1

    async def posted() -> bool:
        return len(slack.messages("layoffs")) == 1 and not (await store.house.status()).alerts.pending

    async with running("poll", config, slack, redis):
        await until(admitted)
    async with running("read", config, slack, redis):
        await until(queued)
    async with running("deliver", config, slack, redis):
        await until(posted)
    async with running("run", config, slack, redis) as process:
        await until(lambda: _polled_again(store))
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert len(slack.messages("layoffs")) == 1
    assert len(slack.calls("chat.postMessage")) == 1


async def _polled_again(store: Store) -> bool:
    states = (await store.feeds.feed_states()).values()
    return bool(states) and all(state.status == "unchanged" for state in states)


async def test_the_whole_program_killed_and_restarted_on_its_data_folder_posts_once(
    config: Path, slack: FakeSlack, wire: ReplayWire
) -> None:
    async def said() -> bool:
        return len(slack.calls("chat.postMessage")) >= 1

    async def said_again() -> bool:
        return len(slack.messages("layoffs")) == 2

    async with running("run", config, slack):
        await until(said)
    wire.publish(OTHER)
    async with running("run", config, slack) as process:
        await until(said_again)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    alerts = slack.alerts()
    assert len(alerts) == len(set(alerts))


async def test_an_embedded_redis_that_is_killed_is_started_again_and_nothing_is_lost(
    config: Path, slack: FakeSlack, wire: ReplayWire
) -> None:
    async def said(messages: int) -> bool:
        return len(slack.messages("layoffs")) >= messages

    async with running("run", config, slack) as process:
        await until(lambda: said(1))
        (redis,) = _redis_of(process)
        os.kill(redis, signal.SIGKILL)
        wire.publish(OTHER)
        await until(lambda: said(2))
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert len(slack.messages("layoffs")) == 2


def _redis_of(process: asyncio.subprocess.Process) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in children if "redis-server" in Path(f"/proc/{pid}/cmdline").read_text()]
