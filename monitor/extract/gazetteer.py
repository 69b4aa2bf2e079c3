"""The gazetteer: what towns, regions and countries are called, and where they are.

Data: GeoNames (https://www.geonames.org, CC BY 4.0), packed by `monitor.extract.build_gazetteer` into one
file of parallel arrays. A name is found by bisecting its 64-bit hash, so that loading builds no dictionary of
two hundred thousand strings: it unzips and slices.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import TypedDict

ARRAYS = ("hashes", "first", "rows", "latitude", "longitude", "population", "region", "name_end")
TYPES = {"hashes": "Q", "first": "I", "rows": "I", "latitude": "f", "longitude": "f"} | {
    "population": "I",
    "region": "H",
    "name_end": "I",
}
ALIAS = 1 << 31  # set on a row that is found by another of its names than the main one
FILE = "gazetteer.gz"

_REMEMBERED = 8192  # names looked up last: the same ones come again and again

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_UNMARKED = str.maketrans(dict.fromkeys(".'’ʼ‘`´", "") | dict.fromkeys("-–\xa0_/", " "))
_LONG_FORMS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}


@dataclass(frozen=True, slots=True)
class Region:
    """A subdivision: `code` is the part of ISO 3166-2 behind the hyphen, None where there is no such code.

    `code` None and `name` empty stands for a country as a whole. Coordinates are the mean of its towns,
    weighted by population, in WGS 84 degrees. `area`: it is a part of the subdivision that has no code of
    its own ("Kent", "Bay Area"), with the middle of that part.
    """

    country: str
    code: str | None
    name: str
    latitude: float
    longitude: float
    area: bool


@dataclass(frozen=True, slots=True)
class City:
    """A town with its GeoNames name in English. `alias`: it was found by another of its names."""

    name: str
    region: str | None
    country: str
    latitude: float
    longitude: float
    population: int
    alias: bool

    @property
    def weight(self) -> float:
        """How well known it is by this name: its people, a tenth of them where it is not the main name."""
        return self.population / 10 if self.alias else float(self.population)


class Header(TypedDict):
    """The file's first part: the small tables, and the bytes of each array that follows."""

    sizes: Mapping[str, int]
    regions: Sequence[tuple[str, str | None, str, float, float, bool]]
    region_names: Mapping[str, Sequence[int]]
    countries: Mapping[str, str]
    adjectives: Mapping[str, str]


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Return the key of a place name: no case, accents, stops or hyphens, and "St" for "Saint".

    Idempotent up to white space.
    """
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name)
    kept = "".join(char for char in plain if not unicodedata.combining(char)) if plain is not name else name
    words = kept.casefold().translate(_LETTERS).translate(_UNMARKED).split()
    return " ".join(_LONG_FORMS.get(word, word) for word in words)


def hashed(key: str) -> int:
    """Return the 64-bit hash of a folded name. Among 300,000 names a chance hit is one in 10^13."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


class Gazetteer:
    """Names of towns, regions and countries in memory, read-only. See `load_gazetteer`."""

    def __init__(self, header: Header, body: bytes) -> None:
        """Slice the arrays of `body` by the sizes in `header`."""
        columns: dict[str, array[int] | array[float]] = {}
        at = 0
        for name in ARRAYS:
            columns[name] = array(TYPES[name])
            columns[name].frombytes(body[at : at + header["sizes"][name]])
            at += header["sizes"][name]
        self._columns = columns
        self._names = body[at:]
        self._cities = lru_cache(maxsize=_REMEMBERED)(self._find)
        self._regions = tuple(Region(*row) for row in header["regions"])
        self._region_names = header["region_names"]
        self._countries = header["countries"]
        self._adjectives = header["adjectives"]
        self._whole = {
            row.country: number
            for number, row in enumerate(self._regions)
            if not row.name and row.code is None
        }

    def cities(self, name: str) -> tuple[City, ...]:
        """Return the towns called `name`, the best known first."""
        return self._cities(fold(name))

    def _find(self, key: str) -> tuple[City, ...]:
        hashes, first = self._columns["hashes"], self._columns["first"]
        wanted = hashed(key)
        at = bisect_left(hashes, wanted)
        if at == len(hashes) or hashes[at] != wanted:
            return ()
        rows = self._columns["rows"][int(first[at]) : int(first[at + 1])]
        found = (self._city(int(row)) for row in rows)
        return tuple(sorted(found, key=lambda city: -city.weight))

    def regions(self, name: str) -> tuple[Region, ...]:
        """Return the regions called or abbreviated `name` ("Ohio", "Calif.", "ON")."""
        return tuple(self._regions[number] for number in self._region_names.get(fold(name), ()))

    def country(self, name: str) -> str | None:
        """Return the ISO 3166-1 code of the country called `name`."""
        return self._countries.get(fold(name))

    def adjective(self, word: str) -> str | None:
        """Return the country that an adjective names ("German" → "DE")."""
        return self._adjectives.get(fold(word))

    def whole(self, country: str) -> Region | None:
        """Return the record that stands for a country as a whole, for its coordinates."""
        number = self._whole.get(country)
        return None if number is None else self._regions[number]

    def region(self, country: str, code: str) -> Region | None:
        """Return the region with this ISO 3166-2 code."""
        return next((row for row in self._regions if row.country == country and row.code == code), None)

    def names(self) -> Iterator[str]:
        """Yield the main name of every town."""
        begin = 0
        for end in self._columns["name_end"]:
            yield self._names[begin : int(end)].decode()
            begin = int(end)

    def towns_of(self, people: int) -> Iterator[tuple[float, float]]:
        """Yield latitude and longitude of every town with at least so many people."""
        columns = self._columns
        for row, population in enumerate(columns["population"]):
            if population >= people:
                yield float(columns["latitude"][row]), float(columns["longitude"][row])

    def _city(self, row: int) -> City:
        alias, row = bool(row & ALIAS), row & ~ALIAS
        columns, ends = self._columns, self._columns["name_end"]
        begin = int(ends[row - 1]) if row else 0
        region = self._regions[int(columns["region"][row])]
        return City(
            name=self._names[begin : int(ends[row])].decode(),
            region=region.code,
            country=region.country,
            latitude=round(float(columns["latitude"][row]), 5),
            longitude=round(float(columns["longitude"][row]), 5),
            population=int(columns["population"][row]),
            alias=alias,
        )


def load_gazetteer() -> Gazetteer:
    """Read the packed gazetteer that ships with the package.

    The edge calls this once and passes the result in; a tenth of a second, about 20 MB.

    Raises:
        FileNotFoundError: the data file is missing from the installation.
        ValueError: the data file is damaged.
    """
    return read_packed(gzip.decompress((files("monitor.extract") / FILE).read_bytes()))


def read_packed(raw: bytes) -> Gazetteer:
    """Read what `build_gazetteer.pack` wrote: size of the header, header as JSON, arrays, names.

    Raises:
        ValueError: the bytes are something else.
    """
    size = int.from_bytes(raw[:4], "little")
    try:
        return Gazetteer(json.loads(raw[4 : 4 + size]), raw[4 + size :])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"the gazetteer's data file is damaged: {error}") from error


def table_rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line of one of our tables: `|` between cells, `#` begins a remark."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]
