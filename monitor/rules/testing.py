"""Runs the inline tests of a rule file and reports the results as data and as diff-like lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.model import Verdict
from monitor.rules.classifier import Classifier, compile_rules
from monitor.rules.language import Case, Loc, RuleFile
from monitor.rules.zones import read_document


class Outcome(StrEnum):
    """What became of an inline test."""

    PASSED = "passed"
    FAILED = "failed"
    KNOWN = "known"
    """A recorded debt that is still owed: it does not fail the run."""
    PAID = "paid"
    """A recorded debt that now comes right: move it to must_match or must_not_match."""


@dataclass(frozen=True, slots=True)
class TestResult:
    """One inline test. `loc` leads to it in the file; `wanted` and `got` are equal when it came right."""

    __test__ = False

    loc: Loc
    case: Case
    outcome: Outcome
    wanted: str
    got: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TestReport:
    """All inline tests of a rule set, in the order of the file."""

    __test__ = False

    rule_set: str
    results: tuple[TestResult, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing failed. Debts, owed or paid, fail nothing."""
        return not any(result.outcome is Outcome.FAILED for result in self.results)

    def count(self, outcome: Outcome) -> int:
        """Return how many tests have an outcome."""
        return sum(result.outcome is outcome for result in self.results)

    def lines(self) -> Iterator[str]:
        """Yield the report as text: what differs as a diff, then one line of totals."""
        for result in self.results:
            if result.outcome is not Outcome.PASSED:
                yield from _difference(result)
        counts = ", ".join(f"{self.count(outcome)} {outcome.value}" for outcome in Outcome)
        yield f"{self.rule_set}: {len(self.results)} tests: {counts}"


def run_tests(rule_file: RuleFile) -> TestReport:
    """Return the results of the inline tests of one rule file.

    Raises:
        RuleError: the rules do not compile.
    """
    return TestReport(rule_file.rule_set, tuple(_results(rule_file, compile_rules([rule_file]))))


def _results(rule_file: RuleFile, classifier: Classifier) -> Iterator[TestResult]:
    tests = rule_file.tests
    lists: Sequence[tuple[str, tuple[Case, ...], bool, bool]] = (
        ("must_match", tests.must_match, True, False),
        ("must_not_match", tests.must_not_match, False, False),
        ("known_misses", tests.known_misses, True, True),
        ("known_false_hits", tests.known_false_hits, False, True),
    )
    for name, cases, announced, debt in lists:
        for number, case in enumerate(cases):
            document = read_document(case.title, case.text)
            verdict = classifier.verdict(document, rule_file.rule_set)
            wanted, got = _wanted(case, announced=announced), _got(case, verdict)
            right = wanted == got
            outcome = (Outcome.PAID if right else Outcome.KNOWN) if debt else _plain_outcome(right=right)
            yield TestResult(("tests", name, number), case, outcome, wanted, got, verdict)


def _plain_outcome(*, right: bool) -> Outcome:
    return Outcome.PASSED if right else Outcome.FAILED


def _wanted(case: Case, *, announced: bool) -> str:
    words = ["announced" if announced else "not announced"]
    words += [f"stage {case.stage.value}"] if case.stage else []
    words += [f"kind {case.kind.value}"] if case.kind else []
    return ", ".join(words)


def _got(case: Case, verdict: Verdict) -> str:
    """Return the verdict in the words of `_wanted`, as far as the case asks."""
    words = ["announced" if verdict.announced else "not announced"]
    words += [f"stage {verdict.stage.value if verdict.stage else 'none'}"] if case.stage else []
    words += [f"kind {verdict.kind.value if verdict.kind else 'none'}"] if case.kind else []
    return ", ".join(words)


def _difference(result: TestResult) -> Iterator[str]:
    told = " ".join(f"{result.case.title} {result.case.text}".split())
    yield f"{'.'.join(map(str, result.loc))} ({result.outcome.value}): {told[:90]}{'…' if told[90:] else ''}"
    if result.outcome is Outcome.PAID:
        yield f"  = {result.got}: no longer a debt"
        return
    verdict = result.verdict
    yield f"  - {result.wanted}"
    yield f"  + {result.got} ({verdict.reason.value}, {verdict.score:g} of {verdict.threshold:g})"
    for match in verdict.matches:
        yield f"      {match.weight:+g} {match.rule} in {match.zone.value}: {match.evidence.text!r}"
