"""`replay`: items of the past through the present rules, and what would be different from then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.app.classify import texts
from monitor.app.routing import as_item
from monitor.extract.assessment import Assessment
from monitor.model import Item, MendableError, Reason
from monitor.store import Store
from monitor.wire.parse import Origin, parse

# What counts as having been taken for an announcement, whether or not anyone was told.
_ANNOUNCED = (Reason.ANNOUNCED, Reason.REPETITION, Reason.MUTED, Reason.NO_WATCHLIST)


class NothingToReplayError(MendableError):
    """There is nothing to replay; the message says why."""


@dataclass(frozen=True, slots=True)
class Past:
    """An item of the past. `then` is what was decided of it; None where nothing was, or it is forgotten."""

    id: str
    item: Item
    then: Reason | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """An item of the past, whether it was taken for an announcement before, and what is read from it now."""

    past: Past
    before: bool | None
    now: Assessment

    @property
    def announced(self) -> bool:
        """Whether it is taken for an announcement now."""
        return self.now.layoff is not None

    @property
    def differs(self) -> bool:
        """Whether that is another answer than before."""
        return self.before is not None and self.before is not self.announced


def replayed(
    items: Iterable[Past], read: Callable[[Item], Assessment], before: Callable[[Item], Assessment] | None
) -> Iterator[Replayed]:
    """Yield what is read from each item now.

    Args:
        items: The items of the past.
        read: Reads an item by the rules that are tried.
        before: Reads it by those to compare with; None compares with what was decided then.
    """
    for past in items:
        if before is not None:
            was: bool | None = before(past.item).layoff is not None
        else:
            was = None if past.then is None else past.then in _ANNOUNCED
        yield Replayed(past, was, read(past.item))


async def stored(store: Store, since: datetime) -> list[Past]:
    """Return the items that were admitted since then and are still kept, with what was decided of each.

    Raises:
        NothingToReplayError: none is kept.
    """
    found = []
    async for name, item in store.items_since(since):
        decision = await store.decision(name)
        item = await store.as_read(item, decision)
        found.append(Past(name, item, decision.reason if decision else None))
    if not found:
        raise NothingToReplayError("no item of that time is kept: see 'keep_items' in monitor.yaml")
    return found


def given(path: Path) -> list[Past]:
    """Return the items of a file of JSON lines, or of a folder of feed files.

    Raises:
        UnreadableLineError: a line is no record.
        NothingToReplayError: the path holds no item.
    """
    if path.is_dir():
        found = [past for file in sorted(path.iterdir()) if file.is_file() for past in _entries(file)]
    else:
        found = list(_lines(path))
    if not found:
        raise NothingToReplayError(f"{path} holds no item: give JSON lines, or a folder of feed files")
    return found


def _entries(file: Path) -> Iterator[Past]:
    at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    for item in parse(file.read_bytes(), Origin(file.stem, file.stem, "", at)).items:
        yield Past(f"{file.name}: {item.guid}", item, None)


def _lines(path: Path) -> Iterator[Past]:
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NothingToReplayError(f"{path} cannot be read: {error}") from error
    for text in texts(content, str(path)):
        yield Past(text.id, as_item(text, datetime.now(UTC)), None)
