"""The many ways in which English tells a headcount and its employer, in one table each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.company import company
from monitor.extract.headcount import headcount
from monitor.extract.novelty import Novelty
from monitor.extract.percent import percent
from monitor.extract.reading import read
from monitor.rules.zones import read_document

Bounds = tuple[int | None, int | None]


def jobs(text: str, title: str = "") -> Bounds | None:
    found = headcount(read_document(title, text))
    return (found.low, found.high) if found else None


def employer(text: str, title: str = "") -> str | None:
    found = company(read(read_document(title, text)))
    return found.name if found else None


SEVENTY = """
Seventy workers at the Pinecrest Lumber mill will be out of work by Christmas.
As many hands as Pinecrest Lumber has no work for, 70 in all, will lose their jobs.
The job losses, 70 in total, come as Pinecrest Lumber shuts its mill.
The layoffs at Pinecrest Lumber Co. will take effect in May and affect 70 of 300 employees.
More than a quarter of Pinecrest Lumber Co.'s 400 workers, 70 in all, will lose their jobs.
Of Pinecrest Lumber Co.'s 400 employees, 70 were let go on Friday.
Of the 400 people employed by Pinecrest Lumber, 70 will be laid off.
Pinecrest Lumber has entered a 45-day consultation with 70 staff who face redundancy.
Pinecrest Lumber has asked 70 employees to resign.
Pinecrest Lumber gives notice to 70 employees.
Pinecrest Lumber is giving 70 workers their notice.
Pinecrest Lumber has issued WARN notices to 70 employees.
Pinecrest Lumber sent WARN Act notices Thursday to 70 workers.
Pinecrest Lumber will close its mill, costing 50 hourly and 20 salaried workers their jobs.
Pinecrest Lumber is closing its mill, ending 70 jobs in a town of 7,700.
Pinecrest Lumber is saying goodbye to 70 employees.
Pinecrest Lumber is whittling its workforce by 70.
Pinecrest Lumber said the measures would mean a reduction of around 70 man-years.
The workforce at Pinecrest Lumber Co. will shrink from 300 to 230.
Headcount at Pinecrest Lumber Co. will fall by 70 to 230.
The reduction takes the workforce of Pinecrest Lumber to 230 employees from 300.
Pinecrest Lumber has lowered the number of planned redundancies from 90 to 70.
Pinecrest Lumber has agreed on 70 voluntary departures, fewer than the 90 first planned.
Pinecrest Lumber, with 1,100 employees, is laying off 70.
Pinecrest Lumber, whose workforce peaked at 1,100, will lay off 70 of the remaining 400.
Pinecrest Lumber employs 460 people and said 70 full-time equivalent posts would go.
Pinecrest Lumber will lay off a total of 70 people at its mills in Salem (45) and Bend (25).
Pinecrest Lumber is laying off 45 hourly employees, 15 managers and 10 clerks.
Pinecrest Lumber will let 70 employees go, 45 drivers and 25 clerks.
Pinecrest Lumber announced the elimination of approximately 70, or 13%, of its corporate positions.
Pinecrest Lumber will cut about 70 (13%) of its positions.
Pinecrest Lumber will cut 70 (seventy) jobs.
The closure affects ~70 salaried and hourly employees of Pinecrest Lumber.
The 70 people who work on the gearing line are to be laid off, Pinecrest Lumber said.
Around 70 of the 6,900 employees who now work at 33 plants will be affected by the layoffs.
Pinecrest Lumber has given notice regarding 70 people.
Some 45 early retirements and 25 lay-offs are planned at Pinecrest Lumber.
Pinecrest Lumber has begun laying off employees. In all, 70 will lose their jobs.
Pinecrest Lumber is eliminating 50 jobs in Ohio. It will also close a mine, costing another 20 jobs.
Pinecrest Lumber laid off 70 people. Layoffs have affected more than 1,000 workers, including the 70.
Bankrupt Pinecrest Lumber began sales at its 76 stores Friday, and 70 employees will lose their jobs.
Pinecrest Lumber has announced 70 job losses. It had warned in March that 500 jobs were at risk.
""".strip().splitlines()


@pytest.mark.parametrize("text", SEVENTY)
def test_seventy_jobs_are_read_however_they_are_told(text: str) -> None:
    assert jobs(text) == (70, 70)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Acme Corp expects to cut from 70 to 80 positions.", (70, 80)),
        ("Acme Corp will cut at least 70 and as many as 80 jobs.", (70, 80)),
        ("This will result in the loss of at least 500 and perhaps as many as 1,000 positions.", (500, 1000)),
        ("As many as 640 Acme Corp. employees could be out of a job by year-end.", (None, 640)),
        ("Acme Corp will lay off 117 clerks, and also eliminate 326 unfilled positions.", (117, 443)),
        ("Acme Corp is laying off staff. It has 900 workers, and did not say how many jobs will go.", None),
        ("Acme Corp will reduce its workforce by 60 percent, to 32 employees.", None),
        ("Acme Corp offered its staff buyouts. More than 1,200 union members are left out.", None),
    ],
)
def test_what_is_told_beside_the_number_bounds_it_or_rules_it_out(text: str, bounds: Bounds | None) -> None:
    assert jobs(text) == bounds


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Acme Corp will close its plant in LaGrange, Ga., which employs 76 people.", (76, 76)),
        ("Acme Corp is closing its Bend mill. The mill's 70 employees were told on Monday.", (70, 70)),
        ("Acme Corp is closing a facility in Salem. The factory employs about 28 workers.", (28, 28)),
        ("Acme Corp said it would close a factory with 619 employees next year.", (619, 619)),
        (
            "Two facilities are affected. The plant in Shelby, which employs 88 people, will close."
            " The plant in Reid, with 70 people, will close.",
            (158, 158),
        ),
        (
            "Acme Corp will close two chicken plants, in Bend and Salem, with almost 1,700 employees.",
            (1700, 1700),
        ),
        # Not the staff of all, of a site that may close, of an earlier closure, or of one site of several.
        ("Acme Corp, which employs 9,000 people, will close its plant in LaGrange.", None),
        ("Acme Corp will close its plant in LaGrange. The company employs 9,000 people.", None),
        ("Acme Corp could close its plant in LaGrange, which employs 76 people.", None),
        ("Acme Corp closes a mill. Weeks ago it said a factory with 858 employees would be closed.", None),
        ("Acme Corp will close plants in Bend and Salem. The Bend plant employs 76 people.", None),
    ],
)
def test_the_staff_of_a_site_that_plainly_closes_is_its_headcount(text: str, bounds: Bounds | None) -> None:
    assert jobs(text) == bounds


def test_a_number_that_is_told_of_the_cut_comes_before_the_staff_of_the_site() -> None:
    text = "Acme Corp will close its mill, which employs 76 people, and 60 of them will be laid off."
    assert jobs(text) == (60, 60)


@given(
    st.integers(2, 150_000).filter(lambda value: value not in range(1900, 2100)),
    st.sampled_from(
        [
            "Acme Corp said it would cut {} jobs.",
            "Acme Corp is laying off {} workers.",
            "{} jobs will go at Acme Corp, it said.",
            "Acme Corp announced a reduction in force affecting {} employees.",
            "Acme Corp will make {} staff redundant.",
            "Acme Corp will close its mill with the loss of {} jobs.",
            "Acme Corp will reduce its workforce by {}.",
            "Acme Corp notified {} employees that they would be laid off.",
            "Acme Corp will cut 5 percent of its staff, or {} people.",
            "Acme Corp puts {} jobs at risk.",
        ]
    ),
    st.sampled_from(["", "about ", "up to ", "more than ", "another "]),
    st.booleans(),
)
def test_any_number_is_read_back_from_any_of_the_usual_sentences(
    value: int, sentence: str, hedge: str, grouped: bool
) -> None:
    told = sentence.format(hedge + (f"{value:,}" if grouped else str(value)))
    low = None if hedge.startswith("up to") else value
    high = None if hedge.startswith("more") else value
    assert jobs(told[0].upper() + told[1:]) == (low, high)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "About 85 workers will lose their jobs when Delmar Castings Co. closes its foundry.",
            "Delmar Castings Co.",
        ),
        (
            "Up to 500 jobs are at risk at Delmar Ceramics Ltd after the loss of a contract.",
            "Delmar Ceramics Ltd",
        ),
        ("A total of 64 posts will be abolished at Delmar Castings Corp.", "Delmar Castings Corp"),
        (
            "Workers at Delmar Castings in Medford were told that 70 of them would be laid off.",
            "Delmar Castings",
        ),
        ("Around 1,200 jobs are to go at Delmar's Medford works.", "Delmar"),
        ("The mill's owner, Delmar Paper Co., said 45 jobs would be lost.", "Delmar Paper Co."),
        (
            "The decision means 45 workers will be without jobs, according to Delmar Castings Co.",
            "Delmar Castings Co",
        ),
        ("Delmar Inc., advised by Goldman Sachs, said it would cut 430 jobs.", "Delmar Inc."),
        ("According to Lyonne analyst Bob Stone, Delmar Inc. will cut 430 jobs.", "Delmar Inc."),
        (
            "The move was hard, said Tom Brown, CEO of Delmar Lumber, which laid off 70 workers.",
            "Delmar Lumber",
        ),
        ("Network Ohio reports that Delmar plans to lay off 70 workers.", "Delmar"),
        ("Less than three months after laying off 150 people, Delmar Paper cut 70 jobs.", "Delmar Paper"),
        ("Delmar Inc. reported lower profit. The company said it would cut 70 jobs.", "Delmar Inc."),
        ("Delmar reported on Thursday that it will cut 70 jobs.", "Delmar"),
        ("On May 4, Delmar Bio, Inc. committed to a reduction in force of 48 employees.", "Delmar Bio, Inc."),
        ("A Wisconsin company will shut its mill and lay off 70. Delmar Paper blamed costs.", "Delmar Paper"),
        (
            "High running costs led Delmar Paper to lay off 70 workers. Delmar Paper is private.",
            "Delmar Paper",
        ),
        ("Delmar City Council will cut 75 posts.", "Delmar City Council"),
        ("Delmar's city council said 75 posts would go.", "Delmar"),
        ("Sportswear group Delmar said it would cut 900 jobs.", "Delmar"),
        ("EV maker Delmar will lay off 840 people.", "Delmar"),
        ("MUMBAI: Delmar has sacked 850 people.", "Delmar"),
    ],
)
def test_the_employer_is_named_wherever_it_stands(text: str, name: str) -> None:
    assert employer(text) == name


def test_the_line_below_a_headline_names_nobody() -> None:
    text = (
        "Reductions Affect 282 Employees; Bend and Salem to Close. DAYTON, Ohio--(BUSINESS WIRE)--"
        "Delmar Industries (NYSE: DLM) said today that plant closings will take its workforce down by 282."
    )
    assert employer(text, "Delmar Industries Announces Layoffs") == "Delmar Industries"


def test_a_month_named_by_the_dateline_dates_nothing_back() -> None:
    told = "In January 2016, the company completed a reduction in force affecting 15 employees."
    release = f"DANBURY, Conn., January 29, 2016 -- Delmar Inc. today gave an update. {told}"
    assert read(read_document("", release)).cuts[0].novelty is Novelty.NEW
    later = read(read_document("", release.replace("January 29", "June 29")))
    assert later.cuts[0].novelty is Novelty.PAST


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("More than a quarter of Acme Corp.'s 400 workers, 105 in all, will lose their jobs.", 25),
        ("Acme Corp will cut 900 jobs, half the number that unions feared.", None),
    ],
)
def test_a_share_is_one_of_the_workforce(text: str, value: float | None) -> None:
    found = percent(read_document("", text))
    assert (found.value if found else None) == value
