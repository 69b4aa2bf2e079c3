"""`route`: where items would go and why not elsewhere, each told as if it were the first of its story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from pydantic import RootModel
from rich.console import Group, RenderableType
from rich.text import Text as RichText

from monitor.alert.card import how_many, where, who
from monitor.alert.filters import Check
from monitor.alert.route import Answered, Routing, route
from monitor.alert.watchlists import WatchlistFile
from monitor.app.classify import Text
from monitor.config.validate import load
from monitor.extract.assessment import Assessment, assess_item
from monitor.extract.gazetteer import Gazetteer
from monitor.model import Item, Layoff, Mute, Source
from monitor.rules import Classifier
from monitor.story.decide import decide
from monitor.story.wording import event_words


class Expected(RootModel[dict[str, tuple[str, ...]]]):
    """`--expect`: item id → the channels it must go to, no more and no fewer."""


@dataclass(frozen=True, slots=True)
class Routed:
    """One item, what was read from it, and where it goes; `routing` is None if it announces nothing."""

    id: str
    item: Item
    assessment: Assessment
    routing: Routing | None

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that would be told, in the order of the watchlists."""
        return tuple(alert.channel for alert in self.routing.alerts) if self.routing else ()


def as_item(text: Text, now: datetime) -> Item:
    """Return a text that comes from no feed as an item seen at `now`."""
    published = datetime.combine(text.published, time(), UTC) if text.published else None
    return Item("", text.wire, text.id, text.title, text.text, "", published, now, language=text.language)


def routed(
    named: str,
    item: Item,
    classifier: Classifier,
    gazetteer: Gazetteer,
    watchlists: Sequence[WatchlistFile],
    mutes: Sequence[Mute] = (),
) -> Routed:
    """Return where an item would go."""
    assessment = assess_item(item, classifier, gazetteer)
    if assessment.layoff is None:
        return Routed(named, item, assessment, None)
    source = Source(named, item.feed, item.wire, item.title, item.link, item.published, item.seen)
    decision = decide((), assessment.layoff, source, item.seen)
    routing = route(decision, watchlists, item.seen, item=item, verdict=assessment.verdict, mutes=mutes)
    return Routed(named, item, assessment, routing)


def record(found: Routed) -> dict[str, Any]:
    """Return what was found as the JSON object that `route --json` prints."""
    answers = found.routing.answers if found.routing else ()
    return {
        "id": found.id,
        "layoff": found.routing is not None,
        "reason": found.assessment.reason,
        "channels": list(found.channels),
        "alerts": [
            {
                "channel": alert.channel,
                "due": alert.due and alert.due.isoformat(),
                "mention": alert.card.mention,
            }
            for alert in (found.routing.alerts if found.routing else ())
        ],
        "watchlists": [
            {
                "watchlist": answer.watchlist,
                "channels": list(answer.channels),
                "why": answer.why,
                "evidence": answer.evidence,
                "checks": [
                    {"filter": one.filter, "answer": one.answer, "found": one.evidence, "wanted": one.wanted}
                    for one in answer.checks
                ],
            }
            for answer in answers
        ],
    }


def rendered(found: Routed) -> RenderableType:
    """Return what was found for people."""
    head = RichText.assemble((found.id, "bold"), f"  {found.item.title}".rstrip())
    layoff = found.assessment.layoff
    if found.routing is None or layoff is None:
        return Group(head, RichText(f"  no alert: {_plain(found.assessment.reason)}", style="dim"))
    return Group(head, RichText(f"  {_facts(layoff)}", style="dim"), *_answers(found.routing))


def _answers(routing: Routing) -> Iterator[RichText]:
    due = {alert.channel: alert.due for alert in routing.alerts}
    for answer in routing.answers:
        line = RichText("  ✓ " if answer.told else "  ✗ ", style="green" if answer.told else "red")
        line.append(f"{answer.watchlist} → {', '.join(answer.channels)}: {_plain(answer.why)}")
        if answer.evidence:
            line.append(f" ({answer.evidence})")
        if held := [
            f"{channel} {time:%Y-%m-%d %H:%M %Z}" for channel in answer.channels if (time := due.get(channel))
        ]:
            line.append(f", held until {', '.join(held)}")
        yield line
        for check in answer.checks:
            yield _check(check)


def _check(check: Check) -> RichText:
    words = f"      {_plain(check.filter)}: {check.evidence}; wanted {check.wanted}: {_plain(check.answer)}"
    return RichText(words, style="dim" if check.passed else "yellow")


def _facts(layoff: Layoff) -> str:
    told = (who(layoff.company), how_many(layoff), where(layoff.places), event_words(layoff))
    return " · ".join(filter(None, told))


def _plain(name: str) -> str:
    return name.replace("_", " ")


def read_expected(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the channels that are expected of each item.

    Raises:
        ConfigError: the file is no mapping of item ids to lists of channels.
    """
    return load(path, Expected)[0].root


def differences(expected: Mapping[str, tuple[str, ...]], found: Sequence[Routed]) -> Iterator[str]:
    """Yield one line for each item that goes elsewhere than expected, with the reasons."""
    at_hand = {one.id: one for one in found}
    for name, channels in expected.items():
        if name not in at_hand:
            yield f"{name}: is not among the items"
            continue
        got = at_hand[name].channels
        missing = [channel for channel in dict.fromkeys(channels) if channel not in got]
        extra = [channel for channel in got if channel not in channels]
        if missing or extra:
            said = [f"- {channel} ({_why_not(channel, at_hand[name])})" for channel in missing]
            said += [f"+ {channel} ({_why(channel, at_hand[name])})" for channel in extra]
            yield f"{name}: {'; '.join(said)}"


def _why_not(channel: str, found: Routed) -> str:
    if found.routing is None:
        return _plain(found.assessment.reason)
    asked = [answer for answer in found.routing.answers if channel in answer.channels]
    return "; ".join(map(_stopped, asked)) or "no watchlist names this channel"


def _stopped(answer: Answered) -> str:
    stops = ", ".join(
        f"{_plain(check.filter)} is {check.evidence}, wanted {check.wanted}"
        for check in answer.checks
        if not check.passed
    )
    return f"{answer.watchlist}: {stops or answer.evidence or _plain(answer.why)}"


def _why(channel: str, found: Routed) -> str:
    alerts = found.routing.alerts if found.routing else ()
    return ", ".join(name for alert in alerts if alert.channel == channel for name in alert.card.watchlists)
