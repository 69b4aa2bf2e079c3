from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import USED_WRONG, app

CONFIG = Path(__file__).parents[2] / "config"
ITEM = "1772460300000-0"
QUESTIONS = [
    ("replay",),
    ("export",),
    ("explain", ITEM),
    ("explain", "https://example.com/1"),
    ("explain-item", ITEM),
    ("route", ITEM),
    ("dead", "list"),
    ("dead", "show", ITEM),
    ("mutes", "list"),
    ("examples", "export", "there"),
    ("feeds", "status"),
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REDIS_URL", raising=False)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_where_no_monitor_runs_every_question_is_answered_so_at_once(
    question: tuple[str, ...], tmp_path: Path
) -> None:
    answer = CliRunner().invoke(app, [*question, "-c", str(CONFIG)])
    assert answer.exit_code == USED_WRONG
    assert answer.stderr.startswith(
        f"no monitor runs on {tmp_path / 'data'}: start one (newswire-monitor run)"
    )
    assert not any(tmp_path.iterdir())


def test_a_redis_that_does_not_answer_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REDIS_URL", f"unix://monitor:sesame@{tmp_path}/none")
    monkeypatch.setattr("monitor.app.running.PATIENCE", timedelta(0))
    answer = CliRunner().invoke(app, ["export", "-c", str(CONFIG)])
    assert answer.exit_code == USED_WRONG
    assert "is REDIS_URL right?" in answer.stderr
    assert "sesame" not in answer.output
