"""From a decision to the alerts it deserves, one for each channel, and why not elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from monitor.alert.card import card
from monitor.alert.filters import Check, Subject, checks, most_jobs
from monitor.alert.hours import fires_after
from monitor.alert.mutes import muting
from monitor.alert.watchlists import WatchlistFile, loudest
from monitor.model import Alert, Card, ChangeKind, How, Item, Mute, Story, Told, Verdict
from monitor.story.decide import Decision


class Why(StrEnum):
    """Why a watchlist was told of a decision, or was not."""

    MATCHED = "matched"
    FOLLOW_UP = "follow_up_of_what_was_told"
    REPETITION = "repetition"
    FILTERED = "filtered"
    MUTED = "muted"
    CHANGE_NOT_WANTED = "change_not_wanted"


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a decision at one watchlist: the reason, every filter's answer, and other evidence."""

    watchlist: str
    channels: tuple[str, ...]
    why: Why
    checks: tuple[Check, ...] = ()
    evidence: str = ""

    @property
    def told(self) -> bool:
        """Whether the watchlist's channels hear of it."""
        return self.why in (Why.MATCHED, Why.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Routing:
    """The alerts, the answer of every watchlist, and the story, which now remembers where it was told.

    This story, not the decision's, is the one to keep. `mute` is what kept it from being told, if any.
    """

    alerts: tuple[Alert[Card], ...]
    answers: tuple[Answered, ...]
    story: Story
    mute: Mute | None = None


def route(
    decision: Decision,
    watchlists: Sequence[WatchlistFile],
    admitted: datetime,
    *,
    item: Item | None = None,
    verdict: Verdict | None = None,
    mutes: Sequence[Mute] = (),
) -> Routing:
    """Return the alerts of a decision: one for each channel, naming all watchlists that asked for it.

    A channel that was told of the story hears of its revisions even where they no longer pass its filters:
    what it shows would be wrong otherwise.

    Args:
        decision: What the item is to the stories told so far.
        watchlists: Who wants to hear of what; order decides the order of alerts.
        admitted: When the item was admitted (aware): quiet hours, digests and mutes go by it.
        item: The item, for filters on language and on words of the text.
        verdict: What the rules said of it, for filters and mutes by rule.
        mutes: What people asked not to hear of.
    """
    story = decision.story
    mute = None if decision.repeated else muting(mutes, story, verdict, admitted)
    subject = Subject(story, item, verdict)
    answers = tuple(_answer(watchlist, decision, subject, mute) for watchlist in watchlists)
    asked: dict[str, list[WatchlistFile]] = {}
    for watchlist, answer in zip(watchlists, answers, strict=True):
        for channel in dict.fromkeys(answer.channels if answer.told else ()):
            asked.setdefault(channel, []).append(watchlist)
    alerts = tuple(
        alert for channel, wanted in asked.items() for alert in _alerts(channel, wanted, decision, admitted)
    )
    return Routing(alerts, answers, _remembering(story, alerts), mute)


def alert_id(story: Story, channel: str) -> str:
    """Return the id of the alert of a story's present revision in one channel: 32 hexadecimal digits.

    By the item that told it: where everything was forgotten and items are read again in another order, a
    revision has another number, and what was not told then must not pass for what was.
    """
    last = story.sources[-1]
    telling = f"{last.identity} {last.wire}" if last.identity else story.revision
    return _alert_id(story.id, telling, channel)


def first_alert(story: Story, told: Told) -> str:
    """Return the id of the alert whose message shows the story in a channel that was told of it."""
    return told.alert or _alert_id(story.id, told.revision, told.channel)


def _alert_id(story: str, telling: str | int, channel: str) -> str:
    said = f"{story}\0{telling}\0{channel}".encode()
    return hashlib.blake2b(said, digest_size=16, person=b"alert").hexdigest()


def _answer(watchlist: WatchlistFile, decision: Decision, subject: Subject, mute: Mute | None) -> Answered:
    name, channels = watchlist.name, watchlist.channels
    if decision.repeated:
        return Answered(name, channels, Why.REPETITION, evidence=f"story {decision.story.id}")
    if mute:
        return Answered(name, channels, Why.MUTED, evidence=str(mute))
    found = checks(watchlist.filters, subject)
    passed = all(check.passed for check in found)
    followed = tuple(told.channel for told in decision.story.told if name in told.watchlists)
    if not passed and not followed:
        return Answered(name, channels, Why.FILTERED, found)
    kinds = [change.kind for change in decision.changes]
    if followed and watchlist.tell.how(kinds) is How.NOTHING:
        return Answered(name, channels, Why.CHANGE_NOT_WANTED, found, ", ".join(kinds))
    if not passed:
        return Answered(name, followed, Why.FOLLOW_UP, found)
    return Answered(name, channels, Why.MATCHED, found)


def _alerts(
    channel: str, wanted: Sequence[WatchlistFile], decision: Decision, admitted: datetime
) -> Iterator[Alert[Card]]:
    """Yield what the channel is told: nothing, an alert, or an edit at once and the news of it held."""
    story = decision.story
    before = next((told for told in story.told if told.channel == channel), None)
    mention = _mention(wanted, story, before)
    how = _how(wanted, [change.kind for change in decision.changes], before, mention)
    alert = Alert(
        id=alert_id(story, channel),
        story=story.id,
        revision=story.revision,
        channel=channel,
        card=card(story, decision.changes, [watchlist.name for watchlist in wanted], mention),
        admitted=admitted,
        replaces=first_alert(story, before) if before and not before.held else None,
        how=how,
    )
    due = _due(wanted, story, admitted)
    if alert.replaces and (due or how is How.EDIT):
        yield replace(alert, how=How.EDIT)  # an edit disturbs nobody
    if how is not How.EDIT and (due or alert.replaces):
        yield replace(alert, due=due, replaces=None if due else alert.replaces)
    elif how is not How.EDIT:
        yield replace(alert, how=How.POST)


def _how(
    wanted: Sequence[WatchlistFile], kinds: Sequence[ChangeKind], before: Told | None, mention: str
) -> How:
    """How loudly to tell: as the loudest watchlist of the channel asks. An edit pings nobody."""
    if before is None:
        return How.POST
    least = How.REPLY if mention else How.EDIT
    return loudest((least, *(watchlist.tell.how(kinds) for watchlist in wanted)))


def _mention(wanted: Sequence[WatchlistFile], story: Story, before: Told | None) -> str:
    """Whom to ping: at the first telling, and again only when a number first reaches a threshold."""
    jobs = most_jobs(story.layoff)
    was = max((most for one in story.earlier if (most := max(one.low or 0, one.high or 0))), default=0)
    pinged: list[str] = []
    for watchlist in wanted:
        mention = watchlist.mention
        if mention is None:
            continue
        least = mention.jobs_at_least
        reached = least is None or (jobs or 0) >= least
        again = before is not None and (least is None or was >= least)
        if reached and not again:
            pinged += mention.who
    return " ".join(dict.fromkeys(pinged))


def _due(wanted: Sequence[WatchlistFile], story: Story, admitted: datetime) -> datetime | None:
    """When the alert may go out, None for at once: the most impatient watchlist of the channel decides."""
    times = [due(watchlist, story, admitted) for watchlist in wanted]
    held = [time for time in times if time is not None]
    return min(held) if len(held) == len(times) else None


def due(watchlist: WatchlistFile, story: Story, admitted: datetime) -> datetime | None:
    """Return until when the watchlist's digest or quiet hours hold the story; None: it goes at once."""
    if watchlist.urgent and (most_jobs(story.layoff) or 0) >= watchlist.urgent.jobs_at_least:
        return None
    held = None
    if watchlist.digest:
        held = fires_after(watchlist.digest.cron, admitted, watchlist.digest.zone)
    if watchlist.quiet:
        held = watchlist.quiet.until(held or admitted) or held
    return held


def _remembering(story: Story, alerts: Sequence[Alert[Card]]) -> Story:
    told = {one.channel: one for one in story.told}
    for alert in alerts:
        before = told.get(alert.channel)
        names = dict.fromkeys((*(before.watchlists if before else ()), *alert.card.watchlists))
        anew = before is None or (alert.how is How.POST and alert.due is None)
        told[alert.channel] = Told(
            alert.channel,
            alert.revision if before is None or anew else before.revision,
            tuple(names),
            held=alert.due is not None if before is None else before.held and not anew,
            alert=alert.id if before is None or anew else before.alert,
        )
    return replace(story, told=tuple(told.values())) if alerts else story
