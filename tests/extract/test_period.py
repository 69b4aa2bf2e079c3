from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.period import period
from monitor.extract.reading import read
from monitor.rules.zones import read_document

OCTOBER = date(2016, 10, 11)


def _days(told: str, published: date | None = OCTOBER) -> tuple[date | None, date | None] | None:
    found = period(read(read_document("", f"Acme Inc will cut 300 jobs {told}.")), published)
    return (found.start, found.end) if found else None


@pytest.mark.parametrize(
    ("told", "start", "end"),
    [
        ("by year-end", None, date(2016, 12, 31)),
        ("by the end of the year", None, date(2016, 12, 31)),
        ("by the end of 2018", None, date(2018, 12, 31)),
        ("in the second quarter of 2017", date(2017, 4, 1), date(2017, 6, 30)),
        ("by the end of the first quarter of 2017", None, date(2017, 3, 31)),
        ("in the first half of 2017", date(2017, 1, 1), date(2017, 6, 30)),
        ("by the middle of 2017", None, date(2017, 6, 30)),
        ("later this year", OCTOBER, date(2016, 12, 31)),
        ("by the end of March", None, date(2017, 3, 31)),
        ("by March", None, date(2017, 3, 31)),
        ("in early December", date(2016, 12, 1), date(2016, 12, 10)),
        ("by Dec. 31", None, date(2016, 12, 31)),
        ("on March 9, 2017", date(2017, 3, 9), date(2017, 3, 9)),
        ("effective immediately", OCTOBER, OCTOBER),
        ("over the next 18 months", OCTOBER, date(2018, 4, 11)),
        ("within two weeks", OCTOBER, date(2016, 10, 25)),
        ("over three years", OCTOBER, date(2019, 10, 11)),
        ("next month", date(2016, 11, 1), date(2016, 11, 30)),
        ("this quarter", date(2016, 10, 1), date(2016, 12, 31)),
        ("in 2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("early next year", date(2017, 1, 1), date(2017, 3, 31)),
        ("by next year", None, date(2017, 12, 31)),
        ("this winter", date(2016, 12, 1), date(2017, 2, 28)),
        ("on October 25th", date(2016, 10, 25), date(2016, 10, 25)),
        ("on 10 November", date(2016, 11, 10), date(2016, 11, 10)),
    ],
)
def test_periods_are_resolved_against_publication(told: str, start: date | None, end: date | None) -> None:
    assert _days(told) == (start, end)


def test_a_fiscal_period_is_told_without_days() -> None:
    assert _days("in the third fiscal quarter") == (None, None)


def test_without_a_day_of_publication_only_full_dates_are_resolved() -> None:
    assert _days("by the end of 2018", None) == (None, date(2018, 12, 31))
    assert _days("by year-end", None) is None


@pytest.mark.parametrize(
    "told", ["", "and said on Monday so", "after a loss in the third quarter", "having hired 90 in 1999"]
)
def test_other_times_are_not_those_of_the_cut(told: str) -> None:
    assert _days(told) is None


@pytest.mark.parametrize(
    "text",
    [
        "Acme Inc on Oct. 9 said it would cut 300 jobs.",
        "Acme Inc will cut 300 jobs and take a charge of $4 to $5 million in its fiscal fourth quarter.",
        "Acme Inc will cut 300 jobs. It is the third time Acme has cut its staff this year.",
        "Acme Inc will cut 300 jobs. Earlier this month it laid off 40.",
        "Acme Inc will cut 300 jobs. It has already cut 1,800 jobs this year.",
        "Acme Inc will cut 300 jobs after 6,700 departures in 2015.",
        "Acme Inc will cut 300 jobs as it expects to lose money in the fourth quarter.",
        "Acme Inc issued a fourth quarter estimate and will cut 300 jobs.",
        "Acme Inc will cut 300 jobs in a plan that it showed at a meeting in October.",
        "Acme Inc will cut 300 jobs; $10 million of the charge falls in the fourth quarter.",
        "Acme Inc may cut 300 jobs; consultation with unions is to begin immediately.",
    ],
)
def test_charges_talks_and_earlier_rounds_have_times_of_their_own(text: str) -> None:
    assert period(read(read_document("", text)), OCTOBER) is None


@given(
    st.dates(date(1990, 1, 1), date(2050, 12, 31)),
    st.text(alphabet="by in the 1st end of Mar ch 20 17 month next", max_size=60),
)
def test_a_period_never_ends_before_it_starts(published: date, told: str) -> None:
    days = _days(told, published)
    assert days is None or days[0] is None or days[1] is None or days[0] <= days[1]


@pytest.mark.parametrize(
    "text",
    [
        "It will lay off 950 pilots; it aims to reduce its capacity by 14 percent in the fourth quarter.",
        "It will cut 900 jobs while the market is expected to shrink 10 percent this year.",
        "It will cut 900 jobs, and expects to ship 23,000 fewer bikes in 2009.",
        "An accord stopping it laying off employees through the end of 2013 did not help: it cuts jobs.",
        "It laid off 100 employees and cut salaries for the rest of the year.",
    ],
)
def test_what_else_changes_has_a_period_of_its_own(text: str) -> None:
    assert period(read(read_document("", text)), date(2008, 8, 11)) is None
