"""What polling needs: the state of each feed, and the admission of items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from monitor.model import Admission, Candidate, FeedState, Item, Reason
from monitor.store.codec import FEED_STATE, ITEM
from monitor.store.connection import Argument, Connection
from monitor.store.errors import UnreadableRecordError
from monitor.store.keys import Keys
from monitor.store.records import Retention
from monitor.story.identity import identities

# Lua hands out the keys of a batch at once; its stack bears 8,000. Three keys a candidate.
BATCH = 500

IDENTITY = {"g": "guid", "l": "link", "f": "fingerprint"}


class Feeds:
    """Remembers feeds and admits items (`monitor.wire.ports.FeedStore`)."""

    def __init__(self, connection: Connection, keys: Keys, retention: Retention) -> None:
        self._connection = connection
        self._keys = keys
        self._seen = int(retention.seen / timedelta(seconds=1))

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

    async def admit(self, candidates: Sequence[Candidate]) -> Sequence[Admission]:
        """Mark every candidate as seen and queue the new ones, atomically; in the order given.

        A seen fingerprint makes it a duplicate, from whichever feed. A seen guid or link with an unseen
        fingerprint is a revision and is queued; with no fingerprint (too little text) it is a duplicate.
        Every sighting prolongs the memory of all identities of the item. When the reply was lost and the
        batch was sent again, an item that was queued is reported as a duplicate of itself; it is queued once.
        """
        admissions: list[Admission] = []
        rest = iter(candidates)
        while batch := list(islice(rest, BATCH)):
            keys: list[Argument] = [self._keys.items, self._keys.counters]
            args: list[Argument] = [self._seen]
            for candidate in batch:
                kinds, names = self._identity_keys(candidate.item)
                keys += names
                args += (kinds, int(candidate.announce), ITEM.encode(candidate.item))
            admissions += map(_admission, await self._connection.run("admit", keys, args))
        return admissions

    def _identity_keys(self, item: Item) -> tuple[str, Iterator[bytes]]:
        found = identities(item)
        keys = {"g": self._keys.guid + found.guid}
        if found.link is not None:
            keys["l"] = self._keys.link + found.link
        if found.fingerprint is not None:
            keys["f"] = self._keys.fingerprint + found.fingerprint
        return "".join(keys), iter(keys.values())


def _state(feed: str, data: bytes | None) -> FeedState:
    """Read a feed's state; one that cannot be read costs one poll of the whole feed, no more."""
    if data is None:
        return FeedState(feed)
    try:
        return FEED_STATE.decode(data)
    except UnreadableRecordError:
        return FeedState(feed)


def _admission(reply: bytes) -> Admission:
    verdict, item = chr(reply[0]), reply[1:].decode()
    if verdict == "q":
        return Admission(Reason.ANNOUNCED, item)
    if verdict == "o":
        return Admission(Reason.TOO_OLD, item)
    return Admission(Reason.DUPLICATE, item, IDENTITY[verdict])
