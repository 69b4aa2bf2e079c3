"""READ: from an admitted item to its alerts in the outbox, one commit an item."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from monitor.alert.card import how_many, who
from monitor.alert.route import Routing, route
from monitor.alert.watchlists import WatchlistFile
from monitor.extract.assessment import Assessment
from monitor.model import How, Item, Layoff, Reason, Source, Story
from monitor.store import Decision as DecisionRecord
from monitor.store import Entry, StoreUnavailableError
from monitor.store.reading import Reading
from monitor.story.decide import Decision, Outcome, decide, hint_keys, story_keys
from monitor.story.identity import lasting_key
from monitor.story.leads import lead_keys

BATCH = 20
# Items that wait for their articles at one time; beyond that, summaries decide.
MOST_WAITING = 200
# Readers that meet at one story each get a turn within a few tries.
MOST_TRIES = 100

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Article:
    """The article of an item: its address and text; where it cannot be had, no text and the reason."""

    link: str
    text: str = ""
    problem: str = ""


class Articles(Protocol):
    """Gets the articles of items whose summary is not enough."""

    def wanted(self, item: Item, assessment: Assessment) -> bool:
        """Tell whether the article may say what the item does not."""
        ...

    async def article(self, item: Item) -> Article:
        """Return the item's article, or why it cannot be had."""
        ...


class ItemReader:
    """Reads items off the stream and decides what becomes of each.

    An item that waits for its article waits alone: it stays in hand meanwhile, and all others go on.

    Args:
        desk: Where items come from and decisions go.
        assess: Classifies an item and extracts its facts; pure.
        watchlists: Who wants to hear of what.
        clock: Tells the time, aware.
        articles: Where articles come from; None: items are read as they are.
    """

    def __init__(
        self,
        desk: Reading,
        assess: Callable[[Item], Assessment],
        watchlists: Sequence[WatchlistFile],
        clock: Callable[[], datetime],
        articles: Articles | None = None,
    ) -> None:
        self._desk = desk
        self._assess = assess
        self._watchlists = watchlists
        self._clock = clock
        self._articles = articles
        self._waiting: dict[str, asyncio.Task[None]] = {}

    def renew(self, assess: Callable[[Item], Assessment], watchlists: Sequence[WatchlistFile]) -> None:
        """Read by other rules and watchlists from the next step on."""
        self._assess = assess
        self._watchlists = watchlists

    async def step(self, block: timedelta) -> int:
        """Handle the next items, waiting up to `block` for one; return how many there were."""
        read = await self._desk.read_items(count=BATCH, block=block)
        entries = [entry for entry in read if entry.id not in self._waiting]
        # What is no layoff needs no order; layoffs are decided one after the other, for one may follow up
        # another.
        layoffs = await asyncio.gather(*map(self._sift, entries))
        for entry, assessment, layoff in filter(None, layoffs):
            await self._tell(entry, source_of(entry.id, entry.item), assessment, layoff)
        return len(read)

    async def finish(self) -> None:
        """Wait until the items that wait for their articles are settled too."""
        await asyncio.gather(*self._waiting.values())

    async def aclose(self) -> None:
        """Leave the items that wait for their articles in hand: they are read at the next start."""
        for task in self._waiting.values():
            task.cancel()
        await asyncio.gather(*self._waiting.values(), return_exceptions=True)

    async def _sift(self, entry: Entry) -> tuple[Entry, Assessment, Layoff] | None:
        """Settle the item if it is no layoff, else return it with what was read from it."""
        assessment = await self._assessed(entry)
        if assessment is None:
            return None
        if (
            self._articles
            and len(self._waiting) < MOST_WAITING
            and self._articles.wanted(entry.item, assessment)
        ):
            await self._desk.pause(entry)
            task = asyncio.create_task(self._with_article(self._articles, entry, assessment))
            self._waiting[entry.id] = task
            task.add_done_callback(lambda _: self._waiting.pop(entry.id, None))
            return None
        return await self._settled(entry, assessment)

    async def _assessed(self, entry: Entry) -> Assessment | None:
        if not await self._desk.begin(entry):
            return None
        try:
            return self._assess(entry.item)
        except Exception as error:  # reading is pure: what failed once fails always
            log.exception("item cannot be read", item=entry.id, feed=entry.item.feed)
            await self._desk.bury(entry, f"{type(error).__name__}: {error}")
            return None

    async def _settled(
        self, entry: Entry, assessment: Assessment, article: Article | None = None
    ) -> tuple[Entry, Assessment, Layoff] | None:
        if assessment.layoff is not None:
            return entry, assessment, assessment.layoff
        await self._desk.commit(entry, _record(entry, assessment, assessment.reason, article))
        return None

    async def _with_article(self, articles: Articles, entry: Entry, summary: Assessment) -> None:
        """Settle the item by its article; by its summary alone where there is none."""
        try:
            article = await articles.article(entry.item)
            text = article.text
            whole = replace(entry, item=replace(entry.item, text=text)) if text else entry
            assessment = await self._assessed(whole) if text else summary
            if assessment is not None and (found := await self._settled(whole, assessment, article)):
                # What it is known by is what the feed says: the article may not be had again.
                source = replace(source_of(whole.id, whole.item), identity=lasting_key(entry.item))
                await self._tell(whole, source, *found[1:], article)
        except StoreUnavailableError as error:  # still in hand, and read again when the store is back
            log.warning("reading waits for Redis", item=entry.id, problem=str(error))
        except Exception as error:
            log.exception("item cannot be read with its article", item=entry.id, feed=entry.item.feed)
            await self._desk.bury(entry, f"{type(error).__name__}: {error}")

    async def _tell(
        self,
        entry: Entry,
        source: Source,
        assessment: Assessment,
        layoff: Layoff,
        article: Article | None = None,
    ) -> None:
        for _ in range(MOST_TRIES):
            if await self._told(entry, source, assessment, layoff, article):
                return
            # Another reader wrote the story meanwhile: decide again on what it is now.
        await self._desk.bury(entry, f"its story was written by others {MOST_TRIES} times meanwhile")

    async def _told(
        self, entry: Entry, source: Source, assessment: Assessment, layoff: Layoff, article: Article | None
    ) -> bool:
        snapshot = await self._desk.stories(story_keys(layoff, source), hint_keys(layoff, source))
        mutes = await self._desk.mutes.all()
        decision = decide(snapshot.stories, layoff, source, self._clock())
        routing = route(
            decision,
            self._watchlists,
            entry.item.seen,
            item=entry.item,
            verdict=assessment.verdict,
            mutes=mutes,
        )
        reason = reason_of(decision, routing)
        done = await self._desk.commit(
            entry,
            _record(entry, assessment, reason, article, story=routing.story.id),
            snapshot=snapshot,
            story=routing.story,
            alerts=routing.alerts,
            hides=(routing.mute, headline(routing.story)) if routing.mute else None,
        )
        if done:
            story = routing.story.id
            log.info("layoff", item=entry.id, story=story, reason=reason, alerts=len(routing.alerts))
        return done


def source_of(name: str, item: Item) -> Source:
    """Return where the item of this id told its story."""
    return Source(
        name,
        item.feed,
        item.wire,
        item.title,
        item.link,
        item.published,
        item.seen,
        lead_keys(item.text),
        lasting_key(item),
    )


def headline(story: Story) -> str:
    """Return who cuts how many jobs: "Acme Corp. (NYSE: ACME), about 500 jobs"."""
    return ", ".join(filter(None, (who(story.layoff.company), how_many(story.layoff))))


def reason_of(decision: Decision, routing: Routing) -> Reason:
    """Return what became of an item that announces something."""
    if any(alert.how is not How.EDIT for alert in routing.alerts):
        return Reason.ANNOUNCED
    if routing.mute:
        return Reason.MUTED
    if decision.outcome in (Outcome.REPEATED, Outcome.ALSO_ON):
        return Reason.REPETITION
    return Reason.ANNOUNCED if routing.alerts else Reason.NO_WATCHLIST


def _record(
    entry: Entry, assessment: Assessment, reason: Reason, article: Article | None, *, story: str = ""
) -> DecisionRecord:
    item = entry.item
    return DecisionRecord(
        reason,
        item.feed,
        item.title,
        item.link,
        assessment.verdict,
        story,
        note=f"article not read: {article.problem}" if article and article.problem else "",
        article=article.link if article and article.text else "",
    )
