"""Sentences of a document, by rules of our own: no model, one pass, time linear in the text.

A full stop ends a sentence unless the word before it is an abbreviation. Abbreviations are of two sorts:
those that always lean on the next word ("Mr.", "No."), and those that may also stand last ("Inc.", "U.S.",
"Calif."), which end a sentence only before a word that likes to begin one. The lists follow the AP
Stylebook's abbreviations of states, months, titles and company forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.model import Document, Zone, ZoneKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` = document.text[start:end], without the white space around it, and the zone it stands in."""

    start: int
    end: int
    text: str
    zone: ZoneKind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEANING = _words(
    """mr mrs ms messrs dr prof gen gov sen rep lt sgt capt col maj rev hon pres supt st ste mt ft no nos
    vs approx est e.g i.e cf dept univ tel fig vol sec art ph.d"""
)
_EITHER = _words(
    """inc corp co cos ltd plc llc llp lp bros intl assn jr sr etc u.s u.k u.n u.a.e e.u d.c a.m p.m s.a
    n.v a.g s.p.a p.l.c l.l.c l.p jan feb mar apr jun jul aug sep sept oct nov dec ala ariz ark calif
    colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev n.h n.j n.m n.y n.c
    n.d okla ore pa r.i s.c s.d tenn tex vt va wash w.va wis wyo ont que b.c alta sask man n.s n.b mln
    bln ave blvd rd"""
)
_STARTERS = _words(
    """the a an it its in on at he she they we i you this that these those but and or so as for from to by
    with after before when while if because about some many most several more all both each no not under
    over since during between among our their his her there here what which who how last next earlier
    later also another other such analysts shares workers employees management officials executives
    meanwhile however according separately around approximately up net revenue sales"""
)

# A run of end marks with its closing quotes and brackets, before white space; or where a space was forgotten
# ("lost.The"). Both patterns begin with what is rare and look a bounded way: linear on any text, and fast.
_STOP = re.compile(
    r"""[.!?…]{1,8}+(?:["'”’»)\]]{0,4}+(?=\s|\Z)|(?<=[a-z]{3}[.!?])["”]?+(?=[A-Z][a-z]))""",
)
# An empty line, or the break before a line that begins with a bullet.
_BREAK = re.compile(r"\n(?:[ \t\r]{0,40}+\n\s*+|[ \t]{0,40}+(?=[*•▪●‣–—-][ \t]|\d{1,2}[.)][ \t]))")
_WORD_BEFORE = re.compile(r"[^\s(\"“‘'/,;:-]*\Z")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.)*[^\W\d_a-z]")  # "J", "J.C"
LONGEST = (
    2_000  # characters: a table or a hostile text is cut, so that readers may be quadratic in a sentence
)
_LONGEST_ABBREVIATION = 12
_SPACES = re.compile(r"\s*+")
_NEXT_WORD = re.compile(r"(?:[\"'“‘«(\[] ?+)*+([^\W_]++)")


def sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of all zones in the order of the text.

    No sentence crosses the border of a zone; a title is one sentence whatever its punctuation. Quotation
    zones lie inside others and make no border.
    """
    return tuple(
        sentence
        for zone in document.zones
        if zone.kind is not ZoneKind.QUOTE
        for sentence in _in_zone(document.text, zone)
    )


def _in_zone(text: str, zone: Zone) -> Iterator[Sentence]:
    start = zone.start
    if zone.kind is not ZoneKind.TITLE:
        marks = {
            mark.end() for mark in _STOP.finditer(text, zone.start, zone.end) if _ends(text, mark, zone.end)
        }
        marks.update(mark.end() for mark in _BREAK.finditer(text, zone.start, zone.end))
        for end in sorted(marks):
            yield from _trimmed(text, start, end, zone.kind)
            start = end
    yield from _trimmed(text, start, zone.end, zone.kind)


def _trimmed(text: str, start: int, end: int, kind: ZoneKind) -> Iterator[Sentence]:
    """Yield the span without white space around it; what no one would call a sentence comes in pieces."""
    while start < end:
        stop = min(end, start + LONGEST)
        if stop < end:
            stop = max(text.rfind(" ", start + LONGEST // 2, stop), start + LONGEST // 2)
        span = text[start:stop]
        bare = span.strip()
        if bare:
            first = start + len(span) - len(span.lstrip())
            yield Sentence(first, first + len(bare), bare, kind)
        start = stop


def _ends(text: str, mark: re.Match[str], limit: int) -> bool:
    """Whether the end mark really ends a sentence, judged by the words around it."""
    gap = _SPACES.match(text, mark.end(), limit)
    follows = gap.end() if gap else mark.end()
    if follows >= limit:
        return True
    word = _NEXT_WORD.match(text, follows, limit)
    following = word.group(1) if word else ""
    if following[:1].islower() and following.islower():
        return False
    return text[mark.start()] != "." or _may_stop_after(_word_before(text, mark.start()), following)


def _word_before(text: str, end: int) -> str:
    found = _WORD_BEFORE.search(text, max(0, end - _LONGEST_ABBREVIATION), end)
    return found.group() if found else ""


def _may_stop_after(word: str, following: str) -> bool:
    """Whether a full stop after `word` can end a sentence when `following` comes next."""
    lowered = word.lower()
    if lowered in _LEANING:
        return False
    initial = bool(_INITIALS.fullmatch(word))
    if initial or lowered in _EITHER:
        return following.lower() in _STARTERS or not following
    return True
