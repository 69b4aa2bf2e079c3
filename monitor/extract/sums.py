"""Headcounts that the text leaves to the reader: plain sums of parts, and "from 450 to 150"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from monitor.extract.candidates import Candidate
from monitor.extract.jobwords import CUTTING, REDUCTIONS
from monitor.extract.novelty import Novelty
from monitor.extract.number_sorts import Sort
from monitor.extract.number_words import NUMBER_WORDS
from monitor.extract.numbers import Number
from monitor.extract.relations import Relation
from monitor.model import Document, ZoneKind

_TIED = frozenset(
    {Relation.OBJECT, Relation.SUBJECT, Relation.MODIFIER, Relation.RESULT, Relation.OF, Relation.BARE_OBJECT}
)
_MORE = frozenset({"another", "a", "an", "additional", "further"})
_LONGEST_PART = 14  # tokens from one part to the next
_NEXT_TO = 4  # tokens
_OUTSIDE = frozenset({"contractors", "contractor", "temporary", "vacant", "unfilled", "agency", "temps"})
_COMPARING = frozenset({"fewer", "less", "more"})
_ALSO = frozenset({"also"})
_SUPPORT = 3.0
_SURE = 6.0
_NOT_ADDED = frozenset(
    {
        str(Novelty.PAST),
        str(Novelty.ANNOUNCED),
        str(Novelty.DENIED),
        "counts something else",
        "like a year",
        "a date",
        "of the past",
        "another employer's",
        "size of the workforce",
        "hired or kept",
    }
)


def with_parts(document: Document, best: Candidate, found: Sequence[Candidate]) -> Candidate:
    """Return the best candidate with the parts that plainly add to it, or as it was.

    Parts are added when "and" joins them in one clause ("25 people in Hong Kong and 12 in Tokyo"), or a later
    sentence says that the employer "will also cut" so many; never when the text gives a total that covers
    them, nor when the headline's number is the first part.
    """
    best = _first_of(best, found)
    if best.value is None or _is_total(best, found):
        return best
    parts = list(_joined(best, found)) or list(_also(best, found))
    listed = best.scene.words(best.phrase.end + 1, parts[0].phrase.begin) == (",",) if parts else False
    if listed and sum(part.value or 0 for part in parts) == best.value:
        return best  # told again by its sorts: "60 people, 40 managers and 20 clerks"
    for part in parts:
        best = _plus(document, best, part)
    headline = {each.value for each in found if each.scene.sentence.zone is ZoneKind.TITLE}
    return replace(best, low=best.high) if parts and best.high in headline else best


def _first_of(best: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The number that the sentence before tells of the same cut, where the best one is "another" beside it.

    "It will cut 105 jobs in Ohio. It will also close a mine, costing another 40 jobs."
    """
    if not _further(best):
        return best
    for each in found:
        before = each.scene.order + 1 == best.scene.order and each.scene.sentence.zone is not ZoneKind.TITLE
        if before and each.score >= _SURE and not _excluded(each) and each.relation in _TIED:
            return each
    return best


def _further(part: Candidate) -> bool:
    """Whether a sentence that says "also" tells of so many more."""
    more = "additional" in {name for name, _ in part.features}
    return more and not _ALSO.isdisjoint(part.scene.words(0, part.phrase.begin))


def _is_total(best: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether the number is a total of its own: in the headline, called so, or told again."""
    names = {name for name, _ in best.features}
    headline = any(
        each.scene.sentence.zone is ZoneKind.TITLE and each.value == best.value and each is not best
        for each in found
    )
    return bool(names & {"title", "total"}) or headline


def _joined(best: Candidate, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The numbers that "and" joins to the best one, in its sentence, before it and behind it."""
    here = sorted((each for each in found if each.scene is best.scene), key=lambda each: each.phrase.begin)
    reached = best
    for each in reversed(here):
        if each.phrase.end < reached.phrase.begin and each.score >= _SUPPORT and _adds(each, reached):
            reached = each
            yield each
    reached = best
    for each in here:
        if each.phrase.begin > reached.phrase.end and _adds(reached, each):
            reached = each
            yield each


def _adds(part: Candidate, other: Candidate) -> bool:
    if _excluded(other):
        return False
    if any(token.numeral for token in part.scene.tokens[part.phrase.number.last + 1 : part.phrase.end]):
        return False
    if other.value is None or other.phrase.number.sort is not Sort.COUNT or other.relation is Relation.STAYS:
        return False
    between = part.scene.words(part.phrase.end + 1, other.phrase.begin)
    if ":" in between or any(word[0].isdigit() for word in between):
        return False
    if (
        between[-1:] == (",",)
        and other.scene.word(other.phrase.begin) not in _COMPARING
        and other.phrase.noun is None
        and between[0] in {"in", "at", "from"}
        and len(between) < 8
    ):
        return True
    if between == (",",) and part.phrase.noun is not None and other.phrase.noun is not None:
        return other.scene.word(other.phrase.end + 1) in {"and", ","} and _counted_next(other)
    if between[-1:] == ("of",) and between[-2:-1] and between[-2] in REDUCTIONS:
        between = between[:-2]  # "cut 50 jobs here, and a reduction of 70 there"
    while between and between[-1] in _MORE | CUTTING | _ALSO:
        if between[-1] in CUTTING and not {part.relation, other.relation} <= _TIED:
            return False
        between = between[:-1]
    linked = between[-1:] == ("and",) or between[-2:] in {("and", "strike"), ("and", "that")}
    return linked and len(between) < _LONGEST_PART and not {"to", "which", "who", "of"} & set(between[-3:])


def _counted_next(part: Candidate) -> bool:
    """Whether the list goes on: "15 managers and 10 clerks"."""
    ahead = part.scene.tokens[part.phrase.end + 2 : part.phrase.end + 4]
    return any(token.numeral or token.word in NUMBER_WORDS for token in ahead)


def _excluded(part: Candidate) -> bool:
    return not _NOT_ADDED.isdisjoint(name for name, _ in part.features)


def _also(best: Candidate, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The numbers of later sentences that say what is cut as well."""
    if {name for name, _ in best.features} & {"additional"}:
        return
    for each in found:
        next_told = each.scene.order == best.scene.order + 1
        reach = each.phrase.begin if next_told else 8
        before = set(each.scene.words(each.phrase.begin - reach, each.phrase.number.last + 2))
        if (
            each.scene.order > best.scene.order
            and each.value != best.value
            and each.score >= _SUPPORT
            and not _excluded(each)
            and each.relation in _TIED
            and (
                before & _ALSO
                or _further(each)
                or "other" in each.scene.words(each.phrase.begin, each.phrase.end)
            )
        ):
            yield each
            return


def _plus(document: Document, whole: Candidate, part: Candidate) -> Candidate:
    """Add a part; people off the payroll and empty posts raise the upper bound alone."""
    words = set(part.scene.words(part.phrase.begin, part.phrase.end + 1))
    outside = bool(words & _OUTSIDE)
    low = whole.low if outside else _sum(whole.low, part.low)
    high = _sum(whole.high, part.high)
    start = min(whole.evidence.start, part.evidence.start)
    end = max(whole.evidence.end, part.evidence.end)
    return replace(
        whole,
        low=low,
        high=high,
        approximate=whole.approximate or part.approximate,
        evidence=document.evidence(start, end, "sum of parts")
        if whole.scene is part.scene
        else whole.evidence,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    """Add two bounds; where only one text gives the bound it stays open."""
    return None if one is None or other is None else one + other


def differences(document: Document, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what goes where a sentence tells only what was and what stays: "to 150 from 450"."""
    left = [each for each in found if each.relation is Relation.STAYS and each.value is not None]
    for one, other in pairwise(left):
        if one.scene is not other.scene or one.value is None or other.value is None:
            continue
        was, stays = (one, other) if one.value > other.value else (other, one)
        origin = was.scene.word(was.phrase.begin - 1) == "from"
        result = stays.scene.word(stays.phrase.begin - 1) == "to"
        if origin and result and one.value != other.value:
            yield _difference(document, was, stays, abs(one.value - other.value))


def _difference(document: Document, was: Candidate, stays: Candidate, gone: int) -> Candidate:
    start = min(was.evidence.start, stays.evidence.start)
    end = max(was.evidence.end, stays.evidence.end)
    kept = [
        feature
        for feature in was.features
        if feature[0] not in {str(Relation.STAYS), "size of the workforce"}
    ]
    return replace(
        was,
        low=gone,
        high=gone,
        approximate=was.approximate or stays.approximate,
        evidence=document.evidence(start, end, "from so many to so many"),
        relation=Relation.BY,
        features=(("from so many to so many", 4.5), *kept),
    )


def portions(document: Document, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what goes where a fraction of a number goes: "half its 1,000-strong workforce"."""
    for whole in found:
        if whole.value is None or not {"size of the workforce"} & {name for name, _ in whole.features}:
            continue
        for share in whole.scene.numbers:
            exact = share.sort is Sort.FRACTION and share.low == share.high and share.value
            if exact and share.value and _taken_from(whole, share):
                yield _portion(document, whole, share, round(whole.value * share.value / 100))


def _taken_from(whole: Candidate, share: Number) -> bool:
    """Whether the fraction is what a verb of cutting takes of the number, or cuts it "in" ("in half")."""
    scene = whole.scene
    behind = 0 < share.first - whole.phrase.end <= _NEXT_TO and scene.word(share.first - 1) == "in"
    before = 0 < whole.phrase.begin - share.last <= _NEXT_TO
    if behind:
        return any(first < whole.phrase.begin for first, _ in scene.spans)
    return before and any(0 <= share.first - first <= _NEXT_TO for first, _ in scene.spans)


def _portion(document: Document, whole: Candidate, share: Number, gone: int) -> Candidate:
    start = whole.scene.sentence.start + share.start
    kept = [f for f in whole.features if f[0] not in {str(whole.relation), "size of the workforce"}]
    end = max(whole.evidence.end, whole.scene.sentence.start + share.end)
    return replace(
        whole,
        low=gone,
        high=gone,
        approximate=whole.approximate or share.approximate,
        evidence=document.evidence(min(start, whole.evidence.start), end, "a fraction of the workforce"),
        features=(("a fraction of the workforce", 4.5), *kept),
    )
