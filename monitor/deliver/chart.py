"""The days of a digest as a picture. Needs Pillow, the optional part `chart`; without it there is none."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO

from monitor.model import Digest

_WIDTH, _HEIGHT, _MARGIN, _FOOT = 800, 320, 24, 40
_BAR, _INK, _PAPER = "#c0392b", "#333333", "#ffffff"
_MOST_LABELS = 10


def chart(digest: Digest) -> bytes | None:
    """Return a PNG of 800 × 320 pixels with the jobs of each day as bars.

    None where there are fewer than two days, no jobs, or no Pillow.
    """
    days = digest.days
    most = max((day.jobs for day in days), default=0)
    if len(days) < 2 or most == 0 or find_spec("PIL") is None:
        return None
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(13)
    floor, room = _HEIGHT - _FOOT, _HEIGHT - _FOOT - 2 * _MARGIN
    step = (_WIDTH - 2 * _MARGIN) / len(days)
    every = -(-len(days) // _MOST_LABELS)
    draw.line((_MARGIN, floor, _WIDTH - _MARGIN, floor), fill=_INK)
    for number, day in enumerate(days):
        left = _MARGIN + step * number
        top = floor - room * day.jobs / most
        middle = left + step / 2
        if day.jobs:
            draw.rectangle((left + step * 0.15, top, left + step * 0.85, floor), fill=_BAR)
        if number % every == 0:
            draw.text((middle, floor + 8), day.name[5:], fill=_INK, font=font, anchor="ma")
        if day.jobs and len(days) <= _MOST_LABELS:
            draw.text((middle, top - 4), f"{day.jobs:,}", fill=_INK, font=font, anchor="ms")
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def in_words(digest: Digest) -> str:
    """Return what the chart shows, for a screen reader."""
    return "; ".join(f"{day.name}: {day.jobs:,} jobs" for day in digest.days)
