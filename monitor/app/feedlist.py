"""`feeds verify`, `add`, `import` and `export`: the list of feeds, checked and changed."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from monitor.app.manners import least_interval
from monitor.app.settings import Settings
from monitor.config.editing import add_to_list
from monitor.wire.discovery import Found, feed_id, feeds_of_page
from monitor.wire.durations import shown_duration
from monitor.wire.errors import NotAFeedError
from monitor.wire.feeds import Feed, FeedFile
from monitor.wire.fetch import Body, Fetcher
from monitor.wire.parse import Origin, parse
from monitor.wire.robots import Robots
from monitor.wire.sandbox import Sandbox
from monitor.wire.verify import Severity, Verification, Verifier

_STYLES = {None: "green", Severity.DOUBT: "yellow", Severity.WRONG: "red"}


def now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


@asynccontextmanager
async def _hands(settings: Settings) -> AsyncIterator[tuple[Fetcher, Sandbox]]:
    agent = settings.monitor.user_agent
    async with Fetcher(agent, clock=now, environ=os.environ) as fetcher, Sandbox() as sandbox:
        yield fetcher, sandbox


def chosen(settings: Settings, what: Sequence[str]) -> list[Feed]:
    """Return the feeds with these ids or addresses; an address that no feed has is one for itself.

    Raises:
        ValueError: If something is neither an id nor an address.
    """
    if not what:
        return list(settings.feeds.enabled)
    known = {name: feed for feed in settings.feeds.feeds for name in (feed.id, feed.url)}
    return [known.get(one) or _stranger(Found(one)) for one in dict.fromkeys(what)]


def _stranger(found: Found, *, private: bool = False) -> Feed:
    host = urlsplit(found.url).hostname or found.url
    return Feed(id=feed_id(found, ()), wire=host, url=found.url, allow_private_networks=private)


async def verify(settings: Settings, what: Sequence[str]) -> list[Verification]:
    """Verify the feeds of these ids or addresses, or all that are enabled."""
    async with _hands(settings) as (fetcher, sandbox):
        robots = Robots(fetcher, sandbox, settings.monitor.user_agent, now)
        verifier = Verifier(fetcher, sandbox, robots)
        return await verifier.verify(chosen(settings, what), now())


def verification_record(one: Verification) -> dict[str, Any]:
    """Return a verification as an object for JSON."""
    return {
        "feed": one.feed.id,
        "url": one.feed.url,
        "verdict": one.verdict or "ok",
        "title": one.title,
        "items": one.items,
        "depth_hours": round(one.depth.total_seconds() / 3600, 1) if one.depth is not None else None,
        "newest": one.newest.isoformat() if one.newest else None,
        "languages": list(one.languages),
        "conditional": one.conditional,
        "robots": one.robots,
        "findings": [{"severity": finding.severity, "text": finding.text} for finding in one.findings],
    }


def verification_table(found: Iterable[Verification]) -> Group:
    """Return the verifications as a table for people of 80 columns, and below it what was found."""
    shown = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    shown.add_column("feed", overflow="fold", min_width=8)
    for name in ("verdict", "items", "hours deep", "newest", "languages"):
        shown.add_column(name)
    told = []
    for one in found:
        depth = f"{one.depth.total_seconds() / 3600:.1f}" if one.depth is not None else "–"
        shown.add_row(
            Text(one.feed.id),
            Text(one.verdict or "ok", style=_STYLES[one.verdict]),
            str(one.items),
            depth,
            f"{one.newest:%Y-%m-%d %H:%M}" if one.newest else "–",
            ", ".join(one.languages) or "–",
        )
        told += [Text.assemble((one.feed.id, "bold"), f": {finding.text}") for finding in one.findings]
    return Group(shown, *told)


async def discover(settings: Settings, url: str, *, private: bool = False) -> tuple[Found, ...]:
    """Return the feed at an address, or the feeds that the page there names.

    Raises:
        FeedError: If there is neither.
        ValueError: If it is no address.
    """
    feed = _stranger(Found(url), private=private)
    async with _hands(settings) as (fetcher, sandbox):
        body = await fetcher.fetch(feed)
        assert isinstance(body, Body)  # no condition was sent
        origin = Origin(feed.id, feed.wire, body.final_url, now(), body.content_type)
        try:
            parsed = await sandbox.run(parse, body.content, origin)
        except NotAFeedError:
            found = await sandbox.run(feeds_of_page, body.content, body.final_url)
            if not found:
                raise NotAFeedError(f"{feed.host}: neither a feed nor a page that names one") from None
            return found
    return (Found(url, parsed.title),)


def add(folder: Path, known: FeedFile, found: Iterable[Found], *, private: bool = False) -> list[str]:
    """Write feeds at the end of feeds.yaml; return the ids of those that were not in it yet.

    Raises:
        ConfigError: The file would not be in order; it stays as it was.
    """
    taken, urls = [feed.id for feed in known.feeds], {feed.url for feed in known.feeds}
    entries: list[dict[str, str | bool]] = []
    for one in found:
        if one.url in urls:
            continue
        urls.add(one.url)
        taken.append(feed_id(one, taken))
        wire = one.group or urlsplit(one.url).hostname or ""
        entries.append({"id": taken[-1], "wire": wire, "url": one.url})
        if one.title:
            entries[-1]["title"] = one.title
        if private:
            entries[-1]["allow_private_networks"] = True
        least = least_interval(urlsplit(one.url).hostname or "")
        if least > Feed.model_fields["interval"].default.at_least:
            entries[-1]["interval"] = shown_duration(least)
    if entries:
        add_to_list(folder / "feeds.yaml", "feeds", entries, FeedFile)
    return [str(entry["id"]) for entry in entries]
