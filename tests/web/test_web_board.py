from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from fakes.desk import NOW, story
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Story
from monitor.web.board import PAGE, Board, Query
from monitor.web.sums import Sums, row

TODAY = NOW.date()
STORIES = st.builds(
    lambda name, hours, jobs, told: replace(
        story(f"s{name}", ago=timedelta(hours=hours), jobs=jobs),
        sources=story(f"s{name}", ago=timedelta(hours=hours)).sources[:told],
    ),
    st.integers(0, 5),
    st.integers(1, 1000),
    st.integers(0, 3),
    st.integers(1, 2),
)


@given(st.lists(st.lists(STORIES, max_size=4), max_size=6))
def test_sums_that_are_kept_up_are_those_of_the_rows(steps: list[list[Story]]) -> None:
    board, anew = Board(), Sums()
    latest: dict[str, Story] = {}
    for step in steps:
        board.take(step)
        latest |= {one.id: one for one in step}
    for one in latest.values():
        anew.add(row(one))
    found = board.find(Query(), TODAY)
    assert (found.total, found.jobs, found.pictures) == (anew.rows, anew.jobs, anew.pictures(TODAY))
    assert [one.at for one in found.rows] == sorted((one.first_seen for one in latest.values()), reverse=True)


def test_what_was_found_is_forgotten_when_a_row_changes() -> None:
    board = Board()
    board.take([story("a", jobs=120)])
    query = Query(words="dayton")
    assert board.find(query, TODAY).jobs == 120
    board.take([story("a", jobs=150)])
    assert board.find(query, TODAY).jobs == 150
    board.drop(NOW)
    assert board.find(query, TODAY).total == 0
    assert board.countries == []


def test_a_long_table_has_pages() -> None:
    board = Board()
    board.take(story(f"s{number}", ago=timedelta(hours=number)) for number in range(1, PAGE + 2))
    assert len(board.find(Query(), TODAY).rows) == PAGE
    assert [one.story for one in board.find(Query(page=2), TODAY).rows] == [f"s{PAGE + 1}"]
