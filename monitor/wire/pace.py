"""How long to wait between polls of a feed that answers. Pure: time and chance come in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from math import exp
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.wire.feeds import Interval

# At this share of new entries in a body the interval is right: three quarters of the body overlap.
_SHARE = 0.25
_FASTER, _SLOWER = 0.5, 1.5
_JITTER = 0.1
# The rate of new entries is a mean that forgets at this pace: a wire's morning is not its night.
_MEMORY = timedelta(hours=1)
# No feed is left alone for longer, whatever it asks: a mistyped max-age must not silence it.
_LONGEST = timedelta(days=1)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_FORBIDS_CACHING = re.compile(r"(?:^|[,\s])no-(?:cache|store)(?:$|[,\s])", re.IGNORECASE)
# https://web.resource.org/rss/1.0/modules/syndication/
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}


def next_interval(
    now: timedelta, bounds: Interval, *, fresh: int, depth: int, gap: bool = False
) -> timedelta:
    """Return the interval to the next poll by how much of the feed was new at this one.

    Args:
        now: The interval as it is; zero at first contact, which begins with the shortest.
        bounds: Between which it stays.
        fresh: How many entries of the body were new.
        depth: How many it holds.
        gap: Whether something may have been missed: then it is halved.
    """
    share = fresh / depth if depth else 0.0
    factor = _FASTER if gap else _SLOWER if not share else min(max(_SHARE / share, _FASTER), _SLOWER)
    return min(max(now * factor, bounds.at_least), bounds.at_most)


def next_rate(rate: float, *, fresh: int, elapsed: timedelta) -> float:
    """Return how many new entries come in an hour, after `fresh` came in `elapsed`."""
    if elapsed <= timedelta(0):
        return rate
    weight = 1 - exp(-(elapsed / _MEMORY))
    return rate + weight * (fresh / (elapsed / timedelta(hours=1)) - rate)


def due_after(interval: timedelta, *, asks: timedelta, chance: float) -> timedelta:
    """Return how long to wait: the interval, no less than the feed asks for, and a little by chance."""
    return max(interval, min(asks, _LONGEST)) * (1 + _JITTER * chance)


def asked_by_feed(channel: Mapping[str, Any]) -> timedelta:
    """Return the time that a feed wants between polls by `ttl` or `sy:updatePeriod`; zero if it says nothing.

    Args:
        channel: feedparser's `feed`.
    """
    return max(_ttl(str(channel.get("ttl") or "")), _period(channel))


def _ttl(text: str) -> timedelta:
    """Read RSS 2.0's `ttl`: minutes."""
    return timedelta(minutes=int(text)) if re.fullmatch(r"[0-9]{1,6}", text.strip()) else timedelta(0)


def _period(channel: Mapping[str, Any]) -> timedelta:
    period = _PERIODS.get(str(channel.get("sy_updateperiod") or "").strip().lower())
    frequency = str(channel.get("sy_updatefrequency") or "1").strip()
    if period is None or not re.fullmatch(r"0*[1-9][0-9]{0,5}", frequency):
        return timedelta(0)
    return period / int(frequency)


def asked_by_host(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return for how long an answer is fresh (RFC 9111, 4.2): before, asking again is in vain.

    Args:
        headers: Of the answer, names in lower case. `max-age` goes before `Expires`, and `Age` is taken off.
        now: Aware; what `Expires` is measured from where the answer has no `Date`.
    """
    control = headers.get("cache-control", "")
    if _FORBIDS_CACHING.search(control):
        return timedelta(0)
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        known = int(age) if re.fullmatch(r"[0-9]{1,9}", age) else 0
        return timedelta(seconds=max(0, int(found[1]) - known))
    expires = http_date(headers.get("expires", ""))
    if expires is None:
        return timedelta(0)
    return max(expires - (http_date(headers.get("date", "")) or now), timedelta(0))


def http_date(value: str) -> datetime | None:
    """Read an HTTP date (RFC 9110, 5.6.7); None for what is none, "0" and "-1" among them."""
    try:
        when = parsedate_to_datetime(value.strip())
    except (ValueError, TypeError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
