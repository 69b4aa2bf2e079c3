"""What was weighed for each fact of an announcement: the candidate taken, those not, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.extract.causes import causes
from monitor.extract.company import company, contenders
from monitor.extract.costs import cost
from monitor.extract.gazetteer import Gazetteer
from monitor.extract.headcount import headcount, ranked
from monitor.extract.percent import percent, shares
from monitor.extract.period import period
from monitor.extract.places import place_candidates
from monitor.extract.reading import Reading
from monitor.extract.units import units
from monitor.model import Document, Evidence

Reasons = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One candidate for one fact: where it stands, whether it was taken, and the reasons that sum to `score`.

    `note` says in a word what it is, or why it was not taken.
    """

    fact: str
    evidence: Evidence
    taken: bool
    reasons: Reasons = ()
    note: str = ""

    @property
    def score(self) -> float:
        """The sum of the reasons."""
        return sum(weight for _, weight in self.reasons)


def weigh(
    document: Document,
    gazetteer: Gazetteer,
    *,
    published: date | None = None,
    author: str = "",
    tags: Sequence[str] = (),
) -> Iterator[Weighed]:
    """Yield what was weighed, fact by fact, within a fact the best first. See `assessment.extract`."""
    told = Reading(document)
    employer = company(told, author, tags)
    yield from _company(told, author, tags, employer.evidence if employer else None)
    yield from _headcount(document, told)
    yield from _percent(document, told)
    for place in place_candidates(document, gazetteer, employer.name if employer else None, told.sentences):
        yield Weighed("place", place.place.evidence, place.accepted, place.features, place.reason)
    when, charge = period(told, published), cost(told)
    if when:
        yield Weighed("when", when.evidence, True)
    for because in causes(told):
        yield Weighed("why", because.evidence, True, note=because.cause.value)
    for unit in units(told):
        yield Weighed("who", unit, True)
    if charge:
        yield Weighed("cost", charge.evidence, True, note=charge.currency)


def _company(told: Reading, author: str, tags: Sequence[str], taken: Evidence | None) -> Iterator[Weighed]:
    for each in contenders(told, author, tags):
        reasons = tuple((feature.value, weight) for feature, weight in each.features)
        note = "" if each.eligible else "not tied to the cut, or too weak"
        yield Weighed("company", each.company.evidence, each.company.evidence == taken, reasons, note)


def _headcount(document: Document, told: Reading) -> Iterator[Weighed]:
    best = headcount(document, told)
    among = ranked(document, told)
    chosen = next((each for each in among if best and _same(each.evidence, best.evidence)), None)
    if best and chosen is None:
        yield Weighed("headcount", best.evidence, True, note="from its parts")
    for each in among:
        yield Weighed("headcount", each.evidence, each is chosen, each.features)


def _percent(document: Document, told: Reading) -> Iterator[Weighed]:
    best = percent(document, told)
    for each in shares(document, told):
        yield Weighed("percent", each.percent.evidence, each.percent == best, each.features)


def _same(one: Evidence, other: Evidence) -> bool:
    return (one.start, one.end) == (other.start, other.end)
