"""How many jobs go: the best of the text's numbers, by its features."""

from __future__ import annotations

from monitor.extract.candidates import Candidate, candidates
from monitor.extract.scenes import scenes
from monitor.model import Document, Headcount

_THRESHOLD = 4.0


def headcount(document: Document) -> Headcount | None:
    """Return the jobs that the text says newly go, or None if it tells no number.

    The bounds follow `Headcount`; a number told only in vague words is (None, None).
    """
    found = ranked(document)
    if not found or found[0].score < _THRESHOLD:
        return None
    best = found[0]
    return Headcount(best.low, best.high, best.approximate, best.evidence)


def ranked(document: Document) -> tuple[Candidate, ...]:
    """Return every number considered, the best first, each with its features, for `explain`."""
    found = candidates(document, scenes(document))
    return tuple(sorted(found, key=lambda candidate: -candidate.score))
