from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Evidence, Headcount, Percent, Place
from monitor.story.compare import Overlap, counted, overlap, same_headcount, same_percent, same_place

NOTHING = Evidence(0, 0, "")
ENDS = st.one_of(st.none(), st.integers(1, 5000))
NUMBERS = st.builds(Headcount, ENDS, ENDS, st.booleans(), st.just(NOTHING)).filter(counted)


def at(city: str | None, region: str | None = None, country: str = "US") -> Place:
    return Place(city, region, country, None, None, NOTHING)


PLACES = st.lists(
    st.sampled_from([at("Newark", "NY"), at(None, "NY"), at(None), at("Bonn", "NW", "DE")]), max_size=3
)


@pytest.mark.parametrize(
    ("told", "new", "same"),
    [
        ((73, 73, False), (73, 73, False), True),
        ((73, 73, False), (74, 74, False), False),
        ((500, 500, True), (487, 487, False), True),
        ((500, 500, True), (450, 450, False), False),
        ((None, 500, False), (500, 500, False), True),
        ((None, 500, False), (450, 450, False), False),
        ((200, 250, False), (None, 250, False), True),
        ((200, 250, False), (200, 200, False), False),
        ((1000, None, False), (1000, 1000, True), True),
        ((1000, None, False), (1800, 1800, False), False),
    ],
)
def test_numbers_agree_when_they_can_tell_the_same_figure(
    told: tuple[int | None, int | None, bool], new: tuple[int | None, int | None, bool], same: bool
) -> None:
    assert same_headcount(Headcount(*told, NOTHING), Headcount(*new, NOTHING)) is same


@given(NUMBERS, NUMBERS)
def test_agreement_has_no_direction(one: Headcount, other: Headcount) -> None:
    assert same_headcount(one, one)
    assert same_headcount(one, other) == same_headcount(other, one)


def test_shares_agree_within_rounding() -> None:
    assert same_percent(Percent(9, True, NOTHING), Percent(9.4, False, NOTHING))
    assert not same_percent(Percent(9, False, NOTHING), Percent(9.4, False, NOTHING))


def test_a_town_lies_in_its_region_and_its_country() -> None:
    assert same_place(at("Newark", "NY"), at(None, "NY"))
    assert same_place(at("Newark", "NY"), at(None))
    assert not same_place(at("Newark", "NY"), at("Newark", "NJ"))
    assert not same_place(at("Paris", None), at("Paris", None, "FR"))


@pytest.mark.parametrize(
    ("told", "new", "lie"),
    [
        ([], [at("Newark")], Overlap.UNKNOWN),
        ([at("Newark")], [at("Newark")], Overlap.SAME),
        ([at("Newark")], [at("Newark"), at("Rochester")], Overlap.MORE),
        ([at("Newark"), at("Rochester")], [at("Newark")], Overlap.FEWER),
        ([at("Newark")], [at("Rochester")], Overlap.DISJOINT),
        ([at(None)], [at("Newark"), at("Rochester")], Overlap.SAME),
    ],
)
def test_places_lie_to_one_another(told: list[Place], new: list[Place], lie: Overlap) -> None:
    assert overlap(told, new) is lie


@given(PLACES, PLACES)
def test_disjoint_has_no_direction(one: list[Place], other: list[Place]) -> None:
    assert (overlap(one, other) is Overlap.DISJOINT) == (overlap(other, one) is Overlap.DISJOINT)
