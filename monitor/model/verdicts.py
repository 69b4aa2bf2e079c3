"""What the rules say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.model.documents import Evidence, ZoneKind


class Stage(StrEnum):
    """How sure the cut is: done or decided, intended, told by others, or denied by the employer."""

    CONFIRMED = "confirmed"
    PLANNED = "planned"
    REPORTED = "reported"
    DENIED = "denied"


class Kind(StrEnum):
    """How jobs go."""

    LAYOFF = "layoff"
    CLOSURE = "closure"
    FURLOUGH = "furlough"
    BUYOUT = "buyout"
    REDUNDANCY_PROGRAMME = "redundancy_programme"


class Reason(StrEnum):
    """Why an item did or did not become an alert. Counters, `explain` and logs use these names."""

    ANNOUNCED = "announced"
    NO_RULE = "no_rule"
    BELOW_THRESHOLD = "below_threshold"
    VETOED = "vetoed"
    NO_EMPLOYER = "no_employer"
    DUPLICATE = "duplicate"
    TOO_OLD = "too_old_at_first_contact"
    OTHER_LANGUAGE = "other_language"
    REPETITION = "repetition"
    MUTED = "muted"
    NO_WATCHLIST = "no_watchlist"


@dataclass(frozen=True, slots=True)
class Match:
    """One rule that matched: its id, the weight it gave (negative: against), where, and in which zone."""

    rule: str
    weight: float
    zone: ZoneKind
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule set says of one document. `announced` is `reason is ANNOUNCED`."""

    rule_set: str
    reason: Reason
    score: float
    threshold: float
    stage: Stage | None = None
    kind: Kind | None = None
    matches: tuple[Match, ...] = ()

    @property
    def announced(self) -> bool:
        """Whether the rules take the item for an announcement."""
        return self.reason is Reason.ANNOUNCED
