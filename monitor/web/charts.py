"""Maps and strips as SVG, drawn on the server: no script, and their numbers can be read by everyone.

Colours come from the style sheet by class, so that light and dark are chosen there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from monitor.extract.gazetteer import Gazetteer
from monitor.model import FeedState, Span
from monitor.web.sums import Spot

MAP_WIDTH = 720
STRIP = 240
LARGEST_CIRCLE = 26.0
MOST_JOBS_AT_LEAST = 1_000  # what the largest circle stands for, so that few jobs never look like many


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the Earth, in degrees, and from how many people on a town is a dot of its map."""

    name: str
    north: float
    south: float
    west: float
    east: float
    people: int
    height: int

    @property
    def path(self) -> str:
        """Where the page finds the ground of its map."""
        return f"/static/land-{self.name}.svg"

    def point(self, latitude: float, longitude: float) -> tuple[float, float] | None:
        """Return where a place is on the map, None outside; degrees are equally long everywhere."""
        if not (self.south <= latitude <= self.north and self.west <= longitude <= self.east):
            return None
        x = (longitude - self.west) / (self.east - self.west) * MAP_WIDTH
        return x, (self.north - latitude) / (self.north - self.south) * self.height


WORLD = Frame("world", 76.0, -56.0, -180.0, 180.0, people=120_000, height=340)
US = Frame("us", 50.0, 24.0, -126.0, -66.0, people=25_000, height=380)


def circles(spots: Iterable[tuple[Spot, int]], frame: Frame = WORLD) -> Markup:
    """Return the map with a circle for each place, its area as the jobs there."""
    drawn = sorted(spots, key=lambda spot: -spot[1])
    top = max([MOST_JOBS_AT_LEAST, *(jobs for _, jobs in drawn)])
    parts = [f'<image href="{frame.path}" width="100%" height="100%" aria-hidden="true"></image>']
    for (latitude, longitude, name), jobs in drawn:
        if (point := frame.point(latitude, longitude)) is None:
            continue
        x, y = point
        radius = max(2.0, LARGEST_CIRCLE * math.sqrt(jobs / top))
        parts.append(
            f'<circle class="spot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
            f"<title>{escape(name)}: {jobs:,} jobs</title></circle>"
        )
    return _svg(MAP_WIDTH, frame.height, "Where jobs are cut", parts)


def coverage(state: FeedState, start: datetime, end: datetime) -> Markup:
    """Return a feed's time from `start` to `end` as a strip of what was seen; a gap is at least 2 px wide."""
    whole = (end - start).total_seconds()

    def part(span: Span, kind: str, least: float) -> str:
        a, b = max(span.start, start), min(span.end, end)
        if b <= a:
            return ""
        x, wide = ((a - start).total_seconds() / whole, (b - a).total_seconds() / whole)
        return (
            f'<rect class="{kind}" x="{x * STRIP:.1f}" width="{max(least, wide * STRIP):.1f}" height="14">'
            f"<title>{kind}: {span.start:%d %b %H:%M} to {span.end:%d %b %H:%M}</title></rect>"
        )

    parts = [f'<rect class="unseen" width="{STRIP}" height="14"></rect>']
    parts += [part(span, "covered", 0.0) for span in state.covered]
    parts += [part(span, "gap", 2.0) for span in state.gaps]
    return _svg(STRIP, 14, f"Coverage of {state.feed}: {state.gap_count} gaps", parts)


def land(gazetteer: Gazetteer, frame: Frame) -> str:
    """Return the ground of a map, drawn by its towns, as an SVG file."""
    points = (frame.point(*town) for town in gazetteer.towns_of(frame.people))
    dots = sorted({(round(point[0]), round(point[1])) for point in points if point})
    path = "".join(f"M{x} {y}h2" for x, y in dots)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MAP_WIDTH} {frame.height}">'
        f'<path d="{path}" stroke="#8a93a3" stroke-opacity="0.55" stroke-width="2"/></svg>'
    )


def _svg(width: int, height: int, title: str, parts: Iterable[str]) -> Markup:
    inside = "".join(parts)
    return Markup(
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">{inside}</svg>'
    )
