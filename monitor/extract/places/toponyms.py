"""Place names in a stretch of text: the longest capitalised words that the gazetteer knows, with qualifiers.

A name is read together with what narrows it: "Newark, NY", "Smooth Rock Falls, Ontario, Canada", "Harlow in
Britain", "Little Island, Co Cork".
What is found may still be a person or a company; `roles` judges that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.extract.gazetteer import Gazetteer, Region, fold
from monitor.extract.lexicon import OPENERS
from monitor.extract.places.readings import (
    SHORT_NAME,
    STATE_CITIES,
    TWO_NAMES,
    Grain,
    Reading,
    readings_of,
    unlisted,
    whole_country,
)


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


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str


_LONGEST_NAME = 5
_SMALL_WORDS = "of the de del della di da du des la le les los las sur am an der den upon on under en y d l"
_INNER = frozenset(_SMALL_WORDS.split())
# Capitalised words and the small words inside names; what else lies between two of them keeps them apart.
_WORD = re.compile(
    r"(?:[A-Z]\.){2,5}|W\.Va\.|\b(?:(?![a-zß-öø-ÿ])[^\W\d_]++(?:['’](?!s\b|S\b)[^\W\d_]++)*+"
    rf"|(?:[dl]['’](?=[A-Z])[^\W\d_]++|(?:{'|'.join(_SMALL_WORDS.split())})\b))"
)
_BEFORE_STOP = frozenset("st ste ft mt pt".split())
_HYPHENS = ("-", "‑")
_GAPS = frozenset((" ", "-", "\u00a0", "‑", "–"))
# Parts of town and state names that begin them; with any other opener a capital proves nothing.
_NAME_OPENERS = frozenset(
    "new north south east west st ste ft mt san santa la le los las el de st u.s us uk".split()
)
# Stretches of the world that are no country: known so that "North America" is not read as America.
_WORLD_REGIONS = frozenset(
    f"{side}{land}".strip()
    for land in ("america", "asia", "europe", "africa")
    for side in (
        "north ",
        "south ",
        "latin ",
        "central ",
        "western ",
        "eastern ",
        "northern ",
        "southern ",
        "south east ",
        "southeast ",
        "east ",
        "west ",
        "middle ",
        "",
    )
    if (side, land) != ("", "america")
) | frozenset(
    (
        "middle east",
        "asia pacific",
        "latin america",
        "scandinavia",
        "north american",
        "south american",
        "latin american",
        "european",
        "asian",
        "the americas",
        "americas",
        "central america",
    )
)
_KNOWN_NAMESAKE = 10_000  # people of a town that shares the name of a state

# What may stand between a name and its qualifier, and the county word of Ireland and Britain.
_QUALIFIER = re.compile(
    r",\s?(?=[A-Z])|(?:\s[a-z]+)?\s?\((?=[A-Z])|\s(?=[A-Z]{2}\b)|\s(?:in|of)\s(?:the\s|[a-z]+ern\s)?(?=[A-Z])"
)
_COUNTY = re.compile(r"(?:Co\.?|County)\s(?=[A-Z])")
_LIST_STEP = re.compile(r"\s?(?:,|,?\s(?:and|or|&)\s)\s?")


def toponyms(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the place names in text[start:end] from left to right, without overlaps.

    A list that shares one qualifier ("Varel and Laupheim in Germany", "Kinston and Lenoir, North Carolina")
    passes it back to those names before it that fit. Linear in the length of the span.
    """
    words = [_Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(text, start, end)]
    return _shared(text, list(_scan(text, words, end, gazetteer)))


def _scan(text: str, words: Sequence[_Word], end: int, gazetteer: Gazetteer) -> Iterator[Toponym]:
    at = 0
    while at < len(words):
        found = None
        if _may_begin(words[at].text) and text[words[at].start - 1 : words[at].start] not in _HYPHENS:
            unknown = _unknown(text, words, at, end, gazetteer)
            found = _longest(text, words, at, gazetteer)
            if unknown is not None and (found is None or found.bare < unknown.bare):
                found = unknown
        if found is None:
            at += 1
            continue
        found = found if found.qualified else _qualify(text, found, end, gazetteer)
        yield found
        while at < len(words) and words[at].start < found.end:
            at += 1


def _may_begin(word: str) -> bool:
    lowered = word.lower().rstrip(".")
    return word[0].isupper() and (lowered not in OPENERS or lowered in _NAME_OPENERS or word in ("US", "UK"))


def _longest(text: str, words: Sequence[_Word], at: int, gazetteer: Gazetteer) -> Toponym | None:
    last = at
    while (
        last + 1 < len(words)
        and last + 1 - at < _LONGEST_NAME
        and _adjoin(text, words[last], words[last + 1])
    ):
        last += 1
    for to in range(last, at - 1, -1):
        if not words[to].text[0].isupper() and "'" not in words[to].text and "’" not in words[to].text:
            continue
        found = _look_up(text, words[at].start, words[to].end, gazetteer)
        if found is not None:
            return found
    return None


def _adjoin(text: str, left: _Word, right: _Word) -> bool:
    gap = text[left.end : right.start]
    if gap == ". ":
        return left.text.lower() in _BEFORE_STOP
    return (gap in _GAPS or gap == "\n") and (
        right.text[0].isupper() or right.text.lower() in _INNER or right.text[1:2] in ("'", "’")
    )


def _look_up(text: str, start: int, end: int, gazetteer: Gazetteer) -> Toponym | None:
    name = text[start:end]
    key = fold(name)
    if key in _WORLD_REGIONS:
        return Toponym(start, end, end, key, ())
    if len(key) <= 2 and name not in ("US", "UK", "U.S.", "U.K.", "HK"):
        return None
    stop = end + 1 if text[end : end + 1] == "." and name.endswith(("U.S", "U.K")) else end
    country, adjective = gazetteer.country(name), gazetteer.adjective(name)
    if adjective is not None and adjective not in TWO_NAMES:
        return Toponym(start, stop, stop, key, (whole_country(gazetteer, adjective),), adjective=True)
    readings = readings_of(name, key, country, gazetteer)
    return Toponym(start, end, end, key, readings) if readings else None


# --- qualifiers --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Qualifier:
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


def _qualify(text: str, name: Toponym, end: int, gazetteer: Gazetteer) -> Toponym:
    """Narrow a name by up to two qualifiers behind it ("Temiscaming, Quebec, Canada")."""
    if name.adjective or not name.readings or not _may_be_town(name):
        return name
    for _ in range(2):
        found = _qualifier(text, name.end, end, gazetteer)
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


def _two_states(text: str, name: Toponym, found: _Qualifier, fitting: Sequence[Reading], limit: int) -> bool:
    """Whether "Washington, Georgia" is two states of a list and not the town of that name."""
    if name.qualified:
        return False
    if name.readings[0].grain is Grain.CITY:
        other = text[found.begin : found.end]
        return fold(other) in STATE_CITIES and not any(
            r.weight * 100 > name.readings[0].weight for r in fitting
        )
    known = any(r.grain is Grain.CITY and r.weight >= _KNOWN_NAMESAKE for r in fitting)
    return not known or _LIST_STEP.match(text, found.end, limit) is not None


def _qualifier(text: str, at: int, limit: int, gazetteer: Gazetteer) -> _Qualifier | None:
    step = _QUALIFIER.match(text, at, limit)
    if step is None:
        return None
    begin = step.end()
    county = _COUNTY.match(text, begin, limit)
    words = [
        _Word(m.start(), m.end(), m.group()) for m in _nearby(text, county.end() if county else begin, limit)
    ]
    for to in range(len(words) - 1, -1, -1):
        if any(not _adjoin(text, words[i], words[i + 1]) for i in range(to)):
            continue
        name = text[begin : words[to].end]
        regions, country = gazetteer.regions(name), gazetteer.country(name)
        short = len(name) == 2 and not step.group().startswith((",", " ("))
        if (regions or country) and (len(name) > 1) and not (short and not name.isupper()):
            stop = words[to].end
            stop += text[stop : stop + 1] == "." and _abbreviated(name, regions)
            stop += step.group().endswith("(") and text[stop : stop + 1] == ")"
            tight = not step.group().strip().endswith(("in", "of", "the"))
            return _Qualifier(
                regions, None if name in ("CA", "DE", "IN", "LA") else country, begin, stop, tight
            )
    return None


def _abbreviated(name: str, regions: Sequence[Region]) -> bool:
    """Whether a full stop behind the name belongs to it."""
    return len(fold(name)) < SHORT_NAME and any(fold(row.name) != fold(name) for row in regions)


def _nearby(text: str, begin: int, limit: int) -> Iterator[re.Match[str]]:
    for count, match in enumerate(_WORD.finditer(text, begin, limit)):
        if count == 3:
            return
        yield match


def _unknown(text: str, words: Sequence[_Word], at: int, end: int, gazetteer: Gazetteer) -> Toponym | None:
    """A capitalised name that the gazetteer lacks, with a region right behind it ("Upper Merion, PA")."""
    if at and _leans(text, words[at - 1], words[at]):
        return None
    last = at
    while (
        last + 1 < len(words)
        and last + 1 - at < _LONGEST_NAME
        and _adjoin(text, words[last], words[last + 1])
    ):
        last += 1
    stop = words[last].end
    if text[stop : stop + 2] not in (", ", " ("):
        return None
    found = _qualifier(text, stop, end, gazetteer)
    if found is None or not (found.regions or (found.country and _placed(text, words[at].start, stop))):
        return None
    name = text[words[at].start : stop]
    if " of " in name:
        return None  # "Closure of East Texas, Pa."
    area = found.regions[0] if found.regions else gazetteer.whole(found.country or "")
    if area is None:
        return None
    reading = unlisted(name, area)
    return Toponym(words[at].start, stop, found.end, fold(name), (reading,), qualified=True)


def _placed(text: str, start: int, stop: int) -> bool:
    """Whether words show that the unknown name is a place: "in Aratu, Brazil", "Cerro Bayo (Chile)"."""
    return text[stop : stop + 2] == " (" or text[max(0, start - 3) : start] in ("in ", "at ")


def _leans(text: str, left: _Word, right: _Word) -> bool:
    return left.text[0].isupper() and text[left.end : right.start] == " "


def _shared(text: str, found: list[Toponym]) -> tuple[Toponym, ...]:
    """Pass the qualifier at the end of a list back to the names before it that have a reading there."""
    for at in range(len(found) - 2, -1, -1):
        name, following = found[at], found[at + 1]
        if (
            name.qualified
            or not following.qualified
            or not _LIST_STEP.fullmatch(text, name.end, following.start)
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
