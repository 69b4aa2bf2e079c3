"""The whole way of a stored item: feed and poll, identities, decision, story, and where it was delivered."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as RichText

from monitor.alert.route import first_alert
from monitor.app.running import running_store
from monitor.app.settings import Settings
from monitor.app.tracing import identities
from monitor.model import FeedState, Item, LedgerLine, LedgerState, Revision, Story
from monitor.store import Decision, Store, StoreRefusedError
from monitor.story.wording import change_words

_STREAM_ID = re.compile(r"\d{13}-\d+")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a story's message in one channel."""

    channel: str
    revision: int
    watchlists: tuple[str, ...]
    line: LedgerLine


@dataclass(frozen=True, slots=True)
class Way:
    """All that is remembered of an item. `identities` are sentences on what it is known by.

    `item` has the text that was read: the article's, where the decision rests on one that is still kept;
    `summary` is what the feed said.
    """

    id: str
    item: Item
    summary: str
    feed: FeedState
    identities: tuple[str, ...]
    decision: Decision | None
    story: Story | None
    deliveries: tuple[Delivery, ...]


async def way_of(what: str, settings: Settings, environ: Mapping[str, str]) -> Way | None:
    """Return the way of the item of this stream id or link; None if `what` is neither.

    Raises:
        StoreRefusedError: no such item is kept.
        NoMonitorError: no monitor can be asked.
    """
    if not _STREAM_ID.fullmatch(what) and not _ADDRESS.fullmatch(what):
        return None
    async with running_store(settings, environ) as store:
        name = what if _STREAM_ID.fullmatch(what) else await _by_link(store, what, settings)
        way = await way_in(store, name) if name else None
        if way is None:
            raise StoreRefusedError(f"no item {name or what} is kept any more: give its text or a file")
        return way


async def way_in(store: Store, name: str) -> Way | None:
    """Return the way of the item of this stream id; None when it is kept no longer."""
    item = await store.item(name)
    if item is None:
        return None
    decision = await store.decision(name)
    story = await store.story(decision.story) if decision and decision.story else None
    return Way(
        name,
        await store.as_read(item, decision),
        item.text,
        await store.feeds.feed_state(item.feed),
        tuple(await identities(store, name, item)),
        decision,
        story,
        tuple([delivery async for delivery in deliveries(store, story)]) if story else (),
    )


async def item_of(what: str, store: Store, settings: Settings) -> str:
    """Return the id of the item that is known by this stream id or link, "" if none is."""
    if _STREAM_ID.fullmatch(what):
        return what if await store.item(what) else ""
    if not _ADDRESS.fullmatch(what):
        return ""
    known = await store.feeds.known(what, [feed.id for feed in settings.feeds.feeds])
    for name in {one.item: None for one in known.values() if one.item}:
        if await store.item(name):
            return name
    return ""


async def _by_link(store: Store, link: str, settings: Settings) -> str:
    known = await store.feeds.known(link, [feed.id for feed in settings.feeds.feeds])
    name = next((one.item for one in known.values() if one.item), "")
    if known and not name:
        raise StoreRefusedError(
            f"the entry {link} was too old when its feed was first polled, so it was never read: "
            "'first_poll_window' in feeds.yaml says how old an entry may be"
        )
    return name


async def deliveries(store: Store, story: Story) -> AsyncIterator[Delivery]:
    """Yield what the ledger says of each channel that was told of a story."""
    outbox = store.outbox("explain")
    for told in story.told:
        line = await outbox.line(first_alert(story, told))
        yield Delivery(told.channel, told.revision, told.watchlists, line)


def as_record(way: Way) -> dict[str, Any]:
    """Return the way as `explain --json` prints it."""
    return {"id": way.id, **{name: value for name, value in asdict(way).items() if name != "id"}}


def rendered(way: Way) -> RenderableType:
    """Return the way for people, one line a step."""
    table = Table.grid(padding=(0, 2))
    for name, said in steps(way):
        table.add_row(RichText(name, style="bold"), RichText(said))
    return table


def steps(way: Way) -> Iterator[tuple[str, str]]:
    """Yield the steps by name, each with a line for people."""
    item, state = way.item, way.feed
    published = f"published {item.published:%Y-%m-%d %H:%M:%S}, " if item.published else ""
    yield "item", f"{way.id} “{item.title}”"
    yield "feed", f"{item.feed} ({item.wire}): {published}seen {item.seen:%Y-%m-%d %H:%M:%S} UTC"
    yield "poll", f"{state.status}{f': {state.note}' if state.note else ''}"
    for sentence in way.identities:
        yield "known by", sentence
    if way.decision and way.decision.article:
        gone = "" if item.text != way.summary else ", which is no longer kept: what follows is of the summary"
        yield "article", f"read from {way.decision.article}{gone}"
    if way.decision is None:
        yield "decision", "none yet, or it was long ago"
        return
    note = f" ({way.decision.note})" if way.decision.note else ""
    yield "decision", f"{way.decision.reason.replace('_', ' ')}{note}"
    if way.story:
        wires = ", ".join(dict.fromkeys(source.wire for source in way.story.sources))
        yield "story", f"{way.story.id}, revision {way.story.revision}, told by {wires}"
        for revision in way.story.revisions:
            yield f"revision {revision.number}", revision_words(revision)
    for one in way.deliveries:
        yield "delivery", f"{one.channel} for {', '.join(one.watchlists)}: {line_words(one.line)}"


def revision_words(revision: Revision) -> str:
    """Return what a revision changed, when, and who told it, on one line."""
    said = "; ".join(filter(None, map(change_words, revision.changes)))
    return f"{said} ({revision.wire}, {revision.at:%Y-%m-%d %H:%M:%S} UTC, item {revision.item})"


def line_words(line: LedgerLine) -> str:
    """Return a line of the ledger in words: "sent, message 1764000000.1"."""
    when = f" since {line.since:%Y-%m-%d %H:%M:%S} UTC" if line.since else ""
    if line.state is LedgerState.SENT:
        return f"sent, message {line.ts}" if line.ts else "sent"
    return f"{line.state}{when}{f': {line.note}' if line.note else ''}"
