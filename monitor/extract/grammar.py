"""The grammar of cuts over tokens: which words of a sentence tell jobs going away, and in what form.

A cutting verb with jobs or people as its object ("will cut about 90 jobs"), a verb of laying off ("let go"),
the passive and its kin ("60 positions will go"), nominal forms ("a reduction in force") and buyouts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from monitor.extract.jobwords import (
    BUYOUTS,
    CUTTING,
    EVENTS,
    FALLING,
    GOING,
    HELPING,
    JOBS,
    LAYING_OFF,
    POSTS,
    REDUCTIONS,
    STAFF,
    WEAK_CUTTING,
    words,
)
from monitor.extract.number_sorts import PERCENTS
from monitor.extract.number_words import NUMBER_WORDS
from monitor.extract.tokens import Token


class Form(StrEnum):
    """The grammar by which a cut is told."""

    OBJECT = "cuts jobs"
    LAYING_OFF = "lays off"
    PASSIVE = "jobs go"
    NOUN = "job cuts"
    BUYOUT = "buyout"


_OBJECTS = frozenset({"costs", "the", "its", "spending", "about", "nearly", "some", "thousands", "hundreds"})
_Steps = tuple[tuple[frozenset[str], int], ...]
_TOUCHED = frozenset({"affected", "impacted", "displaced", "eliminated", "laid"})
_WORKING = frozenset({"work", "works", "worked", "make", "made", "run", "build", "assemble"})
_ENDING = frozenset({"termination", "dismissal", "severance"})
_POSSESSED = frozenset({"their", "his", "her"})
# Idioms: what opens them, the words that follow with how many tokens they may be away, and their form.
_IDIOMS: tuple[tuple[str, _Steps, Form], ...] = (
    ("let lets letting", ((frozenset({"go"}), 7),), Form.LAYING_OFF),
    ("made make makes making", ((frozenset({"redundant"}), 6),), Form.LAYING_OFF),
    ("send sends sending sent", ((frozenset({"home"}), 8),), Form.LAYING_OFF),
    ("part parting parts parted", ((frozenset({"ways"}), 1), (JOBS, 7)), Form.OBJECT),
    ("pink", ((frozenset({"slip", "slips"}), 1),), Form.NOUN),
    (
        "give gives giving gave given",
        ((frozenset({"notice", "notices"}), 2), (frozenset({"to", "regarding", "on"}), 3), (JOBS, 6)),
        Form.LAYING_OFF,
    ),
    (
        "give gives giving gave given",
        ((JOBS, 6), (_POSSESSED, 1), (frozenset({"notice"}), 2)),
        Form.LAYING_OFF,
    ),
    (
        "ask asks asking asked force forces forcing forced",
        ((JOBS, 6), (frozenset({"resign"}), 5)),
        Form.LAYING_OFF,
    ),
    (
        "say says saying said bid bids bidding",
        ((frozenset({"goodbye", "farewell"}), 1), (JOBS, 8)),
        Form.LAYING_OFF,
    ),
    ("cost costs costing", ((JOBS, 8), (_POSSESSED, 2), (POSTS, 2)), Form.OBJECT),
    ("ending", ((JOBS, 3),), Form.OBJECT),
    ("take takes taking bring brings bringing", ((STAFF, 4), (frozenset({"to"}), 6)), Form.OBJECT),
    ("warn", ((frozenset({"notice", "notices"}), 3),), Form.NOUN),
    (
        "hand hands handing handed issue issues issuing issued send sends sending sent serve serves served",
        ((_ENDING, 4), (frozenset({"notice", "notices", "letters"}), 1), (frozenset({"to"}), 1), (JOBS, 6)),
        Form.LAYING_OFF,
    ),
    ("number", ((frozenset({"of"}), 1), (_TOUCHED, 3), (JOBS, 3)), Form.NOUN),
    ("number", ((frozenset({"of"}), 1), (JOBS | {"those"}, 3), (_TOUCHED, 4)), Form.NOUN),
    ("do does doing did", ((frozenset({"away"}), 1), (JOBS, 8)), Form.OBJECT),
    ("employment", ((frozenset({"end", "ends", "ended", "terminated"}), 4),), Form.LAYING_OFF),
    ("fewer", ((JOBS, 3),), Form.OBJECT),
    (
        "take takes taking took bring brings bringing brought",
        ((JOBS, 4), (frozenset({"down", "off"}), 4)),
        Form.OBJECT,
    ),
    ("get gets getting got", ((frozenset({"rid"}), 1), (JOBS, 10)), Form.OBJECT),
    (
        "wipe wipes wiping wiped phase phases phasing phased",
        ((frozenset({"out"}), 1), (JOBS, 8)),
        Form.OBJECT,
    ),
    ("early", ((frozenset({"retirement", "retirements"}), 1),), Form.BUYOUT),
    (
        "voluntary",
        ((frozenset({"severance", "separation", "redundancy", "departure", "departures"}), 3),),
        Form.BUYOUT,
    ),
)
OPENERS: dict[str, list[tuple[_Steps, Form]]] = {}
for _openers, _steps, _form in _IDIOMS:
    for _word in _openers.split():
        OPENERS.setdefault(_word, []).append((_steps, _form))

_TELLING = CUTTING | EVENTS | BUYOUTS | JOBS | REDUCTIONS | OPENERS.keys()
_LAY = frozenset({"lay", "lays", "laying", "laid"})
_THE_CUTS = frozenset({"cuts", "cutbacks", "reduction", "reductions"})
# Before one of these a word like "cuts" is a noun.
_DETERMINERS = words(
    """the these those a an its their our this such job further deeper any no latest planned proposed more
    pay price production cost tax rate budget spending"""
)
_MASS = STAFF - {"staff", "crew", "crews", "personnel"}
_REACH = 14  # tokens between a cutting verb and the noun it takes
_NEAR = 5
_SUBJECT_REACH = 26  # tokens between jobs as the subject and their verb, asides included
_STOPS = frozenset(
    {";", "(", ")", ":", "which", "who", "after", "while", "but", "said", "although", "whereas", "how"}
)


def forms(found: Sequence[Token]) -> Iterator[tuple[int, int, Form]]:
    """Yield first token, last token and form of every cut, in order, none overlapping."""
    reached = -1
    for first, last, form in _forms(found):
        if first > reached:
            yield first, last, form
            reached = last


def _forms(found: Sequence[Token]) -> Iterator[tuple[int, int, Form]]:
    """Yield first token, last token and form of every cut, by first token."""
    for index, token in enumerate(found):
        word = token.word
        if word not in _TELLING and not word[0].isdigit():
            continue
        before = found[index - 1].word if index else ""
        if word in CUTTING and before not in _DETERMINERS and (span := _verb(found, index)):
            yield index, *span
        elif word in _THE_CUTS and before in _DETERMINERS - {"a", "an"} and not _of_money(found, index):
            yield index, index, Form.NOUN
        elif word in EVENTS or word in BUYOUTS:
            yield index, index, Form.BUYOUT if word in BUYOUTS else Form.NOUN
        elif word in JOBS and (span := _noun(found, index)):
            yield index, *span
        elif token.numeral and (last := _bare_subject(found, index)):
            yield index, last, Form.PASSIVE
        elif word in REDUCTIONS and (last := _reduction_in(found, index)):
            yield index, last, Form.NOUN
        elif word in OPENERS and (span := _idiom(found, index)):
            yield index, *span


def _bare_subject(found: Sequence[Token], index: int) -> int | None:
    """The verb of "300 could go", "351 were laid off", where the number stands for people."""
    at = index + 1 + (found[min(index + 1, len(found) - 1)].word == "more")
    helped = False
    for reached in range(at, min(len(found), at + 4)):
        word = found[reached].word
        if word in GOING and (helped or reached == at) and word not in CUTTING - {"laid"}:
            return reached
        if word in {"lose", "loses", "losing"}:
            return _within(found, reached, POSTS, 3)
        if word not in HELPING:
            return None
        helped = True
    return None


def _of_money(found: Sequence[Token], index: int) -> bool:
    """Whether the cuts are those of costs, prices or output."""
    return index + 1 < len(found) and found[index + 1].word in {"in", "to", "of", "on"}


def _verb(found: Sequence[Token], index: int) -> tuple[int, Form] | None:
    """A cutting verb: of laying off, or with jobs as its object."""
    word = found[index].word
    if word in _LAY:
        off = _within(found, index, {"off"}, _NEAR)
        return (off, Form.LAYING_OFF) if off else None
    following = [token.word for token in found[index + 1 : index + 3]]
    if following[:1] in ([","], ["."], ["in"], ["at"]) and following[1:] not in (["least"], ["most"]):
        return None
    counted = any(
        _counts(token) for token in found[index + 1 : index + 4]
    )  # "affects about 85 salaried workers"
    reach = _REACH if counted or word not in WEAK_CUTTING else _NEAR
    last = _within(found, index, JOBS, reach)
    if last is not None:
        return last, Form.OBJECT
    return (index, Form.LAYING_OFF) if word in LAYING_OFF else None


def _noun(found: Sequence[Token], index: int) -> tuple[int, Form] | None:
    """A word of jobs with a noun of reduction behind it, or with a verb of going."""
    reduction = _within(found, index, REDUCTIONS, 3)
    if reduction is not None and not _object_of(found, reduction):
        return reduction, Form.NOUN
    going = _going(found, index)
    if going is not None and found[index].word not in _MASS:
        return going, Form.PASSIVE
    placed = index + 1 < len(found) and found[index + 1].word in {"at", "in", "of"}
    falling = _within(found, index, FALLING, _REACH if placed else _NEAR)
    return (falling, Form.OBJECT) if falling is not None and not _object_of(found, falling) else None


def _going(found: Sequence[Token], index: int) -> int | None:
    """The verb of going of which the word of jobs is the subject; an auxiliary stands before it."""
    helped = -_NEAR
    for at in range(index + 1, min(len(found), index + 1 + _SUBJECT_REACH)):
        word = found[at].word
        if word == "'" and at == index + 1:
            return None
        out = word == "left" and at + 1 < len(found) and found[at + 1].word == "out"
        if word in GOING and not out and (at - helped < _NEAR or at == index + 1):
            return None if word in CUTTING and _object_of(found, at) else at
        if word == "out" and (reached := _within(found, at, {"work", "jobs", "job"}, 3)):
            return reached
        if word == "without" and (reached := _within(found, at, {"work", "jobs", "job"}, 2)):
            return reached
        if word in {"risk", "danger", "jeopardy", "stake", "threat"} and found[at - 1].word in {
            "at",
            "in",
            "under",
        }:
            return at
        if word in HELPING:
            helped = at
        if word in _STOPS and not _describes(found, at):
            return None
    return None


def _describes(found: Sequence[Token], at: int) -> bool:
    """Whether "who" begins what says which people: "the 100 who work on the line are to go"."""
    return found[at].word == "who" and at + 1 < len(found) and found[at + 1].word in _WORKING | {"now"}


def _object_of(found: Sequence[Token], index: int) -> bool:
    """Whether the word is a verb with its own object: "the staff cuts costs", "has slashed 900 jobs"."""
    if index + 1 >= len(found) or found[index].word in {"lose", "loses", "losing", "lost"}:
        return False
    following = found[index + 1]
    return following.numeral or following.word in _OBJECTS


def _reduction_in(found: Sequence[Token], index: int) -> int | None:
    """The noun of "reduction in (our) force", "loss of 300 jobs", "the cut will be 300 jobs"."""
    if _within(found, index, {"be", "is", "was", "are", "were"}, 2) and _within(found, index, JOBS, 8):
        return index
    if index + 1 < len(found) and found[index + 1].word in {"in", "of", "to"}:
        return _within(found, index + 1, JOBS, _REACH)
    return None


def _idiom(found: Sequence[Token], index: int) -> tuple[int, Form] | None:
    """The end of "let (people) go", "made redundant", "bring its workforce down", "early retirement"."""
    for steps, form in OPENERS[found[index].word]:
        last: int | None = index
        for wanted, reach in steps:
            last = None if last is None else _within(found, last, wanted, reach)
        if last is not None:
            return last, form
    return None


def _within(found: Sequence[Token], index: int, wanted: frozenset[str] | set[str], reach: int) -> int | None:
    """Return the first token after `index` that is `wanted`, within `reach` tokens of the same clause."""
    for at in range(index + 1, min(len(found), index + 1 + reach)):
        word = found[at].word
        if word in wanted:
            return at
        if word in _STOPS and not _around_numeral(found, at):
            return None
    return None


def _around_numeral(found: Sequence[Token], at: int) -> bool:
    """Whether the mark is a bracket around a number: "eighty-five (85) positions", "85 (12%) of them"."""
    word = found[at].word
    opens = word == "(" and at + 1 < len(found) and _counts(found[at + 1])
    return opens or (word == ")" and _counts(found[at - 1]))


def _counts(token: Token) -> bool:
    return token.numeral or token.word in NUMBER_WORDS or token.word in PERCENTS
