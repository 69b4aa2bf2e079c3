"""Rule files to RE2: the patterns of a rule set, and the sets that find all of them in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import re2

from monitor.model import ZoneKind
from monitor.rules.language import Mistake, Rule, RuleFile, check, compiled, options
from monitor.rules.phrases import compile_phrase
from monitor.rules.words import WordIndex

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


class PatternSet:
    """Patterns that one RE2 pass over a text finds together; compiled when a text first needs them.

    Compiling takes up to 50 ms a set, and most of the sets of a rule file are for texts that are rare.
    """

    def __init__(self, sources: Sequence[str]) -> None:
        self.sources = tuple(sources)

    def __call__(self, text: str | bytes) -> Sequence[int]:
        """Return the indices of the patterns that are in the text (UTF-8 where it is bytes)."""
        found: Sequence[int] | None = self._set.Match(text)
        return found or ()

    @cached_property
    def _set(self) -> re2.Set:
        chosen = options()
        chosen.max_mem = SET_MEMORY
        found = re2.Set.SearchSet(chosen)
        for source in self.sources:
            found.Add(source)
        found.Compile()
        return found


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One rule; `present` finds which of its `patterns` are in a sentence.

    `gate` finds whether it may match in a text that is not in sentences; only rules that can speak for the
    topic have patterns there. `weights` are those of the zones in which it looks; `alone` are those of them
    where it matters even in a sentence in which nothing speaks for the topic; `skipped` are those of which it
    looks at nothing.

    Each rule has a set of its own: the states of one automaton for all rules multiply, those of many add up
    (measured on newswire stories that none of them had seen: 17 ms a story for one set, 0.5 ms for one set a
    rule).
    """

    number: int
    rule: Rule
    patterns: tuple[Pattern, ...]
    present: PatternSet
    gate: PatternSet
    weights: Mapping[ZoneKind, float]
    alone: frozenset[ZoneKind]
    skipped: frozenset[ZoneKind]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One compiled topic.

    `speakers` are the rules that can speak for it. `speaking` finds, by their words alone, those of them that
    may match in a text, `likely` those of all rules.
    """

    id: str
    threshold: float
    rules: tuple[CompiledRule, ...]
    speakers: frozenset[int]
    speaking: WordIndex
    likely: WordIndex


def compile_rule_set(rule_file: RuleFile) -> RuleSet:
    """Return the rule set of a file.

    Raises:
        RuleError: the file has mistakes that its shape does not show.
    """
    mistakes = check(rule_file)
    if mistakes:
        raise RuleError([(rule_file.rule_set, mistake) for mistake in mistakes])
    vocabularies = rule_file.vocabularies
    needed = frozenset(name for rule in rule_file.rules for name in rule.needs)
    rules = tuple(
        _compile_rule(number, rule, vocabularies, needed=rule.id in needed)
        for number, rule in enumerate(rule_file.rules)
    )
    every = dict(enumerate(rule_file.rules))
    supporting = {number: rule for number, rule in every.items() if rule.supports}
    return RuleSet(
        rule_file.rule_set,
        float(rule_file.threshold),
        rules,
        frozenset(supporting),
        WordIndex(supporting, vocabularies),
        WordIndex(every, vocabularies),
    )


def _compile_rule(
    number: int, rule: Rule, vocabularies: Mapping[str, Sequence[str]], *, needed: bool
) -> CompiledRule:
    patterns = [
        Pattern(part, phrase, compile_phrase(phrase, vocabularies))
        for part, phrases in ((Part.FIND, rule.any_), (Part.WITH, rule.with_), (Part.WITHOUT, rule.without))
        for phrase in phrases
    ]
    patterns += [Pattern(Part.FIND, raw, f"({raw})") for raw in rule.regex]
    present = PatternSet([pattern.source for pattern in patterns])
    anywhere = [compile_phrase(phrase, vocabularies, anywhere=True) for phrase in rule.any_]
    gate = PatternSet([*anywhere, *rule.regex] if rule.supports else ())
    weights = {zone: weight for zone in ZoneKind if (weight := rule.weight_in(zone)) is not None}
    alone = frozenset(zone for zone in weights if needed or rule.matters_alone(zone))
    skipped = frozenset(zone for zone in ZoneKind if rule.skips(zone))
    return CompiledRule(number, rule, tuple(patterns), present, gate, weights, alone, skipped)
