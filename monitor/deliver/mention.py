"""Who a message pings. It is read from the configuration only, never from a feed."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"[<!@]*(?:subteam\^)?(?:(?P<range>here|channel|everyone)|(?P<user>[UW][A-Z0-9]{5,20})|(?P<group>S[A-Z0-9]{5,20}))>?"
)

_MOST = 10


def elements(mention: str) -> list[dict[str, object]]:
    """Return rich text elements that ping.

    Args:
        mention: Names parted by spaces or commas: "here", "channel", "everyone", a user id ("U024BE7LH") or
            a user group id ("SAZ94GDB8"), bare, with "@", or as Slack writes them ("<!here>", "<@U…>",
            "<!subteam^S…>"). Anything else pings nobody and is left out;
            so is what follows the tenth.
    """
    found: list[dict[str, object]] = []
    for token in re.split(r"[\s,]+", mention)[:_MOST]:
        match = _TOKEN.fullmatch(token)
        if match is None:
            continue
        if match["range"]:
            found.append({"type": "broadcast", "range": match["range"]})
        elif match["user"]:
            found.append({"type": "user", "user_id": match["user"]})
        else:
            found.append({"type": "usergroup", "usergroup_id": match["group"]})
    return found


def markup(mention: str) -> str:
    """Return the same as mrkdwn, for a message that has no blocks."""
    return " ".join(_markup(element) for element in elements(mention))


def _markup(element: dict[str, object]) -> str:
    match element:
        case {"range": name}:
            return f"<!{name}>"
        case {"user_id": user}:
            return f"<@{user}>"
    return f"<!subteam^{element['usergroup_id']}>"
