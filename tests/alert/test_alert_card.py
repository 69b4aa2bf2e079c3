from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.card import card, how_many, where, who
from monitor.alert.quote import MOST, quote
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

NOTHING = Evidence(0, 0, "")
SAID = (
    "IEC Electronics Corp. (NYSE MKT: IEC) today confirmed a workforce reduction of approximately"
    " 73 full time employees at its Newark, NY facility."
)
AT = datetime(2016, 10, 11, 20, 5, tzinfo=UTC)
WIRED = Source("1-1", "mw", "Marketwired", "IEC", "https://e.com/1", AT, AT)


def spot(text: str, part: str, offset: int = 0) -> Evidence:
    start = offset + text.index(part)
    return Evidence(start, start + len(part), part)


def facts(headcount: Headcount | None = None, percent: Percent | None = None, sentence: str = SAID) -> Layoff:
    places = (Place("Newark", "NY", "US", 43.0, -77.1, NOTHING),)
    company = Company("IEC Electronics Corp.", "NYSE MKT", "IEC", NOTHING)
    return Layoff(
        Stage.CONFIRMED,
        Kind.LAYOFF,
        company,
        headcount,
        percent,
        places,
        Evidence(100, 100 + len(sentence), sentence),
    )


IEC = facts(Headcount(73, 73, True, spot(SAID, "approximately 73", 100)))
STORY = Story("s1", "name:iec electronics", 1, IEC, (WIRED,), AT, AT)


def jobs(low: int | None, high: int | None, approximate: bool = False, words: str = "") -> Headcount:
    return Headcount(low, high, approximate, Evidence(0, len(words), words))


def test_a_card_says_who_how_many_where_what_and_by_which_sentence() -> None:
    said = card(STORY, watchlists=["everything"])
    assert said.who == "IEC Electronics Corp. (NYSE MKT: IEC)"
    assert said.how_many == "about 73 jobs"
    assert said.where == "Newark, NY, US"
    assert said.what == "confirmed layoff"
    assert said.quote.text == SAID
    assert [said.quote.text[start:end] for start, end in said.quote.bold] == ["approximately 73"]
    assert (said.source, said.published, said.link) == ("Marketwired", AT, "https://e.com/1")
    assert said.watchlists == ("everything",)
    assert said.changes == ()


@pytest.mark.parametrize(
    ("headcount", "percent", "words"),
    [
        (jobs(None, 2500), None, "up to 2,500 jobs"),
        (jobs(1000, None), None, "more than 1,000 jobs"),
        (jobs(200, 250), None, "200 to 250 jobs"),
        (jobs(1, 1), None, "1 job"),
        (None, Percent(9, False, NOTHING), "9% of the workforce"),
        (
            jobs(140, 140, approximate=True),
            Percent(9, False, NOTHING),
            "about 140 jobs (9% of the workforce)",
        ),
        (jobs(None, None, words="several hundred"), None, "several hundred jobs"),
        (jobs(None, None, words="dozens of workers"), None, "dozens of workers"),
        (None, None, "number not stated"),
    ],
)
def test_how_many_is_correct_english(
    headcount: Headcount | None, percent: Percent | None, words: str
) -> None:
    assert how_many(facts(headcount, percent)) == words


def test_who_says_no_more_than_the_text() -> None:
    assert who(None) == "employer not named"
    assert who(Company("Ford", None, None, NOTHING)) == "Ford"
    assert who(Company("Ford", None, "F", NOTHING)) == "Ford (F)"


def test_many_places_are_shortened_and_no_country_stands_beside_its_town() -> None:
    def at(city: str | None, region: str | None, country: str) -> Place:
        return Place(city, region, country, None, None, NOTHING)

    assert where(()) == ""
    assert (
        where([at(None, None, "DE"), at("Munich", "BY", "DE"), at(None, None, "FR")])
        == "Munich, Germany; France"
    )
    assert (
        where([at(None, "NY", "US"), at("Newark", "NY", "US"), at("Newark", "NY", "US")]) == "Newark, NY, US"
    )
    towns = [at(name, "NY", "US") for name in "ABCDE"]
    assert where(towns) == "A, NY, US; B, NY, US; C, NY, US; + 2 more"


def test_only_changes_that_are_news_are_shown() -> None:
    grown = Change(ChangeKind.HEADCOUNT, "about 500", "about 650")
    assert card(STORY, (Change(ChangeKind.FIRST, "", ""), grown)).changes == (grown,)


def test_other_wires_are_named_once() -> None:
    other = replace(WIRED, item="1-2", wire="Reuters")
    assert card(replace(STORY, sources=(WIRED, other, WIRED))).source == "Marketwired, also on Reuters"


@pytest.mark.parametrize("claimed", [None, AT + timedelta(days=1), AT - timedelta(days=400)])
def test_a_date_that_cannot_be_is_replaced_by_when_it_was_seen(claimed: datetime | None) -> None:
    assert card(replace(STORY, sources=(replace(WIRED, published=claimed),))).published == AT


@pytest.mark.parametrize("link", ["javascript:alert(1)", "", "http://[::1", "/relative"])
def test_what_is_no_web_address_is_no_link(link: str) -> None:
    assert card(replace(STORY, sources=(replace(WIRED, link=link),))).link == ""


def test_a_long_sentence_is_cut_around_its_number() -> None:
    long = f"{'It makes parts, in many places, ' * 30}and cuts 1,234 jobs, {'as it said before, ' * 30}end."
    said = quote(facts(Headcount(1234, 1234, False, spot(long, "1,234", 100)), sentence=long))
    assert len(said.text) <= MOST
    assert said.text.startswith("…")
    assert said.text.endswith("…")
    assert [said.text[start:end] for start, end in said.bold] == ["1,234"]


def test_lines_are_folded_into_one_and_the_bold_moves_along() -> None:
    text = "\n IEC  cuts\n\t73\njobs \n"
    said = quote(facts(Headcount(73, 73, False, spot(text, "73\njobs", 100)), sentence=text))
    assert said.text == "IEC cuts 73 jobs"
    assert [said.text[start:end] for start, end in said.bold] == ["73 jobs"]


@pytest.mark.parametrize(
    ("headcount", "percent", "sentence", "bold"),
    [
        (73, None, SAID, ["73"]),
        (74, None, SAID, []),
        (7, None, SAID, []),
        (1200, None, "It cuts 1,200 jobs, 11,200 later.", ["1,200"]),
        (None, 9.0, "It cuts about 9 percent of 9 plants' staff.", ["9 percent"]),
        (None, 9.0, "It cuts 9.5% of its staff.", []),
    ],
)
def test_a_number_read_in_the_headline_is_bold_where_the_sentence_says_it_again(
    headcount: int | None, percent: float | None, sentence: str, bold: list[str]
) -> None:
    title = Evidence(0, 2, "73")
    number = Headcount(headcount, headcount, False, title) if headcount else None
    share = Percent(percent, False, title) if percent else None
    said = quote(facts(number, share, sentence))
    assert [said.text[start:end] for start, end in said.bold] == bold


def test_a_quote_begins_behind_the_dateline() -> None:
    dateline = "NEWARK, NY--(Marketwired - October 11, 2016) - "
    headcount = Headcount(73, 73, True, spot(dateline + SAID, "approximately 73", 100))
    said = quote(facts(headcount, sentence=dateline + SAID))
    assert said.text == SAID
    assert [said.text[start:end] for start, end in said.bold] == ["approximately 73"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(jobs(None, 2000), "denies cutting up to 2,000 jobs"), (None, "denies job cuts")],
)
def test_a_denied_cut_is_never_read_as_one(number: Headcount | None, words: str) -> None:
    denied = replace(STORY, layoff=replace(facts(number), stage=Stage.DENIED))
    assert card(denied).how_many == words


@given(st.text(max_size=900), st.integers(0, 900), st.integers(0, 400))
def test_any_sentence_gives_one_short_line_with_bold_inside(text: str, start: int, length: int) -> None:
    part = text[start : start + length]
    figure = Evidence(100 + start, 100 + start + len(part), part)
    said = quote(facts(Headcount(1, 1, False, figure), sentence=text))
    assert len(said.text) <= max(MOST, length + 2)
    assert said.text == " ".join(said.text.split())
    assert all(0 <= begin < end <= len(said.text) for begin, end in said.bold)
