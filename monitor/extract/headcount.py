"""How many jobs go: the best of the text's numbers, by its features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.extract.candidates import Candidate, candidates
from monitor.extract.closures import closing_staff
from monitor.extract.number_sorts import Sort
from monitor.extract.reading import Reading, read
from monitor.extract.sums import differences, portions, with_parts
from monitor.model import Document, Headcount, ZoneKind

_THRESHOLD = 3.5
_ROUNDING = 1.15
_ROUNDED_UP = 1.25  # in a headline
_ROUNDED_OFF = 0.03
_NEXT = 6  # sentences from a rounded number to the full one
_TOP = 2  # sentences: headline, dateline, first sentence
_VAGUE = {"handful": (2, 12), "dozen": (12, 200), "hundred": (100, 1_500), "thousand": (1_000, 200_000)}
_SUPPORT = 3.0  # what another telling of the same number must score to lend its bounds


def headcount(document: Document, reading: Reading | None = None) -> Headcount | None:
    """Return the jobs that the text says newly go, or None if it tells no number.

    The bounds follow `Headcount`; a number told only in vague words is (None, None).
    """
    told = reading or read(document)
    found = ranked(document, told)
    if not found or found[0].score < _THRESHOLD:
        return closing_staff(document, told)
    best = with_parts(document, _fullest(found), found)
    best = _vague_before(found, best) or best
    return Headcount(best.low, best.high, best.approximate, best.evidence)


def ranked(document: Document, reading: Reading | None = None) -> tuple[Candidate, ...]:
    """Return every number considered, the best first, each with its features, for `explain`."""
    told = candidates(document, reading or read(document))
    found = [*told, *differences(document, told), *portions(document, told)]
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def _vague_before(found: Sequence[Candidate], best: Candidate) -> Candidate | None:
    """The vague number that headline or first sentence tell, when a later number cannot be the same.

    "Hundreds" at the top is not the 8,000 of a plan that is recalled further down.
    """
    if best.value is None or best.scene.order <= _TOP:
        return None
    for each in found:
        vague = each.phrase.number.sort is Sort.VAGUE and each.phrase.noun is not None
        if vague and each.scene.order <= _TOP and not _fits(each, best.value):
            return each
    return None


def _fits(vague: Candidate, value: int) -> bool:
    said = vague.evidence.text.lower()
    spans = [span for word, span in _VAGUE.items() if word in said]
    return not spans or any(low <= value <= high for low, high in spans)


def _fullest(found: Sequence[Candidate]) -> Candidate:
    """The telling of the best number that says most: a headline drops the hedge that the text keeps.

    A range that begins or ends with the number tells more than either; else the first sentence of the text
    that tells the number counts, not its headline.
    """
    best = found[0]
    if best.value is None:
        best = next((each for each in found if each.value is not None and each.score >= _THRESHOLD), best)
    same = [
        each
        for each in found
        if each.score >= _SUPPORT and best.value is not None and each.value == best.value
    ]
    told = min(
        (each for each in same if each.scene.sentence.zone is not ZoneKind.TITLE),
        key=lambda each: each.evidence.start,
        default=best,
    )
    for each in found:
        if each.score >= _SUPPORT and (_spans(each, best) or _rounded(best, each)):
            return each
    return (
        told
        if told.low != told.high or best.low == best.high
        else replace(told, low=best.low, high=best.high)
    )


def _spans(candidate: Candidate, best: Candidate) -> bool:
    """Whether a range begins or ends with the number, the lower bound of which was not told alone."""
    ranged = candidate.low is not None and candidate.high is not None and candidate.low < candidate.high
    return ranged and best.high is not None and best.value in {candidate.low, candidate.high}


def _rounded(best: Candidate, candidate: Candidate) -> bool:
    """Whether "more than 900" rounds down what another sentence tells in full: 940; or a headline rounds.

    "More than 300" also gives way to "up to 334".
    """
    told, full = best.value, candidate.high
    if told is None or full is None or full == told or candidate.low not in {None, full}:
        return False
    in_headline = best.scene.sentence.zone is ZoneKind.TITLE and best.low is not None
    if candidate.scene.order > best.scene.order + _NEXT:
        return False
    if best.high is None:
        return told < full <= told * (_ROUNDED_UP if in_headline else _ROUNDING)
    if candidate.low is None:
        return False
    return in_headline and told % 10 == 0 and full % 10 != 0 and abs(full - told) <= told * _ROUNDED_OFF
