"""`feeds status`: how each configured feed is doing, as the store knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rich.table import Table
from rich.text import Text

from monitor.app.settings import Settings
from monitor.model import FeedState
from monitor.store import EmbeddedRedis, Store
from monitor.wire.feeds import Feed

# A monitor runs or it does not: nobody waits for an answer to a question.
_READY_WITHIN = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A configured feed, and what is known of it."""

    feed: Feed
    state: FeedState


async def feed_lines(settings: Settings, environ: Mapping[str, str]) -> list[FeedLine]:
    """Return all enabled feeds in the order of the configuration, with their states.

    Looks at REDIS_URL, else into the data folder of a running monitor.

    Raises:
        StoreError: the store cannot be reached.
    """
    address = environ.get("REDIS_URL") or EmbeddedRedis(settings.monitor.data).socket
    async with await Store.open(address, ready_within=_READY_WITHIN) as store:
        states = await store.feeds.feed_states()
    return [FeedLine(feed, states.get(feed.id, FeedState(feed.id))) for feed in settings.feeds.enabled]


def feed_records(lines: Iterable[FeedLine]) -> Iterator[dict[str, Any]]:
    """Yield each line as a record for JSON."""
    for line in lines:
        success = line.state.last_success
        yield {
            "feed": line.feed.id,
            "wire": line.feed.wire,
            "health": line.state.status,
            "reason": line.state.note,
            "last_success": success.isoformat() if success else None,
        }


def table(lines: Iterable[FeedLine]) -> Table:
    """Return the lines as a table for people."""
    shown = Table("feed", "health", "last success")
    for line in lines:
        success = line.state.last_success
        health = Text(line.state.status + (f": {line.state.note}" if line.state.note else ""))
        shown.add_row(Text(line.feed.id), health, f"{success:%d %b %H:%M:%S}" if success else "never")
    return shown
