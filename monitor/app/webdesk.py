"""The store as the page sees it, and who may see the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from monitor.alert.route import Answered
from monitor.app.explaining import explained_by
from monitor.app.routing import routed
from monitor.app.settings import Settings, WebPart
from monitor.app.way import deliveries, item_of, line_words, steps, way_in
from monitor.extract.gazetteer import Gazetteer
from monitor.model import FeedState, Item, Story
from monitor.rules import Classifier
from monitor.rules.language import Rule, RuleFile
from monitor.rules.linting import lint
from monitor.rules.testing import Outcome, run_tests
from monitor.store import Store, StoreUnavailableError
from monitor.store.records import QueueStatus
from monitor.web.access import Access
from monitor.web.ports import (
    Answer,
    Checked,
    Delivered,
    DeskUnavailableError,
    Explained,
    Handled,
    Queue,
    RuleSet,
    Vitals,
)

TOKEN = "NEWSWIRE_MONITOR_WEB_TOKEN"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ExposedError(Exception):
    """The page would be open to other machines without asking anybody; the message says what to do."""


def access(web: WebPart, environ: Mapping[str, str]) -> Access:
    """Return who may look.

    Raises:
        ExposedError: other machines reach the page and nobody is asked.
    """
    found = Access(environ.get(TOKEN, ""), web.proxy_header)
    if found.open and web.host not in _LOOPBACK:
        raise ExposedError(
            f"the page at {web.host} would be open to everyone: set {TOKEN}, "
            "or 'proxy_header' in monitor.yaml behind a proxy that logs people in"
        )
    return found


class StoreDesk:
    """Reads for the page (`monitor.web.ports.Desk`).

    Args:
        store: Where everything is kept.
        settings: Gives the settings in force.
        classifier: Gives the classifier in force.
        gazetteer: Knows places.
    """

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        classifier: Callable[[], Classifier],
        gazetteer: Gazetteer,
    ) -> None:
        self._store = store
        self._settings = settings
        self._classifier = classifier
        self._gazetteer = gazetteer
        self._recent = store.recent()
        self._checked: tuple[Sequence[RuleFile], Mapping[str, Checked]] | None = None

    async def vitals(self) -> Vitals:
        """Return how the store is doing."""
        with _said():
            status = await self._store.house.status()
        queues = (_queue("items", status.items), _queue("alerts", status.alerts))
        return Vitals(queues, status.held, status.dead, status.counters, status.memory)

    async def refused(self) -> Mapping[str, str]:
        """Return the processes that refuse a changed configuration, and why."""
        with _said():
            return await self._store.house.refused(datetime.now(UTC))

    async def feeds(self) -> Sequence[FeedState]:
        """Return the states of the configured feeds, in the order of the file."""
        with _said():
            states = await self._store.feeds.feed_states()
        enabled = self._settings().feeds.enabled
        return tuple(states.get(feed.id, FeedState(feed.id)) for feed in enabled)

    async def count(self, since: datetime) -> int:
        """Return how many stories were first told since then."""
        with _said():
            return await self._recent.count(since)

    async def stories(self, since: datetime) -> AsyncIterator[Sequence[Story]]:
        """Yield the stories first told since then in short steps, the newest first; then what has changed."""
        with _said():
            async for stories in self._recent.changed(since):
                yield stories

    async def story(self, story: str) -> Story | None:
        """Return a story by its id."""
        with _said():
            return await self._store.story(story)

    async def item(self, item: str) -> Item | None:
        """Return an item by its id; None when it is no longer kept."""
        with _said():
            return await self._store.item(item)

    async def newest_items(self, count: int) -> Sequence[Handled]:
        """Return the newest items, the newest first."""
        with _said():
            found = await self._store.newest_items(count)
        return [
            Handled(
                name,
                item.seen,
                item.feed,
                item.title,
                decision.reason if decision else None,
                decision.story if decision else "",
            )
            for name, item, decision in found
        ]

    async def find_item(self, what: str) -> str | None:
        """Return the id of the item that is kept under this id or link."""
        with _said():
            return await item_of(what, self._store, self._settings()) or None

    async def explained(self, item: str) -> Explained | None:
        """Return the whole way of an item by its id; None when it is no longer kept."""
        with _said():
            way = await way_in(self._store, item)
        if way is None:
            return None
        answer = await asyncio.to_thread(self._answer, item, way.item)
        return Explained(way.id, way.item.title, way.story.id if way.story else "", tuple(steps(way)), answer)

    def rule_sets(self) -> Sequence[RuleSet]:
        """Return the rule sets in force."""
        return [
            RuleSet(file.rule_set, file.about, tuple((rule.id, _weight(rule)) for rule in file.rules))
            for file in self._settings().rules
        ]

    def checked(self) -> Mapping[str, Checked]:
        """Return by rule set what testing and linting found."""
        rules = self._settings().rules
        if self._checked is None or self._checked[0] is not rules:
            self._checked = rules, {file.rule_set: _checked(file) for file in rules}
        return self._checked[1]

    async def deliveries(self, story: Story) -> Sequence[Delivered]:
        """Return where a story went."""
        with _said():
            found = [one async for one in deliveries(self._store, story)]
        return [
            Delivered(
                one.channel,
                one.revision,
                one.watchlists,
                "held for a digest" if told.held else line_words(one.line),
            )
            for one, told in zip(found, story.told, strict=True)
        ]

    def routes(self, item: Item) -> Sequence[Answered]:
        """Return what each watchlist makes of an item now."""
        found = routed("", item, self._classifier(), self._gazetteer, self._settings().watchlists)
        return found.routing.answers if found.routing else ()

    def try_out(self, title: str, text: str) -> Answer:
        """Return what would become of a text published now."""
        return self._answer("", Item("", "", "", title, text, "", None, datetime.now(UTC)))

    def _answer(self, name: str, item: Item) -> Answer:
        watchlists = self._settings().watchlists
        found = explained_by(self._classifier(), self._gazetteer, watchlists, name, item)
        routing = found.routed.routing
        return Answer(
            found.routed.assessment.document,
            found.explanations,
            found.routed.assessment.layoff,
            found.facts,
            routing.answers if routing else (),
        )


@contextmanager
def _said() -> Iterator[None]:
    """Say in the page's words that the store is away."""
    try:
        yield
    except StoreUnavailableError as error:
        raise DeskUnavailableError(str(error)) from error


def _weight(rule: Rule) -> str:
    if rule.veto:
        return "veto"
    if rule.hide:
        return "hides"
    if isinstance(rule.weight, dict):
        return ", ".join(f"{weight:+g} in {zone.value}" for zone, weight in rule.weight.items())
    return f"{rule.weight:+g}" if rule.weight else "0"


def _checked(file: RuleFile) -> Checked:
    results = run_tests(file).results
    failed = tuple(
        f"{one.case.text}: wanted {one.wanted}, got {one.got}"
        for one in results
        if one.outcome is Outcome.FAILED
    )
    remarks = tuple(f"{one.smell.replace('_', ' ')}: {one.message}" for one in lint(file))
    return Checked(len(results) - len(failed), failed, remarks)


def _queue(name: str, status: QueueStatus) -> Queue:
    return Queue(name, status.waiting, status.pending, status.oldest)
