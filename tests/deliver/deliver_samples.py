"""Alerts to deliver, and a clock whose seconds are milliseconds."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.deliver.memory import MemoryOutbox
from monitor.deliver.policy import Policy
from monitor.model import Alert, Card, Change, ChangeKind, Digest, Notice, Quote, Tally

SENTENCE = "The company will reduce its workforce by about 500 positions, or 8 percent, it said."
POLICY = Policy(
    serve=timedelta(seconds=1000),
    lease=timedelta(seconds=1000),
    settle=timedelta(seconds=150),
    ops="C0OPS0000",
)


_NUMBER = SENTENCE.index("about 500")
CARD = Card(
    who="Acme Corp. (NYSE: ACME)",
    how_many="about 500 jobs",
    where="Rochester, NY",
    what="planned layoff",
    quote=Quote(SENTENCE, ((_NUMBER, _NUMBER + len("about 500")),)),
    source="PR Newswire",
    published=datetime(2026, 3, 2, 14, 5, tzinfo=UTC),
    link="https://example.com/acme?id=1&x=2",
)
DIGEST = Digest(
    "2 stories, 750 jobs",
    (CARD, replace(CARD, who="Ford", how_many="250 jobs", link="")),
    days=(Tally("2026-03-02", 1, 500), Tally("2026-03-03", 0, 0), Tally("2026-03-04", 1, 250)),
    companies=(Tally("Acme Corp.", 1, 500), Tally("Ford", 1, 250)),
    regions=(Tally("New York, US", 2, 750),),
    watchlists=("everything",),
    mention="here",
)


def alert(identity: str, channel: str = "C0LAYOFFS", card: Card = CARD) -> Alert:
    return Alert(identity, f"story-{identity}", 1, channel, card, datetime(2026, 3, 2, 14, 6, tzinfo=UTC))


def update(identity: str, replaces: str, revision: int = 2, channel: str = "C0LAYOFFS") -> Alert:
    change = Change(ChangeKind.HEADCOUNT, "about 500", "about 650")
    card = replace(CARD, how_many="about 650 jobs", changes=(change,))
    admitted = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    return Alert(identity, f"story-{replaces}", revision, channel, card, admitted, replaces)


def notice(key: str, text: str) -> Alert:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return Alert(f"notice {key}", "", 0, POLICY.ops, Notice(text, key), at)


class OutboxOps:
    """Tells ops by way of the outbox, each key once."""

    def __init__(self, outbox: MemoryOutbox) -> None:
        self.told: dict[str, str] = {}
        self._outbox = outbox

    async def tell(self, key: str, text: str) -> None:
        if key not in self.told:
            self.told[key] = text
            self._outbox.put(notice(key, text))


class FastClock:
    """Runs a thousand times as fast as the wall's."""

    speed = 1000.0

    def __init__(self) -> None:
        self._begin = time.monotonic()
        self._epoch = datetime(2023, 11, 14, 22, 0, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._epoch + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return (time.monotonic() - self._begin) * self.speed

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(seconds / self.speed)
