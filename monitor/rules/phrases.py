"""Phrases as RE2. Letters match whatever their case, "work force" matches "work-force".

A phrase never starts or ends inside a word: RE2's own word boundary knows ASCII only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import re2

from monitor.rules.forms import forms
from monitor.rules.grammar import Choice, Gap, Named, Phrase, PhraseError, Start, Word, parse_phrase

_NUMBER = (
    r"(?:\pN[\pN,.]*(?:\s*(?:thousand|million))?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:two|three|four|five|six|"
    r"seven|eight|nine|hundred|thousand))?|(?:a|several|many|few)\s(?:dozen|hundred|thousand)s?|dozens|hundreds|"
    r"thousands|tens\sof\sthousands)"
)
SLOTS: Mapping[str, str] = {
    "number": _NUMBER,
    "percent": rf"(?:{_NUMBER}\s?(?:%|per\s?cent|pct)|(?:half|a\s(?:third|quarter|fifth|tenth)))",
    "money": rf"(?:[$€£¥]\s?\pN[\pN,.]*(?:\s(?:thousand|million|billion|mln|bln|bn))?|{_NUMBER}(?:\s\pL+)?"
    r"\s(?:dollars|euros|pounds|yen|crowns|francs))",
    "name": r"(?-i:\p{Lu}[\pL\pN&.'’-]*)",
    "year": r"(?:19|20)\pN\pN",
    "weekday": r"(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    "month": r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan\.|feb\.|aug\.|sept?\.|oct\.|nov\.|dec\.)",
}
"""Names that need no vocabulary, as RE2 source."""

# Between two words of a phrase: white space or hyphens, and quotation marks or an apostrophe.
_NEXT = r"[\"”’']?[\s\-–—/]+[\"“‘'(]*"
# What may close the word before a gap, and a word in a gap: first within a clause, then across clauses.
_WITHIN = (r"[\"”’')]*", r"(?:\s+(?:\([^()]{0,40}\)|\S*[^\s,;:]))")
_ACROSS = (r"[\"”’'),:;]*", r"(?:\s+(?:\([^()]{0,40}\)|\S+))")
_BEFORE = r"(?:^|[^\pL\pN])"
_SENTENCE_START = r"^[\"“‘'(*\s-]*"
_AFTER = r"(?:$|[^\pL\pN])"


def compile_phrase(phrase: str, vocabularies: Mapping[str, Sequence[str]], *, anywhere: bool = False) -> str:
    """Return RE2 source whose only group spans the phrase.

    Args:
        phrase: the phrase as written in a rule.
        vocabularies: the phrases that each `<name>` stands for; these may not name vocabularies in turn.
        anywhere: let `^` match anywhere, for a first pass over a text that is not in sentences yet.

    Raises:
        PhraseError: the phrase breaks the grammar or names an unknown vocabulary.
    """
    start = "" if anywhere else _SENTENCE_START
    return f"(?i){_BEFORE}({_source(parse_phrase(phrase), vocabularies, start)}){_AFTER}"


def _source(phrase: Phrase, vocabularies: Mapping[str, Sequence[str]], start: str) -> str:
    """Return the parts in order, with what may stand between words."""
    source = ""
    pending = ""  # what parts the next word from the last one
    for part in phrase:
        if isinstance(part, Start):
            source += start
            continue
        if isinstance(part, Gap):
            closing, skipped = _ACROSS if part.across else _WITHIN
            pending = f"{closing}{skipped}{{0,{part.most}}}?{_NEXT}"
            continue
        own = _part_source(part, vocabularies, start)
        if not part.optional:
            source += pending + own
            pending = _NEXT
        else:
            source += f"(?:{pending}{own})?" if pending else f"(?:{own}{_NEXT})?"
    return source


def _part_source(part: Word | Choice | Named, vocabularies: Mapping[str, Sequence[str]], start: str) -> str:
    if isinstance(part, Word):
        return _word_source(part)
    if isinstance(part, Choice):
        return f"(?:{'|'.join(_source(phrase, vocabularies, start) for phrase in part.phrases)})"
    if part.name in SLOTS:
        return SLOTS[part.name]
    if part.name not in vocabularies:
        known = ", ".join(sorted([*SLOTS, *vocabularies]))
        raise PhraseError(
            part.offset, f"unknown vocabulary {part.name!r}", f"define it, or use one of: {known}"
        )
    return _vocabulary_source(tuple(vocabularies[part.name]), start)


@lru_cache(maxsize=1024)
def _vocabulary_source(entries: tuple[str, ...], start: str) -> str:
    longest_first = sorted(entries, key=len, reverse=True)
    return f"(?:{'|'.join(_source(parse_phrase(entry), {}, start) for entry in longest_first)})"


def _word_source(word: Word) -> str:
    if word.tail == "~":
        return f"(?:{'|'.join(re2.escape(form) for form in forms(word.text))})"
    source: str = re2.escape(word.text)
    return source + (r"\pL*" if word.tail == "*" else "")
