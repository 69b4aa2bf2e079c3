"""Durations as ops write them: "30s", "5m", "6h", "2d"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

_WRITTEN = re.compile(r"(?P<count>\d{1,6}) ?(?P<unit>s|m|h|d)")
_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}


def parse_duration(value: object) -> object:
    """Return "30s", "5m", "6h" or "2d" as a timedelta.

    Raises:
        ValueError: If the text is no whole number followed by s, m, h or d.
    """
    if isinstance(value, timedelta):
        return value
    match = _WRITTEN.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("this is no duration — write a whole number and s, m, h or d, like 30s, 5m or 6h")
    return timedelta(seconds=int(match["count"]) * _SECONDS[match["unit"]])


def shown_duration(value: timedelta) -> str:
    """Return whole seconds as ops write them, in the largest unit that leaves no rest."""
    seconds = int(value.total_seconds())
    unit, size = next((unit, size) for unit, size in _SECONDS.items() if seconds % size == 0)
    return f"{seconds // size}{unit}" if seconds else "0s"


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,6} ?[smhd]$"}),
]
"""A timedelta, written in YAML as "30s", "5m", "6h" or "2d"."""
