"""Who goes: the functions and units that the text names, as spans ("salaried staff", "its mortgage unit")."""

from __future__ import annotations

import re

from monitor.extract.asides import is_aside
from monitor.extract.reading import Reading
from monitor.extract.wordsets import WordSet
from monitor.model import Evidence

# What a job is said to be: terms of contract, rank, function.
_SORTS = (
    r"(?:salaried|hourly|full[- ]time|part[- ]time|temporary|temp|contract|permanent|seasonal|"
    r"agency|union(?:ized|ised)?|"
    r"non-?union|management|managerial|managing|administrative|admin|corporate|white-collar|"
    r"blue-collar|factory|manufacturing|"
    r"production|plant|assembly|sales|engineering|engineers?|office|technical|technology|support|"
    r"back-office|senior|"
    r"middle[- ]management|executive|field|IT|information technology|research|R&D|marketing|"
    r"newsroom|editorial|"
    r"headquarters|retail|store|call[- ]cent(?:er|re)|customer[- ]service|clerical|professional|"
    r"banking|trading|"
    r"investment[- ]banking|mortgage|auto finance|airport|ground|maintenance|cabin|warehouse|logistics|"
    r"head[- ]office|teaching|state|city|county|federal|civilian|construction|mining|forest|mill|"
    r"research and development|finance|human resources|legal|"
    r"staff|overhead|indirect|direct|non-manufacturing)"
)
_WORKERS = (
    r"(?:employees|workers|jobs|positions|posts|roles|staff(?:ers)?|people|personnel|workforce|"
    r"work force|headcount|"
    r"associates|managers|contractors|members|professionals)"
)
_SORT = re.compile(rf"\b{_SORTS}(?:(?:,? and|,| or)? {_SORTS}){{0,4}} {_WORKERS}\b", re.IGNORECASE)
_TRADE = re.compile(
    r"\b(?:flight attendants|pilots|mechanics|engineers|traders|bankers|brokers|"
    r"financial advisers|contractors|teachers|faculty|"
    r"nurses|journalists|reporters|software developers|technicians|forklift operators|drivers|"
    r"miners|lecturers|cabin crew)\b",
    re.IGNORECASE,
)
_PARTS = (
    r"(?:unit|division|business|businesses|arm|department|operations|segment|subsidiary|"
    r"organi[sz]ation|group|bank|team|functions?)"
)
_UNIT = re.compile(
    rf"\b(?:in|at|of|from|within|across|restructure) ((?:its|their|the company['’]s|"
    rf"the) (?:[\w&'’.-]+ ){{1,4}}?{_PARTS})\b"
)


# What is done to a unit that is not to cut its jobs, and the unit that is the employer itself.
_LEFT = re.compile(
    r"\b(?:no (?:job )?cuts|away|exit|sale|restructuring|acquisition|purchase|spin-?off|merger)\s\Z",
    re.IGNORECASE,
)
_ITSELF = re.compile(r"\b(?:Inc|Corp|Co|Ltd|plc|AG|SA)\b|-based\b")
_TOLD = ("told ", "tell ")  # reporters
# "It will stop lending through mortgage brokers": a trade that is dealt with does not go.
_BESIDE = re.compile(r"\b(?:through|with|from|like|among)\s(?:[a-z-]+\s){0,2}\Z")
_NOBODY = frozenset({"staff members", "staff people", "staff jobs"})


# One pass finds whether a sentence may name any group at all.
_GROUPS = WordSet(pattern.pattern for pattern in (_SORT, _TRADE, _UNIT))


def units(told: Reading) -> tuple[Evidence, ...]:
    """Return the groups of employees and the units that go, where the cut is told, each wording once."""
    found: dict[str, Evidence] = {}
    for order, sentence in enumerate(told.telling):
        if not _GROUPS(sentence.text) or (order and is_aside(sentence.text)):
            continue
        spans = [
            match.span()
            for pattern in (_SORT, _TRADE)
            for match in pattern.finditer(sentence.text)
            if not sentence.text.endswith(_TOLD, 0, match.start())
            and not (pattern is _TRADE and _BESIDE.search(sentence.text, 0, match.start()))
        ]
        spans += [
            match.span(1) for match in _UNIT.finditer(sentence.text) if not _elsewhere(sentence.text, match)
        ]
        for start, end in sorted(spans):
            evidence = told.document.evidence(sentence.start + start, sentence.start + end, "who goes")
            if evidence.text.casefold() in _NOBODY:
                continue
            found.setdefault(" ".join(evidence.text.casefold().split()), evidence)
    return tuple(found.values())


def _elsewhere(text: str, match: re.Match[str]) -> bool:
    return bool(_LEFT.search(text, 0, match.start()) or _ITSELF.search(match[1]))
