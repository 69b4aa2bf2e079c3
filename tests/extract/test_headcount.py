from __future__ import annotations

import pytest
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.headcount import headcount, ranked
from monitor.extract.numbers import numbers
from monitor.model import Document, Zone, ZoneKind
from monitor.rules.zones import read_document

Bounds = tuple[int | None, int | None]


def read(text: str, title: str = "") -> Bounds | None:
    found = headcount(read_document(title, f"CHICAGO (Reuters) - {text} The company makes anvils."))
    return (found.low, found.high) if found else None


def background(text: str) -> Bounds | None:
    """Read a story whose news tells no number and whose background is `text`."""
    return read(f"Acme Corp said on Monday it would cut jobs. {text}", title="Acme to cut jobs")


PLAIN = """
Acme Corp will cut 340 jobs at its Ohio plant.
Acme Corp is eliminating 340 positions.
Acme Corp is shedding 340 salaried and contract workers.
Acme Corp, hit by falling sales, said 340 workers at its Toledo factory would lose their jobs.
Acme Corp is shutting its Toledo factory, putting 340 people out of work.
Acme Corp is closing its Toledo factory with the loss of 340 jobs.
Acme Corp sent layoff notices to 340 teachers.
Acme Corp issued 340 layoff notices on Wednesday.
Acme Corp hands pink slips to 340 workers.
Acme Corp will slash its workforce by 340.
Acme Corp will reduce its global headcount by 340 to 5,000.
Acme Corp will cut its work force from 1,240 to 900.
Acme Corp will cut its work force to 900 from 1,240.
Acme Corp told 340 employees on Tuesday that their jobs are being eliminated.
Some 340 Acme Corp employees were told on Tuesday that they are being let go.
Acme Corp will let its 340 workers go.
Acme Corp plans 340 layoffs.
Acme Corp announced a reduction in force affecting 340 employees.
Acme Corp announced a reduction in force of 340 employees.
The restructuring, which affects 340 people, will be completed by June.
Acme Corp will cut 5 percent of its staff, or 340 people.
Acme Corp is to shrink its staff by a quarter, or 340 people.
Acme Corp will cut 340 people, or 5 percent of its 24,000 employees.
Acme Corp will make 340 staff redundant.
340 staff will be made redundant at Acme Corp.
Acme Corp is consulting on 340 possible redundancies.
Acme Corp is parting ways with 340 employees.
Acme Corp will get rid of 340 jobs.
Acme Corp laid off 340 of its 900 workers.
Acme Corp laid off 340 people on Friday.
All 340 employees at Acme Corp's Toledo plant will lose their jobs.
Acme Corp said the number of job cuts would be about 340.
Acme Corp raised the number of jobs to be cut to 340 from 200.
Acme Corp increased planned job cuts to 340 from 200.
340 jobs to go at Acme Corp.
Acme Corp: 340 jobs axed.
Acme Corp plans voluntary redundancies for 340 staff.
Under the plan, 340 positions will be phased out by 2012.
The number of employees will fall by 340 to 1,200.
We have made the difficult decision to reduce our team by 340 people.
I'm sharing that 11% of our team, approximately 340 people, will be leaving.
Acme Corp filed a WARN notice saying it will lay off 340 employees at 100 Main Street.
About 340 workers accepted buyouts from Acme Corp.
Acme Corp will close 12 stores, resulting in 340 job losses.
Acme Corp will cut 340 jobs and hire 500 engineers.
Acme Corp will cut 340 jobs, including 120 in Lyon.
Acme Corp will cut a total of 340 jobs: 200 in Ohio, 100 in Texas and 40 in Utah.
Acme Corp will cut 340 jobs -- 200 in Ohio and 140 in Texas.
Acme Corp will cut about 340 jobs, 40 of them in Germany.
Acme Corp, which cut 2,000 jobs in January, will eliminate 340 positions.
Acme Corp had said in March it would cut 200 jobs. It now plans to cut 340.
Acme Corp will cut 340 jobs on top of the 3,000 it announced in January.
Acme Corp announced 340 job cuts on Wednesday and said 150 more could follow.
Acme Corp said on Monday it would put 340 workers on temporary layoff.
""".strip().splitlines()


@pytest.mark.parametrize("text", PLAIN)
def test_the_jobs_that_go_are_read_from_the_usual_constructions(text: str) -> None:
    assert read(text) == (340, 340)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Acme Corp will cut up to 2,500 jobs.", (None, 2500)),
        ("Acme Corp will cut more than 1,000 jobs.", (1000, None)),
        ("At least 340 Acme Corp workers face the axe.", (340, None)),
        ("Acme Corp expects to shed between 500 and 600 workers.", (500, 600)),
        ("Acme Corp will cut as many as 2,000 of the 3,000 workers.", (None, 2000)),
        ("Acme Corp will eliminate seventy-three jobs.", (73, 73)),
        ("Acme Corp will eliminate two dozen jobs.", (24, 24)),
        ("Acme Corp will cut 1.2k jobs.", (1200, 1200)),
        ("Acme Corp will cut 1.200 jobs in Germany.", (1200, 1200)),
        ("Acme Corp will cut 1 200 jobs in Finland.", (1200, 1200)),
        ("Acme Corp will cut hundreds of jobs.", (None, None)),
        ("Acme Corp will cut a few hundred jobs.", (None, None)),
        ("Acme Corp will cut half its 1,000-strong workforce.", (500, 500)),
        ("Acme Corp will halve its 1,000-strong workforce.", (500, 500)),
        ("Acme Corp will lay off half of its 1,000 employees.", (500, 500)),
        ("Acme Corp will slash its 1,000-person workforce in half.", (500, 500)),
        ("Acme Corp is laying off a third of its 90 employees.", (30, 30)),
        ("Acme Corp will cut 10 percent of its 8,000 workers.", None),
        ("Acme Corp will cut one job in five.", None),
        ("Acme Corp will cut at least 340 jobs.", (340, None)),
        ("Acme Corp will cut nearly 340 jobs.", (340, 340)),
        ("Acme Corp will cut some 340 jobs.", (340, 340)),
        ("Acme Corp will cut about 340 jobs.", (340, 340)),
        ("Acme Corp will cut no more than 340 jobs.", (None, 340)),
        ("Acme Corp will cut 300 to 340 jobs.", (300, 340)),
        ("Acme Corp will cut 300-340 jobs.", (300, 340)),
        ("Acme Corp will cut 1.5 million jobs.", (1_500_000, 1_500_000)),
        ("Acme Corp will cut another 50 jobs.", (50, 50)),
    ],
)
def test_hedges_and_words_give_bounds(text: str, bounds: Bounds) -> None:
    assert read(text) == bounds


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Acme Corp will cut 200 jobs in Ohio and 150 in Texas.", (350, 350)),
        ("Acme Corp will lay off 200 workers in Ohio, 150 in Texas and 50 in Utah.", (400, 400)),
        ("The decision touches 185 unionized employees and 44 staff.", (229, 229)),
        ("Acme Corp will cut up to 360 jobs in Ohio. It will also cut some 90 jobs in Texas.", (None, 450)),
        ("Some 250 employees and 80 contractors are laid off at Acme Corp.", (250, 330)),
        ("Acme Corp will cut 100 jobs in London and a further 60 in Leeds.", (160, 160)),
        ("Acme Corp laid off 25 reporters. Nine other employees were laid off in sales.", (34, 34)),
        ("Acme Corp will cut 300 jobs, including 120 in Lyon.", (300, 300)),
        ("Acme Corp will shut 10 plants and cut 1,500 jobs.", (1500, 1500)),
        ("Acme Corp will cut its workforce by about 21,000 to 40,000.", (21_000, 21_000)),
        ("At Acme Corp 160 employees took buyouts and another 90 will be laid off.", (250, 250)),
        ("Acme Corp is shedding 700 jobs: 300 in Spain, 250 in Italy and 150 in France.", (700, 700)),
        ("Acme Corp will cut 180 jobs, 120 of them in Ohio.", (180, 180)),
    ],
)
def test_parts_that_plainly_add_are_summed(text: str, bounds: Bounds) -> None:
    assert read(text) == bounds


def test_the_text_keeps_the_hedge_that_the_headline_drops() -> None:
    assert read("Acme Corp will slash more than 1,000 jobs.", title="Acme to cut 1,000 jobs") == (1000, None)
    assert read("About 940 jobs go at Acme Corp.", title="Acme sheds more than 900 jobs") == (940, 940)
    assert read("It may be 5,000 to 6,000 jobs.", title="Acme to cut up to 6,000 jobs") == (5000, 6000)


def test_a_headline_that_rounds_gives_way_to_the_full_number() -> None:
    assert read(
        "The site has 943 workers, all of whom will lose their jobs.", title="Acme to cut 950 jobs"
    ) == (
        943,
        943,
    )


def test_the_total_of_the_headline_closes_a_sum_with_temporary_workers() -> None:
    text = "Acme Corp is laying off 180 employees and 210 temporary employees."
    assert read(text) == (180, 390)
    assert read(text, title="Acme lays off 390") == (390, 390)


def test_more_than_gives_way_to_up_to() -> None:
    text = "The closing costs more than 300 workers their jobs. Up to 334 employees may lose their jobs."
    assert read(text, title="Acme to close plants") == (None, 334)


@pytest.mark.parametrize(
    "text",
    [
        "Acme Corp employs nearly 600 workers, and at least 400 of those would be laid off.",
        "Acme Corp began with 600 workers, meaning at least 400 employees will lose their jobs.",
    ],
)
def test_the_subject_nearest_to_the_verb_counts(text: str) -> None:
    assert read(text) == (400, None)


def test_the_number_of_the_day_counts_and_not_the_running_total() -> None:
    assert read("Acme Corp laid off 45 more workers on Friday, bringing the total since June to 300.") == (
        45,
        45,
    )


def test_people_left_without_jobs_are_those_who_go() -> None:
    assert read("Acme Corp is closing its call center, leaving 275 people without jobs.") == (275, 275)


def test_the_source_of_the_news_is_no_other_employer() -> None:
    text = "Acme Corp will close. According to Edgecomb, 339 employees will be laid off."
    assert read(text, title="Acme to close; more than 300 layoffs") == (339, 339)


def test_a_vague_number_at_the_top_outweighs_another_further_down() -> None:
    top = "Acme Corp said it would cut hundreds of jobs."
    assert read(f"{top} The move was expected. Acme is aiming to cut 8,000 jobs by 2010.") == (None, None)
    assert read(f"{top} The move was expected. The unions said 380 jobs would go.") == (380, 380)


RELEASES = """
The restructuring plan includes a reduction in workforce of approximately 340 employees, or 12% of headcount.
The plan will be implemented in May, impacting approximately 340 positions across the organization.
The Company notified approximately 340 employees that their employment would end on May 1.
The plan involves the separation of approximately 340 employees.
The Company currently has approximately 700 employees. The reduction will affect 340 of them.
The Company will record $4 million for the involuntary termination of 340 employees.
The Company announced a reduction of approximately 340 full-time equivalents.
The Company will eliminate three hundred and forty (340) positions.
The Company has begun negotiations concerning 400 employees; 340 may be made redundant.
Acme Corp will cut about 220 white-collar and 120 blue-collar jobs.
The mill closure will result in the loss of 320 hourly and 20 salaried positions.
Acme Corp will eliminate 340 positions, 320 through layoffs and 20 through attrition.
Acme Corp will permanently lay off 340 workers, about 30 fewer than announced in May.
""".strip().splitlines()


@pytest.mark.parametrize("text", RELEASES)
def test_releases_have_their_own_constructions(text: str) -> None:
    assert read(text, title="Acme announces restructuring") == (340, 340)


BACKGROUND = """
It did not say how many. Acme cut 2,000 jobs last year.
Last month, rival Bolt Inc said it would cut 2,000 jobs.
The industry has shed 40,000 jobs since 2007.
It has about 40,000 employees worldwide.
Acme, which employs 40,000 people in 20 countries, is based in Ohio.
The company has eliminated 3,000 jobs since 2007.
In January, it announced 3,000 job cuts.
The layoffs are in addition to 3,000 job cuts announced in January.
It had previously announced plans to cut 3,000 jobs.
The company has said it would cut 5,000 jobs by 2010.
The move comes after the company laid off 3,000 workers in March.
The plant, which employs 300 people, makes anvils.
It takes a charge of $300 million, or 40 cents a share, in 2009.
It will close 12 of its 300 stores.
The union represents 3,000 workers at Acme.
About 3,000 workers went on strike.
U.S. employers cut 533,000 jobs in November.
After the cuts Acme will have 3,000 employees.
The cuts will leave Acme with a staff of 3,000.
Acme has already cut 3,000 of the 4,000 jobs it said it would cut.
Acme added 3,000 jobs last year.
Combined with 2008 job cuts, the plan saves $40 million.
Acme is offering buyouts to 3,000 workers.
It has said it plans to cut 3,000 jobs by December.
The offer is part of its November plan to cut 3,000 jobs.
In May the parent of Bolt, which lends to homeowners, set plans to lay off 3,000 employees.
A union said that up to 3,000 workers could be laid off if the strike drags on.
For details call (888) 600-4780.
The 157-year-old company was founded in 1852.
Its shares fell 12 percent to 4,500 yen.
""".strip().splitlines()


@pytest.mark.parametrize("text", BACKGROUND)
def test_background_gives_no_number(text: str) -> None:
    assert background(text) in {None, (None, None)}


def test_the_iec_release_gives_73_approximate() -> None:
    text = (
        "NEWARK, NY--(Marketwired - October 11, 2016) - IEC Electronics Corp. (NYSE MKT: IEC) today "
        "confirmed a workforce reduction of approximately 73 full time employees at its Newark, NY facility."
    )
    found = headcount(read_document("", text))
    assert found is not None
    assert (found.low, found.high, found.approximate) == (73, 73, True)
    assert found.evidence.text == "approximately 73 full time employees"


def test_every_number_considered_is_listed_with_its_reasons() -> None:
    document = read_document("", "Acme Corp, which employs 900 people, will cut 40 jobs.")
    values = {candidate.value: dict(candidate.features) for candidate in ranked(document)}
    assert "object of the cut" in values[40]
    assert "size of the workforce" in values[900]
    assert next(iter(values)) == 40


def one_zone(text: str) -> Document:
    return Document(text, (Zone(ZoneKind.LEAD, 0, len(text)),))


@given(
    st.lists(
        st.sampled_from(
            "Acme will cut lay off about 300 1,200 jobs workers , . and to from by of its".split()
        )
    )
)
def test_no_digits_are_invented_and_white_space_does_not_matter(words: list[str]) -> None:
    plain = headcount(one_zone(" ".join(words)))
    wide = headcount(one_zone("  ".join(words)))
    assert (plain is None) == (wide is None)
    if plain is not None and wide is not None:
        assert (plain.low, plain.high) == (wide.low, wide.high)
        assert {plain.low, plain.high} - {None} <= _tellable(" ".join(words))


def _tellable(text: str) -> set[int | None]:
    """The numbers of a text, with their sums and differences."""
    told = [int(n.value) for n in numbers(text) if n.value is not None]
    sums = {sum(told[at:end]) for at in range(len(told)) for end in range(at + 1, len(told) + 1)}
    return {*told, *sums, *(abs(one - other) for one in told for other in told)}


@given(st.lists(st.sampled_from("Acme will cut lay off its jobs workers staff layoffs of the . ,".split())))
def test_a_text_without_numbers_gives_none(words: list[str]) -> None:
    found = headcount(one_zone(" ".join(words)))
    assert found is None


@pytest.mark.parametrize(
    "piece", ["cut 1 jobs ", "from 9 to 8 jobs cut ", "half its 10-strong staff cut ", "1,"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    assert is_linear(lambda size: headcount(one_zone((piece * size)[:size])), 12_500)


def test_those_of_whom_some_go_are_not_counted_as_gone() -> None:
    assert background("It could not say how many of the 2,500 Toledo jobs will go.") is None


def test_a_vague_number_gives_way_to_the_one_that_a_paper_reports_the_same_day() -> None:
    text = (
        "Acme Corp has laid off several hundred workers, sources said. "
        "The Wall Street Journal reported earlier on Tuesday Acme has cut around 500 positions."
    )
    assert read(text, title="Acme cuts several hundred jobs") == (500, 500)


def test_a_boss_who_speaks_is_no_other_employer() -> None:
    text = (
        "Acme Corp signalled fewer job cuts on Tuesday. Joe Smith, the boss brought in to mend its Borealis "
        "unit, told reporters he would cut 300 jobs there."
    )
    assert read(text, title="Acme signals job cuts") == (300, 300)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        (
            "Acme Corp will idle a kiln, which eliminates 50 hourly jobs there, and a reduction of 20 "
            "salaried positions.",
            (70, 70),
        ),
        (
            "Acme Corp's mill in Bend will close, which affects 310 employees. "
            "Acme is also reducing the workforce at its yards in Salem, Albany and Eugene; 40 employees are "
            "affected there.",
            (350, 350),
        ),
        (
            "Acme Corp will reduce staffing at its Bend, Oregon, Tulsa, Oklahoma, and Lyon, France, sites "
            "by approximately 130 individuals.",
            (130, 130),
        ),
        (
            "Acme Corp will reduce its workforce by 10 percent. That amounts to more than 400 positions.",
            (400, None),
        ),
        ("Acme Corp said 1,140 jobs were at stake under plans to close its shafts.", (1140, 1140)),
        ("* Acme Corp: permanent reduction of employees is estimated at a maximum of 107", (None, 107)),
        ("Acme Corp will halt the mine and has handed termination notices to about 220 workers.", (220, 220)),
        ("Acme Corp starts its plan. Regrettably, the changes will result in 64 redundancies.", (64, 64)),
        (
            "Acme Corp will permanently cease operating its mill in Bend. The mill employs 450 people.",
            (450, 450),
        ),
        (
            "Acme Corp will close one of its two factories in Hungary. The factory in Eger makes kettles and "
            "employs around 650 people.",
            (650, 650),
        ),
        (
            "Acme Corp will close its plant in Bend as part of a previously announced programme. The plant "
            "employs 90 people.",
            (90, 90),
        ),
    ],
)
def test_releases_and_briefs_tell_the_number_in_these_ways(
    text: str, bounds: tuple[int | None, int | None]
) -> None:
    assert read(text) == bounds


@pytest.mark.parametrize(
    "text",
    [
        "Acme Corp will reduce its workforce by 10 percent. That compares with 400 positions at Borealis.",
        "Acme Corp sent statements to about 220 workers.",
    ],
)
def test_numbers_beside_a_cut_stay_unread(text: str) -> None:
    assert read(text) is None
