from __future__ import annotations

import io
from dataclasses import replace

from deliver_samples import CARD, alert, update
from fakes.slack import FakeSlack
from rich.console import Console

from monitor.deliver.channel import Archive
from monitor.deliver.choose import choose
from monitor.deliver.policy import Policy
from monitor.deliver.terminal import TerminalChannel
from monitor.deliver.webhook import WebhookChannel

POLICY = Policy()


def console() -> Console:
    return Console(file=io.StringIO(), width=100)


def printed(into: Console) -> str:
    assert isinstance(into.file, io.StringIO)
    return into.file.getvalue()


async def test_a_bot_token_comes_first_then_a_webhook_then_the_terminal() -> None:
    async with FakeSlack() as slack:
        environment = {"SLACK_BOT_TOKEN": slack.token, "SLACK_API_URL": slack.url}
        chosen = choose(environment | {"SLACK_WEBHOOK_URL": slack.webhook_url}, console(), POLICY)
        assert isinstance(chosen, Archive)
        await chosen.post(alert("a"))
        assert slack.alerts() == ["a"]
        assert isinstance(choose({"SLACK_WEBHOOK_URL": slack.webhook_url}, console(), POLICY), WebhookChannel)
    assert isinstance(choose({"SLACK_BOT_TOKEN": " "}, console(), POLICY), TerminalChannel)


async def test_a_terminal_card_says_what_slack_says() -> None:
    into = console()
    await TerminalChannel(into).post(alert("a"))
    for words in (
        "Acme Corp. (NYSE: ACME) — about 500 jobs",
        "Rochester, NY · planned layoff",
        "PR Newswire",
    ):
        assert words in printed(into)


async def test_a_terminal_update_says_that_it_is_one() -> None:
    into = console()
    await TerminalChannel(into).post(update("b", "a"))
    assert "update" in printed(into)
    assert "about 500 → about 650" in printed(into)


async def test_outside_text_is_no_markup_and_no_escape_sequence() -> None:
    into = console()
    await TerminalChannel(into).post(alert("a", card=replace(CARD, who="[red]Acme[/red] \x1b[2J")))
    assert "[red]Acme[/red] [2J" in printed(into)
    assert "\x1b" not in printed(into)
