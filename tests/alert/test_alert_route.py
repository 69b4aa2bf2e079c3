from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.filters import Answer, Check, Filter
from monitor.alert.route import Routing, Why, alert_id, route
from monitor.alert.watchlists import WatchlistFile
from monitor.model import (
    ChangeKind,
    Company,
    Evidence,
    Headcount,
    How,
    Item,
    Kind,
    Layoff,
    Match,
    Mute,
    MuteKind,
    Percent,
    Place,
    Reason,
    Source,
    Stage,
    Story,
    Verdict,
    ZoneKind,
)
from monitor.story.decide import Decision, Outcome, decide

NOTHING = Evidence(0, 0, "")
NOW = datetime(2016, 10, 11, 20, 5, tzinfo=UTC)
NEWARK = Place("Newark", "NY", "US", 43.0467, -77.0953, NOTHING)
IEC = Layoff(
    Stage.CONFIRMED,
    Kind.LAYOFF,
    Company("IEC Electronics Corp.", "NYSE MKT", "IEC", NOTHING),
    Headcount(73, 73, True, NOTHING),
    None,
    (NEWARK,),
    NOTHING,
)
ITEM = Item(
    "mw", "Marketwired", "1", "IEC cuts jobs", "A maker of circuit boards.", "", NOW, NOW, language="en-US"
)


def source(number: int = 1, wire: str = "Marketwired") -> Source:
    return Source(f"1-{number}", "mw", wire, "IEC cuts jobs", "", NOW, NOW)


def jobs(number: int | None, layoff: Layoff = IEC) -> Layoff:
    return replace(layoff, headcount=Headcount(number, number, False, NOTHING) if number else None)


def watch(name: str = "all", channel: str = "#layoffs", **more: Any) -> WatchlistFile:
    return WatchlistFile.model_validate({"name": name, "channels": [channel], **more})


def first(layoff: Layoff = IEC) -> Decision:
    return decide((), layoff, source(), NOW)


def then(routing: Routing, layoff: Layoff, number: int = 2) -> Decision:
    return decide((routing.story,), layoff, source(number), NOW + timedelta(hours=number))


def check(layoff: Layoff, **filters: Any) -> Check:
    answer = route(first(layoff), [watch(filters=filters)], NOW, item=ITEM).answers[0]
    (found,) = answer.checks
    assert (answer.why is Why.MATCHED) is found.passed
    return found


def test_a_new_story_goes_to_the_channel_of_a_watchlist_without_filters() -> None:
    decision = first()
    (alert,) = route(decision, [watch()], NOW).alerts
    assert alert.id == alert_id(decision.story, "#layoffs")
    assert (alert.story, alert.revision, alert.replaces, alert.due) == (decision.story.id, 1, None, None)
    assert alert.card.watchlists == ("all",)


def test_a_revision_is_known_by_what_told_it_whichever_was_read_first() -> None:
    """Where all was forgotten, revisions are numbered anew: 650 may come before 500, or not at all."""
    begun = decide((), jobs(500), replace(source(1), identity="a"), NOW)
    told = {
        number: decide((begun.story,), jobs(number), replace(source(n), identity=str(number)), NOW)
        for n, number in ((2, 650), (3, 700))
    }
    second = {number: route(one, [watch()], NOW).alerts[0] for number, one in told.items()}
    assert second[650].revision == second[700].revision == 2
    assert second[650].id != second[700].id
    again = decide((begun.story,), jobs(650), replace(source(9), identity="650"), NOW)
    assert route(again, [watch()], NOW).alerts[0].id == second[650].id


def test_several_watchlists_of_one_channel_are_one_alert_that_names_all() -> None:
    routing = route(first(), [watch("all"), watch("newark"), watch("ops", "#ops")], NOW)
    assert [(alert.channel, alert.card.watchlists) for alert in routing.alerts] == [
        ("#layoffs", ("all", "newark")),
        ("#ops", ("ops",)),
    ]


def test_a_revision_replaces_the_first_alert_of_its_channel() -> None:
    told = route(first(jobs(500)), [watch()], NOW)
    revised = route(then(told, jobs(650)), [watch()], NOW)
    (alert,) = revised.alerts
    assert alert.replaces == told.alerts[0].id != alert.id
    assert [change.after for change in alert.card.changes] == ["650"]
    (third,) = route(then(revised, jobs(700), 3), [watch()], NOW).alerts
    assert third.replaces == told.alerts[0].id


def test_a_channel_that_hears_of_a_later_revision_first_has_nothing_to_replace() -> None:
    big = watch("big", "#big", filters={"size": {"jobs_at_least": 600, "when_unknown": "stop"}})
    told = route(first(jobs(500)), [watch(), big], NOW)
    assert [answer.why for answer in told.answers] == [Why.MATCHED, Why.FILTERED]
    revised = route(then(told, jobs(650)), [watch(), big], NOW)
    assert [alert.replaces for alert in revised.alerts] == [told.alerts[0].id, None]
    third = route(then(revised, jobs(700), 3), [watch(), big], NOW)
    assert third.alerts[1].replaces == revised.alerts[1].id


def test_a_channel_that_was_told_hears_of_a_correction_below_its_threshold() -> None:
    big = watch(filters={"size": {"jobs_at_least": 600, "when_unknown": "stop"}})
    told = route(first(jobs(650)), [big], NOW)
    revised = route(then(told, jobs(65)), [big], NOW)
    assert revised.answers[0].why is Why.FOLLOW_UP
    assert revised.alerts[0].replaces == told.alerts[0].id


def test_a_repetition_alerts_nobody_and_says_so() -> None:
    told = route(first(), [watch()], NOW)
    again = route(then(told, IEC), [watch()], NOW)
    assert again.alerts == ()
    assert [answer.why for answer in again.answers] == [Why.REPETITION]
    assert again.story.told == told.story.told


def test_a_change_that_a_watchlist_does_not_want_is_not_told() -> None:
    numbers = watch(tell={"denial": "nothing"})
    told = route(first(), [numbers], NOW)
    denied = route(then(told, replace(IEC, stage=Stage.DENIED)), [numbers], NOW)
    assert told.alerts
    assert denied.alerts == ()
    assert (denied.answers[0].why, denied.answers[0].evidence) == (Why.CHANGE_NOT_WANTED, ChangeKind.DENIAL)


def also_on(routing: Routing, wire: str = "GlobeNewswire") -> Decision:
    return decide((routing.story,), IEC, source(2, wire), NOW + timedelta(hours=2))


def test_a_first_telling_is_posted_a_change_replied_and_another_wire_edited() -> None:
    told = route(first(jobs(500)), [watch()], NOW)
    revised = route(then(told, jobs(650)), [watch()], NOW)
    wired = route(decide((revised.story,), jobs(650), source(3, "Reuters"), NOW), [watch()], NOW)
    assert [one.alerts[0].how for one in (told, revised, wired)] == [How.POST, How.REPLY, How.EDIT]
    assert wired.alerts[0].replaces == told.alerts[0].id
    assert wired.alerts[0].card.source == "Reuters, also on Marketwired"


def test_each_watchlist_says_how_each_change_is_told_and_the_loudest_of_a_channel_is_heard() -> None:
    silent = {"headcount": "nothing", "also_on": "nothing"}
    lists = [
        watch("calm", tell={"headcount": "edit"}),
        watch("deaf", tell=silent),
        watch("loud", tell={"headcount": "post"}),
    ]
    told = route(first(jobs(500)), lists, NOW)
    for some, how in ((lists[:2], How.EDIT), (lists, How.POST)):
        (alert,) = route(then(told, jobs(650)), some, NOW).alerts
        assert alert.how is how
    alone = [watch(tell=silent)]
    assert route(also_on(route(first(), alone, NOW)), alone, NOW).alerts == ()


def test_after_a_post_anew_the_new_message_is_the_one_that_is_kept_up() -> None:
    loud = watch(tell={"headcount": "post"})
    revised = route(then(route(first(jobs(500)), [loud], NOW), jobs(650)), [loud], NOW)
    (denied,) = route(then(revised, replace(jobs(650), stage=Stage.DENIED), 3), [loud], NOW).alerts
    assert (denied.how, denied.replaces) == (How.REPLY, revised.alerts[0].id)


def test_a_mention_is_no_edit_for_that_would_ping_nobody() -> None:
    calm = watch(tell={"headcount": "edit"}, mention={"who": ["here"], "jobs_at_least": 600})
    told = route(first(jobs(500)), [calm], NOW)
    assert route(then(told, jobs(550)), [calm], NOW).alerts[0].how is How.EDIT
    assert route(then(told, jobs(650)), [calm], NOW).alerts[0].how is How.REPLY


def test_a_watchlist_of_one_wire_hears_of_a_story_when_that_wire_tells_it() -> None:
    lists = [watch(), watch("globe", "#globe", filters={"wires": ["GlobeNewswire"]})]
    told = route(first(), lists, NOW)
    assert [alert.channel for alert in told.alerts] == ["#layoffs"]
    alerts = route(also_on(told), lists, NOW).alerts
    assert [(alert.channel, alert.how) for alert in alerts] == [("#layoffs", How.EDIT), ("#globe", How.POST)]


@pytest.mark.parametrize(
    ("layoff", "size", "answer", "evidence"),
    [
        (jobs(100), {"jobs_at_least": 100}, Answer.PASSED, "100 jobs"),
        (jobs(99), {"jobs_at_least": 100}, Answer.STOPPED, "99 jobs"),
        (
            replace(IEC, headcount=Headcount(None, 2500, False, NOTHING)),
            {"jobs_at_least": 2500},
            Answer.PASSED,
            "up to 2,500 jobs",
        ),
        (jobs(None), {"jobs_at_least": 100}, Answer.UNKNOWN_PASSED, "no number stated"),
        (
            replace(jobs(40), percent=Percent(12, False, NOTHING)),
            {"jobs_at_least": 100, "percent_at_least": 10},
            Answer.PASSED,
            "40 jobs, 12%",
        ),
        (
            replace(jobs(None), percent=Percent(5, False, NOTHING)),
            {"percent_at_least": 10},
            Answer.STOPPED,
            "5%",
        ),
        (
            replace(jobs(None), percent=Percent(5, False, NOTHING)),
            {"jobs_at_least": 10},
            Answer.UNKNOWN_PASSED,
            "5%",
        ),
    ],
)
def test_a_threshold_counts_jobs_or_share(
    layoff: Layoff, size: dict[str, float], answer: Answer, evidence: str
) -> None:
    assert check(layoff, size={**size, "when_unknown": "pass"}) == Check(Filter.SIZE, answer, evidence)


@pytest.mark.parametrize(
    ("area", "place", "answer"),
    [
        ({"country": "US"}, NEWARK, Answer.PASSED),
        ({"country": "DE"}, NEWARK, Answer.STOPPED),
        ({"country": "US", "region": "NY", "city": "newark"}, NEWARK, Answer.PASSED),
        ({"country": "US", "region": "NJ", "city": "Newark"}, NEWARK, Answer.STOPPED),
        ({"country": "US", "city": "Rochester"}, NEWARK, Answer.STOPPED),
        ({"country": "US", "city": "Newark"}, replace(NEWARK, city=None), Answer.UNKNOWN_STOPPED),
        ({"near": {"latitude": 43.1566, "longitude": -77.6088, "km": 45}}, NEWARK, Answer.PASSED),
        ({"near": {"latitude": 43.1566, "longitude": -77.6088, "km": 40}}, NEWARK, Answer.STOPPED),
        (
            {"near": {"latitude": 43.1, "longitude": -77.6, "km": 50}},
            replace(NEWARK, city=None),
            Answer.UNKNOWN_STOPPED,
        ),
        (
            {"country": "DE", "near": {"latitude": 43.1, "longitude": -77.6, "km": 50}},
            replace(NEWARK, city=None),
            Answer.STOPPED,
        ),
    ],
)
def test_a_place_is_in_an_area_or_out_or_too_coarse_to_say(
    area: dict[str, Any], place: Place, answer: Answer
) -> None:
    assert (
        check(replace(IEC, places=(place,)), places={"any_of": [area], "when_unknown": "stop"}).answer
        is answer
    )


def test_a_circle_reaches_over_the_antimeridian() -> None:
    suva = Place("Suva", "C", "FJ", -18.14, 178.44, NOTHING)
    near = {"near": {"latitude": -17.8, "longitude": -179.0, "km": 300}}
    found = check(replace(IEC, places=(suva,)), places={"any_of": [near], "when_unknown": "stop"})
    assert found.answer is Answer.PASSED


@pytest.mark.parametrize(
    "term", ["IEC Electronics", "iec electronics, inc.", "NYSE: IEC", "NYSE American:iec"]
)
def test_an_employer_is_known_by_name_or_listing(term: str) -> None:
    assert check(IEC, companies={"any_of": ["Ford", term], "when_unknown": "stop"}).answer is Answer.PASSED


def test_an_employer_that_is_not_listed_or_not_named() -> None:
    ford = {"any_of": ["Ford"], "when_unknown": "pass"}
    assert check(IEC, companies=ford) == Check(Filter.COMPANIES, Answer.STOPPED, "IEC Electronics Corp.")
    unnamed = check(replace(IEC, company=None), companies=ford)
    assert unnamed == Check(Filter.COMPANIES, Answer.UNKNOWN_PASSED, "no employer found")


@pytest.mark.parametrize(
    ("filters", "answer"),
    [
        ({"stages": ["confirmed"]}, Answer.PASSED),
        ({"stages": ["planned"]}, Answer.STOPPED),
        ({"kinds": ["closure"]}, Answer.STOPPED),
        ({"wires": ["MARKETWIRED"]}, Answer.PASSED),
        ({"wires": ["Reuters"]}, Answer.STOPPED),
        ({"languages": {"any_of": ["EN"], "when_unknown": "stop"}}, Answer.PASSED),
        ({"languages": {"any_of": ["de"], "when_unknown": "stop"}}, Answer.STOPPED),
        ({"rule_sets": ["layoffs"]}, Answer.STOPPED),
        ({"keywords": {"any_of": ["Circuit Boards"]}}, Answer.PASSED),
        ({"keywords": {"any_of": ["circuit board"]}}, Answer.STOPPED),
        ({"keywords": {"any_of": ["circuit"], "none_of": ["maker"]}}, Answer.STOPPED),
        ({"keywords": {"none_of": ["franchise"]}}, Answer.PASSED),
    ],
)
def test_the_other_filters(filters: dict[str, Any], answer: Answer) -> None:
    assert check(IEC, **filters).answer is answer


def test_every_filter_that_stops_is_named() -> None:
    filters = {"stages": ["planned"], "wires": ["Reuters"], "kinds": ["layoff"]}
    (answer,) = route(first(), [watch(filters=filters)], NOW).answers
    assert [found.filter for found in answer.checks if not found.passed] == [Filter.STAGES, Filter.WIRES]


def test_a_mention_above_a_threshold_pings_once() -> None:
    pinging = watch(mention={"who": ["here", "U024BE7LH"], "jobs_at_least": 600})
    told = route(first(jobs(500)), [pinging], NOW)
    grown = route(then(told, jobs(650)), [pinging], NOW)
    more = route(then(grown, jobs(700), 3), [pinging], NOW)
    assert [one.alerts[0].card.mention for one in (told, grown, more)] == ["", "here U024BE7LH", ""]


@pytest.mark.parametrize(
    ("mute", "muted"),
    [
        (Mute(MuteKind.COMPANY, "IEC Electronics", NOW + timedelta(days=1), "ann", "known"), True),
        (Mute(MuteKind.COMPANY, "IEC Electronics", NOW, "ann", "over"), False),
        (Mute(MuteKind.COMPANY, "Ford", NOW + timedelta(days=1), "ann", ""), False),
        (Mute(MuteKind.RULE, "reduction", NOW + timedelta(days=1), "ann", ""), True),
        (Mute(MuteKind.RULE, "veto", NOW + timedelta(days=1), "ann", ""), False),
    ],
)
def test_a_mute_hides_until_it_ends_and_says_whose_it_is(mute: Mute, muted: bool) -> None:
    matches = tuple(
        Match(rule, weight, ZoneKind.LEAD, NOTHING) for rule, weight in (("reduction", 3), ("veto", -1))
    )
    verdict = Verdict("layoffs", Reason.ANNOUNCED, 3, 2, matches=matches)
    routing = route(first(), [watch()], NOW, verdict=verdict, mutes=[mute])
    assert (routing.answers[0].why is Why.MUTED) is muted
    assert bool(routing.alerts) is not muted
    assert routing.answers[0].evidence == (str(mute) if muted else "")


def test_a_mute_reads_as_a_sentence() -> None:
    mute = Mute(MuteKind.COMPANY, "IEC", NOW, "ann", "known")
    assert str(mute) == "company IEC, muted by ann until 2016-10-11 20:05 UTC: known"


def test_quiet_hours_hold_and_the_urgent_passes() -> None:
    quiet = watch(quiet={"from": "20:00", "to": "07:00"}, urgent={"jobs_at_least": 1000})
    assert route(first(jobs(999)), [quiet], NOW).alerts[0].due == datetime(2016, 10, 12, 7, tzinfo=UTC)
    assert route(first(jobs(1000)), [quiet], NOW).alerts[0].due is None


def test_a_digest_is_held_to_its_time_and_past_quiet_hours() -> None:
    digest = {"cron": "0 6 * * *"}
    assert route(first(), [watch(digest=digest)], NOW).alerts[0].due == datetime(2016, 10, 12, 6, tzinfo=UTC)
    late = watch(digest=digest, quiet={"from": "20:00", "to": "07:00"})
    assert route(first(), [late], NOW).alerts[0].due == datetime(2016, 10, 12, 7, tzinfo=UTC)


def test_the_most_impatient_watchlist_of_a_channel_decides() -> None:
    daily = watch("daily", digest={"cron": "0 6 * * *"})
    assert route(first(), [daily, watch("instant")], NOW).alerts[0].due is None


QUIET = {"from": "20:00", "to": "07:00"}
MORNING = datetime(2016, 10, 12, 7, tzinfo=UTC)


def test_a_change_in_quiet_hours_edits_at_once_and_its_news_waits_for_the_digest() -> None:
    told = route(first(jobs(500)), [watch()], NOW)
    edit, news = route(then(told, jobs(650)), [watch(quiet=QUIET)], NOW).alerts
    assert (edit.how, edit.replaces, edit.due) == (How.EDIT, told.alerts[0].id, None)
    assert (news.how, news.replaces, news.due) == (How.REPLY, None, MORNING)
    assert [change.after for change in news.card.changes] == ["650"]


def test_a_story_told_in_a_digest_has_no_message_to_keep_up_until_it_is_posted() -> None:
    held = route(first(jobs(500)), [watch(quiet=QUIET)], NOW)
    assert held.story.told[0].held
    (posted,) = (awake := route(then(held, jobs(650)), [watch()], NOW)).alerts
    assert (posted.how, posted.replaces, posted.due) == (How.POST, None, None)
    (reply,) = route(then(awake, jobs(700), 3), [watch()], NOW).alerts
    assert (reply.how, reply.replaces) == (How.REPLY, posted.id)


def test_a_quiet_change_of_a_story_in_a_digest_is_not_told_for_itself() -> None:
    held = route(first(), [watch(quiet=QUIET)], NOW)
    assert route(also_on(held), [watch(quiet=QUIET)], NOW).alerts == ()


LAYOFFS = st.builds(
    Layoff,
    stage=st.sampled_from(Stage),
    kind=st.sampled_from(Kind),
    company=st.sampled_from([None, IEC.company, Company("Ford", None, None, NOTHING)]),
    headcount=st.one_of(st.none(), st.integers(1, 900).map(lambda n: Headcount(n, n, False, NOTHING))),
    percent=st.one_of(st.none(), st.just(Percent(9, False, NOTHING))),
    places=st.lists(st.sampled_from([NEWARK, replace(NEWARK, city=None)]), max_size=2).map(tuple),
    sentence=st.just(NOTHING),
)


@given(st.lists(LAYOFFS, min_size=1, max_size=6))
def test_a_watchlist_without_filters_misses_no_news(layoffs: list[Layoff]) -> None:
    stories: dict[str, Story] = {}
    for number, layoff in enumerate(layoffs):
        decision = decide(tuple(stories.values()), layoff, source(number), NOW + timedelta(hours=number))
        routing = route(decision, [watch()], NOW)
        assert len(routing.alerts) == (0 if decision.outcome is Outcome.REPEATED else 1)
        stories[decision.story.id] = routing.story


@given(st.lists(LAYOFFS, min_size=1, max_size=6))
def test_an_alert_replaces_only_what_its_channel_was_told(layoffs: list[Layoff]) -> None:
    lists = [watch(), watch("big", "#big", filters={"size": {"jobs_at_least": 400, "when_unknown": "stop"}})]
    stories: dict[str, Story] = {}
    sent: dict[str, str] = {}
    for number, layoff in enumerate(layoffs):
        decision = decide(tuple(stories.values()), layoff, source(number), NOW + timedelta(hours=number))
        routing = route(decision, lists, NOW)
        for alert in routing.alerts:
            assert alert.id not in sent
            assert alert.replaces is None or sent[alert.replaces] == alert.channel
            sent[alert.id] = alert.channel
        stories[decision.story.id] = routing.story
