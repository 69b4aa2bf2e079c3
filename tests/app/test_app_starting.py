from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.app.starting import StartError, Wishes, begin
from monitor.cli import OK, USED_WRONG, app
from monitor.config.problems import ConfigError


def test_what_was_asked_for_is_what_the_configuration_says(tmp_path: Path) -> None:
    wishes = Wishes(
        "Auto desk", "#autos", ("NYSE: F", 'Acme "A"'), ("US", "DE"), 100, "ops@example.com", "#ops"
    )
    settings = begin(tmp_path / "ours", wishes)
    (watchlist,) = settings.watchlists
    filters = watchlist.filters
    assert (watchlist.name, watchlist.channels) == ("Auto desk", ("#autos",))
    assert filters.companies is not None
    assert filters.companies.any_of == ("NYSE: F", 'Acme "A"')
    assert filters.places is not None
    assert [area.country for area in filters.places.any_of] == ["US", "DE"]
    assert filters.size is not None
    assert filters.size.jobs_at_least == 100
    assert (settings.monitor.contact, settings.monitor.ops_channel) == ("ops@example.com", "#ops")


def test_asking_for_nothing_gets_everything(tmp_path: Path) -> None:
    (watchlist,) = begin(tmp_path, Wishes("all", "#layoffs")).watchlists
    assert watchlist.filters.model_dump(exclude_defaults=True) == {}


def test_the_comments_of_the_shipped_files_are_kept(tmp_path: Path) -> None:
    begin(tmp_path, Wishes("all", "#layoffs", contact="a@example.com"))
    assert "# Who you are, for the people who run the wires." in (tmp_path / "monitor.yaml").read_text()


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    with pytest.raises(StartError, match="is not empty"):
        begin(tmp_path, Wishes("all", "#layoffs"))
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_wish_that_cannot_be_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'layoffs' is not written as it must be here"):
        begin(tmp_path / "ours", Wishes("all", "layoffs"))
    assert not (tmp_path / "ours").exists()


def test_the_command_asks_nothing_where_nobody_can_answer(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    done = CliRunner().invoke(app, ["init", str(folder), "--channel", "#autos", "--jobs", "50"])
    assert (done.exit_code, "is written and in order" in done.stdout) == (OK, True)
    again = CliRunner().invoke(app, ["init", str(folder)])
    assert (again.exit_code, "is not empty" in again.stderr) == (USED_WRONG, True)
    assert CliRunner().invoke(app, ["check", str(folder)]).exit_code == OK
