"""Text with marks in it, as HTML: what was read, and from where. Outside text never becomes markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from monitor.model import Company, Headcount, Layoff, Match, Money, Percent, Period, Verdict


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` is what `label` was read from. `kind` is the class in the style sheet."""

    start: int
    end: int
    kind: str
    label: str


def fact_marks(layoff: Layoff) -> Iterator[Mark]:
    """Yield where the facts of an announcement stand."""
    read: Sequence[tuple[str, str, Company | Headcount | Percent | Period | Money | None]] = (
        ("company", "company", layoff.company),
        ("jobs", "jobs", layoff.headcount),
        ("jobs", "share of the workforce", layoff.percent),
        ("when", "when", layoff.when),
        ("when", "cost", layoff.cost),
    )
    facts = [(kind, label, fact.evidence) for kind, label, fact in read if fact is not None]
    facts += [("place", "place", place.evidence) for place in layoff.places]
    facts += [("when", because.cause.value, because.evidence) for because in layoff.causes]
    for kind, label, evidence in facts:
        yield Mark(evidence.start, evidence.end, kind, label)


def rule_marks(verdicts: Iterable[Verdict]) -> Iterator[Mark]:
    """Yield where the rules matched."""
    for verdict in verdicts:
        for match in verdict.matches:
            span = match.evidence
            yield Mark(span.start, span.end, "rule" if match.weight >= 0 else "against", _weighed(match))


def _weighed(match: Match) -> str:
    return f"{match.rule} {match.weight:+g}"


def marked(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> Markup:
    """Return text[start:end] with its marks; where marks overlap, the first one given stands."""
    end = len(text) if end is None else end
    taken: list[Mark] = []
    for mark in marks:
        inside = start <= mark.start < mark.end <= end
        if inside and all(mark.end <= other.start or mark.start >= other.end for other in taken):
            taken.append(mark)
    parts, at = Markup(), start
    for mark in sorted(taken, key=lambda mark: mark.start):
        parts += escape(text[at : mark.start])
        parts += Markup('<mark class="{}" title="{}">{}</mark>').format(
            mark.kind, mark.label, text[mark.start : mark.end]
        )
        at = mark.end
    return parts + escape(text[at:end])
