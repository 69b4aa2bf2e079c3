"""What polling needs of a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from monitor.model import Admission, Candidate, Claim, FeedState, Limit, Slot


class FeedStore(Protocol):
    """Knows when which feed is due, lets each be polled by one poller at a time, and keeps what was found."""

    async def feed_states(self) -> Mapping[str, FeedState]:
        """Return what is kept of every feed, by its id."""
        ...

    async def enrol(self, slots: Mapping[Slot, timedelta], *, anyway: bool = False) -> None:
        """Put feeds on the schedule, each due after some time.

        Those that are on it stay as they are, unless `anyway`; one that is being polled does in any case.
        """
        ...

    async def drop(self, slot: Slot) -> None:
        """Take a feed off the schedule."""
        ...

    async def claim(self, most: int, limits: Mapping[str, Limit]) -> tuple[Sequence[Claim], timedelta | None]:
        """Claim up to `most` feeds that are due and whose hosts have room; say when the next is due.

        A claim is nobody else's for a while, and must be renewed if the poll takes longer.
        """
        ...

    async def renew(self, claims: Iterable[Claim]) -> None:
        """Prolong claims."""
        ...

    async def known_entries(self, feed: str) -> tuple[str, ...]:
        """Return the hashes of the entries of a feed's last body, in its order."""
        ...

    async def admit(self, candidates: Sequence[Candidate]) -> Sequence[Admission]:
        """Mark every candidate as seen and queue the new ones, each atomically; in the order given.

        An item whose guid or link was seen but whose fingerprint was not is a revision and is queued.
        """
        ...

    async def save(
        self,
        claim: Claim,
        state: FeedState,
        wait: timedelta | None,
        *,
        entries: Sequence[str] | None = None,
        gap: bool = False,
        foreign: int = 0,
    ) -> bool:
        """Keep what a poll found, and when the feed is due again (None: never); count what is to be counted.

        Called after `admit`, so that a crash in between only polls again. False if somebody else has claimed
        the feed since: then nothing is kept.
        """
        ...
