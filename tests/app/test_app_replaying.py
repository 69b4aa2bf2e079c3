from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.app.replaying import NothingToReplayError, Past, given, replayed, stored
from monitor.app.rulebook import compiled, load_rules
from monitor.cli import OK, app
from monitor.extract.assessment import Assessment, assess_item
from monitor.extract.gazetteer import load_gazetteer
from monitor.model import Candidate, Item, Reason
from monitor.store import Store

SHIPPED = Path(__file__).parents[2] / "config"
NOW = datetime.now(UTC)
CUT = Item("f", "w", "1", "Acme to cut 300 jobs in Ohio", "Acme Inc will cut 300 jobs.", "", NOW, NOW)
TALK = Item("f", "w", "2", "Acme opens a plant", "Acme Inc opened a plant.", "", NOW, NOW)
RSS = (
    "<rss version='2.0'><channel><title>W</title><item><title>Acme to cut 300 jobs</title><guid>1</guid>"
    "<description>Acme Inc will cut 300 jobs.</description></item></channel></rss>"
)


@pytest.fixture(scope="module")
def read() -> partial[Assessment]:
    return partial(assess_item, classifier=compiled(load_rules(SHIPPED).sets), gazetteer=load_gazetteer())


def test_what_was_decided_otherwise_then_differs(read: partial[Assessment]) -> None:
    past = [Past("1", CUT, Reason.NO_RULE), Past("2", CUT, Reason.MUTED), Past("3", TALK, Reason.ANNOUNCED)]
    found = list(replayed(past, read, None))
    assert [(one.past.id, one.announced) for one in found if one.differs] == [("1", True), ("3", False)]


def test_what_nobody_decided_differs_from_nothing(read: partial[Assessment]) -> None:
    (found,) = replayed([Past("1", CUT, None)], read, None)
    assert not found.differs


async def test_stored_items_come_with_what_was_decided(store: Store) -> None:
    await store.feeds.admit([Candidate(CUT), Candidate(TALK)])
    found = await stored(store, datetime.now(UTC) - timedelta(hours=1))
    assert [past.item.guid for past in found] == ["1", "2"]
    with pytest.raises(NothingToReplayError, match="keep_items"):
        await stored(store, datetime.now(UTC) + timedelta(hours=1))


def test_a_folder_of_feed_files_is_read(tmp_path: Path) -> None:
    (tmp_path / "wire.xml").write_text(RSS)
    (past,) = given(tmp_path)
    assert (past.id, past.item.title) == ("wire.xml: 1", "Acme to cut 300 jobs")


def test_a_rule_change_is_tried_on_a_file(tmp_path: Path) -> None:
    items, tried = tmp_path / "items.jsonl", tmp_path / "tried"
    lines = [{"id": one.guid, "title": one.title, "text": one.text} for one in (CUT, TALK)]
    items.write_text("\n".join(map(json.dumps, lines)))
    shutil.copytree(SHIPPED, tried)
    (tried / "rules" / "ours.yaml").write_text(
        "extends: layoffs\nrules:\n  - {id: opens, weight: {title: 9}, any: [open~ ..3 plant]}\n"
    )
    done = CliRunner().invoke(
        app, ["replay", str(items), "--rules", str(tried), "--cards", "-c", str(SHIPPED)]
    )
    assert done.exit_code == OK
    assert "+ 2 Acme opens a plant (announced)" in done.stdout
    assert "2 items, 2 announcements, 1 differ" in done.stdout
