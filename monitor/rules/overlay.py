"""What a team changes in a shipped rule set, in a file of its own: the shipped file stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from monitor.rules.language import Loc, Mistake, Name, Part, Rule, RuleFile, Tests, Text, check, nearest


class Overlay(Part):
    """Changes to the rule set `extends`.

    A vocabulary or rule of a known name takes the other's place, one of a new name is added behind; rules in
    `disable` are left out. `tests` hold for the rule set with all its overlays.
    """

    extends: Name
    about: str = ""
    threshold: Annotated[float, Field(gt=0, le=100)] | None = None
    vocabularies: dict[Name, tuple[Text, ...]] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    disable: tuple[Name, ...] = ()
    tests: Tests = Tests()


def overlaid(base: RuleFile, overlay: Overlay) -> RuleFile:
    """Return the rule set as an overlay has it. Its tests stay those of the base."""
    own = {rule.id: rule for rule in overlay.rules}
    kept = [own.pop(rule.id, rule) for rule in base.rules if rule.id not in overlay.disable]
    kept = [_without(overlay.disable, rule) for rule in kept]
    return base.model_copy(
        update={
            "threshold": overlay.threshold or base.threshold,
            "vocabularies": {**base.vocabularies, **overlay.vocabularies},
            "rules": (*kept, *own.values()),
        }
    )


def check_overlay(base: RuleFile, overlay: Overlay) -> Iterator[Mistake]:
    """Yield every mistake of an overlay, each with its place in the overlay's own file."""
    known = [rule.id for rule in base.rules]
    for number, name in enumerate(overlay.disable):
        if name not in known:
            message = f"{base.rule_set!r} has no rule {name!r} to disable"
            yield Mistake(("disable", number), 0, message, nearest(name, known))
    whole = overlaid(base, overlay)
    for mistake in check(whole):
        loc = _own_place(mistake.loc, whole.rules, overlay)
        if loc is not None:
            yield Mistake(loc, mistake.offset, mistake.message, mistake.fix)
    yield from _disabled_but_needed(base, overlay)


def _own_place(loc: Loc, rules: Sequence[Rule], overlay: Overlay) -> Loc | None:
    """Return where in the overlay a part of the whole stands; None if it is the base's."""
    if loc[0] == "vocabularies":
        return loc if loc[1] in overlay.vocabularies else None
    if loc[0] == "rules" and len(loc) > 1:
        rule = rules[int(loc[1])]
        places = (number for number, own in enumerate(overlay.rules) if own is rule)
        return next((("rules", number, *loc[2:]) for number in places), None)
    return None


def _without(disabled: Sequence[str], rule: Rule) -> Rule:
    """Return the rule as needing only what is left of the rules it needs."""
    if not set(disabled) & set(rule.needs):
        return rule
    return rule.model_copy(update={"needs": tuple(name for name in rule.needs if name not in disabled)})


def _disabled_but_needed(base: RuleFile, overlay: Overlay) -> Iterator[Mistake]:
    """Yield the disabled rules without which another can never count."""
    replaced = {*overlay.disable, *(rule.id for rule in overlay.rules)}
    for rule in base.rules:
        if rule.needs and rule.id not in replaced and set(rule.needs) <= set(overlay.disable):
            number = overlay.disable.index(rule.needs[0])
            message = f"without {rule.needs[0]!r} the rule {rule.id!r} can never count"
            yield Mistake(("disable", number), 0, message, f"disable {rule.id!r} too, or write it anew")
