"""A second rule set, written in YAML alone, is classified, routed and told under its own name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from monitor.app.reader import ItemReader
from monitor.app.rulebook import compiled
from monitor.app.settings import Settings, load_settings
from monitor.extract.assessment import assess_item
from monitor.extract.gazetteer import load_gazetteer
from monitor.model import Alert, Candidate, Card, Item, Reason
from monitor.rules.testing import run_tests
from monitor.store import Store

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OPENING = Item(
    "prn",
    "PR Newswire",
    "1",
    "Harlow Works to open a plant in Ohio",
    "DAYTON, Ohio -- Harlow Works Inc. (NASDAQ: HRLW) said today that it will open a plant in Dayton, Ohio,"
    " where 300 people will make pumps for farms from the summer on.",
    "https://example.com/1",
    NOON,
    NOON,
)
CUT = replace(
    OPENING,
    guid="2",
    link="https://example.com/2",
    title="Harlow Works to cut jobs",
    text="DAYTON, Ohio -- Harlow Works Inc. (NASDAQ: HRLW) said today that it will lay off about 120"
    " employees at its works in Akron, Ohio, because orders fell in the last quarter.",
)
WATCHLISTS = {
    "openings": "filters: {rule_sets: [plant-openings]}",
    "cuts": "filters: {rule_sets: [layoffs]}",
    "closures": "filters: {kinds: [layoff, closure]}",
    "everything": "",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    (shown,) = re.findall(
        r"```yaml\n(rule_set: plant-openings.*?)```", (ROOT / "docs" / "rules.md").read_text(), re.DOTALL
    )
    (folder / "rules" / "openings.yaml").write_text(shown)
    for shipped in (folder / "watchlists").glob("*.yaml"):
        shipped.unlink()
    for name, filters in WATCHLISTS.items():
        text = f'name: {name}\nchannels: ["#{name}"]\n{filters}\n'
        (folder / "watchlists" / f"{name}.yaml").write_text(text)
    return load_settings(folder)


async def read(store: Store, settings: Settings, *items: Item) -> tuple[list[Reason], Sequence[Alert]]:
    assess = partial(assess_item, classifier=compiled(settings.rules), gazetteer=load_gazetteer())
    reader = ItemReader(store.reading("me"), assess, settings.watchlists, lambda: NOON)
    admitted = [await store.feeds.admit([Candidate(item)]) for item in items]
    while await reader.step(timedelta(0)):
        pass
    decisions = [await store.decision(one.item) for (one,) in admitted]
    alerts = [one.alert for one in await store.outbox("me").next_alerts(count=9, block=timedelta(0))]
    return [decision.reason for decision in decisions if decision], alerts


def card(alert: Alert) -> Card:
    assert isinstance(alert.card, Card)
    return alert.card


async def test_each_topic_goes_to_those_who_asked_for_it(store: Store, settings: Settings) -> None:
    reasons, alerts = await read(store, settings, OPENING, CUT)

    assert reasons == [Reason.ANNOUNCED, Reason.ANNOUNCED]
    told = {(alert.channel, card(alert).what) for alert in alerts}
    assert told == {
        ("#openings", "plant openings"),
        ("#everything", "plant openings"),
        ("#cuts", "planned layoff"),
        ("#closures", "planned layoff"),
        ("#everything", "planned layoff"),
    }


async def test_cuts_and_openings_of_one_company_are_two_stories(store: Store, settings: Settings) -> None:
    _, alerts = await read(store, settings, CUT, OPENING)

    assert len({alert.story for alert in alerts}) == 2
    assert {alert.revision for alert in alerts} == {1}


async def test_another_topic_has_a_company_and_a_sentence_but_no_number_of_jobs(
    store: Store, settings: Settings
) -> None:
    _, alerts = await read(store, settings, OPENING)

    told = next(card(alert) for alert in alerts if alert.channel == "#openings")
    assert (told.who, told.how_many, told.where) == ("Harlow Works Inc. (NASDAQ: HRLW)", "", "")
    assert "will open a plant in Dayton, Ohio" in told.quote.text


async def test_where_no_company_is_found_the_headline_stands_for_it(store: Store, settings: Settings) -> None:
    nobody = replace(
        OPENING, title="They will open a plant here", text="It is said that they build a factory."
    )

    _, alerts = await read(store, settings, nobody)

    assert {card(alert).who for alert in alerts} == {"They will open a plant here"}


def test_its_inline_tests_run_as_those_of_the_shipped_rules(settings: Settings) -> None:
    (openings,) = (file for file in settings.rules if file.rule_set == "plant-openings")

    assert run_tests(openings).passed
