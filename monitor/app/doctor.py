"""Is everything there that the monitor needs? Each thing looked at gets a line: ok, warning or failed."""

from __future__ import annotations

import asyncio
import importlib.metadata
import platform
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from rich.console import Console

from monitor import __version__
from monitor.app.roles import POLICY
from monitor.app.running import NoMonitorError, running_store
from monitor.app.settings import Settings, load_settings
from monitor.app.slack import channels
from monitor.config.problems import ConfigError
from monitor.deliver.check import check as check_slack
from monitor.deliver.choose import choose
from monitor.deliver.slack import SlackChannel
from monitor.deliver.terminal import TerminalChannel
from monitor.store import Store, StoreError
from monitor.web.health import Light, counted, feed_sign, minutes

PATIENCE = timedelta(seconds=5)
CLOCKS_APART = timedelta(seconds=2)
ENOUGH_DISK = 1 << 30
_PACKAGES = ("feedparser", "apscheduler", "redis", "slack-sdk", "aiohttp", "google-re2", "pydantic")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at, what was found, and what to do where it is not ok."""

    level: Level
    what: str
    found: str
    remedy: str = ""


async def examine(folder: Path, environ: Mapping[str, str]) -> AsyncIterator[Line]:
    """Yield a line for each thing, as it is found. Nothing is changed, and nothing posted."""
    yield _versions()
    try:
        settings = load_settings(folder)
    except ConfigError as error:
        found = f"{counted(len(error.problems), 'mistake')}, the first: {error.problems[0]}"
        yield Line(Level.FAILED, "configuration", found, f"newswire-monitor check {folder}")
        return
    yield Line(Level.OK, "configuration", f"{folder} is in order")
    for line in (*_disk(settings), *_proxies(environ)):
        yield line
    for look in (_names, _redis, _slack):
        async for line in look(settings, environ):
            yield line


def _versions() -> Line:
    found = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES)
    said = f"newswire-monitor {__version__}, Python {platform.python_version()} on {sys.platform}, {found}"
    return Line(Level.OK, "versions", said)


def _disk(settings: Settings) -> Iterator[Line]:
    folder = settings.monitor.data.absolute()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    said = f"{free / (1 << 30):.1f} GiB free for {folder}"
    if free < ENOUGH_DISK:
        yield Line(Level.WARNING, "disk", said, "make room: Redis stops writing when the disk is full")
    else:
        yield Line(Level.OK, "disk", said)


def _proxies(environ: Mapping[str, str]) -> Iterator[Line]:
    if named := [name for name in _PROXIES if environ.get(name)]:
        found = f"{', '.join(named)} set, and not used for feeds"
        yield Line(Level.WARNING, "proxies", found, "give feeds that need it their own 'proxy' in feeds.yaml")
    else:
        yield Line(Level.OK, "proxies", "none in the environment")


async def _names(settings: Settings, _: Mapping[str, str]) -> AsyncIterator[Line]:
    hosts = sorted({feed.host for feed in settings.feeds.enabled})
    unknown = [host for host, known in zip(hosts, await _each(_resolves, hosts), strict=True) if not known]
    if unknown:
        remedy = "check the name server and the way out of this machine"
        yield Line(Level.FAILED, "names", f"not found: {', '.join(unknown)}", remedy)
    else:
        yield Line(Level.OK, "names", f"{counted(len(hosts), 'host')} of feeds found")


async def _each(look: Callable[[str], Awaitable[bool]], hosts: list[str]) -> list[bool]:
    return list(await asyncio.gather(*map(look, hosts)))


async def _resolves(host: str) -> bool:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            return bool(await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM))
    except (OSError, TimeoutError):
        return False


async def _redis(settings: Settings, environ: Mapping[str, str]) -> AsyncIterator[Line]:
    try:
        async with running_store(settings, environ) as store:
            async for line in _store(settings, store):
                yield line
    except (NoMonitorError, StoreError) as error:
        remedy = "start the monitor, or set REDIS_URL to the Redis that it uses"
        yield Line(Level.FAILED, "redis", str(error), remedy)


async def _store(settings: Settings, store: Store) -> AsyncIterator[Line]:
    status = await store.house.status()
    said = f"Redis {status.version}, {status.memory / (1 << 20):.1f} MiB in use"
    yield Line(Level.OK, "redis", said)
    for warning in store.warnings:
        yield Line(Level.WARNING, "redis", warning, "see docs/operating.md")
    yield _clock(datetime.now(UTC) - await store.house.time())
    if status.dead:
        yield Line(Level.WARNING, "dead letters", f"{status.dead} are waiting", "newswire-monitor dead list")
    async for line in _feeds(settings, store):
        yield line


def _clock(apart: timedelta) -> Line:
    if abs(apart) > CLOCKS_APART:
        found = f"this machine and Redis are {minutes(abs(apart))} apart"
        return Line(Level.WARNING, "clock", found, "let both follow a time server")
    return Line(Level.OK, "clock", "this machine and Redis agree")


async def _feeds(settings: Settings, store: Store) -> AsyncIterator[Line]:
    states = await store.feeds.feed_states()
    signs = [(feed.id, feed_sign(states[feed.id])) for feed in settings.feeds.enabled if feed.id in states]
    bad = [(feed, sign) for feed, sign in signs if sign.light is not Light.GREEN]
    for feed, sign in bad:
        level = Level.FAILED if sign.light is Light.RED else Level.WARNING
        yield Line(level, f"feed {feed}", sign.why, f"newswire-monitor feeds verify {feed}")
    good, waiting = len(signs) - len(bad), len(settings.feeds.enabled) - len(signs)
    if waiting:
        yield Line(
            Level.WARNING,
            "feeds",
            f"{counted(waiting, 'feed')} not polled yet",
            "start newswire-monitor poll",
        )
    yield Line(Level.OK, "feeds", f"{counted(good, 'feed')} in order")


async def _slack(settings: Settings, environ: Mapping[str, str]) -> AsyncIterator[Line]:
    slack = choose(environ, Console(), POLICY)
    if isinstance(slack, TerminalChannel):
        remedy = "set SLACK_BOT_TOKEN or SLACK_WEBHOOK_URL"
        yield Line(Level.WARNING, "slack", "not set up: alerts go to the terminal", remedy)
    elif not isinstance(slack, SlackChannel):
        remedy = "newswire-monitor slack check --post"
        yield Line(Level.WARNING, "slack", "a webhook is set, which cannot be asked", remedy)
    else:
        for one in await check_slack(slack, channels(settings)):
            level = Level.OK if one.good else Level.FAILED
            yield Line(level, f"slack {one.subject}", one.note, one.advice)
