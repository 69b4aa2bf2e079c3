"""What the reader would decide of items, rehearsed in memory: nothing is stored, and nobody is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from monitor.alert.route import Routing, route
from monitor.alert.watchlists import WatchlistFile
from monitor.app.reader import reason_of, source_of
from monitor.extract.assessment import Assessment
from monitor.model import Alert, Card, Item, Reason, Story
from monitor.store.reading import CROWD
from monitor.story.decide import decide, hint_keys, story_keys


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would become of one item. `routing` is None if it announces nothing."""

    assessment: Assessment
    reason: Reason
    routing: Routing | None

    @property
    def alerts(self) -> tuple[Alert[Card], ...]:
        """The alerts that would go out, one for each channel."""
        return self.routing.alerts if self.routing else ()


class Rehearsal:
    """Decides on items in their order as the reader does, with the stories of this rehearsal only.

    Mutes are not known: they have ended since, or began later.
    """

    def __init__(self, assess: Callable[[Item], Assessment], watchlists: Sequence[WatchlistFile]) -> None:
        self._assess = assess
        self._watchlists = watchlists
        self._stories: dict[str, Story] = {}
        self._shelves: defaultdict[str, set[str]] = defaultdict(set)

    def read(self, name: str, item: Item) -> Rehearsed:
        """Return what would become of an item, and remember its story."""
        assessment = self._assess(item)
        layoff = assessment.layoff
        if layoff is None:
            return Rehearsed(assessment, assessment.reason, None)
        source = source_of(name, item)
        keys, hints = story_keys(layoff, source), hint_keys(layoff, source)
        decision = decide(tuple(self._kept(keys, hints)), layoff, source, item.seen)
        routing = route(decision, self._watchlists, item.seen, item=item, verdict=assessment.verdict)
        self._stories[routing.story.id] = routing.story
        for key in (routing.story.key, *keys):
            self._shelves[key].add(routing.story.id)
        return Rehearsed(assessment, reason_of(decision, routing), routing)

    def _kept(self, keys: Sequence[str], hints: Sequence[str]) -> Iterator[Story]:
        """Yield the stories under the keys; a hint that a crowd of them shares is none."""
        for key in keys:
            if key not in hints or len(self._shelves[key]) <= CROWD:
                yield from (self._stories[story] for story in self._shelves[key])
