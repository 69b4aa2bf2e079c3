"""Reads a document sentence by sentence and lists what each rule finds, and why a find does not count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.model import Document, Match, ZoneKind
from monitor.rules.compiler import Look, Part, Pattern, RuleSet
from monitor.rules.language import Hide, Rule
from monitor.rules.sentences import Span, sentences

_READ = (ZoneKind.TITLE, ZoneKind.DATELINE, ZoneKind.LEAD, ZoneKind.BODY, ZoneKind.BOILERPLATE)
# What parts clauses: a comma that is not in a number, a semicolon, a dash between spaces, a bracket.
_CLAUSE_MARK = re.compile(r"[,;:](?=\s)|\s[-–—]+\s|[()]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One match of one rule (by index). `dropped` says why it does not count; empty when it does.

    `conditions` are the spans of the rule's `with` phrases in the same sentence.
    """

    rule: int
    match: Match
    dropped: str = ""
    conditions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sentence:
    zone: ZoneKind
    start: int
    end: int
    quotes: tuple[Span, ...]


def read_sentences(rule_set: RuleSet, document: Document) -> tuple[Finding, ...]:
    """Return every find in the order of the text, dropped ones included."""
    return tuple(
        finding for sentence in _sentences(document) for finding in _read(rule_set, document, sentence)
    )


def _sentences(document: Document) -> Iterator[_Sentence]:
    quotes = [(zone.start, zone.end) for zone in document.spans(ZoneKind.QUOTE)]
    for zone in document.spans(*_READ):
        for start, end in sentences(document.text, zone.start, zone.end):
            inside = tuple(span for span in quotes if span[0] < end and span[1] > start)
            yield _Sentence(zone.kind, start, end, inside)


def _read(rule_set: RuleSet, document: Document, sentence: _Sentence) -> list[Finding]:
    """Return the finds of one sentence; those that hide text are settled before those they may hide."""
    # Where nothing speaks for the topic, there is nothing to hide either.
    text = document.text[sentence.start : sentence.end]
    hits = rule_set.support.Match(text)
    looks = rule_set.looks if hits else rule_set.looks_alone
    spoken = {rule_set.gates[hit][0] for hit in hits or ()}
    found = [
        finding
        for look in looks[sentence.zone]
        if look.compiled.number in spoken or not look.compiled.rule.supports
        if (present := look.compiled.present.Match(text)) is not None
        for finding in _find(look, present, document, sentence)
    ]
    hidden = list(_hidden(rule_set, document, sentence, found))
    found.sort(key=lambda finding: finding.match.evidence.start)
    return [_unhidden(rule_set, finding, hidden) for finding in found]


def _find(look: Look, present: Sequence[int], document: Document, sentence: _Sentence) -> Iterator[Finding]:
    """Yield what one rule finds in a sentence that holds the patterns `present`."""
    rule = look.compiled.rule
    text = document.text[sentence.start : sentence.end]
    patterns = [look.compiled.patterns[index] for index in present]
    unmet = _unmet(rule, patterns)
    conditions = tuple(
        (sentence.start + hit.start(1), sentence.start + hit.end(1))
        for pattern in patterns
        if pattern.part is Part.WITH
        for hit in pattern.regexp.finditer(text)
    )
    for pattern in patterns:
        if pattern.part is not Part.FIND:
            continue
        for hit in pattern.regexp.finditer(text):
            start, end = (sentence.start + offset for offset in hit.span(1))
            match = Match(rule.id, look.weight, sentence.zone, document.evidence(start, end, pattern.phrase))
            dropped = unmet or _spoken(rule, sentence, start, end)
            yield Finding(look.compiled.number, match, dropped, conditions)


def _unmet(rule: Rule, patterns: Sequence[Pattern]) -> str:
    """Return which condition of the rule the sentence does not meet; empty when it meets them."""
    for pattern in patterns:
        if pattern.part is Part.WITHOUT:
            return f"without: {pattern.phrase}"
    if rule.with_ and not any(pattern.part is Part.WITH for pattern in patterns):
        return f"with: {' | '.join(rule.with_)}"
    return ""


def _spoken(rule: Rule, sentence: _Sentence, start: int, end: int) -> str:
    if rule.speech or not any(opening <= start and end <= closing for opening, closing in sentence.quotes):
        return ""
    return "in a quote"


def _hidden(
    rule_set: RuleSet, document: Document, sentence: _Sentence, found: Sequence[Finding]
) -> Iterator[tuple[Span, str]]:
    for finding in found:
        rule = rule_set.rules[finding.rule].rule
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
    """Return the find, dropped when it speaks for the topic and it, or all its conditions, are hidden."""
    if finding.dropped or not rule_set.rules[finding.rule].rule.supports:
        return finding
    evidence = finding.match.evidence
    cover = _cover((evidence.start, evidence.end), hidden)
    if not cover and finding.conditions:
        covers = [_cover(condition, hidden) for condition in finding.conditions]
        cover = covers[0] if all(covers) else ""
    return replace(finding, dropped=f"hidden by {cover}") if cover else finding


def _cover(span: Span, hidden: Sequence[tuple[Span, str]]) -> str:
    """Return the id of the rule that hides some of the span; empty when none does."""
    return next((rule for (start, end), rule in hidden if span[0] < end and start < span[1]), "")
