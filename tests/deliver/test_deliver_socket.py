from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from deliver_samples import CARD, alert
from fakes.slack import FakeSlack
from fakes.socketmode import FakeSocketMode
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from structlog.testing import capture_logs

from monitor.deliver.commands import Action, Asked, actions, asked
from monitor.deliver.slack import SlackChannel
from monitor.deliver.socket import Answer, SocketDesk
from monitor.model import MuteKind

STORY = "0123456789abcdef0123456789abcdef"


def click(answer_to: str, element: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "user": {"id": "U0ANN0", "username": "ann"},
        "response_url": answer_to,
        "actions": [{"block_id": "newswire_story", **element}],
    }


def command(answer_to: str, text: str) -> dict[str, Any]:
    return {"command": "/layoffs", "text": text, "user_name": "ann", "response_url": answer_to}


@asynccontextmanager
async def listening(server: FakeSocketMode, answer: Answer, token: str = "xapp-fake") -> AsyncIterator[None]:
    task = asyncio.create_task(SocketDesk(token, answer, url=server.url, ping=0.2).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_click_is_acknowledged_first_and_answered_to_the_asker_when_the_work_is_done() -> None:
    done = asyncio.Event()

    async def slow(asked: Asked) -> str:
        await done.wait()
        return f"{asked.action} by {asked.author} <!channel>"

    async with FakeSocketMode() as server, listening(server, slow):
        await asyncio.wait_for(server.connected.wait(), 10)
        await server.send("interactive", click(server.response_url, {"action_id": "why", "value": STORY}))
        assert server.answers == []
        done.set()
        answer = await server.answer()
    assert answer["text"] == "```\nwhy by @ann &lt;!channel&gt;\n```"
    assert (answer["response_type"], answer["replace_original"]) == ("ephemeral", False)


async def test_a_command_is_answered_also_after_slack_asked_to_connect_anew() -> None:
    async def echo(asked: Asked) -> str:
        return str(asked.action)

    async with FakeSocketMode() as server, listening(server, echo):
        await asyncio.wait_for(server.connected.wait(), 10)
        await server.refresh()
        assert server.opened == 2
        await server.send("slash_commands", command(server.response_url, "recent"))
        assert (await server.answer())["text"] == "recent"


async def test_work_that_fails_is_said_and_the_next_is_done() -> None:
    async def fails(asked: Asked) -> str:
        if asked.action is Action.STATUS:
            raise RuntimeError
        return "fine"

    async with FakeSocketMode() as server, listening(server, fails):
        await asyncio.wait_for(server.connected.wait(), 10)
        await server.send("slash_commands", command(server.response_url, "status"))
        assert (await server.answer())["text"].startswith("That did not work")
        await server.send("slash_commands", command(server.response_url, "recent"))
        assert (await server.answer())["text"] == "fine"


async def test_a_refused_token_is_told_without_the_token() -> None:
    async def never(_: Asked) -> str:
        return ""

    with capture_logs() as logs:
        async with FakeSocketMode() as server, listening(server, never, "xapp-wrong"), asyncio.timeout(10):
            while not logs:  # noqa: ASYNC110  # what is awaited happens in a log
                await asyncio.sleep(0.01)
    assert logs[0]["reason"] == "invalid_auth"
    assert "xapp" not in str(logs)


def test_a_mute_of_the_menu_says_of_what_and_for_how_long() -> None:
    menu = actions(STORY)["elements"][2]
    chosen = [option for group in menu["option_groups"] for option in group["options"]]
    found = [
        asked("interactive", click("u", {"action_id": "mute_of", "selected_option": option}))
        for option in chosen
    ]
    assert [(one.kind, one.span.days) for one in found if one] == [
        (kind, days) for kind in ("company", "story", "rule") for days in (1, 7, 30)
    ]
    assert {one.story for one in found if one} == {STORY}
    assert all(len(option["value"]) <= 75 and len(option["text"]["text"]) <= 75 for option in chosen)


def test_the_buttons_are_valid_blocks() -> None:
    block = Block.parse(actions(STORY))
    assert block is not None
    block.validate_json()


@pytest.mark.parametrize("on", [True, False])
async def test_a_card_carries_buttons_only_where_somebody_listens(on: bool) -> None:
    async with FakeSlack(("layoffs",)) as slack:
        channel = SlackChannel(slack.token, url=slack.url, buttons=on)
        first = await channel.post(alert("a", "#layoffs", CARD))
        await channel.update(first, alert("b", "#layoffs", CARD))
        (message,) = slack.messages("layoffs")
    assert any(block["type"] == "actions" for block in message["blocks"]) is on


@pytest.mark.parametrize(
    ("text", "action", "what"),
    [
        ("recent", Action.RECENT, ""),
        (" Status ", Action.STATUS, ""),
        ("mute company Acme Corp. 7d our client", Action.MUTE, "company Acme Corp. 7 our client"),
        ('mute rule "plant closes" 30d', Action.MUTE, "rule plant closes 30 "),
        ("mute company Acme 0d", Action.HELP, ""),
        ("mute company Acme 999d", Action.HELP, ""),
        ("", Action.HELP, ""),
        ("drop everything", Action.HELP, ""),
    ],
)
def test_a_command_is_read(text: str, action: Action, what: str) -> None:
    found = asked("slash_commands", command("u", text))
    assert found is not None
    assert found.action is action
    if what:
        assert f"{found.kind} {found.value} {found.span.days} {found.reason}" == what
        assert found.span <= timedelta(days=365)
        assert found.kind in MuteKind


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
)


@given(
    st.sampled_from(["interactive", "slash_commands", "events_api"]),
    st.dictionaries(st.sampled_from(["type", "user", "actions", "response_url", "text", "user_id"]), JSON),
)
def test_no_payload_breaks_the_reading(kind: str, payload: dict[str, Any]) -> None:
    found = asked(kind, payload)
    assert found is None or isinstance(found.action, Action)
