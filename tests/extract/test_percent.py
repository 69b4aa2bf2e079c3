from __future__ import annotations

import pytest

from monitor.extract.percent import percent, shares
from monitor.extract.reading import read
from monitor.rules.zones import read_document


def share(text: str) -> float | None:
    found = percent(read_document("", f"CHICAGO - {text} The company, based in Ohio, makes anvils."))
    return found.value if found else None


@pytest.mark.parametrize(
    "text",
    """
Acme Corp will cut 10 percent of its workforce.
Acme Corp will cut 10% of staff.
Acme Corp will cut its staff by up to 10 per cent.
Acme Corp will cut 300 jobs, or about 10 pct of the total.
Acme Corp will cut 300 jobs, 10 percent of its global workforce.
Acme Corp will cut 300 jobs (10 percent of its workforce).
Acme Corp will cut 10 percent of its 3,000 employees.
Acme Corp plans a 10 percent reduction in its workforce.
Acme Corp plans a 10 percent workforce reduction.
Acme Corp plans a workforce reduction of 10 percent.
Acme Corp will lay off workers. The cuts amount to 10 percent of the workforce.
Acme Corp will reduce its workforce by approximately 300 employees, representing 10% of its total workforce.
Up to 10% of the workforce will leave.
Acme Corp's 10 percent staff cut was denounced.
Acme Corp is cutting its payroll by 73, a 10 percent reduction.
Acme Corp will cut 10 percent of its 8,000-strong workforce.
Acme Corp will cut the salaried work force by an additional 10 percent.
Acme Corp cut 10 percent of its workforce in October.
The layoffs at Acme Corp will see 10 percent of its employees cut.
""".strip().splitlines(),
)
def test_the_share_of_the_workforce_is_read(text: str) -> None:
    assert share(text) == 10


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Acme Corp will lay off a third of its employees.", 33.3),
        ("Acme Corp will lay off nearly half of its staff.", 50),
        ("Acme Corp will lay off two-thirds of its staff.", 66.7),
        ("Acme Corp will cut one in five jobs.", 20),
        ("Acme Corp will eliminate one job in seven.", 14.3),
        ("Acme Corp is laying off more than 1 in 4 employees.", 25),
        ("Acme Corp will halve its workforce.", 50),
        ("Acme Corp will slash its workforce in half.", 50),
        ("Acme Corp will cut a third of its 90 jobs.", 33.3),
        ("Acme Corp will cut between 5 and 7 percent of its workforce.", 6),
    ],
)
def test_fractions_and_ranges(text: str, value: float) -> None:
    assert share(text) == value


@pytest.mark.parametrize(
    "text",
    """
Acme Corp said sales fell 10 percent and it will cut jobs.
Acme Corp will cut jobs and reduce pay by 10 percent.
Acme Corp will cut jobs and lower costs by 10 percent.
Acme Corp will cut jobs. Shares fell 10 percent.
Acme Corp will cut jobs and close 10 percent of its stores.
Acme Corp will cut jobs. It owns 10 percent of Bolt Inc.
Acme Corp will cut jobs. About 60 percent of the cuts will be in Ohio.
Acme Corp will cut jobs. It cut 10 percent of its workforce last year.
Acme Corp will cut jobs. Bolt Inc said last week it would cut 10 percent of its workforce.
Acme Corp will cut jobs, leaving it with about half of its workforce.
Acme Corp will cut 2,000 jobs, half of them in London.
Acme Corp will lay off 265 workers, a quarter of the initial goal of 1,000 employees.
""".strip().splitlines(),
)
def test_other_shares_are_not_that_of_the_workforce(text: str) -> None:
    assert share(text) is None


def test_a_hedge_makes_it_approximate_and_evidence_is_the_span() -> None:
    document = read_document("", "Acme Corp will cut about 10 percent of its staff.")
    found = percent(document, read(document))
    assert found is not None
    assert (found.approximate, found.evidence.text) == (True, "about 10 percent")
    assert shares(document)[0].percent == found


def test_the_headlines_share_counts_where_the_text_gives_a_range_around_it() -> None:
    text = "Acme Corp will cut its workforce by 12 percent to 14 percent."
    found = percent(read_document("Acme to cut up to 14 percent of jobs", text))
    assert found is not None
    assert found.value == 14
