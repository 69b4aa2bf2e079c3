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
# Scope → what there is none of without it, which is no fault.
_OPTIONAL = {"files:write": "digests come without a chart", "commands": "there is no /layoffs"}
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


async def check(slack: SlackChannel, channels: Sequence[str], app_token: str = "") -> tuple[Finding, ...]:
    """Look at the token, its scopes, each channel, and what buttons need. Nothing is posted.

    Args:
        slack: The bot's account.
        channels: Channel ids or names that watchlists and ops use.
        app_token: The app-level token, where buttons are wanted.
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
        *map(_option, _OPTIONAL, [scopes] * len(_OPTIONAL)),
        *([await _listens(slack, app_token)] if app_token else []),
        *[await _channel(slack, one) for one in channels],
    )


def _scope(scope: str, granted: frozenset[str]) -> Finding:
    if scope in granted:
        return Finding(scope, good=True, note="granted")
    advice = "add it under OAuth & Permissions (see config/slack-app.yaml) and install the app again"
    return Finding(scope, good=False, note=f"missing: {_SCOPES[scope]}", advice=advice)


def _option(scope: str, granted: frozenset[str]) -> Finding:
    note = "granted" if scope in granted else f"not granted, which is optional: {_OPTIONAL[scope]}"
    return Finding(scope, good=True, note=note)


async def _listens(slack: SlackChannel, app_token: str) -> Finding:
    try:
        await slack.listen(app_token)
    except DeliveryError as error:
        advice = (
            "make an app-level token (xapp-…) with connections:write under Basic Information, and enable"
            " Socket Mode; without SLACK_APP_TOKEN cards have no buttons"
        )
        return Finding("SLACK_APP_TOKEN", good=False, note=str(error), advice=advice)
    return Finding("SLACK_APP_TOKEN", good=True, note="Socket Mode can be opened")


async def _channel(slack: SlackChannel, channel: str) -> Finding:
    try:
        await slack.joined(channel)
        await slack.history(channel, datetime.now(UTC))
    except LookUpRefused as refused:
        mend = "grant channels:history and groups:history, and install the app again"
        return _wrong(channel, f"can be posted to, but not read ({refused})", mend)
    except DeliveryError as error:
        return _wrong(channel, str(error), remedy(error))
    return Finding(channel, good=True, note="can be read and posted to", channel=True)


async def try_out(to: Channel, channel: str) -> Finding:
    """Post a test card into a channel."""
    now = datetime.now(UTC)
    quote = Quote("If you can read this, alerts of Newswire Monitor arrive here.", ())
    card = Card("Test", "no jobs are cut", "", "test card", quote, "newswire-monitor slack check", now, "")
    try:
        await to.post(Alert(f"test-{uuid4().hex}", "", 0, channel, card, now))
    except DeliveryError as error:
        return _wrong(channel, f"the test card was not posted ({error})", remedy(error))
    return Finding(channel, good=True, note="the test card was posted", channel=True)


def remedy(error: DeliveryError) -> str:
    """Return what to do about a channel's or an account's refusal."""
    return _ADVICE.get(str(error), "try again")


def _wrong(channel: str, note: str, advice: str) -> Finding:
    return Finding(channel, good=False, note=note, advice=advice, channel=True)
