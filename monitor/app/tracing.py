"""`explain-item`: by which identity an entry was known, and of which item it was a duplicate."""

from __future__ import annotations

import re
from collections.abc import Mapping

from monitor.app.running import running_store
from monitor.app.settings import Settings
from monitor.model import Item
from monitor.store import Known, Store, StoreRefusedError

_STREAM_ID = re.compile(r"\d{13}-\d+")


async def trace(what: str, settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """Return what is known of an item, by its stream id, or of an entry, by its guid or link; in lines.

    Raises:
        StoreRefusedError: nothing of that name is remembered.
        NoMonitorError: no monitor can be asked.
    """
    async with running_store(settings, environ) as store:
        if _STREAM_ID.fullmatch(what):
            return await _of_item(store, what)
        known = await store.feeds.known(what, [feed.id for feed in settings.feeds.feeds])
        if not known:
            raise StoreRefusedError(
                f"no entry with the guid or link {what} is remembered (entries that are little more than a"
                " title are known only by that together with their guid or link)"
            )
        return [f"{name}: {await _told(store, one)}" for name, one in known.items()]


async def _of_item(store: Store, item_id: str) -> list[str]:
    item = await store.item(item_id)
    if item is None:
        raise StoreRefusedError(f"no item {item_id} is kept any more: ask by its guid or link")
    decision = await store.decision(item_id)
    lines = [
        f"{item_id} {item.title!r} of feed {item.feed}, seen {item.seen:%Y-%m-%d %H:%M} UTC",
        f"decision: {decision.reason if decision else 'not yet'}",
    ]
    return [*lines, *await identities(store, item_id, item)]


async def identities(store: Store, item_id: str, item: Item) -> list[str]:
    """Return what an item is known by, one line for each identity: its own, or another's."""
    lines = []
    for name, known in (await store.feeds.seen(item)).items():
        own = known.item == item_id and not known.by
        lines.append(f"{name}: {'its own' if own else await _told(store, known)}")
    return lines


async def _told(store: Store, known: Known) -> str:
    if not known.item:
        subject = "an entry that was too old at first contact"
    else:
        item = await store.item(known.item)
        title = f" {item.title!r} of feed {item.feed}" if item else ", which is no longer kept"
        subject = f"item {known.item}{title}"
    if known.by:
        return f"of an entry that was a duplicate, by its {known.by}, of {subject}"
    return f"first had by {subject}"
