"""The whole of what is read from one item: its zones, the verdict of the rules, and the facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.extract.causes import causes
from monitor.extract.company import company
from monitor.extract.costs import cost
from monitor.extract.cuts import Cut
from monitor.extract.gazetteer import Gazetteer
from monitor.extract.headcount import headcount
from monitor.extract.percent import percent
from monitor.extract.period import period
from monitor.extract.places import places
from monitor.extract.reading import Reading, read
from monitor.extract.units import units
from monitor.model import (
    LAYOFFS,
    Company,
    Document,
    Evidence,
    Item,
    Kind,
    Layoff,
    Reason,
    Stage,
    Verdict,
    ZoneKind,
)
from monitor.rules import Classifier

LONGEST_TITLE, LONGEST_TEXT = 1_000, 64_000


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was read from one item. `layoff` is None unless `verdict` is an announcement."""

    document: Document
    verdict: Verdict
    layoff: Layoff | None

    @property
    def reason(self) -> Reason:
        """Why this is, or is not, an announcement."""
        return self.verdict.reason


def assess_item(item: Item, classifier: Classifier, gazetteer: Gazetteer) -> Assessment:
    """Classify an item of a feed and, if it is an announcement, extract its facts."""
    when = item.published or item.seen
    return assess(
        item.title,
        item.text,
        classifier,
        gazetteer,
        published=when.date(),
        author=item.author,
        tags=item.tags,
    )


def assess(
    title: str,
    text: str,
    classifier: Classifier,
    gazetteer: Gazetteer,
    *,
    published: date | None = None,
    author: str = "",
    tags: Sequence[str] = (),
) -> Assessment:
    """Classify a text and, if it is an announcement, extract its facts.

    Where several topics are announced, the one that exceeds its threshold most is the item's. An announcement
    of layoffs that names no employer is none: the verdict's reason is then NO_EMPLOYER. Of a longer text the
    first `LONGEST_TEXT` code points are read: an announcement stands at the top.
    """
    document, verdicts = classifier.judge(title[:LONGEST_TITLE], text[:LONGEST_TEXT])
    verdict = max(verdicts, key=lambda found: (found.announced, found.score / found.threshold))
    if not verdict.announced:
        return Assessment(document, verdict, None)
    layoff = extract(document, verdict, gazetteer, published=published, author=author, tags=tags)
    if layoff.company is None and layoff.topic == LAYOFFS:
        return Assessment(document, replace(verdict, reason=Reason.NO_EMPLOYER), None)
    return Assessment(document, verdict, layoff)


def extract(
    document: Document,
    verdict: Verdict,
    gazetteer: Gazetteer,
    *,
    published: date | None = None,
    author: str = "",
    tags: Sequence[str] = (),
) -> Layoff:
    """Return the facts of an announcement. It is confirmed unless a rule says otherwise."""
    told = read(document)
    if verdict.rule_set != LAYOFFS:
        return _of_another_topic(told, verdict, company(told, author, tags))
    jobs = headcount(document, told)
    employer = company(told, author, tags)
    return Layoff(
        stage=verdict.stage or Stage.CONFIRMED,
        kind=verdict.kind or Kind.LAYOFF,
        company=employer,
        headcount=jobs,
        percent=percent(document, told),
        places=places(document, gazetteer, employer.name if employer else None, told.sentences),
        sentence=proof(document, told, jobs.evidence if jobs else None, verdict),
        when=period(told, published),
        causes=causes(told),
        who=units(told),
        cost=cost(told),
    )


def _of_another_topic(told: Reading, verdict: Verdict, issuer: Company | None) -> Layoff:
    """Return what holds for any topic: numbers, places and the like are read from what tells cuts."""
    return Layoff(
        stage=verdict.stage or Stage.CONFIRMED,
        kind=verdict.kind or Kind.LAYOFF,
        company=issuer,
        headcount=None,
        percent=None,
        places=(),
        sentence=_matched(told, verdict),
        topic=verdict.rule_set,
    )


def _matched(told: Reading, verdict: Verdict) -> Evidence:
    """Return the sentence with the strongest match below the title, which is shown anyway; else the first."""
    matches = sorted(verdict.matches, key=lambda match: -match.weight)
    for match in matches:
        for sentence in told.news:
            if sentence.start <= match.evidence.start < sentence.end:
                return told.document.evidence(sentence.start, sentence.end, "matches the rules")
    if told.news:
        return told.document.evidence(told.news[0].start, told.news[0].end, "opens the text")
    return matches[0].evidence


def proof(document: Document, told: Reading, number: Evidence | None, verdict: Verdict) -> Evidence:
    """Return the sentence that proves the alert: the number's, else the strongest cut's or match's.

    A sentence of the text is preferred to the title, which the alert shows anyway.
    """
    anchors = sorted(told.cuts, key=_weight, reverse=True)
    if number is not None:
        for sentence in (scene.sentence for scene in told.scenes):
            if sentence.start <= number.start < sentence.end:
                return document.evidence(sentence.start, sentence.end, "holds the number")
    if anchors:
        sentence = anchors[0].sentence
        return document.evidence(sentence.start, sentence.end, "tells the cut")
    matches = sorted(verdict.matches, key=lambda match: -match.weight)
    start, end = (matches[0].evidence.start, matches[0].evidence.end) if matches else (0, 0)
    return document.evidence(start, end, "matches the rules")


def _weight(cut: Cut) -> tuple[bool, float]:
    return cut.sentence.zone is not ZoneKind.TITLE, cut.strength
