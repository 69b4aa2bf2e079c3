from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from fakes.slack import FakeSlack
from typer.testing import CliRunner, Result

from monitor.cli import FOUND_WRONG, OK, USED_WRONG, app

SHIPPED = Path(__file__).parents[2] / "config"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("rules", "feeds.yaml"):
        (tmp_path / part).symlink_to(SHIPPED / part)
    (tmp_path / "watchlists").mkdir()
    (tmp_path / "watchlists" / "all.yaml").write_text('name: all\nchannels: ["#layoffs", "#chips"]\n')
    (tmp_path / "monitor.yaml").write_text('ops_channel: "#ops"\n')
    return tmp_path


async def check(folder: Path, environ: Mapping[str, str], *options: str) -> Result:
    """Run the command beside the fake Slack, which needs the loop meanwhile."""
    command = ["slack", "check", "-c", str(folder), *options]
    clean = {"SLACK_BOT_TOKEN": "", "SLACK_WEBHOOK_URL": "", "SLACK_API_URL": "", "SLACK_APP_TOKEN": ""}
    return await asyncio.to_thread(lambda: CliRunner().invoke(app, command, env={**clean, **environ}))


def bot(slack: FakeSlack) -> dict[str, str]:
    return {"SLACK_BOT_TOKEN": slack.token, "SLACK_API_URL": slack.url}


def records(result: Result) -> dict[str, dict[str, Any]]:
    return {one["subject"]: one for one in map(json.loads, result.stdout.splitlines())}


async def test_a_sound_set_up_exits_with_zero_and_posts_nothing(folder: Path) -> None:
    async with FakeSlack(("layoffs", "chips", "ops")) as slack:
        result = await check(folder, bot(slack), "--json")
        assert result.exit_code == OK, result.output
        assert {"token", "chat:write", "#layoffs", "#chips", "#ops"} <= set(records(result))
        assert not slack.calls("chat.postMessage")


async def test_a_test_card_goes_to_every_channel_on_request(folder: Path) -> None:
    async with FakeSlack(("layoffs", "chips", "ops")) as slack:
        assert (await check(folder, bot(slack), "--post")).exit_code == OK
        for channel in ("layoffs", "chips", "ops"):
            (message,) = slack.messages(channel)
            assert "If you can read this" in message["text"]


async def test_what_is_wrong_is_named_with_its_remedy_and_gets_no_test_card(folder: Path) -> None:
    async with FakeSlack(("layoffs", "chips", "ops")) as slack:
        slack.channel("chips").archived = True
        slack.channel("ops").member = False
        result = await check(folder, bot(slack), "--json", "--post")
        assert len(slack.calls("chat.postMessage")) == 1
        assert "/invite" in (await check(folder, bot(slack))).stdout
    found = records(result)
    assert result.exit_code == FOUND_WRONG
    assert (found["#chips"]["note"], found["#chips"]["advice"]) == (
        "is_archived",
        "unarchive it or choose another",
    )
    assert "/invite" in found["#ops"]["advice"]


async def test_an_app_token_that_opens_no_socket_is_named(folder: Path) -> None:
    async with FakeSlack(("layoffs", "chips", "ops")) as slack:
        wrong = await check(folder, {**bot(slack), "SLACK_APP_TOKEN": "xapp-wrong"}, "--json")
        right = await check(folder, {**bot(slack), "SLACK_APP_TOKEN": slack.app_token}, "--json")
    found = records(wrong)["SLACK_APP_TOKEN"]
    assert (wrong.exit_code, found["note"]) == (FOUND_WRONG, "invalid_auth")
    assert "connections:write" in found["advice"]
    assert "xapp-wrong" not in wrong.output
    assert (right.exit_code, records(right)["SLACK_APP_TOKEN"]["good"]) == (OK, True)


async def test_a_webhook_can_only_be_tried(folder: Path) -> None:
    async with FakeSlack() as slack:
        hook = {"SLACK_WEBHOOK_URL": slack.webhook_url}
        assert "--post" in (await check(folder, hook)).stdout
        assert slack.messages("layoffs") == []
        assert (await check(folder, hook, "--post")).exit_code == OK
        assert len(slack.messages("layoffs")) == 1
        slack.account_error = "revoked"
        gone = await check(folder, hook, "--post", "--json")
    assert gone.exit_code == FOUND_WRONG
    assert "add a new one" in records(gone)["webhook"]["advice"]


async def test_without_a_token_the_command_says_what_to_set(folder: Path) -> None:
    result = await check(folder, {})
    assert result.exit_code == USED_WRONG
    assert "SLACK_BOT_TOKEN" in result.stderr


async def test_no_token_is_ever_shown(folder: Path) -> None:
    async with FakeSlack() as slack:
        secret = "xoxb-2-wrong-9876543210"
        result = await check(folder, bot(slack) | {"SLACK_BOT_TOKEN": secret})
    assert result.exit_code == FOUND_WRONG
    assert secret not in result.output
    assert "invalid_auth" in result.output


def test_help_shows_an_example() -> None:
    assert "newswire-monitor slack check" in CliRunner().invoke(app, ["slack", "check", "--help"]).stdout
