"""Which channel the environment asks for."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console

from monitor.deliver.channel import Channel
from monitor.deliver.policy import Policy
from monitor.deliver.slack import DEFAULT_URL, SlackChannel
from monitor.deliver.terminal import TerminalChannel
from monitor.deliver.webhook import WebhookChannel


def choose(environment: Mapping[str, str], console: Console, policy: Policy) -> Channel:
    """Return Slack if SLACK_BOT_TOKEN is set, a webhook if SLACK_WEBHOOK_URL is, else the terminal.

    Args:
        environment: Such as `os.environ`. SLACK_API_URL replaces the address of Slack's Web API;
            with SLACK_APP_TOKEN cards carry buttons.
        console: Where the terminal's cards go.
        policy: Says how long one call may take, and what a 429 costs that does not say.
    """
    if token := environment.get("SLACK_BOT_TOKEN", "").strip():
        return SlackChannel(
            token,
            url=environment.get("SLACK_API_URL", "").strip() or DEFAULT_URL,
            timeout=policy.timeout,
            limited=policy.limited,
            buttons=bool(environment.get("SLACK_APP_TOKEN", "").strip()),
        )
    if url := environment.get("SLACK_WEBHOOK_URL", "").strip():
        return WebhookChannel(url, timeout=policy.timeout, limited=policy.limited)
    return TerminalChannel(console)
