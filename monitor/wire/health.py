"""How a feed is, seen from outside, and what ops should be told of it. Pure: time comes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model import FeedState, FeedStatus
from monitor.wire.feeds import Feed

# So many intervals without a poll that gave anything, and no less than this, make a feed stale.
STALE_INTERVALS = 5
STALE_AFTER = timedelta(minutes=10)
# Feeds with fewer entries may well have the same.
ALIKE_FROM = 5


@dataclass(frozen=True, slots=True)
class Health:
    """A feed's status, and the reason in one line for people; empty when all is well."""

    status: FeedStatus
    reason: str = ""


def health(feed: Feed, state: FeedState, now: datetime, *, alike: str = "") -> Health:
    """Return how a feed is.

    Args:
        feed: Its settings.
        state: What its polls left.
        now: Aware.
        alike: Another feed with the very same entries, if there is one: see `aliases`.
    """
    if state.status is FeedStatus.GONE:
        return Health(state.status, state.note)
    if is_stale(feed, state, now):
        since = f"since {state.last_success:%Y-%m-%d %H:%M} UTC" if state.last_success else "ever"
        return Health(
            FeedStatus.STALE, f"no poll gave anything {since}" + (f": {state.note}" if state.note else "")
        )
    if alike and state.status in (FeedStatus.OK, FeedStatus.UNCHANGED):
        return Health(FeedStatus.ALIAS, f"it has the same entries as {alike}: is its address right?")
    return Health(state.status, state.note)


def is_stale(feed: Feed, state: FeedState, now: datetime) -> bool:
    """Tell whether a feed has gone without a good poll for too long, whether or not polls were made."""
    if state.last_attempt is None:
        return False  # never polled: there is no telling since when it should have been
    interval = max(state.interval, feed.interval.at_least, state.asks)
    patience = max(interval * STALE_INTERVALS, STALE_AFTER)
    if state.status is FeedStatus.THROTTLED and state.not_before is not None:
        patience += max(state.not_before - state.last_attempt, timedelta(0))  # the host asked for that
    if state.last_success is None:
        return state.failures >= STALE_INTERVALS
    return now - state.last_success > patience


def aliases(feeds: Iterable[Feed], states: Mapping[str, FeedState]) -> dict[str, str]:
    """Return which feeds have the very same entries as one before them, and which that is."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for feed in feeds:
        state = states.get(feed.id)
        if state is None or not state.edition or state.depth < ALIKE_FROM:
            continue
        if (other := first.setdefault(state.edition, feed.id)) != feed.id:
            found[feed.id] = other
    return found


def notices(feed: Feed, state: FeedState, found: Health) -> Iterator[tuple[str, str]]:
    """Yield what ops should be told: a key, the same for the same event, and one line."""
    name = f"{feed.id} ({feed.wire})"
    if state.gaps:
        gap = state.gaps[-1]
        yield (
            f"gap {feed.id} {gap.start.isoformat()}",
            f"Feed {name} has a gap: items from {gap.start:%Y-%m-%d %H:%M} to {gap.end:%Y-%m-%d %H:%M} UTC"
            " may have been missed. If that happens again, let its interval be shorter.",
        )
    if state.moved_to:
        yield f"moved {feed.id} {state.moved_to}", f"Feed {name} has moved for good to {state.moved_to}."
    match found.status:
        case FeedStatus.GONE:
            yield f"gone {feed.id} {state.settings}", f"Feed {name} is polled no more: {found.reason}."
        case FeedStatus.STALE:
            since = state.last_success.isoformat() if state.last_success else "ever"
            yield f"stale {feed.id} {since}", f"Feed {name} is stale: {found.reason}."
        case FeedStatus.WRONG_FEED | FeedStatus.ALIAS | FeedStatus.CAPTCHA:
            yield (
                f"{found.status} {feed.id} {found.reason}",
                f"Feed {name} may not be what it should: {found.reason}.",
            )
