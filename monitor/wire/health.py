"""How a feed is, seen from outside, and what ops should be told of it. Pure: time comes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model import FeedState, FeedStatus
from monitor.wire.feeds import Feed

# So many intervals without a poll that gave anything, and no less than this, make a feed stale.
STALE_INTERVALS = 5
STALE_AFTER = timedelta(minutes=10)
# Feeds with fewer entries may well have the same; of more, this share makes two feeds one.
ALIKE_FROM = 5
ALIKE_SHARE = 0.8


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
        alike: Another feed with the same entries, if there is one: see `aliases`.
    """
    if state.status is FeedStatus.GONE:
        return Health(state.status, state.note)
    if is_stale(feed, state, now):
        since = f"since {state.last_success:%Y-%m-%d %H:%M} UTC" if state.last_success else "ever"
        return Health(
            FeedStatus.STALE, f"no poll gave anything {since}" + (f": {state.note}" if state.note else "")
        )
    if alike and state.status in (FeedStatus.OK, FeedStatus.UNCHANGED):
        return Health(FeedStatus.ALIAS, f"it has the same entries as {alike}: check its address")
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


def aliases(feeds: Iterable[Feed], entries: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return which feeds hold the entries of one before them, and which that is.

    A busy feed goes on between two polls, so most entries of both will do; a feed on one topic holds entries
    of the wire's whole feed, but each of the two has more of its own.

    Args:
        feeds: In the order of the configuration.
        entries: The hashes of the entries of each feed's last body.
    """
    holders: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for feed in feeds:
        mine = set(entries.get(feed.id, ()))
        if len(mine) < ALIKE_FROM:
            continue
        shared = Counter(other for entry in mine for other in holders.get(entry, ()))
        alike = [
            other
            for other, count in shared.items()
            if count >= ALIKE_SHARE * max(len(mine), len(set(entries[other])))
        ]
        if alike:
            found[feed.id] = max(alike, key=shared.__getitem__)
            continue  # the next one is told of the first
        for entry in mine:
            holders.setdefault(entry, []).append(feed.id)
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
