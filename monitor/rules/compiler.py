"""Rule files to RE2: the patterns of a rule set, and the sets that find all of them in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import re2

from monitor.model import ZoneKind
from monitor.rules.language import Mistake, Rule, RuleFile, check, compiled, options
from monitor.rules.phrases import compile_phrase

SET_MEMORY = 256 << 20  # bytes for all patterns of a pass: a set that runs out matches slowly


class RuleError(ValueError):
    """Rule files that cannot be compiled. `mistakes` holds all of them, with the rule set of each."""

    def __init__(self, mistakes: Sequence[tuple[str, Mistake]]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(f"{name} {m.loc}: {m.message} ({m.fix})" for name, m in self.mistakes))


class Part(StrEnum):
    """The list of a rule that a pattern is from."""

    FIND = "any"
    WITH = "with"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One phrase or regex of a rule. Group 1 is what it spans."""

    part: Part
    phrase: str
    source: str

    @property
    def regexp(self) -> re2._Regexp:
        """The pattern that locates spans: compiled when a text first needs it."""
        return compiled(self.source)


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One rule; `present` finds which of its `patterns` are in a sentence.

    Each rule has a set of its own: the states of one automaton for all rules multiply, those of many add up
    (measured on newswire sentences: 28 ms a story for one set, 0.5 ms for one set a rule).
    """

    number: int
    rule: Rule
    patterns: tuple[Pattern, ...]
    present: re2.Set


@dataclass(frozen=True, slots=True)
class Look:
    """A rule that looks in a zone, and the weight that it gives there."""

    compiled: CompiledRule
    weight: float


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One compiled topic.

    `gates` are the patterns that can speak for it, each with the index of its rule; `support` finds whether
    one of them is in a sentence. `looks` are the rules that look in each zone; `looks_alone` those of them
    that matter where nothing speaks for the topic.
    """

    id: str
    threshold: float
    rules: tuple[CompiledRule, ...]
    gates: tuple[tuple[int, str], ...]
    support: re2.Set
    looks: Mapping[ZoneKind, tuple[Look, ...]]
    looks_alone: Mapping[ZoneKind, tuple[Look, ...]]


def compile_rule_set(rule_file: RuleFile) -> RuleSet:
    """Return the rule set of a file.

    Raises:
        RuleError: the file has mistakes that its shape does not show.
    """
    mistakes = check(rule_file)
    if mistakes:
        raise RuleError([(rule_file.rule_set, mistake) for mistake in mistakes])
    vocabularies = rule_file.vocabularies
    rules = tuple(_compile_rule(number, rule, vocabularies) for number, rule in enumerate(rule_file.rules))
    gates = tuple(
        (number, gate)
        for number, rule in enumerate(rule_file.rules)
        if rule.supports
        for gate in (*(compile_phrase(p, vocabularies, anywhere=True) for p in rule.any_), *rule.regex)
    )
    support = compile_set([gate for _, gate in gates])
    looks = {zone: tuple(_looks(rules, zone)) for zone in ZoneKind}
    alone = {zone: tuple(k for k in looks[zone] if k.compiled.rule.matters_alone(zone)) for zone in ZoneKind}
    return RuleSet(rule_file.rule_set, float(rule_file.threshold), rules, gates, support, looks, alone)


def _looks(rules: Sequence[CompiledRule], zone: ZoneKind) -> Iterator[Look]:
    for compiled_rule in rules:
        weight = compiled_rule.rule.weight_in(zone)
        if weight is not None:
            yield Look(compiled_rule, weight)


def _compile_rule(number: int, rule: Rule, vocabularies: Mapping[str, Sequence[str]]) -> CompiledRule:
    patterns = [
        Pattern(part, phrase, compile_phrase(phrase, vocabularies))
        for part, phrases in ((Part.FIND, rule.any_), (Part.WITH, rule.with_), (Part.WITHOUT, rule.without))
        for phrase in phrases
    ]
    patterns += [Pattern(Part.FIND, raw, f"({raw})") for raw in rule.regex]
    present = compile_set([pattern.source for pattern in patterns])
    return CompiledRule(number, rule, tuple(patterns), present)


def compile_set(sources: Sequence[str]) -> re2.Set:
    """Return one set whose pass over a text finds the indices of all `sources` in it."""
    chosen = options()
    chosen.max_mem = SET_MEMORY
    found = re2.Set.SearchSet(chosen)
    for source in sources:
        found.Add(source)
    found.Compile()
    return found
