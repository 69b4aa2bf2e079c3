"""The numbers of a text that may be the jobs that go, each with named features for and against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from monitor.extract.against import objections
from monitor.extract.bystanders import of_another
from monitor.extract.jobwords import EVENTS, POSTS, REDUCTIONS, words
from monitor.extract.novelty import Novelty
from monitor.extract.number_sorts import Sort
from monitor.extract.reading import Reading
from monitor.extract.relations import Phrase, Relation, bare_object, phrase, relate
from monitor.extract.scenes import Scene
from monitor.model import Document, Evidence, ZoneKind

# Weights found on half of the labelled wire stories; the other half was only scored.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        Relation.OBJECT: 5.0,
        Relation.SUBJECT: 5.0,
        Relation.MODIFIER: 5.0,
        Relation.BY: 5.0,
        Relation.OF: 4.5,
        Relation.APPOSED: 5.0,
        Relation.RESULT: 4.0,
        Relation.BARE_OBJECT: 4.0,
        Relation.TAKEN: 3.5,
        Relation.NEAR: 0.5,
        Relation.STAYS: -4.0,
        Relation.NONE: 0.0,
        "counts jobs": 1.0,
        "counts people": 0.5,
        "counts nothing": 0.0,
        "counts something else": -6.0,
        "too vague to count": -2.5,
        "title": 2.0,
        "first sentence": 2.0,
        "lead": 1.0,
        "repeated": 1.0,
        "additional": 1.5,
        "total": 0.5,
        Novelty.PAST: -3.5,
        Novelty.ANNOUNCED: -3.5,
        Novelty.DENIED: -4.0,
        Novelty.HYPOTHETICAL: -3.0,
        "size of the workforce": -5.0,
        "hired or kept": -5.0,
        "a part": -1.0,
        "empty posts": -2.0,
        "a date": -5.0,
        "like a year": -5.0,
        "more than any employer has": -4.0,
        "another employer's": -2.5,
        "of the past": -3.5,
        "a running total": -4.0,
        "offered": -5.0,
        "in a story of cuts": 1.3,
        "sets the scene": 3.4,
    }
)
_LATE = -0.1  # for each sentence before
_LATEST = -1.0
_TOLD_FIRST = 2  # headline, dateline and first sentence come up to here
_LARGEST = 200_000  # no employer has cut so many at a time


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may be the headcount. `features` are the names and weights that sum to `score`."""

    low: int | None
    high: int | None
    approximate: bool
    evidence: Evidence
    scene: Scene
    phrase: Phrase
    relation: Relation
    features: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        """The sum of its features."""
        return sum(weight for _, weight in self.features)

    @property
    def value(self) -> int | None:
        """The known bound, the lower one of two."""
        return self.high if self.low is None else self.low


def candidates(document: Document, reading: Reading) -> tuple[Candidate, ...]:
    """Return all numbers that could count jobs, in the order of the text."""
    opening = next((each for each in reading.scenes if each.sentence.zone is not ZoneKind.TITLE), None)
    found = [
        _candidate(document, scene, phrase(scene, number), reading.known, opens=scene is opening)
        for scene in reading.scenes
        for number in scene.numbers
        if number.sort in {Sort.COUNT, Sort.VAGUE}
        and all(bound is None or bound == int(bound) for bound in (number.low, number.high))
    ]
    return _repeated(found)


def _repeated(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Mark the values that several sentences bring forward as jobs."""
    told = Counter(c.value for c in found if c.value is not None and c.score > 2)
    bonus = ("repeated", WEIGHTS["repeated"])
    return tuple(
        replace(c, features=(*c.features, bonus)) if c.value is not None and told[c.value] > 1 else c
        for c in found
    )


def _candidate(
    document: Document, scene: Scene, item: Phrase, known: frozenset[str], *, opens: bool
) -> Candidate:
    number = item.number
    base = scene.sentence.start
    end = max(number.end, scene.tokens[item.end].end)
    relation, cut = relate(scene, item)
    if relation in {Relation.NEAR, Relation.NONE} and bare_object(scene, item):
        relation = Relation.BARE_OBJECT
    if not scene.cuts and item.noun is not None and _told_again(scene, item):
        relation = Relation.APPOSED
    news = Novelty.NEW if cut is None or (opens and cut.novelty is Novelty.ANNOUNCED) else cut.novelty
    names = list(_features(scene, item, relation, news))
    if WEIGHTS[relation] > 0 and of_another(scene, item.begin, known):
        names.append("another employer's")
    return Candidate(
        None if number.low is None else int(number.low),
        None if number.high is None else int(number.high),
        number.approximate,
        document.evidence(base + number.start, base + end, str(relation)),
        scene,
        item,
        relation,
        (
            *((str(name), WEIGHTS[name]) for name in names),
            ("late", round(max(_LATEST, _LATE * scene.order), 2)),
        ),
    )


def _told_again(scene: Scene, item: Phrase) -> bool:
    """Whether the sentence says in heads what the one before said in percent: "That amounts to 400 jobs"."""
    said = scene.words(0, item.begin)
    return len(said) in {2, 3} and said[0] in {"that", "this", "it"} and said[1] in _AMOUNTING


def _features(scene: Scene, item: Phrase, relation: Relation, news: Novelty) -> Iterator[str]:
    yield relation
    yield from _counted(scene, item)
    yield from _placed(scene)
    if news is not Novelty.NEW:
        yield news
    if item.begin == 0 and relation in {Relation.NONE, Relation.NEAR} and scene.cuts:
        yield "sets the scene"
    against = tuple(objections(scene, item, relation))
    yield from against
    loose = relation in {Relation.NONE, Relation.NEAR} and item.noun is not None and not against
    if loose and scene.order <= _TOLD_FIRST and scene.sentence.zone is not ZoneKind.TITLE:
        yield "in a story of cuts"


def _counted(scene: Scene, item: Phrase) -> Iterator[str]:
    number = item.number
    if number.low is not None and number.low > _LARGEST:
        yield "more than any employer has"
    if number.sort is Sort.VAGUE:
        yield "too vague to count"
    year = number.low in range(1900, 2100) and number.end - number.start == 4
    if item.noun is not None:
        if year and scene.word(item.noun) in EVENTS | REDUCTIONS:
            yield "like a year"
        follows = scene.word(item.noun + 1)
        if follows in _OTHER_HEADS:
            yield "counts something else"
        yield "counts jobs" if scene.word(item.noun) in POSTS | EVENTS else "counts people"
        return
    following = scene.word(number.last + 1)
    if following in {"more", "additional", "further"}:
        following = scene.word(number.last + 2)
    if following == "of" and _among(scene, number.last + 2):
        following = ""
    bare = not following or not following[0].isalpha() or following in _BARE or following.endswith("ly")
    yield "counts nothing" if bare else "counts something else"
    if bare and year:
        yield "like a year"


def _among(scene: Scene, at: int) -> bool:
    """Whether a number of nothing else follows: "70 of the remaining 400", not "100 of about 600 sites"."""
    whole = next((i for i in range(at, at + 4) if i < len(scene.tokens) and scene.tokens[i].numeral), None)
    return whole is not None and not (scene.word(whole + 1) or ".")[0].isalpha()


_OTHER_HEADS = frozenset({"rounds", "round", "plans", "programs", "announcements", "categories", "titles"})
_AMOUNTING = words(
    """amounts amounted corresponds corresponded equals equates translates translated represents means
    comes"""
)
_BARE = words(
    """worldwide globally more were have had go goes people nationwide laid left within across to in at by
    from for with will would is are was and or that which who this as on after before during when while
    since it its the he she they said last next today through around between out so into over under
    could may might must should can"""
)


def _placed(scene: Scene) -> Iterator[str]:
    if scene.sentence.zone is ZoneKind.TITLE:
        yield "title"
    elif scene.order <= _TOLD_FIRST:
        yield "first sentence"
    elif scene.sentence.zone is ZoneKind.LEAD:
        yield "lead"
