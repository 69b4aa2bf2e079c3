"""Rule files to RE2: the patterns of a rule set, and the sets that find all of them in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import re2

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
    """One phrase or regex of a rule. `rule` is the index of the rule in its set; group 1 is what it spans."""

    rule: int
    part: Part
    phrase: str
    regexp: re2._Regexp


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One compiled topic. `everything` finds which of `patterns` are in a sentence."""

    id: str
    threshold: float
    rules: tuple[Rule, ...]
    patterns: tuple[Pattern, ...]
    everything: re2.Set
    gates: tuple[str, ...]


def compile_rule_set(rule_file: RuleFile) -> RuleSet:
    """Return the rule set of a file.

    Raises:
        RuleError: the file has mistakes that its shape does not show.
    """
    mistakes = check(rule_file)
    if mistakes:
        raise RuleError([(rule_file.rule_set, mistake) for mistake in mistakes])
    patterns: list[Pattern] = []
    gates: list[str] = []
    for number, rule in enumerate(rule_file.rules):
        for part, phrases in ((Part.FIND, rule.any_), (Part.WITH, rule.with_), (Part.WITHOUT, rule.without)):
            for phrase in phrases:
                source = compile_phrase(phrase, rule_file.vocabularies)
                patterns.append(Pattern(number, part, phrase, compiled(source)))
        patterns += [Pattern(number, Part.FIND, raw, compiled(f"({raw})")) for raw in rule.regex]
        if rule.supports:
            gates += [compile_phrase(phrase, rule_file.vocabularies, anywhere=True) for phrase in rule.any_]
            gates += rule.regex
    everything = compile_set([pattern.regexp.pattern for pattern in patterns])
    threshold = float(rule_file.threshold)
    return RuleSet(rule_file.rule_set, threshold, rule_file.rules, tuple(patterns), everything, tuple(gates))


def compile_set(sources: Sequence[str]) -> re2.Set:
    """Return one set whose pass over a text finds the indices of all `sources` in it."""
    chosen = options()
    chosen.max_mem = SET_MEMORY
    found = re2.Set.SearchSet(chosen)
    for source in sources:
        found.Add(source)
    found.Compile()
    return found
