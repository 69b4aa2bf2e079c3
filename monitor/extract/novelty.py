"""Whether a cut is told as news, as something past, as denied or as only possible.

News is told for the day ("said on Friday it would cut"); what was known before carries a month, a "last
year", an "already" or a perfect tense of saying. Such words count when they stand in the clause of the cut;
those that date an announcement ("said in February it would") also count across the verb of saying.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from monitor.extract.jobwords import words
from monitor.extract.tokens import Token


class Novelty(StrEnum):
    """How a cut stands to the news of the text."""

    NEW = "new"
    PAST = "past"
    ANNOUNCED = "announced before"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


_BEFORE = 40
_AFTER = 10
_BREAKS = words("; which who while but although whereas : --")
_SAYING = words(
    """said says announced announces announce plans told reported reports confirmed saying will expects"""
)
_IN = words("in since from of late early mid")
_COMING = words("will to")
_AUXILIARIES = words("to will would could may might must be being is are not also , plans")
_TOLD = words("said says told reported announced confirmed")
_DENYING = words(
    """no not without denied denies deny avoid avoided avoiding never ruled cannot declined wouldn't won't"""
)
_NOT_DENYING = words("only fewer less more just yet say comment specify immediately whether disclose how")
_SUPPOSING = words("if unless might threatened threatens fear fears feared risk fearing")
_CONDITIONS = words("if unless")
_MAY = words("could would may might")
_NEAR = 4
_ALREADY = words("already previously formerly had since prior previous past ago yet")
_DATING = words("previously earlier originally ago")
_MORE = words("another additional further more extra new fresh latest")
MONTHS = words(
    """january february march april may june july august september october november december jan feb mar
    apr jun jul aug sept sep oct nov dec"""
)
_DAYS = words("today monday tuesday wednesday thursday friday saturday sunday")
_PERIODS = words(
    """year month week quarter summer autumn fall winter spring decade years months weeks fiscal"""
)
_AFTERMATH = (
    ("in", "addition"), ("on", "top"), ("come", "on"), ("comes", "on"), ("follow", "the"),
    ("following", "the"),
)  # fmt: skip


def novelty(found: Sequence[Token], first: int, last: int, now: frozenset[str] = frozenset()) -> Novelty:
    """Judge the cut told by the tokens `first` to `last` by the words of its clause around it.

    `now` are the words that name the month of the dateline, which dates nothing back.
    """
    before = ["this" if word in now else word for word in _clause_before(found, first)]
    if _denied(before):
        return Novelty.DENIED
    if _dated_before(before) or _dated_back(found, first, last):
        return Novelty.PAST
    more = not _MORE.isdisjoint(before[:3]) or any(token.word in _MORE for token in found[first : last + 1])
    done = None if more else _done_before(before)
    if not more and (done or _past_after(found, last) or _as_addition(before)):
        return done or Novelty.PAST
    if not _SUPPOSING.isdisjoint(before) or _on_condition(found, last, before):
        return Novelty.HYPOTHETICAL
    return Novelty.NEW


def _clause_before(found: Sequence[Token], first: int) -> list[str]:
    """The words before the cut back to the border of its clause, the nearest first.

    A relative clause that a comma closes is left out: "Acme, which cut 90 jobs in May, will …".
    """
    words: list[str] = []
    for at in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        word = found[at].word
        if word in {"which", "who"} and "," in words:
            del words[_last(words, ",") :]
        elif word in _BREAKS:
            return words
        else:
            words.append(word)
    return words


def _last(words: Sequence[str], word: str) -> int:
    """The place of the word that is furthest from the cut, which closes the aside that opens before it."""
    return len(words) - 1 - list(reversed(words)).index(word)


def _denied(before: Sequence[str]) -> bool:
    """Whether a denying word stands close before; "not only", "no fewer than" deny nothing."""
    for distance, word in enumerate(before[:8]):
        if word in _DENYING:
            following = before[distance - 1] if distance else ""
            second = before[distance - 2] if distance > 1 else ""
            return not ({following, second} & _NOT_DENYING)
        if word in {",", "said"}:
            return False
    return False


def _dated_before(before: Sequence[str]) -> bool:
    """Whether a word before the cut dates it, or its announcement, back."""
    for distance, word in enumerate(before):
        following = before[distance - 1] if distance else ""
        today = {following, *before[max(0, distance - 2) : distance]} & _DAYS  # "earlier on Tuesday"
        if (word in _DATING and not today) or (word == "last" and following in _PERIODS):
            return True
        if word == "plan" and _is_month(before, distance + 1):
            return True
        dated = (
            word in _IN and _is_month(before, distance - 1) and before[distance + 1 : distance + 2] != ["end"]
        ) or (word in {"in", "since"} and _like_year(following))
        if dated and "will" not in before[:distance] and _COMING.isdisjoint(before[distance + 1 :]):
            return True
    return False


def _done_before(before: Sequence[str]) -> Novelty | None:
    """What the clause itself says of a cut that is done, "already" or "so far", or "has" been announced.

    The perfect tells what was known before, but where it opens a text it is how British papers tell news.
    """
    for distance, word in enumerate(before):
        if word == "had" and _counted(before[distance - 1] if distance else ""):
            continue  # "had 900 employees" says how many there were
        if word == "had" and not _TOLD.isdisjoint(before[distance + 1 : distance + 8]):
            return None  # "said it had cut" is the news of today, put back by the verb of saying
        if word in _SAYING and before[distance + 1 : distance + 2] in (["it"], ["they"]):
            continue  # "has said it plans to": the verb before tells whether that is news
        if word in _SAYING:
            perfect = before[distance + 1 : distance + 2] in (["has"], ["have"], ["had"])
            known = perfect and _TOLD.isdisjoint(before[distance + 2 : distance + 8])
            return Novelty.ANNOUNCED if known else None
        if word in _ALREADY or (word == "far" and before[distance + 1 : distance + 2] == ["so"]):
            return Novelty.PAST
    return None


def _counted(word: str) -> bool:
    return word[:1].isdigit() or word in {
        "about",
        "some",
        "around",
        "nearly",
        "roughly",
        "approximately",
        "a",
    }


def _is_month(before: Sequence[str], at: int) -> bool:
    """Whether a month is named, rather than a day, which is how the news of today is dated."""
    if not 0 <= at < len(before) or before[at] not in MONTHS:
        return False
    day = before[at - 2] if at > 1 and before[at - 1] == "." else before[at - 1] if at else ""
    return not (day.isdecimal() and len(day) < 3)


def _like_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word.startswith(("19", "20"))


def _as_addition(before: Sequence[str]) -> bool:
    """Whether the cut is what something else is added to: "in addition to", "on top of", "follows"."""
    near = before[:6]
    if before[:1] in (["after"], ["since"]):
        return True
    if any(
        near[at] == "after" and before[at + 1 : at + 2] and before[at + 1] in _PERIODS
        for at in range(len(near))
    ):
        return True
    return {"follow", "follows", "followed", "following"} & set(near[:4]) != set() or any(
        near[i : i + 2] in (["addition", "in"], ["top", "on"]) for i in range(len(near))
    )


def _dated_back(found: Sequence[Token], first: int, last: int) -> bool:
    """Whether a verb in the simple past has a month or a year behind it: "cut 90 jobs in May"."""
    verb = found[first].word
    if not (verb.endswith("ed") or verb in {"cut", "shed", "laid", "let", "lost"}):
        return False
    if first and found[first - 1].word in _AUXILIARIES:
        return False
    words = [token.word for token in found[last + 1 : last + 7]]
    for at, word in enumerate(words[:-1]):
        if word in {",", "and", "after", "by"}:
            return False
        if word in {"in", "since", "during"} and (words[at + 1] in MONTHS or _like_year(words[at + 1])):
            return True
    return False


def _on_condition(found: Sequence[Token], last: int, before: Sequence[str]) -> bool:
    """Whether a condition follows: "could be laid off if the strike drags on"."""
    after = [token.word for token in found[last + 1 : last + 1 + _AFTER]]
    breaks = next((at for at, word in enumerate(after) if word in _BREAKS), len(after))
    helpers = {*before[:_NEAR], *(token.word for token in found[max(0, last - _NEAR) : last])}
    return not _MAY.isdisjoint(helpers) and not _CONDITIONS.isdisjoint(after[:breaks])


def _past_after(found: Sequence[Token], last: int) -> bool:
    words = [token.word for token in found[last + 1 : last + 1 + _AFTER]]
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in _BREAKS or (word, following) in _AFTERMATH or word in {"after", "bringing", "taking"}:
            return False
        if word in {"previously", "ago", "since"} or (word == "earlier" and following != "than"):
            return True
        if word == "last" and following in _PERIODS:
            return True
        if word in {"past", "last"} and at + 2 < len(words) and words[at + 2] in _PERIODS:
            return True
    return False
