from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from test_app_reader import HARLOW
from typer.testing import CliRunner

from monitor.cli import OK, USED_WRONG, app
from monitor.model import Candidate
from monitor.store import EmbeddedRedis, Store

CONFIG = str(Path(__file__).parents[2] / "config")


@pytest.fixture(autouse=True)
def _address(redis_server: EmbeddedRedis, raw_redis: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    assert raw_redis.dbsize() == 0
    monkeypatch.setenv("REDIS_URL", f"unix://{redis_server.socket}")
    monkeypatch.setenv("COLUMNS", "200")


def mutes(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["mutes", *arguments, "-c", CONFIG])
    return result.exit_code, result.stdout, result.stderr


def test_a_mute_is_added_listed_ended_and_audited() -> None:
    code, out, _ = mutes(
        "add", "company", "Acme Corp.", "--for", "7d", "--reason", "our client", "--author", "ann"
    )
    assert code == OK
    assert "company Acme Corp., muted by ann until" in out
    name = re.match("[0-9a-f]{8}", out)
    assert name
    assert re.search(rf"{name[0]} +company Acme Corp\. .* ann +our client +0", mutes("list")[1])
    assert mutes("end", name[0], "--author", "bob")[1] == (
        "The mute of company Acme Corp. by ann is over. It hid nothing.\n"
    )
    assert "Acme" not in mutes("list")[1]
    audit = mutes("list", "--log", "9")[1]
    assert re.search(r"ended +bob", audit)
    assert re.search(r"added +ann", audit)


def test_route_of_a_kept_item_names_the_mute_that_keeps_it_silent(redis_server: EmbeddedRedis) -> None:
    async def admit() -> str:
        async with await Store.open(redis_server.socket) as store:
            (admission,) = await store.feeds.admit([Candidate(HARLOW)])
            return admission.item

    item = asyncio.run(admit())
    mutes("add", "company", "Harlow Works", "--for", "3650d", "--reason", "our client", "--author", "ann")
    result = CliRunner().invoke(app, ["route", item, "-c", CONFIG])
    assert "✗ everything → #layoffs: muted (company Harlow Works, muted by ann until" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "rule", "nosuch", "--for", "1d", "--reason", "x"), "there is no rule 'nosuch' — one of: "),
        (("add", "story", "ffff", "--for", "1d", "--reason", "x"), "no story ffff is kept"),
        (("add", "company", "Acme", "--for", "soon", "--reason", "x"), "--for: this is no duration"),
        (("add", "company", "Acme", "--for", "0d", "--reason", "x"), "--for: '0d' is no time"),
        (("end", "12345678"), "there is no mute 12345678 — 'newswire-monitor mutes list' shows those"),
    ],
)
def test_a_mute_that_cannot_be_is_refused_with_what_to_write(arguments: tuple[str, ...], said: str) -> None:
    code, _, error = mutes(*arguments)
    assert code == USED_WRONG
    assert said in error


def test_where_no_monitor_runs_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", f"unix://{tmp_path}/none")
    monkeypatch.setattr("monitor.app.running.PATIENCE", timedelta(0))
    code, _, error = mutes("list")
    assert code == USED_WRONG
    assert "none" in error
