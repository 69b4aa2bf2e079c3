"""Facts in the words people read: "about 73", "up to 2,500", "Newark, NY, US", "planned closure"."""

from __future__ import annotations

from monitor.model import LAYOFFS, Headcount, Kind, Layoff, Percent, Place, Stage
from monitor.story.geography import COUNTRIES, REGIONS

_VAGUE_MOST = 40
_ABBREVIATED = frozenset({"US", "CA", "AU"})
"""Countries whose papers write a town with the code of its state: "Newark, NY"."""

_KINDS = {
    Kind.LAYOFF: "layoff",
    Kind.CLOSURE: "closure",
    Kind.FURLOUGH: "furlough",
    Kind.BUYOUT: "buyout",
    Kind.REDUNDANCY_PROGRAMME: "redundancy programme",
}


def headcount_words(headcount: Headcount) -> str:
    """Return the number with its qualification, "about 73"; the text's own words if it gives none."""
    low, high = headcount.low, headcount.high
    about = "about " if headcount.approximate else ""
    if low is None and high is None:
        said = " ".join(headcount.evidence.text.split())
        return said if 0 < len(said) <= _VAGUE_MOST else ""
    if low is None:
        return f"up to {about}{high:,}"
    if high is None:
        return f"more than {about}{low:,}"
    if low == high:
        return f"{about}{low:,}"
    return f"{about}{low:,} to {high:,}"


def percent_words(percent: Percent) -> str:
    """Return the share, "about 9%" or "12.5%"."""
    return f"{'about ' if percent.approximate else ''}{percent.value:.4g}%"


def place_words(place: Place) -> str:
    """Return the place from the town outwards: "Newark, NY, US", "Munich, Germany", "Ontario, Canada"."""
    country = "US" if place.country == "US" else COUNTRIES.get(place.country, place.country)
    region = REGIONS.get(f"{place.country}-{place.region}", "")
    if place.city and place.region and place.country in _ABBREVIATED:
        return f"{place.city}, {place.region}, {country}"
    return ", ".join(filter(None, (place.city or region, country)))


def event_words(layoff: Layoff) -> str:
    """Return stage and kind, "confirmed layoff", "layoff denied"; of another topic its name."""
    if layoff.topic != LAYOFFS:
        return layoff.topic.replace("-", " ").replace("_", " ")
    kind = _KINDS[layoff.kind]
    return f"{kind} denied" if layoff.stage is Stage.DENIED else f"{layoff.stage.value} {kind}"
