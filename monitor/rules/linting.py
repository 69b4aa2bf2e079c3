"""Says which rules of a file can never fire, are subsumed by others, or are covered by no inline test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.model import ZoneKind
from monitor.rules.compiler import CompiledRule, Part, Pattern, compile_rule_set
from monitor.rules.language import Loc, Rule, RuleFile
from monitor.rules.reading import read_sentences
from monitor.rules.samples import samples
from monitor.rules.zones import read_document


class Smell(StrEnum):
    """What a lint finding is about."""

    NEVER_FIRES = "never_fires"
    SUBSUMED = "subsumed"
    UNTESTED = "untested"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One remark on a rule file that compiles. `loc` leads to what it is about."""

    smell: Smell
    loc: Loc
    message: str


def lint(rule_file: RuleFile) -> tuple[LintFinding, ...]:
    """Return the remarks on a rule file: what never fires, what is subsumed, what is unused or untested.

    A phrase is called subsumed only when another phrase finds every text that it can match, as far as these
    can be listed; so the lint may miss some, and accuses none wrongly.

    Raises:
        RuleError: the rules do not compile.
    """
    rules = compile_rule_set(rule_file).rules
    return (
        *_unused_vocabularies(rule_file),
        *_idle(rule_file),
        *_blocked(rules, rule_file.vocabularies),
        *_subsumed(rules, rule_file.vocabularies),
        *_untested(rule_file),
    )


def _unused_vocabularies(rule_file: RuleFile) -> Iterator[LintFinding]:
    phrases = [phrase for rule in rule_file.rules for phrase in (*rule.any_, *rule.with_, *rule.without)]
    for name in rule_file.vocabularies:
        if not any(f"<{name}>" in phrase for phrase in phrases):
            yield LintFinding(Smell.UNUSED, ("vocabularies", name), f"no rule names <{name}>")


def _idle(rule_file: RuleFile) -> Iterator[LintFinding]:
    """Yield the rules that change no verdict however often they match."""
    needed = {name for rule in rule_file.rules for name in rule.needs}
    for number, rule in enumerate(rule_file.rules):
        weights = [rule.weight_in(zone) for zone in ZoneKind]
        if not any(weights) and not (rule.veto or rule.hide or rule.stage or rule.kind or rule.id in needed):
            message = f"rule {rule.id!r} has no weight and hides nothing: its matches change no verdict"
            yield LintFinding(Smell.NEVER_FIRES, ("rules", number, "id"), message)


def _blocked(
    rules: Sequence[CompiledRule], vocabularies: Mapping[str, Sequence[str]]
) -> Iterator[LintFinding]:
    """Yield the phrases that always bring along what their own rule does not want."""
    for number, compiled in enumerate(rules):
        unwanted = [pattern for pattern in compiled.patterns if pattern.part is Part.WITHOUT]
        for index, phrase in enumerate(compiled.rule.any_):
            blocker = _finds_all(unwanted, phrase, vocabularies)
            if blocker is not None:
                message = (
                    f"{phrase!r} never counts: it always holds {blocker.phrase!r}, which 'without' refuses"
                )
                yield LintFinding(Smell.NEVER_FIRES, ("rules", number, "any", index), message)


def _subsumed(
    rules: Sequence[CompiledRule], vocabularies: Mapping[str, Sequence[str]]
) -> Iterator[LintFinding]:
    """Yield the phrases whose every text another phrase of the same rule, or an equal rule, finds too."""
    for number, compiled in enumerate(rules):
        for index, phrase in enumerate(compiled.rule.any_):
            others = [
                pattern
                for other in rules
                if other is compiled or _covers(other.rule, compiled.rule)
                for pattern in other.patterns
                if pattern.part is Part.FIND and not (other is compiled and pattern.phrase == phrase)
            ]
            cover = _finds_all(others, phrase, vocabularies)
            if cover is not None:
                message = f"{phrase!r} adds nothing: {cover.phrase!r} finds all that it finds"
                yield LintFinding(Smell.SUBSUMED, ("rules", number, "any", index), message)


def _covers(one: Rule, other: Rule) -> bool:
    """Whether a match of `one` does at least what a match of `other` does, wherever that one looks."""
    if one.with_ or one.without or one.needs or one.hide is not other.hide or one.veto != other.veto:
        return False
    if other.stage or other.kind or other.speech:
        return False
    pairs = [(one.weight_in(zone), other.weight_in(zone)) for zone in ZoneKind]
    return all(mine is not None and mine == theirs for mine, theirs in pairs if theirs is not None)


def _finds_all(
    patterns: Sequence[Pattern], phrase: str, vocabularies: Mapping[str, Sequence[str]]
) -> Pattern | None:
    """Return a pattern that is in every text of the phrase; None when none is, or the texts are too many."""
    if not patterns:
        return None
    texts, complete = samples(phrase, vocabularies)
    if not complete:
        return None
    return next((p for p in patterns if all(p.regexp.search(text) is not None for text in texts)), None)


def _untested(rule_file: RuleFile) -> Iterator[LintFinding]:
    """Yield the rules that no inline test makes match."""
    rule_set = compile_rule_set(rule_file)
    tests = rule_file.tests
    cases = (*tests.must_match, *tests.must_not_match, *tests.known_misses, *tests.known_false_hits)
    matched = {
        finding.rule
        for case in cases
        for finding in read_sentences(rule_set, read_document(case.title, case.text), dropped=True)
    }
    for number, rule in enumerate(rule_file.rules):
        if number not in matched:
            message = f"no inline test makes rule {rule.id!r} match"
            yield LintFinding(Smell.UNTESTED, ("rules", number, "id"), message)
