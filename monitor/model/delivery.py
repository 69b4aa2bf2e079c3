"""What delivery remembers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.alerts import Alert


@dataclass(frozen=True, slots=True)
class Queued:
    """An alert waiting in the outbox; `entry` acknowledges it, `attempts` counts its deliveries so far."""

    entry: str
    alert: Alert
    attempts: int


class LedgerState(StrEnum):
    """What is known of one alert's sending."""

    NEW = "new"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """The ledger's record of one alert. `since` is when sending began; `ts` is Slack's message id.

    `mine` is True when the caller now holds the lease and may send.
    """

    state: LedgerState
    mine: bool
    since: datetime | None = None
    channel: str = ""
    ts: str = ""
    note: str = ""
