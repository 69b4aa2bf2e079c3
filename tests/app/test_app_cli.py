from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from monitor import __version__
from monitor.cli import OK, USED_WRONG, app

CONFIG = str(Path(__file__).parents[2] / "config")
RELEASE = (
    "DAYTON, Ohio, Nov. 23, 2026 /PRNewswire/ -- Harlow Instruments, Inc. (NASDAQ: HRLW) today announced that"
    " it will eliminate approximately 120 positions at its plant in Dayton, Ohio."
)
COMMANDS = [
    command.name or command.callback.__name__ for command in app.registered_commands if command.callback
]


@pytest.fixture
def runner() -> Iterator[CliRunner]:
    yield CliRunner()
    structlog.reset_defaults()  # a role logs to the runner's standard error, which is closed by now


def test_classify_prints_a_json_line_for_every_item(runner: CliRunner, tmp_path: Path) -> None:
    items = tmp_path / "items.jsonl"
    lines = [{"id": "a", "title": "", "text": RELEASE}, {"id": "b", "title": "", "text": "Nothing happened."}]
    items.write_text("\n".join(map(json.dumps, lines)))
    result = runner.invoke(app, ["classify", "-c", CONFIG, str(items)])
    assert result.exit_code == OK
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["layoff"], first["company"], first["ticker"]) == (
        True,
        "Harlow Instruments, Inc.",
        "NASDAQ:HRLW",
    )
    assert first["headcount"] == {"min": 120, "max": 120, "approximate": True}
    assert first["locations"] == [{"city": "Dayton", "region": "OH", "country": "US"}]
    assert (second["layoff"], second["reason"]) == (False, "no_rule")


def test_classify_reads_standard_input_and_shows_a_card(runner: CliRunner) -> None:
    result = runner.invoke(app, ["classify", "-c", CONFIG, "--pretty"], input=RELEASE)
    assert result.exit_code == OK
    assert "about 120 jobs" in result.stdout


def test_a_bad_line_of_input_is_named(runner: CliRunner) -> None:
    result = runner.invoke(app, ["classify", "-c", CONFIG], input='{"id": 1}\n')
    assert result.exit_code == USED_WRONG
    assert "standard input:1:1: not a record" in result.stderr


def test_check_reports_every_mistake_with_its_place(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "monitor.yaml").write_text("contct: x\n")
    result = runner.invoke(app, ["check", str(tmp_path)])
    assert result.exit_code == USED_WRONG
    assert "monitor.yaml:1:1: unknown key 'contct' — did you mean 'contact'?" in result.stderr
    assert "feeds.yaml:1:1: cannot be read" in result.stderr


def test_the_shipped_configuration_passes_its_check(runner: CliRunner) -> None:
    assert runner.invoke(app, ["check", CONFIG]).exit_code == OK


@pytest.mark.parametrize("role", ["poll", "read", "deliver"])
def test_a_role_on_its_own_asks_for_a_shared_redis(
    runner: CliRunner, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    result = runner.invoke(app, [role, "-c", CONFIG])
    assert result.exit_code == USED_WRONG
    assert "set REDIS_URL" in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(runner: CliRunner, command: str) -> None:
    shown = " ".join(runner.invoke(app, [command, "--help"]).stdout.split())
    assert f"newswire-monitor {command}" in shown


def test_the_version_is_told(runner: CliRunner) -> None:
    assert runner.invoke(app, ["--version"]).stdout.strip() == __version__
