"""What all facts are read from, each once: sentences, cuts with their numbers, who the story is about."""

from __future__ import annotations

from functools import cached_property

from monitor.extract.bystanders import protagonists
from monitor.extract.cues import cut_told
from monitor.extract.cuts import Cut
from monitor.extract.scenes import Scene, scenes
from monitor.extract.sentences import Sentence, sentences
from monitor.model import Document, ZoneKind

_NEWS = frozenset({ZoneKind.LEAD, ZoneKind.BODY, ZoneKind.RELEASE})


class Reading:
    """A document as it is read: what no fact asks for is not read, and nothing is read twice."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._cues: dict[int, int | None] = {}

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in the order of the text."""
        return sentences(self.document)

    @cached_property
    def news(self) -> tuple[Sentence, ...]:
        """The sentences outside headline, dateline and boilerplate."""
        return tuple(sentence for sentence in self.sentences if sentence.zone in _NEWS)

    @cached_property
    def telling(self) -> tuple[Sentence, ...]:
        """The sentences of the news that tell a cut."""
        return tuple(sentence for sentence in self.news if self.cue(sentence) is not None)

    def cue(self, sentence: Sentence) -> int | None:
        """Return where the first words of a sentence that tell a cut begin, or None."""
        if sentence.start not in self._cues:
            by_word = cut_told(sentence.text)
            self._cues[sentence.start] = self._by_grammar.get(sentence.start) if by_word is None else by_word
        return self._cues[sentence.start]

    @cached_property
    def _by_grammar(self) -> dict[int, int]:
        """Where the first cut begins in each sentence that tells one, by where the sentence begins."""
        return {
            scene.sentence.start: scene.cuts[0].start - scene.sentence.start
            for scene in self.scenes
            if scene.cuts
        }

    @cached_property
    def scenes(self) -> tuple[Scene, ...]:
        """The sentences that tell a cut or follow one, with their numbers."""
        return scenes(self.sentences)

    @cached_property
    def known(self) -> frozenset[str]:
        """The words of the names that the story is about."""
        return protagonists(self.sentences) if self.scenes else frozenset()

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The clauses outside boilerplate that tell jobs going away, in the order of the text."""
        return tuple(cut for scene in self.scenes for cut in scene.cuts)


def read(document: Document) -> Reading:
    """Return the reading of a document, to be shared by all that read facts from it."""
    return Reading(document)
