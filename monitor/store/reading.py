"""What reading needs: items to decide on, the stories they may belong to, and one commit for each."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from monitor.model import Alert, Mute, Reason, Story
from monitor.store.codec import ALERT, DECISION, ITEM, STORY
from monitor.store.connection import Argument, Connection
from monitor.store.consumer import Consumer
from monitor.store.dead import DeadLetters
from monitor.store.errors import StoreUnavailableError, UnreadableRecordError
from monitor.store.keys import READERS, Keys
from monitor.store.mutes import Mutes
from monitor.store.records import Decision, Entry, Retention, Snapshot

# An item that was taken up again more often than this has killed its reader each time.
ATTEMPTS = 5
# A hint that more stories share is boilerplate: a release is seldom told as so many stories.
CROWD = 20

NOTHING_READ = Snapshot()


class Reading:
    """The items for one reader, each until it is committed."""

    def __init__(
        self, connection: Connection, keys: Keys, retention: Retention, consumer: Consumer, dead: DeadLetters
    ) -> None:
        self._connection = connection
        self._keys = keys
        self._retention = retention
        self._consumer = consumer
        self._dead = dead
        self.mutes = Mutes(connection, keys)

    async def read_items(self, *, count: int, block: timedelta) -> Sequence[Entry]:
        """Return the next items: this reader's own pending ones, then abandoned ones, then new ones.

        Waits up to `block` (at most 5 s) for new ones; empty when there are none. An item that cannot be
        read goes to the dead letters.
        """
        entries: list[Entry] = []
        for handed in await self._consumer.take(count=count, block=block):
            try:
                entries.append(Entry(handed.entry, ITEM.decode(handed.payload), handed.attempts))
            except UnreadableRecordError as error:
                await self._dead.bury(self._consumer.queue, handed.entry, f"unreadable: {error}")
        return entries

    async def begin(self, entry: Entry) -> bool:
        """Note that work on an item begins that was in hand before.

        False: it was begun too often and never finished, and is in the dead letters now. To have been in the
        hands of readers that were killed is no fault of an item: only what was worked on at a kill may be.
        """
        if entry.attempts == 1:
            return True
        begun = self._keys.begun(entry.id)
        times = await self._connection.call("INCR", begun)
        await self._connection.call("EXPIRE", begun, int(self._retention.items / timedelta(seconds=1)))
        if times <= ATTEMPTS:
            return True
        await self.bury(entry, f"begun {times - 1} times and never finished")
        return False

    async def pause(self, entry: Entry) -> None:
        """Note that work on the item rests, until `begin` is called again."""
        if entry.attempts > 1:
            await self._connection.call("DECR", self._keys.begun(entry.id))

    async def stories(self, keys: Sequence[str], hints: Collection[str] = ()) -> Snapshot:
        """Return the live stories under these story keys, for a decision that `commit` rests on.

        A stored story that cannot be read is left out. Of the keys, `hints` only propose: one that more than
        `CROWD` stories share is no part of the snapshot, and nothing more is kept under it until it expires.
        """
        if not keys:
            return NOTHING_READ
        indexes = [self._keys.stories(key) for key in keys]
        most = [CROWD if key in hints else 0 for key in keys]
        found = await self._connection.run("stories", indexes, [self._keys.story(""), *most])
        shelves = {key: shelf for key, shelf in zip(keys, found, strict=True) if shelf is not None}
        stamps = {key: stamp.decode() for key, (stamp, *_) in shelves.items()}
        # A story that stands under several of the keys comes with each of them.
        records = dict.fromkeys(record for _, *shelf in shelves.values() for record in shelf)
        stories = [(story, record) for record in records if (story := readable(record))]
        digests = {
            story.id: hashlib.sha1(record, usedforsecurity=False).hexdigest() for story, record in stories
        }
        return Snapshot(tuple(story for story, _ in stories), stamps, digests)

    async def commit(
        self,
        entry: Entry,
        decision: Decision,
        *,
        snapshot: Snapshot = NOTHING_READ,
        story: Story | None = None,
        alerts: Sequence[Alert] = (),
        hides: tuple[Mute, str] | None = None,
    ) -> bool:
        """Write the decision, the story and the alerts and acknowledge the item, in one transaction.

        The story is found from then on under its own key and under every key of the snapshot. `hides` is the
        mute that keeps it from being told, and its headline.

        The rules that spoke of an announced item are counted with it.

        Returns False, and has done nothing, when a story under the keys of the snapshot was written since it
        was read: read the stories and decide again. An item that was committed before, by this reader or
        another, stays as it is: that is True. An alert that was ever queued is not queued again; those that
        are due later are held together for their channel and time, one a story, until `Held.release`.
        """
        k, seconds = self._keys, timedelta(seconds=1)
        keep_decision = int(self._retention.decisions / seconds)
        keys: list[Argument] = [k.items, k.alerts, k.held, k.counters, k.decision(entry.id)]
        args: list[Argument] = [READERS, entry.id, decision.reason, DECISION.encode(decision), keep_decision]
        keys += (k.stories(key) for key in snapshot.stamps)
        args += (len(snapshot.stamps), *snapshot.stamps.values())
        args.append(int(story is not None))
        if story is not None:
            keys += (k.story(story.id), k.stories(story.key))
            args += (story.id, snapshot.digests.get(story.id, ""), STORY.encode(story))
            args.append(int(self._retention.stories / seconds))
            mute, headline = hides or (None, "")
            keys += (k.recent, k.changed, k.hidden(mute.id if mute else ""))
            forget = story.last_seen - self._retention.stories
            args += (_milliseconds(story.first_seen), _milliseconds(forget), headline)
        spoke = _spoke(decision)
        args += (len(spoke), *spoke)
        for alert in alerts:
            due = _milliseconds(alert.due) if alert.due else 0
            group = f"{alert.channel} {due}"
            keys += (k.ledger(alert.id), k.held_group(group))
            args += (due, group, alert.story, ALERT.encode(alert))
        try:
            return bool(await self._connection.run("commit", keys, args))
        except StoreUnavailableError:
            self._consumer.recover()
            raise

    async def bury(self, entry: Entry, reason: str) -> None:
        """Move an item that cannot be decided to the dead letters, with the reason, and acknowledge it."""
        await self._dead.bury(self._consumer.queue, entry.id, reason)


def _spoke(decision: Decision) -> tuple[str, ...]:
    """Return the counters of the rules that spoke of an announced item."""
    if decision.reason is not Reason.ANNOUNCED or decision.verdict is None:
        return ()
    verdict = decision.verdict
    return tuple(dict.fromkeys(f"rule.{verdict.rule_set}.{match.rule}" for match in verdict.matches))


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def readable(data: bytes) -> Story | None:
    """Return the stored story; `None` if it cannot be read."""
    try:
        return STORY.decode(data)
    except UnreadableRecordError:
        return None
