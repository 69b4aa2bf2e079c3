"""How the feeds are doing: shown by `feeds status`, watched by the pollers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from monitor.app.running import running_store
from monitor.app.settings import Settings
from monitor.model import FeedState, FeedStatus, Span
from monitor.store import Store
from monitor.wire.feeds import Feed
from monitor.wire.health import Health, aliases, health, notices

# A monitor runs or it does not: nobody waits for an answer to a question.
_LEGEND = (
    "seen: since the last good poll; next: until the next; every: between polls; covers: seen without a gap"
    " until then; turns: until a body holds only new entries; lag: of the last poll"
)
_WELL = frozenset({FeedStatus.OK, FeedStatus.UNCHANGED, FeedStatus.NEW})


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A configured feed, what is known of it, and how it is."""

    feed: Feed
    state: FeedState
    health: Health


class FeedWatch:
    """The watchdog: tells ops once of feeds that are gone, stale, not what they should be, or have gaps.

    It looks at what polls left in the store, so it also sees the feeds of a poller that died.

    Args:
        store: Where the states are.
        tell: Tells ops; a key that was told before is told no more (`OpsDesk.tell`).
        clock: Tells the time, aware.
    """

    def __init__(
        self, store: Store, tell: Callable[[str, str], Awaitable[None]], clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._tell = tell
        self._clock = clock
        self._told: set[str] = set()

    async def look(self, feeds: Iterable[Feed]) -> None:
        """Look at all feeds, and tell what was not told yet."""
        for line in await looked_at(self._store, feeds, self._clock()):
            for key, text in notices(line.feed, line.state, line.health):
                if key not in self._told:
                    await self._tell(key, text)
                    self._told.add(key)


async def looked_at(store: Store, feeds: Iterable[Feed], now: datetime) -> list[FeedLine]:
    """Return all feeds in their order, with how they are by what polls left in the store."""
    return lines(feeds, await store.feeds.feed_states(), now, await store.feeds.all_entries())


def lines(
    feeds: Iterable[Feed],
    states: Mapping[str, FeedState],
    now: datetime,
    entries: Mapping[str, Sequence[str]],
) -> list[FeedLine]:
    """Return all feeds in their order, with how they are by their states and the entries they hold."""
    feeds = tuple(feeds)
    alike = aliases(feeds, entries)
    found = []
    for feed in feeds:
        state = states.get(feed.id, FeedState(feed.id))
        found.append(FeedLine(feed, state, health(feed, state, now, alike=alike.get(feed.id, ""))))
    return found


async def feed_lines(settings: Settings, environ: Mapping[str, str], now: datetime) -> list[FeedLine]:
    """Return all enabled feeds in the order of the configuration, with how they are.

    Looks at REDIS_URL, else into the data folder of a running monitor.

    Raises:
        NoMonitorError: no monitor can be asked.
    """
    async with running_store(settings, environ) as store:
        return await looked_at(store, settings.feeds.enabled, now)


def feed_records(lines: Iterable[FeedLine]) -> Iterator[dict[str, Any]]:
    """Yield each line as a record for JSON: times in ISO 8601, spans of time in seconds."""
    for line in lines:
        state = line.state
        yield {
            "feed": line.feed.id,
            "wire": line.feed.wire,
            "health": line.health.status,
            "reason": line.health.reason,
            "last_success": _iso(state.last_success),
            "next_poll": _iso(state.not_before),
            "interval": _seconds(state.interval),
            "covered": [_span(span) for span in state.covered],
            "gaps": [_span(span) for span in state.gaps],
            "gap_count": state.gap_count,
            "turnover": _seconds(state.turnover),
            "lag": _seconds(state.lag),
            "failures": state.failures,
            "moved_to": state.moved_to,
        }


def table(lines: Iterable[FeedLine], now: datetime) -> Group:
    """Return the lines as a table for people that fits into 80 columns, and below it what is wrong."""
    shown = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    shown.add_column("feed", overflow="fold", min_width=8)
    shown.add_column("health")
    for name in ("seen", "next", "every", "covers", "gaps", "turns", "lag"):
        shown.add_column(name, justify="right", no_wrap=True)
    wrong = []
    for line in lines:
        state, found = line.state, line.health
        style = "green" if found.status in _WELL else "red"
        covered = state.covered
        shown.add_row(
            Text(line.feed.id),
            Text(found.status, style=style),
            _length(now - state.last_success if state.last_success else None),
            _length(max(state.not_before - now, timedelta(0)) if state.not_before else None),
            _length(state.interval),
            _length(covered[-1].end - covered[-1].start if covered else None),
            str(state.gap_count),
            _length(state.turnover),
            f"{state.lag.total_seconds():.2f}s",
        )
        if found.reason:
            wrong.append(Text.assemble((line.feed.id, "bold"), f": {found.reason}"))
        if state.gaps:
            spans = "; ".join(f"{_minute(span.start)} to {_minute(span.end)}" for span in covered)
            wrong.append(Text.assemble((line.feed.id, "bold"), f": covered {spans} UTC"))
    return Group(shown, Text(_LEGEND, style="dim"), *wrong)


def _iso(time: datetime | None) -> str | None:
    return time.isoformat(timespec="seconds") if time else None


def _minute(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}"


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else round(length.total_seconds(), 3)


def _span(span: Span) -> list[str | None]:
    return [_iso(span.start), _iso(span.end)]


def _length(length: timedelta | None) -> str:
    """Return a length of time in the unit that suits it."""
    seconds = length.total_seconds() if length else 0
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f}{unit}"
    return "–" if length is None else f"{seconds:.0f}s"
