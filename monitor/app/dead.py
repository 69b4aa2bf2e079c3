"""Dead letters for people: what could not be processed, why, and sending it on its way again."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table
from rich.text import Text

from monitor.store import DeadLetter, Store, StoreError

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of a letter: its new id in the stream, or why it stays or is gone."""

    letter: str
    entry: str
    problem: str = ""


async def replay(store: Store, letters: Sequence[str]) -> list[Replayed]:
    """Put letters back where they came from; one that cannot be is named and stays."""
    return [await _replay(store, letter) for letter in letters]


async def replay_all(store: Store) -> list[Replayed]:
    """Put all letters back, the oldest first."""
    return await replay(store, [letter.id async for letter in oldest_first(store)])


async def oldest_first(store: Store) -> AsyncIterator[DeadLetter]:
    """Yield every dead letter there is now."""
    count = (await store.house.status()).dead
    for letter in reversed(await store.dead.newest(count) if count else ()):
        yield letter


async def _replay(store: Store, letter: str) -> Replayed:
    try:
        entry = await store.dead.replay(letter)
    except StoreError as error:
        return Replayed(letter, "", str(error))
    return Replayed(letter, entry or "", "" if entry else "there is no such letter, or it was sent meanwhile")


def record(letter: DeadLetter) -> dict[str, Any]:
    """Return a letter as the JSON object that `dead --json` prints."""
    return {
        "id": letter.id,
        "origin": letter.origin,
        "entry": letter.entry,
        "reason": letter.reason,
        "at": letter.at.isoformat(),
        "about": about(letter),
        "payload": _payload(letter),
    }


def table(letters: Iterable[DeadLetter]) -> Table:
    """Return the letters as a table for people."""
    shown = Table("id", "died", "what", "about", "reason")
    for letter in letters:
        cells = (letter.id, f"{letter.at:%Y-%m-%d %H:%M}", letter.origin, about(letter), letter.reason)
        shown.add_row(*map(Text, cells))
    return shown


def about(letter: DeadLetter) -> str:
    """Return what a letter is about: an item's feed and title, an alert's channel and what it says."""
    found = _payload(letter)
    if not isinstance(found, dict):
        return ""
    body = found.get(letter.origin.removesuffix("s"))
    body = body if isinstance(body, dict) else {}
    said = body.get("card")
    said = said if isinstance(said, dict) else {}
    parts = (body.get("feed"), body.get("title"), body.get("channel"), said.get("who"), said.get("text"))
    return " · ".join(part for part in parts if isinstance(part, str) and part)[:200]


def _payload(letter: DeadLetter) -> Any:
    """Return the stored record, as text where it is no JSON."""
    text = letter.payload.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except ValueError:
        return text
