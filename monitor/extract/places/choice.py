"""Candidates for the places of a cut, and the choice among them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.extract.places.roles import Role
from monitor.model import Place

THRESHOLD = 3.0
_NEAR = 0.7  # degrees, some 80 km
_ACROSS = 1.2  # degrees from the middle of an area to its towns


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place name that was weighed: what it means here, its role, its features, and whether it was taken.

    `reason` says why not, or what the name is doing there. `share`: the text tells what share of
    the cut falls there. `head`: offset of the first name of the list it stands in. `seat`: the
    employer has its headquarters there. `site`: offset of the place named right before it, where it may
    only tell where that is ("its Altona plant in Melbourne"), else -1. `titled`: it stands in the
    headline, whose number is that of the whole. `area`: a county or a stretch of country.
    """

    place: Place
    role: Role
    features: tuple[tuple[str, float], ...]
    accepted: bool
    reason: str
    share: bool = False
    head: int = -1
    seat: bool = False
    site: int = -1
    titled: bool = False
    area: bool = False

    @property
    def score(self) -> float:
        """The sum of the features."""
        return sum(weight for _, weight in self.features)


_Key = tuple[str | None, str | None, str]


def settled(weighed: Sequence[PlaceCandidate], headquarters: int | None) -> tuple[PlaceCandidate, ...]:
    """Take each place once, and no country or region for which the text gives the towns.

    A list is kept whole when one of its countries or regions has no town named.

    Args:
        weighed: the candidates in the order of the text, each judged by itself.
        headquarters: offset of the first sentence that has the headquarters lose jobs, so that the
            employer's seat counts as a place; None when no sentence says so.
    """
    if headquarters is not None:
        weighed = _with_seat(weighed, headquarters)
    weighed = _shared_numbers(weighed)
    taken: dict[_Key, Place] = {}
    for candidate in weighed:
        place = candidate.place
        if candidate.accepted:
            known = taken.get(_key(place))
            if known is None or (known.jobs is None and place.jobs is not None):
                taken[_key(place)] = place
    shares = {_key(candidate.place) for candidate in weighed if candidate.accepted and candidate.share}
    whole = frozenset(
        candidate.head
        for candidate in weighed
        if candidate.accepted and (_key(candidate.place) in shares or not _closer(candidate.place, taken))
    )
    sites = {candidate.place.evidence.start: candidate.place for candidate in weighed if candidate.accepted}
    return tuple(_judged(candidate, taken, whole, sites) for candidate in weighed)


def _key(place: Place) -> _Key:
    return place.city, place.region, place.country


def _shared_numbers(weighed: Sequence[PlaceCandidate]) -> list[PlaceCandidate]:
    """Take the number away from the head of a list whose other entries have none: it is that of the list."""
    shared = {candidate.head for candidate in weighed if candidate.accepted and candidate.place.jobs is None}
    return [
        replace(candidate, place=replace(candidate.place, jobs=None))
        if candidate.head in shared
        else candidate
        for candidate in weighed
    ]


def _with_seat(weighed: Sequence[PlaceCandidate], cut_at: int) -> list[PlaceCandidate]:
    """Accept the employer's own seat, else the first that is named before the cut."""
    result = list(weighed)
    own = [number for number, candidate in enumerate(result) if candidate.seat]
    before = [
        number
        for number, candidate in enumerate(result)
        if candidate.role is Role.SEAT and candidate.place.evidence.start < cut_at
    ]
    for number in (own or before)[:1]:
        candidate = result[number]
        features = (*candidate.features, ("cut at headquarters", THRESHOLD))
        place = replace(candidate.place, jobs=None)  # a number beside it is that of all who work there
        result[number] = replace(
            candidate, place=place, features=features, accepted=True, reason="cut at headquarters"
        )
    return result


def _judged(
    candidate: PlaceCandidate, taken: dict[_Key, Place], whole: frozenset[int], sites: dict[int, Place]
) -> PlaceCandidate:
    place = candidate.place
    if not candidate.accepted:
        return candidate
    if taken[_key(place)] is not place:
        return replace(candidate, accepted=False, reason="named before")
    own = place.jobs is not None and not candidate.titled
    if not own and candidate.head not in whole and _closer(place, taken):
        return replace(candidate, accepted=False, reason="a closer place is named")
    if candidate.area and any(_within(other, place) for other in taken.values()):
        return replace(candidate, accepted=False, reason="a closer place is named")
    if any(_part_of_address(place, other) for other in taken.values()):
        return replace(candidate, accepted=False, reason="part of a closer place's address")
    if candidate.site in sites and _near(place, sites[candidate.site]):
        return replace(candidate, accepted=False, reason="tells where a closer place is")
    return candidate


def _closer(place: Place, taken: dict[_Key, Place]) -> bool:
    """Whether the text gives a town or region inside the place."""
    return any(_inside(other, place) for other in taken.values())


def _part_of_address(place: Place, other: Place) -> bool:
    """Whether a town's name only tells where a smaller place is ("Little Island, Co Cork")."""
    return (
        place.city is not None
        and other.city not in (None, place.city)
        and other.country == place.country
        and other.evidence.text.endswith(place.city)
    )


def _near(place: Place, other: Place) -> bool:
    """Whether two towns may be one place of work."""
    if place.city is None or other.city is None or other.city == place.city or other.country != place.country:
        return False
    same = place.region is not None and other.region == place.region
    return same or _degrees(place, other) < _NEAR


def _within(town: Place, area: Place) -> bool:
    """Whether a town may lie in an area, of which only the middle is known."""
    same = (town.country, town.region) == (area.country, area.region)
    return same and town.city not in (None, area.city) and _degrees(town, area) < _ACROSS


def _degrees(one: Place, two: Place) -> float:
    """Return how far two places are from each other, in degrees of latitude; infinite where it is unknown."""
    if one.latitude is None or one.longitude is None or two.latitude is None or two.longitude is None:
        return math.inf
    east = (one.longitude - two.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(one.latitude - two.latitude, east)


def _inside(inner: Place, outer: Place) -> bool:
    if inner is outer or inner.country != outer.country or outer.city is not None:
        return False
    if outer.region is None:
        return inner.region is not None or inner.city is not None
    called = inner.city is not None and outer.evidence.text.endswith(f" {inner.city}")  # Cork and "Co Cork"
    return inner.city is not None and (called or inner.region == outer.region)
