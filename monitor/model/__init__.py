"""The words of this program as frozen records. They touch nothing and import nothing of ours.

Data flows one way: an `Item` is published by a feed; `Document` is its text in zones; a `Verdict` says
what the rules make of it; a `Layoff` holds the extracted facts; a `Story` gathers the items that tell one
announcement; an `Alert` is one revision of a story for one channel.
"""

from monitor.model.alerts import Alert, Card, Digest, How, Notice, Quote, Tally
from monitor.model.delivery import LedgerLine, LedgerState, Queued
from monitor.model.documents import Document, Evidence, Zone, ZoneKind
from monitor.model.errors import MendableError
from monitor.model.examples import Example
from monitor.model.feeds import Admission, Candidate, Claim, FeedState, FeedStatus, Limit, Slot, Span
from monitor.model.items import Item
from monitor.model.layoffs import (
    LAYOFFS,
    Because,
    Cause,
    Company,
    Headcount,
    Layoff,
    Money,
    Percent,
    Period,
    Place,
)
from monitor.model.mutes import Mute, Muted, MuteEvent, MuteKind
from monitor.model.stories import Change, ChangeKind, Revision, Source, Story, Told
from monitor.model.verdicts import Kind, Match, Reason, Stage, Verdict

__all__ = [
    "LAYOFFS",
    "Admission",
    "Alert",
    "Because",
    "Candidate",
    "Card",
    "Cause",
    "Change",
    "ChangeKind",
    "Claim",
    "Company",
    "Digest",
    "Document",
    "Evidence",
    "Example",
    "FeedState",
    "FeedStatus",
    "Headcount",
    "How",
    "Item",
    "Kind",
    "Layoff",
    "LedgerLine",
    "LedgerState",
    "Limit",
    "Match",
    "MendableError",
    "Money",
    "Mute",
    "MuteEvent",
    "MuteKind",
    "Muted",
    "Notice",
    "Percent",
    "Period",
    "Place",
    "Queued",
    "Quote",
    "Reason",
    "Revision",
    "Slot",
    "Source",
    "Span",
    "Stage",
    "Story",
    "Tally",
    "Told",
    "Verdict",
    "Zone",
    "ZoneKind",
]
