from __future__ import annotations

from typing import Any

import pytest

from monitor.app.classify import UnreadableLineError
from monitor.app.scoring import read_labels, same_company, score

LABEL: dict[str, Any] = {
    "id": "a",
    "layoff": True,
    "company": "IEC Electronics Corp.",
    "headcount_min": 73,
    "headcount_max": 73,
    "percent": None,
    "locations": ["Newark, NY, US"],
}
RECORD: dict[str, Any] = {
    "id": "a",
    "layoff": True,
    "reason": "announced",
    "company": "IEC Electronics",
    "headcount": {"min": 73, "max": 73, "approximate": True},
    "percent": None,
    "locations": [{"city": "Newark", "region": "NY", "country": "US"}],
    "rules": ["announces-cuts"],
}


def test_a_right_record_has_no_errors_and_full_marks() -> None:
    result = score([LABEL], {"a": RECORD})
    assert result.errors == []
    figures = result.figures
    assert [
        figures[name] for name in ("precision", "recall", "headcount", "company", "place_f1", "alert")
    ] == [1] * 6


def test_each_wrong_fact_is_an_error_with_the_rules_that_led_to_it() -> None:
    wrong = RECORD | {"headcount": {"min": 37, "max": 37}, "locations": [{"country": "DE"}]}
    result = score([LABEL], {"a": wrong})
    assert [error.what for error in result.errors] == ["headcount", "places"]
    assert "announced: announces-cuts" in str(result.errors[0])
    assert result.figures["alert"] == 0


def test_an_item_without_a_record_counts_as_missed() -> None:
    result = score([LABEL], {})
    assert [error.what for error in result.errors] == ["missed"]
    assert (result.figures["recall"], result.figures["headcount"]) == (0, 0)


def test_false_alarms_are_told_per_thousand() -> None:
    labels = [{"id": str(n), "layoff": False} for n in range(4)]
    result = score(labels, {"1": RECORD})
    assert result.figures["false_per_1000"] == 250
    assert [error.what for error in result.errors] == ["false alarm"]


def test_an_open_ended_number_must_have_both_ends_right_for_its_range() -> None:
    label = LABEL | {"headcount_max": None}
    figures = score([label], {"a": RECORD}).figures
    assert (figures["headcount"], figures["headcount_range"]) == (1, 0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("IEC Electronics Corp.", "IEC Electronics", True),
        ("Nestlé S.A.", "Nestle", True),
        ("The Boeing Company", "Boeing's", True),
        ("Ford", "General Motors", False),
    ],
)
def test_companies_are_the_same_but_for_legal_forms(one: str, other: str, same: bool) -> None:
    assert same_company(one, other) is same


def test_a_line_that_is_no_label_is_named() -> None:
    with pytest.raises(UnreadableLineError, match=r"labels\.jsonl:2:1: not a label"):
        read_labels('{"id": 1, "layoff": true}\n{"layoff": true}\n', "labels.jsonl")
