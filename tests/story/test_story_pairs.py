"""Pairs of tellings that are hard to tell apart: each the same announcement, or another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from monitor.model import Company, Evidence, Headcount, Kind, Layoff, Percent, Place, Source, Stage
from monitor.story.decide import Outcome, decide, story_keys

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOTHING = Evidence(0, 0, "")
DAYTON, LIMA = ("Dayton", "OH", "US"), ("Lima", "OH", "US")
LEEDS, BONN = ("Leeds", "ENG", "GB"), ("Bonn", "NW", "DE")
OHIO, US, DE = (None, "OH", "US"), (None, None, "US"), (None, None, "DE")
Spot = tuple[str | None, str | None, str]


@dataclass(frozen=True)
class Telling:
    """What one item tells. `jobs` is a number or a range, negative for "about", `parts` the jobs by place."""

    who: str | None = "Harlow Instruments, Inc."
    jobs: int | tuple[int | None, int | None] | None = 500
    at: Sequence[Spot] = (DAYTON,)
    listing: str = ""
    percent: float | None = None
    stage: Stage = Stage.CONFIRMED
    kind: Kind = Kind.LAYOFF
    parts: Sequence[int] = ()
    title: str = "A headline of its own"
    opens: str = ""
    link: str = ""

    @property
    def layoff(self) -> Layoff:
        low, high = self.jobs if isinstance(self.jobs, tuple) else (self.jobs, self.jobs)
        about = any(end is not None and end < 0 for end in (low, high))
        low, high = (None if end is None else abs(end) for end in (low, high))
        exchange, _, ticker = self.listing.rpartition(":")
        parts = [*self.parts, *[None] * (len(self.at) - len(self.parts))]
        return Layoff(
            self.stage,
            self.kind,
            Company(self.who, exchange or None, ticker or None, NOTHING) if self.who else None,
            Headcount(low, high, about, NOTHING) if (low, high) != (None, None) else None,
            Percent(self.percent, False, NOTHING) if self.percent else None,
            tuple(Place(*spot, None, None, NOTHING, jobs) for spot, jobs in zip(self.at, parts, strict=True)),
            NOTHING,
        )

    def source(self, number: int, at: datetime) -> Source:
        lead = (self.opens,) if self.opens else ()
        wire = ("Wire A", "Wire B")[number]
        return Source(f"1-{number}", f"feed-{number}", wire, self.title, self.link, at, at, lead)


def one_story(first: Telling, second: Telling, days: float) -> bool:
    """Whether the second telling joins the story of the first, found by its keys as the reader does."""
    source = first.source(0, NOON)
    story = decide((), first.layoff, source, NOON).story
    later = NOON + timedelta(days=days)
    again = second.source(1, later)
    found = set(story_keys(first.layoff, source)) & set(story_keys(second.layoff, again))
    return decide((story,) if found else (), second.layoff, again, later).outcome is not Outcome.NEW


class Pair(NamedTuple):
    """Two tellings, the second one so many days after the first."""

    first: Telling
    second: Telling
    days: float = 0.1


T, P = Telling, Pair
PLANNED, REPORTED, DENIED = Stage.PLANNED, Stage.REPORTED, Stage.DENIED
HALVES = T(jobs=900, at=(DAYTON, LIMA), parts=(600, 300))

SAME = {
    # one employer, named in two ways
    "without the legal form": P(T("IEC Electronics Corp."), T("IEC Electronics")),
    "the, company": P(T("The Boeing Company"), T("Boeing Co.")),
    "accents, S.A.": P(T("Nestlé S.A."), T("Nestle")),
    "ampersand": P(T("Johnson & Johnson"), T("Johnson and Johnson")),
    "AG & Co. KGaA": P(T("Henkel AG & Co. KGaA"), T("Henkel")),
    "group": P(T("UBS Group AG"), T("UBS")),
    "holdings": P(T("Sears Holdings Corporation"), T("Sears")),
    "apostrophe": P(T("L’Oréal SA"), T("L'Oreal")),
    "quotes in the name": P(T("Toys “R” Us, Inc."), T("Toys R Us")),
    "initials in one word": P(T("J.C. Penney Company, Inc."), T("JCPenney")),
    "a hyphen": P(T("Wal-Mart Inc."), T("Walmart")),
    "one word or two": P(T("Exxon Mobil Corporation"), T("ExxonMobil")),
    "two names, a hyphen": P(T("Hewlett-Packard Company"), T("Hewlett Packard")),
    "named like its site": P(T("Overstock.com, Inc."), T("Overstock")),
    "S.A.B. de C.V.": P(T("Grupo Bimbo, S.A.B. de C.V."), T("Grupo Bimbo")),
    "limited, Ltd.": P(T("Tata Consultancy Services Limited"), T("Tata Consultancy Services Ltd.")),
    "Oyj is Corporation": P(T("Nokia Oyj"), T("Nokia Corporation")),
    "capitals": P(T("HARLOW INSTRUMENTS, INC."), T()),
    "abbreviation, one listing": P(
        T("International Business Machines Corp.", listing="NYSE:IBM"),
        T("IBM", listing="NYSE:IBM"),
    ),
    "venues of one country": P(
        T("IEC", listing="NYSE MKT:IEC"),
        T("IEC Electronics", listing="NYSE American:IEC"),
    ),
    "two classes of one share": P(
        T("Alphabet", listing="NASDAQ:GOOG"),
        T("Alphabet Inc.", listing="NASDAQ:GOOGL"),
    ),
    "listed at home and abroad": P(
        T("Nokia", listing="NYSE:NOK"),
        T("Nokia Oyj", listing="Nasdaq Helsinki:NOKIA"),
    ),
    "called by its first word, the very number": P(T("Micron Technology, Inc."), T("Micron")),
    "renamed but listed as before": P(T("Facebook", listing="NASDAQ:META"), T("Meta", listing="NASDAQ:META")),
    "not named, the same opening and figure": P(T(opens="x"), T(None, opens="x")),
    "not named, the same page": P(T(link="https://e.com/1"), T(None, link="https://e.com/1?utm_source=f")),
    # one number, told in two ways
    "rounded": P(T(jobs=487), T(jobs=-500)),
    "nearly": P(T(jobs=-1000), T(jobs=980)),
    "up to": P(T(jobs=(None, 500)), T(jobs=500)),
    "more than": P(T(jobs=(500, None)), T(jobs=-500)),
    "a range and its end": P(T(jobs=(200, 250)), T(jobs=(None, 250))),
    "share first, number then": P(T(jobs=None, percent=9.0), T(jobs=500, percent=9.0)),
    "a first number": P(T(jobs=None), T(jobs=500)),
    "no number any more": P(T(jobs=500), T(jobs=None)),
    "a larger number the next day": P(T(jobs=500), T(jobs=650)),
    # one place
    "a town and its state": P(T(at=(DAYTON,)), T(at=(OHIO,))),
    "a country, then the town": P(T(at=(US,)), T(at=(DAYTON,))),
    "no place, then one": P(T(at=()), T(at=(DAYTON,))),
    "one of two plants, with its part": P(HALVES, T(jobs=300, at=(LIMA,))),
    "two plants of which one was told": P(T(jobs=900, at=(DAYTON,)), T(jobs=900, at=(DAYTON, LIMA))),
    # one cut, further on
    "planned, confirmed after weeks": P(T(stage=PLANNED), T(), 40),
    "reported, confirmed": P(T(stage=REPORTED), T(), 3),
    "denied the next day, without a number": P(T(stage=REPORTED), T(jobs=None, at=(), stage=DENIED), 1),
    "corrected after a week": P(T(jobs=500), T(jobs=50, title="CORRECTED-Harlow to cut 50"), 7),
    "a closure called a layoff": P(T(kind=Kind.CLOSURE), T()),
    "the same number for two weeks": P(T(), T(), 13),
}

OTHER = {
    # another employer
    "one word in common": P(T("General Motors"), T("General Electric")),
    "first words alike": P(T("First Solar, Inc."), T("First Data Corp.")),
    "parent and a namesake": P(T("HP Inc."), T("Hewlett Packard Enterprise")),
    "one name, two firms: American and German": P(T("Merck & Co., Inc."), T("Merck KGaA")),
    "one name, two symbols on one market": P(
        T("Liberty", listing="NASDAQ:LBTYA"),
        T("Liberty", listing="NASDAQ:QRTE"),
    ),
    "a shorter name, another number": P(T("Nestlé USA", jobs=500), T("Nestlé", jobs=650)),
    "a shorter name, a range": P(T("Delta Galil", jobs=(400, 500)), T("Delta", jobs=500)),
    "a shorter name, another place": P(T("Ford Credit", at=(DAYTON,)), T("Ford", at=(LEEDS,))),
    "a shorter name, days later": P(T("Delta Galil"), T("Delta"), 3),
    "a name within a longer one": P(T("Pacific Steel"), T("Steel")),
    "one ticker, two markets": P(T("Ion Energy", listing="TSX:ION"), T("Ion Media", listing="NYSE:ION")),
    "a group and its daughter": P(T("Tata Motors"), T("Tata Steel")),
    "not named, nothing else in common": P(T(None), T(None)),
    "not named, other opening": P(T(opens="x"), T(None, opens="y")),
    "not named, the same opening, another figure": P(T(opens="x"), T(None, jobs=650, opens="x")),
    "two employers in one boilerplate": P(T("Acme", opens="x"), T("Castellan", opens="x")),
    # another cut
    "the next quarter, the same number": P(T(), T(), 91),
    "the next quarter, another number": P(T(jobs=500), T(jobs=300), 91),
    "the next month": P(T(jobs=500), T(jobs=300), 30),
    "another number after a week": P(T(jobs=500), T(jobs=650), 7),
    "the same number after three weeks": P(T(), T(), 21),
    "two plants, two releases, one day": P(T(at=(DAYTON,)), T(at=(LIMA,))),
    "two plants, one number each": P(T(jobs=300, at=(DAYTON,)), T(jobs=200, at=(LIMA,))),
    "two countries": P(T(at=(US,)), T(at=(DE,))),
    "a town abroad": P(T(at=(DAYTON,)), T(at=(BONN,))),
    "a smaller number at one of two plants": P(HALVES, T(jobs=100, at=(LIMA,))),
    "a furlough beside a layoff": P(T(jobs=500), T(jobs=900, kind=Kind.FURLOUGH)),
    "a buyout beside a layoff": P(T(jobs=500), T(jobs=80, kind=Kind.BUYOUT)),
    "a correction of another story": P(T(at=(DAYTON,)), T(at=(LIMA,), title="CORRECTED-Harlow cuts in Lima")),
    "a plan confirmed a quarter later": P(T(stage=PLANNED), T(), 60),
}


@pytest.mark.parametrize("why", SAME)
def test_one_announcement_is_one_story(why: str) -> None:
    assert one_story(*SAME[why])


@pytest.mark.parametrize("why", OTHER)
def test_another_announcement_is_another_story(why: str) -> None:
    assert not one_story(*OTHER[why])


@pytest.mark.parametrize("why", [*SAME, *OTHER])
def test_who_is_told_first_decides_nothing_about_employers(why: str) -> None:
    pair = {**SAME, **OTHER}[why]
    first, second = (replace(one, jobs=500, at=(), stage=Stage.CONFIRMED, parts=()) for one in pair[:2])
    assert one_story(first, second, 0.1) == one_story(second, first, 0.1)
