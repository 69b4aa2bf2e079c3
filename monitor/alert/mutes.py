"""What people asked not to hear of for a while."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model import Story, Verdict
from monitor.story.names import company_keys, name_key


class MuteKind(StrEnum):
    """What is muted."""

    COMPANY = "company"
    STORY = "story"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Mute:
    """Silence on one company (by name), story (by id) or rule (by id) until a time; by whom, and why."""

    kind: MuteKind
    value: str
    until: datetime
    author: str
    reason: str

    def __str__(self) -> str:
        """Return the mute as people read it in an explanation."""
        why = f": {self.reason}" if self.reason else ""
        return f"{self.kind} {self.value}, muted by {self.author} until {self.until:%Y-%m-%d %H:%M %Z}{why}"


def muting(mutes: Iterable[Mute], story: Story, verdict: Verdict | None, now: datetime) -> Mute | None:
    """Return the mute that silences the story at `now`: of several the one that lasts longest."""
    company = story.layoff.company
    names = company_keys(company) if company else ()
    rules = {match.rule for match in verdict.matches if match.weight > 0} if verdict else set[str]()
    hits = (mute for mute in mutes if mute.until > now and _hits(mute, names, story, rules))
    return max(hits, key=lambda mute: (mute.until, mute.kind, mute.value), default=None)


def _hits(mute: Mute, names: tuple[str, ...], story: Story, rules: set[str]) -> bool:
    match mute.kind:
        case MuteKind.COMPANY:
            return f"name:{name_key(mute.value)}" in names
        case MuteKind.STORY:
            return mute.value == story.id
        case MuteKind.RULE:
            return mute.value in rules
