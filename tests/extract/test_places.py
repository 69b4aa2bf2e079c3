from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import place_cases
import place_templates
import place_turns
import pytest
from growth import is_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.extract.gazetteer import Gazetteer, load_gazetteer
from monitor.extract.places import PlaceCandidate, place_candidates, places
from monitor.model import Document, Place
from monitor.rules.zones import read_document

IEC = (
    "NEWARK, NY--(Marketwired - October 11, 2016) - IEC Electronics Corp. (NYSE MKT: IEC) today confirmed a "
    "workforce reduction of approximately 73 full time employees at its Newark, NY facility.\n\n"
    'Jeffrey T. Schlarbaum, President & CEO of IEC Electronics commented, "We have seen a softening '
    "in our near "
    "term backlog, and have taken proactive steps with a workforce reduction at our Newark, New "
    "York facility as "
    'was recently reported by a local media outlet."\n\n'
    "About IEC Electronics\n\nIEC Electronics is headquartered in Newark, NY and also has operations in "
    "Rochester, NY and Albuquerque, NM."
)
CASES = (
    place_cases.FACILITIES
    + place_cases.NATIONS
    + place_cases.NOT_PLACES_OF_A_CUT
    + place_cases.AMBIGUOUS
    + place_cases.NICKNAMES
    + place_cases.WIRES
    + place_cases.TURNS
    + place_cases.RELATIONS
    + place_turns.LOCATED
    + place_turns.LISTS
    + place_turns.TOLD
    + place_turns.NOT_TOLD
)
WORDS = st.sampled_from(
    "Acme will cut 300 jobs in Paris Texas , . and plants at its Newark NY facility ( Georgia ) "
    "Germany U.S. - "
    "move to Ohio's St. Louis said New York layoffs".split()
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def shown(place: Place) -> str:
    """City, region and country; the region only where the cases give it."""
    regional = place.country in ("US", "CA") or place.evidence.text.startswith("Little Island")
    parts = (place.city, place.region if regional else None, place.country)
    return ", ".join(part for part in parts if part)


def read(gazetteer: Gazetteer, text: str, title: str = "") -> list[str]:
    return [shown(place) for place in places(read_document(title, text), gazetteer, "Acme")]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_a_place_is_where_jobs_go(gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
    assert sorted(read(gazetteer, text)) == sorted(expected)


@pytest.mark.parametrize("template", place_templates.BEFORE_A_NOUN)
def test_any_place_may_stand_before_the_site(gazetteer: Gazetteer, template: str) -> None:
    for name, meaning in (*place_templates.PLACES, *place_templates.ADJECTIVES):
        if not name.startswith("the state"):
            assert read(gazetteer, template.format(name.removeprefix("the "))) == [meaning]


@pytest.mark.parametrize("template", place_templates.AFTER_A_PREPOSITION)
def test_any_place_may_stand_behind_the_jobs(gazetteer: Gazetteer, template: str) -> None:
    for name, meaning in place_templates.PLACES:
        assert read(gazetteer, template.format(name)) == [meaning]


@pytest.mark.parametrize(("employer", "text", "expected"), place_turns.PUBLIC_EMPLOYERS)
def test_a_public_employer_cuts_where_it_governs(
    gazetteer: Gazetteer, employer: str, text: str, expected: list[str]
) -> None:
    assert [shown(place) for place in places(read_document("", text), gazetteer, employer)] == expected


@pytest.mark.parametrize(("title", "text", "expected"), place_cases.STORIES + place_turns.DATED)
def test_a_story_tells_its_places(gazetteer: Gazetteer, title: str, text: str, expected: list[str]) -> None:
    assert sorted(read(gazetteer, text, title)) == sorted(expected)


def test_the_iec_release_gives_newark_in_new_york_and_no_other_place(gazetteer: Gazetteer) -> None:
    (place,) = places(read_document("", IEC), gazetteer, "IEC Electronics Corp.")
    assert (place.city, place.region, place.country) == ("Newark", "NY", "US")
    assert (place.latitude, place.longitude) == pytest.approx((43.047, -77.095), abs=0.01)
    assert place.evidence.text == "Newark, NY"


def test_each_place_of_a_list_has_its_own_number(gazetteer: Gazetteer) -> None:
    document = read_document("", "Acme will lay off 25 people in Hong Kong and 12 in Tokyo.")
    assert [(place.city, place.jobs) for place in places(document, gazetteer)] == [
        ("Hong Kong", 25),
        ("Tokyo", 12),
    ]


def test_a_number_belongs_to_the_place_next_to_it(gazetteer: Gazetteer) -> None:
    document = read_document("", "Acme will cut 60 jobs at its Waterford plant in Ireland.")
    assert [place.city for place in places(document, gazetteer)] == ["Waterford"]


def test_a_number_before_a_list_is_that_of_the_whole_list(gazetteer: Gazetteer) -> None:
    document = read_document("", "Acme will cut 300 jobs in Ohio and Indiana.")
    assert [(place.region, place.jobs) for place in places(document, gazetteer)] == [
        ("OH", None),
        ("IN", None),
    ]


def test_a_number_of_sites_is_no_number_of_jobs(gazetteer: Gazetteer) -> None:
    document = read_document(
        "", "Acme will close 20 U.S. stores and cut 400 U.S. jobs, or 30 in Reno, Nevada."
    )
    assert [(place.country, place.city, place.jobs) for place in places(document, gazetteer)] == [
        ("US", None, 400),
        ("US", "Reno", 30),
    ]


def test_a_workforce_is_no_number_of_jobs_that_go(gazetteer: Gazetteer) -> None:
    text = "Acme, with 900 employees at its head office in Leeds, said it would cut jobs at its head office."
    (place,) = places(read_document("", text), gazetteer, "Acme")
    assert (place.city, place.jobs) == ("Leeds", None)


def test_a_number_of_jobs_is_not_a_year(gazetteer: Gazetteer) -> None:
    (place,) = places(
        read_document("", "Acme will close in 2009 in Ohio its plant, cutting jobs."), gazetteer
    )
    assert place.jobs is None


def test_losers_are_kept_with_their_reasons(gazetteer: Gazetteer) -> None:
    text = "Chicago-based Acme will close its plant in Bazet, France; the work moves to Kempten, Germany."
    found = place_candidates(read_document("", text), gazetteer, "Acme")
    reasons = {
        candidate.place.evidence.text: candidate.reason for candidate in found if not candidate.accepted
    }
    assert reasons["Chicago"] == "the company is described by its seat"
    assert reasons["Kempten, Germany"] == "work moves there"


def test_the_same_place_is_taken_once(gazetteer: Gazetteer) -> None:
    text = "Acme will shut its Turin plant. The closure of the Turin plant will cost 90 jobs."
    assert read(gazetteer, text) == ["Turin, IT"]


def test_boilerplate_tells_no_places(gazetteer: Gazetteer) -> None:
    text = (
        "Acme will cut 40 jobs.\n\nAbout Acme\nAcme has laid off workers in Ohio and closes plants in Texas."
    )
    assert read(gazetteer, text) == []


def consistent(document: Document, found: tuple[PlaceCandidate, ...]) -> Iterator[bool]:
    for candidate in found:
        evidence = candidate.place.evidence
        yield document.text[evidence.start : evidence.end] == evidence.text
        yield len(candidate.place.country) == 2
        yield bool(candidate.reason)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_text_gives_consistent_evidence(gazetteer: Gazetteer, text: str) -> None:
    document = read_document("Acme cuts jobs in Paris", text)
    assert all(consistent(document, place_candidates(document, gazetteer, "Acme")))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_no_text_is_refused(gazetteer: Gazetteer, text: str) -> None:
    document = read_document("", f"Layoffs in {text}")
    assert all(consistent(document, place_candidates(document, gazetteer)))


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join), st.sampled_from(("Foo", "the", "Bar's", "12 3")))
def test_no_place_is_named_that_is_not_in_the_text(gazetteer: Gazetteer, text: str, more: str) -> None:
    document = read_document("", f"{text} {more}")
    for place in places(document, gazetteer):
        assert place.evidence.text in document.text


@pytest.mark.parametrize(
    "unit", ["A", "Layoffs in Paris, ", "PARIS ", "Newark, NY. ", "plants in 1,000, ", "New York and ", "in "]
)
def test_reading_is_linear_on_hostile_text(gazetteer: Gazetteer, unit: str) -> None:
    assert is_linear(
        lambda size: places(read_document("Acme cuts jobs", unit * (size // len(unit))), gazetteer, "Acme"),
        10_000,
    )


def test_the_notice_credits_geonames() -> None:
    notice = Path(__file__).parents[2] / "NOTICE"
    assert "GeoNames" in notice.read_text()
    assert "Creative Commons Attribution 4.0" in notice.read_text()
