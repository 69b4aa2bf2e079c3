"""What is said in a channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic

from typing_extensions import TypeVar

from monitor.model.stories import Change


class How(StrEnum):
    """How a change is told where the story was told before, from the quietest to the loudest.

    Save for NOTHING the first message is edited to the present state; REPLY says in its thread what is
    different, POST in a message of its own.
    """

    NOTHING = "nothing"
    EDIT = "edit"
    REPLY = "reply"
    POST = "post"


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
class Notice:
    """A line for the people who run the monitor. A `key` is told once in a channel."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of the numbers: a day, a company or a region, its stories, and the jobs that they state."""

    name: str
    stories: int
    jobs: int


@dataclass(frozen=True, slots=True)
class Digest:
    """Stories told together. `days` are all from the first to the last, the others the largest few.

    A story that states no number counts as a story and adds no jobs.
    """

    title: str
    cards: tuple[Card, ...]
    days: tuple[Tally, ...] = ()
    companies: tuple[Tally, ...] = ()
    regions: tuple[Tally, ...] = ()
    watchlists: tuple[str, ...] = ()
    mention: str = ""


Said = TypeVar("Said", bound=Card | Notice | Digest, default=Card | Notice | Digest, covariant=True)


@dataclass(frozen=True, slots=True)
class Alert(Generic[Said]):
    """What goes to one channel, once: a revision of a story (`Alert[Card]`), or a notice or digest, of none.

    `id` is a hash of (story, revision, channel), of (key, channel), or of a channel and what is held for it.

    `replaces` is the id of the alert whose message shows the story in this channel, when this one updates it
    in the manner of `how`. `due` is until when a digest or quiet hours hold it; None: it goes at once.
    """

    id: str
    story: str
    revision: int
    channel: str
    card: Said
    admitted: datetime
    replaces: str | None = None
    due: datetime | None = None
    how: How = How.REPLY
