"""A sentence read through: its tokens, numbers and cuts. Read only where jobs may be told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.extract.cuts import Cut, cuts_in
from monitor.extract.novelty import MONTHS
from monitor.extract.number_sorts import Sort
from monitor.extract.numbers import Number, numbers_in
from monitor.extract.sentences import Sentence
from monitor.extract.signs import Sign, may_tell_a_cut, signs
from monitor.extract.tokens import Token, token_at, tokens
from monitor.model import ZoneKind

_TOP = 3  # sentences


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence of the document, the `order`-th, with all that is read from it.

    `spans` are the cuts as pairs of token numbers, first and last; `shares` the last tokens of percentages
    and fractions.
    """

    sentence: Sentence
    order: int
    tokens: Sequence[Token]
    numbers: tuple[Number, ...]
    cuts: tuple[Cut, ...]
    spans: tuple[tuple[int, int], ...]
    shares: tuple[int, ...]

    def word(self, at: int) -> str:
        """Return the word of a token, or an empty string beyond the sentence."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def words(self, start: int, end: int) -> tuple[str, ...]:
        """Return the words of the tokens from `start` up to `end`, clipped to the sentence."""
        return tuple(token.word for token in self.tokens[max(0, start) : max(0, end)])


def scenes(told: Sequence[Sentence]) -> tuple[Scene, ...]:
    """Return the sentences outside boilerplate that tell a cut, with their numbers.

    A sentence that follows one which tells a cut counts too, at the top of the text or when it holds a share:
    there the number may stand alone ("That is 5 percent of the workforce").
    """
    read: list[Scene] = []
    now = _month(told)
    told_before = False
    for order, sentence in enumerate(told):
        if sentence.zone in {ZoneKind.BOILERPLATE, ZoneKind.DATELINE}:
            continue
        seen = signs(sentence.text)
        follows = told_before and Sign.NUMBER in seen and (order <= _TOP or Sign.SHARE in seen)
        told_before = False
        if may_tell_a_cut(seen) or follows:
            found = tokens(sentence.text)
            cuts = cuts_in(sentence, found, now)
            told_before = bool(cuts)
            if cuts or follows:
                numbers = numbers_in(found) if Sign.NUMBER in seen else ()
                read.append(_scene(sentence, order, found, cuts, numbers))
    return tuple(read)


def _month(told: Sequence[Sentence]) -> frozenset[str]:
    """The words for the month that the dateline names."""
    lines = (sentence.text for sentence in told if sentence.zone is ZoneKind.DATELINE)
    named = {token.word[:3] for line in lines for token in tokens(line) if token.word in MONTHS}
    return frozenset(month for month in MONTHS if month[:3] in named)


def _scene(
    sentence: Sentence,
    order: int,
    found: Sequence[Token],
    told: tuple[Cut, ...],
    numbers: tuple[Number, ...],
) -> Scene:
    spans = tuple(
        (token_at(found, cut.start - sentence.start), token_at(found, cut.end - sentence.start) - 1)
        for cut in told
    )
    shares = tuple(number.last for number in numbers if number.sort in {Sort.PERCENT, Sort.FRACTION})
    return Scene(sentence, order, found, numbers, told, spans, shares)
