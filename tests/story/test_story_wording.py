from __future__ import annotations

import pytest

from monitor.model import Change, ChangeKind, Evidence, Headcount, Kind, Layoff, Percent, Place, Stage
from monitor.story.wording import (
    change_words,
    event_words,
    headcount_words,
    layoff_words,
    percent_words,
    place_words,
)

NOTHING = Evidence(0, 0, "")


@pytest.mark.parametrize(
    ("low", "high", "approximate", "words"),
    [
        (73, 73, False, "73"),
        (73, 73, True, "about 73"),
        (None, 2500, False, "up to 2,500"),
        (1000, None, False, "more than 1,000"),
        (200, 250, False, "200 to 250"),
        (200, 250, True, "about 200 to 250"),
    ],
)
def test_a_number_keeps_its_qualification(
    low: int | None, high: int | None, approximate: bool, words: str
) -> None:
    assert headcount_words(Headcount(low, high, approximate, NOTHING)) == words


def test_a_number_told_in_words_only_is_quoted_if_short() -> None:
    assert (
        headcount_words(Headcount(None, None, True, Evidence(0, 15, "several\nhundred"))) == "several hundred"
    )
    assert headcount_words(Headcount(None, None, True, Evidence(0, 60, "a" * 60))) == ""


def test_a_share_has_no_idle_decimals() -> None:
    assert percent_words(Percent(9.0, False, NOTHING)) == "9%"
    assert percent_words(Percent(12.5, True, NOTHING)) == "about 12.5%"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (("Newark", "NY", "US"), "Newark, NY, US"),
        (("Toronto", "ON", "CA"), "Toronto, ON, Canada"),
        (("Munich", "BY", "DE"), "Munich, Germany"),
        ((None, "ON", "CA"), "Ontario, Canada"),
        ((None, "NY", "US"), "New York, US"),
        ((None, None, "US"), "US"),
        ((None, None, "DE"), "Germany"),
        ((None, "25", "IT"), "Italy"),
        ((None, None, "XX"), "XX"),
    ],
)
def test_a_place_reads_as_people_write_it(place: tuple[str | None, str | None, str], words: str) -> None:
    assert place_words(Place(*place, None, None, NOTHING)) == words


def test_an_event_is_stage_and_kind() -> None:
    def words(stage: Stage, kind: Kind) -> str:
        return event_words(Layoff(stage, kind, None, None, None, (), NOTHING))

    assert words(Stage.CONFIRMED, Kind.LAYOFF) == "confirmed layoff"
    assert words(Stage.PLANNED, Kind.CLOSURE) == "planned closure"
    assert words(Stage.DENIED, Kind.REDUNDANCY_PROGRAMME) == "redundancy programme denied"


def test_the_facts_stand_on_one_line() -> None:
    number, share = Headcount(73, 73, True, NOTHING), Percent(9, False, NOTHING)
    places = (Place("Newark", "NY", "US", None, None, NOTHING), Place(None, None, "DE", None, None, NOTHING))
    told = Layoff(Stage.CONFIRMED, Kind.LAYOFF, None, number, share, places, NOTHING)
    said = "about 73 jobs; 9% of the workforce; Newark, NY, US; Germany; confirmed layoff"
    assert layoff_words(told) == said


@pytest.mark.parametrize(
    ("kind", "before", "after", "words"),
    [
        (ChangeKind.FIRST, "", "73 jobs", "first report: 73 jobs"),
        (ChangeKind.ALSO_ON, "PR Newswire", "GlobeNewswire", "also on GlobeNewswire"),
        (ChangeKind.HEADCOUNT, "about 500", "about 650", "about 500 → about 650 jobs"),
        (ChangeKind.HEADCOUNT, "", "73", "first number 73 jobs"),
        (ChangeKind.PERCENT, "9%", "12%", "9% → 12% of the workforce"),
        (ChangeKind.PERCENT, "", "9%", "first number 9% of the workforce"),
        (ChangeKind.PLACE, "", "Newark, NY, US", "in Newark, NY, US"),
        (ChangeKind.PLACE, "Bonn, Germany", "Bonn, Germany; Poland", "also in Poland"),
        (ChangeKind.PLACE, "US", "Newark, NY, US", "US → Newark, NY, US"),
        (ChangeKind.STAGE, "planned", "confirmed", "planned → confirmed"),
        (ChangeKind.DENIAL, "reported", "denied", "reported → denied"),
        (ChangeKind.CORRECTION, "73", "75", "corrected: 73 → 75"),
        (ChangeKind.HEADCOUNT, "", "", ""),
    ],
)
def test_a_change_says_before_and_after(kind: ChangeKind, before: str, after: str, words: str) -> None:
    assert change_words(Change(kind, before, after)) == words
