"""The proving sentence, cleaned and cut to size, in plain and bold stretches."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.deliver import text
from monitor.model import Quote

Stretch = tuple[str, bool]

# Where a sentence must be cut before its number, this much of it stays in front.
_BEFORE = 300
# Raw characters looked at per character shown: what is invisible may fill the rest.
_SLACK = 8


def stretches(quote: Quote, limit: int) -> list[Stretch]:
    """Return (text, is bold) stretches of at most `limit` units in all, with the first bold one inside.

    Spans of `quote.bold` that overlap, are empty or point outside the text are tolerated.
    """
    begin = _window_start(quote, limit)
    shown: list[Stretch] = [(text.ELLIPSIS, False)] if begin else []
    room = limit - sum(text.units(part) for part, _ in shown)
    for raw, bold in _split(quote, begin, begin + limit * _SLACK):
        part = text.clean_inside(raw)
        if not shown or shown[-1][0].endswith(" "):
            part = part.removeprefix(" ")
        if text.units(part) > room:
            shown.append((text.cut(part, room), bold))
            break
        shown.append((part, bold))
        room -= text.units(part)
    return _trimmed(shown)


def _window_start(quote: Quote, limit: int) -> int:
    first = min((start for start, end in quote.bold if 0 <= start < end <= len(quote.text)), default=0)
    if first <= limit // 2:
        return 0
    start = first - min(_BEFORE, limit // 2)
    space = quote.text.find(" ", start, first)
    return space + 1 if space >= 0 else start


def _split(quote: Quote, begin: int, end: int) -> Iterator[tuple[str, bool]]:
    at, stop = begin, min(end, len(quote.text))
    for start, finish in sorted(quote.bold):
        start, finish = max(start, at), min(finish, stop)
        if start < finish:
            yield quote.text[at:start], False
            yield quote.text[start:finish], True
            at = finish
    yield quote.text[at:stop], False


def _trimmed(shown: list[Stretch]) -> list[Stretch]:
    parts = [(part, bold) for part, bold in shown if part]
    while parts and not (last := parts[-1][0].rstrip()):
        parts.pop()
    if parts:
        parts[-1] = (last, parts[-1][1])
    return parts
