"""Where sentences begin and end in newswire text.

Every span is a pair of offsets in code points, end exclusive. The patterns are our own and bounded; nothing
that a user writes reaches them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge

Span = tuple[int, int]

# A stop, what closes after it, white space, and something a sentence may begin with.
_STOP = re.compile(r"[.!?…]{1,8}+[\"”’')\]]{0,3}(?=\s+[\"“‘'(\[$€£*•–—-]{0,3}[A-ZÀ-ÞЀ-Я0-9])")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(
    r"\n(?:(?<=[.:;!?\"”)]\n)|(?<=[.:;!?\"”)][^\S\n]\n)|(?=[^\S\n]{0,40}(?:[*•·‣▪]|[-–—] |\d{1,2}[.)] )))"
)
_WORD_BEFORE = re.compile(r"([\w.&'’-]{1,24})$")
_WORD_AFTER = re.compile(r"\s+[\"“‘'(]?([\w'’]{1,20})")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# After these a stop never ends a sentence (AP Stylebook: abbreviations of titles, months, states).
_NEVER = _words(
    """mr mrs ms dr prof gen gov sen rep rev hon st mt ft lt col capt sgt vs no nos fig dept messrs
    jan feb mar apr jun jul aug sept sep oct nov dec approx est ca cf e.g i.e
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev
    okla ore pa tenn tex va vt wash wis wyo n.h n.j n.m n.y n.c n.d s.c s.d r.i w.va
    d.c ont que b.c"""
)
# After these it may: it does when the next word is one that commonly opens a sentence.
_MAYBE = _words(
    """inc corp co cos ltd plc llc l.p lp s.a n.v b.v a.g ag bros jr sr u.s u.k u.n e.u a.m p.m etc bn mln
    s.p.a ph.d intl"""
)
_OPENERS = _words(
    """the a an it its this that these those he she they we i his her their our in on at for by as after
    before with but and while when if about all also although analysts another both chief company earlier
    each employees last many meanwhile more most no one other several shares since some such there under
    workers however in"""
)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the sentences of `text[start:end]` as spans, in order, without surrounding white space.

    A blank line always ends a sentence; a single line break does when it follows closing punctuation or
    precedes a bullet, because wires wrap their lines.
    """
    stop = len(text) if end is None else end
    at = start
    for mark in _marks(text, start, stop):
        span = _trimmed(text, at, mark)
        if span is not None:
            yield span
        at = mark
    span = _trimmed(text, at, stop)
    if span is not None:
        yield span


def _marks(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a sentence may end, in order, and no further than is asked for."""
    return merge(
        (match.end() for match in _PARAGRAPH.finditer(text, start, end)),
        (match.end() for match in _LINE.finditer(text, start, end)),
        (match.end() for match in _STOP.finditer(text, start, end) if _ends(text, match)),
    )


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether the stop ends a sentence, rather than an abbreviation or an initial."""
    if stop.group() != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, stop.start() - 24), stop.start())
    word = before.group(1).casefold() if before else ""
    if word in _NEVER or (len(word) == 1 and word.isalpha()):
        return False
    if word not in _MAYBE:
        return True
    after = _WORD_AFTER.match(text, stop.end())
    return after is not None and after.group(1).casefold() in _OPENERS


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
