"""Whether two tellings can be of the same fact: numbers and places, without any word of why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from monitor.model import Headcount, Layoff, Percent, Place
from monitor.story.names import name_key

_ROUNDING = 0.05
"""Journalists round: "about 500" is told of 487, "nearly 1,000" of 980."""
_PERCENT_ROUNDING = 0.5


class Overlap(StrEnum):
    """How the places of a new telling lie to those already told."""

    UNKNOWN = "unknown"
    SAME = "same"
    MORE = "more"
    FEWER = "fewer"
    DISJOINT = "disjoint"


def counted(headcount: Headcount | None) -> bool:
    """Whether there is a number at all: "several hundred" is none."""
    return headcount is not None and not (headcount.low is None and headcount.high is None)


def same_headcount(told: Headcount, new: Headcount) -> bool:
    """Whether both may tell the same number. Both must be counted.

    Two exact numbers must be equal. "up to 500" agrees with "500" and with "200 to 500"; where one is
    approximate, the ends that meet may differ by rounding.
    """
    if _exact(told) and _exact(new):
        return (told.low, told.high) == (new.low, new.high)
    slack = _ROUNDING if told.approximate or new.approximate else 0.0
    return any(
        abs(one - other) <= slack * max(one, other)
        for one in (told.low, told.high)
        for other in (new.low, new.high)
        if one is not None and other is not None
    )


def same_percent(told: Percent, new: Percent) -> bool:
    """Whether both may tell the same share of a workforce."""
    slack = _PERCENT_ROUNDING if told.approximate or new.approximate else 0.05
    return abs(told.value - new.value) <= slack


def same_place(one: Place, other: Place) -> bool:
    """Whether one place is, or lies in, the other: a town in its region, either in its country."""
    if one.country != other.country:
        return False
    if one.region and other.region and one.region != other.region:
        return False
    return not (one.city and other.city) or name_key(one.city) == name_key(other.city)


def as_close(one: Place, other: Place) -> bool:
    """Whether both may be one place, and `one` says it no less closely: as a town, a region, a country."""
    return same_place(one, other) and _closeness(one) >= _closeness(other)


def overlap(told: Sequence[Place], new: Sequence[Place]) -> Overlap:
    """Return how the places of a new telling lie to those already told."""
    if not told or not new:
        return Overlap.UNKNOWN
    shared = [place for place in new if any(same_place(place, other) for other in told)]
    if not shared:
        return Overlap.DISJOINT
    if len(shared) < len(new):
        return Overlap.MORE
    covered = all(any(same_place(place, other) for other in new) for place in told)
    return Overlap.SAME if covered else Overlap.FEWER


def is_part(told: Layoff, new: Layoff) -> bool:
    """Whether the new number is what the told places, of which the new ones are some, lose by themselves."""
    if new.headcount is None or overlap(told.places, new.places) is not Overlap.FEWER:
        return False
    here = [place for place in told.places if any(same_place(place, other) for other in new.places)]
    parts = [place.jobs for place in here if place.jobs is not None]
    return len(parts) == len(here) and sum(parts) in (new.headcount.low, new.headcount.high)


def _closeness(place: Place) -> int:
    return 2 if place.city else 1 if place.region else 0


def _exact(headcount: Headcount) -> bool:
    return not headcount.approximate and headcount.low is not None and headcount.high is not None
