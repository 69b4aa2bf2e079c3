from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.alert.card import card
from monitor.alert.digest import held_digest, report
from monitor.model import (
    Alert,
    Card,
    Company,
    Evidence,
    Headcount,
    Kind,
    Layoff,
    Place,
    Source,
    Stage,
    Story,
    Tally,
    Told,
)

NOTHING = Evidence(0, 0, "")
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
WEEK = timedelta(days=7)
NEWARK = Place("Newark", "NY", "US", None, None, NOTHING)
MUNICH = Place("Munich", "BY", "DE", None, None, NOTHING)


def story(
    name: str,
    company: str,
    jobs: int | None,
    *places: Place,
    at: datetime = MONDAY,
    told: str = "all",
) -> Story:
    number = Headcount(jobs, jobs, False, NOTHING) if jobs else None
    employer = Company(company, None, None, NOTHING)
    layoff = Layoff(Stage.CONFIRMED, Kind.LAYOFF, employer, number, None, places, NOTHING)
    source = Source(f"1-{name}", "mw", "Marketwired", company, "https://e.com/1", at, at)
    return Story(name, company, 1, layoff, (source,), at, at, told=(Told("#layoffs", 1, (told,)),))


def held(one: Story, mention: str = "") -> Alert[Card]:
    said = card(one, watchlists=["all"], mention=mention)
    return Alert(f"a-{one.id}", one.id, 1, "#layoffs", said, MONDAY, due=MONDAY + WEEK)


STORIES = (
    story("1", "Acme", 100, NEWARK),
    story("2", "Ford", 900, MUNICH, at=MONDAY + timedelta(days=2)),
    story("3", "Acme", None, NEWARK, at=MONDAY + timedelta(days=2, hours=15)),
)
BY_ID = {one.id: one for one in STORIES}


def test_what_was_held_is_one_alert_with_the_numbers() -> None:
    alert = held_digest([held(one) for one in STORIES], BY_ID, MONDAY + WEEK)
    assert (alert.channel, alert.story, alert.due) == ("#layoffs", "", None)
    assert alert.card.title == "3 stories, 1,000 jobs"
    assert [said.who for said in alert.card.cards] == ["Acme", "Ford", "Acme"]
    assert alert.card.days == (
        Tally("2026-03-02", 1, 100),
        Tally("2026-03-03", 0, 0),
        Tally("2026-03-04", 2, 900),
    )
    assert alert.card.companies == (Tally("Ford", 1, 900), Tally("Acme", 2, 100))
    assert alert.card.regions == (Tally("Bavaria, Germany", 1, 900), Tally("New York, US", 2, 100))


def test_jobs_of_a_denied_cut_do_not_count() -> None:
    denied = replace(STORIES[1], layoff=replace(STORIES[1].layoff, stage=Stage.DENIED))
    alert = held_digest([held(one) for one in (STORIES[0], denied)], {"1": STORIES[0], "2": denied}, MONDAY)
    assert alert.card.title == "2 stories, 100 jobs"
    assert alert.card.companies == (Tally("Acme", 1, 100), Tally("Ford", 1, 0))
    assert alert.card.regions == (Tally("New York, US", 1, 100), Tally("Bavaria, Germany", 1, 0))


def test_a_digest_tells_each_story_as_it_now_stands() -> None:
    then = held(story("1", "Acme", 100, NEWARK))
    now = {"1": story("1", "Acme", 250, NEWARK)}
    assert held_digest([then], now, MONDAY).card.cards[0].how_many == "250 jobs"
    assert held_digest([then], {}, MONDAY).card.cards[0].how_many == "100 jobs"


def test_a_digest_pings_everybody_whom_its_stories_ping_once() -> None:
    alerts = [held(STORIES[0], "here U0ANN0"), held(STORIES[1], "here")]
    assert held_digest(alerts, BY_ID, MONDAY).card.mention == "here U0ANN0"


def test_the_same_held_alerts_are_the_same_digest_and_others_another() -> None:
    first, second = held(STORIES[0]), held(STORIES[1])
    assert held_digest([first, second], BY_ID, MONDAY).id == held_digest([second, first], {}, MONDAY).id
    assert held_digest([first], BY_ID, MONDAY).id != held_digest([second], BY_ID, MONDAY).id
    assert held_digest([first], BY_ID, MONDAY).id != held_digest([first], BY_ID, MONDAY + WEEK).id


def test_jobs_in_several_regions_are_shared_out_only_as_the_text_says() -> None:
    shared = story("1", "Acme", 100, replace(NEWARK, jobs=60), replace(MUNICH, jobs=40))
    silent = story("2", "Ford", 100, NEWARK, MUNICH)
    regions = held_digest([held(shared), held(silent)], {"1": shared, "2": silent}, MONDAY).card.regions
    assert regions == (Tally("New York, US", 2, 60), Tally("Bavaria, Germany", 2, 40))


def test_a_report_counts_what_a_channel_was_told_for_a_watchlist_in_the_period() -> None:
    stories = (
        *STORIES,
        story("4", "Early", 9, at=MONDAY - timedelta(minutes=1)),
        story("5", "Late", 9, at=MONDAY + WEEK),
        story("6", "Other", 9, told="other"),
    )
    alert = report("all", "#layoffs", stories, MONDAY, MONDAY + WEEK, "Europe/Berlin")
    assert alert.card.title == "all, 2026-03-02 09:00 to 2026-03-09 09:00 CET: 3 stories, 1,000 jobs"
    assert [said.who for said in alert.card.cards] == ["Ford", "Acme", "Acme"]
    assert [day.name for day in alert.card.days] == ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]


def test_a_report_of_nothing_says_so() -> None:
    said = report("all", "#layoffs", (), MONDAY, MONDAY + WEEK, "UTC").card
    assert said.title.endswith(": 0 stories")
    assert (said.cards, said.days, said.companies, said.regions) == ((), (), (), ())
