from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from newsroom import newsroom, release
from rich.console import Console

from monitor.app.explaining import explained
from monitor.app.rulebook import compiled
from monitor.app.way import Way, as_record, rendered, way_of
from monitor.app.webdesk import StoreDesk
from monitor.extract.gazetteer import load_gazetteer
from monitor.model import Candidate, LedgerState, Reason
from monitor.store import EmbeddedRedis, Store, StoreRefusedError


@pytest.fixture
async def way(store: Store, redis_server: EmbeddedRedis) -> Way:
    async with newsroom(store) as room:
        room.wire.publish(release())
        await room.poll()
        await room.read()
        await room.deliver(1)
        environ = {"REDIS_URL": f"unix://{redis_server.socket}"}
        found = await way_of(release().link, room.office.settings, environ)
        assert found is not None
        again = await way_of(found.id, room.office.settings, environ)
        assert again == found
        return found


async def test_the_whole_way_of_an_item_is_found_by_its_link(way: Way) -> None:
    assert way.item.title == release().title
    assert way.decision is not None
    assert way.decision.reason is Reason.ANNOUNCED
    assert way.story is not None
    (delivery,) = way.deliveries
    assert (delivery.channel, delivery.line.state) == ("#layoffs", LedgerState.SENT)
    assert delivery.line.ts


async def test_people_and_machines_are_told_the_same_steps(way: Way) -> None:
    console = Console(width=200, record=True, file=None)
    with console.capture() as capture:
        console.print(rendered(way))
    for step in ("item", "feed", "poll", "known by", "decision", "story", "delivery"):
        assert step in capture.get()
    assert json.loads(json.dumps(as_record(way), default=str))["decision"]["reason"] == "announced"


async def test_what_is_not_kept_is_refused_and_a_text_is_no_item(
    store: Store, redis_server: EmbeddedRedis
) -> None:
    async with newsroom(store) as room:
        environ = {"REDIS_URL": f"unix://{redis_server.socket}"}
        with pytest.raises(StoreRefusedError, match=r"no item https://wire\.example/none is kept"):
            await way_of("https://wire.example/none", room.office.settings, environ)
        assert await way_of("Acme will cut 12 jobs.", room.office.settings, environ) is None


async def test_an_explanation_names_rules_facts_and_watchlists(way: Way, store: Store) -> None:
    async with newsroom(store) as room:
        (found,) = explained([(way.id, way.item)], room.office.settings)
    assert {fact.fact for fact in found.facts} >= {"company", "headcount"}
    assert found.record["channels"] == ["#layoffs"]
    assert found.record["rules"]


async def test_the_page_of_a_story_says_where_it_went_when_and_why(store: Store) -> None:
    async with newsroom(store) as room:
        room.wire.publish(release())
        await room.poll()
        await room.read()
        await room.deliver(1)
        settings = room.office.settings
        classifier, gazetteer = compiled(settings.rules), load_gazetteer()
        desk = StoreDesk(store, lambda: settings, lambda: classifier, gazetteer)
        (rules,) = desk.rule_sets()
        assert dict(rules.rules).keys() == {rule.id for rule in settings.rules[0].rules}
        ((story,),) = [step async for step in desk.stories(datetime.now(UTC) - timedelta(hours=1))]
        (went,) = await desk.deliveries(story)
        assert (went.channel, went.revision) == ("#layoffs", 1)
        assert went.outcome.startswith("sent, message ")
        item = await desk.item(story.sources[0].item)
        assert item is not None
        assert set(went.watchlists) <= {one.watchlist for one in desk.routes(item)}


async def test_an_entry_that_was_too_old_at_first_contact_is_told_as_such(
    store: Store, redis_server: EmbeddedRedis, way: Way
) -> None:
    old = replace(
        way.item, guid="old", link="https://wire.example/old", title="Old news", text="Long ago. " * 30
    )
    async with newsroom(store) as room:
        await store.feeds.admit([Candidate(old, announce=False)])
        environ = {"REDIS_URL": f"unix://{redis_server.socket}"}
        with pytest.raises(StoreRefusedError, match="too old when its feed was first polled"):
            await way_of(old.link, room.office.settings, environ)
