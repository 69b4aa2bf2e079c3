"""What polling needs: the state of each feed, and the admission of items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from monitor.model import Admission, Candidate, FeedState, Item, Reason
from monitor.store.codec import FEED_STATE, ITEM
from monitor.store.connection import Argument, Connection
from monitor.store.errors import UnreadableRecordError
from monitor.store.keys import Keys
from monitor.store.records import Retention
from monitor.story.identity import identities

# The script hands identities to Redis as arguments of one call, at most six a candidate; Lua bears 8,000.
BATCH = 500

IDENTITY = {"g": "guid", "l": "link", "f": "fingerprint"}


class Feeds:
    """Remembers feeds and admits items (`monitor.wire.ports.FeedStore`)."""

    def __init__(self, connection: Connection, keys: Keys, retention: Retention) -> None:
        self._connection = connection
        self._keys = keys
        self._admission_keys = (keys.items, keys.counters, keys.seen, keys.seen_before)
        self._period = int(retention.seen / timedelta(milliseconds=1))

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
            args: list[Argument] = [self._period]
            for candidate in batch:
                args += identity_arguments(candidate.item)
                args.append(ITEM.encode(candidate.item) if candidate.announce else b"")
            admissions += map(_admission, await self._connection.run("admit", self._admission_keys, args))
        return admissions

    async def seen(self, item: Item) -> dict[str, str]:
        """Return by which identities an item is known ("guid", "link", "fingerprint"), and of which item.

        The item is named by its stream id; "" stands for one that was too old at first contact.
        """
        fields = dict.fromkeys(identity_arguments(item))
        known: dict[str, str] = {}
        for key in (self._keys.seen_before, self._keys.seen):
            values = await self._connection.call("HMGET", key, *fields)
            for field, value in zip(fields, values, strict=True):
                if value is not None:
                    known[IDENTITY[chr(field[0])]] = value.decode()
        return known


def identity_arguments(item: Item) -> tuple[bytes, bytes, bytes]:
    """Return guid, link and fingerprint for the script: the guid in place of one that the item has not."""
    found = identities(item)
    guid = b"g" + found.guid
    link = guid if found.link is None else b"l" + found.link
    words = guid if found.fingerprint is None else b"f" + found.fingerprint
    return guid, link, words


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
