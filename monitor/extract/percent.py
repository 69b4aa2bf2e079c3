"""The share of the workforce that goes: the best of the text's percentages, by its features."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from monitor.extract.bystanders import of_another
from monitor.extract.jobwords import CUTTING, JOBS, REDUCTIONS, STAFF, words
from monitor.extract.lexicon import LEGAL_FORMS
from monitor.extract.novelty import Novelty
from monitor.extract.number_sorts import Sort
from monitor.extract.number_words import HALVING
from monitor.extract.numbers import Number
from monitor.extract.reading import Reading, read
from monitor.extract.relations import SIZED, Phrase, Relation, relate
from monitor.extract.scenes import Scene
from monitor.extract.tokens import token_at
from monitor.model import Document, Percent, ZoneKind

# Weights found on half of the labelled wire stories; the other half was only scored.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "of the workforce": 4.0,
        "of something else": -6.0,
        "of an unknown whole": -2.0,
        "in heads": 3.0,
        Relation.BY: 5.0,
        Relation.OF: 4.0,
        Relation.RESULT: 3.0,
        Relation.NEAR: 1.5,
        Relation.STAYS: -4.0,
        "represents": 1.5,
        "reduction of": 3.0,
        "cut itself": 2.0,
        "of business": -5.0,
        "pay": -4.0,
        "title": 1.0,
        "early": 1.0,
        Novelty.PAST: -6.0,
        Novelty.ANNOUNCED: -6.0,
        "dated, but told first": -3.0,
        Novelty.DENIED: -3.0,
        Novelty.HYPOTHETICAL: -0.5,
        "another employer's": -3.0,
        "stays or comes": -5.0,
    }
)
_THRESHOLD = 3.0
_SAME = 0.1  # a headline and a range in the text that differ by less tell the same share
_EARLY = 5  # sentences
_LATE = -0.1  # for each sentence before
_LATEST = -1.0


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage that may be the share of the workforce. `features` sum to `score`."""

    percent: Percent
    features: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        """The sum of its features."""
        return sum(weight for _, weight in self.features)


def percent(document: Document, reading: Reading | None = None) -> Percent | None:
    """Return the share of the workforce that newly goes, or None if the text tells none."""
    found = [share for share in shares(document, reading) if share.score >= _THRESHOLD]
    if not found:
        return None
    best, title = found[0].percent, document.spans(ZoneKind.TITLE)
    ends = max((zone.end for zone in title), default=0)
    told = (each.percent for each in found if each.percent.evidence.start < ends)
    return next((each for each in told if abs(each.value - best.value) <= best.value * _SAME), best)


def shares(document: Document, reading: Reading | None = None) -> tuple[Share, ...]:
    """Return every percentage considered, the best first, each with its features, for `explain`."""
    text = reading or read(document)
    opening = next((s for s in text.scenes if s.cuts and s.sentence.zone is not ZoneKind.TITLE), None)
    found = [
        Share(_percent(document, scene, number, value), _weighed(scene, number, text.known, scene is opening))
        for scene in text.scenes
        for number in scene.numbers
        if number.sort in {Sort.PERCENT, Sort.FRACTION}
        and (value := number.value) is not None
        and 0 < value <= 100
    ]
    return tuple(sorted(found, key=lambda share: -share.score))


def _percent(document: Document, scene: Scene, number: Number, value: float) -> Percent:
    """A range counts as its middle, and is approximate."""
    base = scene.sentence.start
    ranged = number.low is not None and number.high is not None and number.low < number.high
    middle = (number.low + number.high) / 2 if ranged and number.low and number.high else value
    evidence = document.evidence(base + number.start, base + number.end, "share of the workforce")
    return Percent(round(middle, 1), number.approximate or ranged, evidence)


def _weighed(
    scene: Scene, number: Number, known: frozenset[str], opens: bool
) -> tuple[tuple[str, float], ...]:
    names = list(_features(scene, number, opens))
    if of_another(scene, number.first, known):
        names.append("another employer's")
    return (
        *((str(name), WEIGHTS[name]) for name in names),
        ("late", round(max(_LATEST, _LATE * scene.order), 2)),
    )


_WHOLE = JOBS | {"work", "employs", "employed"}
_BUSINESS = words(
    """fell rose up higher lower dropped fall gained jumped plunged tumbled decline declined slid sank
    shares"""
)
_PAY = words("pay salary salaries wage wages bonus bonuses compensation hours production capacity output")
_KEPT = words(
    """leaving retain retaining keep keeping remaining hire hiring add rehire found find accepted stake
    owns own tax raise"""
)
_STAYING = words("remaining remain remains stay affected")
_REPRESENTING = words(
    """represent represents representing equal equals equivalent amount amounts amounting about or"""
)
_EMPLOYERS = words(
    """total company group bank firm unit division plant operation business them those these us"""
)
_THINGS = words(
    """store stores shop shops outlets restaurants branches plants factories sites offices facilities mills
    dealers dealerships dealer sales revenue revenues profit profits income earnings shares stock stake
    cost costs spending budget capacity output production loans assets market flights fleet customers
    orders units capital debt savings"""
)
_AIMS = words("goal goals target targets plan plans forecast")
_MEASURES = words("number figure amount size rate level pace")  # "half the number that unions feared"
_STOPS = words(", . ; in as and by for to over after from while which that -")


def _features(scene: Scene, number: Number, opens: bool) -> Iterator[str]:
    begin = token_at(scene.tokens, number.start)
    before, after = scene.words(begin - 9, begin), scene.words(number.last + 1, number.last + 11)
    yield from _of_what(after)
    yield from _tied(scene, Phrase(number, begin, number.last, None), opens)
    yield from _of_the_cut(scene, number, begin, after)
    if _counts(scene, number, begin):
        yield "in heads" if after[:2] != ("of", "them") else "of something else"
    elif not _REPRESENTING.isdisjoint(before[-4:]):
        yield "represents"
    yield from _against(before, after)
    if scene.sentence.zone is ZoneKind.TITLE:
        yield "title"
    elif scene.order < _EARLY:
        yield "early"


def _of_the_cut(scene: Scene, number: Number, begin: int, after: tuple[str, ...]) -> Iterator[str]:
    """What ties the share to the words right before it: "a reduction of", "halve", "cut", "headcount"."""
    last = scene.word(begin - 1)
    if last == "of" and scene.word(begin - 2) in REDUCTIONS and scene.cuts:
        yield "reduction of"
    in_half = last == "in" and not _WHOLE.isdisjoint(scene.words(begin - 4, begin - 1)) and scene.cuts
    halved = in_half or (scene.word(number.first) in HALVING and not _WHOLE.isdisjoint(after[:5]))
    if halved or (last in STAFF and scene.cuts):
        yield "of the workforce"
    if last in CUTTING or last == "off":
        yield "cut itself"


def _against(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    if not _PAY.isdisjoint(after[:4]) or not _PAY.isdisjoint(before):
        yield "pay"
    if not _BUSINESS.isdisjoint(before[-2:]):
        yield "of business"
    if not _KEPT.isdisjoint(before[-5:]) or not _STAYING.isdisjoint(after[:9]):
        yield "stays or comes"


def _tied(scene: Scene, item: Phrase, opens: bool) -> Iterator[str]:
    """How the share stands to the nearest cut, and whether that is news, as what opens the text may be."""
    relation, cut = relate(scene, item)
    if relation in WEIGHTS:
        yield relation
    elif cut is not None:
        yield Relation.NEAR
    if cut is not None and cut.novelty in {Novelty.PAST, Novelty.ANNOUNCED} and opens:
        yield "dated, but told first"
    elif cut is not None and cut.novelty is not Novelty.NEW:
        yield cut.novelty


def _of_what(after: tuple[str, ...]) -> Iterator[str]:
    """What the share is of: the workforce, or something else that is named."""
    cut_before = after[:1] and after[0] in JOBS | {"job", "work"} and not REDUCTIONS.isdisjoint(after[1:4])
    cut_behind = after[:1] and after[0] in REDUCTIONS and not _WHOLE.isdisjoint(after[1:6])
    alone = after[:1] and after[0] in REDUCTIONS and (not after[1:] or after[1] in _STOPS - {"in", "to"})
    if cut_before or cut_behind:
        yield "of the workforce"
    elif alone:
        yield "reduction of"
    if after[:1] in {("its",), ("their",)} and not _WHOLE.isdisjoint(after[1:4]):
        yield "of the workforce"
    if after[:1] == ("the",) and after[1:2] and after[1] in _MEASURES:
        yield "of something else"
    if after[:1] != ("of",):
        return
    stop = next(
        (at for at, word in enumerate(after) if word in _STOPS and not _inside(after, at)), len(after)
    )
    named = after[1:stop]
    kind = next((word for word in named if word in _WHOLE | _THINGS | _AIMS), "")
    if kind in _WHOLE:
        yield "of the workforce"
    elif kind:
        yield "of something else"
    elif len(named) > 1 and _EMPLOYERS.isdisjoint(named):
        yield "of an unknown whole"


def _inside(after: tuple[str, ...], at: int) -> bool:
    """Whether the mark lies in what is named: "its 8,000-strong workforce", "Acme Corp.'s 400 workers"."""
    if after[at] == "." and at:
        return after[at - 1] in LEGAL_FORMS
    return after[at] == "-" and not SIZED.isdisjoint(after[at + 1 : at + 2])


def _counts(scene: Scene, number: Number, begin: int) -> bool:
    """Whether a count of jobs stands right before: "1,600 jobs, or roughly 3 percent"."""
    joined = scene.word(begin - 1) in {"or", "(", ",", "about", "-", "–", "—"}
    return joined and any(
        other.sort is Sort.COUNT
        and 0 < begin - other.last <= 12
        and (
            not _WHOLE.isdisjoint(scene.words(other.last + 1, begin))
            or "by" in scene.words(token_at(scene.tokens, other.start) - 1, other.first)
        )
        for other in scene.numbers
        if other is not number
    )
