"""Whether a poll joins on to the one before, or something may have come and gone unseen in between. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.model import FeedState, Item, Span

KEPT = 20


def joins(
    before: Sequence[str], entries: Sequence[str], repeated: Collection[Item], newest: datetime | None
) -> bool:
    """Tell whether a body reaches back to what the last poll saw.

    The newest entries of the last poll follow right on the new ones where nothing is missing. One that stays
    at its place whatever comes (a pinned notice) proves nothing.

    Args:
        before: Hashes of the entries of the last body, in its order.
        entries: Those of this one; new ones are those that are not in `before`.
        repeated: Items that were parsed and turned out to be known: their bytes had changed, or another feed
            had them first.
        newest: When the newest entry that the last poll saw was published.
    """
    if not before or not entries:
        return True
    if any(item.published is None or newest is None or item.published <= newest for item in repeated):
        return True
    rank = {name: number / len(before) for number, name in enumerate(before)}
    kept = [(at, rank[name]) for at, name in enumerate(entries) if name in rank]
    new = [at for at, name in enumerate(entries) if name not in rank]
    if not new or len(kept) >= len(entries) / 2:
        return True
    newest_first = any(at > new[-1] and place < 0.5 for at, place in kept)
    oldest_first = any(at < new[0] and place >= 0.5 for at, place in kept)
    return newest_first or (oldest_first and len(before) > 1)


def gap_between(state: FeedState, items: Collection[Item], now: datetime) -> Span:
    """Return the time of which a feed may hold things unseen, when a poll does not join on to the last.

    From the newest entry that the last poll saw to the oldest of this one, by their dates where they make
    sense, else from poll to poll.
    """
    last = state.last_success or now
    start = min(state.newest or last, last)
    dates = [item.published for item in items if item.published is not None]
    end = min(dates, default=now)
    return Span(start, end) if start <= end <= now else Span(last, now)


def with_gap(state: FeedState, gap: Span) -> FeedState:
    """Return the state with one more gap; of many, the latest are kept and the span before them is let go."""
    gaps = (*state.gaps, gap)
    dropped = gaps[:-KEPT]
    since = dropped[-1].end if dropped else state.covered_since
    return replace(state, gaps=gaps[-KEPT:], gap_count=state.gap_count + 1, covered_since=since)


def newest_of(newest: datetime | None, items: Collection[Item], now: datetime) -> datetime | None:
    """Return when the newest entry seen so far was published; dates in the future count for nothing."""
    dates = [item.published for item in items if item.published is not None and item.published <= now]
    return max([*dates, *([newest] if newest else [])], default=None)
