from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from monitor.alert.watchlists import WatchlistFile
from monitor.app.reader import ItemReader
from monitor.app.rulebook import compiled, load_rules
from monitor.extract.assessment import assess_item
from monitor.extract.gazetteer import load_gazetteer
from monitor.model import Alert, Candidate, How, Item, Mute, MuteKind, Reason
from monitor.store import Store

CONFIG = Path(__file__).parents[2] / "config"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
AT_ONCE = timedelta(0)
HARLOW = Item(
    "prn",
    "PR Newswire",
    "1",
    "Harlow Works to cut jobs",
    "DAYTON, Ohio -- Harlow Works Inc. (NASDAQ: HRLW) said today that it will lay off about 120 employees at"
    " its plant in Dayton, Ohio, where it makes pumps for farms, because orders fell in the last quarter and"
    " the company wants to bring its costs in line with them before the summer.",
    "https://example.com/1",
    NOON,
    NOON,
)
ALL = WatchlistFile(name="all", channels=("#layoffs",))


class Desk:
    def __init__(self, store: Store, *watchlists: WatchlistFile) -> None:
        classifier = compiled(load_rules(CONFIG).sets)
        assess = partial(assess_item, classifier=classifier, gazetteer=load_gazetteer())
        self.store = store
        self.reader = ItemReader(store.reading("me"), assess, watchlists, lambda: NOON)

    async def read(self, *items: Item) -> list[Reason]:
        admitted = [await self.store.feeds.admit([Candidate(item)]) for item in items]
        while await self.reader.step(AT_ONCE):
            pass
        decisions = [await self.store.decision(one.item) for (one,) in admitted]
        return [decision.reason for decision in decisions if decision]

    async def alerts(self) -> Sequence[Alert]:
        return [one.alert for one in await self.store.outbox("me").next_alerts(count=9, block=AT_ONCE)]


def elsewhere(item: Item, wire: str) -> Item:
    return replace(item, feed=wire, wire=wire, guid=wire, link=f"https://{wire}.example.com/1")


async def test_the_same_on_another_wire_edits_the_message_and_counts_as_a_repetition(store: Store) -> None:
    desk = Desk(store, ALL)
    retold = replace(elsewhere(HARLOW, "globe"), title="Harlow Works announces cuts")
    assert await desk.read(HARLOW, retold) == [Reason.ANNOUNCED, Reason.REPETITION]
    first, edit = await desk.alerts()
    assert (first.how, edit.how, edit.replaces) == (How.POST, How.EDIT, first.id)


async def test_a_muted_company_is_not_told_and_what_the_mute_hid_is_kept(store: Store) -> None:
    mute = Mute(MuteKind.COMPANY, "Harlow Works", NOON + timedelta(days=1), "ann", "our client")
    await store.mutes.add(mute)
    desk = Desk(store, ALL)
    assert await desk.read(HARLOW) == [Reason.MUTED]
    assert await desk.alerts() == []
    (muted,) = await store.mutes.listed()
    assert list(muted.hidden.values()) == ["Harlow Works Inc. (NASDAQ: HRLW), about 120 jobs"]
    counters = await store.house.counters()
    assert counters["decided.muted"] == 1
