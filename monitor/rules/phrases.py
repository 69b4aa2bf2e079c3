"""The phrase language: words as people write them, read into a tree and written out as RE2.

    phrase  =  part { part }
    part    =  ( word | "(" phrase { "|" phrase } ")" [ "~" ] | "<" name ">" ) [ "?" ]  |  ".." digits  |  "^"
    word    =  letters, digits, ' & . - and at its end "~" (all its forms), "*" (whatever follows) or nothing

A "~" after brackets is meant for the last word of each phrase in them. `..5` is a gap of up to five words
inside a clause, `...5` one that may cross commas; `<jobs>` is a vocabulary or a slot, `^` the beginning of a
sentence. Letters match whatever their case, "work force" matches "work-force", and a phrase never starts or
ends inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import re2

from monitor.rules.forms import forms

MAX_GAP = 20
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

_TOKEN = re.compile(
    r"\s*(?:(?P<gap>\.{2,3}(?P<most>\d*))|(?P<open>\()|(?P<close>\)~?)|(?P<bar>\|)|(?P<maybe>\?)|(?P<start>\^)"
    r"|<(?P<name>[^<>\s]*)>|(?P<word>[^\s()|?<>^~*]*[^\s()|?<>^~*.]\.?)(?P<tail>[~*]?)|(?P<bad>\S))"
)
_WORD = re.compile(r"[^\W_][\w.&'’/+-]*|[$€£¥%&]")
# Between two words of a phrase: white space or hyphens, and quotation marks.
_NEXT = r"[\s\-–—/]+[\"“‘'(]*"
# What may close the word before a gap, and a word in a gap: first within a clause, then across clauses.
_WITHIN = (r"[\"”’')]*", r"(?:\s+(?:\([^()]{0,40}\)|\S*[^\s,;:]))")
_ACROSS = (r"[\"”’'),:;]*", r"(?:\s+(?:\([^()]{0,40}\)|\S+))")
_BEFORE = r"(?:^|[^\pL\pN])"
_SENTENCE_START = r"^[\"“‘'(*\s-]*"
_AFTER = r"(?:$|[^\pL\pN])"


@dataclass(frozen=True, slots=True)
class PhraseError(Exception):
    """A phrase that cannot be read: what is wrong at which code point of it, and what to write instead."""

    offset: int
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class _Part:
    """RE2 source of one part; a gap has instead the number of words it may skip. `word` may be inflected."""

    source: str = ""
    optional: bool = False
    gap: int | None = None
    across: bool = False
    word: str = ""


def compile_phrase(phrase: str, vocabularies: Mapping[str, Sequence[str]], *, anywhere: bool = False) -> str:
    """Return RE2 source whose only group spans the phrase.

    Args:
        phrase: the phrase as written in a rule.
        vocabularies: the phrases that each `<name>` stands for; these may not name vocabularies in turn.
        anywhere: let `^` match anywhere, for a first pass over a text that is not in sentences yet.

    Raises:
        PhraseError: the phrase breaks the grammar or names an unknown vocabulary.
    """
    source = _Reader(phrase, vocabularies, "" if anywhere else _SENTENCE_START).read()
    return f"(?i){_BEFORE}({source}){_AFTER}"


class _Reader:
    """One recursive descent through one phrase."""

    def __init__(self, phrase: str, vocabularies: Mapping[str, Sequence[str]], start: str = "") -> None:
        self._phrase = phrase
        self._vocabularies = vocabularies
        self._start = start
        self._at = 0

    def read(self) -> str:
        parts = self._sequence()
        token = self._peek()
        if token is not None:
            raise PhraseError(token.start("close"), "')' closes nothing", "remove it or open a '(' before")
        return self._joined(parts)

    def _peek(self) -> re.Match[str] | None:
        token = _TOKEN.match(self._phrase, self._at)
        return token if token is not None and token.end() > token.start() else None

    def _sequence(self) -> list[_Part]:
        """Read parts up to a bar, a closing bracket or the end."""
        parts: list[_Part] = []
        while (token := self._peek()) is not None and not (token["bar"] or token["close"]):
            self._at = token.end()
            if token["maybe"]:
                self._make_optional(parts, token)
            else:
                parts.append(self._part(token))
        if not parts:
            raise PhraseError(self._at, "there is no word here", "write a word, or remove the empty choice")
        first = next((part for part in parts if not part.optional), parts[0])
        if first.gap is not None or parts[-1].gap is not None:
            raise PhraseError(self._at, "a gap stands between words", "put a word on both sides of '..'")
        return parts

    def _make_optional(self, parts: list[_Part], token: re.Match[str]) -> None:
        if not parts or parts[-1].gap is not None or parts[-1].optional:
            raise PhraseError(token.start("maybe"), "'?' follows no word", "put it right after a word or ')'")
        parts[-1] = _Part(parts[-1].source, optional=True)

    def _part(self, token: re.Match[str]) -> _Part:
        if token["gap"]:
            return self._gap(token)
        if token["open"]:
            return self._group(token.start("open"))
        if token["name"] is not None:
            return _Part(self._named(token["name"], token.start("name")))
        if token["start"]:
            return _Part("^")
        if token["word"]:
            return _Part(self._word(token), word="" if token["tail"] else token["word"])
        raise PhraseError(
            token.start("bad"), f"{token['bad']!r} is not part of a phrase", "write words, or use 'regex'"
        )

    def _gap(self, token: re.Match[str]) -> _Part:
        most = int(token["most"] or 0)
        if not 1 <= most <= MAX_GAP:
            raise PhraseError(
                token.start("gap"), f"a gap skips 1 to {MAX_GAP} words", "write for instance '..5'"
            )
        return _Part(gap=most, across=token["gap"].startswith("..."))

    def _group(self, opened: int) -> _Part:
        choices = [self._sequence()]
        while (token := self._peek()) is not None and token["bar"]:
            self._at = token.end()
            choices.append(self._sequence())
        if token is None:
            raise PhraseError(opened, "'(' is never closed", "add the missing ')'")
        self._at = token.end()
        if token["close"].endswith("~"):
            choices = [[*parts[:-1], _inflected(parts[-1])] for parts in choices]
        return _Part(f"(?:{'|'.join(self._joined(parts) for parts in choices)})")

    def _named(self, name: str, offset: int) -> str:
        if name in SLOTS:
            return SLOTS[name]
        if name not in self._vocabularies:
            known = ", ".join(sorted([*SLOTS, *self._vocabularies]))
            raise PhraseError(offset, f"unknown vocabulary {name!r}", f"define it, or use one of: {known}")
        entries = sorted(self._vocabularies[name], key=len, reverse=True)
        sources = [_Reader(entry, {}).read() for entry in entries]
        return f"(?:{'|'.join(sources)})"

    def _word(self, token: re.Match[str]) -> str:
        word = token["word"]
        if not _WORD.fullmatch(word):
            raise PhraseError(
                token.start("word"), f"{word!r} is not a word", "words begin with a letter or a digit"
            )
        if token["tail"] == "~":
            return _any_form(word)
        source: str = re2.escape(word.casefold())
        return source + (r"\pL*" if token["tail"] == "*" else "")

    def _joined(self, parts: Sequence[_Part]) -> str:
        """Return the parts in order, with what may stand between words."""
        source = ""
        pending = ""  # what parts the next word from the last one
        for part in parts:
            if part.gap is not None:
                closing, skipped = _ACROSS if part.across else _WITHIN
                pending = f"{closing}{skipped}{{0,{part.gap}}}?{_NEXT}"
            elif part.source == "^":
                source += self._start
            elif part.optional:
                source += f"(?:{pending}{part.source})?" if pending else f"(?:{part.source}{_NEXT})?"
            else:
                source += pending + part.source
                pending = _NEXT
        return source


def _any_form(word: str) -> str:
    return f"(?:{'|'.join(re2.escape(form) for form in forms(word))})"


def _inflected(part: _Part) -> _Part:
    return replace(part, source=_any_form(part.word)) if part.word else part
