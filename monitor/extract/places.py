"""Where jobs go: the places of an announcement, each with the span it was read from and the reasons.

Grammar names the candidates (`toponyms`), their surroundings give each a role (`place_roles`), named features
score them, the document decides what an ambiguous name means (`place_senses`), and what passes is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.extract.gazetteer import Gazetteer
from monitor.extract.place_clauses import (
    at_headquarters,
    chronicle,
    clause_at,
    colour,
    everywhere,
    goes_on,
    list_entry,
    tells_cut,
)
from monitor.extract.place_owners import Owners
from monitor.extract.place_roles import LOCATING, PEOPLE, SITES, Role, continues, role_of, surroundings
from monitor.extract.place_senses import Senses
from monitor.extract.sentences import Sentence, sentences
from monitor.extract.toponyms import Grain, Reading, Toponym, toponyms
from monitor.model import Document, Evidence, Place, ZoneKind


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place name that was weighed: what it means here, its role, its features, and whether it was taken."""

    place: Place
    role: Role
    features: tuple[tuple[str, float], ...]
    accepted: bool
    reason: str

    @property
    def score(self) -> float:
        """The sum of the features."""
        return sum(weight for _, weight in self.features)


_THRESHOLD = 3.0
_LONGEST_READ = 3000  # of a sentence; a longer one is a list or no prose

_LONGEST_LIST = 20  # sentences that a list of sites may take behind the cut
_NUMBER_LEFT = re.compile(
    rf"\b(\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})\s(?:(?:[\w'’&-]+)\s){{0,5}}?(?:in|at|from)\s(?:the\s|its\s|[a-z]+ern\s|a\s\w+\sin\s)*\Z"
)
_NUMBER_ADJECTIVE = re.compile(r"\b(\d{1,3}(?:,\d{3})+|\d{1,6})\s(?:or\smore\s|\w+\s)?\Z")
_NUMBER_RIGHT = re.compile(
    rf"(?::\s|\s\(|\sloses\s|,\s)(\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})\s(?:\w+\s)?{PEOPLE}\b"
)
_YEAR = range(1900, 2100)


def places(document: Document, gazetteer: Gazetteer, employer: str | None = None) -> tuple[Place, ...]:
    """Return where jobs go, in the order of the text; empty when the text does not say.

    Args:
        document: the item in zones.
        gazetteer: what `load_gazetteer` returned.
        employer: the name of the company that cuts, where it is known: what the text says of others is left.
    """
    return tuple(
        candidate.place for candidate in place_candidates(document, gazetteer, employer) if candidate.accepted
    )


def place_candidates(
    document: Document, gazetteer: Gazetteer, employer: str | None = None
) -> tuple[PlaceCandidate, ...]:
    """Return every place name near the cuts with its features, those taken and those not."""
    senses = Senses(document, gazetteer)
    owners = Owners(document.text, employer)
    weighed: list[PlaceCandidate] = []
    seats: list[int] = []
    since = 9
    all_sites = False
    for sentence in sentences(document):
        if sentence.zone in (ZoneKind.DATELINE, ZoneKind.BOILERPLATE):
            continue
        text = sentence.text[:_LONGEST_READ]
        if chronicle(text):
            break
        cutting = tells_cut(text)
        since = 0 if cutting else since + 1
        if cutting and sentence.zone is not ZoneKind.TITLE and at_headquarters(text):
            seats.append(sentence.start)
        if owners.other(sentence.start, sentence.end):
            continue
        if not cutting and list_entry(text) and since <= _LONGEST_LIST:
            cutting = True
        all_sites = all_sites or (cutting and everywhere(text))
        if cutting or (since <= 2 and (all_sites or goes_on(text))):
            weighed += _weigh(document, sentence, senses, gazetteer, cutting=cutting, all_sites=all_sites)
    return _settled(weighed, seats)


def _weigh(
    document: Document,
    sentence: Sentence,
    senses: Senses,
    gazetteer: Gazetteer,
    *,
    cutting: bool,
    all_sites: bool,
) -> Iterator[PlaceCandidate]:
    text, start = document.text, sentence.start
    end = min(sentence.end, start + _LONGEST_READ)
    shouting = _shouts(text[start:end], sentence.zone)
    previous: tuple[Toponym, Role, tuple[tuple[str, float], ...]] | None = None
    for name in toponyms(text, start, end, gazetteer):
        around = surroundings(text, name, start, end, shouting=shouting)
        role = role_of(around, name.qualified)
        if previous and continues(text, previous[0], name) and role in (Role.BARE, Role.PLACE, Role.PEOPLE):
            role = Role.LIST if previous[1] in LOCATING else previous[1]
            features = (("in a list", sum(w for _, w in previous[2])),)
        else:
            features = tuple(
                _features(
                    text, name, role, start, end, cutting=cutting, all_sites=all_sites, zone=sentence.zone
                )
            )
        previous = (name, role, features)
        reading = senses.resolve(name) if name.readings else None
        if reading is None:
            continue
        if (
            role in LOCATING
            and name.key in senses.companies
            and not name.qualified
            and not _in(around.before)
        ):
            role = Role.NAME
        accepted = role in LOCATING and sum(w for _, w in features) >= _THRESHOLD
        jobs = _jobs(around.before, around.after, name.adjective)
        evidence = document.evidence(name.start, name.end, role.value)
        yield PlaceCandidate(_place(reading, evidence, jobs), role, features, accepted, role.value)


def _in(before: str) -> bool:
    return before.endswith(("in ", "near "))


def _features(
    text: str,
    name: Toponym,
    role: Role,
    start: int,
    end: int,
    *,
    cutting: bool,
    all_sites: bool,
    zone: ZoneKind,
) -> Iterator[tuple[str, float]]:
    """Yield what speaks for and against the place, each with its weight."""
    if role is Role.JOBS:
        yield "jobs there", 2.0
    elif role is Role.SITE:
        yield "a site there", 2.0
    elif role is Role.PLACE:
        yield "a place", 1.0
    begin, stop = clause_at(text, name.start, name.end, start, end)
    yield from colour(text[begin:stop], cutting=cutting, all_sites=all_sites)
    if zone is ZoneKind.TITLE:
        yield "in the title", 1.0
    if list_entry(text[start : start + 2]):
        yield "an entry of the list", 2.0


def _shouts(text: str, zone: ZoneKind) -> bool:
    """Whether capitals tell nothing: a title that is set in capitals or begins every word with one."""
    words = [word for word in text.split() if word[0].isalpha() and len(word) > 3]
    return (
        zone is ZoneKind.TITLE
        and len(words) > 3
        and sum(word[0].isupper() for word in words) * 10 >= len(words) * 9
    )


def _jobs(before: str, after: str, adjective: bool) -> int | None:
    """The number of jobs that the text gives for this place alone."""
    found = _NUMBER_ADJECTIVE.search(before) if adjective else _NUMBER_LEFT.search(before)
    found = found or _NUMBER_RIGHT.match(after)
    if found is None:
        return None
    number = int(found.group(1).replace(",", ""))
    return None if number in _YEAR and "," not in found.group(1) else number


def _place(reading: Reading, evidence: Evidence, jobs: int | None) -> Place:
    return Place(
        reading.city, reading.region, reading.country, reading.latitude, reading.longitude, evidence, jobs
    )


def _settled(weighed: Sequence[PlaceCandidate], seats: Sequence[int]) -> tuple[PlaceCandidate, ...]:
    """Take each place once, and no country or region for which the text gives the towns.

    `seats` are the offsets at which the text tells a cut at the headquarters: the employer's seat counts.
    """
    if seats:
        weighed = _with_seat(weighed, seats[0])
    taken: dict[tuple[str | None, str | None, str], Place] = {}
    for candidate in weighed:
        place = candidate.place
        if candidate.accepted:
            key = (place.city, place.region, place.country)
            if key not in taken or (taken[key].jobs is None and place.jobs is not None):
                taken[key] = place
    listed = {
        id(one.place)
        for before, one, after in zip((None, *weighed), weighed, (*weighed[1:], None), strict=False)
        if one.role is Role.LIST or (after is not None and after.role is Role.LIST)
    }
    return tuple(_judged(candidate, taken, listed) for candidate in weighed)


def _with_seat(weighed: Sequence[PlaceCandidate], cut_at: int) -> list[PlaceCandidate]:
    """Accept the first seat that the text names before, since the headquarters lose jobs."""
    result = list(weighed)
    for number, candidate in enumerate(result):
        if candidate.role is Role.SEAT and candidate.place.evidence.start < cut_at:
            features = (*candidate.features, ("cut at headquarters", _THRESHOLD))
            result[number] = PlaceCandidate(candidate.place, Role.SEAT, features, True, "cut at headquarters")
            break
    return result


def _judged(
    candidate: PlaceCandidate, taken: dict[tuple[str | None, str | None, str], Place], listed: set[int]
) -> PlaceCandidate:
    place = candidate.place
    if not candidate.accepted:
        return candidate
    if taken[place.city, place.region, place.country] is not place:
        return _refused(candidate, "named before")
    if (
        place.jobs is None
        and id(place) not in listed
        and any(_inside(other, place) for other in taken.values())
    ):
        return _refused(candidate, "a closer place is named")
    if any(_part_of_address(place, other) for other in taken.values()):
        return _refused(candidate, "part of a closer place's address")
    return candidate


def _part_of_address(place: Place, other: Place) -> bool:
    """Whether a town's name only tells where a smaller place is ("Little Island, Co Cork")."""
    return (
        place.city is not None
        and other.city != place.city
        and other.country == place.country
        and other.evidence.text.endswith(place.city)
    )


def _refused(candidate: PlaceCandidate, reason: str) -> PlaceCandidate:
    return PlaceCandidate(candidate.place, candidate.role, candidate.features, accepted=False, reason=reason)


def _inside(inner: Place, outer: Place) -> bool:
    if inner.country != outer.country or outer.city is not None or inner is outer:
        return False
    if outer.region is None:
        return inner.region is not None or inner.city is not None
    return inner.city is not None and inner.region == outer.region
