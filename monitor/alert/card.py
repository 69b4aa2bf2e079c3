"""What an alert says, in plain text that any channel can set in its own markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.alert.quote import quote
from monitor.model import LAYOFFS, Card, Change, ChangeKind, Company, Layoff, Place, Source, Stage, Story
from monitor.story.wording import event_words, headcount_words, percent_words, place_words

PLACES_SHOWN = 3
_PEOPLE = re.compile(
    r"job|position|post|role|worker|employee|people|staff|member|operative|miner", re.IGNORECASE
)
_NOT_STATED = "number not stated"
_NOT_NEWS = (ChangeKind.FIRST, ChangeKind.ALSO_ON)
_EARLIEST, _LATEST = timedelta(days=-7), timedelta(minutes=10)
"""How far from when it was seen an item can have been published; feeds claim any date."""


def card(
    story: Story, changes: Sequence[Change] = (), watchlists: Sequence[str] = (), mention: str = ""
) -> Card:
    """Return what to say of the story as it stands. The last of its sources is the one that is linked."""
    layoff, source = story.layoff, story.sources[-1]
    return Card(
        who=who(layoff.company) if layoff.company or layoff.topic == LAYOFFS else source.title,
        how_many=_said_of_it(layoff),
        where=where(layoff.places),
        what=event_words(layoff),
        quote=quote(layoff),
        source=_wires(story),
        published=_published(source),
        link=_link(source.link),
        changes=tuple(change for change in changes if change.kind not in _NOT_NEWS),
        watchlists=tuple(watchlists),
        mention=mention,
    )


def _said_of_it(layoff: Layoff) -> str:
    """The jobs; of a denied cut that they are denied, for many read no further."""
    words = how_many(layoff)
    if layoff.topic != LAYOFFS or layoff.stage is not Stage.DENIED:
        return words
    return "denies job cuts" if words == _NOT_STATED else f"denies cutting {words}"


def who(company: Company | None) -> str:
    """Return the employer with its listing: "IEC Electronics Corp. (NYSE MKT: IEC)"."""
    if company is None:
        return "employer not named"
    if not company.ticker:
        return company.name
    listing = f"{company.exchange}: {company.ticker}" if company.exchange else company.ticker
    return f"{company.name} ({listing})"


def how_many(layoff: Layoff) -> str:
    """Return the jobs, the share of the workforce, or both: "about 140 jobs (9% of the workforce)"."""
    if layoff.topic != LAYOFFS:
        return ""
    jobs = _jobs(layoff)
    share = f"{percent_words(layoff.percent)} of the workforce" if layoff.percent else ""
    if jobs and share:
        return f"{jobs} ({share})"
    return jobs or share or _NOT_STATED


def where(places: Sequence[Place]) -> str:
    """Return the places, the first three by name: "Newark, NY, US; Rochester, NY, US; Mexico; + 3 more"."""
    names = list(dict.fromkeys(place_words(place) for place in places))
    # A country says nothing more beside a town in it.
    coarse = {place_words(place) for place in places if _is_told_closer(place, places)}
    names = [name for name in names if name not in coarse]
    more = len(names) - PLACES_SHOWN
    return "; ".join(names) if more <= 0 else f"{'; '.join(names[:PLACES_SHOWN])}; + {more} more"


def _is_told_closer(place: Place, places: Sequence[Place]) -> bool:
    if place.city:
        return False
    return any(
        other.country == place.country
        and (other.region == place.region if place.region else True)
        and (other.city or (other.region and not place.region))
        for other in places
    )


def _jobs(layoff: Layoff) -> str:
    headcount = layoff.headcount
    words = headcount_words(headcount) if headcount else ""
    if headcount is None or not words:
        return ""
    if headcount.low is None and headcount.high is None and _PEOPLE.search(words):
        return words
    return f"{words} {'job' if (headcount.high or headcount.low) == 1 else 'jobs'}"


def _wires(story: Story) -> str:
    wire = story.sources[-1].wire
    others = [other for other in dict.fromkeys(source.wire for source in story.sources) if other != wire]
    return f"{wire}, also on {', '.join(others)}" if others else wire


def _published(source: Source) -> datetime:
    if source.published and _EARLIEST <= source.published - source.seen <= _LATEST:
        return source.published
    return source.seen


def _link(link: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme in ("http", "https") and parts.netloc else ""
