"""The rule files of a configuration folder: rule sets, and what overlays make of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.config.folder import FolderReader
from monitor.config.problems import ConfigError, Problem
from monitor.config.source import Source
from monitor.config.validate import did_you_mean
from monitor.rules import Classifier, RuleError, compile_rules
from monitor.rules.language import Mistake, RuleFile, check
from monitor.rules.overlay import Overlay, check_overlay, overlaid
from monitor.rules.salvage import phrase_mistakes


@dataclass(frozen=True, slots=True)
class Rulebook:
    """`sets` are the rule sets as they are in force, with their overlays.

    `files` are the rules that the tests of each file are about: those of a rule set without its overlays,
    those of an overlay as they are in force.
    """

    sets: tuple[RuleFile, ...]
    files: tuple[tuple[RuleFile, Source], ...]


def read_rules(reader: FolderReader, folder: Path) -> Rulebook:
    """Return the rules of a configuration folder; what is wrong in them goes to the reader's problems."""
    bases: list[tuple[RuleFile, Source]] = []
    overlays: list[tuple[Overlay, Source]] = []
    for source in reader.sources(folder / "rules"):
        if isinstance(source.data, dict) and "extends" in source.data:
            if overlay := reader.validated(source, Overlay):
                overlays.append((overlay, source))
        elif rules := reader.validated(source, RuleFile):
            bases.append((rules, source))
            reader.problems.extend(_placed(source, check(rules)))
        else:
            reader.problems.extend(_placed(source, phrase_mistakes(source.data)))
    _refuse_twins(reader, bases)
    sets = {rules.rule_set: rules for rules, _ in bases}
    for overlay, source in overlays:
        if overlay.extends not in sets:
            remedy = did_you_mean(overlay.extends, sorted(sets))
            message = f"there is no rule set '{overlay.extends}'"
            reader.problems.append(source.problem(("extends",), message, remedy))
            continue
        reader.problems.extend(_placed(source, check_overlay(sets[overlay.extends], overlay)))
        sets[overlay.extends] = overlaid(sets[overlay.extends], overlay)
    tested = [
        (sets[overlay.extends].model_copy(update={"tests": overlay.tests}), source)
        for overlay, source in overlays
        if overlay.extends in sets
    ]
    return Rulebook(tuple(sets.values()), (*bases, *tested))


def _refuse_twins(reader: FolderReader, bases: Sequence[tuple[RuleFile, Source]]) -> None:
    first: dict[str, Path] = {}
    for rules, source in bases:
        if rules.rule_set in first:
            message = f"another file has the rule set '{rules.rule_set}'"
            remedy = f"rename it, or write 'extends: {rules.rule_set}' to change that of "
            remedy += first[rules.rule_set].name
            reader.problems.append(source.problem(("rule_set",), message, remedy))
        first[rules.rule_set] = source.path


def _placed(source: Source, mistakes: Iterable[Mistake]) -> list[Problem]:
    return [
        source.problem(mistake.loc, mistake.message, mistake.fix, offset=mistake.offset)
        for mistake in mistakes
    ]


def load_rules(folder: Path) -> Rulebook:
    """Return the rules of a configuration folder.

    Raises:
        ConfigError: with every mistake in every rule file.
    """
    reader = FolderReader()
    rulebook = read_rules(reader, folder)
    if reader.problems:
        raise ConfigError(reader.problems)
    return rulebook


def compiled(rules: Sequence[RuleFile]) -> Classifier:
    """Return the classifier of checked rules.

    Raises:
        ConfigError: the rules are too large for RE2.
    """
    try:
        return compile_rules(rules)
    except RuleError as error:
        raise ConfigError([Problem(Path("rules"), 1, 1, str(error))]) from error
