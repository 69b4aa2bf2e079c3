"""Words tell which rules may match: never too few, and seldom many."""

from __future__ import annotations

import pytest

from monitor.rules.language import Rule
from monitor.rules.words import WordIndex, needs

VOCABULARIES = {"jobs": ("(job|worker)~", "work force"), "cut": ("cut~", "let~ ..5 go")}


def index(**rule: object) -> WordIndex:
    return WordIndex({0: Rule.model_validate({"id": "a", **rule})}, VOCABULARIES)


@pytest.mark.parametrize(
    ("phrase", "text", "likely"),
    [
        ("<cut> ..3 <jobs>", "Acme cuts 50 jobs", True),
        ("<cut> ..3 <jobs>", "ACME CUTS 50 JOBS", True),
        ("<cut> ..3 <jobs>", "Acme lets workers go", True),
        ("<cut> ..3 <jobs>", "Acme cuts its work-force", True),
        ("<cut> ..3 <jobs>", "Acme cuts prices", False),
        ("<cut> ..3 <jobs>", "Acme lets workers in", False),
        ("<cut> ..3 <jobs>", "Acme shortcuts jobs", False),
        ("restructur* ..3 jobs", "Acme restructures its jobs", True),
        ("<number> (percent|%) of", "5% of it", True),
        ("co-operation talks", "Co-operation talks began", True),
        ("café jobs", "CAFÉ jobs", True),
        ("kiosk~ close", "\u212aio\u017fks close", True),
    ],
)
def test_a_phrase_is_likely_where_each_part_has_its_words(phrase: str, text: str, likely: bool) -> None:
    assert index(any=[phrase], weight=1).rules_in(text.encode()) == ({0} if likely else set())


def test_a_regex_may_match_anywhere() -> None:
    assert index(regex=["x+"], weight=1).rules_in(b"") == {0}


def test_a_condition_needs_its_words_unless_unmet_conditions_are_asked_for() -> None:
    hiding = index(any=["report"], hide="sentence", **{"with": ["last week"]})

    assert hiding.rules_in(b"A report of last week") == {0}
    assert hiding.rules_in(b"A report") == set()
    assert hiding.rules_in(b"A report", unmet=True) == {0}


def test_what_speaks_for_the_topic_is_likely_whatever_its_conditions() -> None:
    assert index(any=["report"], weight=1, **{"with": ["last week"]}).rules_in(b"A report") == {0}


def test_parts_that_tell_nothing_are_not_needed() -> None:
    assert needs("the <number> of cut* jobs", VOCABULARIES) == (frozenset({frozenset({b"jobs"})}),)
