"""What people asked not to hear of for a while."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class MuteKind(StrEnum):
    """What is muted."""

    COMPANY = "company"
    STORY = "story"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Mute:
    """Silence on one company (by name), story (by id) or rule (by id) until a time; by whom, and why.

    `label` is what people call it where the value is an id.
    """

    kind: MuteKind
    value: str
    until: datetime
    author: str
    reason: str
    label: str = ""

    @property
    def id(self) -> str:
        """Eight hexadecimal digits, the same for the same mute."""
        said = "\0".join((self.kind, self.value, self.until.isoformat(), self.author))
        return hashlib.blake2b(said.encode(), digest_size=4, person=b"mute").hexdigest()

    def __str__(self) -> str:
        """Return the mute as people read it in an explanation."""
        why = f": {self.reason}" if self.reason else ""
        return (
            f"{self.kind} {self.label or self.value}, muted by {self.author}"
            f" until {self.until:%Y-%m-%d %H:%M %Z}{why}"
        )


@dataclass(frozen=True, slots=True)
class Muted:
    """A mute and what it has hidden so far: story id → who cuts how many."""

    mute: Mute
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MuteEvent:
    """One line of the audit: a mute was added, ended by somebody, or ran out; and how much it had hidden."""

    at: datetime
    action: str
    by: str
    mute: Mute
    hidden: int
