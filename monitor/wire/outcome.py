"""What to remember of a poll. Pure: from the state before and what was found to the state after.

A state has many fields and a copy costs 12 µs, so that each way through a poll that is taken often makes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.model import FeedState, FeedStatus, Item
from monitor.wire.backoff import next_attempt
from monitor.wire.coverage import gap_between, joins, newest_of, with_gap
from monitor.wire.delta import MAX_ENTRIES, hash_body
from monitor.wire.errors import BadStatusError, ContentError, FeedError
from monitor.wire.feeds import Feed
from monitor.wire.fetch import Body, Fetched
from monitor.wire.impostor import is_same_title
from monitor.wire.pace import asked_by_host, due_after, next_interval, next_rate
from monitor.wire.read import Reading

# A permanent redirect is followed from the start once it led to the feed so many times in a row: some hosts
# send one now and then that leads to nothing.
MOVES = 3
# Fewer entries than this may well be rewritten by an editor.
_CHURN = 5
# What a 304 does not mend.
_LASTING = frozenset({FeedStatus.WRONG_FEED, FeedStatus.ALIAS})


@dataclass(frozen=True, slots=True)
class Found:
    """A body as it was read. `known` are the hashes of the entries of the body before, in its order.

    `repeated` are the items that turned out to be known although they had to be parsed.
    """

    body: Body
    reading: Reading
    known: Sequence[str] = ()
    repeated: Sequence[Item] = ()

    @property
    def broken(self) -> bool:
        """Whether it breaks off in the middle."""
        return self.reading.broken_off or not self.body.complete

    @property
    def whole(self) -> bool:
        """Whether everything that the feed holds was read."""
        return not self.broken and not self.reading.capped

    @property
    def entries(self) -> tuple[str, ...]:
        """The hashes to know at the next poll: of what is missing in a part, those known before stay."""
        if self.whole:
            return self.reading.entries
        return tuple(dict.fromkeys((*self.reading.entries, *self.known)))[: 4 * MAX_ENTRIES]


def believed(feed: Feed, state: FeedState) -> FeedState:
    """Return what a poll may go by: under other settings than the last poll's, nothing is believed."""
    if state.settings == feed.settings:
        return state
    return replace(
        state,
        settings=feed.settings,
        etag="",
        last_modified="",
        body_hash="",
        title="",
        moved_to="",
        moves=0,
    )


# In the following, `now` is when the poll began, and `chance`, in [0, 1), spreads the polls.


def after_unchanged(feed: Feed, state: FeedState, answer: Fetched, now: datetime, chance: float) -> FeedState:
    """Return the state after a poll that found the feed as it was."""
    lasting = state.status in _LASTING
    body = answer if isinstance(answer, Body) else None
    interval = next_interval(state.interval, feed.interval, fresh=0, depth=state.depth)
    return replace(
        state if body is None else with_move(feed, state, body),
        status=state.status if lasting else FeedStatus.UNCHANGED,
        note=state.note if lasting else "",
        last_attempt=now,
        lag=_lag(state, now),
        not_before=_due(interval, state.asks, answer, now, chance),
        interval=interval,
        rate=next_rate(state.rate, fresh=0, elapsed=now - (state.last_success or now)),
        last_success=now,
        last_body=state.last_body if body is None else now,
        failures=0,
    )


def after_failure(
    feed: Feed, state: FeedState, error: FeedError, now: datetime, chance: float, *, failed_at: datetime
) -> FeedState:
    """Return the state after a poll that gave nothing.

    Validators, hashes and the last success stay: nothing already seen is forgotten. A new address that does
    not do is.
    """
    misled = state.moves >= MOVES and isinstance(error, BadStatusError | ContentError)
    failures, due = state.failures + 1, None
    if error.status is not FeedStatus.GONE:
        interval = max(state.interval, feed.interval.at_least, state.asks)
        due = next_attempt(error, failures=failures, interval=interval, now=failed_at, chance=chance)
    return replace(
        state,
        status=error.status,
        note=str(error),
        last_attempt=now,
        lag=_lag(state, now),
        not_before=due,
        failures=failures,
        moves=0 if misled else state.moves,
    )


def after_reading(feed: Feed, state: FeedState, found: Found, now: datetime, chance: float) -> FeedState:
    """Return the state after a poll whose items were admitted.

    A body that broke off, or held more than was taken, leaves no validators behind, so that the next poll
    fetches it whole. It proves nothing about coverage, and the quiet of first contact lasts on.
    """
    body, reading, whole = found.body, found.reading, found.whole
    status, note = _verdict(feed, state, found)
    if whole and status not in _LASTING and has_gap(state, found):
        state = with_gap(state, gap_between(state, reading.items, now))
        gap = True
        note = _gap_note(state)
    else:
        gap = False
    state = with_move(feed, state, body)
    newest = newest_of(state.newest, reading.items, now)
    first = state.last_success is None
    fresh = len(reading.items) - len(found.repeated)
    depth = len(reading.entries) or len(reading.items)
    elapsed = now - (state.last_success or now)
    asks = state.asks if reading.asks is None else reading.asks
    interval = (
        feed.interval.at_least
        if first
        else next_interval(state.interval, feed.interval, fresh=fresh, depth=depth, gap=gap)
    )
    return replace(
        state,
        status=status,
        last_attempt=now,
        lag=_lag(state, now),
        not_before=_due(interval, asks, body, now, chance),
        note=note or _move_note(feed, state),
        etag=body.etag if whole else "",
        last_modified=body.last_modified if whole else "",
        body_hash=hash_body(body.content) if whole else "",
        title=state.title if reading.title is None or status in _LASTING else reading.title,
        failures=0,
        last_success=now if whole else state.last_success,
        last_body=now if whole else state.last_body,
        asks=asks,
        depth=depth,
        rate=state.rate if first else next_rate(state.rate, fresh=fresh, elapsed=elapsed),
        interval=interval,
        newest=newest,
        covered_since=state.covered_since or state.last_success or _oldest(reading.items, now),
    )


def has_gap(state: FeedState, found: Found) -> bool:
    """Tell whether items may have come and gone unseen since the last poll that showed all of the feed."""
    if state.last_success is None:
        return False
    if not found.reading.entries:  # a body that could not be cut: what was parsed must tell
        return bool(found.reading.items) and not joins(("?",), ("!",), found.repeated, state.newest)
    return not joins(found.known, found.reading.entries, found.repeated, state.newest)


def has_churn(found: Found) -> bool:
    """Tell whether a feed rewrites its entries: most have other bytes than before and are known all the same.

    Guids that are new at every poll, and dates that are those of the build, show so.
    """
    entries, repeated = found.reading.entries, len(found.repeated)
    fresh = len(set(entries).difference(found.known))
    return bool(found.known) and repeated >= _CHURN and 2 * min(fresh, repeated) > len(entries)


def with_move(feed: Feed, state: FeedState, body: Body) -> FeedState:
    """Return the state with where permanent redirects led; only the same site's are remembered."""
    if not body.moved_to or not _is_same_site(feed.url, body.moved_to):
        return replace(state, moved_to=body.moved_to, moves=0)
    return replace(
        state,
        moved_to=body.moved_to,
        moves=min(state.moves + 1, MOVES) if body.moved_to == state.moved_to else 1,
    )


def _due(interval: timedelta, asks: timedelta, answer: Fetched, now: datetime, chance: float) -> datetime:
    return now + due_after(interval, asks=max(asks, asked_by_host(answer.headers, now)), chance=chance)


def _lag(state: FeedState, now: datetime) -> timedelta:
    return max(now - state.not_before, timedelta(0)) if state.not_before else timedelta(0)


def _verdict(feed: Feed, state: FeedState, found: Found) -> tuple[FeedStatus, str]:
    reading = found.reading
    if found.broken:
        return (
            FeedStatus.BROKEN_OFF,
            f"the feed breaks off in the middle; its {len(reading.items)} whole new entries were taken",
        )
    if reading.title is None:
        return (state.status, state.note) if state.status in _LASTING else (FeedStatus.OK, "")
    if not reading.title:
        return (
            FeedStatus.ALIAS,
            "the channel has no title: some hosts answer an unknown address with all their news; check it",
        )
    if feed.title and reading.title != feed.title:
        return (
            FeedStatus.WRONG_FEED,
            f"the channel's title is {reading.title!r} instead of {feed.title!r}: is it the right feed?",
        )
    if not feed.title and state.title and not is_same_title(state.title, reading.title):
        return (
            FeedStatus.WRONG_FEED,
            f"the channel's title was {state.title!r} and is {reading.title!r}: is it still the right feed?",
        )
    if reading.capped:
        return (
            FeedStatus.OK,
            f"the feed holds more than {MAX_ENTRIES} new entries; the rest is taken at the next polls",
        )
    if reading.beyond:
        note = f"the feed cannot be read in portions: its last {reading.beyond:,} entries are never taken"
        return FeedStatus.OK, note
    if has_churn(found):
        note = "the feed rewrites its entries at every poll; they were known by their words and are told once"
        return FeedStatus.OK, note
    return FeedStatus.OK, ""


def _gap_note(state: FeedState) -> str:
    gap = state.gaps[-1]
    return (
        f"nothing is left of what the last poll saw: items from {gap.start:%Y-%m-%d %H:%M} to"
        f" {gap.end:%Y-%m-%d %H:%M} UTC may have been missed; it is polled more often if its interval lets it"
    )


def _move_note(feed: Feed, state: FeedState) -> str:
    if not state.moved_to:
        return ""
    note = f"the feed has moved for good to {state.moved_to}: change its address in the configuration"
    return note if _is_same_site(feed.url, state.moved_to) else f"{note}, if you trust that other site"


def _is_same_site(old: str, new: str) -> bool:
    """Tell whether two addresses are of one host, "www." aside, and the new one is no less secure."""
    before, after = urlsplit(old), urlsplit(new)
    if before.scheme == "https" and after.scheme != "https":
        return False
    hosts = [(parts.hostname or "").removeprefix("www.") for parts in (before, after)]
    return hosts[0] == hosts[1]


def _oldest(items: Sequence[Item], now: datetime) -> datetime:
    return min([now, *(item.published for item in items if item.published is not None)])
