"""Candidates for the places of a cut, and the choice among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.extract.place_roles import Role
from monitor.model import Place

THRESHOLD = 3.0


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place name that was weighed: what it means here, its role, its features, and whether it was taken.

    `reason` says why not, or what the name is doing there. `own`: a number or share of the cut is told of it.
    """

    place: Place
    role: Role
    features: tuple[tuple[str, float], ...]
    accepted: bool
    reason: str
    own: bool = False

    @property
    def score(self) -> float:
        """The sum of the features."""
        return sum(weight for _, weight in self.features)


_Key = tuple[str | None, str | None, str]


def settled(weighed: Sequence[PlaceCandidate], headquarters: int | None) -> tuple[PlaceCandidate, ...]:
    """Take each place once, and no country or region for which the text gives the towns.

    Args:
        weighed: the candidates in the order of the text, each judged by itself.
        headquarters: offset of the first sentence that has the headquarters lose jobs, so that the
            employer's seat counts as a place; None when no sentence says so.
    """
    if headquarters is not None:
        weighed = _with_seat(weighed, headquarters)
    taken: dict[_Key, Place] = {}
    for candidate in weighed:
        place = candidate.place
        if candidate.accepted:
            known = taken.get(_key(place))
            if known is None or (known.jobs is None and place.jobs is not None):
                taken[_key(place)] = place
    return tuple(_judged(candidate, taken) for candidate in weighed)


def _key(place: Place) -> _Key:
    return place.city, place.region, place.country


def _with_seat(weighed: Sequence[PlaceCandidate], cut_at: int) -> list[PlaceCandidate]:
    """Accept the first seat named before the cut."""
    result = list(weighed)
    for number, candidate in enumerate(result):
        if candidate.role is Role.SEAT and candidate.place.evidence.start < cut_at:
            features = (*candidate.features, ("cut at headquarters", THRESHOLD))
            result[number] = replace(
                candidate, features=features, accepted=True, reason="cut at headquarters"
            )
            break
    return result


def _judged(candidate: PlaceCandidate, taken: dict[_Key, Place]) -> PlaceCandidate:
    place = candidate.place
    if not candidate.accepted:
        return candidate
    if taken[_key(place)] is not place:
        return replace(candidate, accepted=False, reason="named before")
    if not candidate.own and any(_inside(other, place) for other in taken.values()):
        return replace(candidate, accepted=False, reason="a closer place is named")
    if any(_part_of_address(place, other) for other in taken.values()):
        return replace(candidate, accepted=False, reason="part of a closer place's address")
    return candidate


def _part_of_address(place: Place, other: Place) -> bool:
    """Whether a town's name only tells where a smaller place is ("Little Island, Co Cork")."""
    return (
        place.city is not None
        and other.city != place.city
        and other.country == place.country
        and other.evidence.text.endswith(place.city)
    )


def _inside(inner: Place, outer: Place) -> bool:
    if inner is outer or inner.country != outer.country or outer.city is not None:
        return False
    if outer.region is None:
        return inner.region is not None or inner.city is not None
    return inner.city is not None and inner.region == outer.region
