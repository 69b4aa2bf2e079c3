"""Many stories as one message: those that were held for a channel, or the numbers of a week."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.alert.card import card
from monitor.alert.filters import most_jobs
from monitor.model import Alert, Card, Digest, How, Place, Stage, Story, Tally
from monitor.story.wording import place_words

_LARGEST = 5
_MOST_DAYS = 31


def held_digest(held: Sequence[Alert[Card]], stories: Mapping[str, Story], due: datetime) -> Alert[Digest]:
    """Return the alert that tells at once what was held for one channel until `due`.

    Args:
        held: At least one alert, all of one channel, one a story.
        stories: The stories as they now stand; one that is kept no longer is told as it was held.
        due: When (aware).
    """
    cards = tuple(_present(alert, stories.get(alert.story)) for alert in held)
    told = [story for alert in held if (story := stories.get(alert.story))]
    channel = held[0].channel
    names = tuple(dict.fromkeys(name for alert in held for name in alert.card.watchlists))
    pings = dict.fromkeys(word for alert in held for word in alert.card.mention.split())
    said = replace(_digest(cards, told, "UTC"), watchlists=names, mention=" ".join(pings))
    return _alert(channel, said, due, *sorted(alert.id for alert in held))


def report(
    name: str, channel: str, stories: Iterable[Story], since: datetime, fires: datetime, zone: str
) -> Alert[Digest]:
    """Return the alert with the numbers of what a channel was told for a watchlist in a period.

    Args:
        name: The watchlist.
        channel: Where it is told.
        stories: Stories; only those first seen in the period and told there for the watchlist count.
        since: Where the period begins (aware).
        fires: Where it ends, which is when the report is due.
        zone: IANA zone of the days.
    """
    told = [
        story for story in stories if since <= story.first_seen < fires and _was_told(story, name, channel)
    ]
    cards = tuple(card(story) for story in sorted(told, key=lambda story: -(most_jobs(story.layoff) or 0)))
    begin, end = since.astimezone(ZoneInfo(zone)), fires.astimezone(ZoneInfo(zone))
    said = _digest(cards, told, zone)
    period = f"{begin:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M %Z}"
    said = replace(said, title=f"{name}, {period}: {said.title}", watchlists=(name,))
    return _alert(channel, said, fires, "report", name)


def _alert(channel: str, said: Digest, due: datetime, *more: str) -> Alert[Digest]:
    named = "\0".join((channel, due.isoformat(), *more)).encode()
    identity = hashlib.blake2b(named, digest_size=16, person=b"digest").hexdigest()
    return Alert(identity, "", 0, channel, said, due, how=How.POST)


def _present(held: Alert[Card], story: Story | None) -> Card:
    if story is None:
        return replace(held.card, watchlists=(), mention="")
    return card(story, held.card.changes)


def _was_told(story: Story, name: str, channel: str) -> bool:
    return any(told.channel == channel and name in told.watchlists for told in story.told)


def _digest(cards: tuple[Card, ...], stories: Sequence[Story], zone: str) -> Digest:
    jobs = sum(counted_jobs(story) or 0 for story in stories)
    count = f"{len(cards)} {'story' if len(cards) == 1 else 'stories'}"
    return Digest(
        title=f"{count}, {jobs:,} {'job' if jobs == 1 else 'jobs'}" if jobs else count,
        cards=cards,
        days=_days(stories, ZoneInfo(zone)),
        companies=_largest(_companies(stories)),
        regions=_largest(part for story in stories for part in _regions(story)),
    )


def _days(stories: Sequence[Story], zone: ZoneInfo) -> tuple[Tally, ...]:
    by_day = _sums(
        (f"{story.first_seen.astimezone(zone):%Y-%m-%d}", counted_jobs(story)) for story in stories
    )
    if not by_day:
        return ()
    first = min(story.first_seen for story in stories).astimezone(zone).date()
    last = max(story.first_seen for story in stories).astimezone(zone).date()
    days = [first + timedelta(days=day) for day in range((last - first).days + 1)][-_MOST_DAYS:]
    return tuple(by_day.get(day.isoformat(), Tally(day.isoformat(), 0, 0)) for day in days)


def _companies(stories: Sequence[Story]) -> Iterable[tuple[str, int | None]]:
    for story in stories:
        company = story.layoff.company
        yield (company.name if company else "employer not named"), counted_jobs(story)


def counted_jobs(story: Story) -> int | None:
    """The jobs that count: none of a cut that is denied."""
    return None if story.layoff.stage is Stage.DENIED else most_jobs(story.layoff)


def _regions(story: Story) -> list[tuple[str, int | None]]:
    """The regions of a layoff. Its jobs are a region's where it is the only one, or the text says so."""
    layoff = story.layoff
    names = list(dict.fromkeys(_region(place) for place in layoff.places))
    if len(names) <= 1:
        return [(names[0] if names else "place not stated", counted_jobs(story))]
    if layoff.stage is Stage.DENIED:
        return [(name, None) for name in names]
    return [
        (name, sum(place.jobs or 0 for place in layoff.places if _region(place) == name)) for name in names
    ]


def _region(place: Place) -> str:
    return place_words(replace(place, city=None))


def _largest(parts: Iterable[tuple[str, int | None]]) -> tuple[Tally, ...]:
    sums = _sums(parts).values()
    return tuple(sorted(sums, key=lambda tally: (-tally.jobs, -tally.stories, tally.name))[:_LARGEST])


def _sums(parts: Iterable[tuple[str, int | None]]) -> dict[str, Tally]:
    sums: dict[str, Tally] = {}
    for name, jobs in parts:
        so_far = sums.get(name, Tally(name, 0, 0))
        sums[name] = Tally(name, so_far.stories + 1, so_far.jobs + (jobs or 0))
    return sums
