"""The proving sentence as it is shown: one line, the number in bold, no longer than needed."""

from __future__ import annotations

import re

from monitor.model import Evidence, Layoff, Quote
from monitor.story.identity import after_dateline

MOST = 320
"""Code points of a quote: two or three lines of a message."""
_BORDERS = ("; ", ", ", " – ", " — ", " ")


def quote(layoff: Layoff) -> Quote:
    """Return the sentence, without its dateline, and its number, or else its share, in bold.

    Whitespace is folded; a sentence longer than `MOST` is cut around the number, at a comma or word.
    """
    sentence = layoff.sentence
    figures = [fact.evidence for fact in (layoff.headcount, layoff.percent) if fact is not None]
    spans = sorted({span for figure in figures if (span := _span_in(sentence, figure))})
    spans = spans or _repeated(sentence.text, layoff)
    begin = len(sentence.text) - len(after_dateline(sentence.text))
    if any(start < begin for start, _ in spans):
        begin = 0
    return _shortened(_folded(sentence.text[begin:], [(start - begin, end - begin) for start, end in spans]))


def _repeated(text: str, layoff: Layoff) -> list[tuple[int, int]]:
    """Where the sentence says again, in digits, a figure that was read elsewhere, as in the headline."""
    headcount, percent = layoff.headcount, layoff.percent
    ends = {end for end in (headcount.low, headcount.high) if end} if headcount else set[int]()
    patterns = [_in_digits(f"{end:,}".replace(",", "[,.\\s]?")) for end in sorted(ends)]
    if percent:
        patterns.append(_in_digits(re.escape(f"{percent.value:.4g}")) + r"\s?(?:%|per\s?cent|pct)")
    found = (re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
    return sorted(match.span() for match in found if match)


def _in_digits(figure: str) -> str:
    return rf"(?<![\d.,]){figure}(?![.,]?\d)"


def _span_in(sentence: Evidence, figure: Evidence) -> tuple[int, int] | None:
    """Where the figure stands in the sentence, as offsets into it; None if it stands elsewhere."""
    start, end = figure.start - sentence.start, figure.end - sentence.start
    if figure.text and 0 <= start < end <= len(sentence.text) and sentence.text[start:end] == figure.text:
        return start, end
    return None


def _folded(text: str, spans: list[tuple[int, int]]) -> Quote:
    """Fold whitespace; `at[i]` is where code point i of the old text stands in the new one."""
    kept: list[str] = []
    at = []
    for char in text:
        at.append(len(kept))
        if not char.isspace():
            kept.append(char)
        elif kept and kept[-1] != " ":
            kept.append(" ")
    at.append(len(kept))
    folded = "".join(kept).rstrip()
    moved = ((at[start], min(at[end], len(folded))) for start, end in spans)
    return Quote(folded, _joined([_trimmed(folded, *span) for span in moved]))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return start, end


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join spans that overlap: markup cannot nest bold in bold."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def _shortened(whole: Quote) -> Quote:
    text = whole.text
    if len(text) <= MOST:
        return whole
    first, last = whole.bold[0] if whole.bold else (0, 0)
    room = max(0, MOST - 2 - (last - first))
    start = max(0, min(first - room // 2, len(text) - MOST + 1))
    start = _next_border(text, start, first) if start else 0
    end = min(len(text), start + MOST - (2 if start else 1))
    end = _last_border(text, max(last, start + 1), end) if end < len(text) else end
    shown = ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
    shift = start - (1 if start else 0)
    return Quote(shown, tuple((a - shift, b - shift) for a, b in whole.bold if start <= a and b <= end))


def _next_border(text: str, start: int, before: int) -> int:
    for border in _BORDERS:
        found = text.find(border, start, start + (before - start) // 2 + 1)
        if found >= 0:
            return found + len(border)
    return start


def _last_border(text: str, after: int, end: int) -> int:
    for border in _BORDERS:
        found = text.rfind(border, after + (end - after) // 2, end)
        if found > after:
            return found
    return end
