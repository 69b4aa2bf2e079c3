"""The number of jobs, or the share of the cut, that a text gives for one place alone."""

from __future__ import annotations

import re

from monitor.extract.places.grammar import CHIEFLY, PEOPLE

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,6})"
# "300 workers in", "12 in"; the words between are small, since a name in between has the number for itself.
_LEFT = re.compile(
    rf"(?<!['’]s\s)(?<!\bits\s)(?<!\btheir\s)\b{_NUMBER}\s(?:[a-z'’&-]+\s){{0,5}}?(?:in|at|from)\s(?:the\s|its\s|[a-z]+ern\s|a\s\w+\sin\s)*\Z"
)
_ADJECTIVE = re.compile(rf"\b{_NUMBER}\s(?:or\smore\s|[a-z]+\s)?\Z")  # "1,600 U.S. jobs"
_RIGHT = re.compile(rf"(?::\s|\s\(|\sloses\s|,\s){_NUMBER}\s(?:\w+\s)?{PEOPLE}\b")  # "Matagami: 100 workers"
_COUNTED = re.compile(rf"\s(?:[\w-]+\s){{0,4}}?{PEOPLE}\b")
_YEARS = range(1900, 2100)


def share_told(before: str, *, adjective: bool) -> bool:
    """Whether the text tells how much of the cut falls there: "mainly in", "40 U.S. stores"."""
    return CHIEFLY.search(before) is not None or (adjective and _ADJECTIVE.search(before) is not None)


def jobs_at(before: str, after: str, *, adjective: bool) -> int | None:
    """Return the place's own number of jobs, or None.

    Args:
        before: the words of the sentence up to the name.
        after: the words behind it.
        adjective: the name is a nationality.
    """
    if adjective:
        found = _ADJECTIVE.search(before) if _COUNTED.match(after) else None
    else:
        found = _LEFT.search(before)
    found = found or _RIGHT.match(after)
    if found is None:
        return None
    number = int(found.group(1).replace(",", ""))
    return None if number in _YEARS and "," not in found.group(1) else number
