"""Whether Slack is set up so that alerts will arrive: token, scopes, and every channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.deliver.errors import ChannelRefused, DeliveryError, LookUpRefused
from monitor.deliver.slack import SlackChannel

# Scope → what is missing without it.
_SCOPES = {
    "chat:write": "nothing can be posted",
    "channels:history": "an alert whose sending breaks off in a public channel may be posted twice",
    "groups:history": "an alert whose sending breaks off in a private channel may be posted twice",
    "channels:read": "public channels must be given by id, not by name",
    "groups:read": "private channels must be given by id, not by name",
}
_ADVICE = {
    "not_in_channel": "invite the app there: /invite @newswire",
    "channel_not_found": "check the name; a private channel must invite the app first",
    "is_archived": "unarchive it or choose another",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `advice` says what to do if it is not `good`."""

    subject: str
    good: bool
    note: str
    advice: str = ""


async def check(slack: SlackChannel, channels: Sequence[str]) -> tuple[Finding, ...]:
    """Look at the token, its scopes and each channel. Nothing is posted.

    Args:
        slack: The bot's account.
        channels: Channel ids or names that watchlists and ops use.
    """
    try:
        who, scopes = await slack.identity()
    except DeliveryError as error:
        advice = "put the app's Bot User OAuth Token (xoxb-…) into SLACK_BOT_TOKEN"
        return (Finding("token", good=False, note=str(error), advice=advice),)
    token = Finding("token", good=True, note=who)
    return (
        token,
        *map(_scope, _SCOPES, [scopes] * len(_SCOPES)),
        *[await _channel(slack, one) for one in channels],
    )


def _scope(scope: str, granted: frozenset[str]) -> Finding:
    if scope in granted:
        return Finding(scope, good=True, note="granted")
    advice = "add it under OAuth & Permissions (see config/slack-app.yaml) and install the app again"
    return Finding(scope, good=False, note=f"missing: {_SCOPES[scope]}", advice=advice)


async def _channel(slack: SlackChannel, channel: str) -> Finding:
    try:
        # Slack lets only members read, so one look tells that the channel exists and has invited us.
        await slack.history(channel, datetime.now(UTC))
    except LookUpRefused as refused:
        return Finding(
            channel, good=False, note=f"cannot be read ({refused})", advice="grant the history scopes"
        )
    except ChannelRefused as refused:
        return Finding(channel, good=False, note=str(refused), advice=_ADVICE.get(str(refused), ""))
    except DeliveryError as error:
        return Finding(channel, good=False, note=str(error), advice="try again")
    return Finding(channel, good=True, note="can be read and posted to")
