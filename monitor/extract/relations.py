"""How a number stands to the cuts of its sentence: by how many, what goes, what it comes to, what stays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from monitor.extract.cuts import Cut
from monitor.extract.grammar import Form
from monitor.extract.jobwords import BUYOUTS, CUTTING, EVENTS, HELPING, JOBS, REDUCTIONS, WEAK_CUTTING, words
from monitor.extract.lexicon import LEGAL_FORMS
from monitor.extract.number_sorts import Sort
from monitor.extract.numbers import Number
from monitor.extract.scenes import Scene
from monitor.extract.tokens import token_at


class Relation(StrEnum):
    """The place of a number in the clause of a cut, strongest first."""

    OBJECT = "object of the cut"
    SUBJECT = "subject of the cut"
    MODIFIER = "counts the cuts"
    BY = "by so many"
    OF = "cut of so many"
    APPOSED = "the share in heads"
    RESULT = "what the cut comes to"
    BARE_OBJECT = "object without a noun"
    TAKEN = "buyouts taken"
    NEAR = "near a cut"
    STAYS = "what stays"
    NONE = "no cut"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number with what it counts: tokens `begin` (hedges included) to `end`; `noun` is a word of jobs."""

    number: Number
    begin: int
    end: int
    noun: int | None


SIZED = words("strong member person")  # "its 900-strong workforce"
_NOUN_REACH = 7
_CLOSE = 5  # tokens between a noun of cutting and its number
_FAR = 12
_BY_REACH = 18  # tokens from the jobs to "by so many", with the sites between them
_AROUND = 30  # tokens from a number to a cut that it may belong to
_BE = words("be is was are were")
_NOUN_STOPS = words(
    """
    . , ; : ( ) - – " “ to in at by from for with will would is are was were that which who this as on after
    before during when while since it its the he she they percent % million have has had said says be than
    could may might must if because into under over per lost gone offers offer
    offered plans"""
)
_BORDERS = words("; which who while but although whereas said :")
_BEING = words("be been being are were was is to will would could may might must get gets have has can")
_OF = {("of",), ("of", "its"), ("of", "a"), ("by",), ("for",), ("among",), ()}
_MEANING = words("so meaning means mean that but where")
_OPENING_CLAUSE = {(",", "and"), (",", "so"), (",", "but")}
_OTHER_OBJECTS = words(
    """costs cost pay salaries wages spending capacity output production prices debt budget expenses"""
)
_COMPOUND = (JOBS | EVENTS | REDUCTIONS) - {"cutting", "lost"}
_RAISING = words(
    """raise raises raised raising double doubles doubled doubling triple tripled increase increases
    increased increasing up ups upped expand expands expanded boost boosts boosted lift lifts lifted
    hike hiked"""
)
_NOTICES = words("slips notices notice")
# An active verb has those who lay off as its subject, not those who are laid off.
_ACTIVE = words("lay lays laying furlough furloughs furloughing sack sacks sacking letting making")
_WORKING = words("work works worked make made run build assemble now")
_FURTHER = words("a an another additional further extra net total")
_FACING = words("face faces facing faced threatened risk risking")
_ALL_TOLD = {("in", "total"), ("in", "all"), ("all", "told"), ("of", "them")}
_COMING = words(
    """affect affects affected affecting include includes including involve involves total totals totaling
    totalling number numbered amount amounts amounting come comes mean means meaning hit hits impact
    impacts impacting touch touches translate translates equate equates equal equals bring brings result
    results reach estimated notices notified cost costs cover covers claim claims target targets"""
)
_OFFERS = words("offer offers offered offering eligible")
_TAKING = words(
    """accepted accept took taken take taking requested requesting granted grant opted left leave chose
    signed agreed"""
)


def phrase(scene: Scene, number: Number) -> Phrase:
    """Return the number with the noun of jobs that it counts, if it counts one."""
    noun = _head_noun(scene, number)
    begin = token_at(scene.tokens, number.start)
    end = number.last if noun is None else noun
    shared = next((at for at in range(number.last + 1, end) if scene.tokens[at].numeral), None)
    if shared is not None and scene.word(shared - 1) == "and":
        end = max(number.last, shared - 2)
    return Phrase(number, begin, end, noun)


def _head_noun(scene: Scene, number: Number) -> int | None:
    at = _behind_share(scene, token_at(scene.tokens, number.end))
    if scene.word(at) == "of" and scene.word(at + 1) in {"them", "those", "these"}:
        return at + 1
    if scene.word(at) == "of":
        at += 2 if scene.word(at + 1) in {"its", "the", "their", "our", "those", "these"} else 1
        if scene.word(at).isdigit():
            at += 1
    if scene.word(at) == "-" and scene.word(at + 1) in SIZED:
        at += 2
    for index in range(at, at + _NOUN_REACH):
        word = scene.word(index)
        if word in JOBS or word in EVENTS or word in BUYOUTS:
            return _last_noun(scene, index)
        cut_between = word in CUTTING and scene.word(index - 1) in {"and", ","}
        if word == "." and scene.word(index - 1) in LEGAL_FORMS:
            continue  # "340 Acme Corp. employees"
        if not word or cut_between or word in _NOUN_STOPS or (word in {"and", "or"} and index == at):
            listed = word == "," and index > at and scene.word(index + 1) in JOBS | {"and"}
            listed = listed and not scene.word(index + 2)[:1].isdigit()
            if not listed:
                return None
    return None


def _behind_share(scene: Scene, at: int) -> int:
    """Step over the share that is told beside the number: "150, or 13 percent, of its jobs"."""
    begins = scene.words(at, at + 2) == (",", "or") or scene.word(at) == "("
    for share in scene.shares if begins else ():
        if at < share <= at + _CLOSE and scene.word(share + 1) in {",", ")"}:
            return share + 2
    return at


def _last_noun(scene: Scene, index: int) -> int:
    """The end of a compound: "sales force jobs", "management job cuts"."""
    while scene.word(index + 1) in _COMPOUND:
        index += 1
    return index


def relate(scene: Scene, item: Phrase) -> tuple[Relation, Cut | None]:
    """Return the strongest relation of the number to a cut of its sentence, and that cut."""
    best: tuple[Relation, Cut | None] = (Relation.NONE, None)
    for relation, cut in _relations(scene, item):
        if _RANK[relation] < _RANK[best[0]]:
            best = relation, cut
    return best


_RANK = {
    relation: rank
    for rank, relation in enumerate(
        (
            Relation.STAYS,
            *[each for each in Relation if each not in {Relation.STAYS, Relation.NONE}],
            Relation.NONE,
        )
    )
}


def _relations(scene: Scene, item: Phrase) -> Iterator[tuple[Relation, Cut]]:
    """Yield the relations to the cuts around; only those, so that long sentences cost linear time."""
    nearest = bisect_left(scene.spans, (item.begin - _AROUND, 0))
    for (first, last), cut in zip(scene.spans[nearest:], scene.cuts[nearest:], strict=True):
        if first > item.end + _AROUND:
            break
        relation = _BY_FORM[cut.form](scene, item, first, last)
        if relation is not None:
            yield relation, cut


def _object(scene: Scene, item: Phrase, first: int, last: int) -> Relation | None:
    """A verb with jobs as its object: "cut 90 jobs", "cut jobs by 90", "cut the staff to 900 from 990"."""
    if _apposed(scene, item):
        return Relation.APPOSED
    begin = _opening(scene, item)
    before = scene.word(begin - 1)
    if item.number.last == first - 1 and scene.word(first) == "fewer":
        return Relation.MODIFIER
    if before == "by" and first < begin <= last + _BY_REACH and _straight_by(scene, last, begin):
        return Relation.BY if _by_jobs(scene.words(first, begin)) else Relation.NEAR
    if not (first < item.begin <= last + 10) or _parted(scene, last, item.begin):
        return Relation.NEAR if abs(item.begin - first) < 12 else None
    if before == "by" and _by_jobs(scene.words(first, begin)):
        return Relation.BY
    ranged = item.number.first != item.number.last and item.number.low != item.number.high
    if before in {"to", "from"} and not (before == "from" and ranged) and not (begin - 1 <= first):
        return Relation.STAYS
    if item.begin <= last:
        return Relation.OBJECT if item.noun is not None else Relation.NEAR
    return Relation.NEAR


def _straight_by(scene: Scene, last: int, begin: int) -> bool:
    """Whether only places stand between the jobs and "by so many": no other number, cut or clause."""
    between = scene.tokens[last + 1 : begin - 1]
    parting = _BORDERS | CUTTING | {"by"}
    return not any(token.numeral or token.word in parting for token in between)


def _opening(scene: Scene, item: Phrase) -> int:
    """The token where the phrase begins with its article: "a further 90", "a total of 90"."""
    begin = item.begin
    if scene.words(begin - 2, begin) == ("total", "of"):
        begin -= 2
    while scene.word(begin - 1) in _FURTHER:
        begin -= 1
    return begin


def _by_jobs(between: tuple[str, ...]) -> bool:
    """Whether what goes down by so many is jobs, and not costs or pay named after them."""
    jobs = max((at for at, word in enumerate(between) if word in JOBS), default=-1)
    other = max((at for at, word in enumerate(between) if word in _OTHER_OBJECTS), default=-1)
    return jobs > other


def _laying_off(scene: Scene, item: Phrase, first: int, last: int) -> Relation | None:
    """Laying off, letting go, making redundant: people before, between or behind."""
    if _apposed(scene, item):
        return Relation.APPOSED
    if first < _opening(scene, item) <= last + 3 and not _parted(scene, first, item.begin):
        return Relation.OBJECT
    if scene.word(first) in _ACTIVE:
        return Relation.NEAR
    if item.end < first and first - item.end <= 9 and not _parted(scene, item.end, first):
        between = set(scene.words(item.end + 1, first))
        return Relation.SUBJECT if between & _BEING or "that" in between else Relation.NEAR
    return Relation.NEAR


def _passive(scene: Scene, item: Phrase, first: int, last: int) -> Relation | None:
    """Jobs or people that go: the number counts the subject."""
    raised = _RAISING & set(scene.words(first - 6, first))
    if raised and scene.words(last + 1, item.begin) == ("to",):
        return Relation.RESULT
    told = scene.words(item.number.last + 1, item.number.last + 3) in _ALL_TOLD
    if told and first < item.begin < last:
        return Relation.SUBJECT  # "a quarter of the 400 workers, 105 in all, will go"
    subject = _nearest_subject(scene, first, last)
    if subject is not None:
        return Relation.SUBJECT if subject == item.number else Relation.NEAR
    if (item.noun is not None and item.begin <= first <= item.noun) or item.number.last == first:
        return Relation.SUBJECT
    return Relation.NEAR


def _nearest_subject(scene: Scene, first: int, last: int) -> Number | None:
    """The number of a clause of its own before the verb: "employs 900, and at least 400 of those will go"."""
    for number in reversed(scene.numbers):
        begin = token_at(scene.tokens, number.start)
        if first < begin < last and number.sort is Sort.COUNT:
            if scene.word(begin - 1) == "," and scene.word(number.last + 1) in HELPING:
                return number  # "of its 900 employees, 40 will go"
            opens = scene.words(begin - 2, begin) in _OPENING_CLAUSE or scene.word(begin - 1) in _MEANING
            aside = "," in scene.words(number.last, last)
            return number if opens and not aside and _head_noun(scene, number) is not None else None
    return None


def _noun(scene: Scene, item: Phrase, first: int, last: int) -> Relation | None:
    """Judge "5,000 job cuts", "a reduction of 73 people", "put 40 people on furlough"."""
    if _apposed(scene, item):
        return Relation.APPOSED
    if item.begin <= first and (item.end >= first or item.number.last == first - 1):
        return Relation.MODIFIER
    if item.begin > last:
        return _after_noun(scene, item, first, last)
    if item.noun is None:
        return Relation.NEAR
    if item.begin > first:
        return Relation.OBJECT
    between = scene.words(item.end + 1, first)
    met = item.end < first <= item.end + 6 and ("on" in between or not _FACING.isdisjoint(between))
    return Relation.SUBJECT if met else Relation.NEAR


def _after_noun(scene: Scene, item: Phrase, first: int, last: int) -> Relation:
    """Judge a number behind the noun: "reduction of 73", "cuts will total 40", "doubled job cuts to 900"."""
    between = scene.words(last + 1, item.begin)
    close = len(between) < _CLOSE
    if between == (",",) and scene.words(item.number.last + 1, item.number.last + 3) in _ALL_TOLD:
        return Relation.RESULT
    if between[-1:] == ("to",) and any(first <= share < item.begin for share in scene.shares):
        return Relation.STAYS  # "a reduction of the staff by 60 percent, to 32"
    if between in _OF or (scene.word(last) in _NOTICES and close and between[-1] == "to"):
        return Relation.OF
    if between == (":",) and scene.word(first) == "number":
        return Relation.RESULT
    if close and between[-1] in _BE:
        return Relation.RESULT
    before = set(scene.words(first - 9, first))
    if close and between[-1] == "to" and (_RAISING | {"number"}) & before:
        return Relation.OF
    reaches = len(between) <= _FAR and _COMING & set(between) and _BORDERS.isdisjoint(between[2:])
    return Relation.RESULT if reaches else Relation.NEAR


def _buyout(scene: Scene, item: Phrase, first: int, last: int) -> Relation | None:
    """Buyouts that people took, not those that they were offered."""
    around = set(scene.words(min(first, item.begin) - 4, max(last, item.end) + 5))
    if scene.words(last + 1, item.begin) in {("of",), ("by",)}:
        return Relation.TAKEN
    counted = item.noun is not None and item.begin <= first <= item.noun <= last
    if counted and not _OFFERS & set(scene.words(item.begin - 5, item.begin)):
        return Relation.TAKEN
    if item.noun is not None and abs(item.begin - first) < 12 and around & _TAKING:
        return Relation.TAKEN
    return Relation.NEAR if not around & _OFFERS else None


def _apposed(scene: Scene, item: Phrase) -> bool:
    """Whether the number says a share in heads: "5 percent of its staff, or about 1,430 people"."""
    if scene.words(item.begin - 2, item.begin) in {
        ("equivalent", "to"),
        ("equal", "to"),
        ("amounting", "to"),
    }:
        return True
    shares = scene.shares
    if not shares:
        return False
    reach = {"or": 14, "(": 14, ",": 5, "-": 6, "–": 6}.get(scene.word(item.begin - 1), 0)
    nearest = bisect_left(shares, item.begin) - 1
    return nearest >= 0 and item.begin - shares[nearest] <= reach


_BY_FORM = {
    Form.OBJECT: _object,
    Form.LAYING_OFF: _laying_off,
    Form.PASSIVE: _passive,
    Form.NOUN: _noun,
    Form.BUYOUT: _buyout,
}


def _parted(scene: Scene, first: int, last: int) -> bool:
    """Whether the border of a clause lies between two tokens; "who work there" only describes."""
    between = scene.words(first + 1, last)
    describing = {at for at, word in enumerate(between[:-1]) if word == "who" and between[at + 1] in _WORKING}
    return any(word in _BORDERS for at, word in enumerate(between) if at not in describing)


def bare_object(scene: Scene, item: Phrase) -> bool:
    """Whether a cutting verb stands right before a number of nothing said: "Acme to cut 4,000"."""
    before = scene.word(_opening(scene, item) - 1)
    return (
        item.noun is None
        and item.number.sort is Sort.COUNT
        and before in CUTTING
        and before not in WEAK_CUTTING
    )
