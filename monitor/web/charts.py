"""The pictures as SVG, drawn on the server: no script, and their numbers can be read by everyone.

Colours come from the style sheet by class, so that light and dark are chosen there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup, escape

from monitor.extract.gazetteer import Gazetteer

WIDTH, HEIGHT = 720, 180
MAP_WIDTH, MAP_HEIGHT = 720, 340
# What the map shows of the Earth: nobody is laid off in Antarctica.
NORTH, SOUTH = 76.0, -56.0
LARGEST_CIRCLE = 26.0
TOWNS_OF = 400_000  # people, from which on a town is a dot of the map


def columns(weeks: Sequence[tuple[date, int]]) -> Markup:
    """Return jobs by week as columns."""
    top = max((jobs for _, jobs in weeks), default=0) or 1
    step, floor = WIDTH / max(1, len(weeks)), HEIGHT - 22
    parts = []
    for number, (week, jobs) in enumerate(weeks):
        tall = (floor - 16) * jobs / top
        x = number * step
        parts.append(
            f'<rect class="bar" x="{x + 2:.1f}" y="{floor - tall:.1f}" width="{step - 4:.1f}" '
            f'height="{tall:.1f}"><title>{week:%d %b %Y}: {jobs:,} jobs</title></rect>'
        )
        if number % 4 == 0:
            parts.append(f'<text class="axis" x="{x + 2:.1f}" y="{HEIGHT - 6}">{week:%d %b}</text>')
    parts.append(f'<text class="axis" x="2" y="11">{top:,}</text>')
    return _svg(WIDTH, HEIGHT, "Jobs cut by week", parts)


def bars(shares: Sequence[tuple[str, int]], title: str) -> Markup:
    """Return named numbers as bars, one below the other."""
    top = max((jobs for _, jobs in shares), default=0) or 1
    height = 24 * max(1, len(shares))
    parts = []
    for number, (name, jobs) in enumerate(shares):
        y, wide = number * 24, 380 * jobs / top
        parts.append(
            f'<text class="label" x="0" y="{y + 15}">{escape(name)}</text>'
            f'<rect class="bar" x="190" y="{y + 3}" width="{wide:.1f}" height="16"></rect>'
            f'<text class="axis" x="{196 + wide:.1f}" y="{y + 15}">{jobs:,}</text>'
        )
    return _svg(WIDTH, height, title, parts)


def circles(spots: Iterable[tuple[float, float, int]]) -> Markup:
    """Return the map's circles, their areas as the jobs; they lie over `land`."""
    drawn = sorted(spots, key=lambda spot: -spot[2])
    top = max((jobs for *_, jobs in drawn), default=0) or 1
    parts = ['<image href="/static/land.svg" width="100%" height="100%" aria-hidden="true"></image>']
    for latitude, longitude, jobs in drawn:
        x, y = _point(latitude, longitude)
        radius = max(2.0, LARGEST_CIRCLE * math.sqrt(jobs / top))
        parts.append(
            f'<circle class="spot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
            f"<title>{jobs:,} jobs</title></circle>"
        )
    return _svg(MAP_WIDTH, MAP_HEIGHT, "Where jobs are cut", parts)


def land(gazetteer: Gazetteer) -> str:
    """Return a map of the world drawn by its larger towns, as an SVG file."""
    points = {_whole(*_point(latitude, longitude)) for latitude, longitude in gazetteer.towns_of(TOWNS_OF)}
    path = "".join(f"M{x} {y}h2" for x, y in sorted(points))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MAP_WIDTH} {MAP_HEIGHT}">'
        f'<path d="{path}" stroke="#8a93a3" stroke-opacity="0.55" stroke-width="2"/></svg>'
    )


def _whole(x: float, y: float) -> tuple[int, int]:
    return round(x), round(y)


def _point(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a point of the map; degrees are equally long everywhere."""
    return (longitude + 180) / 360 * MAP_WIDTH, (NORTH - latitude) / (NORTH - SOUTH) * MAP_HEIGHT


def _svg(width: int, height: int, title: str, parts: Iterable[str]) -> Markup:
    inside = "".join(parts)
    return Markup(
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">{inside}</svg>'
    )
