"""A place name and what it may mean: towns, regions and countries of that name, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from monitor.extract.gazetteer import City, Gazetteer, Region, fold

TWO_NAMES = frozenset(("HK", "MO"))  # city and territory in one: the wires name the city
_STATES_FIRST = frozenset(("US", "CA", "AU"))
_BIG_CITY = 50_000
_REMEMBERED = 8192  # names looked up last
_AREA_KNOWN = 150_000.0
SHORT_NAME = 6
_NEW_YORK_CITY = "new york city"
STATE_CITIES = frozenset(("new york", "washington"))


class Grain(StrEnum):
    """How much of the world a name covers."""

    CITY = "city"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a name may mean. `weight` is its number of people, a measure of how well known it is.

    `area`: a county or a stretch of country, which news names as it does a town.
    """

    grain: Grain
    city: str | None
    region: str | None
    country: str
    latitude: float | None
    longitude: float | None
    weight: float
    area: bool = False


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name: text[start:end] with its qualifier, text[start:bare] without.

    `readings` are what it may mean after the qualifier has narrowed it, best known first. `adjective`: the
    word is a nationality. `qualified`: a region or country follows that fits.
    """

    start: int
    bare: int
    end: int
    key: str
    readings: tuple[Reading, ...]
    adjective: bool = False
    qualified: bool = False


@lru_cache(maxsize=_REMEMBERED)
def readings_of(name: str, key: str, country: str | None, gazetteer: Gazetteer) -> tuple[Reading, ...]:
    """Return what a bare name may mean, the likeliest sort of place first; `key` is the name folded."""
    cities = tuple(_of_city(city, name, key) for city in gazetteer.cities(name))
    if country in TWO_NAMES:
        return cities or (whole_country(gazetteer, country),)
    found = gazetteer.regions(name)
    areas = tuple(_of_area(row) for row in found if row.area)
    cities = tuple(sorted(areas + cities, key=lambda reading: -reading.weight))
    regions = tuple(_of_region(row) for row in found if not row.area and _spelled_out(name, key, row))
    nation = (whole_country(gazetteer, country),) if country else ()
    states = tuple(row for row in regions if row.country in _STATES_FIRST and key not in STATE_CITIES)
    if states:
        return states + nation + cities + tuple(row for row in regions if row not in states)
    if nation:
        return nation + cities + regions
    return cities + regions if _is_city(cities, regions) else regions + cities


def _is_city(cities: Sequence[Reading], regions: Sequence[Reading]) -> bool:
    return not regions or any(city.weight >= _BIG_CITY for city in cities)


def _spelled_out(name: str, key: str, row: Region) -> bool:
    """Whether the name stands alone for a region; "Mass." and "OH" do so only behind a town."""
    return key == fold(row.name) or len(key) >= SHORT_NAME or name.count(".") > 1


def whole_country(gazetteer: Gazetteer, country: str) -> Reading:
    """Return the reading that stands for a country as a whole."""
    row = gazetteer.whole(country)
    latitude, longitude = (row.latitude, row.longitude) if row else (None, None)
    return Reading(Grain.COUNTRY, None, None, country, latitude, longitude, 0.0)


def _of_region(row: Region) -> Reading:
    return Reading(Grain.REGION, None, row.code, row.country, row.latitude, row.longitude, 0.0)


def _of_area(row: Region) -> Reading:
    return Reading(
        Grain.CITY, row.name, row.code, row.country, row.latitude, row.longitude, _AREA_KNOWN, area=True
    )


def _of_city(city: City, name: str, key: str) -> Reading:
    """Return the reading of a town, by the name it is written with: "Penang", not "George Town"."""
    shown = city.name if key in (fold(city.name), _NEW_YORK_CITY) else _shown(name)
    return Reading(Grain.CITY, shown, city.region, city.country, city.latitude, city.longitude, city.weight)


def _shown(name: str) -> str:
    return name.title() if name.isupper() else name


def unlisted(name: str, region: Region) -> Reading:
    """Return the reading of a town that the gazetteer lacks, placed in its region."""
    return Reading(
        Grain.CITY, _shown(name), region.code, region.country, region.latitude, region.longitude, 0.0
    )
