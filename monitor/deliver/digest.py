"""A digest as a message: a line for each story, and the numbers as bars of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.deliver import mention, text
from monitor.deliver.blocks import MAX_TEXT, Element, Message, changes_in_words, facts, headline
from monitor.model import Card, Digest, Tally

MOST_LINES = 20
_TITLE, _LINE, _NAME, _BAR = 300, 300, 32, 16
_PARTS = ("By day", "By company", "By region")


def message(digest: Digest) -> Message:
    """Return the message: the title, at most `MOST_LINES` stories, and the numbers.

    Args:
        digest: What to say. Its fields may hold any characters, of any length.
    """
    title = text.cut(text.clean(digest.title[: _TITLE * 8]), _TITLE) or "(no title)"
    head: list[Element] = [*mention.elements(digest.mention)]
    if head:
        head.append(_text(" "))
    head.append(_text(title, bold=True))
    parts: list[Element] = [{"type": "rich_text_section", "elements": head}]
    shown = digest.cards[:MOST_LINES]
    if shown:
        lines = [{"type": "rich_text_section", "elements": _line(card)} for card in shown]
        parts.append({"type": "rich_text_list", "style": "bullet", "elements": lines})
    if more := more_words(digest):
        parts.append({"type": "rich_text_section", "elements": [_text(more)]})
    parts += (
        {"type": "rich_text_preformatted", "elements": [_text("\n".join(bars))]} for bars in numbers(digest)
    )
    if digest.watchlists:
        names = text.cut(text.clean(", ".join(digest.watchlists[:20])), _LINE)
        parts.append({"type": "rich_text_section", "elements": [_text(names or "(no name)")]})
    spoken = " | ".join(filter(None, [title, *map(line_words, shown), more]))
    return Message(
        spoken, _spoken(spoken), ({"type": "rich_text", "elements": parts},), _plain(digest, spoken)
    )


def line_words(card: Card) -> str:
    """Return a story on one line: who cuts how many, where, at what stage, and what changed."""
    return " · ".join(filter(None, (headline(card), facts(card), changes_in_words(card))))


def more_words(digest: Digest) -> str:
    """Return how many stories are not shown, or ""."""
    more = len(digest.cards) - MOST_LINES
    return f"and {more} more" if more > 0 else ""


def numbers(digest: Digest) -> Iterator[list[str]]:
    """Yield the lines of each part of the numbers that has any, its heading in front."""
    for heading, tallies in zip(_PARTS, (digest.days, digest.companies, digest.regions), strict=True):
        if len(digest.cards) > 1 and tallies:
            yield [heading, *_bars(tallies)]


def _bars(tallies: Iterable[Tally]) -> Iterator[str]:
    shown = [(text.cut(text.clean(one.name[: _NAME * 8]), _NAME) or "?", one) for one in tallies]
    width = max(len(name) for name, _ in shown)
    most = max(max(one.jobs for _, one in shown), 1)
    for name, one in shown:
        bar = "█" * max(round(_BAR * one.jobs / most), 1 if one.jobs else 0)
        count = f"{one.jobs:,} jobs" if one.jobs else ""
        stories = f"{one.stories} {'story' if one.stories == 1 else 'stories'}" if one.stories else "–"
        yield f"{name:<{width}}  {bar:<{_BAR}}  {', '.join(filter(None, (count, stories)))}".rstrip()


def _line(card: Card) -> list[Element]:
    url, words = text.link(card.link), headline(card)
    first: Element = {"type": "link", "url": url, "text": words} if url else _text(words)
    rest = " · ".join(filter(None, (facts(card), changes_in_words(card))))
    return [first, _text(text.cut(f" · {rest}", _LINE))] if rest else [first]


def _spoken(words: str) -> str:
    return text.escape(text.cut(words.lstrip("> ") or "(no text)", MAX_TEXT, text.escaped_units))


def _plain(digest: Digest, spoken: str) -> str:
    pings = mention.markup(digest.mention)
    room = MAX_TEXT - len(pings) - 1
    said = text.escape(text.cut(spoken.lstrip("> ") or "(no text)", room, text.escaped_units))
    return " ".join(filter(None, (pings, said)))


def _text(words: str, *, bold: bool = False) -> Element:
    plain: Element = {"type": "text", "text": words}
    return {**plain, "style": {"bold": True}} if bold else plain
