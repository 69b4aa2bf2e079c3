"""Where jobs go: the places of an announcement, each with the span it was read from and the reasons.

Grammar names the candidates (`toponyms`), their surroundings give each a role (`place_roles`), named features
score them, the document decides what an ambiguous name means (`place_senses`), and what passes is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.extract.gazetteer import Gazetteer
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

_CUT_VERB = (
    r"(?:cut(?:s|ting)?|slash(?:es|ed|ing)?|eliminat(?:e|es|ed|ing)|shed(?:s|ding)?|ax(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|"
    r"clos(?:e|es|ed|ing)|shut(?:s|ting)?|shutter(?:s|ed|ing)?|idl(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?|terminat(?:e|es|ed|ing)|"
    r"trim(?:s|med|ming)?|downsiz(?:e|es|ed|ing)|los(?:e|es|ing)|lost|wind(?:s|ing)?\sdown|discontinu(?:e|es|ed|ing)|"
    r"ceas(?:e|es|ed|ing)|affect(?:s|ed|ing)?|go|goes|going|suspend(?:s|ed|ing)?|halt(?:s|ed|ing)?|end(?:s|ed|ing)?|drop(?:s|ped|ping)?|"
    r"remov(?:e|es|ed|ing)|scrap(?:s|ped|ping)?|fir(?:e|es|ed|ing)|exit(?:s|ed|ing)?|mothball(?:s|ed|ing)?|fewer|less|offer(?:s|ed|ing)?)"
)
_CUT_ALONE = re.compile(
    r"\b(?:lay(?:s|ing)?[\s-]?offs?|laid[\s-]off|lays?\s\w+\soff|layoffs?|job\s(?:cuts?|losses|reductions?|eliminations?)|redundan\w+|furlough\w*|"
    r"buyouts?|(?:work\s?force|staff|headcount|personnel)\s(?:reductions?|cuts?)|reductions?[\s-]in[\s-](?:force|workforce|staff)|"
    r"(?:plant|site|office|store|factory|mill)\s(?:closures?|closings?|shutdowns?)|shutdowns?|closures?|"
    r"the\s(?:cuts|cutbacks|reductions|losses)|(?:cuts|cutbacks|reductions)\s(?:will|would|are|were|fall)|severance|jobs?\s\w+\slost|(?:employer/employee|co-?operation|change)\s(?:talks|negotiations)|care\sand\smaintenance|cuts\s(?:will|would|are|were)|"
    r"let\s\d+\s\w+\sgo|lose\stheir\sjobs|early\sretirement|voluntary\s(?:departures|leave)|given\snotice)\b",
    re.I,
)
_NO_JOBS = re.compile(
    r"\b(?:pay|salary|wage|price|rate|costs?|dividend|tax|spending|output|production|capacity|emissions?|interest|budget)[\s-](?:cut\w*|reductions?|savings)\b|"
    r"\b(?:cut\w*|reduc\w*|slash\w*|trim\w*)\s(?:\w+\s)?(?:costs|debt|prices|spending|output|production|expenses|dividend|pay|salaries|its\sforecast)\b|\btak(?:e|es|ing)\s(?:an?\s)?(?:[\w.-]+\s){0,3}cuts?\b",
    re.I,
)
_CUT_PAIR = re.compile(rf"\b{_CUT_VERB}\b", re.I)
_CUT_OBJECT = re.compile(rf"\b(?:{SITES}|{PEOPLE})\b", re.I)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_FOLLOW = re.compile(
    rf"\b[Tt]he\s(?:\w+\s){{0,2}}{SITES}\b[^.;]{{0,20}}\b(?:include|are\s(?:in|at|located)|located)\b|(?:\A|[.;,]\s)(?:The|These|Those|They|Most|Some|All|Other|Of\s(?:these|those|them))\b[^.;]{{0,60}}?\b"
    rf"(?:{SITES}|{PEOPLE}|job)\b",
    re.I,
)
_BULLET = re.compile(r"[-*•–▪]\s")
_LONGEST_LIST = 20
_STATIC = re.compile(
    r"\b(?:has|have|had|employ(?:s|ed|ing)?|operates?|owns?|with)\s(?:\w+\s){0,2}?[\d,]+|\bare\sbased\b", re.I
)
_PAST = re.compile(
    r"\b(?:last\s(?:year|month|week|summer|fall|autumn|spring|winter|quarter|January|February|March|April|May|June|July|August|"
    r"September|October|November|December)|(?:earlier|previously|already|in\sthe\spast|since\s\d{4}|(?:announced|said|unveiled)\sin\s[A-Z]\w+|"
    r"(?:in|from)\s(?:19|20)\d\d|(?:weeks?|months?|years?|days?)\sago|had\s(?:already|announced|warned|previously)))\b"
)
_EARLIER = re.compile(
    rf"\b(?:in|on)\s{_MONTH}\b(?:\s\d{{1,2}})?,?(?:\s\w+){{0,4}}\s(?:announced|said|unveiled|cut|laid|closed|had)\b|"
    r"\bhad\s(?:said|announced|cut|closed|laid|planned)\b|\bthe\s(?:19|20)\d\d\s(?:decision|round|plan)\b|\A[A-Z]{3,9}\s\d{1,2},\s\d{4}\b",
    re.I,
)
_SUPPOSED = re.compile(r"\b(?:if|unless|fears?|feared|could\sbe\sextended)\b", re.I)
_HEADQUARTERS = re.compile(
    r"\b(?:at|in|from)\s(?:its|the\scompany['’]s|the|their|[A-Z][\w.-]*['’]s?)\s(?:\w+\s){0,2}?(?:headquarters|head\soffice)\b"
    r"(?!\s(?:in|at|near)\b)"
)
_KEPT = re.compile(
    r"\b(?:not\saffected|unaffected|will\snot\sbe\saffected|remains?\sopen|no\s(?:job\scuts|layoffs)|not\sbe\scut|excluding)\b",
    re.I,
)
_CLAUSE = re.compile(
    r";\s(?!(?:and\s)?(?:an?|its|the|one|another)\s)|\s--\s|\s[—–]\s|,?\s(?:but|while|whereas|although|though|which|citing|after|because|as\spart|compared|adding\sthat|whose|who|where|and\s(?:will\s)?"
    r"(?:moves?|moving|shift\w*|transfer\w*|keeps?|retain\w*))\s|(?<=,)\s(?:said|says|told|spokes\w+)\b"
)
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
    for sentence in sentences(document):
        if sentence.zone in (ZoneKind.DATELINE, ZoneKind.BOILERPLATE):
            continue
        text = sentence.text[:_LONGEST_READ]
        cutting = _tells_cut(text)
        since = 0 if cutting else since + 1
        if cutting and sentence.zone is not ZoneKind.TITLE and _HEADQUARTERS.search(text):
            seats.append(sentence.start)
        if owners.other(sentence.start, sentence.end):
            continue
        if not cutting and _BULLET.match(text) and since <= _LONGEST_LIST:
            cutting = True
        if cutting or (since <= 2 and _FOLLOW.search(text)):
            weighed += _weigh(document, sentence, senses, gazetteer, cutting=cutting)
    return _settled(weighed, seats)


def _tells_cut(text: str) -> bool:
    text = _NO_JOBS.sub(" ", text)
    return bool(_CUT_ALONE.search(text) or (_CUT_PAIR.search(text) and _CUT_OBJECT.search(text)))


def _weigh(
    document: Document, sentence: Sentence, senses: Senses, gazetteer: Gazetteer, *, cutting: bool
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
            features = tuple(_features(text, name, role, start, end, cutting=cutting, zone=sentence.zone))
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
    text: str, name: Toponym, role: Role, start: int, end: int, *, cutting: bool, zone: ZoneKind
) -> Iterator[tuple[str, float]]:
    """Yield what speaks for and against the place, each with its weight."""
    if role is Role.JOBS:
        yield "jobs there", 2.0
    elif role is Role.SITE:
        yield "a site there", 2.0
    elif role is Role.PLACE:
        yield "a place", 1.0
    begin, stop = _clause(text, name, start, end)
    clause = text[begin:stop]
    if _tells_cut(clause):
        yield "cut in the clause", 2.0
    elif _STATIC.search(clause):
        yield "describes the company", -1.0
    elif cutting:
        yield "cut in the sentence", 0.5
    else:
        yield "cut in a sentence before", 1.0
    if zone is ZoneKind.TITLE:
        yield "in the title", 1.0
    if _BULLET.match(text, start):
        yield "an entry of the list", 2.0
    if _PAST.search(clause) or _EARLIER.search(clause):
        yield "past", -2.0
    if _SUPPOSED.search(clause):
        yield "only supposed", -2.0
    if _KEPT.search(clause):
        yield "not affected", -4.0


def _clause(text: str, name: Toponym, start: int, end: int) -> tuple[int, int]:
    begin, stop = start, end
    for border in _CLAUSE.finditer(text, start, end):
        if border.end() <= name.start:
            begin = border.start()
        elif border.start() >= name.end:
            stop = border.start()
            break
    return begin, stop


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
