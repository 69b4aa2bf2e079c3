"""By what an item is known again before anyone reads it: its guid, its link, and its opening words.

Admission looks these up for every entry of every poll, so nothing here parses more than the opening.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC

from monitor.model import Item
from monitor.story.links import canonical_link

KEY_BYTES = 16
LEAD_LETTERS = 250
"""How much of the lead identifies a release: enough to tell, little enough to survive a cut summary."""
MIN_LEAD_LETTERS = 60
"""Below this (about ten words) two different releases may well open alike."""

_WIRE = (
    r"(?:business\s?wire|globe\s?newswire|market\s?wired?|prime\s?newswire|pr\s?newswire|us\s?newswire"
    r"|newsfile|access\s?wire|access\s?newswire|cnw|cision|canada\s?newswire|ein\s?presswire|newswire"
    r"|reuters|associated press|ap|afp|dpa|dgap|eqs|dow jones|bloomberg)"
)
_DATELINE = re.compile(
    rf"(?:\(\s*{_WIRE}\b[^()\n]{{0,80}}\)|/\s*{_WIRE}\b[^/\n]{{0,80}}/)\s*[-–—:]*\s*", re.IGNORECASE
)
_DATELINE_ENDS_WITHIN = 240
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORDS = "".join(c if (c := chr(code).lower()).isalnum() else " " for code in range(128)).encode() * 2


@dataclass(frozen=True, slots=True)
class Identities:
    """The keys of one item, 16 bytes each. None: the item has nothing to identify it that way.

    An item has a `fingerprint` of its words, or where these are too few, a weak one of its `title` within its
    feed; never both.
    """

    guid: bytes
    link: bytes | None
    fingerprint: bytes | None
    title: bytes | None = None


def identities(item: Item) -> Identities:
    """Return the keys by which `item` is known again.

    The guid counts within its feed only, since feeds number their entries as they like; an entry without
    one is known by its link, else by its words. The link is compared in its canonical form. The fingerprint
    is the same for the same words on another wire, and another one when a number in them differs, or when the
    title says that it is told again or corrected.

    Of an item with a title and little else, guid and link count together with what it says: a guid that a
    feed uses again for another release is then another. `title` is that of the same feed and time.
    """
    link = canonical_link(item.link)
    guid = item.guid.strip() or link or f"{item.title}\n{item.text}"
    headline = normalised(item.title)
    lead = _lead(item.text)
    if len(lead) >= MIN_LEAD_LETTERS and not headline.startswith(lead):
        return Identities(
            guid=_key(b"guid", item.feed, guid),
            link=_key(b"link", link) if link else None,
            fingerprint=_key(b"words", headline, lead),
        )
    said = f"{headline}\n{lead}"
    published = item.published.isoformat() if item.published else ""
    return Identities(
        guid=_key(b"guid", item.feed, guid, said),
        link=_key(b"link", link, said) if link else None,
        fingerprint=None,
        title=_key(b"title", item.feed, said, published) if headline else None,
    )


def lasting_key(item: Item) -> str:
    """Return by what the item is known even where all ids were lost, in hexadecimal digits.

    That is what it says, or, where it says too little, its title or guid in its feed; and its day, for a firm
    may use the same words again a quarter later.
    """
    found = identities(item)
    words = found.fingerprint or found.title or found.guid
    day = (item.published or item.seen).astimezone(UTC).date()
    return _key(b"lasting", words.hex(), day.isoformat()).hex()


def guid_key(feed: str, guid: str) -> bytes:
    """Return the key of a guid within its feed."""
    return _key(b"guid", feed, guid.strip())


def link_key(link: str) -> bytes | None:
    """Return the key of a link in its canonical form; None if it names no page of the web."""
    canonical = canonical_link(link)
    return _key(b"link", canonical) if canonical else None


def normalised(text: str) -> str:
    """Return the words and numbers of `text`, folded in case and compatibility form, one space apart.

    What separates the parts of a number becomes a space, so that 1.5 and 15 differ.
    """
    if text.isascii():
        return " ".join(text.encode().translate(_ASCII_WORDS).decode().split())
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def after_dateline(text: str) -> str:
    """Return `text` from where the dateline ends: after "(GLOBE NEWSWIRE) --", "/PRNewswire/ --" and such."""
    found = _DATELINE.search(text, 0, _DATELINE_ENDS_WITHIN)
    return text[found.end() :] if found else text


def _lead(text: str) -> str:
    """Return the first letters of the text after its dateline, normalised."""
    rest = after_dateline(text.lstrip())
    # Room for punctuation, without folding a whole article; text that is nearly all punctuation gets more.
    for length in (LEAD_LETTERS * 3 // 2, LEAD_LETTERS * 4):
        lead = normalised(rest[:length])
        if len(lead) >= LEAD_LETTERS or len(rest) <= length:
            break
    return lead[:LEAD_LETTERS].rstrip()


def _key(person: bytes, *parts: str) -> bytes:
    # A NUL cannot stand in a feed's name or a link, so ("a", "bc") and ("ab", "c") differ.
    said = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=KEY_BYTES, person=person).digest()
