"""Whether an employer speaks itself, in a release or a filing, or a newspaper or agency tells of it.

In its own release an employer tells what it does now, and what stands deep in it is as new as its first
line. A reporter's story ends with background.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.model import Zone, ZoneKind
from monitor.rules.datelines import is_release_dateline

_OPENING = 1000  # characters after the dateline in which an issuer names itself and speaks
# "(NYSE: ACME)", as releases give it; an agency has "<ACME.N>" or "(ACME.N)".
_TICKER = re.compile(r"[(\[][A-Z][A-Za-z .]{1,24}:\s?[A-Z][A-Z0-9.]{0,6}\b")
_SPEAKS = re.compile(r"(?i)\b(?:today|announced|announces)\b")
# Boilerplate that only issuers write.
_ISSUER = re.compile(r"(?i)about |.{0,40}forward[- ]looking|safe harbou?r|cautionary")


def is_release(text: str, zones: Sequence[Zone]) -> bool:
    """Return whether a text in zones is an employer's own: a release, or a form that it filed."""
    for zone in zones:
        if zone.kind is ZoneKind.DATELINE and is_release_dateline(text[zone.start : zone.end]):
            return True
        if zone.kind is ZoneKind.BOILERPLATE and _ISSUER.match(text, zone.start):
            return True
    start = next((zone.start for zone in zones if zone.kind is ZoneKind.LEAD), len(text))
    end = start + _OPENING
    return bool(_TICKER.search(text, start, end) and _SPEAKS.search(text, start, end))
