"""The clauses that tell jobs going away: the anchors near which number, company and place are looked for.

Each cut is found by its grammar and told apart by the words around it: new, past, denied or only possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.extract.grammar import Form, forms
from monitor.extract.novelty import Novelty, novelty
from monitor.extract.sentences import Sentence, sentences
from monitor.extract.signs import may_tell_a_cut, signs
from monitor.extract.tokens import Token, tokens
from monitor.model import Document, ZoneKind

_STRENGTH = {Form.OBJECT: 1.0, Form.LAYING_OFF: 1.0, Form.PASSIVE: 0.9, Form.NOUN: 0.8, Form.BUYOUT: 0.4}
_NEW = {
    Novelty.NEW: 1.0,
    Novelty.HYPOTHETICAL: 0.7,
    Novelty.PAST: 0.4,
    Novelty.ANNOUNCED: 0.4,
    Novelty.DENIED: 0.2,
}
_ZONE = {
    ZoneKind.TITLE: 1.0,
    ZoneKind.LEAD: 1.0,
    ZoneKind.BODY: 0.8,
    ZoneKind.RELEASE: 0.8,
    ZoneKind.BOILERPLATE: 0.2,
}


@dataclass(frozen=True, slots=True)
class Cut:
    """Document text [start:end] tells that jobs go. `strength` is from 0 to 1, `reason` names its grammar."""

    start: int
    end: int
    sentence: Sentence
    novelty: Novelty
    strength: float
    form: Form

    @property
    def reason(self) -> str:
        """Why this is a cut, in words."""
        return f"{self.form.value}, {self.novelty.value}"


def cuts(document: Document, among: Sequence[Sentence] | None = None) -> tuple[Cut, ...]:
    """Return every clause that tells jobs going away, in the order of the text.

    Args:
        document: the text in zones.
        among: its sentences, where they are known already.
    """
    told = sentences(document) if among is None else among
    return tuple(cut for sentence in told for cut in cuts_in(sentence))


def cuts_in(
    sentence: Sentence, read: Sequence[Token] | None = None, now: frozenset[str] = frozenset()
) -> tuple[Cut, ...]:
    """Return the cuts of one sentence; `read` are its tokens, where they are known already.

    `now` is the month of the dateline; see `novelty`.
    """
    if sentence.zone is ZoneKind.DATELINE or not may_tell_a_cut(signs(sentence.text)):
        return ()
    found = tokens(sentence.text) if read is None else read
    return tuple(_cut(sentence, found, *span, now) for span in forms(found))


def _cut(
    sentence: Sentence, found: Sequence[Token], first: int, last: int, form: Form, now: frozenset[str]
) -> Cut:
    news = novelty(found, first, last, now)
    strength = _STRENGTH[form] * _NEW[news] * _ZONE.get(sentence.zone, 0.8)
    start, end = sentence.start + found[first].start, sentence.start + found[last].end
    return Cut(start, end, sentence, news, round(strength, 3), form)
