"""Links compared: two addresses of one page have one canonical form."""

from __future__ import annotations

import base64
import binascii
import re
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit

# What nearly all links of feeds look like: nothing in them needs more than splitting.
_PLAIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)"
    r"(?P<path>/[^\s?#]*)?(?:\?(?P<query>[^\s#]*))?(?:#\S*)?"
)
_PATH_END = re.compile(r"[/\s]+\Z")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_REDIRECTS = 3
# Google News wraps the publisher's link: until 2024 readably in a base64 protocol buffer, now encrypted, and
# then only Google can tell where it leads.
_NEWS_HOST = "news.google.com"
_NEWS_PATH = re.compile(r"/(?:rss/)?(?:articles|read|__i/rss/rd/articles)/(?P<wrapped>[A-Za-z0-9_-]+)\Z")
_WRAPPED_LINK = re.compile(rb"https?://[\x21-\x7e]+")
_REDIRECTORS = {
    ("www.google.com", "/url"): ("url", "q"),
    ("google.com", "/url"): ("url", "q"),
    ("www.bing.com", "/news/apiclick.aspx"): ("url",),
}


def canonical_link(link: str) -> str | None:
    """Return the link without what does not select a page, or None if it names no page of the web.

    Scheme and host in lower case, http as https, no user, default port, fragment, tracking parameter
    (`tracking.txt`) or trailing slash, parameters in order of name (RFC 3986, section 6.2, and custom
    beyond); a redirect of a news search is the page it leads to, where that can be read from it.
    The bare address of a site is None: it would make one of all its items.
    """
    for _ in range(_MAX_REDIRECTS):
        parts = _split(link)
        if parts is None:
            return None
        host, path, query = parts
        target = _target(host, path, query)
        if target is None:
            break
        link = target
    else:
        return None
    path = _PATH_END.sub("", path)
    query = _selecting(query) if query else ""
    if not path and not query:
        return None
    return f"https://{host}{path}{'?' if query else ''}{query}"


def _split(link: str) -> tuple[str, str, str] | None:
    """Return host (with any odd port), path and query of an HTTP address; None if it is none."""
    if plain := _PLAIN.fullmatch(link):
        return plain["host"], plain["path"] or "", plain["query"] or ""
    try:
        parts = urlsplit(link.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return None
    host = parts.hostname.rstrip(".")
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        host += f":{port}"
    return host, parts.path, parts.query


def _target(host: str, path: str, query: str) -> str | None:
    """Return the address a redirector leads to, where its own address says it."""
    if host == _NEWS_HOST:
        return _unwrapped(path)
    names = _REDIRECTORS.get((host, path))
    if names is None:
        return None
    values = parse_qs(query, max_num_fields=50) if query.count("&") < 50 else {}
    found = (values[name][0] for name in names if name in values)
    return next((value for value in found if value.startswith(("https://", "http://"))), None)


def _unwrapped(path: str) -> str | None:
    wrapped = _NEWS_PATH.fullmatch(path)
    if wrapped is None:
        return None
    try:
        buffer = base64.urlsafe_b64decode(wrapped["wrapped"] + "===")
    except (binascii.Error, ValueError):
        return None
    found = _WRAPPED_LINK.search(buffer)
    if found is None or found.start() < 2:
        return None
    # The byte before a text is its length; of two bytes where it is 128 or more (protobuf's varint).
    first, second = buffer[found.start() - 1], buffer[found.start() - 2]
    length = first if second < 128 else (second & 127) + (first << 7)
    return found[0][:length].decode("ascii")


def _selecting(query: str) -> str:
    pairs = [pair for pair in map(str.strip, query.split("&")) if pair and not _is_tracking(pair)]
    if len(pairs) > 1:
        pairs.sort(key=lambda pair: pair.partition("=")[0])
    return "&".join(pairs)


def _is_tracking(pair: str) -> bool:
    names, prefixes = _tracking()
    name = pair.partition("=")[0].casefold()
    return name in names or name.startswith(prefixes)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    lines = files("monitor.story").joinpath("tracking.txt").read_text("utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    prefixes = tuple(entry.removesuffix("*") for entry in entries if entry.endswith("*"))
    return frozenset(entry for entry in entries if not entry.endswith("*")), prefixes
