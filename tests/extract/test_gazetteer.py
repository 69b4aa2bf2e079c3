from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.build_gazetteer import pack
from monitor.extract.gazetteer import Gazetteer, fold, load_gazetteer, read_packed


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("name", "city", "region", "country"),
    [
        ("Turin", "Turin", "21", "IT"),
        ("Torino", "Turin", "21", "IT"),
        ("München", "Munich", "BY", "DE"),
        ("Cologne", "Cologne", "NW", "DE"),
        ("St Louis", "St. Louis", "MO", "US"),
        ("saint-nazaire", "Saint-Nazaire", "PDL", "FR"),
        ("Lebel-sur-Quevillon", "Lebel-sur-Quévillon", "QC", "CA"),
        ("NEW YORK", "New York", "NY", "US"),
        ("Bombay", "Mumbai", "MH", "IN"),
        ("Geelong", "Geelong", "VIC", "AU"),
    ],
)
def test_a_town_is_found_as_it_is_written(
    gazetteer: Gazetteer, name: str, city: str, region: str, country: str
) -> None:
    best = gazetteer.cities(name)[0]
    assert (best.name, best.region, best.country) == (city, region, country)


def test_namesakes_come_best_known_first(gazetteer: Gazetteer) -> None:
    found = gazetteer.cities("Newark")
    assert [town.region for town in found] == ["NJ", "OH", "CA", "DE", "NY", "AR", "TX", "IL"] or (
        found[0].region == "NJ" and "NY" in {town.region for town in found}
    )


@pytest.mark.parametrize("name", ["Calif.", "Calif", "California", "CALIFORNIA", "CA"])
def test_a_state_is_found_by_postal_and_press_abbreviations(gazetteer: Gazetteer, name: str) -> None:
    assert ("US", "CA") in {(row.country, row.code) for row in gazetteer.regions(name)}


@pytest.mark.parametrize(
    ("name", "code"), [("Ont.", "ON"), ("Que.", "QC"), ("Québec", "QC"), ("B.C.", "BC"), ("Alta.", "AB")]
)
def test_a_province_is_found_by_its_abbreviation(gazetteer: Gazetteer, name: str, code: str) -> None:
    assert {(row.country, row.code) for row in gazetteer.regions(name)} == {("CA", code)}


@pytest.mark.parametrize(
    ("name", "code"),
    [("the Netherlands", "NL"), ("Britain", "GB"), ("U.K.", "GB"), ("South Korea", "KR"), ("USA", "US")],
)
def test_a_country_has_several_names(gazetteer: Gazetteer, name: str, code: str) -> None:
    assert gazetteer.country(name) == code


@pytest.mark.parametrize(
    ("word", "code"), [("German", "DE"), ("Dutch", "NL"), ("Swiss", "CH"), ("U.S.", "US")]
)
def test_an_adjective_names_its_country(gazetteer: Gazetteer, word: str, code: str) -> None:
    assert gazetteer.adjective(word) == code


def test_nothing_is_found_for_what_is_no_place(gazetteer: Gazetteer) -> None:
    assert gazetteer.cities("Qwertyville") == ()
    assert gazetteer.regions("Qwertyshire") == ()
    assert gazetteer.country("Ruritania") is None
    assert gazetteer.adjective("Ruritanian") is None


def test_coordinates_are_those_of_the_place(gazetteer: Gazetteer) -> None:
    turin = gazetteer.cities("Turin")[0]
    assert (turin.latitude, turin.longitude) == pytest.approx((45.07, 7.687), abs=0.001)
    ohio = gazetteer.regions("Ohio")[0]
    assert (ohio.latitude, ohio.longitude) == pytest.approx((40.4, -82.8), abs=1.0)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_any_name_may_be_asked_for(gazetteer: Gazetteer, name: str) -> None:
    for town in gazetteer.cities(name):
        assert -90 <= town.latitude <= 90
        assert -180 <= town.longitude <= 180


def test_the_gazetteer_takes_little_memory() -> None:
    tracemalloc.start()
    loaded = load_gazetteer()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert loaded.cities("Paris")
    assert held < 150_000_000


def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(ValueError, match="gazetteer"):
        read_packed(b"\x05\x00\x00\x00{not json")


def test_packing_again_gives_the_shipped_names(gazetteer: Gazetteer) -> None:
    fresh = read_packed(pack())
    for name in ("Fostoria", "Smooth Rock Falls", "Reading", "Bay Area", "Co Cork"):
        assert fresh.cities(name) == gazetteer.cities(name)
        assert fresh.regions(name) == gazetteer.regions(name)
