"""Whether Slack is set up so that alerts will arrive: token, scopes, and every channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from monitor.deliver.channel import Channel
from monitor.deliver.errors import DeliveryError, LookUpRefused
from monitor.deliver.slack import SlackChannel
from monitor.model import Alert, Card, Quote

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
    "invalid_auth": "the token is not valid: copy it again from OAuth & Permissions",
    "no_service": "the webhook was removed: add a new one under Incoming Webhooks",
    "invalid_token": "the webhook's address is not complete: copy it again",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `advice` says what to do if it is not `good`.

    `channel` tells that the subject is a channel.
    """

    subject: str
    good: bool
    note: str
    advice: str = ""
    channel: bool = False


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
        await slack.joined(channel)
        await slack.history(channel, datetime.now(UTC))
    except LookUpRefused as refused:
        advice = "grant channels:history and groups:history, and install the app again"
        return _wrong(channel, f"can be posted to, but not read ({refused})", advice)
    except DeliveryError as error:
        return _wrong(channel, str(error), _ADVICE.get(str(error), "try again"))
    return Finding(channel, good=True, note="can be read and posted to", channel=True)


async def try_out(to: Channel, channel: str) -> Finding:
    """Post a test card into a channel."""
    now = datetime.now(UTC)
    quote = Quote("If you can read this, alerts of Newswire Monitor arrive here.", ())
    card = Card("Test", "no jobs are cut", "", "test card", quote, "newswire-monitor slack check", now, "")
    try:
        await to.post(Alert(f"test-{uuid4().hex}", "", 0, channel, card, now))
    except DeliveryError as error:
        return _wrong(
            channel, f"the test card was not posted ({error})", _ADVICE.get(str(error), "try again")
        )
    return Finding(channel, good=True, note="the test card was posted", channel=True)


def _wrong(channel: str, note: str, advice: str) -> Finding:
    return Finding(channel, good=False, note=note, advice=advice, channel=True)
