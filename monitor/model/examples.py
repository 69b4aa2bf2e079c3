"""What people said of a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Example:
    """A text and whether it announces layoffs, as `author` says; `id` is the story that it told."""

    id: str
    title: str
    text: str
    layoff: bool
    author: str
    at: datetime
