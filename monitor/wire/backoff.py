"""When to poll next. Pure: time and chance come in."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.wire.errors import FeedError, Retry

_LONGEST = {Retry.SOON: timedelta(minutes=15), Retry.LATE: timedelta(hours=6), Retry.NEVER: timedelta(days=7)}
_LONGEST_WAIT = timedelta(days=1)
_JITTER = 0.25
_DOUBLINGS = 16


def next_attempt(
    error: FeedError, *, failures: int, interval: timedelta, now: datetime, chance: float
) -> datetime:
    """Return when a feed that failed may be polled again.

    Args:
        error: How it failed; `retry` chooses the ceiling: 15 minutes, 6 hours, or a week where only ops can
            help. A host that says how long to wait is obeyed, up to a day.
        failures: Polls in a row that failed, this one included.
        interval: The feed's own; no retry comes sooner.
        now: Aware.
        chance: In [0, 1), chosen at random; spreads the retries of feeds that failed together.
    """
    if error.wait is not None:
        wait = min(max(error.wait, interval), _LONGEST_WAIT)
    elif error.retry is Retry.NEVER:
        wait = _LONGEST[error.retry]
    else:
        doubled = interval * 2 ** min(failures - 1, _DOUBLINGS)
        wait = max(interval, min(doubled, _LONGEST[error.retry]))
    return now + wait * (1 + _JITTER * chance)
