"""The grammar of phrases: words as people write them, read into a tree.

    phrase  =  part { part }
    part    =  ( word | "(" phrase { "|" phrase } ")" [ "~" ] | "<" name ">" ) [ "?" ]  |  gap  |  "^"
    gap     =  ".." digits  |  "..." digits
    word    =  letters, digits, ' & . - and at its end "~" (all its forms), "*" (whatever follows) or nothing

A "~" after brackets is meant for the last word of each phrase in them. `..5` is a gap of up to five words
inside a clause, `...5` one that may cross commas; `<jobs>` is a vocabulary or a slot, `^` the beginning of a
sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

MAX_GAP = 20

_TOKEN = re.compile(
    r"\s*(?:(?P<gap>\.{2,3}(?P<most>\d*))|(?P<open>\()|(?P<close>\)~?)|(?P<bar>\|)|(?P<maybe>\?)|(?P<start>\^)"
    r"|<(?P<name>[^<>\s]*)>|(?P<word>[^\s()|?<>^~*]*[^\s()|?<>^~*.]\.?)(?P<tail>[~*]?)|(?P<bad>\S))"
)
_WORD = re.compile(r"[^\W_][\w.&'’/+-]*|[$€£¥%&]")


@dataclass(frozen=True, slots=True)
class PhraseError(Exception):
    """A phrase that cannot be read: what is wrong at which code point of it, and what to write instead."""

    offset: int
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word. `tail` is "~" for all its forms, "*" for whatever follows it, else empty."""

    text: str
    tail: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some phrases."""

    phrases: tuple[Phrase, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A vocabulary or slot by its name, which stands at `offset`."""

    name: str
    offset: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words, inside the clause or `across` clauses."""

    most: int
    across: bool


@dataclass(frozen=True, slots=True)
class Start:
    """The beginning of a sentence."""


Part = Word | Choice | Named | Gap | Start
Phrase = tuple[Part, ...]


@lru_cache(maxsize=8192)
def parse_phrase(phrase: str) -> Phrase:
    """Return the tree of a phrase.

    Raises:
        PhraseError: the phrase breaks the grammar.
    """
    return _Parser(phrase).parse()


class _Parser:
    """One recursive descent through one phrase."""

    def __init__(self, phrase: str) -> None:
        self._phrase = phrase
        self._at = 0

    def parse(self) -> Phrase:
        parts = self._sequence()
        token = self._peek()
        if token is not None:
            offset = token.start("close") if token["close"] else token.start("bar")
            raise PhraseError(offset, "this belongs in brackets", "open a '(' before it, or remove it")
        return parts

    def _peek(self) -> re.Match[str] | None:
        token = _TOKEN.match(self._phrase, self._at)
        return token if token is not None and token.end() > token.start() else None

    def _sequence(self) -> Phrase:
        """Read parts up to a bar, a closing bracket or the end."""
        parts: list[Part] = []
        while (token := self._peek()) is not None and not (token["bar"] or token["close"]):
            self._at = token.end()
            if token["maybe"]:
                parts[-1:] = [self._optional(parts[-1:], token.start("maybe"))]
            else:
                parts.append(self._part(token))
        if not parts:
            raise PhraseError(self._at, "there is no word here", "write a word, or remove the empty choice")
        self._check_gaps(parts)
        return tuple(parts)

    def _check_gaps(self, parts: list[Part]) -> None:
        """Refuse gaps that do not stand between two words that are always there."""
        before = False
        gap_open = False
        for part in parts:
            if isinstance(part, Gap):
                if not before or gap_open:
                    break
                gap_open = True
            elif not isinstance(part, Start) and not part.optional:
                before, gap_open = True, False
        else:
            if not gap_open:
                return
        raise PhraseError(self._at, "a gap stands between two words", "put a word on both sides of it")

    def _optional(self, last: list[Part], offset: int) -> Part:
        if not last or isinstance(last[0], Gap | Start) or last[0].optional:
            raise PhraseError(offset, "'?' follows no word", "put it right after a word or ')'")
        return replace(last[0], optional=True)

    def _part(self, token: re.Match[str]) -> Part:
        if token["gap"]:
            return self._gap(token)
        if token["open"]:
            return self._choice(token.start("open"))
        if token["name"] is not None:
            return Named(token["name"], token.start("name"))
        if token["start"]:
            return Start()
        if token["word"]:
            return self._word(token)
        raise PhraseError(
            token.start("bad"), f"{token['bad']!r} is not part of a phrase", "write words, or use 'regex'"
        )

    def _gap(self, token: re.Match[str]) -> Gap:
        most = int(token["most"] or 0)
        if not 1 <= most <= MAX_GAP:
            message = f"a gap skips 1 to {MAX_GAP} words"
            raise PhraseError(token.start("gap"), message, "write for instance '..5'")
        return Gap(most, across=token["gap"].startswith("..."))

    def _word(self, token: re.Match[str]) -> Word:
        word = token["word"]
        if not _WORD.fullmatch(word):
            message = f"{word!r} is not a word"
            raise PhraseError(token.start("word"), message, "words begin with a letter or a digit")
        return Word(word.casefold(), token["tail"])

    def _choice(self, opened: int) -> Choice:
        phrases = [self._sequence()]
        while (token := self._peek()) is not None and token["bar"]:
            self._at = token.end()
            phrases.append(self._sequence())
        if token is None:
            raise PhraseError(opened, "'(' is never closed", "add the missing ')'")
        self._at = token.end()
        if token["close"].endswith("~"):
            phrases = [_inflected(phrase) for phrase in phrases]
        return Choice(tuple(phrases))


def _inflected(phrase: Phrase) -> Phrase:
    last = phrase[-1]
    return (*phrase[:-1], replace(last, tail="~")) if isinstance(last, Word) and not last.tail else phrase
