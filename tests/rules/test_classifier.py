"""Verdicts follow weights, zones, hidden text, quotes, needs and vetoes, and say by what."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Kind, Reason, Stage, Verdict, ZoneKind
from monitor.rules import Classifier, RuleError, RuleFile, compile_rules, read_document
from monitor.rules.explaining import explain

CUTS: dict[str, Any] = {
    "id": "cuts", "weight": {"title": 4, "lead": 3, "body": 1}, "any": ["cut~ ..4 jobs"], "kind": "layoff"
}  # fmt: skip
TOLD = (
    "Acme cuts jobs.",
    "There are no plans.",
    "“We cut jobs”, it said.",
    "It sells anvils.",
    "About Acme:",
)
ABOUT = " The company makes anvils. It sells them widely. It was founded long ago. "


def classifier(*rules: dict[str, Any], **more: Any) -> Classifier:
    data = {"rule_set": "layoffs", "threshold": 3, "rules": list(rules), **more}
    return compile_rules([RuleFile.model_validate(data)])


def verdict(text: str, *rules: dict[str, Any], title: str = "") -> Verdict:
    return classifier(*rules).classify(read_document(title, text))[0]


def test_an_item_without_any_phrase_has_no_rule() -> None:
    assert verdict("Acme sold anvils.", CUTS).reason is Reason.NO_RULE


def test_the_weight_is_that_of_the_best_zone_and_counts_once() -> None:
    told = verdict("Acme will cut jobs. It will cut more jobs.", CUTS, title="Acme cuts jobs")

    assert told.announced
    assert (told.score, told.kind) == (4, Kind.LAYOFF)
    assert [(m.rule, m.zone, m.evidence.text) for m in told.matches] == [
        ("cuts", ZoneKind.TITLE, "cuts jobs")
    ]


@pytest.mark.parametrize(
    ("weight", "score"),
    [({"lead": 3}, 3), ({"opening": 4, "lead": 3}, 4), ({"opening": 3, "body": 1}, 3)],
)
def test_the_opening_has_the_weight_of_the_lead_unless_it_has_its_own(
    weight: dict[str, float], score: float
) -> None:
    told = verdict("Acme will cut jobs." + ABOUT, {**CUTS, "weight": weight})

    assert told.score == score
    assert [match.zone for match in told.matches] == [ZoneKind.OPENING]


def test_a_rule_can_look_in_the_opening_alone() -> None:
    opening = {**CUTS, "in": ["opening"], "weight": 3}

    assert verdict("Acme will cut jobs." + ABOUT, opening).announced
    assert not verdict("Acme makes anvils. It will cut jobs." + ABOUT, opening).announced


def test_a_score_below_the_threshold_is_named_so() -> None:
    told = verdict('"We had to cut many jobs," it said.' + ABOUT + "It cut jobs.", CUTS)

    assert (told.reason, told.score, told.threshold) == (Reason.BELOW_THRESHOLD, 1, 3)


def test_an_item_that_cannot_reach_the_threshold_is_not_read() -> None:
    told = verdict("Acme sold anvils." + ABOUT + "It cut jobs.", CUTS)

    assert (told.reason, told.score, told.matches) == (Reason.BELOW_THRESHOLD, 0, ())


def test_boilerplate_is_read_only_by_rules_that_ask_for_it() -> None:
    text = "Acme sold anvils.\n\nAbout Acme\nAcme cut jobs."
    asking = {"id": "past", "weight": 5, "in": ["boilerplate"], "any": ["cut jobs"]}

    assert verdict(text, {**CUTS, "weight": 5}).matches == ()
    assert verdict(text, asking).announced


def test_a_quote_counts_only_for_rules_that_take_speech() -> None:
    text = '"We had to cut many jobs," said Jane Doe.'

    assert verdict(text, CUTS).reason is Reason.NO_RULE
    assert verdict(text, {**CUTS, "speech": True}).announced


@pytest.mark.parametrize(("hide", "announced"), [("phrase", True), ("clause", True), ("sentence", False)])
def test_hidden_text_speaks_for_nothing(hide: str, announced: bool) -> None:
    denial = {"id": "denial", "any": ["not cut~ jobs"], "hide": hide}

    told = verdict("Acme said it will not cut jobs, but Apex is to cut jobs.", CUTS, denial)

    assert told.announced is announced


@pytest.mark.parametrize(
    ("text", "announced"),
    [
        ("Acme, which is to cut jobs, named a chief.", False),
        ("Acme, which is large, is to cut jobs.", True),
        ("Acme is to cut jobs at a mill which is old.", True),
    ],
)
def test_the_rest_of_a_clause_is_hidden_from_the_match_on(text: str, announced: bool) -> None:
    known = {"id": "known", "any": ["which"], "hide": "rest"}

    assert verdict(text, CUTS, known).announced is announced


def test_a_phrase_is_hidden_where_it_overlaps() -> None:
    denial = {"id": "denial", "any": ["not cut~ jobs"], "hide": "phrase"}

    assert verdict("Acme will not cut jobs.", CUTS, denial).reason is Reason.NO_RULE


def test_with_and_without_look_at_the_sentence() -> None:
    rule = {**CUTS, "with": ["today"], "without": ["pay"]}

    assert verdict("Acme said today it will cut jobs.", rule).announced
    assert not verdict("Acme said today. It will cut jobs.", rule).announced
    assert not verdict("Acme said today it will cut pay and cut jobs.", rule).announced


def test_a_hidden_condition_is_not_met() -> None:
    rule = {"id": "told", "weight": 5, "any": ["said"], "with": ["cut~ jobs"]}
    denial = {"id": "denial", "any": ["not cut~ jobs"], "hide": "phrase"}

    assert verdict("Acme said it will cut jobs.", rule, denial).announced
    assert not verdict("Acme said it will not cut jobs.", rule, denial).announced


def test_a_rule_whose_need_is_not_met_takes_no_words_from_another() -> None:
    greedy = {"id": "greedy", "weight": 9, "any": ["to cut jobs"], "needs": ["closes"]}
    closes = {"id": "closes", "weight": 1, "any": ["close~"]}

    assert [m.rule for m in verdict("Acme is to cut jobs.", greedy, closes, CUTS).matches] == [CUTS["id"]]


def test_a_rule_without_weight_can_be_what_another_needs() -> None:
    release = {"id": "release", "any": ["press release"]}
    told = {"id": "told", "weight": 5, "any": ["cut~ jobs"], "needs": ["release"]}

    assert verdict("A press release. Acme is to cut jobs.", release, told).announced
    assert not verdict("A letter. Acme is to cut jobs.", release, told).announced


def test_what_speaks_against_an_announcement_names_no_stage_of_it() -> None:
    cuts = {**CUTS, "weight": 6}
    denial = {"id": "denial", "any": ["no more"], "stage": "denied"}

    assert verdict("Acme is to cut jobs, no more.", cuts, {**denial, "weight": -1}).stage is None
    assert verdict("Acme is to cut jobs, no more.", cuts, {**denial, "weight": -6}).stage is Stage.DENIED


def test_among_equal_marks_the_first_in_the_file_names_the_stage() -> None:
    done = {"id": "done", "any": ["cut~ jobs"], "stage": "confirmed"}
    told = {"id": "told", "any": ["a paper"], "stage": "reported"}

    assert verdict("Acme, a paper said, cut jobs.", CUTS, done, told).stage is Stage.CONFIRMED
    assert verdict("Acme, a paper said, cut jobs.", CUTS, told, done).stage is Stage.REPORTED


def test_a_rule_that_needs_another_counts_only_with_it() -> None:
    people = {"id": "people", "weight": 2, "any": ["<number> people work there"], "needs": ["closes"]}
    closes = {"id": "closes", "weight": 1, "any": ["close~ ..3 plant"]}

    assert verdict("It will close a plant. 90 people work there.", closes, people).score == 3
    assert verdict("It has a plant. 90 people work there.", closes, people).score == 0


def test_the_lead_of_an_employers_own_release_counts_as_its_body_does_where_that_counts_more() -> None:
    rule = {"id": "cuts", "weight": {"lead": 1, "release": 3}, "in": ["lead", "body"], "any": ["cut~ jobs"]}
    against = {"id": "shares", "weight": {"lead": -1}, "in": ["lead"], "any": ["shares"]}
    news = "Acme will cut jobs. Its shares rose."

    assert verdict(f"{news}\n\nAbout Acme: it makes anvils.", rule, against).score == 2
    assert verdict(news, rule, against).score == 0


def test_a_rule_that_leaves_out_releases_hides_nothing_in_their_lead() -> None:
    apart = {"id": "apart", "any": ["which ..5 jobs"], "hide": "phrase", "except": ["release"]}

    assert (
        verdict("Acme has a plan which will cut jobs.\n\nAbout Acme: it makes anvils.", CUTS, apart).score
        == 3
    )
    assert verdict("Acme has a plan which will cut jobs.", CUTS, apart).score == 0


def test_the_same_words_count_once() -> None:
    wide = {"id": "wide", "weight": 2, "any": ["jobs"]}

    assert verdict("Acme will cut jobs.", CUTS, wide).score == 3
    assert verdict("Acme will cut jobs, many jobs.", CUTS, wide).score == 5


def test_evidence_against_takes_weight_away() -> None:
    statistics = {"id": "statistics", "weight": -4, "any": ["payrolls"]}

    told = verdict("Employers cut jobs, payrolls showed.", CUTS, statistics)

    assert (told.reason, told.score) == (Reason.BELOW_THRESHOLD, -1)


def test_a_veto_refuses_whatever_else_is_said() -> None:
    template = {"id": "template", "regex": ["(_{3,})"], "veto": True}

    assert verdict("We cut ____ jobs, we cut jobs.", {**CUTS, "weight": 99}, template).reason is Reason.VETOED


def test_marks_without_weight_decide_stage_before_evidence() -> None:
    report = {"id": "report", "any": ["report said"], "stage": "reported"}
    plan = {**CUTS, "stage": "planned"}

    assert verdict("Acme will cut jobs, a report said.", plan, report).stage is Stage.REPORTED
    assert verdict("Acme will cut jobs.", plan, report).stage is Stage.PLANNED


def test_each_rule_set_has_its_own_verdict() -> None:
    files = [
        RuleFile.model_validate({"rule_set": name, "threshold": 1, "rules": [rule]})
        for name, rule in (
            ("layoffs", CUTS),
            ("recalls", {"id": "recall", "weight": 2, "any": ["recall~ ..3 cars"]}),
        )
    ]
    both = compile_rules(files)

    told = both.classify(read_document("", "Acme recalls all its cars."))

    assert [(v.rule_set, v.announced) for v in told] == [("layoffs", False), ("recalls", True)]


def test_an_item_that_cannot_reach_a_threshold_is_not_cut_into_zones() -> None:
    judge = classifier(CUTS).judge

    assert judge("Acme cuts jobs", "Acme cuts jobs.")[0].zones
    document, (verdict,) = judge("Acme sells its cars", "It is done.")
    assert document.zones == ()
    assert document.text == "Acme sells its cars\n\nIt is done."
    assert verdict.reason is Reason.NO_RULE


@given(st.lists(st.sampled_from(TOLD), min_size=1, max_size=6))
def test_the_first_pass_changes_no_verdict(told: list[str]) -> None:
    whole = classifier(CUTS, {"id": "denial", "veto": True, "any": ["no plans"]})
    title, *text = told

    assert whole.judge(title, " ".join(text))[1] == whole.classify(read_document(title, " ".join(text)))


def test_all_mistakes_of_all_files_are_raised_at_once() -> None:
    bad = RuleFile.model_validate(
        {
            "rule_set": "a",
            "threshold": 1,
            "rules": [{"id": "x", "any": ["(a", "<b>"]}, {"id": "x", "regex": ["("]}],
        }
    )

    with pytest.raises(RuleError) as caught:
        compile_rules([bad, bad])

    locs = [mistake.loc for name, mistake in caught.value.mistakes]
    assert locs[:4] == [
        ("rules", 0, "any", 0),
        ("rules", 0, "any", 1),
        ("rules", 1, "id"),
        ("rules", 1, "regex", 0),
    ]
    assert ("rule_set",) in locs


def test_an_explanation_tells_what_was_dropped_and_what_would_change_the_verdict() -> None:
    denial = {"id": "denial", "any": ["not cut~ jobs"], "hide": "phrase"}

    told = explain(classifier(CUTS, denial), read_document("", "Acme will not cut jobs."))[0]

    assert told.verdict.reason is Reason.NO_RULE
    assert [(d.match.rule, d.why) for d in told.dropped] == [("cuts", "hidden by denial")]
    assert told.changes == ("had its matches not been dropped: hidden by denial",)


def test_an_explanation_names_the_rule_that_decided() -> None:
    told = explain(classifier(CUTS), read_document("Acme cuts jobs", "Acme cuts jobs."))[0]

    assert told.verdict.announced
    assert told.changes == ("a threshold above 4", "without rule cuts")
    assert [match.zone for match in told.repeated] == [ZoneKind.OPENING]
