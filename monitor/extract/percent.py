"""The share of the workforce that goes: the best of the text's percentages, by its features."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from monitor.extract.jobwords import JOBS
from monitor.extract.novelty import Novelty
from monitor.extract.numbers import Number
from monitor.extract.numerals import Sort
from monitor.extract.scenes import Scene, scenes
from monitor.extract.sentences import sentences
from monitor.model import Document, Evidence, Percent, ZoneKind

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "of the workforce": 4.0,
        "workforce by": 3.5,
        "beside the number": 3.0,
        "of the cut": 2.0,
        "of something else": -6.0,
        "of business": -5.0,
        "pay": -4.0,
        "title": 1.0,
        "early": 1.0,
        "past": -3.0,
        "denied": -3.0,
        "hypothetical": -0.5,
        "stays": -5.0,
    }
)
_THRESHOLD = 3.0


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage that may be the share of the workforce. `features` sum to `score`."""

    percent: Percent
    features: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        """The sum of its features."""
        return sum(weight for _, weight in self.features)


def percent(document: Document) -> Percent | None:
    """Return the share of the workforce that newly goes, or None if the text tells none."""
    found = shares(document)
    return found[0].percent if found and found[0].score >= _THRESHOLD else None


def shares(document: Document) -> tuple[Share, ...]:
    """Return every percentage considered, the best first, each with its features, for `explain`."""
    found = [
        Share(
            _percent(document, scene, number, value), tuple((n, WEIGHTS[n]) for n in _features(scene, number))
        )
        for scene in scenes(sentences(document))
        for number in scene.numbers
        if number.sort in {Sort.PERCENT, Sort.FRACTION}
        and (value := number.value) is not None
        and 0 < value <= 100
    ]
    return tuple(sorted(found, key=lambda share: -share.score))


def _percent(document: Document, scene: Scene, number: Number, value: float) -> Percent:
    base = scene.sentence.start
    evidence: Evidence = document.evidence(base + number.start, base + number.end)
    middle = (number.low + number.high) / 2 if number.low and number.high else value
    return Percent(round(middle, 1), number.approximate or number.low != number.high, evidence)


_WHOLE = JOBS | {"work", "force"}
_BUSINESS = frozenset(
    """sales revenue revenues profit profits shares share stock capacity output production costs cost stake income
    earnings market price prices loans trading growth spending budget orders volume traffic business demand""".split()
)
_PAY = frozenset("pay salary salaries wages wage bonuses compensation".split())
_MOVES = frozenset(
    "fell rose up down higher lower drop dropped fall gained jumped plunged off tumbled decline".split()
)


def _features(scene: Scene, number: Number) -> Iterator[str]:
    after = scene.words(number.last + 1, number.last + 9)
    before = scene.words(number.first - 9, number.first)
    yield from _of_what(after)
    if "by" in before[-3:] and not _WHOLE.isdisjoint(before):
        yield "workforce by"
    if {"or", "about", "roughly", "equivalent", "represent", "representing", "representing", ","} & set(
        before[-4:]
    ) and (not _WHOLE.isdisjoint(before)):
        yield "beside the number"
    if not _PAY.isdisjoint(after[:4] + before[-6:]):
        yield "pay"
    if not _MOVES.isdisjoint(before[-3:]):
        yield "of business"
    for (first, last), cut in zip(scene.spans, scene.cuts, strict=True):
        if first - 6 <= number.first <= last + 8:
            yield "of the cut"
            if cut.novelty is not Novelty.NEW:
                yield cut.novelty.value
            break
    if scene.sentence.zone is ZoneKind.TITLE:
        yield "title"
    elif scene.order < 5:
        yield "early"


def _of_what(after: tuple[str, ...]) -> Iterator[str]:
    if after[:1] != ("of",):
        return
    whole = after[1:9]
    stop = next(
        (i for i, w in enumerate(whole) if w in {",", ".", ";", "in", "as", "and", "by", "for", "to"}), 8
    )
    phrase = whole[:stop]
    if not _BUSINESS.isdisjoint(phrase):
        yield "of something else"
    elif not _WHOLE.isdisjoint(phrase):
        yield "of the workforce"
