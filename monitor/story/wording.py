"""Facts in the words people read: "about 73", "up to 2,500", "Newark, NY, US", "planned closure"."""

from __future__ import annotations

from monitor.model import LAYOFFS, Change, ChangeKind, Headcount, Kind, Layoff, Percent, Place, Stage
from monitor.story.geography import COUNTRIES, REGIONS

_VAGUE_MOST = 40
_ABBREVIATED = frozenset({"US", "CA", "AU"})
"""Countries whose papers write a town with the code of its state: "Newark, NY"."""

_UNITS = {ChangeKind.HEADCOUNT: " jobs", ChangeKind.PERCENT: " of the workforce"}

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


def layoff_words(layoff: Layoff) -> str:
    """Return the facts on one line: "about 73 jobs; Newark, NY, US; confirmed layoff"."""
    jobs = headcount_words(layoff.headcount) if layoff.headcount else ""
    share = f"{percent_words(layoff.percent)} of the workforce" if layoff.percent else ""
    places = dict.fromkeys(place_words(place) for place in layoff.places)
    return "; ".join(filter(None, (jobs and f"{jobs} jobs", share, *places, event_words(layoff))))


def change_words(change: Change) -> str:
    """Return a change: "500 → 650 jobs", "first number 73 jobs", "also in Rochester, NY, US"."""
    match change.kind:
        case ChangeKind.FIRST:
            return f"first report: {change.after}" if change.after else ""
        case ChangeKind.ALSO_ON:
            return f"also on {change.after}" if change.after else ""
        case ChangeKind.PLACE:
            return _place_change(change.before, change.after)
    unit = _UNITS.get(change.kind, "")
    if not change.after:
        return ""
    said = f"{change.before} → {change.after}{unit}" if change.before else f"{change.after}{unit}"
    if change.kind is ChangeKind.CORRECTION:
        return f"corrected: {said}"
    return f"first number {said}" if unit and not change.before else said


def _place_change(before: str, after: str) -> str:
    """Return which places came to a list of them, and instead of which, such as a country told closer now."""
    told, now = before.split("; "), after.split("; ")
    added = "; ".join(place for place in now if place not in told)
    gone = "; ".join(place for place in told if place and place not in now)
    if not added:
        return ""
    return f"{gone} → {added}" if gone else f"also in {added}" if before else f"in {added}"
