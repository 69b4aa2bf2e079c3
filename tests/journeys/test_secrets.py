"""Everything is run with planted secrets; then all that came out is searched for them."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
import redis
from fakes.slack import FakeSlack
from newsroom import CONFIG, FEEDS, release

from monitor.store import EmbeddedRedis
from monitor.web.serving import listen
from monitor.wire.replay import ReplayWire

PATIENCE = 60.0
# The command line with every library's DEBUG lines.
LOUD = (
    "import logging; from functools import partial; from monitor.app import logs;"
    "logging.basicConfig(level=logging.DEBUG);"
    "logs.configure = partial(logs.configure, level=logging.DEBUG);"
    "from monitor.cli import main; main()"
)
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-1-planted-bot-token",
    "SLACK_APP_TOKEN": "xapp-1-planted-app-token",
    "NEWSWIRE_MONITOR_WEB_TOKEN": "planted-page-token",
    "FEED_TOKEN": "planted-feed-token",
    "FEED_PASSWORD": "planted-feed-password",
    "PROXY_PASSWORD": "planted-proxy-password",
}
REDIS_PASSWORD, HOOK = "planted-redis-password", "planted-hook-path"
WRONG = {"SLACK_BOT_TOKEN": "xoxb-9-planted-wrong-token"}
PLANTED = (*SECRETS.values(), *WRONG.values(), REDIS_PASSWORD, HOOK)


@dataclass
class Everything:
    """A monitor with secrets, and all that it said."""

    config: Path
    environ: Mapping[str, str]
    slack: FakeSlack
    port: int
    said: dict[str, str] = field(default_factory=dict)

    async def command(self, *words: str, **environ: str) -> int:
        """Run a command to its end; return its exit code."""
        process = await self._start(words, environ)
        out, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
        self.said[f"{' '.join(words)} {sorted(environ)}"] = out.decode()
        return process.returncode or 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        process = await self._start(("run",), {})
        assert process.stdout is not None
        hearing = asyncio.create_task(process.stdout.read())
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            self.said["run"] = (await asyncio.wait_for(hearing, PATIENCE)).decode()
            await process.wait()

    async def page(self, path: str, **headers: str) -> tuple[int, str]:
        """Get a page; return its status and text."""
        address = f"http://127.0.0.1:{self.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(address, headers=headers) as answer:
            text = await answer.text()
            self.said[f"{path} {sorted(headers)}"] = f"{dict(answer.headers)} {text}"
            return answer.status, text

    async def _start(self, words: tuple[str, ...], environ: Mapping[str, str]) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-c", LOUD, *words,
            env={**self.environ, **environ, "NEWSWIRE_MONITOR_CONFIG": str(self.config)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip


def configure(folder: Path, wire: ReplayWire, port: int) -> Path:
    config = folder / "config"
    shutil.copytree(CONFIG, config)
    web = f"web: {{port: {port}, proxy_header: X-User}}\n"
    (config / "monitor.yaml").write_text(f"data: {folder / 'data'}\nops_channel: '#ops'\n{web}")
    good = "interval: 5s, first_poll_window: 1d, allow_private_networks: true"
    url = wire.settings()[0].url
    (config / "feeds.yaml").write_text(
        "feeds:\n"
        f"  - {{id: alpha, wire: Alpha, url: '{url}', {good}, token: '${{FEED_TOKEN}}'}}\n"
        f"  - {{id: gone, wire: Gone, url: 'http://127.0.0.1:9/x', {good}, timeout: 2s,\n"
        "     basic_auth: {user: ops, password: '${FEED_PASSWORD}'}}\n"
        f"  - {{id: proxied, wire: Proxied, url: 'http://127.0.0.1:9/y', {good}, timeout: 2s,\n"
        "     proxy: 'http://ops:${PROXY_PASSWORD}@127.0.0.1:9'}\n"
    )
    return config


@pytest.fixture
async def everything(tmp_path: Path) -> AsyncIterator[Everything]:
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    files = {}
    for name, value in SECRETS.items():
        (tmp_path / name).write_text(f"{value}\n")
        files[f"{name}_FILE"] = str(tmp_path / name)
    with EmbeddedRedis.throwaway() as server, redis.Redis(unix_socket_path=str(server.socket)) as raw:
        raw.config_set("requirepass", REDIS_PASSWORD)
        (tmp_path / "REDIS").write_text(f"unix://:{REDIS_PASSWORD}@{server.socket}")
        async with FakeSlack() as slack, ReplayWire(FEEDS, clock=lambda: datetime.now(UTC)) as wire:
            slack.token = SECRETS["SLACK_BOT_TOKEN"]
            wire.publish(release())
            environ = {**os.environ, **files, "REDIS_URL_FILE": str(tmp_path / "REDIS")}
            environ["SLACK_API_URL"] = slack.url
            yield Everything(configure(tmp_path, wire, port), environ, slack, port)
        raw.config_set("requirepass", "")


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await condition():
            await asyncio.sleep(0.1)


async def test_no_secret_from_a_file_is_ever_shown(everything: Everything, tmp_path: Path) -> None:
    bearer = {"Authorization": f"Bearer {SECRETS['NEWSWIRE_MONITOR_WEB_TOKEN']}"}

    async def posted_and_failed() -> bool:
        try:
            _, said = await everything.page("/api/now", **bearer)
        except aiohttp.ClientError:
            return False
        failed = [
            feed["light"] != "amber" or "not polled" not in feed["why"]
            for name, feed in json.loads(said)["feeds"].items()
            if name != "alpha"
        ]
        return all(failed) and bool(everything.slack.messages("layoffs"))

    async with everything.running():
        await until(posted_and_failed)
        for path in ("/", "/layoffs", "/feeds", "/try", "/alerts.rss", "/api/now", "/metrics", "/nowhere"):
            assert (await everything.page(path, **bearer))[0] in (200, 404)
        assert (await everything.page("/", Authorization="Bearer wrong"))[0] == 401
    assert await everything.command("export", "--since", "1d", "--format", "jsonl") == 0
    item = json.loads(everything.said["export --since 1d --format jsonl []"].splitlines()[-1])
    assert item["company"] == "Harlow Instruments, Inc."
    assert await everything.command("explain", "https://wire.example/r1", "--json") == 0
    for words in ("feeds list", "doctor --json", "slack check", "dead list", "check"):
        await everything.command(*words.split())
    await _error_paths(everything, tmp_path)
    written = {str(path): path.read_bytes().decode("utf-8", "replace") for path in _files(tmp_path / "data")}
    outputs = (everything.said | written).items()
    shown = [(what, secret) for what, said in outputs for secret in PLANTED if secret in said]
    assert shown == []
    assert "DEBUG:asyncio" in everything.said["doctor --json []"]
    assert "xoxb" not in str(everything.slack.requests)


async def _error_paths(everything: Everything, tmp_path: Path) -> None:
    wrong = tmp_path / "WRONG"
    wrong.write_text(WRONG["SLACK_BOT_TOKEN"])
    away = f"redis://:{REDIS_PASSWORD}@127.0.0.1:9/0"
    hook = f"https://hooks.slack.com/services/T0/B0/{HOOK}"
    assert await everything.command("slack", "check", SLACK_BOT_TOKEN_FILE=str(wrong)) == 1
    assert await everything.command("doctor", REDIS_URL_FILE="", REDIS_URL=away) == 1
    assert await everything.command("doctor", REDIS_URL=away) == 2  # given twice
    assert await everything.command("doctor", SLACK_BOT_TOKEN_FILE="", SLACK_WEBHOOK_URL=hook) != 2
    assert await everything.command("feeds", "verify", "gone", "proxied") == 1
    with (everything.config / "monitor.yaml").open("a") as file:
        file.write(f"contact: {WRONG['SLACK_BOT_TOKEN']}\n")
    assert await everything.command("check") == 2


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
