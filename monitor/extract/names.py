"""Proper names in a document: the capitalised word groups, with possessives, legal forms and listings.

English capitals are the only guide, so these are candidates: persons, places and papers are among them. The
scan is one pass over the words, linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from monitor.extract.lexicon import (
    DETERMINERS,
    JOINERS,
    LEGAL_FORMS,
    MONTHS_AND_DAYS,
    OFFICES,
    OPENERS,
)
from monitor.extract.sentences import Sentence, sentences
from monitor.extract.tickers import Listed, Listing, listed
from monitor.model import Document, ZoneKind


@dataclass(frozen=True, slots=True)
class Name:
    """One mention: `document.text[start:end]`, without a possessive ending and without its listing.

    `key` are its words folded, legal forms left out; `after` is where the text goes on behind possessive and
    listing. `opens` says that it begins its sentence, where a capital proves nothing.
    """

    start: int
    end: int
    after: int
    words: tuple[str, ...]
    key: tuple[str, ...]
    sentence: int
    zone: ZoneKind
    possessive: bool
    legal: bool
    opens: bool
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    after: int
    text: str

    @property
    def possessive(self) -> bool:
        return self.after > self.end


# Only what a name may be made of: initials, words with a capital or digit in front or close to it, joiners.
_TAIL = r"(?:[\w&]|[.\-/*+'’&](?=\w)|!(?=\s[A-Z]))*"
_WORD = re.compile(
    r"(?<![^\W_])(?:(?:[A-Z]\.){1,5}(?=[\s,;:)'’-]|\Z)"
    rf"|(?:[^\W_a-zß-öø-ÿ]|[a-z]{{1,2}}(?=[A-Z])){_TAIL}"
    rf"|(?:{'|'.join(sorted(JOINERS - {'&'}))})\b(?!['’-]))"
    r"|&"
)
_FIRST = re.compile(r"[^\W_]|&")
# A possessive needs a noun behind it: before a verb the "'s" is the name's own ("McDonald's is closing").
_OWN_APOSTROPHE = re.compile(
    r"\s(?:is|are|was|were|will|would|to|has|had|said|says|plans|may|could|announced)\b"
)
_PLURAL_POSSESSIVE = re.compile(r"['’](?=\s|\Z)")
_POSSESSIVE = re.compile(r"['’](?:s|S)?\Z")
_GAP = re.compile(r"[ \t\r]{0,4}\n?[ \t\r]{0,4}")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)\Z")
# What a disclosure service writes before the issuer's name: "DGAP-Adhoc Foo AG:", "EQS-News: Foo AG".
_LABEL = re.compile(r"(?:DGAP|EQS|PTA|CORPORATE)-(?:Ad-?hoc|News|DD|CMS)", re.IGNORECASE)
_LOWER_TAIL = re.compile(r"[A-Za-z.]-[a-z]{3,}\Z")
# They decide for a company and are not it: "the Board of Directors of Foo Inc.".
_BODIES = frozenset({"board", "directors"})
_BOARDS = frozenset({"management", "executive", "supervisory", "managing"})
_BREAKERS = MONTHS_AND_DAYS | OFFICES | {"reuters"}
_LISTING_GAP = 80
_MOST_NAMES = 2000  # no news text has more: what follows in a hostile one is not worth the time
# Between a name and its listing may stand what it is called for short: (the "Company").
_BEFORE_LISTING = re.compile(r"[\s,]*(?:\([^()\n]*[\"“”'][^()\n]*\)[\s,]*)?")
_MAX_WORDS = 9


def names(
    document: Document, among: Sequence[Sentence] | None = None
) -> tuple[tuple[Sentence, ...], tuple[Name, ...]]:
    """Return the sentences of the document and the names in them, both in the order of the text.

    Boilerplate is left out. In a headline, or the line below it, whose words are nearly all capitalised no
    name can be told from the words around it; there are none in it.
    """
    told = sentences(document) if among is None else among
    spans = tuple(s for s in told if s.zone is not ZoneKind.BOILERPLATE)
    listings = listed(document.text)
    starts = [each.start for each in listings]
    found: list[Name] = []
    titled = bool(spans) and spans[0].zone is ZoneKind.TITLE
    for number, sentence in enumerate(spans):
        heads = sentence.zone is ZoneKind.TITLE or (titled and number == 1)
        if heads and shouts(sentence.text):
            continue
        words = _outside(_words(sentence), listings, starts)
        for first, last in islice(_groups(document.text, words), _MOST_NAMES):
            group = words[first : last + 1]
            given, after = _listings(document.text, listings, starts, group[-1].after)
            found.append(_name(group, number, sentence, given, after))
        if len(found) > _MOST_NAMES:
            break
    return spans, tuple(found)


def shouts(text: str) -> bool:
    """Whether nearly every longer word of a headline is capitalised, as press releases do."""
    longer = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    low = sum(word[0].islower() for word in longer)
    return bool(longer) and low * 4 <= len(longer)


def key_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words folded for comparison, without legal forms and articles at the ends."""
    folded = [word.casefold().strip(".").replace("’", "'") for word in words]
    while len(folded) > 1 and folded[0] in DETERMINERS:
        folded = folded[1:]
    while len(folded) > 1 and (folded[-1] in LEGAL_FORMS or folded[-1] in {"&", "and"}):
        folded = folded[:-1]
    return tuple(folded)


def _name(
    group: list[_Word], number: int, sentence: Sentence, given: tuple[Listing, ...], after: int
) -> Name:
    words = tuple(word.text for word in group)
    return Name(
        start=group[0].start,
        end=group[-1].end,
        after=after,
        words=words,
        key=key_of(words),
        sentence=number,
        zone=sentence.zone,
        possessive=group[-1].possessive,
        legal=len(words) > 1 and words[-1].casefold().strip(".") in LEGAL_FORMS,
        opens=_opens(sentence, group[0]),
        listings=given,
    )


def _opens(sentence: Sentence, word: _Word) -> bool:
    first = _FIRST.search(sentence.text)
    return first is not None and sentence.start + first.start() == word.start


def _words(sentence: Sentence) -> Iterator[_Word]:
    for match in _WORD.finditer(sentence.text):
        text, start, end = match.group(), match.start(), match.end()
        after = end
        ending = _POSSESSIVE.search(text)
        if ending and not _OWN_APOSTROPHE.match(sentence.text, end):
            text, end = text[: ending.start()], start + ending.start()
        elif text[-1] in "sS" and _PLURAL_POSSESSIVE.match(sentence.text, end):
            after = end + 1
        elif _abbreviates(text, sentence, end):
            text, end, after = f"{text}.", end + 1, end + 1 + 2 * _follows_possessive(sentence.text, end + 1)
        yield _Word(sentence.start + start, sentence.start + end, sentence.start + after, text)


def _follows_possessive(text: str, at: int) -> bool:
    """Whether "'s" stands right behind the stop of an abbreviation: "Acme Corp.'s plant"."""
    return text.startswith(("'s ", "’s "), at) and not _OWN_APOSTROPHE.match(text, at + 2)


def _abbreviates(word: str, sentence: Sentence, end: int) -> bool:
    """Whether the stop behind the word at `end` is that of "Inc." inside a sentence, and not its last."""
    if word.casefold() not in LEGAL_FORMS or sentence.text[end : end + 1] != ".":
        return False
    return end + 1 < len(sentence.text) or sentence.zone is ZoneKind.TITLE


def _outside(words: Iterator[_Word], listings: tuple[Listed, ...], starts: list[int]) -> list[_Word]:
    """Return the words that are no part of a listing."""
    kept = []
    for word in words:
        index = bisect_right(starts, word.start) - 1
        if index < 0 or listings[index].end <= word.start:
            kept.append(word)
    return kept


def _groups(text: str, words: list[_Word]) -> Iterator[tuple[int, int]]:
    """Yield first and last index of each run of words that makes one name."""
    at = 0
    while at < len(words):
        if not _begins(words, at):
            at += 1
            continue
        last = _end_of_group(text, words, at)
        yield at, last
        at = last + 1


def _begins(words: list[_Word], at: int) -> bool:
    word = words[at].text
    folded = word.casefold()
    if (
        _LABEL.fullmatch(word)
        or not _capital(word)
        or folded in OFFICES
        or folded in OPENERS
        or folded in _BODIES
    ):
        return False
    if folded in _BOARDS and at + 1 < len(words) and words[at + 1].text.casefold() in _BODIES:
        return False  # "the Management Board of Foo"
    return not (at == 0 and _describes(words))


def _describes(words: list[_Word]) -> bool:
    """Whether the first word of a sentence is a trade before a name: "Chipmaker Intel"."""
    word = words[0].text
    return (
        word.casefold().endswith(("maker", "builder", "giant")) and len(words) > 1 and _capital(words[1].text)
    )


def _capital(word: str) -> bool:
    if _LOWER_TAIL.search(word):
        return False
    if word[0].isupper():
        return True
    if _ORDINAL.match(word):
        return True
    # "3M", "eBay", "iRobot": a capital further in, and letters enough.
    return (
        (word[0].isdigit() or word[0].islower())
        and any(c.isupper() for c in word[1:3])
        and word[-1:].isalpha()
    )


def _end_of_group(text: str, words: list[_Word], first: int) -> int:
    last = at = first
    while at + 1 < len(words) and at + 1 - first < _MAX_WORDS:
        current, following = words[at], words[at + 1]
        legal = following.text.casefold().strip(".") in LEGAL_FORMS
        if (current.possessive and not legal) or not _adjoins(text, current, following):
            break
        folded = following.text.casefold()
        # A capital on a small word inside a name ("Research In Motion") joins like one without.
        if _LABEL.fullmatch(current.text):
            break
        if _capital(following.text) and folded not in _BREAKERS and folded not in OPENERS:
            at += 1
            last = at
        elif folded not in _BREAKERS and folded in JOINERS | OPENERS and _joins(words, first, at + 1):
            at += 1
        else:
            break
    return last


def _adjoins(text: str, left: _Word, right: _Word) -> bool:
    """Whether only white space lies between, or the comma and stop of "Foo, Inc."."""
    between = text[left.after : right.start]
    if _GAP.fullmatch(between):
        return True
    if between in {", ", " ,"}:
        return right.text.casefold().strip(".") in LEGAL_FORMS
    if between == ". ":
        return len(left.text) <= 2 or left.text in {
            "St",
            "Bros",
            "Mt",
            "Co",
            "Wm",
            "Chas",
            "Geo",
            "Jos",
            "Thos",
        }
    return between in {" (", ") "} and right.text in {"Holdings", "PLC", "Plc", "Inc", "Pty", "UK", "US"}


def _joins(words: list[_Word], first: int, at: int) -> bool:
    """Whether the small word at `at` holds the names on its two sides together."""
    if at + 1 >= len(words) or not _capital(words[at + 1].text):
        return False
    if words[at].text == "&":
        return True
    if words[at + 1].text.casefold() in OPENERS or words[at + 1].text.casefold() in OFFICES:
        return False
    if words[at].text.casefold() == "of":
        return not words[at].possessive and words[at - 1].text.casefold() not in {
            "north",
            "south",
            "east",
            "west",
        }
    return at > first


def _listings(
    text: str, listings: tuple[Listed, ...], starts: list[int], end: int
) -> tuple[tuple[Listing, ...], int]:
    """Return the listings that follow the name directly, and where they end."""
    given: list[Listing] = []
    index = bisect_right(starts, end - 1)
    while index < len(listings) and 0 <= listings[index].start - end <= _LISTING_GAP:
        if not _BEFORE_LISTING.fullmatch(text, end, listings[index].start):
            break
        given += listings[index].listings
        end = listings[index].end
        index += 1
    return tuple(given), end
