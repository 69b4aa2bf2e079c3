"""Mutes: put in force, ended, and told of when they are over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from rich.table import Table

from monitor.alert.mutes import ended
from monitor.alert.notices import notice
from monitor.app.reader import headline
from monitor.model import MendableError, Mute, Muted, MuteEvent, MuteKind
from monitor.rules.language import RuleFile
from monitor.store import Store


class Ops(Protocol):
    """Tells the people who run the monitor."""

    async def tell(self, key: str, text: str) -> None:
        """Say a line of plain text, once for each key."""


class MuteError(MendableError):
    """A mute that cannot be; the message says what to write instead."""


async def put(
    store: Store,
    kind: MuteKind,
    value: str,
    until: datetime,
    author: str,
    reason: str,
    rules: Iterable[RuleFile],
) -> Mute:
    """Put a mute in force and return it.

    Raises:
        MuteError: no such rule or story.
    """
    label = ""
    if kind is MuteKind.RULE:
        known = sorted({rule.id for file in rules for rule in file.rules})
        if value not in known:
            raise MuteError(f"there is no rule '{value}' — one of: {', '.join(known)}")
    if kind is MuteKind.STORY:
        story = await store.story(value)
        if story is None:
            raise MuteError(
                f"no story {value} is kept — 'newswire-monitor explain ITEM' names an item's story"
            )
        label = headline(story)
    mute = Mute(kind, value, until, author, reason, label)
    await store.mutes.add(mute)
    return mute


async def end(store: Store, mute: str, by: str, ops: str, now: datetime) -> Muted:
    """End the mute of this id, tell the channel `ops` (if any) what it hid, and return that.

    Raises:
        MuteError: there is no such mute.
    """
    found = next((one for one in await store.mutes.all() if one.id == mute), None)
    if found is None:
        raise MuteError(f"there is no mute {mute} — 'newswire-monitor mutes list' shows those in force")
    muted = await store.mutes.hidden(found)
    if ops:
        await store.house.queue(notice(_key(found), f"{ended(muted)} {by} ended it.", ops, now))
    await store.mutes.end(found, by)
    return muted


async def sweep(store: Store, ops: Ops, now: datetime) -> None:
    """Take the mutes out of force whose time is over, and tell ops what each hid."""
    for mute in await store.mutes.all():
        if mute.until > now:
            return
        # Told first: a crash in between tells again what a key is told once.
        await ops.tell(_key(mute), ended(await store.mutes.hidden(mute)))
        await store.mutes.end(mute)


def _key(mute: Mute) -> str:
    return f"mute {mute.id}"


def mute_table(mutes: Sequence[Muted], now: datetime) -> Table:
    """Return the mutes in force as a table."""
    table = Table("id", "what", "until", "by", "reason", "hidden so far", box=None, pad_edge=False)
    for muted in mutes:
        mute = muted.mute
        over = " (over)" if mute.until <= now else ""
        what = f"{mute.kind} {mute.label or mute.value}"
        until = f"{mute.until:%Y-%m-%d %H:%M %Z}{over}"
        table.add_row(mute.id, what, until, mute.author, mute.reason, str(len(muted.hidden)))
    return table


def event_table(events: Sequence[MuteEvent]) -> Table:
    """Return the audit as a table."""
    table = Table("when", "what was done", "by", "mute", "hidden", box=None, pad_edge=False)
    for event in events:
        when = f"{event.at:%Y-%m-%d %H:%M:%S}"
        table.add_row(when, event.action.replace("_", " "), event.by, str(event.mute), str(event.hidden))
    return table
