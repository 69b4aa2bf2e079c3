"""The shipped rule set compiles, passes its own tests and has nothing for the lint to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console
from ruamel.yaml import YAML

from monitor.rules import Classifier, RuleFile, check, compile_rules, read_document
from monitor.rules.explaining import explain
from monitor.rules.linting import lint
from monitor.rules.rendering import render_explanation
from monitor.rules.samples import samples
from monitor.rules.testing import run_tests
from monitor.rules.words import WordIndex

SHIPPED = Path(__file__).parents[2] / "config" / "rules" / "layoffs.yaml"


@pytest.fixture(scope="module")
def rule_file() -> RuleFile:
    return RuleFile.model_validate(YAML(typ="safe", pure=True).load(SHIPPED))


@pytest.fixture(scope="module")
def classifier(rule_file: RuleFile) -> Classifier:
    return compile_rules([rule_file])


def test_the_shipped_rules_have_no_mistakes(rule_file: RuleFile) -> None:
    assert check(rule_file) == ()


def test_the_shipped_rules_pass_their_inline_tests(rule_file: RuleFile) -> None:
    report = run_tests(rule_file)

    assert report.passed, "\n".join(report.lines())


def test_the_shipped_rules_are_clean_to_the_lint(rule_file: RuleFile) -> None:
    assert lint(rule_file) == ()


def test_most_news_is_settled_by_the_first_pass(classifier: Classifier) -> None:
    news = "Acme names Jane Doe its chief executive. Revenue rose 4 percent."

    assert classifier.judge("", news)[0].zones == ()


@pytest.mark.parametrize(
    "text",
    [
        "The playoffs open on Saturday.",
        "His coach told critics to lay off the criticism.",
        "The train was laid off-track.",
        "Acme cut its stake in Apex to 4 percent and will buy back shares.",
        "Acme will cut oil output and prices.",
        "Acme's finance chief is leaving the company.",
    ],
)
def test_idioms_and_other_cuts_are_no_announcements(classifier: Classifier, text: str) -> None:
    assert not classifier.verdict(read_document(text.rstrip("."), text), "layoffs").announced


def test_an_explanation_can_be_shown(classifier: Classifier) -> None:
    told = explain(
        classifier, read_document("Acme cuts jobs", "Acme, which had cut 90 jobs, cut 50 more jobs.")
    )[0]
    console = Console(width=100, record=True, quiet=True)

    console.print(render_explanation(told))

    assert told.verdict.announced


def test_no_phrase_matches_without_the_words_it_is_looked_for_by(rule_file: RuleFile) -> None:
    index = WordIndex(dict(enumerate(rule_file.rules)), rule_file.vocabularies)
    for number, rule in enumerate(rule_file.rules):
        for phrase in rule.any_:
            for text in samples(phrase, rule_file.vocabularies)[0]:
                assert number in index.rules_in(text.encode(), unmet=True), phrase
