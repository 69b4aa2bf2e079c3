"""A FeedStore in memory: for tests, and for trying a feed without Redis."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from monitor.model import Admission, Candidate, FeedState, Item, Reason


class MemoryFeedStore:
    """Satisfies `monitor.wire.ports.FeedStore` for one process's life.

    `queued` are the items that were announced, in order.
    """

    def __init__(self) -> None:
        self.queued: list[Item] = []
        self._states: dict[str, FeedState] = {}
        self._seen: dict[tuple[str, str], str] = {}

    async def feed_state(self, feed: str) -> FeedState:
        """Return what is kept of a feed; a NEW state for one never polled."""
        return self._states.get(feed, FeedState(feed))

    async def save_feed_state(self, state: FeedState) -> None:
        """Keep the state."""
        self._states[state.feed] = state

    async def admit(self, candidates: Sequence[Candidate]) -> Sequence[Admission]:
        """Mark every candidate as seen and queue the new ones."""
        return [self._admit(candidate) for candidate in candidates]

    def _admit(self, candidate: Candidate) -> Admission:
        item = candidate.item
        told = blake2b(f"{item.title}\n{item.text}".encode(), digest_size=16).hexdigest()
        if (known := self._seen.get(("fingerprint", told))) is not None:
            return Admission(Reason.DUPLICATE, known, "fingerprint")
        name = str(len(self._seen))
        self._seen["fingerprint", told] = name
        if not candidate.announce:
            return Admission(Reason.TOO_OLD, name)
        self.queued.append(item)
        return Admission(Reason.ANNOUNCED, name)
