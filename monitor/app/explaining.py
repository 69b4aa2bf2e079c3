"""`explain`: fetches what is to be explained from the store, where it is an item's id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from monitor.app.classify import Text
from monitor.app.settings import Settings
from monitor.model import Item
from monitor.store import EmbeddedRedis, Store, StoreRefusedError

_STREAM_ID = re.compile(r"\d{13}-\d+")


def address(settings: Settings, environ: Mapping[str, str]) -> str | Path:
    """Return where the store of a running monitor is reached: REDIS_URL, else the data folder's socket."""
    return environ.get("REDIS_URL") or EmbeddedRedis(settings.monitor.data).socket


async def stored_text(what: str, settings: Settings, environ: Mapping[str, str]) -> Text | None:
    """Return the text of the item of this stream id; None if `what` is no stream id. See `stored_item`."""
    item = await stored_item(what, settings, environ)
    if item is None:
        return None
    return Text(what, item.title, item.text, item.published.date() if item.published else None)


async def stored_item(what: str, settings: Settings, environ: Mapping[str, str]) -> Item | None:
    """Return the item of this stream id; None if `what` is no stream id.

    Looks at REDIS_URL, else into the data folder: into that of a running monitor too.

    Raises:
        StoreRefusedError: no such item is kept.
        StoreError: the store cannot be reached.
    """
    if not _STREAM_ID.fullmatch(what):
        return None
    async with await Store.open(address(settings, environ)) as store:
        item = await store.item(what)
    if item is None:
        raise StoreRefusedError(f"no item {what} is kept any more: give its text or a file")
    return item
