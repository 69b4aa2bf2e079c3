"""The replay wire: a real HTTP server on this machine that serves releases as RSS 2.0 and Atom feeds.

The demo and the tests poll it through the very code that polls real wires. It honours ETag and
If-Modified-Since (RFC 9110, 13.1), and what it serves changes when something is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from typing import Any, Literal, Self
from xml.etree import ElementTree as Xml

from aiohttp import web

from monitor.wire.clean import plain_text
from monitor.wire.feeds import Feed, Interval

DEPTH = 50
_INTERVAL = Interval(at_least=timedelta(seconds=5), at_most=timedelta(seconds=5))
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Release:
    """A release as a wire publishes it. `published` is aware; `feed` is the id of the feed it appears in."""

    feed: str
    guid: str
    title: str
    text: str
    link: str
    published: datetime
    issuer: str = ""
    tags: tuple[str, ...] = ()

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Make a release of a JSON record with these fields; `published` in ISO 8601, UTC if it says none.

        Raises:
            KeyError: If feed, guid, title, text, link or published is missing.
            ValueError: If `published` is no date.
        """
        published = datetime.fromisoformat(record["published"])
        return cls(
            feed=record["feed"],
            guid=record["guid"],
            title=record["title"],
            text=record["text"],
            link=record["link"],
            published=published if published.tzinfo else published.replace(tzinfo=UTC),
            issuer=record.get("issuer", ""),
            tags=tuple(record.get("tags", ())),
        )


@dataclass(frozen=True, slots=True)
class ReplayFeed:
    """A feed of the replay wire; `wire` is the wire it plays."""

    id: str
    wire: str
    title: str
    format: Literal["rss", "atom"] = "rss"


class ReplayWire:
    """Serves feeds at `http://127.0.0.1:<a free port>/<feed id>`. Use as an async context manager.

    Args:
        feeds: What to serve.
        clock: Tells the time, aware; it becomes Last-Modified.
    """

    def __init__(self, feeds: Iterable[ReplayFeed], *, clock: Callable[[], datetime]) -> None:
        self._feeds = {feed.id: feed for feed in feeds}
        self._clock = clock
        self._releases: dict[str, list[Release]] = {name: [] for name in self._feeds}
        self._changed = dict.fromkeys(self._feeds, clock())
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{feed}", self._serve)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def publish(self, *releases: Release) -> None:
        """Add releases to their feeds, as the newest.

        Raises:
            KeyError: If a release names a feed that is not served.
        """
        for release in releases:
            self._releases[release.feed].append(release)
            self._changed[release.feed] = self._clock()

    def settings(self) -> tuple[Feed, ...]:
        """Return the settings with which to poll the feeds. Everything they hold counts as news."""
        return tuple(
            Feed(
                id=feed.id,
                wire=feed.wire,
                url=f"http://127.0.0.1:{self._port}/{feed.id}",
                title=feed.title,
                interval=_INTERVAL,
                first_poll_window=timedelta(days=36_500),
                allow_private_networks=True,
            )
            for feed in self._feeds.values()
        )

    async def _serve(self, request: web.Request) -> web.Response:
        feed = self._feeds.get(request.match_info["feed"])
        if feed is None:
            raise web.HTTPNotFound
        changed = self._changed[feed.id].replace(microsecond=0)
        body = render(feed, self._releases[feed.id][-DEPTH:], changed)
        etag = f'"{blake2b(body, digest_size=8).hexdigest()}"'
        headers = {"ETag": etag, "Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True)}
        if _unchanged(request, etag, changed):
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, headers=headers | {"Content-Type": _TYPES[feed.format]})


def _unchanged(request: web.Request, etag: str, changed: datetime) -> bool:
    """Evaluate the conditions as RFC 9110, 13.2.2 orders them: the tag decides, the date only without one."""
    if (tags := request.headers.get("If-None-Match")) is not None:
        return etag in (tag.strip() for tag in tags.split(","))
    try:
        return changed <= parsedate_to_datetime(request.headers["If-Modified-Since"])
    except (KeyError, ValueError, TypeError):
        return False


def render(feed: ReplayFeed, releases: Iterable[Release], changed: datetime) -> bytes:
    """Return the feed's body in UTF-8, the last release first."""
    newest_first = list(releases)[::-1]
    root = _rss(feed, newest_first, changed) if feed.format == "rss" else _atom(feed, newest_first, changed)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _rss(feed: ReplayFeed, releases: list[Release], changed: datetime) -> Xml.Element:
    root = Xml.Element("rss", {"version": "2.0", "xmlns:dc": _DC})
    channel = Xml.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", "http://127.0.0.1/")
    _add(channel, "description", f"Sample releases as {feed.wire} would carry them")
    _add(channel, "lastBuildDate", format_datetime(changed))
    for release in releases:
        item = Xml.SubElement(channel, "item")
        _add(item, "title", release.title)
        _add(item, "link", release.link)
        _add(item, "guid", release.guid, isPermaLink="false")
        _add(item, "pubDate", format_datetime(release.published))
        _add(item, "description", release.text)
        for tag in release.tags:
            _add(item, "category", tag)
        if release.issuer:
            _add(item, "dc:contributor", release.issuer)
    return root


def _atom(feed: ReplayFeed, releases: list[Release], changed: datetime) -> Xml.Element:
    root = Xml.Element("feed", xmlns=_ATOM)
    _add(root, "title", feed.title)
    _add(root, "id", f"urn:newswire-monitor:replay:{feed.id}")
    _add(root, "updated", changed.isoformat())
    for release in releases:
        entry = Xml.SubElement(root, "entry")
        _add(entry, "title", release.title)
        Xml.SubElement(entry, "link", href=release.link)
        _add(entry, "id", release.guid)
        _add(entry, "published", release.published.isoformat())
        _add(entry, "updated", release.published.isoformat())
        _add(entry, "summary", release.text, type="text")
        for tag in release.tags:
            Xml.SubElement(entry, "category", term=tag)
        if release.issuer:
            author = Xml.SubElement(entry, "author")
            _add(author, "name", release.issuer)
    return root


def _add(parent: Xml.Element, tag: str, text: str, **attributes: str) -> None:
    # XML 1.0 has no control characters, not even escaped ones.
    Xml.SubElement(parent, tag, attributes).text = plain_text(text)
