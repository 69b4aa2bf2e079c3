"""`replay`: items of the past through the present rules, and what would be different from then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.app.classify import texts
from monitor.app.reader import headline
from monitor.app.rehearsal import Rehearsal, Rehearsed
from monitor.app.routing import as_item
from monitor.model import Item, MendableError, Reason
from monitor.store import Store
from monitor.web.health import counted
from monitor.wire.errors import NotAFeedError
from monitor.wire.parse import Origin, parse

# What counts as having been taken for an announcement, whether or not anyone was told.
_TAKEN = (Reason.ANNOUNCED, Reason.REPETITION, Reason.MUTED, Reason.NO_WATCHLIST)
# What counts as having been told: a mute of then is none of now.
_TOLD = (Reason.ANNOUNCED, Reason.MUTED)


class NothingToReplayError(MendableError):
    """There is nothing to replay; the message says why."""


@dataclass(frozen=True, slots=True)
class Past:
    """An item of the past. `then` is what was decided of it; None where nothing was, or it is forgotten.

    `continued`: its story had begun before the past that is replayed, so that whether it was news then
    cannot be decided again.
    """

    id: str
    item: Item
    then: Reason | None
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Replayed:
    """An item of the past, what became of it before (None: nothing to compare with), and what would now."""

    past: Past
    before: Reason | None
    now: Rehearsed

    @property
    def told(self) -> bool:
        """Whether somebody would be told now."""
        return self.now.reason in _TOLD

    @property
    def was_told(self) -> bool:
        """Whether somebody was told before."""
        return self.before in _TOLD

    @property
    def differs(self) -> bool:
        """Whether it is taken otherwise than before, or somebody is told who was not, or the reverse."""
        if self.before is None:
            return False
        otherwise = (self.before in _TAKEN) is not (self.now.reason in _TAKEN)
        return otherwise or (not self.past.continued and self.told is not self.was_told)

    @property
    def sign(self) -> str:
        """How a diff would begin its line: "+" is told anew, "-" no longer, "~" differs otherwise."""
        if not self.differs:
            return " "
        return "~" if self.told is self.was_told else "+" if self.told else "-"

    def __str__(self) -> str:
        """Say it in one line: the sign, the item, and what became of it before and now."""
        routing = self.now.routing
        what = headline(routing.story) if routing else self.past.item.title
        channels = ", ".join(alert.channel for alert in self.now.alerts)
        now = _words(self.now.reason) + (f" → {channels}" if channels else "")
        was = f"was {_words(self.before)}, now " if self.before and self.differs else ""
        return f"{self.sign} {self.past.id} {what} ({was}{now})"


def _words(reason: Reason) -> str:
    return reason.value.replace("_", " ")


def replayed(items: Iterable[Past], tried: Rehearsal, before: Rehearsal | None = None) -> Iterator[Replayed]:
    """Yield what would become of each item now.

    Args:
        items: The items of the past, the oldest first.
        tried: Decides by what is tried.
        before: Decides by what to compare with; None compares with what was decided then.
    """
    for past in items:
        was = before.read(past.id, past.item).reason if before else past.then
        yield Replayed(past, was, tried.read(past.id, past.item))


@dataclass(slots=True)
class Sums:
    """How many items were replayed, and what is different about them."""

    items: int = 0
    first: datetime | None = None
    told: int = 0
    were_told: int = 0
    differ: int = 0
    compared: int = 0

    def count(self, one: Replayed) -> None:
        """Count an item in."""
        self.items += 1
        self.first = min(filter(None, (self.first, one.past.item.seen)))
        self.told += one.told
        self.were_told += one.was_told
        self.differ += one.differs
        self.compared += one.before is not None

    def __str__(self) -> str:
        """Say it in one line."""
        since = f" since {self.first:%Y-%m-%d %H:%M} UTC" if self.first else ""
        said = f"{counted(self.items, 'item')}{since}, {self.told:,} alerted"
        if not self.compared:
            return f"{said}; there is nothing to compare with"
        return f"{said} ({self.were_told:,} before), {self.differ:,} differ"


async def stored(store: Store, since: datetime) -> list[Past]:
    """Return the items that were admitted since then and are still kept, with what was decided of each.

    Raises:
        NothingToReplayError: none is kept.
    """
    found = []
    async for name, item in store.items_since(since):
        decision = await store.decision(name)
        item = await store.as_read(item, decision)
        story = await store.story(decision.story) if decision and decision.story else None
        continued = story is not None and story.first_seen < since
        found.append(Past(name, item, decision.reason if decision else None, continued))
    if not found:
        raise NothingToReplayError("no item of that time is kept: see 'keep_items' in monitor.yaml")
    return found


def given(path: Path, warn: Callable[[str], None]) -> list[Past]:
    """Return the items of a file of JSON lines, or of a folder of feed files, these the oldest first.

    Args:
        path: The file or folder.
        warn: Is told of each file of the folder that is no feed, and is passed over.

    Raises:
        UnreadableLineError: a line is no record.
        NothingToReplayError: the path holds no item.
    """
    if path.is_dir():
        files = [file for file in sorted(path.iterdir()) if file.is_file()]
        found = [past for file in files for past in _entries(file, warn)]
        found.sort(key=lambda past: past.item.seen)
    else:
        found = list(_lines(path))
    if not found:
        raise NothingToReplayError(f"{path} holds no item: give JSON lines, or a folder of feed files")
    return found


def _entries(file: Path, warn: Callable[[str], None]) -> Iterator[Past]:
    at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    try:
        items = parse(file.read_bytes(), Origin(file.stem, file.stem, "", at)).items
    except (NotAFeedError, OSError) as error:
        warn(f"{file} is passed over: {error}")
        return
    for item in items:
        # As if each had been seen when it was published: so they come in their order, a story's days apart.
        yield Past(f"{file.name}: {item.guid}", replace(item, seen=item.published or at), None)


def _lines(path: Path) -> Iterator[Past]:
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise NothingToReplayError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NothingToReplayError(f"{path} is no UTF-8 text: give JSON lines") from error
    for text in texts(content, str(path)):
        yield Past(text.id, as_item(text, datetime.now(UTC)), None)
