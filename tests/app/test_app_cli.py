from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from monitor import __version__
from monitor.cli import FOUND_WRONG, OK, USED_WRONG, app

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


def test_eval_gives_figures_strata_and_the_errors_with_their_rules(runner: CliRunner, tmp_path: Path) -> None:
    labels, items = tmp_path / "labels.jsonl", tmp_path / "items.jsonl"
    items.write_text(json.dumps({"id": "a", "title": "", "text": RELEASE}))
    label = {"id": "a", "layoff": True, "headcount_min": 21, "headcount_max": 21, "stratum": "release"}
    labels.write_text(json.dumps(label))
    result = runner.invoke(app, ["eval", "-c", CONFIG, str(labels), str(items)])
    assert result.exit_code == OK
    assert "a: headcount: wanted (21, 21)" in result.stdout
    assert "recall           1.0" in result.stdout
    assert "release: items 1 precision 1.0 recall 1.0" in result.stdout


def test_the_rules_pass_their_own_tests(runner: CliRunner) -> None:
    result = runner.invoke(app, ["rules", "test", "-c", CONFIG])
    assert result.exit_code == OK
    assert " 0 failed" in result.stdout


def test_a_rule_test_that_fails_is_placed_and_told_as_a_difference(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "openings.yaml").write_text(
        "rule_set: openings\nabout: Plants that open\nthreshold: 2\n"
        "rules:\n  - id: opens\n    about: A plant opens\n    weight: 2\n    any: ['open~ ..3 plant']\n"
        "tests:\n  must_match:\n    - {title: Acme shuts a plant, text: It makes anvils.}\n"
    )
    result = runner.invoke(app, ["rules", "test", "-c", str(tmp_path)])
    assert result.exit_code == FOUND_WRONG
    assert "openings.yaml:11:7: wanted announced, got not announced" in result.stdout


def test_explain_shows_the_weights_of_a_text(runner: CliRunner) -> None:
    result = runner.invoke(app, ["explain", "-c", CONFIG, RELEASE])
    assert result.exit_code == OK
    assert "layoffs: announced" in result.stdout
    assert "would change it" in result.stdout


def test_explain_shows_what_was_weighed_for_each_fact(runner: CliRunner) -> None:
    text = f"{RELEASE} Anvil Bank, which employs 900 people in Toledo, Ohio, advised Harlow."
    result = runner.invoke(app, ["explain", "-c", CONFIG, text], env={"COLUMNS": "200"})
    rows = [line.split() for line in result.stdout.splitlines()]
    taken = {row[0]: " ".join(row[2:]) for row in rows if row[1:2] == ["✓"]}
    assert taken["headcount"].startswith("approximately 120")
    assert taken["place"].startswith("Dayton, Ohio")
    assert "subject of the cut" in taken["company"]
    assert any(row[:4] == ["company", "·", "Anvil", "Bank"] for row in rows)
