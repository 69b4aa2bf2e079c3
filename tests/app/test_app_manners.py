from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.app.feedlist import add
from monitor.app.manners import LEAST, least_interval
from monitor.app.settings import load_settings
from monitor.cli import OK, USED_WRONG, app
from monitor.config.problems import ConfigError
from monitor.wire.discovery import Found

SHIPPED = Path(__file__).parents[2] / "config"
PAID = 'feeds:\n  - {id: a, wire: A, url: "https://a.example/rss", token: "${PAID_TOKEN}"}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "config")
    return tmp_path / "config"


def test_manners_hold_for_the_names_under_a_name_and_for_no_other() -> None:
    assert least_interval("www.sec.gov") == least_interval("sec.gov") == timedelta(seconds=60)
    assert least_interval("notsec.gov") == least_interval("sec.gov.example") == timedelta(0)


def test_the_shipped_feeds_keep_the_manners() -> None:
    hosts = [feed.host for feed in load_settings(SHIPPED).feeds.enabled]
    for name in LEAST:
        assert any(host.endswith(name) for host in hosts)


def test_a_feed_that_is_not_polled_may_say_what_it_likes(folder: Path) -> None:
    feed = '{id: a, wire: A, url: "https://www.sec.gov/x", interval: 5s, token: "${NONE}"'
    others = '{id: b, wire: PR Newswire, url: "https://b.example/x"}'
    (folder / "feeds.yaml").write_text(f"feeds:\n  - {feed}, enabled: false}}\n  - {others}\n")
    load_settings(folder, {})


def test_check_asks_for_the_secrets_and_never_shows_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "feeds.yaml").write_text(PAID)
    check = ["check", str(folder)]
    refused = CliRunner().invoke(app, check)
    assert refused.exit_code == USED_WRONG
    assert "feeds.yaml:2:59: PAID_TOKEN is not set" in refused.stderr
    monkeypatch.setenv("PAID_TOKEN_FILE", str(tmp_path / "gone"))
    said = CliRunner().invoke(app, check).stderr
    assert f"feeds.yaml:2:59: PAID_TOKEN_FILE names {tmp_path / 'gone'}, which cannot be read" in said
    (tmp_path / "gone").write_text("t0ken-of-ours")
    allowed = CliRunner().invoke(app, check)
    assert (allowed.exit_code, "t0ken-of-ours" in allowed.output) == (OK, False)


def test_a_role_starts_without_the_secret_of_one_feed(folder: Path) -> None:
    (folder / "feeds.yaml").write_text(PAID)
    assert load_settings(folder).feeds.enabled


def test_a_feed_that_is_added_keeps_the_manners(folder: Path) -> None:
    known = load_settings(folder).feeds
    add(folder, known, [Found("https://feeds.newsfilecorp.com/company/1")])
    assert load_settings(folder).feeds.feeds[-1].interval.at_least == timedelta(minutes=3)


def test_a_secret_among_several_is_pointed_at(folder: Path) -> None:
    proxy = "http://ops:${PROXY_PASSWORD}@proxy.example:3128"
    (folder / "feeds.yaml").write_text(
        f'feeds:\n  - {{id: a, wire: A, url: "https://a.example/rss", proxy: "{proxy}"}}\n'
    )
    with pytest.raises(ConfigError, match=r"feeds\.yaml:2:71: PROXY_PASSWORD is not set"):
        load_settings(folder, {})
