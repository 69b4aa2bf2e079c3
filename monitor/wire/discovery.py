"""Feeds that a page names, and lists of feeds in OPML. Both are read from what strangers wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as Xml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from monitor.wire.clean import plain_line
from monitor.wire.feeds import Feed

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_NO_ID = re.compile(r"[^a-z0-9]+")
_ID_LENGTH = 40


class NotOpmlError(ValueError):
    """A list of feeds that is none; the text says why."""


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that a page or a list names. `group` is the list's heading above it."""

    url: str
    title: str = ""
    group: str = ""


def feeds_of_page(page: bytes, url: str) -> tuple[Found, ...]:
    """Return the feeds a page names by `<link rel="alternate">`, each address once.

    Args:
        page: HTML as fetched, decompressed.
        url: Where it was found; relative links are resolved against it.
    """
    links = _Links()
    links.feed(page[:1_000_000].decode("utf-8", "replace"))
    found = (Found(urljoin(url, href.strip()), plain_line(title)) for href, title in links.found)
    return _once(one for one in found if _is_address(one.url))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        kind = values.get("type", "").partition(";")[0].strip().lower()
        if tag == "link" and "alternate" in values.get("rel", "").lower().split() and kind in _TYPES:
            self.found.append((values.get("href", ""), values.get("title", "")))


def read_opml(content: bytes) -> tuple[Found, ...]:
    """Return the feeds of an OPML list (http://opml.org/spec2.opml), each address once.

    Raises:
        NotOpmlError: If it is no OPML, or has a document type, in which entities could hide.
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except Xml.ParseError as error:
        raise NotOpmlError(f"it is no well-formed XML: {error}") from None
    except DefusedXmlException:
        raise NotOpmlError("it has a document type, which OPML has no use for") from None
    except (LookupError, ValueError) as error:
        raise NotOpmlError(f"its encoding cannot be read: {error}") from None
    if root.tag.lower() != "opml":
        raise NotOpmlError(f"its outermost element is <{root.tag}> instead of <opml>")
    return _once(one for body in root.iter("body") for one in _outlines(body))


def _outlines(body: Xml.Element) -> Iterator[Found]:
    waiting = [(outline, "") for outline in reversed(body.findall("outline"))]
    while waiting:
        outline, group = waiting.pop()
        name = plain_line(outline.get("title") or outline.get("text") or "", 120)
        url = (outline.get("xmlUrl") or "").strip()
        if _is_address(url):
            yield Found(url, name, group)
        waiting += [(child, name or group) for child in reversed(outline.findall("outline"))]


def write_opml(feeds: Iterable[Feed]) -> bytes:
    """Return the feeds as OPML 2.0, grouped by wire. Headers, which may hold secrets, are not in it."""
    root = Xml.Element("opml", version="2.0")
    Xml.SubElement(Xml.SubElement(root, "head"), "title").text = "Newswire Monitor's feeds"
    body, groups = Xml.SubElement(root, "body"), dict[str, Xml.Element]()
    for feed in feeds:
        if feed.wire not in groups:
            groups[feed.wire] = Xml.SubElement(body, "outline", text=feed.wire, title=feed.wire)
        name = feed.title or feed.id
        Xml.SubElement(groups[feed.wire], "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
    Xml.indent(root)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def feed_id(found: Found, taken: Iterable[str]) -> str:
    """Return an id for a feed: its title or host in lower case, with a number if that is taken."""
    name = _NO_ID.sub("-", (found.title or urlsplit(found.url).hostname or "").lower())[:_ID_LENGTH].strip(
        "-"
    )
    name, others = name or "feed", set(taken)
    numbered = (f"{name}-{number}" for number in range(2, len(others) + 3))
    return name if name not in others else next(one for one in numbered if one not in others)


def _once(found: Iterable[Found]) -> tuple[Found, ...]:
    first: dict[str, Found] = {}
    for one in found:
        first.setdefault(one.url, one)
    return tuple(first.values())


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
