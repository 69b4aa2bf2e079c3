"""How long delivery waits for what, and what it does when nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class OnUnknown(StrEnum):
    """What to do with an unknown outcome where the history may not be read."""

    RESEND = "resend"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Policy:
    """The waits and choices of a deliverer. The defaults suit Slack.

    Attributes:
        serve: How long a deliverer that has stopped without a word keeps the outbox from the others.
        timeout: How long one call of the channel may take.
        every: Pace within a channel; Slack asks for one message a second.
        lease: How long a claim holds. It must exceed three time-outs of the channel plus `settle`, so that
            an attempt whose lease has run out can no longer become a message.
        settle: How long after an unknown outcome a late commit would show in the channel's history.
        limited: How long a 429 holds its channel that does not say for how long.
        backoff: Wait after the first failure in a row; doubled after each further one up to `most_backoff`.
        park: How often a channel that refuses everything is tried again.
        pause: How often a refused account is tried again.
        sweep: How far back a channel's history is read at the start, to rebuild a lost ledger.
        patience: How long an update waits for the message it updates, before it stands alone.
        grace: How long `Deliverer.run` lets sends in flight finish when it is cancelled.
        on_unknown: See `OnUnknown`; a held alert goes to the dead letters, from where it can be replayed.
        ops: Channel where ops read; they are not told there that it is in trouble itself.
    """

    serve: timedelta = timedelta(seconds=15)
    timeout: timedelta = timedelta(seconds=10)
    every: timedelta = timedelta(seconds=1)
    lease: timedelta = timedelta(seconds=90)
    settle: timedelta = timedelta(seconds=20)
    limited: timedelta = timedelta(seconds=30)
    backoff: timedelta = timedelta(seconds=1)
    most_backoff: timedelta = timedelta(seconds=60)
    park: timedelta = timedelta(minutes=5)
    pause: timedelta = timedelta(seconds=60)
    sweep: timedelta = timedelta(hours=24)
    patience: timedelta = timedelta(minutes=10)
    grace: timedelta = timedelta(seconds=4)
    on_unknown: OnUnknown = OnUnknown.RESEND
    ops: str = ""

    def wait(self, failures: int, asked: timedelta | None = None) -> timedelta:
        """Return how long to wait after this many earlier failures in a row, or longer if asked to."""
        wait: timedelta = min(self.backoff * 2 ** min(failures, 10), self.most_backoff)
        return max(wait, asked or timedelta())
