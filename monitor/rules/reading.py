"""Reads a document sentence by sentence and lists what each rule finds, and why a find does not count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.model import Document, Match, ZoneKind
from monitor.rules.compiler import Part, RuleSet
from monitor.rules.language import Hide, Rule
from monitor.rules.sentences import Span, sentences

_READ = (ZoneKind.TITLE, ZoneKind.LEAD, ZoneKind.BODY, ZoneKind.BOILERPLATE)
# What parts clauses: a comma that is not in a number, a semicolon, a dash between spaces, a bracket.
_CLAUSE_MARK = re.compile(r"[,;:](?=\s)|\s[-–—]+\s|[()]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One match of one rule (by index). `dropped` says why it does not count; empty when it does."""

    rule: int
    match: Match
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class _Sentence:
    zone: ZoneKind
    start: int
    end: int
    quotes: tuple[Span, ...]


def read_sentences(rule_set: RuleSet, document: Document) -> tuple[Finding, ...]:
    """Return every find in the order of the text, dropped ones included."""
    findings: list[Finding] = []
    for sentence in _sentences(document):
        text = document.text[sentence.start : sentence.end]
        present = rule_set.everything.Match(text)
        if present is not None:
            findings += _read(rule_set, document, sentence, present)
    return tuple(findings)


def _sentences(document: Document) -> Iterator[_Sentence]:
    quotes = [(zone.start, zone.end) for zone in document.spans(ZoneKind.QUOTE)]
    for zone in document.spans(*_READ):
        for start, end in sentences(document.text, zone.start, zone.end):
            inside = tuple(span for span in quotes if span[0] < end and span[1] > start)
            yield _Sentence(zone.kind, start, end, inside)


def _read(
    rule_set: RuleSet, document: Document, sentence: _Sentence, present: Sequence[int]
) -> Iterator[Finding]:
    """Yield the finds of one sentence. Those that hide text are settled first."""
    conditions = _conditions(rule_set, present)
    found: list[Finding] = []
    for index in present:
        pattern = rule_set.patterns[index]
        rule = rule_set.rules[pattern.rule]
        weight = rule.weight_in(sentence.zone)
        if pattern.part is not Part.FIND or weight is None:
            continue
        for hit in pattern.regexp.finditer(document.text[sentence.start : sentence.end]):
            start, end = (sentence.start + offset for offset in hit.span(1))
            match = Match(rule.id, weight, sentence.zone, document.evidence(start, end, pattern.phrase))
            dropped = conditions.get(pattern.rule, "") or _spoken(rule, sentence, start, end)
            found.append(Finding(pattern.rule, match, dropped))
    hidden = list(_hidden(rule_set, document, sentence, found))
    for finding in sorted(found, key=lambda finding: finding.match.evidence.start):
        yield _unhidden(rule_set, finding, hidden)


def _conditions(rule_set: RuleSet, present: Sequence[int]) -> dict[int, str]:
    """Return, for rules whose `with` or `without` is not met in a sentence, the reason."""
    unmet: dict[int, str] = {}
    met = {rule_set.patterns[i].rule for i in present if rule_set.patterns[i].part is Part.WITH}
    for index in present:
        pattern = rule_set.patterns[index]
        if pattern.part is Part.WITHOUT:
            unmet[pattern.rule] = f"without: {pattern.phrase}"
        elif rule_set.rules[pattern.rule].with_ and pattern.rule not in met:
            unmet.setdefault(pattern.rule, f"with: {' | '.join(rule_set.rules[pattern.rule].with_)}")
    return unmet


def _spoken(rule: Rule, sentence: _Sentence, start: int, end: int) -> str:
    if rule.speech or not any(opening <= start and end <= closing for opening, closing in sentence.quotes):
        return ""
    return "in a quote"


def _hidden(
    rule_set: RuleSet, document: Document, sentence: _Sentence, found: Sequence[Finding]
) -> Iterator[tuple[Span, str]]:
    for finding in found:
        rule = rule_set.rules[finding.rule]
        if rule.hide is None or finding.dropped:
            continue
        span = (finding.match.evidence.start, finding.match.evidence.end)
        if rule.hide is Hide.SENTENCE:
            span = (sentence.start, sentence.end)
        elif rule.hide is Hide.CLAUSE:
            span = _clause(document.text, sentence, span)
        yield span, rule.id


def _clause(text: str, sentence: _Sentence, span: Span) -> Span:
    """Return the span widened to the marks that part clauses on either side."""
    before = [mark.end() for mark in _CLAUSE_MARK.finditer(text, sentence.start, span[0] + 1)]
    after = _CLAUSE_MARK.search(text, span[1], sentence.end)
    return (before[-1] if before else sentence.start, after.start() if after else sentence.end)


def _unhidden(rule_set: RuleSet, finding: Finding, hidden: Sequence[tuple[Span, str]]) -> Finding:
    """Return the find, dropped when it speaks for the topic and touches hidden text."""
    if finding.dropped or not rule_set.rules[finding.rule].supports:
        return finding
    start, end = finding.match.evidence.start, finding.match.evidence.end
    for (opening, closing), rule in hidden:
        if start < closing and opening < end:
            return replace(finding, dropped=f"hidden by {rule}")
    return finding
