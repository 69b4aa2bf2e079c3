"""Gathers the mentions of one organisation under its fullest name: "GM" is "General Motors Corp".

A short name belongs to a longer one when it begins it ("Citi", "Citigroup"; "Sprint", "Sprint Nextel Corp"),
ends or lies in it word for word ("Peugeot") or is its initials ("UPS").
A short name that has a legal form or another listing of its own stands for itself ("Time Warner Inc" is not
"Time Warner Cable").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from monitor.extract.lexicon import COMMON, JOINERS, NATIONS, PERSON_TITLES
from monitor.extract.names import Name
from monitor.model import ZoneKind

_SHORTEST_PREFIX = 4
_LONGEST_PREFIX = 20
_PERIOD = re.compile(r"(?:fy|cy|q|h)\d{1,4}|\d?[qh]\d{0,4}")  # "FY2021", "Q3"
_IDIOMS = frozenset({("wall", "street"), ("web", "site"), ("chapter", "11")})


@dataclass(slots=True)
class Employer:
    """One organisation (or person, or place: not told apart here) and its mentions, in order."""

    names: list[Name] = field(default_factory=list)

    @property
    def best(self) -> Name:
        """The mention with the fullest name: legal form first, then more words, then the earliest.

        A nation before what is a name without it is a description ("German Airbus").
        """
        keys = {name.key for name in self.names}
        return max(
            self.names,
            key=lambda name: (
                name.zone is not ZoneKind.TITLE,
                name.legal,
                not (name.key[0] in NATIONS and name.key[1:] in keys),
                len(name.key),
                -name.start,
            ),
        )

    @property
    def tickers(self) -> frozenset[str | None]:
        """The tickers that its mentions carry."""
        return frozenset(each.ticker for name in self.names for each in name.listings)


def employers(names: Iterable[Name]) -> tuple[Employer, ...]:
    """Return the organisations that the names stand for, by first mention."""
    exact: dict[tuple[str, ...], Employer] = {}
    for name in names:
        if not _empty(name.key):
            exact.setdefault(name.key, Employer()).names.append(name)
    aliases = _aliases(exact)
    merged: dict[tuple[str, ...], Employer] = {}
    for key, employer in exact.items():
        target = aliases.get(key, key)
        merged.setdefault(aliases.get(target, target), Employer()).names.extend(employer.names)
    for employer in merged.values():
        employer.names.sort(key=lambda name: name.start)
    return tuple(sorted(merged.values(), key=lambda employer: employer.names[0].start))


def _empty(key: tuple[str, ...]) -> bool:
    """Whether the key is no name of anything: one common word, or nothing but nations."""
    if len(key) == 1 and _PERIOD.fullmatch(key[0]):
        return True
    if len(key) == 1:
        return key[0] in COMMON or key[0] in NATIONS or not any(c.isalpha() for c in key[0])
    return key in _IDIOMS or all(word in NATIONS or word in JOINERS for word in key)


def _aliases(exact: dict[tuple[str, ...], Employer]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return for each short name the key of the longer name that it stands for."""
    forms: dict[str, tuple[str, ...]] = {}
    for key, _ in sorted(exact.items(), key=lambda each: not any(name.legal for name in each[1].names)):
        for short in _short_forms(key):
            forms.setdefault(short, key)
    prefixes = _prefixes(exact)
    aliases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for key, employer in exact.items():
        target = forms.get(" ".join(key)) or (prefixes.get(key[0]) if len(key) == 1 else None)
        if target is None or target == key or aliases.get(target) == key:
            continue
        if not any(name.legal for name in employer.names) and _may_share(employer, exact[target]):
            aliases[key] = target
    return aliases


def _may_share(one: Employer, other: Employer) -> bool:
    """Whether no stock listing tells the two apart."""
    return not one.tickers or not other.tickers or bool(one.tickers & other.tickers)


def _short_forms(key: tuple[str, ...]) -> Iterable[str]:
    """Yield what the text may call a name of several words for short."""
    if len(key) < 2:
        return
    person = key[0] in PERSON_TITLES
    for end in range(len(key) - 1, 0, -1):
        if not person and not _empty(key[:end]):
            yield " ".join(key[:end])
    for begin in range(1, len(key)):
        if not _empty(key[begin:]):
            yield " ".join(key[begin:])
    yield " ".join((*key[:-1], key[-1].removesuffix("s")))
    yield " ".join((*key[:-1], f"{key[-1]}s"))
    initials = [word[0] for word in key if word not in JOINERS and word[0].isalnum()]
    if len(initials) > 1:
        yield "".join(initials)
        if any("-" in word for word in key):  # "PWO" is "Plan-Werk Olten"
            yield "".join(part[0] for word in key for part in word.split("-") if part[:1].isalnum())
        yield "&".join(initials)
    for piece in range(1, len(key) - 1):
        if len(key[piece]) >= _SHORTEST_PREFIX and not _empty((key[piece],)):
            yield key[piece]


def _prefixes(exact: dict[tuple[str, ...], Employer]) -> dict[str, tuple[str, ...]]:
    """Return for the one-word names that begin another name's first word ("Citi") that name."""
    singles = {key[0] for key in exact if len(key) == 1 and len(key[0]) >= _SHORTEST_PREFIX}
    found: dict[str, tuple[str, ...]] = {}
    for key in exact:
        first = key[0]
        for end in range(_SHORTEST_PREFIX, min(len(first), _LONGEST_PREFIX)):
            if first[:end] in singles:
                found.setdefault(first[:end], key)
    return found
