from __future__ import annotations

from monitor.rules.language import RuleFile
from monitor.rules.overlay import Overlay, check_overlay, overlaid

BASE = RuleFile.model_validate(
    {
        "rule_set": "openings",
        "threshold": 2,
        "vocabularies": {"site": ["plant~"]},
        "rules": [
            {"id": "opens", "weight": 2, "any": ["open~ ..3 <site>"]},
            {"id": "ribbon", "weight": 1, "any": ["ribbon"], "needs": ["opens"]},
        ],
    }
)


def overlay(**keys: object) -> Overlay:
    return Overlay.model_validate({"extends": "openings", **keys})


def mistakes(**keys: object) -> list[tuple[tuple[str | int, ...], str]]:
    return [(mistake.loc, mistake.message) for mistake in check_overlay(BASE, overlay(**keys))]


def test_a_rule_of_a_known_name_takes_the_place_of_the_other() -> None:
    own = {"id": "opens", "weight": 3, "any": ["inaugurat*"]}
    assert [(rule.id, rule.weight) for rule in overlaid(BASE, overlay(rules=[own])).rules] == [
        ("opens", 3.0),
        ("ribbon", 1.0),
    ]


def test_a_rule_of_a_new_name_is_added_behind() -> None:
    whole = overlaid(BASE, overlay(rules=[{"id": "hires", "weight": 1, "any": ["hire~"]}]))
    assert [rule.id for rule in whole.rules] == ["opens", "ribbon", "hires"]


def test_a_vocabulary_is_replaced_and_the_threshold_changed() -> None:
    whole = overlaid(BASE, overlay(threshold=5, vocabularies={"site": ["office~"]}))
    assert (whole.threshold, whole.vocabularies["site"]) == (5, ("office~",))


def test_a_disabled_rule_is_left_out() -> None:
    assert [rule.id for rule in overlaid(BASE, overlay(disable=["ribbon"])).rules] == ["opens"]


def test_the_base_stays_as_it_is() -> None:
    before = BASE.model_dump()
    overlaid(BASE, overlay(disable=["ribbon"], threshold=9))
    assert BASE.model_dump() == before


def test_a_mistake_stands_where_the_overlay_has_it() -> None:
    own = {"id": "hires", "weight": 1, "any": ["hire~", "open~ <sites>"]}
    assert mistakes(rules=[own]) == [(("rules", 0, "any", 1), "unknown vocabulary 'sites'")]


def test_disabling_what_is_not_there_is_a_mistake() -> None:
    assert mistakes(disable=["opend"]) == [(("disable", 0), "'openings' has no rule 'opend' to disable")]


def test_a_rule_that_another_cannot_do_without_is_not_disabled_alone() -> None:
    assert mistakes(disable=["opens"]) == [
        (("disable", 0), "without 'opens' the rule 'ribbon' can never count")
    ]
    assert mistakes(disable=["opens", "ribbon"], rules=[{"id": "x", "weight": 2, "any": ["x"]}]) == []
