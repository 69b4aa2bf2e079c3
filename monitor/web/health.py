"""Is it healthy, in one look: green, amber or red, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model import FeedState, FeedStatus
from monitor.web.ports import Vitals

FAILURES_BEFORE_RED = 3
SLOW, STUCK = timedelta(minutes=1), timedelta(minutes=10)
_FINE = (FeedStatus.OK, FeedStatus.UNCHANGED)


class Light(StrEnum):
    """Green: all is well. Amber: look at it when you can. Red: something is missed or about to be."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Sign:
    """A light, and the line that says why."""

    light: Light
    why: str


def feed_sign(state: FeedState) -> Sign:
    """Return how a feed is doing."""
    if state.status in _FINE:
        return Sign(Light.GREEN, state.status.value)
    if state.status is FeedStatus.NEW:
        return Sign(Light.AMBER, "not polled yet")
    passing = state.status in (FeedStatus.UNREACHABLE, FeedStatus.THROTTLED, FeedStatus.BROKEN_OFF)
    light = Light.AMBER if passing and state.failures < FAILURES_BEFORE_RED else Light.RED
    return Sign(light, state.note or state.status.value)


def work_sign(vitals: Vitals, now: datetime) -> Sign:
    """Return how reading and delivery are doing."""
    waits = [(now - queue.oldest, queue.name) for queue in vitals.queues if queue.oldest is not None]
    longest, name = max(waits, default=(timedelta(0), ""))
    if longest > SLOW:
        light = Light.RED if longest > STUCK else Light.AMBER
        return Sign(light, f"the oldest of the {name} in hand waits for {minutes(longest)}")
    if vitals.dead:
        return Sign(Light.AMBER, f"{counted(vitals.dead, 'dead letter')}: newswire-monitor dead list")
    return Sign(Light.GREEN, "nothing waits")


def configuration_sign(refused: Mapping[str, str]) -> Sign:
    """Return whether every process runs by the configuration as it stands."""
    if refused:
        return Sign(Light.AMBER, "a changed configuration is refused, the last good one is in force")
    return Sign(Light.GREEN, "in force")


def overall(signs: Iterable[Sign]) -> Light:
    """Return the worst of the lights; amber when there are none, for then nothing is watched."""
    order = (Light.GREEN, Light.AMBER, Light.RED)
    return max((sign.light for sign in signs), key=order.index, default=Light.AMBER)


def headline(feeds: Sequence[Sign], work: Sign, configuration: Sign) -> str:
    """Return one sentence on the whole."""
    if not feeds:
        return "No feed is polled."
    bad = sum(sign.light is not Light.GREEN for sign in feeds)
    if bad:
        return f"{bad} of {len(feeds)} feeds {'needs' if bad == 1 else 'need'} a look."
    for sign in (work, configuration):
        if sign.light is not Light.GREEN:
            return f"{sign.why[0].upper()}{sign.why[1:]}."
    return f"All {len(feeds)} feeds are polled, and nothing waits."


def counted(number: int, what: str) -> str:
    """Return a number with its noun: "1 feed", "1,200 feeds"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def minutes(span: timedelta) -> str:
    """Return a span of time in words."""
    seconds = int(span.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{max(0, seconds)} s"
