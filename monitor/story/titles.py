"""What a headline says of its own item: that it corrects an earlier one."""

from __future__ import annotations

import re

# Business Wire: "CORRECTING and REPLACING"; PR Newswire: "/C O R R E C T I O N -- Company/"; Reuters:
# "CORRECTED-", "REFILE-"; GlobeNewswire: "CORRECTION:", "C-O-R-R-E-C-T-I-O-N".
_SPELT = r"[\s-]".join("correction")
_CORRECTION = re.compile(
    rf"^\W*(?:correcting\s+and\s+replacing|correct(?:ion|ed)|{_SPELT}"
    r"|corrigend(?:um|a)|refil(?:e|ed|ing)|re-issue\s+with\s+correction|berichtigung|korrektur|rectificati(?:f|on))"
    r"\b(?:\s+(?:to|of|zu|on)\b|\s*\d+)?[\W_]*",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"^\W*(?:update[ds]?|wrapup|recasts?)\b(?:\s*\d+)?\s*[-–—:]\W*", re.IGNORECASE)


def corrects(title: str) -> bool:
    """Whether the headline opens with a wire's mark of a correction or replacement."""
    return _CORRECTION.match(title) is not None


def without_marker(title: str) -> str:
    """Return the headline without a mark of correction or update, in lower case."""
    return _UPDATE.sub("", _CORRECTION.sub("", title)).casefold()
