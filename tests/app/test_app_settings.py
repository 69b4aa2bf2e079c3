from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitor.app.settings import load_settings
from monitor.config.problems import ConfigError

SHIPPED = Path(__file__).parents[2] / "config"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "config"
    shutil.copytree(SHIPPED, copy)
    return copy


def test_the_shipped_configuration_is_in_order() -> None:
    settings = load_settings(SHIPPED)
    assert settings.feeds.enabled
    assert [rules.rule_set for rules in settings.rules] == ["layoffs"]
    assert settings.watchlists


def test_the_user_agent_names_the_program_and_the_contact(folder: Path) -> None:
    (folder / "monitor.yaml").write_text("contact: ops@example.com\n")
    assert load_settings(folder).monitor.user_agent.endswith("(ops@example.com)")


def test_mistakes_in_all_files_are_told_at_once(folder: Path) -> None:
    (folder / "monitor.yaml").write_text("contct: x\n")
    (folder / "feeds.yaml").write_text("feeds:\n  - {id: a, wire: A, url: 'ftp://a.example'}\n")
    (folder / "rules" / "mine.yaml").write_text("rule_set: mine\nabout: x\nrules: []\nanny: 1\n")
    with pytest.raises(ConfigError) as caught:
        load_settings(folder)
    said = str(caught.value)
    assert "monitor.yaml:1:1: unknown key 'contct' — did you mean 'contact'?" in said
    assert "feeds.yaml:2:27: this is no whole address" in said
    assert "mine.yaml:4:1: unknown key 'anny'" in said


def test_a_folder_without_watchlists_says_so(folder: Path) -> None:
    shutil.rmtree(folder / "watchlists")
    with pytest.raises(ConfigError, match=r"watchlists: no \*\.yaml file is here — add one"):
        load_settings(folder)


def test_companies_in_a_file_beside_the_watchlist_are_read(folder: Path) -> None:
    (folder / "watchlists" / "portfolio.txt").write_text("# ours\nIEC Electronics\n\nNYSE: F\n")
    (folder / "watchlists" / "portfolio.yaml").write_text(
        "name: portfolio\nchannels: ['#ours']\n"
        "filters: {companies: {files: [portfolio.txt], when_unknown: stop}}\n"
    )
    (watchlist,) = (one for one in load_settings(folder).watchlists if one.name == "portfolio")
    assert watchlist.filters.companies is not None
    assert watchlist.filters.companies.any_of == ("IEC Electronics", "NYSE: F")


def test_a_missing_company_file_and_a_name_given_twice_are_mistakes(folder: Path) -> None:
    (folder / "watchlists" / "b.yaml").write_text(
        "name: everything\nchannels: ['#ours']\n"
        "filters: {companies: {files: [gone.txt], when_unknown: stop}}\n"
    )
    with pytest.raises(ConfigError) as caught:
        load_settings(folder)
    said = str(caught.value)
    assert "b.yaml:1:7: a second watchlist is called 'everything' — all.yaml has it too" in said
    assert "b.yaml:3:31: 'gone.txt' cannot be read" in said


def test_a_folder_that_is_not_there_is_one_mistake_with_a_way_on(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(tmp_path / "none")
    assert str(caught.value) == (
        f"{tmp_path / 'none'}: there is no such configuration folder — "
        f"newswire-monitor init {tmp_path / 'none'} writes one; -c names another"
    )
