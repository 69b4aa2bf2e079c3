"""Records for the store's tests, each different from the next only where it matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.model import (
    Alert,
    Candidate,
    Card,
    Evidence,
    Item,
    Kind,
    Layoff,
    Quote,
    Reason,
    Source,
    Stage,
    Story,
)
from monitor.store import Decision

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
AT_ONCE = timedelta(0)
DECIDED = Decision(Reason.ANNOUNCED, "feed", "Acme cuts 73 jobs", "https://example.com/1")


def item(
    number: int,
    *,
    feed: str = "feed",
    guid: str = "",
    text: str | None = None,
    link: str = "",
    published: datetime = NOON,
) -> Item:
    words = " ".join(
        f"{number}{word}" for word in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta")
    )
    return Item(
        feed=feed,
        wire="wire",
        guid=guid or f"guid-{number}",
        title=f"Acme number {number} cuts jobs",
        text=f"ROCHESTER, N.Y. -- Acme {words} closes its plant {number} and cuts jobs."
        if text is None
        else text,
        link=link or f"https://example.com/{number}",
        published=published,
        seen=NOON,
    )


def candidates(*items: Item, announce: bool = True) -> list[Candidate]:
    return [Candidate(one, announce) for one in items]


def story(identifier: str, *, key: str = "acme", revision: int = 1) -> Story:
    sentence = Evidence(0, 17, "Acme cuts 73 jobs")
    layoff = Layoff(Stage.CONFIRMED, Kind.LAYOFF, None, None, None, (), sentence)
    source = Source("1-0", "feed", "wire", "Acme cuts 73 jobs", "https://example.com/1", NOON, NOON)
    return Story(identifier, key, revision, layoff, (source,), NOON, NOON)


def alert(identifier: str, *, channel: str = "#layoffs") -> Alert:
    card = Card("Acme", "73", "Rochester, NY", "layoff", Quote("Acme cuts 73 jobs.", ()), "wire", NOON, "")
    return Alert(identifier, "story", 1, channel, card, NOON)
