"""The store as the page sees it, and who may see the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from monitor.app.routing import Routed, routed
from monitor.app.settings import Settings, WebPart
from monitor.app.way import deliveries, line_words
from monitor.extract.gazetteer import Gazetteer
from monitor.model import FeedState, Item, Story
from monitor.rules import Classifier
from monitor.rules.language import Rule, RuleFile
from monitor.rules.linting import lint
from monitor.rules.testing import Outcome, run_tests
from monitor.store import Store, StoreUnavailableError
from monitor.store.records import QueueStatus
from monitor.web.access import Access
from monitor.web.ports import Answer, Checked, Delivered, DeskUnavailableError, Queue, RuleSet, Vitals

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

    async def stories(self, since: datetime) -> Sequence[Story]:
        """Return the stories first told since then, the oldest first."""
        with _said():
            return await self._store.stories_since(since)

    async def story(self, story: str) -> Story | None:
        """Return a story by its id."""
        with _said():
            return await self._store.story(story)

    async def item(self, item: str) -> Item | None:
        """Return an item by its id; None when it is no longer kept."""
        with _said():
            return await self._store.item(item)

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

    def routes(self, item: Item) -> Sequence[tuple[str, str]]:
        """Return of each watchlist what it makes of an item now, and why."""
        return _answers(routed("", item, self._classifier(), self._gazetteer, self._settings().watchlists))

    def try_out(self, title: str, text: str) -> Answer:
        """Return what would become of a text published now."""
        item = Item("", "", "", title, text, "", None, datetime.now(UTC))
        found = routed("", item, self._classifier(), self._gazetteer, self._settings().watchlists)
        assessment = found.assessment
        return Answer(assessment.document, (assessment.verdict,), assessment.layoff, _answers(found))


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
    return f"{rule.weight:+g}"


def _checked(file: RuleFile) -> Checked:
    results = run_tests(file).results
    failed = tuple(
        f"{one.case.text}: wanted {one.wanted}, got {one.got}"
        for one in results
        if one.outcome is Outcome.FAILED
    )
    remarks = tuple(f"{one.smell.replace('_', ' ')}: {one.message}" for one in lint(file))
    return Checked(len(results) - len(failed), failed, remarks)


def _answers(found: Routed) -> tuple[tuple[str, str], ...]:
    answers = found.routing.answers if found.routing else ()
    return tuple((one.watchlist, f"{one.why} {one.evidence}".replace("_", " ").strip()) for one in answers)


def _queue(name: str, status: QueueStatus) -> Queue:
    return Queue(name, status.waiting, status.pending, status.oldest)
