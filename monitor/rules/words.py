"""Which rules a text may match, judged by its words alone.

A phrase is there only where each of its parts has its words there. Looking words up spares most automata: on
text that they have not seen, these grow with every word that they read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from math import prod
from string import ascii_lowercase, digits
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from monitor.rules.forms import forms
from monitor.rules.grammar import Choice, Gap, Named, Phrase, Start, Word, parse_phrase
from monitor.rules.language import Rule

Vocabularies = Mapping[str, Sequence[str]]
Wording = frozenset[bytes]
"""Words that stand together in a text."""
Needed = frozenset[Wording]
"""Wordings of which a text has one; empty where that is not known."""

_UNKNOWN: Needed = frozenset()
_LOWER = (ascii_lowercase + digits).encode()
_PLAIN = bytes(byte if byte in _LOWER else 32 for byte in bytes(range(256)).lower())
# Most sentences have one of these: to look for them spares nothing.
_EVERYWHERE = frozenset(
    b"a an the of to in on at by for from with and or as is are was were be it its has have had will".split()
)
_MOST_WORDINGS = 200  # of a choice; where there are more, one of its parts will do


class _Sought(NamedTuple):
    """A phrase of a rule: the bits of what it needs, and of what each condition of the rule needs."""

    rule: int
    bits: int
    conditions: tuple[int, ...]


@dataclass(slots=True)
class _Entry:
    """A word: the bits that it gives alone, those that it gives with other words, and what to check then."""

    bits: int = 0
    along: list[tuple[Wording, int]] = field(default_factory=list)
    sought: list[_Sought] = field(default_factory=list)


class WordIndex:
    """Some rules of a set, by their words."""

    def __init__(self, rules: Mapping[int, Rule], vocabularies: Vocabularies) -> None:
        self._numbers: dict[Needed, int] = {}
        self._entries: dict[bytes, _Entry] = {}
        self._always: list[_Sought] = []  # what no word gives away
        for number, rule in rules.items():
            for sought, parts in self._phrases(number, rule, vocabularies):
                if not parts:
                    self._always.append(sought)
                for word in {
                    max(wording, key=len) for wording in max(parts, key=_shortest, default=_UNKNOWN)
                }:
                    self._entries[word].sought.append(sought)
        self._words = list(self._entries)
        self._automaton = BytesAhoCorasick(
            [b" %b " % word for word in self._words], MatchKind.Standard, Implementation.DFA
        )

    def rules_in(self, text: bytes, *, unmet: bool = False) -> set[int]:
        """Return the rules that may match in a text (UTF-8); the others do not.

        Args:
            text: a sentence, or a whole text.
            unmet: name also the rules whose conditions (`with`) cannot be met.
        """
        hits = self._automaton.find_matches_as_indexes(b" %b " % _plain(text), overlapping=True)
        words = {self._words[number] for number, _, _ in hits}
        seen, candidates = 0, list(self._always)
        for word in words:
            entry = self._entries[word]
            seen |= entry.bits
            for others, bits in entry.along:
                if others <= words:
                    seen |= bits
            candidates += entry.sought
        return {
            rule
            for rule, bits, conditions in candidates
            if bits & seen == bits
            and (unmet or not conditions or any(needed & seen == needed for needed in conditions))
        }

    def _phrases(
        self, number: int, rule: Rule, vocabularies: Vocabularies
    ) -> Iterator[tuple[_Sought, Sequence[Needed]]]:
        # What speaks for the topic wakes other rules, even where a condition of its own fails.
        with_ = () if rule.supports else rule.with_
        conditions = tuple(self._mask(needs(phrase, vocabularies)) for phrase in with_)
        for parts in (*(needs(phrase, vocabularies) for phrase in rule.any_), *(() for _ in rule.regex)):
            yield _Sought(number, self._mask(parts), conditions), parts

    def _mask(self, parts: Sequence[Needed]) -> int:
        """Return one bit for each of some parts, which its wordings give from now on."""
        mask = 0
        for part in parts:
            new = part not in self._numbers
            bit = 1 << self._numbers.setdefault(part, len(self._numbers))
            mask |= bit
            for wording in part if new else ():
                self._give(wording, bit)
        return mask

    def _give(self, wording: Wording, bit: int) -> None:
        for word in wording:
            self._entries.setdefault(word, _Entry())
        rarest = max(wording, key=len)
        if len(wording) == 1:
            self._entries[rarest].bits |= bit
        else:
            self._entries[rarest].along.append((wording, bit))


def _plain(text: bytes) -> bytes:
    """Return the text (UTF-8) with its ASCII letters and digits in lower case, and blanks for the rest."""
    # RE2 takes these two, the long s and the sign of the kelvin, for an s and a k.
    spelt = text.replace("\u017f".encode(), b"s").replace("\u212a".encode(), b"k")
    return spelt.translate(_PLAIN)


def needs(phrase: str, vocabularies: Vocabularies) -> tuple[Needed, ...]:
    """Return, for each part that a phrase cannot do without, the wordings of which every text of it has one.

    Left out are parts that may have any word ("<number>", "cut*", "%") or only words that are everywhere.
    """
    return _parts(parse_phrase(phrase), vocabularies)


def _parts(phrase: Phrase, vocabularies: Vocabularies) -> tuple[Needed, ...]:
    needed = (part for part in phrase if not isinstance(part, Gap | Start) and not part.optional)
    told = (_word(part) if isinstance(part, Word) else _one_of(part, vocabularies) for part in needed)
    return tuple(part for part in told if part)


def _word(word: Word) -> Needed:
    if word.tail == "*":
        return _UNKNOWN
    spellings = forms(word.text) if word.tail == "~" else (word.text,)
    wordings = [frozenset(_plain(spelling.encode()).split()) - _EVERYWHERE for spelling in spellings]
    return frozenset(wordings) if all(wordings) else _UNKNOWN


def _one_of(part: Choice | Named, vocabularies: Vocabularies) -> Needed:
    if isinstance(part, Named):
        return _vocabulary(tuple(vocabularies.get(part.name, ())))
    return _any_of([_parts(phrase, vocabularies) for phrase in part.phrases])


@lru_cache(maxsize=1024)
def _vocabulary(entries: tuple[str, ...]) -> Needed:
    """Return the wordings of a vocabulary, the entries of which name no other."""
    return _any_of([_parts(parse_phrase(entry), {}) for entry in entries])


def _any_of(phrases: Sequence[Sequence[Needed]]) -> Needed:
    choices = [_together(parts) for parts in phrases]
    return _UNKNOWN.union(*choices) if all(choices) else _UNKNOWN


def _together(parts: Sequence[Needed]) -> Needed:
    """Return the wordings of parts that all have to be there."""
    if not parts or prod(map(len, parts)) > _MOST_WORDINGS:
        return max(parts, key=_shortest, default=_UNKNOWN)
    return frozenset(frozenset[bytes]().union(*wordings) for wordings in product(*parts))


def _shortest(part: Needed) -> int:
    """Return how many letters each wording has in one word at least: by a rule of thumb how rare it is."""
    return min(max(map(len, wording)) for wording in part)
