"""What count and share are both read from: the sentences, those read through, and who the story is about."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.extract.bystanders import protagonists
from monitor.extract.scenes import Scene, scenes
from monitor.extract.sentences import Sentence, sentences
from monitor.model import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read once; `known` are the words of the names that the story is about."""

    sentences: tuple[Sentence, ...]
    scenes: tuple[Scene, ...]
    known: frozenset[str]


def read(document: Document) -> Reading:
    """Read a document through, once for all facts that are numbers."""
    told = sentences(document)
    found = scenes(told)
    return Reading(told, found, protagonists(told) if found else frozenset())
