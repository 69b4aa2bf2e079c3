"""What is said of a story in a channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.model.stories import Change


@dataclass(frozen=True, slots=True)
class Quote:
    """The proving sentence and the spans in it (offsets into `text`) that are set in bold."""

    text: str
    bold: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What an alert says, in plain text of no channel's markup. Empty string: nothing to say there."""

    who: str
    how_many: str
    where: str
    what: str
    quote: Quote
    source: str
    published: datetime | None
    link: str
    changes: tuple[Change, ...] = ()
    watchlists: tuple[str, ...] = ()
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """One revision of a story for one channel. `id` is a hash of (story, revision, channel).

    `replaces` is the id of the story's first alert in this channel when this one updates it. `due` is until
    when a digest or quiet hours hold it; None: it goes at once.
    """

    id: str
    story: str
    revision: int
    channel: str
    card: Card
    admitted: datetime
    replaces: str | None = None
    due: datetime | None = None
