"""What an ambiguous place name means in one document: Newark in New York, Paris in Texas, Georgia the country.

One name has one sense per document: where it is qualified once, that holds everywhere. Otherwise the readings
compete: how well known the place is, and what else the document names. Datelines and seats count here, as
hints; they never are places of a cut.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from monitor.extract.gazetteer import Gazetteer
from monitor.extract.lexicon import COMMON
from monitor.extract.place_roles import SITES
from monitor.extract.toponyms import Grain, Reading, Toponym, toponyms, whole_country
from monitor.model import Document, ZoneKind

_READ = 12_000  # characters of a document that give hints
_REGION_NAMED = 1.6
_COUNTRY_NAMED = 0.9
_MOST_NAMED = 0.6
_ENGLISH_NEWS = 0.4  # an English wire says "Santa Clara" of California without more
_HOME = frozenset(("US", "GB", "CA"))
# Only an organisation speaks, plans, cuts or has a legal form and shares.
_COMPANY_AFTER = re.compile(
    r"\s(?:said|says|plans|expects|will|has|announced|is\s(?:cutting|closing|planning)|to\s(?:cut|close|lay|shed|slash|eliminate)|"
    r"cuts|employs|reported|Inc|Corp|Plc|PLC|Ltd|LLC|AG|SA|NV|Co|Group|Holdings|Air|Airlines|Airways|shares|declined|also)\b"
    r"|\s&\s[A-Z]|-[A-Z]|\s\(\s?(?:[A-Z]+\.[A-Z]+|[A-Z]+:)|['’]s\s(?:shares|chief|CEO|spokes|stock|board|workforce|headquarters)"
)
# Who is named together with the country Georgia, and not with the state.
_NEIGHBOURS = {"GE": ("RU", "UA", "AM", "AZ", "TR", "KZ")}
_FAMOUS = 200_000
_NAMED_ON = re.compile(r"\s(?!(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)[A-Z][a-z]+")
_SITE_SOON = re.compile(rf"\s[\w&-]+(?:\s[\w&-]+)?\s{SITES}\b")
_COMPANY_BEFORE = re.compile(r"[A-Z]\w*\s&\s\Z")


def _names_company(text: str, name: Toponym) -> bool:
    """Whether a town's name is that of a company where it stands here."""
    if name.readings[0].grain is not Grain.CITY:
        return False
    if re.search(r"\b(?:in|near)\s\Z", text[max(0, name.start - 8) : name.start]):
        return False
    named = (
        name.readings[0].weight < _FAMOUS
        and _NAMED_ON.match(text, name.end)
        and not _SITE_SOON.match(text, name.end)
    )
    return bool(
        named
        or _COMPANY_AFTER.match(text, name.end)
        or _COMPANY_BEFORE.search(text[max(0, name.start - 30) : name.start])
    )


class Senses:
    """The hints of one document, gathered once."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        """Read the names of the document's beginning."""
        self.companies: set[str] = set()
        self._qualified: dict[str, Reading] = {}
        self._regions: Counter[tuple[str, str | None]] = Counter()
        self._countries: Counter[str] = Counter()
        self._text = document.text
        self._document = document
        self._gazetteer = gazetteer
        title = max((zone.end for zone in document.spans(ZoneKind.TITLE)), default=-1)
        dateline = max((zone.end for zone in document.spans(ZoneKind.DATELINE)), default=-1)
        for name in toponyms(document.text, 0, min(len(document.text), _READ), gazetteer):
            if not name.readings:
                continue
            first = name.readings[0]
            if not name.qualified and name.start > title and _names_company(document.text, name):
                self.companies.add(name.key)
                continue
            if name.qualified:
                self._qualified.setdefault(name.key, first)
            if name.start < dateline and first.grain is Grain.CITY:
                self._regions[first.country, first.region] += 1
                self._countries[first.country] += 1
            if name.qualified or first.grain is Grain.REGION:
                self._regions[first.country, first.region] += 1
            if name.qualified or first.grain is not Grain.CITY:
                self._countries[first.country] += 1

    def resolve(self, name: Toponym) -> Reading | None:
        """Return what a name means here, or None where no reading is likely enough."""
        if name.qualified:
            return name.readings[0]
        settled = self._qualified.get(name.key)
        if settled is not None and any(reading == settled for reading in name.readings):
            return settled
        if self._common_word(name):
            return None
        best = max(name.readings, key=lambda reading: self._likelihood(reading, name.readings[0]))
        return best if best.grain is not Grain.CITY or self._likely(best) else None

    def home(self) -> Reading | None:
        """Return the country of the dateline, the likely home of who speaks of "domestic" sites."""
        for zone in self._document.spans(ZoneKind.DATELINE):
            for name in toponyms(self._document.text, zone.start, zone.end, self._gazetteer):
                reading = self.resolve(name) if name.readings else None
                if reading is not None:
                    return whole_country(self._gazetteer, reading.country)
        return None

    def _common_word(self, name: Toponym) -> bool:
        """Whether the name is a word of everyday English: known as such, or written small in this text."""
        if name.readings[0].grain is not Grain.CITY or " " in name.key:
            return False
        if name.key in COMMON:
            return True
        return re.search(rf"\b{re.escape(name.key)}\b", self._text) is not None

    def _likelihood(self, reading: Reading, first: Reading) -> float:
        value = math.log10(reading.weight + 10) + (_ENGLISH_NEWS if reading.country in _HOME else 0.0)
        if first.grain is not Grain.CITY:
            value = 20.0 if reading is first else 0.0
            if reading.grain is Grain.COUNTRY and reading is not first:
                value = 20.0 + self._countries[reading.country] - self._countries[first.country] - 0.5
                value += 0.6 * sum(
                    self._countries[other] > 0 for other in _NEIGHBOURS.get(reading.country, ())
                )
            return value
        if self._regions[reading.country, reading.region]:
            value += _REGION_NAMED
        if self._countries[reading.country]:
            value += _COUNTRY_NAMED
            if self._countries.most_common(1)[0][0] == reading.country:
                value += _MOST_NAMED
        return value

    def _likely(self, reading: Reading) -> bool:
        """A small town without a qualifier is believed only in a country that the document names."""
        return reading.weight >= 100_000 or (
            reading.weight >= 2_000 and bool(self._countries[reading.country])
        )
