"""From a feed's bytes to items. Pure, but hostile input can make it slow: run it in the sandbox."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate
from hashlib import blake2b
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import feedparser

from monitor.model import Item
from monitor.wire.clean import MAX_LINE, plain_line, plain_text, without_markup
from monitor.wire.delta import is_torn
from monitor.wire.errors import NotAFeedError
from monitor.wire.pace import asked_by_feed

MAX_ITEMS = 500
MAX_LINK = 2_048
MAX_TAGS = 50
_TAG_LENGTH = 200
# A wire's clock may run a little ahead of ours; what is further ahead is a mistake (or an embargo).
_AHEAD = timedelta(minutes=10)
_FIRST_FEEDS = datetime(1997, 1, 1, tzinfo=UTC)
_ROOT_ENDS = (b"</rss>", b"</feed>", b"</rdf:rdf>", b":feed>", b":rss>")
_ZONELESS = re.compile(r"[T ]\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[AP]\.?M\.?)?\s*\Z", re.IGNORECASE)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORD = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_STRAY_AMPERSAND = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?!#?\w{1,32};)", re.DOTALL)
# References to surrogates, which are no characters (XML 1.0, 2.2); feedparser fails on them.
_SURROGATE = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
# feedparser keeps the last only of repeated elements that it does not know; read as categories it keeps all.
_REPEATED = ("dc_keyword", "prn_industry", "prn_subject")

# feedparser looks for a parser that nobody has any more, at every feed: a seventh of what a small one costs.
feedparser.api.PREFERRED_XML_PARSERS.clear()
# GlobeNewswire says by `dc:modified` when an entry was changed; feedparser knows that of `dcterms` only.
for _parser in (feedparser.api.StrictFeedParser, feedparser.api.LooseFeedParser):
    for _element in _REPEATED:
        setattr(_parser, f"_start_{_element}", getattr(_parser, "_start_category"))  # noqa: B009
        setattr(_parser, f"_end_{_element}", getattr(_parser, "_end_category"))  # noqa: B009
    setattr(_parser, "_start_dc_modified", getattr(_parser, "_start_updated"))  # noqa: B009, B010
    setattr(_parser, "_end_dc_modified", getattr(_parser, "_end_updated"))  # noqa: B009, B010


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and when a body was fetched: what its items say of themselves.

    `seen` is aware; `zone` is the IANA name of the time zone of dates that name none.
    """

    feed: str
    wire: str
    url: str
    seen: datetime
    content_type: str = ""
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed as read.

    `title` is the channel's; `version` is feedparser's name of the format ("rss20", "atom10"); `broken_off`
    says that the body ends before its root element does; `malformed` that it is no well-formed XML. `found`
    counts the entries the body holds, of which `items` has the first ones, up to the limit. `asks` is how
    long it wants to be left alone between polls.
    """

    items: tuple[Item, ...]
    title: str
    version: str
    found: int
    broken_off: bool = False
    malformed: bool = False
    asks: timedelta = timedelta(0)


def parse(body: bytes, origin: Origin, limit: int = MAX_ITEMS) -> Parsed:
    """Read the items of a feed.

    Args:
        body: RSS 0.9x, 1.0, 2.0 or Atom in any encoding feedparser knows. Of one that breaks off, the
            whole entries count.
        origin: Becomes the items' `feed`, `wire` and `seen`; relative links are resolved against its `url`.
        limit: How many items to read at most.

    Raises:
        NotAFeedError: If the body is empty, a page, or anything else that is no feed.
    """
    if not body.strip():
        raise NotAFeedError(f"{_host(origin)} sent an empty answer instead of a feed")
    result = _parsed(body, origin)
    if _is_malformed(result) and (repaired := _without_stray_ampersands(body)) != body:
        second = _parsed(repaired, origin)
        result = result if _is_malformed(second) else second
    version, entries = result.get("version", ""), result.get("entries", [])
    if not version and not entries:
        raise NotAFeedError(f"{_host(origin)} sent {_what_else(body)} instead of a feed: check the address")
    broken_off = _is_malformed(result) and not _has_end(body)
    if broken_off and _is_inside_entry(body):
        entries = entries[:-1]
    language = _language(result.feed.get("language", ""))
    return Parsed(
        items=tuple(_item(entry, origin, language) for entry in entries[:limit]),
        title=plain_line(_text(result.feed, "title")),
        version=version,
        found=len(entries),
        broken_off=broken_off,
        malformed=_is_malformed(result),
        asks=asked_by_feed(result.feed),
    )


def _parsed(body: bytes, origin: Origin) -> Any:
    return feedparser.parse(
        # Bytes or text would be taken for the name of a file to open, or an address to fetch.
        io.BytesIO(_SURROGATE.sub(b"&#xFFFD;", body)),
        response_headers={"content-type": origin.content_type}
        if _counts(origin.content_type, body)
        else None,
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _counts(content_type: str, body: bytes) -> bool:
    """Tell whether a Content-Type says anything of the encoding: a charset does, unless a BOM is there.

    That is RFC 7303, 3.2; feedparser still takes a bare text/xml for US-ASCII, as RFC 3023 had it.
    """
    return "charset" in content_type.lower() and not body.startswith(_BOMS)


def _is_malformed(result: Any) -> bool:
    """Tell whether the XML is damaged; an encoding or content type that lies is none once it is found out."""
    return bool(result["bozo"]) and not isinstance(
        result.get("bozo_exception"), feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType
    )


def _without_stray_ampersands(body: bytes) -> bytes:
    """Escape "&" where it begins no reference, the commonest damage; feedparser makes "AT&T;" of "AT&T"."""
    if b"\0" in body:  # UTF-16, UTF-32: other bytes
        return body
    return _STRAY_AMPERSAND.sub(lambda match: match[0] if len(match[0]) > 1 else b"&amp;", body)


def _item(entry: Any, origin: Origin, language: str) -> Item:
    title = plain_line(_text(entry, "title"))
    text = plain_text(max(_bodies(entry), key=len, default=""))
    link = _link(_own_link(entry), origin.url)
    return Item(
        feed=origin.feed,
        wire=origin.wire,
        guid=plain_line(entry.get("id", ""))[:MAX_LINE] or link or _digest(title, text),
        title=title,
        text=text,
        link=link,
        published=_published(entry, origin),
        seen=origin.seen,
        author=_issuer(entry),
        tags=_tags(entry),
        language=_language(entry.get("language", "")) or language,
    )


def _bodies(entry: Any) -> Iterator[str]:
    yield _text(entry, "summary")
    for content in entry.get("content", ()):
        yield _of_type(content.get("value", ""), content.get("type", ""))


def _text(holder: Any, field: str) -> str:
    detail = holder.get(f"{field}_detail") or {}
    return _of_type(holder.get(field, ""), detail.get("type", ""))


def _of_type(value: Any, kind: str) -> str:
    if not isinstance(value, str):
        return ""
    # An RSS title is "text/plain" to feedparser, and still often holds references that were escaped twice.
    return without_markup(value) if kind != "text/plain" or "&" in value else value


def _issuer(entry: Any) -> str:
    """Wires name the issuer in `dc:contributor`; `author` is then the wire itself or a person at the desk."""
    names = [contributor.get("name", "") for contributor in entry.get("contributors", ())]
    return plain_line(next((name for name in names if name), entry.get("author", "")), _TAG_LENGTH)


def _tags(entry: Any) -> tuple[str, ...]:
    terms = (tag.get("term") or tag.get("label") or "" for tag in entry.get("tags", ()))
    lines = (plain_line(without_markup(term), _TAG_LENGTH) for term in terms)
    return tuple(dict.fromkeys(line for line in lines if line))[:MAX_TAGS]


def _own_link(entry: Any) -> Any:
    """Return the entry's link, but not a guid that is no address, which feedparser puts in its place."""
    link = entry.get("link", "")
    return "" if link == entry.get("id") and "://" not in str(link) else link


def _link(link: Any, base: str) -> str:
    """Return the link in full, or "" for what people must not click: other schemes, monsters, no address."""
    if not isinstance(link, str) or not link.strip() or len(link) > MAX_LINK:
        return ""
    try:
        full = urljoin(base, plain_line(link, MAX_LINK))
        parts = urlsplit(full)
    except ValueError:
        return ""
    return full if parts.scheme in ("http", "https") and parts.hostname else ""


def _published(entry: Any, origin: Origin) -> datetime | None:
    """Return when the feed says it published; never well after `seen`, None for what is missing or absurd."""
    for field in ("published", "updated"):
        said = str(dict.get(entry, field, ""))  # its own `get` takes one date for the other
        bare = _ZONELESS.search(said) is not None
        parts = dict.get(entry, f"{field}_parsed") or (parsedate(said) if bare else None)
        if not parts:
            continue
        try:
            year, month, day, hour, minute, second = parts[:6]
            # feedparser has turned a date with a zone into UTC; one without it has left as it is.
            zone = ZoneInfo(origin.zone) if bare else UTC
            when = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        if when < _FIRST_FEEDS:
            return None
        return when if when <= origin.seen + _AHEAD else origin.seen
    return None


def _language(value: Any) -> str:
    text = value.strip().replace("_", "-").lower() if isinstance(value, str) else ""
    return text if _WORD.fullmatch(text) else ""


def _digest(*texts: str) -> str:
    return blake2b("\n".join(texts).encode(), digest_size=16).hexdigest()


def _has_end(body: bytes) -> bool:
    # In UTF-16 and UTF-32 the same letters stand between zero bytes.
    end = body[-400:].replace(b"\0", b"").lower()
    return any(mark in end for mark in _ROOT_ENDS)


def _is_inside_entry(body: bytes) -> bool:
    letters = body.replace(b"\0", b"")
    torn = is_torn(letters)
    if torn is not None:
        return torn
    return _last(letters, (b"<item", b"<entry")) > _last(letters, (b"</item", b"</entry"))


def _last(body: bytes, marks: Iterable[bytes]) -> int:
    return max(body.rfind(mark) for mark in marks)


def _what_else(body: bytes) -> str:
    head = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or b"<body" in head:
        return "a web page"
    return "JSON" if head.startswith((b"{", b"[")) else "something else"


def _host(origin: Origin) -> str:
    return urlsplit(origin.url).hostname or origin.url
