"""Tells what answers in place of a feed: a captcha, another feed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LOOK_AT = 20_000
# Cloudflare, PerimeterX, Imperva, DataDome, and whoever says it in words.
_CAPTCHA = re.compile(
    rb"captcha|cf-chl|challenge-platform|px-captcha|_incapsula_|datadome|are you (?:a )?(?:human|robot)|"
    rb"just a moment\.\.\.|verify(?:ing)? (?:that )?you are human|unusual traffic",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def is_captcha(headers: Mapping[str, str], content: bytes) -> bool:
    """Tell whether an answer asks for a human.

    Args:
        headers: Names in lower case.
        content: The body, of which the beginning counts. A feed may well speak of captchas: only a page asks.
    """
    if headers.get("cf-mitigated", "").strip().lower() == "challenge":
        return True
    start = content[:_LOOK_AT]
    return _PAGE.search(start) is not None and _CAPTCHA.search(start) is not None


def is_same_title(before: str, after: str) -> bool:
    """Tell whether two channel titles may be of one feed: half of the words stay. Dates in titles change."""
    words = set(_WORD.findall(before.casefold()))
    kept = words & set(_WORD.findall(after.casefold()))
    return len(kept) >= len(words) / 2
