"""Reads a document sentence by sentence and lists what each rule finds, and why a find does not count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from monitor.model import Document, Match, ZoneKind
from monitor.rules.compiler import CompiledRule, Part, Pattern, RuleSet
from monitor.rules.genre import is_release
from monitor.rules.language import Hide, Rule
from monitor.rules.sentences import Span, sentences

_READ = (
    ZoneKind.TITLE,
    ZoneKind.DATELINE,
    ZoneKind.LEAD,
    ZoneKind.BODY,
    ZoneKind.RELEASE,
    ZoneKind.BOILERPLATE,
)
# What parts clauses: a comma that is not in a number, a semicolon, a dash between spaces, a bracket.
_CLAUSE_MARK = re.compile(r"[,;:](?=\s)|\s[-–—]+\s|[()]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One match of one rule (by index). `dropped` says why it does not count; empty when it does."""

    rule: int
    match: Match
    dropped: str = ""


@dataclass(slots=True)
class _Sentence:
    """A sentence, the rules that may match in it, those that speak for the topic, and what is found.

    The lead of an employer's own release is in two zones: what it tells is the release's own news as well.
    """

    zones: tuple[ZoneKind, ...]
    start: int
    end: int
    text: str
    encoded: bytes
    quotes: tuple[Span, ...]
    likely: Set[int]
    spoken: set[int] = field(default_factory=set)
    found: list[Finding] = field(default_factory=list)
    hidden: list[tuple[Span, str]] = field(default_factory=list)


def read_sentences(rule_set: RuleSet, document: Document, *, dropped: bool = False) -> tuple[Finding, ...]:
    """Return every find in the order of the text.

    Rules take turns over all sentences, not sentences over all rules: one automaton at a time stays in the
    processor's cache. Rules that hide text go first.

    Args:
        rule_set: the compiled rules.
        document: the item in zones.
        dropped: list also the finds that a rule's own conditions take out, which the verdict never needs.
    """
    told = tuple(_sentences(rule_set, document, unmet=dropped))
    likely: dict[int, list[_Sentence]] = {}
    for sentence in told:
        for number in sentence.likely:
            likely.setdefault(number, []).append(sentence)
    for number in likely.keys() & rule_set.speakers:
        for sentence in likely[number]:
            if rule_set.rules[number].gate(sentence.encoded):
                sentence.spoken.add(number)
    for number in sorted(likely, key=lambda number: (rule_set.rules[number].rule.hide is None, number)):
        compiled = rule_set.rules[number]
        for sentence in likely[number]:
            if _looks(compiled, sentence) and (present := compiled.present(sentence.encoded)):
                found = list(_find(compiled, present, document, sentence, dropped=dropped))
                sentence.found += found
                sentence.hidden += _hidden(compiled.rule, document, sentence, found)
    for sentence in told:
        sentence.found.sort(key=lambda finding: (finding.match.evidence.start, finding.rule))
    return tuple(finding for sentence in told for finding in sentence.found)


def _sentences(rule_set: RuleSet, document: Document, *, unmet: bool) -> Iterator[_Sentence]:
    quotes = [(zone.start, zone.end) for zone in document.spans(ZoneKind.QUOTE)]
    own = (ZoneKind.RELEASE,) if is_release(document.text, document.zones) else ()
    for zone in document.spans(*_READ):
        lead = zone.kind is ZoneKind.LEAD
        kinds = (ZoneKind.OPENING, *own) if lead else (zone.kind,)
        for start, end in sentences(document.text, zone.start, zone.end):
            inside = tuple(span for span in quotes if span[0] < end and span[1] > start)
            text = document.text[start:end]
            encoded = text.encode()
            likely = rule_set.likely.rules_in(encoded, unmet=unmet)
            yield _Sentence(kinds, start, end, text, encoded, inside, likely)
            kinds = (zone.kind, *own) if lead else kinds


def _looks(compiled: CompiledRule, sentence: _Sentence) -> bool:
    """Whether a match of the rule in the sentence could matter.

    Where nothing speaks for the topic, there is nothing to hide either.
    """
    if compiled.rule.supports and compiled.number not in sentence.spoken:
        return False
    zones = compiled.weights.keys() if sentence.spoken else compiled.alone
    return compiled.skipped.isdisjoint(sentence.zones) and not zones.isdisjoint(sentence.zones)


def _zone(compiled: CompiledRule, sentence: _Sentence) -> ZoneKind:
    """Return the zone of a sentence in which the rule weighs most, of those in which it looks."""
    zones = (zone for zone in sentence.zones if zone in compiled.weights)
    return max(zones, key=lambda zone: abs(compiled.weights[zone]))


def _find(
    compiled: CompiledRule, present: Sequence[int], document: Document, sentence: _Sentence, *, dropped: bool
) -> Iterator[Finding]:
    """Yield what one rule finds in a sentence that holds the patterns `present`."""
    rule = compiled.rule
    patterns = [compiled.patterns[index] for index in present]
    unmet = _unmet(rule, patterns)
    if unmet and not dropped:
        return
    zone = _zone(compiled, sentence)
    hidden = sentence.hidden if rule.supports else []
    conditions = _hidden_conditions(patterns, sentence) if hidden else ""
    for pattern in patterns:
        if pattern.part is not Part.FIND:
            continue
        for span in _spans(pattern, sentence):
            why = unmet or _spoken(rule, sentence, span)
            if not why and (cover := _cover(span, hidden) or conditions):
                why = f"hidden by {cover}"
            evidence = document.evidence(*span, pattern.phrase)
            match = Match(rule.id, compiled.weights[zone], zone, evidence)
            yield Finding(compiled.number, match, why)


def _spans(pattern: Pattern, sentence: _Sentence) -> Iterator[Span]:
    for hit in pattern.regexp.finditer(sentence.text):
        start, end = hit.span(1)
        yield sentence.start + start, sentence.start + end


def _unmet(rule: Rule, patterns: Sequence[Pattern]) -> str:
    """Return which condition of the rule the sentence does not meet; empty when it meets them."""
    for pattern in patterns:
        if pattern.part is Part.WITHOUT:
            return f"without: {pattern.phrase}"
    if rule.with_ and not any(pattern.part is Part.WITH for pattern in patterns):
        return f"with: {' | '.join(rule.with_)}"
    return ""


def _spoken(rule: Rule, sentence: _Sentence, span: Span) -> str:
    if rule.speech or not any(start <= span[0] and span[1] <= end for start, end in sentence.quotes):
        return ""
    return "in a quote"


def _hidden_conditions(patterns: Sequence[Pattern], sentence: _Sentence) -> str:
    """Return the id of a rule that hides the conditions of a rule; empty where one of them is left."""
    covers = [
        _cover(span, sentence.hidden)
        for pattern in patterns
        if pattern.part is Part.WITH
        for span in _spans(pattern, sentence)
    ]
    return covers[0] if covers and all(covers) else ""


def _hidden(
    rule: Rule, document: Document, sentence: _Sentence, found: Sequence[Finding]
) -> Iterator[tuple[Span, str]]:
    """Yield the spans that the finds of a rule hide."""
    for finding in found:
        if rule.hide is None or finding.dropped:
            continue
        span = (finding.match.evidence.start, finding.match.evidence.end)
        if rule.hide is Hide.SENTENCE:
            span = (sentence.start, sentence.end)
        elif rule.hide is Hide.CLAUSE:
            span = _clause(document.text, sentence, span)
        elif rule.hide is Hide.REST:
            span = (span[0], _clause(document.text, sentence, span)[1])
        yield span, rule.id


def _clause(text: str, sentence: _Sentence, span: Span) -> Span:
    """Return the span widened to the marks that part clauses on either side."""
    before = [mark.end() for mark in _CLAUSE_MARK.finditer(text, sentence.start, span[0] + 1)]
    after = _CLAUSE_MARK.search(text, span[1], sentence.end)
    return (before[-1] if before else sentence.start, after.start() if after else sentence.end)


def _cover(span: Span, hidden: Sequence[tuple[Span, str]]) -> str:
    """Return the id of the rule that hides some of the span; empty when none does."""
    return next((rule for (start, end), rule in hidden if span[0] < end and start < span[1]), "")
