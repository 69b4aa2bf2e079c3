"""Make text from outside harmless for a chat message: what is invisible goes, what is too long is cut.

Everything here returns plain text of no markup, save `escape`, which is the last step before Slack's
mrkdwn, and `link`, which returns a URL that may stand in one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import quote, urlsplit

ELLIPSIS = "…"
MAX_LINK = 3000

_JOINERS = "\u200c\u200d"
# A base letter with more marks than this is drawn over its neighbours' lines. No living script needs more.
_MAX_MARKS = 4
_MARKS = ("Mn", "Me")
_DROPPED = ("Cc", "Cf", "Cs")
_SPACES = re.compile(r"\s+")
# Slack reads these as markup in `text`; their look-alikes it does not.
_LOOK_ALIKES = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ʼ"})
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def clean(text: str) -> str:
    """Return the text on one line without control, bidi, zero-width and lone surrogate characters.

    Joiners stay where letters outside ASCII need them (Persian, Indic scripts, family emoji).
    """
    return clean_inside(text).strip()


def clean_inside(text: str) -> str:
    """Return a stretch of a longer text cleaned, with a space at its ends where there was any."""
    return _SPACES.sub(" ", "".join(_visible(text)))


def _visible(text: str) -> Iterator[str]:
    marks = 0
    for index, char in enumerate(text):
        if char.isspace():
            yield " "
            marks = 0
            continue
        category = unicodedata.category(char)
        marks = marks + 1 if category in _MARKS else 0
        if marks > _MAX_MARKS or (category in _DROPPED and not _joins(text, index)):
            continue
        yield char


def _joins(text: str, index: int) -> bool:
    around = text[index - 1 : index] + text[index + 1 : index + 2]
    return text[index] in _JOINERS and len(around) == 2 and all(map(_joinable, around))


def _joinable(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) not in _DROPPED and not char.isspace()


def units(text: str) -> int:
    """Return the length in UTF-16 code units, the largest way in which a limit can be counted."""
    return len(text) + sum(char > "\uffff" for char in text)


def cut(text: str, limit: int, size: Callable[[str], int] = units) -> str:
    """Return the text in at most `limit` units, cut between words, else between graphemes, with "…".

    Args:
        text: Cleaned text.
        limit: The most that `size(result)` may be.
        size: Length of a string; must be the sum of its characters' lengths.
    """
    if size(text) <= limit:
        return text
    room, end = limit - size(ELLIPSIS), 0
    while end < len(text) and room >= 0:
        room -= size(text[end])
        end += 1
    end = max(end - 1, 0)
    border = next((at for at in range(end, 0, -1) if _is_border(text, at)), 0)
    space = text.rfind(" ", border // 2, border + 1)
    return text[: space if space > 0 else border].rstrip() + ELLIPSIS if limit >= size(ELLIPSIS) else ""


def _is_border(text: str, at: int) -> bool:
    """Whether no grapheme spans `text[at-1:at+1]`: the rules of UAX #29 that text in feeds meets."""
    before, after = text[at - 1], text[at : at + 1]
    if not after:
        return True
    if before == "\u200d" or after in _JOINERS or unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff":
        return False
    return not (_is_regional(after) and _regionals_before(text, at) % 2)


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _regionals_before(text: str, at: int) -> int:
    start = at
    while start and _is_regional(text[start - 1]):
        start -= 1
    return at - start


def escape(text: str) -> str:
    """Return the text as mrkdwn that shows it and does nothing else.

    `&`, `<` and `>` are the characters that Slack asks to escape
    (https://docs.slack.dev/messaging/formatting-message-text/#escaping); the marks of bold, italic, strike
    and code cannot be escaped there and become look-alikes.
    """
    return "".join(_ENTITIES.get(char, char) for char in text.translate(_LOOK_ALIKES))


def escaped_units(text: str) -> int:
    """Return `units(escape(text))`."""
    return units(text) + sum(len(_ENTITIES[char]) - 1 for char in text if char in _ENTITIES)


def link(url: str) -> str:
    """Return an http(s) URL with everything percent-encoded that could end it early, or "" if it is none.

    URLs over 3000 characters (Slack's limit) and those that carry user names or passwords are refused.
    """
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
        safe = quote(url.strip(), safe="%:/?#[]@!$&'()*+,;=-._~", errors="strict") if usable else ""
    except ValueError:
        return ""
    return safe if len(safe) <= MAX_LINK else ""
