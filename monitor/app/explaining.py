"""`explain`: what the rules, the extraction and the watchlists make of an item, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import RenderableType

from monitor.alert.watchlists import WatchlistFile
from monitor.app.pretty import weighed_table
from monitor.app.routing import Routed, record, rendered, routed
from monitor.app.rulebook import compiled
from monitor.app.running import running_store
from monitor.app.settings import Settings
from monitor.extract.gazetteer import Gazetteer, load_gazetteer
from monitor.extract.weighing import Weighed, weigh
from monitor.model import LAYOFFS, Item
from monitor.rules import Classifier
from monitor.rules.explaining import Explanation, explain
from monitor.rules.rendering import render_explanation
from monitor.rules.zones import read_document
from monitor.store import StoreRefusedError

_STREAM_ID = re.compile(r"\d{13}-\d+")


async def stored_item(what: str, settings: Settings, environ: Mapping[str, str]) -> Item | None:
    """Return the item of this stream id, with its article if that was read; None if `what` is no such id.

    Looks at REDIS_URL, else into the data folder: into that of a running monitor too.

    Raises:
        StoreRefusedError: no such item is kept.
        NoMonitorError: no monitor can be asked.
    """
    if not _STREAM_ID.fullmatch(what):
        return None
    async with running_store(settings, environ) as store:
        item = await store.item(what)
        if item is None:
            raise StoreRefusedError(f"no item {what} is kept any more: give its text or a file")
        return await store.as_read(item, await store.decision(what))


@dataclass(frozen=True, slots=True)
class Explained:
    """All that is made of one item. `facts` are the candidates for each fact of an announcement."""

    routed: Routed
    explanations: tuple[Explanation, ...]
    facts: tuple[Weighed, ...]

    @property
    def rendered(self) -> list[RenderableType]:
        """What to show to people, part by part."""
        rules = [render_explanation(explanation) for explanation in self.explanations]
        facts = [weighed_table(self.facts)] if self.facts else []
        return [*rules, *facts, rendered(self.routed)]

    @property
    def record(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            **record(self.routed),
            "rules": [asdict(explanation) for explanation in self.explanations],
            "facts": [asdict(fact) for fact in self.facts],
        }


def explained(items: Iterable[tuple[str, Item]], settings: Settings) -> Iterator[Explained]:
    """Yield what is made of each named item, each told as if it were the first of its story."""
    classifier, gazetteer = compiled(settings.rules), load_gazetteer()
    for name, item in items:
        yield explained_by(classifier, gazetteer, settings.watchlists, name, item)


def explained_by(
    classifier: Classifier, gazetteer: Gazetteer, watchlists: Sequence[WatchlistFile], name: str, item: Item
) -> Explained:
    """Return what these rules and watchlists make of an item, as if it were the first of its story."""
    document = read_document(item.title, item.text)
    found = routed(name, item, classifier, gazetteer, watchlists)
    day = (item.published or item.seen).date()
    explanations = explain(classifier, document)
    cuts = any(one.verdict.announced and one.verdict.rule_set == LAYOFFS for one in explanations)
    facts = tuple(weigh(document, gazetteer, published=day)) if cuts else ()
    return Explained(found, explanations, facts)
