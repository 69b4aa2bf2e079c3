"""The history of a story: its revisions and its sources, each kept to a bound.

Nothing here decides what is news; see `monitor.story.changes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.model import Change, Revision, Source, Story

MOST_REVISIONS = 50
"""Beyond this the oldest but the first are forgotten: a story seldom has five."""
MOST_SOURCES = 100
"""Beyond this repetitions on a wire are forgotten: a feed that edits its entries at every poll makes many."""


def noted(story: Story, changes: Sequence[Change], source: Source) -> Story:
    """Return the story in its next revision, with these changes, told by `source`, in its history."""
    step = Revision(story.revision + 1, source.seen, source.item, source.wire, tuple(changes))
    kept = (*story.revisions, step)
    if len(kept) > MOST_REVISIONS:
        kept = (kept[0], *kept[1 - MOST_REVISIONS :])
    return replace(story, revision=step.number, revisions=kept)


def with_source(story: Story, source: Source) -> Story:
    """Return the story with a further source; one that it has is not added again."""
    if any(told.item == source.item for told in story.sources):
        return story
    sources = (*story.sources, source)
    if len(sources) > MOST_SOURCES:
        sources = _without_a_repetition(sources)
    return replace(story, sources=sources)


def _without_a_repetition(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    wires: set[str] = set()
    for place, source in enumerate(sources[:-1]):
        if source.wire in wires:
            return sources[:place] + sources[place + 1 :]
        wires.add(source.wire)
    return sources
