"""What polling needs: the state of each feed, and the admission of items."""

from __future__ import annotations

from monitor.model import FeedState
from monitor.store.admission import Admissions
from monitor.store.codec import FEED_STATE
from monitor.store.errors import UnreadableRecordError


class Feeds(Admissions):
    """Remembers feeds and admits items (`monitor.wire.ports.FeedStore`)."""

    async def feed_state(self, feed: str) -> FeedState:
        """Return what is kept of a feed; a NEW state for one never polled, or kept by another version."""
        data = await self._connection.call("HGET", self._keys.feeds, feed)
        return _state(feed, data)

    async def feed_states(self) -> dict[str, FeedState]:
        """Return what is kept of every feed, by its id."""
        data = await self._connection.call("HGETALL", self._keys.feeds)
        return {feed.decode(): _state(feed.decode(), state) for feed, state in data.items()}

    async def save_feed_state(self, state: FeedState) -> None:
        """Keep the state. Call it after `admit`, so that a crash in between only polls again."""
        await self._connection.call("HSET", self._keys.feeds, state.feed, FEED_STATE.encode(state))


def _state(feed: str, data: bytes | None) -> FeedState:
    """Read a feed's state; one that cannot be read costs one poll of the whole feed, no more."""
    if data is None:
        return FeedState(feed)
    try:
        return FEED_STATE.decode(data)
    except UnreadableRecordError:
        return FeedState(feed)
