"""What speaks against a number being the jobs that newly go: it is who stays, who was hired, what is past."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from monitor.extract.jobwords import STAFF, words
from monitor.extract.novelty import MONTHS
from monitor.extract.number_sorts import Sort
from monitor.extract.relations import SIZED, Phrase, Relation
from monitor.extract.scenes import Scene
from monitor.extract.tokens import token_at

_EMPLOYING = words("employ employs employed employing")
_HAVING = words("has had have with having")
# What may stand between "has" and how many: "has agreed on 900" has none.
_HAD = words("a an the its now just only still also currently total workforce staff work force of") | STAFF
_KEEPING = words(
    """hire hires hired hiring add adds adding added create creates creating created recruit recruiting
    gain gains rehire rehires recall recalls recalled retain retains retaining retained keep keeps
    keeping remain remains leaving offer"""
)
_OWNERS = words("its their our his company's group's bank's firm's unit's total current existing")
# A number that counts the cuts themselves counts no workforce.
_OPENING = 9  # tokens of a sentence that "of its 900 people" may take
_OWN = frozenset({Relation.MODIFIER, Relation.RESULT, Relation.APPOSED, Relation.BY})
_ALL_OF_WHOM = {(every, "of", "whom") for every in ("all", "each")}
_ALL_OVER = words("worldwide globally remain remaining overall altogether stay")
_EMPTY = words("vacant unfilled open")
_WHOLE = words("entire whole all")  # "laid off its entire staff of 130"
_SPARED = words("excluded exempt unaffected spared ineligible")
_NOT_MET = {("left", "out"), ("not", "affected"), ("not", "included"), ("not", "be")}
_OFFERING = words("offer offers offered offering offerings eligible")
_SHARES = words("percent % pct cent third half quarter fifth two-thirds one-third")
# "Half of the 900 jobs", "how many of the 900 jobs": the number is that of all.
_SOME = words("many most some any few none")
_TOTALLING = words("bringing brings brought taking takes raising raises")
_PART = words("including includes include them these those")
_MORE = words("another additional further more extra new fresh")
_PAST_PHRASES = {
    ("on", "top", "of"), ("in", "addition", "to"), ("beyond", "the"), ("follow", "the"), ("follows", "the"),
    ("besides", "the"), ("after", "cutting"), ("already", "cut"),
}  # fmt: skip


def objections(scene: Scene, item: Phrase, relation: Relation) -> Iterator[str]:
    """Yield the names of the features against the number, and those that words right before it add."""
    before = scene.words(item.begin - 7, item.begin)
    if _is_size(scene, item, before, relation):
        yield "size of the workforce"
    if _kept(scene, item, before) or _spared(scene, item):
        yield "hired or kept"
    offered = _OFFERING & set(before if relation is not Relation.OBJECT else before[-3:])
    if offered and relation not in {Relation.MODIFIER, Relation.TAKEN}:
        yield "offered"
    if _PART & set(before[-4:]):
        yield "a part"
    if _EMPTY & set(scene.words(item.begin, item.end)):
        yield "empty posts"
    yield from _called(scene, item)
    if _dated(scene, item):
        yield "a date"
    if (_TOTALLING & set(before) and {"total", "number", "toll"} & set(before)) or _recounts(scene, item):
        yield "a running total"
    if not _PAST_PHRASES.isdisjoint([*pairwise(before), *zip(before, before[1:], before[2:], strict=False)]):
        yield "of the past"


def _called(scene: Scene, item: Phrase) -> Iterator[str]:
    """What the words right before the number call it: one more, or a total."""
    near = scene.words(item.begin - 2, item.number.first)
    if _MORE & set(near) - ({"more"} if "than" in near else set()) or _more_after(scene, item):
        yield "additional"
    if "total" in near:
        yield "total"


def _kept(scene: Scene, item: Phrase, before: tuple[str, ...]) -> bool:
    """Whether so many are hired or stay; who is left "without jobs" does not."""
    stranded = "leaving" in before[-4:] and {"without", "jobless"} & set(scene.words(item.end, item.end + 3))
    return not _KEEPING.isdisjoint(before[-4:]) and not stranded


def _employed(scene: Scene, item: Phrase, before: tuple[str, ...]) -> bool:
    """Whether the text says outright that so many work there, or counts those who go among them."""
    employing = next((at for at, word in enumerate(before) if word in _EMPLOYING), None)
    if employing is not None and {",", "said"}.isdisjoint(before[employing:]):
        return True
    if scene.word(item.number.last + 1) == "-" and scene.word(item.number.last + 2) in SIZED:
        return True
    return before[:1] == ("of",) and item.begin <= _OPENING and _rest_counted(scene, item)


def _had(before: tuple[str, ...]) -> bool:
    """Whether the words before say how many there are: "has", "with a total of"; "has agreed on" does not."""
    for at in range(len(before) - 1, max(-1, len(before) - 4), -1):
        if before[at] in _HAVING:
            return _HAD.issuperset(before[at + 1 :])
    return False


def _rest_counted(scene: Scene, item: Phrase) -> bool:
    """Whether the clause goes on with how many: "of the 900 people employed there, 40 will go"."""
    return any(
        other.sort is Sort.COUNT
        and other.first > item.end
        and scene.word(token_at(scene.tokens, other.start) - 1) == ","
        for other in scene.numbers
    )


def _spared(scene: Scene, item: Phrase) -> bool:
    """Whether it is said of so many that the cut leaves them out."""
    after = scene.words(item.end + 1, item.end + 6)
    return not _SPARED.isdisjoint(after) or not _NOT_MET.isdisjoint(pairwise(after))


def _recounts(scene: Scene, item: Phrase) -> bool:
    """Whether the number covers what was told before: "more than 1,000, including the 367"."""
    after = scene.words(item.end + 1, item.end + 12)
    return any(
        after[at : at + 2] == ("including", "the") and after[at + 2][0].isdigit()
        for at in range(len(after) - 2)
    )


def _more_after(scene: Scene, item: Phrase) -> bool:
    after = scene.words(item.number.last + 1, item.number.last + 3)
    return after[:1] in {("more",), ("additional",), ("further",), ("extra",)} and after[1:] != ("than",)


def _dated(scene: Scene, item: Phrase) -> bool:
    """Whether the number is the day of a month."""
    before = scene.words(item.begin - 2, item.begin)
    return before[-1:] != () and (before[-1] in MONTHS or (before[-1] == "." and before[0] in MONTHS))


def _is_size(scene: Scene, item: Phrase, before: tuple[str, ...], relation: Relation) -> bool:
    """Whether the number is that of all who work there."""
    after = scene.words(item.end + 1, item.end + 9)
    if _ALL_OF_WHOM & {after[at : at + 3] for at in range(6)} or scene.word(item.end) in {"them", "those"}:
        return False
    if _employed(scene, item, before):
        return True
    loose = relation in {Relation.NONE, Relation.NEAR}
    last, second = ("", "", *before)[-1], ("", "", *before)[-2]
    if last == "of" and second in STAFF - {"employment"} and _WHOLE.isdisjoint(before[-4:-2]):
        return relation is not Relation.OF
    if relation in _OWN:
        return False
    if last == "the" and second == "of" and before[-3:-2] and before[-3] in _SHARES | _SOME:
        return True
    if last == "of":
        return second == "total" and loose
    if last in _OWNERS or last.endswith("'s") or (second, last) == ("'", "s"):
        goes = relation in {Relation.SUBJECT, Relation.OBJECT} and scene.word(item.end) not in STAFF
        return "of" in before or not goes
    if _had(before):
        return relation not in {Relation.OBJECT, Relation.SUBJECT}
    return loose and item.noun is not None and scene.word(item.noun + 1) in _ALL_OVER
