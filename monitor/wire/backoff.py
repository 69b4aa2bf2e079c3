"""When to poll next. Pure: time and chance come in."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model import FeedState, FeedStatus
from monitor.wire.errors import FeedError, Retry
from monitor.wire.feeds import Feed

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


def first_wait(
    feed: Feed, state: FeedState, *, now: datetime, spread: timedelta
) -> tuple[timedelta, bool] | None:
    """Return how long to wait for a feed's first poll after a start, and whether that ends an earlier wait.

    A start, or new settings of the feed, end a back-off: ops may just have mended what was wrong. Only a host
    that asked for time gets it in any case, and a feed that is gone for good is not polled again (None).

    Args:
        feed: Its settings.
        state: What is known of it.
        now: Aware.
        spread: What to wait if nothing else holds, so that not all feeds are polled at once.
    """
    changed = state.settings not in ("", feed.settings)
    due = state.not_before
    if state.status is FeedStatus.GONE and not changed:
        return None
    if state.status is FeedStatus.THROTTLED and due is not None and due > now:
        return due - now, True
    if state.failures or changed:
        return spread, True
    return (max(due - now, timedelta(0)) if due else spread), False
