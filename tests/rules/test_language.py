"""A rule file has one shape; what the shape cannot say is checked all at once."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from monitor.rules import RuleFile, check
from monitor.rules.linting import Smell, lint
from monitor.rules.testing import Outcome, run_tests

RULE: dict[str, Any] = {"id": "cuts", "weight": 4, "any": ["cut~ ..4 <jobs>"]}


def rule_file(*rules: dict[str, Any], **more: Any) -> RuleFile:
    data = {
        "rule_set": "layoffs",
        "threshold": 3,
        "vocabularies": {"jobs": ["job~"]},
        "rules": [*rules],
        **more,
    }
    return RuleFile.model_validate(data)


@pytest.mark.parametrize(
    ("change", "loc"),
    [
        ({"anny": ["x"]}, ("rules", 0, "anny")),
        ({"id": "Not An Id"}, ("rules", 0, "id")),
        ({"in": ["headline"]}, ("rules", 0, "in", 0)),
        ({"hide": "paragraph"}, ("rules", 0, "hide")),
        ({"stage": "maybe"}, ("rules", 0, "stage")),
    ],
)
def test_a_wrong_shape_names_its_place_and_not_its_content(
    change: dict[str, Any], loc: tuple[str | int, ...]
) -> None:
    with pytest.raises(ValidationError) as caught:
        rule_file({**RULE, **change})

    assert [error["loc"] for error in caught.value.errors()] == [loc]
    assert "cut~" not in str(caught.value)


def test_a_sound_file_has_no_mistakes() -> None:
    assert check(rule_file(RULE)) == ()


def test_all_mistakes_are_told_with_place_offset_and_fix() -> None:
    bad = rule_file(
        {"id": "a", "any": ["cut (jobs"]},
        {"id": "a", "any": ["cut <job>"]},
        {"id": "c"},
        {"id": "d", "regex": ["a(?=b)"]},
        {"id": "e", "any": ["x"], "needs": ["cc"]},
        {"id": "f", "any": ["x"], "in": ["title"], "weight": {"lead": 1}},
        vocabularies={"jobs": ["job~", "(job"], "number": ["one"]},
    )

    told = [(m.loc, m.offset) for m in check(bad)]

    assert told == [
        (("vocabularies", "jobs", 1), 0),
        (("vocabularies", "number"), 0),
        (("rules", 0, "any", 0), 4),
        (("rules", 1, "id"), 0),
        (("rules", 1, "any", 0), 5),
        (("rules", 2, "id"), 0),
        (("rules", 3, "regex", 0), 1),
        (("rules", 4, "needs", 0), 0),
        (("rules", 5, "weight", "lead"), 0),
    ]
    assert all(mistake.message and mistake.fix for mistake in check(bad))


def test_inline_tests_report_what_differs() -> None:
    report = run_tests(
        rule_file(
            RULE,
            tests={
                "must_match": [{"text": "Acme cut jobs."}, {"text": "Acme sold anvils."}],
                "must_not_match": [{"text": "Acme sold anvils."}],
                "known_misses": [{"text": "Acme trims staff."}, {"text": "Acme cut jobs."}],
                "known_false_hits": [{"text": "The film cut jobs short."}],
            },
        )
    )

    assert [result.outcome for result in report.results] == [
        Outcome.PASSED, Outcome.FAILED, Outcome.PASSED, Outcome.KNOWN, Outcome.PAID, Outcome.KNOWN
    ]  # fmt: skip
    assert not report.passed
    assert list(report.lines())[:3] == [
        "tests.must_match.1 (failed): Acme sold anvils.",
        "  - announced",
        "  + not announced (no_rule, 0 of 3)",
    ]
    assert list(report.lines())[-1] == "layoffs: 6 tests: 2 passed, 1 failed, 2 known, 1 paid"


def test_debts_fail_no_run() -> None:
    assert run_tests(rule_file(RULE, tests={"known_misses": [{"text": "Acme trims staff."}]})).passed


def test_the_lint_says_what_never_fires_is_subsumed_unused_or_untested() -> None:
    told = lint(
        rule_file(
            {"id": "cuts", "weight": 4, "any": ["(cut|slash)~ ..4 jobs", "cuts jobs"]},
            {"id": "idle", "any": ["anvils"]},
            {"id": "blocked", "weight": 1, "any": ["cut jobs"], "without": ["jobs"]},
            tests={"must_match": [{"text": "Acme cut jobs."}]},
        )
    )

    assert [(finding.smell, finding.loc) for finding in told] == [
        (Smell.UNUSED, ("vocabularies", "jobs")),
        (Smell.NEVER_FIRES, ("rules", 1, "id")),
        (Smell.NEVER_FIRES, ("rules", 2, "any", 0)),
        (Smell.SUBSUMED, ("rules", 0, "any", 1)),
        (Smell.UNTESTED, ("rules", 1, "id")),
    ]
