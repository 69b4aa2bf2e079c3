"""Place names in a stretch of text: the longest capitalised words that the gazetteer knows, with qualifiers.

A name is read together with what narrows it: "Newark, NY", "Smooth Rock Falls, Ontario, Canada", "Harlow in
Britain", "Little Island, Co Cork".
What is found may still be a person or a company; `roles` judges that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.extract.gazetteer import Gazetteer, fold
from monitor.extract.lexicon import OPENERS
from monitor.extract.places.qualifiers import LIST_STEP, Qualifier, qualifier, qualify, shared
from monitor.extract.places.readings import TWO_NAMES, Grain, Toponym, readings_of, unlisted, whole_country
from monitor.extract.places.words import Word, last_of_run, words_of

_HYPHENS = ("-", "‑")
# Parts of town and state names that begin them; with any other opener a capital proves nothing.
_NAME_OPENERS = frozenset(
    "new north south east west st ste ft mt san santa la le los las el de st u.s us uk".split()
)
_COUNTIES = frozenset(("County", "Parish", "Township"))
# They make another town out of a town's name: "Upper Providence".
_TOWNSHIPS = _NAME_OPENERS | frozenset(
    "upper lower old great little big port lake mount royal glen cape".split()
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
    if (side, land) not in (("", "america"), ("south ", "africa"))
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
# The words that tell a division from its town.
_DIVISION_OF = re.compile(r"\b(?:[Ss]tate|[Pp]rovince|[Rr]egion|canton)\sof\s\Z")
_DIVISION = re.compile(r"\s(?:state|province)\b")
_TOWN_OF = re.compile(r"\b(?:[Cc]ity|town|village|suburb|port)\sof\s\Z")
_LONGEST_GRAIN = 14


def toponyms(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the place names in text[start:end] from left to right, without overlaps.

    A list that shares one qualifier ("Varel and Laupheim in Germany", "Kinston and Lenoir, North Carolina")
    passes it back to those names before it that fit. Linear in the length of the span.
    """
    words = words_of(text, start, end)
    return shared(text, list(_scan(text, words, end, gazetteer)))


def _scan(text: str, words: Sequence[Word], end: int, gazetteer: Gazetteer) -> Iterator[Toponym]:
    at, before = 0, 0
    while at < len(words):
        found = None
        if _may_begin(words[at].text) and text[words[at].start - 1 : words[at].start] not in _HYPHENS:
            listed = before > 0 and LIST_STEP.fullmatch(text, before, words[at].start) is not None
            unknown = _unknown(text, words, at, end, gazetteer, listed=listed)
            found = _longest(text, words, at, gazetteer)
            if unknown is not None and (found is None or found.bare < unknown.bare):
                found = unknown
        if found is None:
            at += 1
            continue
        found = found if found.qualified else qualify(text, _of_grain(text, found), end, gazetteer)
        yield found
        before = found.end
        while at < len(words) and words[at].start < found.end:
            at += 1


def _of_grain(text: str, name: Toponym) -> Toponym:
    """Keep the readings of the grain that the words beside the name give: "the state of Sao Paulo"."""
    before, after = text[max(0, name.start - _LONGEST_GRAIN) : name.start], text[name.bare : name.bare + 10]
    if _DIVISION_OF.search(before) or _DIVISION.match(after):
        grain = Grain.REGION
    elif _TOWN_OF.search(before):
        grain = Grain.CITY
    else:
        return name
    kept = tuple(reading for reading in name.readings if reading.grain is grain)
    return replace(name, readings=kept) if kept else name


def _may_begin(word: str) -> bool:
    lowered = word.lower().rstrip(".")
    return word[0].isupper() and (lowered not in OPENERS or lowered in _NAME_OPENERS or word in ("US", "UK"))


def _longest(text: str, words: Sequence[Word], at: int, gazetteer: Gazetteer) -> Toponym | None:
    last = last_of_run(text, words, at)
    for to in range(last, at - 1, -1):
        if not words[to].text[0].isupper() and "'" not in words[to].text and "’" not in words[to].text:
            continue
        found = _look_up(text, words[at].start, words[to].end, gazetteer)
        if found is not None:
            return found
    return None


def _look_up(text: str, start: int, end: int, gazetteer: Gazetteer) -> Toponym | None:
    name = text[start:end]
    key = fold(name)
    if key.startswith("st ") and text[end : end + 2] in ("'s", "’s") and gazetteer.cities(f"{name}s"):
        end, name, key = end + 2, text[start : end + 2], f"{key}s"  # "St. John's"
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


def _unknown(
    text: str, words: Sequence[Word], at: int, end: int, gazetteer: Gazetteer, *, listed: bool
) -> Toponym | None:
    """A capitalised name that the gazetteer lacks, with a region right behind it ("Upper Merion, PA").

    `listed`: it goes on with a list of places, so that "Willow Run in Michigan" is a town too.
    """
    if at and _leans(text, words[at - 1], words[at]):
        return None
    last = last_of_run(text, words, at)
    stop = words[last].end
    if text[stop : stop + 2] not in (", ", " (") and not (
        (listed or words[last].text in _COUNTIES) and text.startswith(" in ", stop)
    ):
        return None
    found = qualifier(text, stop, end, gazetteer)
    if found is None or not (found.regions or (found.country and _placed(text, words[at].start, stop))):
        return None
    name = text[words[at].start : stop]
    if " of " in name:
        return None  # "Closure of East Texas, Pa."
    area = found.regions[0] if found.regions else gazetteer.whole(found.country or "")
    if area is None or _ends_in_town(text, words[at : last + 1], found, gazetteer):
        return None
    reading = unlisted(name, area)
    return Toponym(words[at].start, stop, found.end, fold(name), (reading,), qualified=True)


def _ends_in_town(text: str, run: Sequence[Word], qualifier: Qualifier, gazetteer: Gazetteer) -> bool:
    """Whether only the last of the words are a town there ("BF Goodrich Opelika, Ala.")."""
    if run[0].text.lower() in _TOWNSHIPS:
        return False
    return any(
        qualifier.fits(reading) and reading.grain is Grain.CITY
        for first in range(1, len(run))
        for name in (text[run[first].start : run[-1].end],)
        for reading in readings_of(name, fold(name), None, gazetteer)
    )


def _placed(text: str, start: int, stop: int) -> bool:
    """Whether words show that the unknown name is a place: "in Aratu, Brazil", "Cerro Bayo (Chile)"."""
    return text[stop : stop + 2] == " (" or text[max(0, start - 3) : start] in ("in ", "at ")


def _leans(text: str, left: Word, right: Word) -> bool:
    return left.text[0].isupper() and text[left.end : right.start] == " "
