"""A text in zones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class ZoneKind(StrEnum):
    """What a stretch of an item's text is there for."""

    TITLE = "title"
    DATELINE = "dateline"
    OPENING = "opening"  # the first sentence of LEAD, as rules and matches name it; no zone of its own
    LEAD = "lead"
    BODY = "body"
    RELEASE = "release"  # what follows the lead where an employer speaks itself; BODY elsewhere
    BOILERPLATE = "boilerplate"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Zone:
    """`text[start:end]` of a document, in code points. Only QUOTE zones lie inside others."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The span `text` = document.text[start:end] that something was read from, and the rule or reason."""

    start: int
    end: int
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Title and text of an item as one string; every span in the program is an offset into `text`."""

    text: str
    zones: tuple[Zone, ...]

    def spans(self, *kinds: ZoneKind) -> Iterator[Zone]:
        """Yield the zones of the given kinds in the order of the text."""
        return (zone for zone in self.zones if zone.kind in kinds)

    def evidence(self, start: int, end: int, reason: str = "") -> Evidence:
        """Return the span as evidence."""
        return Evidence(start, end, self.text[start:end], reason)
