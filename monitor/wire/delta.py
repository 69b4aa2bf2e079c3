"""Cut the entries already seen out of a feed's body, so that only new ones are parsed.

A body is cut only where that is provably safe: tags of entries, comments, CDATA sections and processing
instructions are read in one pass as XML defines them, so an `</item>` inside CDATA is text, and any
irregularity (nested or unbalanced entries, an internal DTD, an encoding in which "<" may be part of a
character) leaves the body whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b

MAX_ENTRIES = 500

# One "<" before all, so that the search leaps from one to the next.
_TOKEN = re.compile(
    rb"<(?:(?P<opaque>!--|!\[CDATA\[|\?)"
    rb"|(?P<start>item|entry)(?=[\s>/]|\Z)(?:[^<>]*(?P<end>>)(?P<empty>(?<=/>))?)?"
    rb"|/(?P<stop>item|entry)\s*>"
    rb"|(?P<dtd>!ENTITY))"
)
_ENDS = {b"!--": b"-->", b"![CDATA[": b"]]>", b"?": b"?>"}
# Encodings in which the bytes of markup mean nothing else. Undeclared, XML is UTF-8 (XML 1.0, 4.3.3).
_ASCII_BASED = re.compile(
    rb"utf-?8|(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?\d|(?:windows-|cp)125\d|koi8-[ru]", re.IGNORECASE
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']""")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([^"';\s]{1,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cut:
    """A body with the entries already seen cut out.

    `entries` are the hashes of its whole entries, those that were left out beyond the limit excepted; empty
    if the body could not be cut. `fresh` is how many entries `body` still holds, None if it is not known.
    `torn`: the body breaks off inside an entry, which is cut out too. `capped`: there were more new entries
    than `MAX_ENTRIES`, and the rest is left out.
    """

    body: bytes
    entries: tuple[str, ...] = ()
    fresh: int | None = None
    torn: bool = False
    capped: bool = False


def hash_body(body: bytes) -> str:
    """Return the name of a body: 128 bits of BLAKE2b in hexadecimal."""
    return blake2b(body, digest_size=16).hexdigest()


def hash_entry(entry: bytes) -> str:
    """Return the name of an entry's bytes: 64 bits of BLAKE2b in hexadecimal."""
    return blake2b(entry, digest_size=8).hexdigest()


def cut(body: bytes, known: Collection[str], content_type: str = "", *, limit: int = MAX_ENTRIES) -> Cut:
    """Cut the entries whose hashes are known out of a body.

    Args:
        body: RSS or Atom as fetched, decompressed.
        known: Hashes of the entries seen at the last poll.
        content_type: The Content-Type it came with; its charset overrides the declared one (RFC 7303, 3.2).
        limit: How many new entries to leave in at most, the first of the body.

    Returns:
        The cut body, or the whole one (`fresh is None`) where cutting is not safe.
    """
    found = _slices(body) if _is_ascii_based(body, content_type) else None
    if found is None or not found.spans:
        return Cut(body)
    kept, hashes, fresh, capped = [body[: found.spans[0][0]]], [], 0, False
    for number, (start, stop) in enumerate(found.spans):
        name = hash_entry(body[start:stop])
        if name in known:
            hashes.append(name)
        elif fresh < limit:
            fresh += 1
            kept.append(body[start:stop])
            hashes.append(name)
        else:
            capped = True
        following = found.spans[number + 1][0] if number + 1 < len(found.spans) else found.end
        kept.append(body[stop:following])
    return Cut(b"".join(kept), tuple(hashes), fresh, found.torn, capped)


def is_torn(body: bytes) -> bool | None:
    """Tell whether a body in a relative of ASCII breaks off inside an entry; None where that is unclear."""
    found = _slices(body)
    return None if found is None else found.torn


@dataclass(frozen=True, slots=True)
class _Slices:
    spans: list[tuple[int, int]]
    end: int
    torn: bool


def _slices(body: bytes) -> _Slices | None:
    """Find the whole entries; `end` is where the body ends, a torn entry at its end left out."""
    spans: list[tuple[int, int]] = []
    name, start = b"", -1
    for token in _tokens(body):
        if token["opaque"]:  # never closed
            return _Slices(spans, start, torn=True) if start >= 0 else None
        if token["dtd"]:
            return None
        if token["stop"]:
            if start < 0 or token["stop"] != name:
                return None
            spans.append((start, token.end()))
            start = -1
        elif start >= 0 or token["empty"] is not None or (name and token["start"] != name):
            return None
        elif not token["end"]:
            return _Slices(spans, token.start(), torn=True) if token.end() == len(body) else None
        else:
            name, start = token["start"], token.start()
    return _Slices(spans, start if start >= 0 else len(body), torn=start >= 0)


def _tokens(body: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the tags of entries and DTD entities; leap over comments, CDATA sections and instructions.

    One of these that is never closed is yielded too, and is the last.
    """
    position = 0
    while token := _TOKEN.search(body, position):
        position = token.end()
        if token["opaque"]:
            end = _ENDS[token["opaque"]]
            position = body.find(end, position) + len(end)
            if position >= len(end):
                continue
            yield token
            return
        yield token


def _is_ascii_based(body: bytes, content_type: str) -> bool:
    named = _CHARSET.search(content_type.encode("ascii", "ignore")) or _DECLARED.search(body[:400])
    return named is None or _ASCII_BASED.fullmatch(named[1]) is not None
