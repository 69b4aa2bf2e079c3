"""Whose cut a sentence tells: places in what is said of another company are not places of this one."""

from __future__ import annotations

import re

from monitor.extract.gazetteer import fold
from monitor.extract.lexicon import COMMON, LEGAL_FORMS, NATIONS, OPENERS

_NAME = r"[A-Z][\w&'’.-]*(?:\s(?:of\s|&\s)?[A-Z][\w&'’.-]*){0,4}"
_LEAD_IN = (
    r"(?:(?:On|In|Last|Earlier|Also|Meanwhile|Separately|Elsewhere|Rivals|But|And|Late)\b[^A-Z]{0,40}"
    r"(?:[A-Z]\w+,?\s(?:[a-z]+\s)?)?)?(?P<rival>(?:[A-Z][\w.]*\s)?(?:[Rr]ival|[Cc]ompetitor|[Pp]eer|[Ff]ellow\s[\w-]+)\s)?"
)
_ASIDE = r"(?:\s?\([^)]{0,20}\)|\s[A-Z]{2,}\.[A-Z]{1,2})?,?"
_ACTS = (
    r"(?:announced|plans?|will|would|is|are|has|have|had|cut|cuts|closed|laid|may|could|expects?|"
    r"offered|slashed|eliminated|shed|also)"
)
_SPEAKS = r"(?:said|says|told|warned|reported)"
_SUBJECT = re.compile(rf"{_LEAD_IN}(?P<name>{_NAME}){_ASIDE}(?:\s\w+ly)?\s(?:{_ACTS}|{_SPEAKS})\b")
_LEGAL = r"(?:Inc|Corp|Co|Plc|PLC|Ltd|LLC|AG|SA|NV|Group|Holdings)"
_ORGANISATION = rf"(?:\s{_LEGAL}\b|\s?\(\s?[A-Z][A-Za-z]*[.:]\s?[A-Z]|\s[A-Z]{{2,}}\.[A-Z]{{1,2}}\b)"
_LATER_SUBJECT = re.compile(
    rf"\b(?P<name>{_NAME})(?:\s{_LEGAL}\b\.?{_ASIDE}|\s?\(\s?[A-Z]+[.:]\s?[A-Z]+\s?\),?)"
    rf"\s(?:{_ACTS}|{_SPEAKS})\b"
)
# Of another firm, which need not be known as one, this is background.
_ONCE = re.compile(
    rf"{_LEAD_IN}(?P<name>{_NAME}){_ASIDE}\s(?:closed|shut|shed|slashed|axed|eliminated|laid\soff)\s"
)
_NEAR = 4  # words
_READ = 12_000  # characters of a text that show what is an organisation
_NOT_NAMES = COMMON | OPENERS | NATIONS | LEGAL_FORMS


class Owners:
    """The words of the employer's name, and what tells other companies from it."""

    def __init__(self, text: str, employer: str | None) -> None:
        """Take the whole text and the employer's name as written, None where nobody knows it."""
        self._text = text
        self._name = employer or ""
        self._organisations: dict[str, bool] = {}
        self._own = frozenset(_words(employer)) if employer else frozenset()

    def named(self, key: str) -> bool:
        """Whether a folded name is but the employer's own ("Cisco", "Nokia", "Delta")."""
        return bool(self._own) and self._own.issuperset(key.split())

    def within(self, start: int, end: int) -> bool:
        """Whether text[start:end] is part of the employer's longer name ("Illinois Tool Works")."""
        longer = len(self._name) > end - start
        return longer and self._name in self._text[max(0, end - len(self._name)) : start + len(self._name)]

    def beside(self, before: str, after: str) -> bool:
        """Whether a word of the employer's name stands close by ("Chicago-based Acme")."""
        near = (*before.replace(",", " ").split()[-_NEAR:], *after.replace(",", " ").split()[:_NEAR])
        return not self._own.isdisjoint(_words(" ".join(near)))

    def left_out(self, before: str) -> str:
        """Return words without the employer's name at their end: "at Acme Toledo" is its site there."""
        words = before.split(" ")
        while (
            len(words) > 1
            and not words[-1]
            and words[-2]
            and self._own.issuperset(_words(words[-2]) or ("",))
        ):
            del words[-2]
        return " ".join(words)

    def other(self, start: int, end: int) -> bool:
        """Whether the sentence text[start:end] has another company than the employer for its subject."""
        if not self._own:
            return False
        found = _SUBJECT.match(self._text, start, end)
        if found is not None and (found.group("rival") or self._strange(found.group("name"))):
            return True
        once = _ONCE.match(self._text, start, end)
        if once is not None and self._foreign(once.group("name")):
            return True
        later = _LATER_SUBJECT.search(self._text, start, end)
        return later is not None and self._strange(later.group("name"))

    def _foreign(self, name: str) -> bool:
        """Whether a name of two words or more shares none with the employer's."""
        words = _words(name)
        return len(words) > 1 and self._own.isdisjoint(words) and not _initials(self._own, words)

    def _strange(self, name: str) -> bool:
        """Whether the name is that of an organisation, and not of the employer."""
        words = _words(name)
        if not words or not self._own.isdisjoint(words) or _initials(self._own, words):
            return False
        return self._organisation(name)

    def _organisation(self, name: str) -> bool:
        known = self._organisations.get(name)
        if known is None:
            known = re.search(re.escape(name) + _ORGANISATION, self._text[:_READ]) is not None
            self._organisations[name] = known
        return known


def _words(name: str) -> tuple[str, ...]:
    folded = (
        fold(word.rstrip("'’s")) if word.endswith(("'s", "’s")) else fold(word) for word in name.split()
    )
    return tuple(word for word in folded if word and word not in _NOT_NAMES)


def _initials(own: frozenset[str], words: tuple[str, ...]) -> bool:
    return any(len(word) <= 4 and any(mine.startswith(word[:2]) for mine in own) for word in words)
