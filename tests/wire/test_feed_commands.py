from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rawserver import RawServer, http, item, rss
from typer.testing import CliRunner, Result

from monitor.cli import FOUND_WRONG, OK, USED_WRONG, app
from monitor.model import Candidate, Item
from monitor.store import EmbeddedRedis, Store

CONFIG = Path(__file__).parents[2] / "config"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HARLOW = Item(
    "prn",
    "PR Newswire",
    "1",
    "Harlow Works to cut jobs",
    "DAYTON, Ohio -- Harlow Works Inc. said today that it will lay off about 120 employees in Dayton.",
    "https://example.com/1",
    NOON,
    NOON,
)
PAGE = (
    '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>News</body></html>'
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    shutil.copytree(CONFIG, tmp_path / "config")
    (tmp_path / "config" / "monitor.yaml").write_text(f"data: {tmp_path / 'data'}\n")
    return tmp_path / "config"


def feeds(config: Path, *servers: RawServer) -> None:
    entries = "".join(
        f"  - {{id: f{number}, wire: W, url: '{server.url}', allow_private_networks: true}}\n"
        for number, server in enumerate(servers, 1)
    )
    (config / "feeds.yaml").write_text(f"feeds:\n{entries}")


async def call(config: Path, *words: str, redis: str = "") -> Result:
    environ = {"REDIS_URL": redis or None, "COLUMNS": "250"}
    arguments = [*words, "--config", str(config)]
    return await asyncio.to_thread(CliRunner().invoke, app, arguments, env=environ)


async def test_verify_shows_every_feed_and_fails_where_one_is_wrong(config: Path) -> None:
    async with RawServer(http(rss(item(1)))) as good, RawServer(http(PAGE.encode())) as page:
        feeds(config, good, page)
        both = await call(config, "feeds", "verify", "--json")
        one = await call(config, "feeds", "verify", "f1")
        people = await call(config, "feeds", "verify", "f2")
    verdicts = [json.loads(line) for line in both.stdout.splitlines()]
    assert [line["verdict"] for line in verdicts] == ["ok", "wrong"]
    assert both.exit_code == FOUND_WRONG
    assert one.exit_code == OK, one.output
    assert "f1" in one.stdout
    assert "f2: 127.0.0.1 sent a web page instead of a feed" in " ".join(people.stdout.split())
    assert max(map(len, people.stdout.splitlines())) <= 80


async def test_what_is_neither_feed_nor_address_is_said_to_be_so(config: Path) -> None:
    result = await call(config, "feeds", "verify", "nonsense")
    assert result.exit_code == USED_WRONG
    assert "no whole address" in result.stderr


async def test_a_page_is_added_by_the_feed_it_names(config: Path) -> None:
    before = (config / "feeds.yaml").read_text()
    async with RawServer(http(PAGE.encode())) as server:
        added = await call(config, "feeds", "add", server.url, "--private")
        again = await call(config, "feeds", "add", server.url, "--private")
    assert added.exit_code == OK, added.output
    assert added.stdout == "added: 127-0-0-1\n"
    after = (config / "feeds.yaml").read_text()
    assert f"http://127.0.0.1:{server.port}/rss" in after
    lines = iter(after.splitlines())
    assert all(line in lines for line in before.splitlines())
    assert "already" in again.stdout


async def test_a_page_with_several_feeds_leaves_the_choice(config: Path) -> None:
    several = PAGE.replace("<body>", '<link rel="alternate" type="application/atom+xml" href="/atom"><body>')
    async with RawServer(http(several.encode())) as server:
        result = await call(config, "feeds", "add", server.url, "--private")
        everything = await call(config, "feeds", "add", server.url, "--private", "--all")
    assert result.exit_code == FOUND_WRONG
    assert f":{server.port}/atom" in result.stdout
    assert everything.stdout == "added: 127-0-0-1, 127-0-0-1-2\n"


async def test_a_page_without_feeds_and_an_address_without_answer_change_nothing(config: Path) -> None:
    before = (config / "feeds.yaml").read_text()
    async with RawServer(http(b"<html><body>No feeds here</body></html>")) as server:
        nothing = await call(config, "feeds", "add", server.url, "--private")
        refused = await call(config, "feeds", "add", server.url)
    assert nothing.exit_code == refused.exit_code == FOUND_WRONG
    assert "neither a feed nor a page that names one" in nothing.stderr
    assert "private or reserved address" in refused.stderr
    assert (config / "feeds.yaml").read_text() == before


async def test_what_is_exported_can_be_imported(config: Path, tmp_path: Path) -> None:
    exported = await call(config, "feeds", "export")
    opml = tmp_path / "feeds.opml"
    opml.write_text(exported.stdout)
    (config / "feeds.yaml").write_text("feeds:\n  - {id: own, wire: W, url: 'https://example.com/'}\n")
    imported = await call(config, "feeds", "import", str(opml))
    assert imported.exit_code == OK, imported.output
    assert "prnewswire" in (config / "feeds.yaml").read_text()
    assert "already" in (await call(config, "feeds", "import", str(opml))).stdout
    opml.write_text("<!DOCTYPE x [<!ENTITY a 'b'>]><opml/>")
    refused = await call(config, "feeds", "import", str(opml))
    assert (refused.exit_code, "document type" in refused.stderr) == (USED_WRONG, True)


async def test_a_duplicate_says_by_what_it_was_known_and_of_which_item(
    config: Path, store: Store, redis_server: EmbeddedRedis
) -> None:
    doubled = replace(HARLOW, feed="globe", guid="9", link="https://globe.example.com/9")
    first, _ = await store.feeds.admit([Candidate(HARLOW), Candidate(doubled)])
    url = f"unix://{redis_server.socket}"
    by_link = await call(config, "explain-item", doubled.link, redis=url)
    assert by_link.stdout.startswith("link: of an entry that was a duplicate, by its fingerprint, of item")
    assert first.item in by_link.stdout
    assert HARLOW.title in by_link.stdout
    by_id = await call(config, "explain-item", first.item, redis=url)
    assert "fingerprint: its own" in by_id.stdout
    unknown = await call(config, "explain-item", "https://example.com/unknown", redis=url)
    assert (unknown.exit_code, "is remembered" in unknown.stderr) == (USED_WRONG, True)
