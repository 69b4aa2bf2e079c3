"""Tells why a verdict is what it is, and what would have changed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.model import Document, Match, Reason, Verdict
from monitor.rules.classifier import Classifier, best_findings, decide
from monitor.rules.compiler import RuleSet
from monitor.rules.reading import Finding, read_sentences


@dataclass(frozen=True, slots=True)
class Dropped:
    """A match that did not count, and why."""

    match: Match
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything one rule set makes of one document.

    `verdict.matches` are what counted; `vetoes` are those of them that refuse the item; `repeated` are finds
    that added nothing because their rule or their words count already; `dropped` are finds that hidden text,
    a quote or a condition took out; `changes` are sentences on what would have turned the verdict.
    """

    document: Document
    verdict: Verdict
    vetoes: tuple[Match, ...]
    repeated: tuple[Match, ...]
    dropped: tuple[Dropped, ...]
    changes: tuple[str, ...]


def explain(classifier: Classifier, document: Document) -> tuple[Explanation, ...]:
    """Return one explanation per rule set. It reads items too that the first pass would settle."""
    return tuple(_explain(rule_set, document) for rule_set in classifier.rule_sets)


def _explain(rule_set: RuleSet, document: Document) -> Explanation:
    findings = read_sentences(rule_set, document, dropped=True)
    best = best_findings(rule_set, findings)
    verdict = decide(rule_set, findings)
    counted = set(map(id, best.values()))
    return Explanation(
        document=document,
        verdict=verdict,
        vetoes=tuple(f.match for number, f in best.items() if rule_set.rules[number].rule.veto),
        repeated=tuple(f.match for f in findings if not f.dropped and id(f) not in counted),
        dropped=tuple(Dropped(f.match, f.dropped) for f in findings if f.dropped),
        changes=tuple(_changes(rule_set, verdict, findings)),
    )


def _changes(rule_set: RuleSet, verdict: Verdict, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what would have turned the verdict: each a single difference, found by deciding again."""
    if verdict.reason is Reason.NO_RULE and not any(finding.dropped for finding in findings):
        yield "a phrase of any rule with a weight above 0"
        return
    if verdict.reason is Reason.BELOW_THRESHOLD:
        yield f"{verdict.threshold - verdict.score:g} more weight, or a threshold of {verdict.score:g}"
    if verdict.announced:
        yield f"a threshold above {verdict.score:g}"
    for rule in dict.fromkeys(finding.match.rule for finding in findings if not finding.dropped):
        without = [finding for finding in findings if finding.match.rule != rule]
        if decide(rule_set, without).announced != verdict.announced:
            yield f"without rule {rule}"
    yield from _without_cover(rule_set, verdict, findings)


def _without_cover(rule_set: RuleSet, verdict: Verdict, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the reasons for dropping without which the verdict would be the other one."""
    for why in dict.fromkeys(finding.dropped for finding in findings if finding.dropped):
        kept = [
            Finding(finding.rule, finding.match) if finding.dropped == why else finding
            for finding in findings
        ]
        if decide(rule_set, kept).announced != verdict.announced:
            yield f"had its matches not been dropped: {why}"
