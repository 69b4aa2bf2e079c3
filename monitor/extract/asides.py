"""Sentences beside the news: what was done before, and what the law requires."""

from __future__ import annotations

import re

_ASIDE = re.compile(
    r"\blast (?:year|month|week|spring|summer|fall|autumn|winter)\b|\bpreviously\b|\bearlier this \w+\b|"
    r"\bWARN Act\b|\bNotification (?:\(WARN\) )?Act\b|\b(?:required|requires) (?:by|to file)\b",
    re.IGNORECASE,
)


def is_aside(sentence: str) -> bool:
    """Whether a sentence that follows the news tells of the past or of the law."""
    return _ASIDE.search(sentence) is not None
