"""Reads a document from the top down and weighs every place name near its cuts. See the package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from monitor.extract.gazetteer import Gazetteer
from monitor.extract.places.choice import THRESHOLD, PlaceCandidate, settled
from monitor.extract.places.clauses import (
    at_headquarters,
    chronicle,
    clause_at,
    colour,
    domestic,
    everywhere,
    goes_on,
    here,
    list_entry,
    tells_cut,
)
from monitor.extract.places.grammar import (
    AIRPORT,
    CAPITALISED,
    DESCRIBES,
    HEADQUARTERS_IN,
    LOCATED,
    LOCATES,
    NAMED_SITE,
    NUMBERED_STEP,
    OUTSIDE,
)
from monitor.extract.places.jobs import jobs_at, share_told
from monitor.extract.places.owners import Owners
from monitor.extract.places.publics import governed, served
from monitor.extract.places.readings import Grain, Reading, Toponym
from monitor.extract.places.roles import LOCATING, Role, Surroundings, continues, role_of, surroundings
from monitor.extract.places.senses import Senses
from monitor.extract.places.toponyms import toponyms
from monitor.extract.sentences import Sentence, sentences
from monitor.model import Document, Evidence, Place, ZoneKind

_LONGEST_READ = 3000  # characters of a sentence; a longer one is a table or no prose
_LONGEST_LIST = 20  # lines that a list of sites may take behind the cut
_MOST_CANDIDATES = 400  # of one text; one with more is a table, and its beginning will do
_SMALL = 200_000  # people
_STAYS_WITH = 2  # sentences that may go on about a cut
_OPENING = 3  # sentences that may name an employer which nobody knows
_ASIDE = frozenset((ZoneKind.DATELINE, ZoneKind.BOILERPLATE))
_BY_ROLE = {Role.JOBS: ("jobs there", 2.0), Role.SITE: ("a site there", 2.0), Role.PLACE: ("a place", 1.0)}

_UNDECIDED = frozenset((Role.BARE, Role.PLACE, Role.PEOPLE))  # they take the role of the list they stand in
_OPEN = frozenset((Role.BARE, Role.PEOPLE))
_HEADS = frozenset((Role.SITE, Role.JOBS, Role.LIST))

_Features = tuple[tuple[str, float], ...]


def places(
    document: Document,
    gazetteer: Gazetteer,
    employer: str | None = None,
    among: Sequence[Sentence] | None = None,
) -> tuple[Place, ...]:
    """Return where jobs go, in the order of the text; empty when the text does not say.

    Args:
        document: the item in zones.
        gazetteer: what `load_gazetteer` returned.
        employer: the name of the company that cuts, where it is known: what the text says of others is left.
        among: the document's sentences, where they are known already.
    """
    candidates = place_candidates(document, gazetteer, employer, among)
    return tuple(candidate.place for candidate in candidates if candidate.accepted)


def place_candidates(
    document: Document,
    gazetteer: Gazetteer,
    employer: str | None = None,
    among: Sequence[Sentence] | None = None,
) -> tuple[PlaceCandidate, ...]:
    """Return every place name near the cuts with its features, those taken and those not. See `places`."""
    reader = _Reader(document, gazetteer, employer)
    told = sentences(document) if among is None else among
    weighed = list(islice(reader.read(told), _MOST_CANDIDATES))
    chosen = settled(weighed, reader.headquarters)
    if any(candidate.accepted for candidate in chosen):
        return chosen
    return (*chosen, *islice(reader.public(told, employer), 1))


class _Reader:
    """Reads the sentences of one document in order, and keeps in mind what a sentence says of the next."""

    def __init__(self, document: Document, gazetteer: Gazetteer, employer: str | None) -> None:
        self.headquarters: int | None = None
        self._document = document
        self._gazetteer = gazetteer
        self._senses = Senses(document, gazetteer)
        self._owners = Owners(document.text, employer)
        self._since_cut = _LONGEST_LIST + 1
        self._all_sites = False

    def read(self, told: Sequence[Sentence]) -> Iterator[PlaceCandidate]:
        """Yield the candidates of all sentences that matter."""
        for sentence in told:
            text = sentence.text[:_LONGEST_READ]
            if sentence.zone in _ASIDE:
                continue
            if chronicle(text):
                return
            cutting = tells_cut(text)
            self._since_cut = 0 if cutting else self._since_cut + 1
            if cutting:
                yield from self._hear(sentence, text)
            if self._matters(text, cutting=cutting) and not self._owners.other(sentence.start, sentence.end):
                yield from self._weigh(sentence, cutting=cutting or list_entry(text))

    def public(self, told: Sequence[Sentence], employer: str | None) -> Iterator[PlaceCandidate]:
        """Yield the place that a public employer is called by, be it known or only opening a sentence."""
        text = self._document.text
        at = text.find(employer) if employer else -1
        if employer and at >= 0:
            yield from self._public(governed(employer, self._gazetteer), at)
        for sentence in told[:_OPENING]:
            yield from self._public(served(text, sentence.start, sentence.end, self._gazetteer), 0)

    def _public(self, name: Toponym | None, at: int) -> Iterator[PlaceCandidate]:
        reading = self._senses.resolve(name) if name is not None else None
        if name is not None and reading is not None:
            evidence = self._document.evidence(at + name.start, at + name.end, Role.JOBS.value)
            features = (("the employer governs or serves it", THRESHOLD),)
            place = _place(reading, evidence, None)
            yield PlaceCandidate(place, Role.JOBS, features, True, "public employer")

    def _matters(self, text: str, *, cutting: bool) -> bool:
        if cutting or (list_entry(text) and self._since_cut <= _LONGEST_LIST):
            return True
        return self._since_cut <= _STAYS_WITH and (self._all_sites or goes_on(text))

    def _hear(self, sentence: Sentence, text: str) -> Iterator[PlaceCandidate]:
        """Note what a cut says without a place name: all sites, the headquarters, domestic jobs."""
        self._all_sites = self._all_sites or everywhere(text)
        if at_headquarters(text):
            self.headquarters = sentence.start
        for span, reading, reason in (
            (domestic(text), self._senses.home, "domestic jobs or sites"),
            (here(text), self._senses.dateline, "here, says the story"),
        ):
            place = reading() if span else None
            if span and place:
                evidence = self._document.evidence(
                    sentence.start + span[0], sentence.start + span[1], Role.JOBS.value
                )
                features = ((reason, THRESHOLD),)
                yield PlaceCandidate(_place(place, evidence, None), Role.JOBS, features, True, reason)

    def _weigh(self, sentence: Sentence, *, cutting: bool) -> Iterator[PlaceCandidate]:
        text, start = self._document.text, sentence.start
        end = min(sentence.end, start + _LONGEST_READ)
        shouting = sentence.zone is ZoneKind.TITLE and _shouts(text[start:end])
        found = [
            (name, surroundings(text, name, start, end, shouting=shouting))
            for name in toponyms(text, start, end, self._gazetteer)
        ]
        roles = [self._role(name, around) for name, around in found]
        scored = [
            tuple(self._features(sentence, name, role, end, cutting=cutting))
            for (name, _), role in zip(found, roles, strict=True)
        ]
        _spread(text, [name for name, _ in found], roles, scored)
        heads = _heads(text, [name for name, _ in found])
        sites = _sites(self._document.text, [name for name, _ in found])
        for (name, around), role, features, head, site in zip(
            found, roles, scored, heads, sites, strict=True
        ):
            likely = role in LOCATING and sum(weight for _, weight in features) >= THRESHOLD
            reading = self._reading(name, weigh=likely or role is Role.SEAT)
            if reading is not None:
                evidence = self._document.evidence(name.start, name.end, role.value)
                jobs = jobs_at(around.before, around.after, adjective=name.adjective)
                yield PlaceCandidate(
                    _place(reading, evidence, jobs),
                    role,
                    features,
                    likely,
                    role.value,
                    share=share_told(around.before, adjective=name.adjective),
                    head=head,
                    seat=self._seat(role, name, around),
                    area=reading.area,
                    site=site,
                    titled=sentence.zone is ZoneKind.TITLE,
                )

    def _seat(self, role: Role, name: Toponym, around: Surroundings) -> bool:
        """Whether the employer itself has its headquarters there."""
        if role is Role.SEAT:
            return self._owners.beside(around.before, around.after)
        if role in (Role.BARE, Role.MARKET) and _town(name) and not self._owners.named(name.key):
            return self._owners.beside("", around.after)
        return HEADQUARTERS_IN.search(around.before) is not None

    def _reading(self, name: Toponym, *, weigh: bool) -> Reading | None:
        """Return what the name means; for one that is not taken anyway the best known reading will do."""
        if not name.readings:
            return None
        return self._senses.resolve(name) if weigh else name.readings[0]

    def _role(self, name: Toponym, around: Surroundings) -> Role:
        before = self._owners.left_out(around.before)
        around = replace(around, before=before) if before.endswith(("at ", "in ")) else around
        role = role_of(around, name.qualified)
        sure = name.adjective or name.qualified or LOCATED.search(around.before)
        if role in LOCATING and self._owners.within(name.start, name.end):
            return Role.NAME
        if role in LOCATING and OUTSIDE.search(around.before) and _whole(name):
            return Role.BARE
        if role not in LOCATING or sure or not name.readings or name.readings[0].grain is not Grain.CITY:
            return role
        other = self._owners.named(name.key) or self._senses.company(name.key)
        return Role.NAME if other or self._begins_longer(name, around.after) else role

    def _begins_longer(self, name: Toponym, after: str) -> bool:
        """Whether a town's name may be but the first word of one that the gazetteer lacks ("Cerro Bayo")."""
        if not CAPITALISED.match(after) or AIRPORT.match(after):
            return False
        small = name.readings[0].weight < _SMALL and not NAMED_SITE.match(after)
        return small or not self._senses.at_home(name.readings[0].country)

    def _features(
        self, sentence: Sentence, name: Toponym, role: Role, end: int, *, cutting: bool
    ) -> Iterator[tuple[str, float]]:
        """Yield what speaks for and against the place, with its weight; nothing where the role decides."""
        if role not in LOCATING and role not in _UNDECIDED:
            return
        if role in _BY_ROLE:
            yield _BY_ROLE[role]
        clause = clause_at(self._document.text, name.start, name.end, sentence.start, end)
        yield from colour(clause, cutting=cutting)
        if sentence.zone is ZoneKind.TITLE:
            yield "in the title", 1.0
        if list_entry(sentence.text):
            yield "an entry of the list", 2.0


def _spread(text: str, found: Sequence[Toponym], roles: list[Role], scored: list[_Features]) -> None:
    """Give the names of a list one role: of its head, else of its end ("Ohio and Indiana plants")."""
    places_only = [at for at, role in enumerate(roles) if role not in (Role.NAME, Role.BESIDE)]
    pairs = list(pairwise(places_only))
    for left, right in pairs:
        if roles[right] in _UNDECIDED and _goes_on(text, found[left], found[right], roles[left]):
            roles[right] = Role.LIST if roles[left] in LOCATING else roles[left]
            scored[right] = (("in a list", sum(weight for _, weight in scored[left])),)
    for left, right in reversed(pairs):
        if roles[left] in _OPEN and roles[right] in _HEADS and continues(text, found[left], found[right]):
            roles[left] = Role.LIST
            scored[left] = (("in a list", sum(weight for _, weight in scored[right])),)


def _goes_on(text: str, left: Toponym, right: Toponym, role: Role) -> bool:
    """Whether a name takes over the role of the one before it; a number begins anew where no jobs go."""
    if right.adjective and not left.adjective and DESCRIBES.match(text, right.end):
        return False  # "in Grenchen, Swiss papers said"
    anew = role not in LOCATING and NUMBERED_STEP.fullmatch(text, left.end, right.start) is not None
    return not anew and continues(text, left, right)


def _heads(text: str, found: Sequence[Toponym]) -> list[int]:
    """Return for each name where the list begins that it stands in, which may be its own."""
    heads: list[int] = []
    for number, name in enumerate(found):
        goes_on = number and continues(text, found[number - 1], name)
        heads.append(heads[-1] if goes_on else name.start)
    return heads


def _whole(name: Toponym) -> bool:
    """Whether the name is that of a country."""
    return bool(name.readings) and name.readings[0].grain is Grain.COUNTRY


def _town(name: Toponym) -> bool:
    return bool(name.readings) and name.readings[0].grain is Grain.CITY


def _sites(text: str, found: Sequence[Toponym]) -> list[int]:
    """Return for each name where the name of a site begins that it may only locate, -1 for none."""
    pairs = pairwise(found)
    return (
        [-1] + [left.start if LOCATES.fullmatch(text, left.end, right.start) else -1 for left, right in pairs]
        if found
        else []
    )


def _shouts(title: str) -> bool:
    """Whether capitals tell nothing: (nearly) every word of the title begins with one."""
    words = [word for word in title.split() if word[0].isalpha() and len(word) > 3]
    return len(words) > 3 and sum(word[0].isupper() for word in words) * 10 >= len(words) * 9


def _place(reading: Reading, evidence: Evidence, jobs: int | None) -> Place:
    return Place(
        reading.city, reading.region, reading.country, reading.latitude, reading.longitude, evidence, jobs
    )
