from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis
from typer.testing import CliRunner, Result

from monitor.alert.notices import notice
from monitor.cli import FOUND_WRONG, OK, USED_WRONG, app
from monitor.model import Candidate, Item
from monitor.store import EmbeddedRedis, Store

CONFIG = str(Path(__file__).parents[2] / "config")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NO_BLOCK = timedelta(0)


@pytest.fixture(autouse=True)
def server(redis_server: EmbeddedRedis, raw_redis: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert raw_redis.dbsize() == 0
    monkeypatch.setenv("REDIS_URL", f"unix://{redis_server.socket}")
    return redis_server.socket


def dead(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["dead", *arguments, "-c", CONFIG])


def bury(server: Path) -> list[str]:
    """Bury an item, then an alert; return the ids of the letters, the oldest first."""

    async def run() -> list[str]:
        async with await Store.open(server) as store:
            link = "https://example.com/1"
            await store.feeds.admit([Candidate(Item("prn", "PR", "g", "Acme cuts", "", link, NOON, NOON))])
            reading, outbox = store.reading("me"), store.outbox("me")
            [entry] = await reading.read_items(count=1, block=NO_BLOCK)
            await reading.bury(entry, "too odd")
            await store.house.queue(notice("gap", "A gap.", "#ops", NOON))
            [queued] = await outbox.next_alerts(count=1, block=NO_BLOCK)
            await outbox.dead(queued, "msg_too_long")
            return [letter.id for letter in reversed(await store.dead.newest(9))]

    return asyncio.run(run())


def waiting(server: Path) -> tuple[int, int]:
    async def run() -> tuple[int, int]:
        async with await Store.open(server) as store:
            status = await store.house.status()
            return status.items.waiting, status.alerts.waiting

    return asyncio.run(run())


def test_without_dead_letters_the_list_says_so() -> None:
    assert dead("list").stdout == "There are no dead letters.\n"


def test_the_list_names_each_letter_its_reason_and_what_it_is_about(server: Path) -> None:
    item, alert = bury(server)
    newest, oldest = map(json.loads, dead("list", "--json").stdout.splitlines())
    assert (newest["id"], newest["origin"], newest["reason"]) == (alert, "alerts", "msg_too_long")
    assert (newest["about"], oldest["about"]) == ("#ops · A gap.", "prn · Acme cuts")
    assert oldest["id"] == item
    assert "too odd" in dead("list").stdout
    assert len(dead("list", "--json", "-n", "1").stdout.splitlines()) == 1


def test_one_letter_is_shown_whole(server: Path) -> None:
    _, alert = bury(server)
    shown = json.loads(dead("show", alert).stdout)
    assert shown["payload"]["alert"]["card"]["text"] == "A gap."
    missing = dead("show", "1-1")
    assert missing.exit_code == USED_WRONG
    assert "no dead letter 1-1" in missing.stderr


def test_a_replayed_letter_is_back_in_its_stream_and_an_unknown_one_is_named(server: Path) -> None:
    _, alert = bury(server)
    result = dead("replay", alert, "1-1")
    assert result.exit_code == FOUND_WRONG
    assert f"{alert}: replayed as" in result.stdout
    assert "1-1: there is no such letter" in result.stdout
    assert waiting(server) == (0, 1)


def test_all_letters_are_replayed_at_once(server: Path) -> None:
    bury(server)
    result = dead("replay", "--all", "--json")
    assert result.exit_code == OK
    assert [json.loads(line)["problem"] for line in result.stdout.splitlines()] == ["", ""]
    assert waiting(server) == (1, 1)
    assert dead("list").stdout == "There are no dead letters.\n"


@pytest.mark.parametrize("arguments", [(), ("--all", "1-1")])
def test_a_replay_needs_ids_or_all_and_not_both(arguments: tuple[str, ...]) -> None:
    result = dead("replay", *arguments)
    assert result.exit_code == USED_WRONG
    assert "--all" in result.stderr


@pytest.mark.parametrize("command", ["list", "show", "replay"])
def test_help_shows_an_example(command: str) -> None:
    assert f"newswire-monitor dead {command}" in CliRunner().invoke(app, ["dead", command, "--help"]).stdout
