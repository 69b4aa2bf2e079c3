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
_TODAY = re.compile(r"today announced|announced today|announces today")  # agencies name the weekday
_SPEAKS = re.compile(r"(?i)\b(?:today|announced|announces)\b")
# Boilerplate that only issuers write: an agency's begins with its reporters.
_ISSUER = re.compile(
    r"(?i)about |.{0,40}forward[- ]looking|safe harbou?r|cautionary|signature|item 9"
    r"|(?:media|press|investor|company|corporate)\b.{0,30}contact|for (?:more|further|additional) information"
)
# A letter or a newsroom's post, in which people of the employer speak to its own, and a filing's own terms.
_SALUTATION = re.compile(
    r"(?im)^\W{0,3}(?:dear|to all|hello|hi)\b[\w’' -]{0,60}[,:—-]|^(?:from|to):\s|\bsubject:\s"
    r"|\bfollowing (?:note|message|memo|letter|statement|email|news)\b"
    r"|[(][^()\n]{0,30}[\"“](?:the )?company,?[\"”]"
)
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
_FIRST_PERSONS = 3
_QUOTED = re.compile(r"[\"“][^\"”]{0,2000}[\"”]?")


def is_release(text: str, zones: Sequence[Zone]) -> bool:
    """Return whether a text in zones is an employer's own: a release, or a form that it filed."""
    for zone in zones:
        if zone.kind is ZoneKind.DATELINE and is_release_dateline(text[zone.start : zone.end]):
            return True
        if zone.kind is ZoneKind.BOILERPLATE and _ISSUER.match(text, zone.start):
            return True
    start = next((zone.start for zone in zones if zone.kind is ZoneKind.LEAD), len(text))
    end = start + _OPENING
    if _TODAY.search(text, start, end):
        return True
    return _is_letter(text[start:end]) or bool(
        _TICKER.search(text, start, end) and _SPEAKS.search(text, start, end)
    )


def _is_letter(opening: str) -> bool:
    """Whether people of the employer speak to its own, outside of quotation marks."""
    said = _FIRST_PERSON.findall(_QUOTED.sub("", opening))
    return len(said) >= _FIRST_PERSONS or bool(_SALUTATION.search(opening))
