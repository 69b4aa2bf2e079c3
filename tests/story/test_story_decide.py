from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import (
    Change,
    ChangeKind,
    Company,
    Evidence,
    Headcount,
    Kind,
    Layoff,
    Percent,
    Place,
    Source,
    Stage,
    Story,
)
from monitor.story.decide import Decision, Outcome, Relation, decide, hint_keys, story_keys

NOW = datetime(2016, 10, 11, 20, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTHING = Evidence(0, 0, "")


def at(city: str | None, region: str | None = "NY", country: str = "US", jobs: int | None = None) -> Place:
    return Place(city, region, country, None, None, NOTHING, jobs)


def cut(
    low: int | None = 73,
    high: int | None = None,
    *,
    up_to: int | None = None,
    approximate: bool = False,
    company: str | None = "IEC Electronics Corp.",
    places: tuple[Place, ...] = (at("Newark"),),
    stage: Stage = Stage.CONFIRMED,
    kind: Kind = Kind.LAYOFF,
) -> Layoff:
    number = (
        Headcount(None, up_to, approximate, NOTHING)
        if up_to
        else Headcount(low, high or low, approximate, NOTHING)
    )
    named = Company(company, None, None, NOTHING) if company else None
    return Layoff(stage, kind, named, number if low or up_to else None, None, places, NOTHING)


def told(
    number: int = 1, title: str = "IEC confirms a reduction", wire: str = "Marketwired", link: str = ""
) -> Source:
    return Source(f"1-{number}", "feed", wire, title, link, NOW, NOW)


def first(layoff: Layoff, source: Source | None = None) -> Story:
    return decide((), layoff, source or told(), NOW).story


def then(
    story: Story,
    layoff: Layoff,
    after: timedelta = HOUR,
    title: str = "IEC again",
    link: str = "",
    wire: str = "Marketwired",
) -> Decision:
    return decide((story,), layoff, told(len(story.sources) + 1, title, wire, link), NOW + after)


def relation(decision: Decision) -> Relation:
    return decision.compared[0].relation


def test_the_first_telling_is_a_new_story() -> None:
    decision = decide((), cut(), told(), NOW)
    assert decision.outcome is Outcome.NEW
    assert [change.kind for change in decision.changes] == [ChangeKind.FIRST]
    assert decision.story.revision == 1
    assert decision.story.key == "name:iec electronics"


def test_the_same_number_on_another_wire_is_the_same_story_also_on_that_wire() -> None:
    decision = then(first(cut()), cut(company="IEC Electronics"), wire="Reuters")
    assert decision.outcome is Outcome.ALSO_ON
    assert decision.changes == (Change(ChangeKind.ALSO_ON, "Marketwired", "Reuters"),)
    assert [source.wire for source in decision.story.sources] == ["Marketwired", "Reuters"]
    assert decision.story.layoff == cut()
    assert then(decision.story, cut(), wire="Reuters").outcome is Outcome.REPEATED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (cut(500, approximate=True), cut(487)),
        (cut(up_to=500), cut(500)),
        (cut(up_to=250), cut(200, 250)),
        (cut(1000, approximate=True), cut(980)),
        (cut(), cut(places=())),
        (cut(), cut(places=(at(None, None),))),
        (cut(), cut(None)),
    ],
)
def test_another_wording_of_the_same_fact_is_no_news(before: Layoff, after: Layoff) -> None:
    assert then(first(before), after).outcome is Outcome.REPEATED


def test_another_number_within_days_is_a_revision() -> None:
    decision = then(first(cut(up_to=500)), cut(650, approximate=True), 2 * DAY)
    assert decision.outcome is Outcome.REVISED
    assert decision.changes == (Change(ChangeKind.HEADCOUNT, "up to 500", "about 650"),)
    assert decision.story.revision == 2
    assert decision.story.layoff.headcount == cut(650, approximate=True).headcount


def test_a_story_keeps_its_history_each_change_with_the_item_and_wire_that_told_it() -> None:
    reported = first(cut(500, stage=Stage.REPORTED))
    grown = then(reported, cut(650, stage=Stage.CONFIRMED), wire="Reuters").story
    spread = then(grown, cut(650), wire="GlobeNewswire").story
    assert then(spread, cut(650), wire="Reuters").story.revisions == spread.revisions
    begun = Change(ChangeKind.FIRST, "", "500 jobs; Newark, NY, US; reported layoff")
    history = [(step.number, step.item, step.wire, step.changes) for step in spread.revisions]
    assert history == [
        (1, "1-1", "Marketwired", (begun,)),
        (
            2,
            "1-2",
            "Reuters",
            (
                Change(ChangeKind.HEADCOUNT, "500", "650"),
                Change(ChangeKind.STAGE, "reported", "confirmed"),
                Change(ChangeKind.ALSO_ON, "Marketwired", "Reuters"),
            ),
        ),
        (3, "1-3", "GlobeNewswire", (Change(ChangeKind.ALSO_ON, "Marketwired, Reuters", "GlobeNewswire"),)),
    ]


def test_a_first_number_is_a_revision() -> None:
    decision = then(first(cut(None)), cut(73))
    assert decision.changes == (Change(ChangeKind.HEADCOUNT, "", "73"),)


def test_an_old_number_told_late_does_not_undo_a_revision() -> None:
    grown = then(first(cut(500)), cut(650)).story
    decision = then(grown, cut(500), 3 * HOUR)
    assert decision.outcome is Outcome.REPEATED
    assert decision.story.layoff.headcount == cut(650).headcount


def test_quarter_after_quarter_cuts_are_different_stories() -> None:
    decision = then(first(cut(500)), cut(500), 91 * DAY)
    assert decision.outcome is Outcome.NEW
    assert relation(decision) is Relation.TOO_LATE
    assert then(first(cut(500)), cut(300), 30 * DAY).outcome is Outcome.NEW


@pytest.mark.parametrize(
    "title",
    [
        "CORRECTING and REPLACING IEC confirms a reduction",
        "Correction: IEC confirms a reduction",
        "CORRECTED-IEC confirms a reduction",
        "/C O R R E C T I O N -- IEC Electronics/",
        "C-O-R-R-E-C-T-I-O-N: IEC confirms a reduction",
    ],
)
def test_a_correction_revises_its_story_even_after_days(title: str) -> None:
    decision = then(first(cut(73)), cut(75), 10 * DAY, title)
    assert decision.outcome is Outcome.REVISED
    assert decision.changes == (Change(ChangeKind.CORRECTION, "73", "75"),)


def test_a_correction_that_changes_no_fact_of_ours_is_a_repetition() -> None:
    assert then(first(cut(73)), cut(73), title="Correction: IEC").outcome is Outcome.REPEATED


def test_a_correction_may_correct_the_place_and_take_a_confirmation_back() -> None:
    decision = then(
        first(cut()),
        cut(places=(at("Rochester"),), stage=Stage.PLANNED),
        title="CORRECTED-IEC confirms a reduction",
    )
    assert decision.changes == (
        Change(ChangeKind.CORRECTION, "confirmed", "planned"),
        Change(ChangeKind.CORRECTION, "Newark, NY, US", "Rochester, NY, US"),
    )
    assert decision.story.layoff.places == (at("Rochester"),)
    assert decision.story.layoff.stage is Stage.PLANNED


def test_a_correction_corrects_the_story_of_its_headline() -> None:
    newark = first(cut(73), told(1, "IEC cuts 73 jobs in Newark"))
    albuquerque = first(cut(40, places=(at("Albuquerque", "NM"),)), told(2, "IEC shuts plant in Albuquerque"))
    fixed = cut(73, places=(at("Rochester"),))
    decision = decide((newark, albuquerque), fixed, told(3, "Correction: IEC cuts 73 jobs in Newark"), NOW)
    assert [found.relation for found in decision.compared if found.story == newark.id] == [Relation.CORRECTS]
    assert decision.story.id == newark.id


def test_two_plants_in_separate_releases_are_two_stories() -> None:
    decision = then(first(cut(73)), cut(73, places=(at("Albuquerque", "NM"),)))
    assert decision.outcome is Outcome.NEW
    assert relation(decision) is Relation.OTHER_PLACES


def test_two_plants_in_one_release_are_one_story_and_its_parts_no_news() -> None:
    both = first(cut(113, places=(at("Newark", jobs=73), at("Albuquerque", "NM", jobs=40))))
    assert then(both, cut(40, places=(at("Albuquerque", "NM"),))).outcome is Outcome.REPEATED
    assert relation(then(both, cut(20, places=(at("Newark"),)))) is Relation.PART_OR_OTHER


def test_an_added_place_is_a_revision() -> None:
    decision = then(first(cut(73)), cut(73, places=(at("Newark"), at("Rochester"))))
    assert decision.changes == (
        Change(ChangeKind.PLACE, "Newark, NY, US", "Newark, NY, US; Rochester, NY, US"),
    )
    assert len(decision.story.layoff.places) == 2


def test_a_first_place_is_a_revision_and_so_is_one_told_closer_which_replaces_the_wider() -> None:
    somewhere = then(first(cut(73, places=())), cut(73, places=(at(None, None),)))
    assert somewhere.changes == (Change(ChangeKind.PLACE, "", "US"),)
    closer = then(somewhere.story, cut(73))
    assert closer.changes == (Change(ChangeKind.PLACE, "US", "Newark, NY, US"),)
    assert closer.story.layoff.places == cut().places


def test_planned_becomes_confirmed_weeks_later() -> None:
    decision = then(first(cut(500, stage=Stage.PLANNED)), cut(500), 40 * DAY)
    assert decision.changes == (Change(ChangeKind.STAGE, "planned", "confirmed"),)
    assert decision.story.layoff.stage is Stage.CONFIRMED


def test_a_report_after_the_confirmation_is_no_step_back() -> None:
    decision = then(first(cut(500)), cut(500, stage=Stage.REPORTED))
    assert decision.outcome is Outcome.REPEATED
    assert decision.story.layoff.stage is Stage.CONFIRMED


def test_a_denial_revises_what_it_denies() -> None:
    reported = first(cut(500, stage=Stage.REPORTED))
    denied = then(reported, cut(None, places=(), stage=Stage.DENIED), DAY)
    assert denied.changes == (Change(ChangeKind.DENIAL, "reported", "denied"),)
    assert denied.story.layoff.headcount == cut(500).headcount
    assert then(denied.story, cut(500, stage=Stage.REPORTED)).outcome is Outcome.REPEATED
    assert then(denied.story, cut(500)).changes == (Change(ChangeKind.STAGE, "denied", "confirmed"),)


def test_a_furlough_beside_a_layoff_is_another_event() -> None:
    decision = then(first(cut(500)), cut(900, kind=Kind.FURLOUGH))
    assert relation(decision) is Relation.OTHER_EVENT


def test_another_company_is_another_story() -> None:
    decision = then(first(cut(500)), cut(500, company="IEC Holdings International"))
    assert relation(decision) is Relation.OTHER_COMPANY


def test_an_edited_page_is_its_own_story_even_where_no_company_was_found() -> None:
    page = "https://e.com/news/7"
    story = first(cut(73, company=None), told(link=page))
    decision = then(story, cut(75), 6 * DAY, link=page + "?utm_source=feed")
    assert decision.changes == (Change(ChangeKind.HEADCOUNT, "73", "75"),)
    assert set(story_keys(cut(), told(link=page))) > {story.key}


def test_without_company_and_link_nothing_is_merged() -> None:
    nameless = cut(73, company=None)
    decision = then(first(nameless), nameless)
    assert decision.outcome is Outcome.NEW
    assert decision.story.key == "item:1-2"


def test_an_item_that_comes_again_under_another_id_is_the_same_story_even_where_all_was_forgotten() -> None:
    before = replace(told(1), identity="a1")
    again = replace(told(77), identity="a1")
    story = first(cut(), before)
    assert first(cut(), again).id == story.id
    assert first(cut(), replace(again, identity="b2")).id != story.id
    assert then(story, cut()).outcome is Outcome.REPEATED
    decision = decide((story,), cut(company="Other"), again, NOW + HOUR)
    assert relation(decision) is Relation.SAME_ITEM


NUMBERS = st.one_of(st.none(), st.integers(1, 2000))
CUTS = st.builds(
    cut,
    NUMBERS,
    up_to=NUMBERS,
    approximate=st.booleans(),
    company=st.sampled_from(["IEC", "IEC Corp.", "Ford", None]),
    places=st.lists(st.sampled_from([at("Newark"), at("Rochester"), at(None, None)]), max_size=2).map(tuple),
    stage=st.sampled_from(Stage),
    kind=st.sampled_from(Kind),
)
TITLES = st.sampled_from(["IEC cuts", "Correction: IEC cuts", "UPDATE 1-IEC cuts"])
LINKS = st.sampled_from(["", "https://e.com/1", "https://e.com/2"])
TELLINGS = st.lists(st.tuples(CUTS, TITLES, LINKS, st.integers(0, 60)), min_size=1, max_size=8)


def stories_of(tellings: list[tuple[Layoff, str, str, int]]) -> dict[str, Story]:
    stories: dict[str, Story] = {}
    for number, (layoff, title, link, days) in enumerate(tellings):
        found = decide(tuple(stories.values()), layoff, told(number, title, link=link), NOW + days * DAY)
        stories[found.story.id] = found.story
    return stories


@given(TELLINGS, CUTS, TITLES, LINKS, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(
    tellings: list[tuple[Layoff, str, str, int]], layoff: Layoff, title: str, link: str, chance: random.Random
) -> None:
    candidates = list(stories_of(tellings).values())
    shuffled = chance.sample(candidates, len(candidates))
    item = told(99, title, link=link)
    assert decide(candidates, layoff, item, NOW) == decide(shuffled, layoff, item, NOW)


@given(TELLINGS, CUTS, TITLES, LINKS)
def test_the_same_item_twice_is_a_repetition_that_changes_nothing(
    tellings: list[tuple[Layoff, str, str, int]], layoff: Layoff, title: str, link: str
) -> None:
    stories = stories_of(tellings)
    item = told(99, title, link=link)
    once = decide(tuple(stories.values()), layoff, item, NOW).story
    again = decide(tuple({**stories, once.id: once}.values()), layoff, item, NOW)
    assert again.outcome is Outcome.REPEATED
    assert again.story == once
    assert again.changes == ()


@given(TELLINGS)
def test_every_item_is_a_source_of_one_story(tellings: list[tuple[Layoff, str, str, int]]) -> None:
    items = [source.item for story in stories_of(tellings).values() for source in story.sources]
    assert sorted(items) == sorted(f"1-{number}" for number in range(len(tellings)))


@given(CUTS, CUTS, TITLES)
def test_a_revision_says_what_changed_and_a_repetition_changes_no_fact(
    before: Layoff, after: Layoff, title: str
) -> None:
    story = first(before)
    decision = then(story, after, title=title)
    if decision.outcome is Outcome.REVISED:
        assert decision.story.revision == story.revision + 1
        assert all(change.before != change.after for change in decision.changes)
    elif decision.outcome is Outcome.REPEATED:
        assert decision.story.layoff == story.layoff


ALIKE = ("a1", "b2", "c3")


def opening(source: Source, *keys: str) -> Source:
    return replace(source, lead=keys)


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ("IEC Electronics Corp.", None, Relation.SAME_WORDS),
        (None, "IEC Electronics Corp.", Relation.SAME_WORDS),
        ("IEC Electronics", "IEC Electronics Newark", Relation.SAME_WORDS),
        ("IEC Electronics", "EIC Electronics", Relation.OTHER_COMPANY),
    ],
)
def test_like_openings_make_up_for_an_unnamed_employer_and_never_for_another(
    before: str | None, after: str | None, outcome: Relation
) -> None:
    story = first(cut(company=before), opening(told(), *ALIKE))
    decision = decide((story,), cut(company=after), opening(told(2), "x9", "b2"), NOW + HOUR)
    assert relation(decision) is outcome


@pytest.mark.parametrize(
    "other",
    [
        cut(74, company=None),
        cut(None, company=None),
        cut(company=None, places=(at("Albuquerque", "NM"),)),
    ],
)
def test_like_openings_with_other_figures_or_places_are_other_stories(other: Layoff) -> None:
    story = first(cut(), opening(told(), *ALIKE))
    assert decide((story,), other, opening(told(2), *ALIKE), NOW + HOUR).outcome is Outcome.NEW


def test_like_openings_under_other_headlines_are_other_stories() -> None:
    story = first(cut(), opening(told(), *ALIKE))
    other = opening(told(2, "Orders rise at three makers of boards"), *ALIKE)
    assert decide((story,), cut(company=None), other, NOW + HOUR).outcome is Outcome.NEW


def test_a_story_is_looked_for_under_company_ticker_link_and_opening() -> None:
    listed = replace(cut(), company=Company("IEC Electronics Corp.", "NYSE MKT", "IEC", NOTHING))
    keys = story_keys(listed, opening(told(link="https://e.com/7"), "b2"))
    assert [key.partition(":")[0] for key in keys] == ["name", "name", "ticker", "link", "lead", "first"]
    assert hint_keys(listed, opening(told(), "b2")) == keys[-2:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            Company("IEC Electronics Corp.", None, None, NOTHING),
            Company("IEC ELECTRONICS", None, None, NOTHING),
        ),
        (Company("The Böhm Group GmbH", None, None, NOTHING), Company("Bohm", None, None, NOTHING)),
        (
            Company("IEC Electronics", "NYSE MKT", "IEC", NOTHING),
            Company("IEC", "NYSE American", "IEC", NOTHING),
        ),
    ],
)
def test_variants_of_a_name_and_listings_are_one_employer(before: Company, after: Company) -> None:
    story = first(replace(cut(), company=before))
    assert then(story, replace(cut(), company=after)).story.id == story.id


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (cut(500), cut(650), Change(ChangeKind.HEADCOUNT, "500", "650")),
        (cut(None), cut(73), Change(ChangeKind.HEADCOUNT, "", "73")),
        (
            replace(cut(None), percent=Percent(9, False, NOTHING)),
            replace(cut(None), percent=Percent(12, True, NOTHING)),
            Change(ChangeKind.PERCENT, "9%", "about 12%"),
        ),
        (
            cut(),
            cut(places=(at("Newark"), at("Rochester"))),
            Change(ChangeKind.PLACE, "Newark, NY, US", "Newark, NY, US; Rochester, NY, US"),
        ),
        (cut(stage=Stage.PLANNED), cut(), Change(ChangeKind.STAGE, "planned", "confirmed")),
        (cut(), cut(stage=Stage.DENIED), Change(ChangeKind.DENIAL, "confirmed", "denied")),
    ],
)
def test_each_change_is_named_with_before_and_after(before: Layoff, after: Layoff, change: Change) -> None:
    assert then(first(before), after).changes == (change,)
