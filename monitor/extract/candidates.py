"""The numbers of a text that may be the jobs that go, each with named features for and against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from monitor.extract.cuts import Cut, Form
from monitor.extract.jobwords import BUYOUTS, EVENTS, JOBS, PEOPLE, POSTS, REDUCTIONS, STAFF
from monitor.extract.novelty import Novelty
from monitor.extract.numbers import Number
from monitor.extract.numerals import Sort
from monitor.extract.scenes import Scene
from monitor.model import Document, Evidence, ZoneKind

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "within the cut": 4.0,
        "counts what goes": 4.0,
        "beside the cut": 1.0,
        "counts jobs": 2.0,
        "counts people": 1.5,
        "counts nothing": 0.0,
        "counts something else": -6.0,
        "title": 2.5,
        "first sentence": 2.0,
        "lead": 1.0,
        "repeated": 1.0,
        "additional": 0.5,
        "total": 0.5,
        "past": -3.0,
        "denied": -4.0,
        "hypothetical": -0.5,
        "size of the workforce": -6.0,
        "hired": -5.0,
        "a part": -1.0,
        "like a year": -5.0,
        "late": -0.1,
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may be the headcount. `features` are the names and weights that sum to `score`."""

    low: int | None
    high: int | None
    approximate: bool
    evidence: Evidence
    scene: Scene
    number: Number
    features: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        """The sum of its features."""
        return sum(weight for _, weight in self.features)

    @property
    def value(self) -> int | None:
        """The known bound, the lower one of two."""
        return self.high if self.low is None else self.low


def candidates(document: Document, read: Sequence[Scene]) -> tuple[Candidate, ...]:
    """Return all numbers of the scenes that could count jobs, in the order of the text."""
    return tuple(
        _candidate(document, scene, number)
        for scene in read
        for number in scene.numbers
        if number.sort in {Sort.COUNT, Sort.VAGUE} and _whole(number)
    )


def _whole(number: Number) -> bool:
    return all(bound is None or bound == int(bound) for bound in (number.low, number.high))


def _candidate(document: Document, scene: Scene, number: Number) -> Candidate:
    noun = head_noun(scene, number)
    end = scene.tokens[noun].end if noun is not None else number.end
    base = scene.sentence.start
    names = tuple(_features(scene, number, noun))
    return Candidate(
        None if number.low is None else int(number.low),
        None if number.high is None else int(number.high),
        number.approximate,
        document.evidence(base + number.start, base + end),
        scene,
        number,
        tuple((name, WEIGHTS[name]) for name in names) + (("late", WEIGHTS["late"] * scene.order),),
    )


_NOUN_REACH = 6
_NOUN_STOPS = frozenset(
    """. , ; : ( ) to in at by from for with will would is are was were and or that which who this as on after
    before during when while since it its the he she they percent % million has have had said says""".split()
)


def head_noun(scene: Scene, number: Number) -> int | None:
    """Return the token of the word of jobs that the number counts ("1,300 salaried jobs"), or None."""
    at = number.last + 1
    if scene.word(at) == "of" and scene.word(at + 1) in {"its", "the", "their", "our", "those", "these"}:
        at += 2
    for index in range(at, at + _NOUN_REACH):
        word = scene.word(index)
        if word in JOBS or word in EVENTS or word in BUYOUTS:
            return index
        if not word or word in _NOUN_STOPS and not (word in {"and", "or", ","} and index > at):
            return None
    return None


def _features(scene: Scene, number: Number, noun: int | None) -> Iterator[str]:
    yield from _counted(scene, number, noun)
    yield from _placed(scene)
    yield from _held(scene, number, noun)
    yield from _against(scene, number, noun)


def _counted(scene: Scene, number: Number, noun: int | None) -> Iterator[str]:
    if noun is None:
        following = scene.word(number.last + 1)
        bare = not following or not following[0].isalpha() or following in _NOUN_STOPS | _BARE
        yield "counts nothing" if bare else "counts something else"
        if bare and number.low in range(1900, 2100) and number.end - number.start == 4:
            yield "like a year"
    else:
        yield "counts jobs" if scene.word(noun) in POSTS | EVENTS else "counts people"


_BARE = frozenset("worldwide globally more were have go people nationwide laid left within across".split())


def _placed(scene: Scene) -> Iterator[str]:
    if scene.sentence.zone is ZoneKind.TITLE:
        yield "title"
    elif scene.order <= 2:
        yield "first sentence"
    elif scene.sentence.zone is ZoneKind.LEAD:
        yield "lead"


def _held(scene: Scene, number: Number, noun: int | None) -> Iterator[str]:
    """How the number stands to the nearest cut."""
    nearest: tuple[int, Cut] | None = None
    for (first, last), cut in zip(scene.spans, scene.cuts, strict=True):
        inside = first <= number.first <= last or (noun is not None and first <= noun <= last)
        distance = 0 if inside else min(abs(number.first - last), abs(first - (noun or number.last)))
        if nearest is None or distance < nearest[0]:
            nearest = distance, cut
    if nearest is None:
        return
    distance, cut = nearest
    if not distance:
        yield "within the cut"
    elif distance <= 4:
        yield "beside the cut"
    if cut.novelty is not Novelty.NEW:
        yield cut.novelty.value


_SIZE_BEFORE = frozenset(
    "employs employed employing of from total has had have with remaining retain retains keep leaving left".split()
)
_HIRING = frozenset(
    "hire hires hired hiring add adds adding create creates creating recruit recruiting gain gains".split()
)


def _against(scene: Scene, number: Number, noun: int | None) -> Iterator[str]:
    before = scene.words(number.first - 6, number.first)
    if {"employs", "employed", "employing", "employ"} & set(before):
        yield "size of the workforce"
    elif before[-1:] == ("of",) and scene.word(number.first - 2) in STAFF | {"total"}:
        yield "size of the workforce"
    elif (
        noun is not None
        and set(scene.words(noun + 1, noun + 4)) & {"worldwide", "globally"}
        and {"has", "had", "with"} & set(before)
    ):
        yield "size of the workforce"
    elif scene.word(number.last + 1) == "-" and scene.word(number.last + 2) == "strong":
        yield "size of the workforce"
    elif {"has", "had", "have"} & set(before[-3:]):
        yield "size of the workforce"
    if _HIRING & set(before):
        yield "hired"
    if {"including", "which"} & set(before[-4:]):
        yield "a part"
