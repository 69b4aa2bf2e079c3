from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from fakes.socketmode import FakeSocketMode
from rich.console import Console
from test_app_reader import ALL, CONFIG, HARLOW, NOON, Desk
from typer.testing import CliRunner

from monitor.app.interaction import InteractionDesk
from monitor.app.office import Office as RoleOffice
from monitor.app.reload import LiveSettings
from monitor.app.roles import interact
from monitor.app.settings import load_settings
from monitor.cli import OK, app
from monitor.deliver.commands import Action, Asked
from monitor.model import MuteKind
from monitor.store import EmbeddedRedis, Store

WEEK = timedelta(days=7)


class Office:
    def __init__(self, store: Store) -> None:
        self.store = store
        settings = load_settings(CONFIG)
        self.desk = InteractionDesk(store, lambda: settings, lambda: NOON)

    async def told(self) -> str:
        await Desk(self.store, ALL).read(HARLOW)
        (story,) = await self.store.stories_since(NOON)
        return story.id

    async def ask(self, action: Action, story: str = "", kind: MuteKind = MuteKind.COMPANY) -> str:
        return await self.desk.answer(Asked(action, "@ann", "", story, kind, "Acme Corp.", WEEK, "known"))


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


@pytest.mark.parametrize("kind", MuteKind)
async def test_a_click_mutes_the_company_the_story_or_the_rule_of_a_card(
    office: Office, kind: MuteKind
) -> None:
    story = await office.told()
    said = await office.ask(Action.MUTE_OF, story, kind)
    (mute,) = await office.store.mutes.all()
    assert (mute.kind, mute.author, mute.until) == (kind, "@ann", NOON + WEEK)
    assert said == f"Muted: {mute}. To end it: newswire-monitor mutes end {mute.id}"
    assert mute.value == {"company": "Harlow Works Inc.", "story": story}.get(kind, mute.value)


async def test_why_is_the_explanation_of_the_rules(office: Office) -> None:
    said = await office.ask(Action.WHY, await office.told())
    assert said.startswith("layoffs: announced  score")
    assert "lay off" in said


async def test_a_story_that_is_gone_is_said_to_be(office: Office) -> None:
    assert await office.ask(Action.WHY, "ffff") == "This story is kept no longer."


async def test_a_command_mutes_by_name_and_says_what_it_cannot(office: Office) -> None:
    assert "company Acme Corp., muted by @ann until 2026-03-09" in await office.ask(Action.MUTE)
    assert "there is no rule 'Acme Corp.'" in await office.ask(Action.MUTE, kind=MuteKind.RULE)


async def test_recent_and_status_are_told(office: Office) -> None:
    assert await office.ask(Action.RECENT) == "No layoffs in the last 7 days."
    await office.told()
    assert await office.ask(Action.RECENT) == (
        "02 Mar 12:00 · Harlow Works Inc. (NASDAQ: HRLW), about 120 jobs"
    )
    assert "Alerts to send: 1, digests held: 0" in await office.ask(Action.STATUS)


async def test_not_a_layoff_becomes_an_example_that_is_kept_once(office: Office) -> None:
    story = await office.told()
    for _ in range(2):
        assert "Noted" in await office.ask(Action.NOT_A_LAYOFF, story)
    (example,) = await office.store.examples.all()
    assert (example.title, example.text, example.layoff) == (HARLOW.title, HARLOW.text, False)


async def test_the_role_listens_to_slack_and_mutes_on_a_click(store: Store) -> None:
    story = await Office(store).told()
    stop = asyncio.Event()
    async with FakeSocketMode() as server:
        environ = {"SLACK_APP_TOKEN": server.app_token, "SLACK_API_URL": server.url}
        role = interact(RoleOffice(LiveSettings(load_settings(CONFIG)), store, environ, Console(), stop))
        task = asyncio.create_task(role)
        await asyncio.wait_for(server.connected.wait(), 10)
        click = {"block_id": "newswire_story", "action_id": "mute_of"}
        payload = {
            "type": "block_actions",
            "user": {"id": "U0ANN0", "username": "ann"},
            "response_url": server.response_url,
            "actions": [click | {"selected_option": {"value": f"company 7 {story}"}}],
        }
        await server.send("interactive", payload)
        assert (await server.answer())["text"].startswith("Muted: company Harlow Works Inc., muted by @ann")
        stop.set()
        await asyncio.wait_for(task, 10)
    (mute,) = await store.mutes.all()
    assert mute.author == "@ann"


def test_examples_are_exported_as_eval_and_rule_files_read_them(
    redis_server: EmbeddedRedis, raw_redis: redis.Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def note() -> None:
        async with await Store.open(redis_server.socket) as store:
            office = Office(store)
            await office.ask(Action.NOT_A_LAYOFF, await office.told())

    assert raw_redis.dbsize() == 0
    asyncio.run(note())
    monkeypatch.setenv("REDIS_URL", f"unix://{redis_server.socket}")
    run = CliRunner().invoke
    result = run(app, ["examples", "export", str(tmp_path / "mine"), "-c", str(CONFIG)])
    assert (result.exit_code, result.stdout) == (OK, f"1 examples written to {tmp_path / 'mine'}\n")
    mine = tmp_path / "mine"
    scored = run(app, ["eval", "-c", str(CONFIG), str(mine / "labels.jsonl"), str(mine / "items.jsonl")])
    assert scored.exit_code == OK
    assert "wanted False" in scored.stdout or "precision        0" in scored.stdout
    rules = tmp_path / "config" / "rules"
    rules.mkdir(parents=True)
    shipped = (CONFIG / "rules" / "layoffs.yaml").read_text(encoding="utf-8").partition("\ntests:")[0]
    (rules / "layoffs.yaml").write_text(shipped + "\n" + (mine / "tests.yaml").read_text(encoding="utf-8"))
    tested = run(app, ["rules", "test", "-c", str(rules.parent)])
    assert "wanted not announced, got announced" in tested.stdout
