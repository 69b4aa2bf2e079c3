"""Whether a cut is told as news, as something past, as denied or as only possible."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from monitor.extract.tokens import Token


class Novelty(StrEnum):
    """How a cut stands to the news of the text."""

    NEW = "new"
    PAST = "past"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


_BEFORE = 14
_AFTER = 9
_BREAKS = frozenset({";", ".", "which", "who", "while", "but", "although"})
_DENYING = frozenset(
    {"no", "not", "without", "denied", "denies", "deny", "avoid", "never", "ruled", "cannot"}
)
_SUPPOSING = frozenset(
    {"if", "unless", "might", "threatened", "threatens", "fear", "fears", "feared", "risk"}
)
_PAST_BEFORE = frozenset(
    {"previously", "already", "earlier", "formerly", "past", "had", "since", "former", "last", "ago", "prior"}
)
_PAST_AFTER = ("last", "previously", "earlier", "ago", "already", "since")
_PERIODS = frozenset({"year", "month", "week", "quarter", "summer", "autumn", "fall", "winter", "spring"})


def novelty(found: Sequence[Token], first: int, last: int) -> Novelty:
    """Judge the cut told by the tokens `first` to `last` by the words of its clause around it."""
    before = _clause_before(found, first)
    if _denied(before):
        return Novelty.DENIED
    if not _PAST_BEFORE.isdisjoint(before) or _past_after(found, last):
        return Novelty.PAST
    if not _SUPPOSING.isdisjoint(before):
        return Novelty.HYPOTHETICAL
    return Novelty.NEW


def _clause_before(found: Sequence[Token], first: int) -> list[str]:
    words: list[str] = []
    for at in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        if found[at].word in _BREAKS:
            break
        words.append(found[at].word)
    return words


def _denied(before: Sequence[str]) -> bool:
    """Whether a denying word stands close before; "not only", "no fewer than" deny nothing."""
    for distance, word in enumerate(before[:7]):
        if word in _DENYING:
            return not (distance and before[distance - 1] in {"only", "fewer", "less", "more", "just"})
    return False


def _past_after(found: Sequence[Token], last: int) -> bool:
    stop = min(len(found), last + 1 + _AFTER)
    for at in range(last + 1, stop):
        word = found[at].word
        if word in _BREAKS:
            return False
        if word in _PAST_AFTER:
            return word != "last" or (at + 1 < len(found) and found[at + 1].word in _PERIODS)
    return False
