from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes.slack import FakeSlack, Fault
from typer.testing import CliRunner, Result

from monitor.app.rehearsal import Rehearsal
from monitor.app.replaying import NothingToReplayError, Past, given, replayed, stored
from monitor.app.roles import make_assess
from monitor.app.settings import Settings, load_settings
from monitor.app.trial import Trial
from monitor.cli import OK, USED_WRONG, app
from monitor.extract.assessment import Assessment
from monitor.model import Candidate, Item, Reason
from monitor.store import Store

SHIPPED = Path(__file__).parents[2] / "config"
NOW = datetime.now(UTC)
CUT = Item("f", "w", "1", "Acme to cut 300 jobs in Ohio", "Acme Inc will cut 300 jobs.", "", NOW, NOW)
TALK = Item("f", "w", "2", "Acme opens a plant", "Acme Inc opened a plant.", "", NOW, NOW)
RSS = (
    "<rss version='2.0'><channel><title>W</title><item><title>Acme to cut 300 jobs</title><guid>1</guid>"
    "<description>Acme Inc will cut 300 jobs.</description>"
    "<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate></item>"
    "<item><title>Acme opens</title><guid>0</guid><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item>"
    "</channel></rss>"
)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(SHIPPED)


@pytest.fixture(scope="module")
def assess(settings: Settings) -> Callable[[Item], Assessment]:
    return make_assess(settings.rules)


@pytest.fixture
def rehearsal(assess: Callable[[Item], Assessment], settings: Settings) -> Rehearsal:
    return Rehearsal(assess, settings.watchlists)


def signs(past: Sequence[Past], rehearsal: Rehearsal) -> list[str]:
    return [one.sign for one in replayed(past, rehearsal)]


def test_what_was_decided_otherwise_then_differs(rehearsal: Rehearsal) -> None:
    past = [
        Past("1", CUT, Reason.NO_RULE),
        Past("3", TALK, Reason.ANNOUNCED),
        Past("4", TALK, Reason.NO_RULE),
    ]
    assert signs(past, rehearsal) == ["+", "-", " "]


def test_what_nobody_decided_differs_from_nothing(rehearsal: Rehearsal) -> None:
    assert signs([Past("1", CUT, None)], rehearsal) == [" "]


def test_the_second_telling_of_a_story_is_a_repetition_as_it_was(rehearsal: Rehearsal) -> None:
    again = replace(CUT, feed="g", guid="9", seen=NOW + timedelta(minutes=1))
    past = [Past("1", CUT, Reason.ANNOUNCED), Past("2", again, Reason.REPETITION)]
    assert signs(past, rehearsal) == [" ", " "]


def test_a_story_that_began_before_the_replay_is_only_asked_whether_it_is_one(rehearsal: Rehearsal) -> None:
    (begun,) = replayed([Past("1", CUT, Reason.REPETITION, continued=True)], rehearsal)
    assert (begun.now.reason, begun.sign) == (Reason.ANNOUNCED, " ")
    assert signs([Past("2", TALK, Reason.REPETITION, continued=True)], rehearsal) == ["~"]


def test_what_a_mute_hid_then_is_no_difference(rehearsal: Rehearsal) -> None:
    assert signs([Past("1", CUT, Reason.MUTED)], rehearsal) == [" "]


def test_a_watchlist_that_would_take_it_now_is_a_difference(rehearsal: Rehearsal) -> None:
    (one,) = replayed([Past("1", CUT, Reason.NO_WATCHLIST)], rehearsal)
    assert str(one) == "+ 1 Acme Inc, 300 jobs (was no watchlist, now announced → #layoffs)"


async def test_stored_items_come_with_what_was_decided(store: Store) -> None:
    await store.feeds.admit([Candidate(CUT), Candidate(TALK)])
    found = await stored(store, datetime.now(UTC) - timedelta(hours=1))
    assert [past.item.guid for past in found] == ["1", "2"]
    with pytest.raises(NothingToReplayError, match="keep_items"):
        await stored(store, datetime.now(UTC) + timedelta(hours=1))


def test_a_folder_of_feed_files_is_read_and_what_is_no_feed_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "wire.xml").write_text(RSS)
    (tmp_path / "notes.txt").write_text("notes")
    said: list[str] = []
    assert [past.id for past in given(tmp_path, said.append)] == ["wire.xml: 0", "wire.xml: 1"]
    (warning,) = said
    assert "notes.txt is passed over" in warning


@pytest.mark.parametrize(
    ("name", "said"), [("none", "No such file"), ("binary", "no UTF-8 text"), ("folder", "holds no item")]
)
def test_what_cannot_be_replayed_is_refused(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "binary").write_bytes(b"\xff")
    (tmp_path / "folder").mkdir()
    with pytest.raises(NothingToReplayError, match=said):
        given(tmp_path / name, print)


def written(folder: Path) -> Path:
    lines = [{"id": one.guid, "title": one.title, "text": one.text} for one in (CUT, TALK)]
    file = folder / "items.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    return file


def replay(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["replay", *arguments, "-c", str(SHIPPED)])


def test_a_rule_change_is_tried_on_a_file(tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    shutil.copytree(SHIPPED, tried)
    (tried / "rules" / "ours.yaml").write_text(
        "extends: layoffs\nrules:\n  - {id: opens, weight: {title: 50}, any: [open~ ..3 plant]}\n"
    )
    done = replay(str(written(tmp_path)), "--rules", str(tried), "--cards")
    assert done.exit_code == OK
    assert "  1 Acme Inc, 300 jobs (announced → #layoffs)" in done.stdout
    assert "+ 2 Acme Inc" in done.stdout
    assert "╭─ #layoffs" in done.stdout
    assert done.stdout.startswith("2 items since ", done.stdout.rindex("2 items"))
    assert done.stdout.endswith("UTC, 2 alerted (1 before), 1 differ\n")


async def test_what_would_be_told_is_posted_to_a_channel_for_trials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeSlack(("layoffs", "try-out", "not-ours")) as slack:
        monkeypatch.setenv("SLACK_BOT_TOKEN", slack.token)
        monkeypatch.setenv("SLACK_API_URL", slack.url)
        monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
        slack.channel("not-ours").member = False
        file = str(written(tmp_path))
        done = await asyncio.to_thread(replay, file, "--to", "#try-out")
        assert done.stdout.endswith("1 posted to #try-out\n"), done.output
        (message,) = slack.messages("try-out")
        assert "Acme Inc" in message["text"]
        assert all(block["type"] != "actions" for block in message["blocks"])
        for channel, said in (
            ("#layoffs", "#layoffs is where 'everything' is told the news"),
            ("layoffs", "layoffs is where 'everything' is told the news"),
            ("#not-ours", "#not-ours: not_in_channel: invite the app there"),
            ("#nowhere", "#nowhere: channel_not_found: check the name"),
        ):
            refused = await asyncio.to_thread(replay, file, "--to", channel)
            assert (refused.exit_code, refused.stdout) == (USED_WRONG, "")
            assert said in refused.stderr
        assert len(slack.calls("chat.postMessage")) == 1


async def test_a_post_that_did_not_arrive_is_repeated_and_one_that_may_have_is_not(
    rehearsal: Rehearsal, settings: Settings
) -> None:
    async with FakeSlack(("try-out",)) as slack:
        environ = {"SLACK_BOT_TOKEN": slack.token, "SLACK_API_URL": slack.url}
        waits: list[float] = []

        async def sleep(seconds: float) -> None:
            waits.append(seconds)

        trial = Trial(settings, environ, "#try-out", sleep)
        (alert,) = rehearsal.read("1", CUT).alerts
        for fault in (Fault.RATE_LIMITED, Fault.FATAL):
            slack.fail(fault)
            assert [one.channel async for one in trial.post([alert])] == ["#try-out"]
        assert len(slack.messages("try-out")) == 2
        assert waits == [30.0, 1.0, 1.0]


def test_without_a_token_there_is_no_channel_for_trials(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    assert "set SLACK_BOT_TOKEN" in replay(str(written(tmp_path)), "--to", "#try-out").stderr
