"""What narrows a place name: the region or country behind it, at the end of its list, or behind its site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.extract.gazetteer import Gazetteer, Region, fold
from monitor.extract.places.grammar import LOCATES
from monitor.extract.places.readings import SHORT_NAME, STATE_CITIES, Grain, Reading, Toponym, unlisted
from monitor.extract.places.words import WORD, Word, adjoin

_KNOWN_BESIDE_A_STATE = 30_000  # people: "Boston, New York" are two towns, "DeWitt, New York" is one
_KNOWN_NAMESAKE = 10_000  # people of a town that shares the name of a state

# What may stand between a name and its qualifier, and the county word of Ireland and Britain.
_QUALIFIER = re.compile(
    r",\s?(?=[A-Z])|(?:\s[a-z]+)?\s?\((?=[A-Z])|\s(?=[A-Z]{2}\b)|"
    r"(?:\s(?:in|of)|,)\s(?:the\s)?(?:(?:central|mid|(?:north|south|east|west)-?(?:east|west)?(?:ern)?)\s)?(?=[A-Z])"
)
_COUNTY = re.compile(r"(?:Co\.?|County)\s(?=[A-Z])")
_NEARBY = re.compile(
    r",?\s(?:just\soutside|near|outside|close\sto|(?:north|south|east|west)(?:east|west)?\sof)\s"
)
LIST_STEP = re.compile(r"\s?(?:,|,?\s(?:and|or|&)\s)\s?")


@dataclass(frozen=True, slots=True)
class Qualifier:
    """Regions or a country behind a name, and where they end."""

    regions: tuple[Region, ...]
    country: str | None
    begin: int
    end: int
    tight: bool

    def fits(self, reading: Reading) -> bool:
        """Whether a reading lies inside."""
        if reading.country == self.country:
            return True
        return any(row.country == reading.country and row.code == reading.region for row in self.regions)


def qualify(text: str, name: Toponym, end: int, gazetteer: Gazetteer) -> Toponym:
    """Narrow a name by up to two qualifiers behind it ("Temiscaming, Quebec, Canada")."""
    if name.adjective or not name.readings or not _may_be_town(name):
        return name
    for _ in range(2):
        found = qualifier(text, name.end, end, gazetteer)
        if found is None:
            break
        fitting = tuple(r for r in name.readings if found.fits(r) and r.grain is not Grain.COUNTRY)
        if found.regions and _two_states(text, name, found, fitting, end):
            break
        cities = tuple(r for r in fitting if r.grain is Grain.CITY and r.city != r.region)
        if not fitting:
            if not found.tight or name.qualified or not found.regions:
                break
            fitting = (unlisted(text[name.start : name.bare], found.regions[0]),)
        name = replace(name, readings=cities or fitting, end=found.end, qualified=True)
    return name


def _may_be_town(name: Toponym) -> bool:
    """Whether a qualifier behind the name can make it a town: "Peru, Indiana" is one."""
    return any(reading.grain is not Grain.COUNTRY for reading in name.readings)


def _two_states(text: str, name: Toponym, found: Qualifier, fitting: Sequence[Reading], limit: int) -> bool:
    """Whether "Washington, Georgia" is two states of a list and not the town of that name."""
    if name.qualified:
        return False
    if name.readings[0].grain is Grain.CITY:
        weight = name.readings[0].weight
        if fold(text[found.begin : found.end]) not in STATE_CITIES:
            return False
        return not any(r.weight * 100 > weight for r in fitting) and weight >= _KNOWN_BESIDE_A_STATE
    known = any(r.grain is Grain.CITY and r.weight >= _KNOWN_NAMESAKE for r in fitting)
    return not known or LIST_STEP.match(text, found.end, limit) is not None


def qualifier(text: str, at: int, limit: int, gazetteer: Gazetteer) -> Qualifier | None:
    """Return the region or country that stands right behind a name which ends at `at`."""
    step = _QUALIFIER.match(text, at, limit)
    if step is None:
        return None
    begin = step.end()
    county = _COUNTY.match(text, begin, limit)
    words = [
        Word(m.start(), m.end(), m.group()) for m in _nearby(text, county.end() if county else begin, limit)
    ]
    for to in range(len(words) - 1, -1, -1):
        if any(not adjoin(text, words[i], words[i + 1]) for i in range(to)):
            continue
        name = text[begin : words[to].end]
        regions, country = gazetteer.regions(name), gazetteer.country(name)
        short = len(name) == 2 and not step.group().startswith((",", " ("))
        if (regions or country) and (len(name) > 1) and not (short and not name.isupper()):
            stop = words[to].end
            stop += text[stop : stop + 1] == "." and _abbreviated(name, regions)
            stop += step.group().endswith("(") and text[stop : stop + 1] == ")"
            tight = not step.group().startswith((" in ", " of "))
            return Qualifier(
                regions, None if name in ("CA", "DE", "IN", "LA") else country, begin, stop, tight
            )
    return None


def _abbreviated(name: str, regions: Sequence[Region]) -> bool:
    """Whether a full stop behind the name belongs to it."""
    return len(fold(name)) < SHORT_NAME and any(fold(row.name) != fold(name) for row in regions)


def _nearby(text: str, begin: int, limit: int) -> Iterator[re.Match[str]]:
    for count, match in enumerate(WORD.finditer(text, begin, limit)):
        if count == 3:
            return
        yield match


def shared(text: str, found: list[Toponym]) -> tuple[Toponym, ...]:
    """Pass the qualifier at the end of a list back to the names before it that have a reading there.

    So does a site: "its Frenchtown mill in Montana".
    """
    for at in range(len(found) - 2, -1, -1):
        name, following = found[at], found[at + 1]
        if not name.qualified and (
            LOCATES.fullmatch(text, name.end, following.start)
            or _NEARBY.fullmatch(text, name.end, following.start)
        ):
            found[at] = _within(name, following)
            continue
        if (
            name.qualified
            or not following.qualified
            or not LIST_STEP.fullmatch(text, name.end, following.start)
        ):
            continue
        there = {(r.country, r.region) for r in following.readings[:1]}
        fitting = tuple(r for r in name.readings if r.grain is Grain.CITY and (r.country, r.region) in there)
        same_country = tuple(
            r for r in name.readings if r.grain is Grain.CITY and r.country == following.readings[0].country
        )
        if (
            fitting
            and name.readings[0].grain is Grain.CITY
            and fitting[0].weight * 20 > name.readings[0].weight
        ):
            found[at] = replace(name, readings=fitting, qualified=True)
        elif same_country and name.readings[0].grain is Grain.CITY and same_country[0] is name.readings[0]:
            found[at] = replace(name, readings=same_country)
    return tuple(found)


def _within(name: Toponym, area: Toponym) -> Toponym:
    """Narrow a name to its readings as a town in a region or country, or in that of a city."""
    if not area.readings:
        return name
    region, country = area.readings[0].region, area.readings[0].country
    towns = tuple(
        reading
        for reading in name.readings
        if reading.grain is Grain.CITY and reading.country == country and region in (None, reading.region)
    )
    if towns:
        return replace(name, readings=towns, qualified=True)
    sure = area.qualified or area.readings[0].grain is not Grain.CITY
    return replace(name, readings=()) if sure and not name.adjective else name  # a firm's or brand's name
