"""Which mute silences a story, and what is said when a mute ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from monitor.model import Mute, Muted, MuteKind, Story, Verdict
from monitor.story.names import company_keys, spellings

_SHOWN = 10


def muting(mutes: Iterable[Mute], story: Story, verdict: Verdict | None, now: datetime) -> Mute | None:
    """Return the mute that silences the story at `now`: of several the one that lasts longest."""
    company = story.layoff.company
    names = company_keys(company) if company else ()
    rules = {match.rule for match in verdict.matches if match.weight > 0} if verdict else set[str]()
    hits = (mute for mute in mutes if mute.until > now and _hits(mute, names, story, rules))
    return max(hits, key=lambda mute: (mute.until, mute.kind, mute.value), default=None)


def ended(muted: Muted) -> str:
    """Return what ops read when a mute is over: whose it was, and what it hid."""
    mute, stories = muted.mute, tuple(muted.hidden.values())
    name = f"The mute of {mute.kind} {mute.label or mute.value} by {mute.author} is over"
    if not stories:
        return f"{name}. It hid nothing."
    more = len(stories) - _SHOWN
    listed = "; ".join(stories[:_SHOWN]) + (f"; + {more} more" if more > 0 else "")
    return f"{name}. It hid {len(stories)} {'story' if len(stories) == 1 else 'stories'}: {listed}."


def _hits(mute: Mute, names: tuple[str, ...], story: Story, rules: set[str]) -> bool:
    match mute.kind:
        case MuteKind.COMPANY:
            return any(f"name:{name}" in names for name in spellings(mute.value))
        case MuteKind.STORY:
            return mute.value == story.id
        case MuteKind.RULE:
            return mute.value in rules
