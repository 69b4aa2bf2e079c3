"""By what an item is known again before anyone reads it: its guid, its link, and its opening words.

Admission looks these up for every entry of every poll, so nothing here parses more than the opening.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from monitor.model import Item

KEY_BYTES = 16
LEAD_LETTERS = 250
"""How much of the lead identifies a release: enough to tell, little enough to survive a cut summary."""
MIN_LEAD_LETTERS = 60
"""Below this (about ten words) two different releases may well open alike."""

# Added by the wires' own feeds and by mail and advertising systems; none of them selects a page.
_TRACKING_NAMES = """
_ga _gl _hsenc _hsmi at_campaign at_medium cid cmp cmpid dclid dm_i ecid ef_id epik fbclid feedname feedref
feedtype ftag fvtc fvtv gbraid gclid gclsrc icid igshid li_fat_id mc_cid mc_eid mkt_tok mkwid msclkid ncid
ns_campaign ns_linkname ns_mchannel ns_source oly_anon_id oly_enc_id pk_campaign pk_kwd pk_source
rb_clickid rpc rsrc s_cid sc_campaign sc_channel sc_cid sc_content sc_medium smid spm sr_share srsltid tc trk
trkcampaign ttclid twclid vero_conv vero_id wbraid wickedid yclid
"""
_TRACKING = frozenset(_TRACKING_NAMES.split())
_PATH_END = re.compile(r"[/\s]+\Z")
_TRACKING_PREFIXES = ("utm_", "mtm_", "matomo_", "piwik_", "hsa_", "guce_")
_DEFAULT_PORTS = {"http": 80, "https": 443}

_WIRE = (
    r"(?:business\s?wire|globe\s?newswire|market\s?wired?|prime\s?newswire|pr\s?newswire|us\s?newswire"
    r"|newsfile|access\s?wire|access\s?newswire|cnw|cision|canada\s?newswire|ein\s?presswire|newswire"
    r"|reuters|associated press|ap|afp|dpa|dgap|eqs|dow jones|bloomberg)"
)
_DATELINE = re.compile(
    rf"(?:\(\s*{_WIRE}\b[^()\n]{{0,80}}\)|/\s*{_WIRE}\b[^/\n]{{0,80}}/)\s*[-–—:]*\s*", re.IGNORECASE
)
_DATELINE_ENDS_WITHIN = 240
_RETOLD = re.compile(r"\s*(?:retransmission|re-?issue|repeat|rpt)\b[\s:–—-]*", re.IGNORECASE)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Identities:
    """The keys of one item, 16 bytes each. None: the item has nothing to identify it that way."""

    guid: bytes
    link: bytes | None
    fingerprint: bytes | None


def identities(item: Item) -> Identities:
    """Return the keys by which `item` is known again.

    The guid counts within its feed only, since feeds number their entries as they like; an entry without
    one is known by its link, else by its words. The link is compared in its canonical form. The fingerprint
    is the same for the same words on another wire, and another one when a number in them differs.
    """
    link = canonical_link(item.link)
    guid = item.guid.strip() or link or f"{item.title}\n{item.text}"
    fingerprint = _opening(item.title, item.text)
    return Identities(
        guid=_key(b"guid", item.feed, guid),
        link=_key(b"link", link) if link else None,
        fingerprint=_key(b"words", *fingerprint) if fingerprint else None,
    )


def canonical_link(link: str) -> str | None:
    """Return the link without what does not select a page, or None if it names no page of the web.

    Scheme and host in lower case, http as https, no user, default port, fragment, tracking parameter or
    trailing slash, parameters in order of name (RFC 3986, section 6.2, and common practice beyond it).
    The bare address of a site is None: it would make one of all its items.
    """
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
    path = _PATH_END.sub("", parts.path)
    query = _query(parts)
    if not path and not query:
        return None
    return f"https://{host}{path}{'?' if query else ''}{query}"


def normalised(text: str) -> str:
    """Return the words and numbers of `text`, folded in case and compatibility form, one space apart.

    Separators inside a number stay, so that 1.5 and 15 differ.
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def after_dateline(text: str) -> str:
    """Return `text` from where the dateline ends: after "(GLOBE NEWSWIRE) --", "/PRNewswire/ --" and such."""
    found = _DATELINE.search(text, 0, _DATELINE_ENDS_WITHIN)
    return text[found.end() :] if found else text


def _opening(title: str, text: str) -> tuple[str, str] | None:
    headline = normalised(_RETOLD.sub("", title, count=1) if _RETOLD.match(title) else title)
    # Four times the letters wanted leaves room for spaces and punctuation without folding a whole article.
    lead = normalised(after_dateline(text.lstrip())[: 4 * LEAD_LETTERS])[:LEAD_LETTERS].rstrip()
    if len(lead) < MIN_LEAD_LETTERS or headline.startswith(lead):
        return None
    return headline, lead


def _query(parts: SplitResult) -> str:
    kept = [
        pair
        for pair in map(str.strip, parts.query.split("&"))
        if pair and not _is_tracking(pair.partition("=")[0].casefold())
    ]
    return "&".join(sorted(kept, key=lambda pair: pair.partition("=")[0]))


def _is_tracking(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _key(person: bytes, *parts: str) -> bytes:
    # A NUL cannot stand in a feed's name or a link, so ("a", "bc") and ("ab", "c") differ.
    said = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=KEY_BYTES, person=person).digest()
