"""The shape of a rule file, as pydantic models, and the check of what a shape cannot say.

`RuleFile.model_validate(data)` refuses unknown keys and wrong types with pydantic's own error locations;
`check(rule_file)` returns every mistake in phrases, regexes and references at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated

import re2
from pydantic import BaseModel, ConfigDict, Field

from monitor.model import Kind, Stage, ZoneKind
from monitor.rules.grammar import PhraseError
from monitor.rules.phrases import SLOTS, compile_phrase

# A phrase becomes escaped words and choices: RE2 can only refuse it for its size.
LARGE_PATTERN = 100_000
MAX_MEMORY = 64 << 20  # bytes that RE2 may use for one pattern
Loc = tuple[str | int, ...]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60, examples=["closes-plant"])]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Weight = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]


class RuleZone(StrEnum):
    """Zones that a rule may look at."""

    TITLE = "title"
    DATELINE = "dateline"
    OPENING = "opening"
    LEAD = "lead"
    BODY = "body"
    RELEASE = "release"
    BOILERPLATE = "boilerplate"


# The zone that a zone is a part of.
_WHOLE: Mapping[RuleZone, RuleZone] = {
    RuleZone.OPENING: RuleZone.LEAD,
    RuleZone.RELEASE: RuleZone.BODY,
}
_PARTS: Mapping[ZoneKind, tuple[RuleZone, ...]] = {
    ZoneKind(part.value): (part, whole) for part, whole in _WHOLE.items()
}


class Hide(StrEnum):
    """How much text a matching rule takes out of the sight of the rules that give weight."""

    PHRASE = "phrase"
    REST = "rest"
    CLAUSE = "clause"
    SENTENCE = "sentence"


class Part(BaseModel):
    """A part of a rule file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Rule(Part):
    """One piece of evidence.

    It matches in a sentence of one of its zones, and in none of those in `except`, when a phrase of `any`
    or a regex of `regex` is there, one of `with_` too (when given), and none of `without`. It then gives
    `weight` (its best zone counts, once an item), hides text from other rules (`hide`), or refuses the item
    whatever else is said (`veto`). Where it `needs` other rules, it counts only when one of them does.
    """

    id: Name
    about: str = ""
    weight: Weight | dict[RuleZone, Weight] = 0.0
    zones: tuple[RuleZone, ...] = Field((RuleZone.TITLE, RuleZone.LEAD, RuleZone.BODY), alias="in")
    except_: tuple[RuleZone, ...] = Field((), alias="except")
    any_: tuple[Text, ...] = Field((), alias="any")
    regex: tuple[Text, ...] = ()
    with_: tuple[Text, ...] = Field((), alias="with")
    without: tuple[Text, ...] = ()
    needs: tuple[Name, ...] = ()
    speech: bool = False
    hide: Hide | None = None
    veto: bool = False
    stage: Stage | None = None
    kind: Kind | None = None

    def weight_in(self, zone: ZoneKind) -> float | None:
        """Return the weight of a match in a zone; None where the rule does not look.

        The opening is part of the lead, and what a release tells below its lead is part of the body: what a
        rule does not say of them, it says of the whole.
        """
        named = _PARTS.get(zone) or tuple(own for own in RuleZone if own.value == zone.value)
        if self.skips(zone) or not any(own in self.zones for own in named):
            return None
        if isinstance(self.weight, float):
            return self.weight
        return next((self.weight[own] for own in named if own in self.weight), 0.0)

    def skips(self, zone: ZoneKind) -> bool:
        """Whether the rule looks at nothing that is in the zone, be it in another one as well."""
        return any(skipped.value == zone.value for skipped in self.except_)

    @cached_property
    def most(self) -> float:
        """The greatest weight that a match can give, not below 0."""
        return max(0.0, *(self.weight_in(zone) or 0.0 for zone in ZoneKind))

    @cached_property
    def most_below_lead(self) -> float:
        """The greatest weight that a match after the lead can give, not below 0."""
        below = (ZoneKind.BODY, ZoneKind.RELEASE, ZoneKind.BOILERPLATE)
        return max(0.0, *(self.weight_in(zone) or 0.0 for zone in below))

    @cached_property
    def supports(self) -> bool:
        """Whether a match can speak for an announcement."""
        return self.most > 0

    @cached_property
    def opposes(self) -> bool:
        """Whether a match can speak against an announcement."""
        return any((self.weight_in(zone) or 0.0) < 0 for zone in ZoneKind)

    def matters_alone(self, zone: ZoneKind) -> bool:
        """Whether a match in a zone changes the verdict even where nothing speaks for the topic."""
        weight = self.weight_in(zone)
        return weight is not None and bool(weight or self.veto or self.stage or self.kind)


class Case(Part):
    """One inline test: an item, and what its verdict has to say."""

    text: str
    title: str = ""
    stage: Stage | None = None
    kind: Kind | None = None
    why: str = ""


class Tests(Part):
    """Inline tests. The two known lists record debt: they are reported and do not fail."""

    must_match: tuple[Case, ...] = ()
    must_not_match: tuple[Case, ...] = ()
    known_misses: tuple[Case, ...] = ()
    known_false_hits: tuple[Case, ...] = ()


class RuleFile(Part):
    """One rule set: a topic with its vocabularies, rules and tests. `threshold` is the score to reach."""

    rule_set: Name
    about: str = ""
    threshold: Annotated[float, Field(gt=0, le=100)]
    vocabularies: dict[Name, tuple[Text, ...]] = Field(default_factory=dict)
    rules: tuple[Rule, ...]
    tests: Tests = Tests()


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a rule file that has the right shape.

    `loc` are the keys and indices that lead to the scalar, `offset` counts code points into it.
    """

    loc: Loc
    offset: int
    message: str
    fix: str


def check(rule_file: RuleFile) -> tuple[Mistake, ...]:
    """Return every mistake of a rule file in the order of the file; empty when it compiles."""
    return (*_empty(rule_file), *_vocabulary_mistakes(rule_file.vocabularies), *_rule_mistakes(rule_file))


def _empty(rule_file: RuleFile) -> Iterator[Mistake]:
    """Yield the lists that need an entry. A length in the shape would also accuse lists of broken entries."""
    if not rule_file.rules:
        yield Mistake(("rules",), 0, "there is no rule", "add one")
    for name, entries in rule_file.vocabularies.items():
        if not entries:
            yield Mistake(
                ("vocabularies", name), 0, f"vocabulary {name!r} is empty", "add a word or remove it"
            )
    for number, rule in enumerate(rule_file.rules):
        if not rule.zones:
            yield Mistake(("rules", number, "in"), 0, "the rule looks nowhere", "name a zone or remove 'in'")


def _vocabulary_mistakes(vocabularies: Mapping[str, tuple[str, ...]]) -> Iterator[Mistake]:
    for name, entries in vocabularies.items():
        if name in SLOTS:
            yield Mistake(
                ("vocabularies", name), 0, f"{name!r} is a slot of the language", "choose another name"
            )
        for number, entry in enumerate(entries):
            yield from _phrase_mistakes(entry, {}, ("vocabularies", name, number))


def _rule_mistakes(rule_file: RuleFile) -> Iterator[Mistake]:
    seen: set[str] = set()
    broken = {m.loc[1] for m in _vocabulary_mistakes(rule_file.vocabularies)}
    # A broken vocabulary is reported once, where it stands, not in every phrase that names it.
    vocabularies = {n: ("x",) if n in broken else e for n, e in rule_file.vocabularies.items()}
    names = [rule.id for rule in rule_file.rules]
    for number, rule in enumerate(rule_file.rules):
        loc: Loc = ("rules", number)
        if rule.id in seen:
            yield Mistake((*loc, "id"), 0, f"another rule is called {rule.id!r}", "give each rule its own id")
        seen.add(rule.id)
        if not rule.any_ and not rule.regex:
            yield Mistake((*loc, "id"), 0, f"rule {rule.id!r} has nothing to find", "add 'any' or 'regex'")
        yield from _zone_mistakes(rule, loc)
        for key, phrases in (("any", rule.any_), ("with", rule.with_), ("without", rule.without)):
            for index, phrase in enumerate(phrases):
                yield from _phrase_mistakes(phrase, vocabularies, (*loc, key, index))
        for index, name in enumerate(rule.needs):
            if name not in names or name == rule.id:
                yield Mistake(
                    (*loc, "needs", index), 0, f"no other rule is called {name!r}", nearest(name, names)
                )
        for index, source in enumerate(rule.regex):
            yield from _regex_mistakes(source, (*loc, "regex", index))


def nearest(name: str, names: Sequence[str]) -> str:
    """Return the remedy for a name that is no rule's."""
    close = get_close_matches(name, names, n=1)
    return f"did you mean {close[0]!r}?" if close else "name a rule of this file"


def _zone_mistakes(rule: Rule, loc: Loc) -> Iterator[Mistake]:
    if isinstance(rule.weight, dict):
        for zone in rule.weight:
            if zone not in rule.zones and _WHOLE.get(zone) not in rule.zones:
                message = f"a weight for zone {zone.value!r}, where the rule does not look"
                yield Mistake(
                    (*loc, "weight", zone.value), 0, message, "add the zone to 'in', or remove it here"
                )


def _phrase_mistakes(phrase: str, vocabularies: Mapping[str, tuple[str, ...]], loc: Loc) -> Iterator[Mistake]:
    try:
        source = compile_phrase(phrase, vocabularies)
    except PhraseError as error:
        yield Mistake(loc, error.offset, error.message, error.fix)
    else:
        if len(source) > LARGE_PATTERN:
            yield from _regex_mistakes(source, loc)


def _regex_mistakes(source: str, loc: Loc) -> Iterator[Mistake]:
    try:
        compiled(source)
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error.args[0])
        offending = reason.rpartition(": ")[2]
        yield Mistake(
            loc, max(0, source.find(offending)), f"RE2 refuses this: {reason}", "see the RE2 syntax page"
        )


def options() -> re2.Options:
    """Return the options that every pattern is compiled with: no output, and room for large patterns."""
    chosen = re2.Options()
    chosen.log_errors = False
    chosen.max_mem = MAX_MEMORY
    return chosen


@lru_cache(maxsize=4096)
def compiled(source: str) -> re2._Regexp:
    """Return a compiled RE2 pattern; the same one for the same source, for compiling takes milliseconds.

    Raises:
        re2.error: RE2 does not take the pattern.
    """
    return re2.compile(source, options=options())
