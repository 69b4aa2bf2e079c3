"""What count, share and proof are read from: sentences, cuts with their numbers, who the story is about."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.extract.bystanders import protagonists
from monitor.extract.cuts import Cut
from monitor.extract.scenes import Scene, scenes
from monitor.extract.sentences import Sentence, sentences
from monitor.model import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read once; `known` are the words of the names that the story is about."""

    sentences: tuple[Sentence, ...]
    scenes: tuple[Scene, ...]
    known: frozenset[str]

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The clauses outside boilerplate that tell jobs going away, in the order of the text."""
        return tuple(cut for scene in self.scenes for cut in scene.cuts)


def read(document: Document) -> Reading:
    """Read a document through, once for all facts that are numbers."""
    told = sentences(document)
    found = scenes(told)
    return Reading(told, found, protagonists(told) if found else frozenset())
