"""What the shape of a configuration cannot say: whether the parts of it fit one another, and the world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rapidfuzz import process

from monitor.alert.watchlists import Area, WatchlistFile
from monitor.config.problems import Problem
from monitor.config.source import Loc, Source
from monitor.config.validate import did_you_mean
from monitor.extract.gazetteer import City, Gazetteer
from monitor.story.names import name_key

# How alike, of 100, a name must be to be offered.
ALIKE = 75


@dataclass(frozen=True, slots=True)
class World:
    """What watchlists may name: rule sets, wires, and the places of the gazetteer (loaded when asked for).

    `None`: the file that says so has mistakes of its own, and nothing is laid to the watchlists.
    """

    rule_sets: Sequence[str] | None
    wires: Sequence[str] | None
    gazetteer: Callable[[], Gazetteer]


def mistakes(watchlist: WatchlistFile, source: Source, world: World) -> Iterator[Problem]:
    """Yield what a watchlist asks for that can never come, each placed in its file."""
    yield from _twice(watchlist, source)
    yield from _unknown(("filters", "rule_sets"), watchlist.filters.rule_sets, world.rule_sets, source)
    yield from _unknown(("filters", "wires"), watchlist.filters.wires, world.wires, source)
    if watchlist.urgent and not (watchlist.digest or watchlist.quiet):
        message = "'urgent' has no effect: nothing is held back here"
        yield source.problem(("urgent",), message, "add 'digest' or 'quiet', or remove it", at_key=True)
    places = watchlist.filters.places
    for number, area in enumerate(places.any_of if places else ()):
        yield from _areas(area, partial(source.problem, ("filters", "places", "any_of", number)), world)


def _twice(watchlist: WatchlistFile, source: Source) -> Iterator[Problem]:
    for number, channel in enumerate(watchlist.channels):
        if channel in watchlist.channels[:number]:
            yield source.problem(
                ("channels", number), f"the channel '{channel}' is named twice", "remove one"
            )


def _unknown(
    loc: Loc, names: Sequence[str], known: Sequence[str] | None, source: Source
) -> Iterator[Problem]:
    if known is None:
        return
    what = str(loc[-1]).replace("_", " ").removesuffix("s")
    for number, name in enumerate(names):
        if name not in known:
            remedy = did_you_mean(name, sorted(set(known)))
            yield source.problem((*loc, number), f"there is no {what} '{name}'", remedy)


def _areas(area: Area, problem: Callable[[str, str], Problem], world: World) -> Iterator[Problem]:
    if area.region and area.country and world.gazetteer().region(area.country, area.region) is None:
        named = world.gazetteer().regions(area.region)
        code = next((region.code for region in named if region.country == area.country), None)
        remedy = f"write '{code}'" if code else "write it as in ISO 3166-2, without the country: NY"
        yield problem(f"'{area.region}' is no region of {area.country}", remedy)
    elif area.city:
        yield from _city(area, problem, world)


def _city(area: Area, problem: Callable[[str, str], Problem], world: World) -> Iterator[Problem]:
    assert area.city is not None
    everywhere = world.gazetteer().cities(area.city)
    there = [city for city in everywhere if _lies_in(city, area)]
    if not everywhere:
        alike = process.extract(
            area.city, sorted(set(world.gazetteer().names())), limit=3, score_cutoff=ALIKE
        )
        nearest = ", ".join(f"'{name}'" for name, *_ in alike)
        remedy = f"did you mean {nearest}?" if nearest else "name the nearest larger town, or use 'near'"
        yield problem(f"the gazetteer knows no town '{area.city}'", remedy)
    elif not there:
        best = everywhere[0]
        where = ", ".join(part for part in (best.name, best.region, best.country) if part)
        yield problem(f"'{area.city}' is not in {_named(area)}", f"the best known one is {where}")
    elif all(name_key(city.name) != name_key(area.city) for city in there):
        yield problem(f"alerts call '{area.city}' by its English name", f"write '{there[0].name}'")


def _lies_in(city: City, area: Area) -> bool:
    return area.country in (None, city.country) and area.region in (None, city.region)


def _named(area: Area) -> str:
    return ", ".join(part for part in (area.region, area.country) if part)
