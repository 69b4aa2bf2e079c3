"""What a place name is doing in its sentence: jobs go there, work moves there, a company sits there.

Each role is a regularity of English news prose, read from the words right before and right behind the name.
The windows are of fixed size, so that the work per name is constant.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.extract.places.grammar import (
    AFFECTED,
    AIRPORT,
    ASIDE,
    BESIDE,
    BULLET,
    CAPITAL_AFTER,
    CAPITAL_BEFORE,
    DESTINATION,
    DIRECTIONS,
    DISTRICT,
    ELSEWHERE,
    EMPLOYS,
    ENUMERATES,
    GOES,
    HEAD_PEOPLE,
    HEAD_SITE,
    IN,
    JOINED,
    LEAVES,
    LIST_GAP,
    LOCATIVE,
    MARKET_AFTER,
    MARKET_BEFORE,
    MOVING,
    NUMBERED_STEP,
    OFFICE,
    PART_OF_TOWN,
    PEOPLE_AFTER,
    POSSESSED_NAME,
    SAID_AFTER,
    SAID_BEFORE,
    SAT_JOBS,
    SEAT_AFTER,
    SEATED,
    SITE_AFTER,
    SITED,
    SOLD_AFTER,
    STAYS,
    TOWN_OF,
    UNKNOWN_STEP,
)
from monitor.extract.places.readings import Toponym


class Role(StrEnum):
    """The part a name plays. Only the first four can say where jobs go."""

    SITE = "plants, offices or operations there"
    JOBS = "jobs or workers there"
    PLACE = "something happens there"
    LIST = "goes on with the list of places before it"
    DESTINATION = "work moves there"
    STAYS = "work stays or grows there"
    SEAT = "the company is described by its seat"
    NAME = "part of a longer name"
    PEOPLE = "nationality of a person or an organisation"
    SAID = "where something was said or reported"
    MARKET = "a market, a government or an economy"
    BESIDE = "tells where the place before it is"
    BARE = "named in passing"


LOCATING = frozenset((Role.SITE, Role.JOBS, Role.PLACE, Role.LIST))

_LONGEST_GAP = 40  # characters between two places of a list
_LONGEST_ASIDE = 45  # between commas, that says when or whereabouts
_BEFORE = 90
_AFTER = 130


_ALSO_NOUNS = frozenset(("us", "uk", "hong kong", "hk", "singapore"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A name with the words around it: `before` ends where the name begins, `after` begins where it ends.

    `adjective`: it is a nationality; `noun`: it is also the country's name ("U.S."). `shouting`: capitals
    tell nothing here. `closed`: a comma behind the name is left out of `after`.
    """

    before: str
    after: str
    adjective: bool
    noun: bool
    shouting: bool
    closed: bool


def surroundings(text: str, name: Toponym, start: int, end: int, *, shouting: bool) -> Surroundings:
    """Cut the windows around a name out of its sentence text[start:end]. `shouting`: capitals say nothing."""
    comma = name.qualified and text[name.end : name.end + 1] == ","  # "its Wayne, Mich., factory"
    return Surroundings(
        text[max(start, name.start - _BEFORE) : name.start],
        text[name.end + comma : min(end, name.end + _AFTER)],
        name.adjective,
        name.key in _ALSO_NOUNS,
        shouting,
        comma,
    )


def role_of(around: Surroundings, qualified: bool) -> Role:
    """Return the part that a name plays, judged without its neighbours in a list."""
    negative = _set_aside(around)
    if negative is not None:
        return negative
    if not around.shouting and not qualified and _in_longer_name(around):
        return Role.NAME
    return _locating(around, qualified)


def continues(text: str, previous: Toponym, name: Toponym) -> bool:
    """Whether a name goes on with the list of places that `previous` stands in."""
    gap = text[previous.end : name.start]
    if len(gap) < _LONGEST_GAP + _LONGEST_ASIDE:
        gap = ASIDE.sub("", gap)
    if len(gap) >= _LONGEST_GAP:
        return False
    if UNKNOWN_STEP.fullmatch(gap) is not None:
        return text[name.end : name.end + 1] not in ("'", "’")  # "in Asia, Nomura, Japan's biggest bank"
    return LIST_GAP.fullmatch(gap) is not None or NUMBERED_STEP.fullmatch(gap) is not None


def _set_aside(around: Surroundings) -> Role | None:
    """A role that says that no jobs go there, if the words say so."""
    before, after = around.before, around.after
    if SEAT_AFTER.match(after):
        return Role.SEAT
    if TOWN_OF.match(after):
        return Role.BESIDE
    if SEATED.search(before) and not SAT_JOBS.search(before):
        return Role.SEAT
    if DESTINATION.search(before):
        return Role.DESTINATION
    if STAYS.search(before) or EMPLOYS.search(before) or SOLD_AFTER.match(after):
        return Role.STAYS
    if SAID_BEFORE.search(before) or OFFICE.search(before) or (not around.closed and SAID_AFTER.match(after)):
        return Role.SAID
    if MARKET_BEFORE.search(before):
        return Role.MARKET
    heads_jobs = PEOPLE_AFTER.match(after) or SITE_AFTER.match(after)
    listed = around.closed and not before.lower().endswith(("the ", " a ", " an "))
    if MARKET_AFTER.match(after) and not heads_jobs and not listed:
        return Role.MARKET
    return None


def _in_longer_name(around: Surroundings) -> bool:
    """Whether capitalised words beside the name make it part of a company's or a person's name."""
    if AIRPORT.match(around.after):
        return False
    if JOINED.match(around.after) and not (DISTRICT.match(around.after) and around.before.endswith("in ")):
        return True
    left = CAPITAL_BEFORE.search(around.before)
    if left and not around.adjective and not DIRECTIONS.fullmatch(left.group(1)):
        return True
    if POSSESSED_NAME.match(around.after) and not SITE_AFTER.match(around.after) and not around.adjective:
        return True
    right = CAPITAL_AFTER.match(around.after)
    if right is None:
        return False
    if right.group(1).endswith(("'s", "’s")):
        return True
    first, second, third = right.groups()
    words = (first, second, third if around.adjective and not second else None)
    return not any(word and (SITED.fullmatch(word) or PART_OF_TOWN.fullmatch(word)) for word in words)


def _locating(around: Surroundings, qualified: bool) -> Role:
    before, after = around.before, around.after
    if BESIDE.search(before):
        return Role.BESIDE
    if ELSEWHERE.search(before):
        return Role.BARE
    if PEOPLE_AFTER.match(after) and not SITE_AFTER.match(after):
        return Role.JOBS
    if SITE_AFTER.match(after) or AIRPORT.match(after):
        return Role.SITE
    if around.adjective and not around.noun and not IN.search(before):
        return Role.PEOPLE
    if HEAD_PEOPLE.search(before):
        return Role.JOBS
    if LEAVES.search(before) and MOVING.search(before):
        return Role.SITE
    if HEAD_SITE.search(before) or AFFECTED.search(before) or (not around.adjective and GOES.match(after)):
        return Role.SITE
    return Role.PLACE if _happens(before, qualified) else Role.BARE


def _happens(before: str, qualified: bool) -> bool:
    """Whether the words before a name say that something happens there."""
    if LOCATIVE.search(before) or BULLET.search(before):
        return True
    return qualified and (before.endswith("at ") or ENUMERATES.search(before) is not None)
