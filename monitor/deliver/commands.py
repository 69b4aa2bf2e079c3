"""What people ask of the monitor from Slack: buttons under a card, and the slash command.

card ─▶ actions block ─▶ (a click) ─▶ payload ─▶ Asked        /layoffs mute company Acme 7d ─▶ Asked
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from monitor.model import MuteKind

BLOCK = "newswire_story"
_SPANS = {1: "for 1 day", 7: "for 1 week", 30: "for 30 days"}
_WORDS = {
    MuteKind.COMPANY: "Mute this company",
    MuteKind.STORY: "Mute this story",
    MuteKind.RULE: "Mute its rule",
}
_MUTE = re.compile(
    r"mute\s+(?P<kind>company|story|rule)\s+(?P<value>.+?)\s+(?P<days>\d{1,3})d\b\s*(?P<why>.*)",
    re.IGNORECASE,
)
HELP = (
    "Try: /layoffs recent · /layoffs status · /layoffs mute company Acme Corp. 7d our client"
    " (or story, or rule; 1d to 365d)"
)


class Action(StrEnum):
    """What can be asked."""

    WHY = "why"
    NOT_A_LAYOFF = "not_a_layoff"
    MUTE_OF = "mute_of"
    MUTE = "mute"
    RECENT = "recent"
    STATUS = "status"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what, by whom, and where to answer.

    `story` is the story of a click. MUTE_OF mutes that story, its company or its rule; MUTE names `value`.
    """

    action: Action
    author: str
    answer_to: str
    story: str = ""
    kind: MuteKind = MuteKind.COMPANY
    value: str = ""
    span: timedelta = timedelta(0)
    reason: str = ""


def actions(story: str) -> dict[str, Any]:
    """Return the block of buttons for the card of a story."""
    return {
        "type": "actions",
        "block_id": BLOCK,
        "elements": [
            _button(Action.WHY, "Why?", story),
            _button(Action.NOT_A_LAYOFF, "Not a layoff", story),
            {
                "type": "static_select",
                "action_id": Action.MUTE_OF.value,
                "placeholder": _plain("Mute …"),
                "option_groups": [
                    {
                        "label": _plain(words),
                        "options": [
                            {"text": _plain(f"{words} {said}"), "value": f"{kind.value} {days} {story}"}
                            for days, said in _SPANS.items()
                        ],
                    }
                    for kind, words in _WORDS.items()
                ],
            },
        ],
    }


def asked(kind: str, payload: Mapping[str, Any]) -> Asked | None:
    """Return what an envelope asks; None if it is nothing of ours, or damaged.

    Args:
        kind: The envelope's type: "interactive" or "slash_commands".
        payload: Its payload (https://docs.slack.dev/apis/events-api/using-socket-mode/).
    """
    try:
        if kind == "slash_commands":
            author = f"@{payload.get('user_name') or payload['user_id']}"
            return _command(payload.get("text") or "", author, str(payload["response_url"]))
        if kind == "interactive" and payload.get("type") == "block_actions":
            return _click(payload)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        pass
    return None


def _click(payload: Mapping[str, Any]) -> Asked | None:
    click = payload["actions"][0]
    if click.get("block_id") != BLOCK:
        return None
    user = payload["user"]
    author = f"@{user.get('username') or user.get('name') or user['id']}"
    where, action = str(payload["response_url"]), Action(click["action_id"])
    if action is not Action.MUTE_OF:
        return Asked(action, author, where, story=str(click["value"]))
    kind, days, story = click["selected_option"]["value"].split(" ", 2)
    return Asked(action, author, where, story, MuteKind(kind), span=timedelta(days=int(days)))


def _command(text: str, author: str, where: str) -> Asked:
    words = text.strip()
    if found := _MUTE.fullmatch(words):
        span = timedelta(days=int(found["days"]))
        kind = MuteKind(found["kind"].lower())
        if timedelta(0) < span <= timedelta(days=365):
            value, why = found["value"].strip(" \"'“”"), found["why"].strip()
            return Asked(Action.MUTE, author, where, "", kind, value, span, why)
    name = words.lower()
    action = Action(name) if name in (Action.RECENT, Action.STATUS) else Action.HELP
    return Asked(action, author, where)


def _button(action: Action, words: str, story: str) -> dict[str, Any]:
    return {"type": "button", "action_id": action.value, "text": _plain(words), "value": story}


def _plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}
