"""What polling needs of a store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from monitor.model import Admission, Candidate, FeedState


class FeedStore(Protocol):
    """Remembers feeds and admits items."""

    async def feed_state(self, feed: str) -> FeedState:
        """Return what is kept of a feed; a NEW state for one never polled."""
        ...

    async def admit(self, candidates: Sequence[Candidate]) -> Sequence[Admission]:
        """Mark every candidate as seen and queue the new ones, each atomically; in the order given.

        An item whose guid or link was seen but whose fingerprint was not is a revision and is queued.
        """
        ...

    async def save_feed_state(self, state: FeedState) -> None:
        """Keep the state. Called after `admit`, so that a crash in between only polls again."""
        ...
