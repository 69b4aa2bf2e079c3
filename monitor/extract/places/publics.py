"""Employers that govern or serve a place by name, and so cut there where the text names no other place."""

from __future__ import annotations

import re

from monitor.extract.gazetteer import Gazetteer
from monitor.extract.places.readings import Toponym
from monitor.extract.places.toponyms import toponyms

_OPENING = 60  # characters
_GOVERNS = re.compile(
    r"(?:the\s)?(?:(?:state|city|town|village|borough|county|commonwealth|government|province)\sof\s)?(?:the\s)?",
    re.IGNORECASE,
)
_SERVES = re.compile(
    r"(?:['’]s)?\s(?:(?:state|city|county|town|borough|metropolitan|federal|unified|independent|public|transit)\s)*"
    r"(?:government|council|schools|school\s(?:district|board|system)|board\sof\seducation|post|postal\sservice|police\sdepartment|"
    r"transit\sauthority|department\sof\s[\w\s]+|ministry\sof\s[\w\s]+)\b",
    re.IGNORECASE,
)


def governed(employer: str, gazetteer: Gazetteer) -> Toponym | None:
    """Return the place that a public employer is called by, its offsets those in the employer's name.

    "State of Illinois", "Chicago Public Schools", "Canada Post".
    """
    before = _GOVERNS.match(employer)
    found = toponyms(employer, before.end() if before else 0, len(employer), gazetteer)
    if before is None or not found or found[0].start != before.end() or not found[0].readings:
        return None
    name, rest = found[0], employer[found[0].end :]
    if _SERVES.fullmatch(rest):
        return name
    return name if not rest and not name.adjective and " of " in before.group() else None


def served(text: str, start: int, end: int, gazetteer: Gazetteer) -> Toponym | None:
    """Return the place whose council, schools or the like open text[start:end]."""
    found = toponyms(text, start, min(end, start + _OPENING), gazetteer)
    if found and found[0].key.endswith(" city"):  # the council's, not the town's
        found = toponyms(text, start, found[0].bare - len(" City"), gazetteer)
    if not found or found[0].start > start + len("The ") or not found[0].readings:
        return None
    serves = not found[0].adjective and _SERVES.match(text, found[0].end, end) is not None
    return found[0] if serves else None
