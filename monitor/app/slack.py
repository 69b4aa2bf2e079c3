"""Slack's set-up, looked at for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.app.office import RoleError
from monitor.app.roles import POLICY
from monitor.app.settings import Settings
from monitor.deliver.check import Finding, check, try_out
from monitor.deliver.choose import choose
from monitor.deliver.slack import SlackChannel
from monitor.deliver.terminal import TerminalChannel


def channels(settings: Settings) -> tuple[str, ...]:
    """Return every channel that the configuration names, that of ops last."""
    named = [channel for watchlist in settings.watchlists for channel in watchlist.channels]
    return tuple(dict.fromkeys(filter(None, (*named, settings.monitor.ops_channel))))


async def findings(settings: Settings, environ: Mapping[str, str], *, post: bool) -> Sequence[Finding]:
    """Look at everything that delivery to Slack depends on; `post`: try each channel with a test card.

    Raises:
        RoleError: the environment names no Slack.
    """
    slack = choose(environ, Console(), POLICY)
    if isinstance(slack, TerminalChannel):
        raise RoleError(
            "no Slack to check: set SLACK_BOT_TOKEN to the app's Bot User OAuth Token (xoxb-…), "
            "or SLACK_WEBHOOK_URL to the address of an incoming webhook"
        )
    if not isinstance(slack, SlackChannel):
        # Nothing of a webhook can be asked; it has one channel, whatever the watchlists name.
        return [await try_out(slack, "webhook")] if post else [_UNASKED]
    app_token = environ.get("SLACK_APP_TOKEN", "").strip()
    found = list(await check(slack, channels(settings), app_token))
    good = [one.subject for one in found if one.good and one.channel]
    return found + ([await try_out(slack, channel) for channel in good] if post else [])


_UNASKED = Finding(
    "webhook",
    good=True,
    note="set; it cannot be asked",
    advice="try it with: newswire-monitor slack check --post",
)


def table(found: Iterable[Finding]) -> Table:
    """Return the findings as a table for people."""
    shown = Table("", "what", "found", "what to do")
    for one in found:
        mark = Text("ok", style="green") if one.good else Text("wrong", style="bold red")
        shown.add_row(mark, *map(Text, (one.subject, one.note, one.advice)))
    return shown
