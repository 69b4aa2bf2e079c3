"""Says of a document, for every rule set, whether it announces the topic, and by what evidence.

A first pass over the raw text settles the vast majority: where no pattern speaks for a topic, or those that
do could not reach the threshold together, the item is not even cut into zones. Often the words alone say
so. What is left is read sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from monitor.model import Document, Match, Reason, Verdict, ZoneKind
from monitor.rules.compiler import RuleError, RuleSet, compile_rule_set
from monitor.rules.language import Mistake, Rule, RuleFile
from monitor.rules.reading import Finding, read_sentences
from monitor.rules.zones import joined, read_document

_HEAD = (ZoneKind.TITLE, ZoneKind.DATELINE, ZoneKind.LEAD)


class Classifier:
    """Compiled rule sets. Immutable: share it between threads, replace it to change rules."""

    def __init__(self, rule_sets: Sequence[RuleSet]) -> None:
        self.rule_sets = tuple(rule_sets)

    def judge(self, title: str, text: str) -> tuple[Document, tuple[Verdict, ...]]:
        """Return an item as a document, and its verdicts as `classify` gives them.

        Where nothing in the text could reach a threshold, its words have settled the item: it is not cut into
        zones, and its document has none.
        """
        whole = joined(title, text)
        heard = [_heard(rule_set, whole) for rule_set in self.rule_sets]
        if any(_reaches(rule_set, rules) for rule_set, rules in zip(self.rule_sets, heard, strict=True)):
            document = read_document(title, text)
            return document, self._verdicts(document, heard)
        return Document(whole, ()), tuple(map(_unread, self.rule_sets, heard))

    def classify(self, document: Document) -> tuple[Verdict, ...]:
        """Return one verdict per rule set, in the order in which they were given.

        An item that cannot reach a threshold is not read: its verdict is BELOW_THRESHOLD without matches, or
        NO_RULE. `monitor.rules.explaining.explain` reads it all the same.
        """
        return self._verdicts(document, [_heard(rule_set, document.text) for rule_set in self.rule_sets])

    def _verdicts(self, document: Document, heard: Sequence[Set[int]]) -> tuple[Verdict, ...]:
        """Return the verdicts on a document, given what `_heard` returns of it by rule set."""
        end = max((zone.end for zone in document.spans(*_HEAD)), default=0)
        head = document.text[:end].encode()
        return tuple(
            decide(rule_set, read_sentences(rule_set, document))
            if _reaches(rule_set, rules) and _reaches(rule_set, rules, head)
            else _unread(rule_set, rules)
            for rule_set, rules in zip(self.rule_sets, heard, strict=True)
        )

    def verdict(self, document: Document, rule_set: str) -> Verdict:
        """Return the verdict of one rule set.

        Raises:
            KeyError: there is no such rule set.
        """
        return next(v for v in self.classify(document) if v.rule_set == self.rule_set(rule_set).id)

    def rule_set(self, name: str) -> RuleSet:
        """Return a rule set by its id.

        Raises:
            KeyError: there is no such rule set.
        """
        for rule_set in self.rule_sets:
            if rule_set.id == name:
                return rule_set
        raise KeyError(name)


def compile_rules(files: Iterable[RuleFile]) -> Classifier:
    """Return the classifier of some rule files, one rule set each.

    Raises:
        RuleError: a file has mistakes, or two have the same rule set; all of them are in it.
    """
    rule_sets: list[RuleSet] = []
    mistakes: list[tuple[str, Mistake]] = []
    seen: set[str] = set()
    for file in files:
        if file.rule_set in seen:
            again = Mistake(("rule_set",), 0, f"another file has rule set {file.rule_set!r}", "rename one")
            mistakes.append((file.rule_set, again))
        seen.add(file.rule_set)
        try:
            rule_sets.append(compile_rule_set(file))
        except RuleError as error:
            mistakes += error.mistakes
    if mistakes:
        raise RuleError(mistakes)
    return Classifier(rule_sets)


def _heard(rule_set: RuleSet, text: str) -> set[int]:
    """Return the rules of which a supporting pattern is in a text; where they cannot reach, one will do.

    The heaviest are asked first: without them the rest cannot reach, and need not be asked.
    """
    encoded = text.encode()
    rest = sorted(rule_set.speaking.rules_in(encoded), key=lambda number: rule_set.rules[number].rule.most)
    most = sum(rule_set.rules[number].rule.most for number in rest)
    present: set[int] = set()
    while rest and (most >= rule_set.threshold or not present):
        number = rest.pop(-1 if most >= rule_set.threshold else 0)
        if rule_set.rules[number].gate(encoded):
            present.add(number)
        else:
            most -= rule_set.rules[number].rule.most
    return present


def _reaches(rule_set: RuleSet, rules: Iterable[int], head: bytes | None = None) -> bool:
    """Whether rules could add up to the threshold, given the head of the item where they weigh most."""
    told = (rule_set.rules[number] for number in rules)
    most = sum(
        each.rule.most if head is None or each.gate(head) else each.rule.most_below_lead for each in told
    )
    return most >= rule_set.threshold


def _unread(rule_set: RuleSet, heard: Set[int]) -> Verdict:
    """Return the verdict on a text of which the rules that may match cannot reach the threshold."""
    reason = Reason.BELOW_THRESHOLD if heard else Reason.NO_RULE
    return Verdict(rule_set.id, reason, 0.0, rule_set.threshold)


def decide(rule_set: RuleSet, findings: Sequence[Finding]) -> Verdict:
    """Return the verdict on what was found: vetoes first, then the sum of each rule's best match.

    Stage and kind are those of the first counting rule that names one: rules of weight 0 go first, they only
    mark; then the heaviest; among equals the first in the file. What speaks against an announcement says
    nothing of how it is made.
    """
    best = best_findings(rule_set, findings)
    matches = tuple(finding.match for finding in sorted(best.values(), key=lambda f: f.match.evidence.start))
    score = sum(match.weight for match in matches)
    reason = _reason(rule_set, [rule_set.rules[number].rule for number in best], matches, score)
    told = reason is Reason.ANNOUNCED
    marks = sorted(
        (number for number in best if not (told and rule_set.rules[number].rule.opposes)),
        key=lambda number: (best[number].match.weight != 0, -abs(best[number].match.weight), number),
    )
    rules = [rule_set.rules[number].rule for number in marks]
    return Verdict(
        rule_set=rule_set.id,
        reason=reason,
        score=score,
        threshold=rule_set.threshold,
        stage=next((rule.stage for rule in rules if rule.stage), None),
        kind=next((rule.kind for rule in rules if rule.kind), None),
        matches=matches,
    )


def best_findings(rule_set: RuleSet, findings: Sequence[Finding]) -> dict[int, Finding]:
    """Return what counts, by rule: nothing that was dropped, a rule once, and the same words once.

    A rule that needs another takes no words from the rest where the other does not count.
    """
    best = _heaviest(findings)
    while unmet := _unmet(rule_set, best):
        findings = [finding for finding in findings if finding.rule not in unmet]
        best = _heaviest(findings)
    return best


def _heaviest(findings: Sequence[Finding]) -> dict[int, Finding]:
    """Return the find of most weight, then the next that overlaps none of its sign, and so on."""
    best: dict[int, Finding] = {}
    taken: list[Match] = []
    for finding in sorted(findings, key=lambda finding: -abs(finding.match.weight)):
        match = finding.match
        if finding.dropped or finding.rule in best or any(_shares_words(match, other) for other in taken):
            continue
        best[finding.rule] = finding
        if match.weight:
            taken.append(match)
    return best


def _unmet(rule_set: RuleSet, best: Mapping[int, Finding]) -> frozenset[int]:
    """Return the rules that count without any of those that they need."""
    names = {finding.match.rule for finding in best.values()}
    needs = {number: rule_set.rules[number].rule.needs for number in best}
    return frozenset(number for number, needed in needs.items() if needed and names.isdisjoint(needed))


def _shares_words(one: Match, other: Match) -> bool:
    overlap = one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end
    return overlap and one.weight * other.weight > 0


def _reason(rule_set: RuleSet, rules: Sequence[Rule], matches: Sequence[Match], score: float) -> Reason:
    if not any(match.weight > 0 for match in matches):
        return Reason.NO_RULE
    if any(rule.veto for rule in rules):
        return Reason.VETOED
    return Reason.ANNOUNCED if score >= rule_set.threshold else Reason.BELOW_THRESHOLD
