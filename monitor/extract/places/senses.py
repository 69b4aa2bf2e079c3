"""What an ambiguous place name means in one document: Newark, NY, Paris, TX, or Georgia the country.

One name has one sense per document: where it is qualified once, that holds everywhere. Otherwise the readings
compete: how well known the place is, and what else the document names. Datelines and seats count here, as
hints; they never are places of a cut.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import cached_property

from monitor.extract.gazetteer import Gazetteer
from monitor.extract.lexicon import COMMON
from monitor.extract.places.everyday import EVERYDAY
from monitor.extract.places.qualifiers import LIST_STEP
from monitor.extract.places.readings import Grain, Reading, Toponym, whole_country
from monitor.extract.places.toponyms import toponyms
from monitor.model import Document, ZoneKind

_READ = 8_000  # characters of a document that give hints
_ENGLISH_NEWS = 0.4  # an English wire says "Santa Clara" of California without more
_HOME = frozenset(("US", "GB", "CA"))
_REGION_NAMED = 1.6
_DATED = 0.4
_COUNTRY_NAMED = 0.9
_MOST_NAMED = 0.6
_NATIONALITY = 0.5  # of a company, mostly
# Who is named together with the country Georgia, and not with the state.
_NEIGHBOURS = {"GE": ("RU", "UA", "AM", "AZ", "TR", "KZ")}
_WELL_KNOWN = 20_000
_SMALLEST = 2_000

# Only an organisation speaks, plans, cuts or has a legal form and shares.
_COMPANY_AFTER = re.compile(
    r"\s(?:said|says|plans|expects|will|has|announced|is\s(?:cutting|closing|planning)|"
    r"to\s(?:cut|close|lay|shed|slash|eliminate)|cuts|employs|reported|Inc|Corp|Plc|PLC|Ltd|LLC|AG|SA|NV|Co|Group|"
    r"Holdings|Air|Airlines|Airways|shares|declined|also)\b"
    r"|\s&\s[A-Z]|-[A-Z]|\s\(\s?(?:[A-Z]+\.[A-Z]+|[A-Z]+:)"
    r"|['’]s\s(?:shares|chief|CEO|spokes|stock|board|workforce|headquarters)"
)


# Money that one country's firms count in; the dollar and the euro tell nothing.
_MONEY = re.compile(
    r"(?P<pound>£)|(?P<canadian>\bC\$)|(?P<australian>\bA\$)|(?P<kiwi>\bNZ\$)|(?P<rand>\bR\d|\brand\b)|"
    r"(?P<rupee>\b(?:crore|lakh)\b|₹)"
)
_SPENT_IN = {"pound": "GB", "canadian": "CA", "australian": "AU", "kiwi": "NZ", "rand": "ZA", "rupee": "IN"}


class Senses:
    """The hints of one document, gathered when the first of them is asked for."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self._document = document
        self._gazetteer = gazetteer
        self._small: dict[str, bool] = {}

    def resolve(self, name: Toponym) -> Reading | None:
        """Return what a name means here, or None where no reading is likely enough."""
        if name.qualified or name.adjective or not _ambiguous(name):
            return name.readings[0]
        settled = self._hints.qualified.get(name.key)
        if settled is not None and settled in name.readings:
            return settled
        if self._common_word(name):
            return None
        best = max(name.readings, key=lambda reading: self._likelihood(reading, name.readings[0]))
        return best if best.grain is not Grain.CITY or self._likely(best) else None

    def company(self, key: str) -> bool:
        """Whether the document uses the name for a company."""
        return key in self._hints.companies

    def at_home(self, country: str) -> bool:
        """Whether an English wire names towns of the country without more, or the document names it."""
        return country in _HOME or self._hints.countries[country] > 0

    def dateline(self) -> Reading | None:
        """Return the town or region that the story is dated from."""
        for zone in self._document.spans(ZoneKind.DATELINE):
            for name in toponyms(self._document.text, zone.start, zone.end, self._gazetteer):
                reading = self.resolve(name) if name.readings else None
                if reading is not None:
                    return reading
        return None

    def home(self) -> Reading | None:
        """Return the country of the dateline, the likely home of who speaks of "domestic" sites."""
        dated = self.dateline()
        return whole_country(self._gazetteer, dated.country) if dated else None

    @cached_property
    def _hints(self) -> _Hints:
        return _Hints(self._document, self._gazetteer)

    def _common_word(self, name: Toponym) -> bool:
        """Whether the name is a word of everyday English: known as such, or written small in this text."""
        if name.readings[0].grain is not Grain.CITY or " " in name.key:
            return False
        if name.key in COMMON or name.key in EVERYDAY:
            return True
        known = self._small.get(name.key)
        if known is None:
            known = re.search(rf"\b{re.escape(name.key)}\b", self._document.text[:_READ]) is not None
            self._small[name.key] = known
        return known

    def _likelihood(self, reading: Reading, first: Reading) -> float:
        """How likely a reading is; `first` is the one that holds where nothing else is known."""
        named = self._hints.countries
        if first.grain is not Grain.CITY:
            if reading.grain is not Grain.COUNTRY or reading is first:
                return float(reading is first)
            near = sum(named[country] > 0 for country in _NEIGHBOURS.get(reading.country, ()))
            return 0.5 + named[reading.country] - named[first.country] + 0.6 * near
        value = math.log10(reading.weight + 10) + (_ENGLISH_NEWS if reading.country in _HOME else 0.0)
        if self._hints.regions[reading.country, reading.region]:
            value += _REGION_NAMED
        if (reading.country, reading.region) in self._hints.dated:
            value += _DATED
        if named[reading.country]:
            value += _COUNTRY_NAMED * min(1.0, named[reading.country])
            if named[reading.country] == max(1.0, *named.values()):
                value += _MOST_NAMED
        return value

    def _likely(self, reading: Reading) -> bool:
        """A small town without a qualifier is believed only in a country that the document names."""
        named = bool(self._hints.countries[reading.country])
        return reading.weight >= (_SMALLEST if named else _WELL_KNOWN)


class _Hints:
    """What the document names: qualified places, regions, countries, companies called like towns."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self.companies: set[str] = set()
        self.qualified: dict[str, Reading] = {}
        self.dated: set[tuple[str, str | None]] = set()
        self.regions: Counter[tuple[str, str | None]] = Counter()
        self.countries: defaultdict[str, float] = defaultdict(float)  # a nationality counts half
        text = document.text
        title = max((zone.end for zone in document.spans(ZoneKind.TITLE)), default=-1)
        datelines = tuple(document.spans(ZoneKind.DATELINE))
        for money in _MONEY.finditer(text, 0, min(len(text), _READ)):
            self.countries[_SPENT_IN[money.lastgroup or ""]] = 1.0
        before = 0
        for name in toponyms(text, 0, min(len(text), _READ), gazetteer):
            listed = LIST_STEP.fullmatch(text, before, name.start) is not None  # "Cardiff and Hull will shut"
            before = name.end
            if not name.readings:
                continue
            dated = any(zone.start <= name.start < zone.end for zone in datelines)
            if name.start > title and not (dated or listed or name.qualified) and _names_company(text, name):
                self.companies.add(name.key)
            else:
                self._note(name, dated=dated)

    def _note(self, name: Toponym, *, dated: bool) -> None:
        first = name.readings[0]
        if first.grain is Grain.REGION and any(r.grain is Grain.COUNTRY for r in name.readings):
            return  # "Georgia" is no hint for itself
        if name.qualified:
            self.qualified.setdefault(name.key, first)
        if name.qualified or dated or first.grain is Grain.REGION:
            self.regions[first.country, first.region] += 1
        if dated:
            self.dated.add((first.country, first.region))
        if name.qualified or dated or first.grain is not Grain.CITY:
            self.countries[first.country] += _NATIONALITY if name.adjective else 1.0


def _ambiguous(name: Toponym) -> bool:
    """Whether the document has a say: a town, or a state that is called like a country."""
    first = name.readings[0].grain
    if first is Grain.REGION:
        return any(reading.grain is Grain.COUNTRY for reading in name.readings)
    return first is Grain.CITY


def _names_company(text: str, name: Toponym) -> bool:
    """Whether a town's name is that of a company where it stands here."""
    return name.readings[0].grain is Grain.CITY and _COMPANY_AFTER.match(text, name.end) is not None
