"""A card as Slack sees it: one rich text block, and the same in words for previews and screen readers.

Rich text elements are data, not markup: nothing in them is parsed, so text from outside cannot ping, link
or format (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block/). Only the top-level `text` is
mrkdwn and needs escaping.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from monitor.deliver import mention, text
from monitor.deliver.quote import stretches
from monitor.model import Card, ChangeKind
from monitor.story.wording import change_words

Element = dict[str, object]

# Slack advises at most 4,000 characters of `text` and may split a longer one into several messages.
MAX_TEXT = 3500
_WHO, _HOW_MANY, _WHERE, _WHAT, _SOURCE, _WATCHLISTS, _QUOTE = 200, 120, 300, 120, 100, 200, 1200
_CHANGE, _CHANGES = 240, 5
_NOTHING = "(no text)"
# Dates outside are shown as written: clients format timestamps of this era only.
_ERA = (datetime(1970, 1, 2, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: `blocks`, their words as mrkdwn in `text`, and `plain`, which needs no blocks.

    `spoken` is the words as they are, of no markup.
    """

    spoken: str
    text: str
    blocks: tuple[Element, ...]
    plain: str


def message(card: Card, *, update: bool = False) -> Message:
    """Return the message that shows the present state of a story.

    Args:
        card: What to say. Its fields may hold any characters, of any length.
        update: Say first that an earlier message is overtaken, for channels where that one cannot be edited.
    """
    changed = changes_in_words(card)
    what = (headline(card), facts(card), f"Changed: {changed}" if changed else "")
    lines = [_text(what[0], bold=True), _text(what[1]), _text(what[2])]
    prefix = "Update: " if update else ""
    return _message(card, prefix, lines, list(what))


def reply(card: Card) -> Message:
    """Return the message for the thread under the first one: what is different now, and how we know.

    In a preview it stands alone, so its words say of whom.
    """
    said = changes_in_words(card)
    words = " — ".join(filter(None, (_fit(card.who, _WHO), said))) if said else headline(card)
    # Whom it is for stands above it.
    return _message(replace(card, watchlists=()), "Update: ", [_text(said or words, bold=True)], [words])


def changes_in_words(card: Card) -> str:
    """Return the changes on one line ("about 500 → about 650; also on GlobeNewswire"), or ""."""
    told = [change for change in card.changes if change.kind is not ChangeKind.FIRST]
    said = (_fit(change_words(change), _CHANGE) for change in told[:_CHANGES])
    return "; ".join(filter(None, said))


def headline(card: Card) -> str:
    """Return who cuts how many jobs."""
    return " — ".join(filter(None, [_fit(card.who, _WHO), _fit(card.how_many, _HOW_MANY)])) or _NOTHING


def facts(card: Card) -> str:
    """Return where, and at what stage."""
    return " · ".join(filter(None, [_fit(card.where, _WHERE), _fit(card.what, _WHAT)]))


def _message(card: Card, prefix: str, lines: list[Element], words: list[str]) -> Message:
    head: list[Element] = [*mention.elements(card.mention)]
    if head:
        head.append(_text(" "))
    if prefix:
        head.append(_text(prefix, bold=True))
    for line in lines:
        if line["text"]:
            head += [line, _text("\n")]
    quote = stretches(card.quote, _QUOTE)
    parts: list[Element] = [{"type": "rich_text_section", "elements": head[:-1]}]
    if quote:
        parts.append(
            {"type": "rich_text_quote", "elements": [_text(part, bold=bold) for part, bold in quote]}
        )
    if footer := _footer(card):
        parts.append({"type": "rich_text_section", "elements": footer})
    said = "".join(part for part, _ in quote)
    sentences = [*words, f"“{said}”" if said else "", signature(card)]
    spoken = prefix + " | ".join(filter(None, sentences))
    blocks: tuple[Element, ...] = ({"type": "rich_text", "elements": parts},)
    return Message(spoken, _spoken(spoken, MAX_TEXT), blocks, _plain(card, spoken))


def _plain(card: Card, spoken: str) -> str:
    pings = mention.markup(card.mention)
    url = text.link(card.link)
    tail = f"<{url.replace('&', '&amp;')}>" if url and len(url) <= MAX_TEXT // 8 else ""
    room = MAX_TEXT - len(pings) - len(tail) - 2
    return " ".join(filter(None, [pings, _spoken(spoken, room), tail]))


def _spoken(words: str, limit: int) -> str:
    # A line that begins with ">" is a quote to Slack even when it is escaped.
    return text.escape(text.cut(words.lstrip("> ") or _NOTHING, limit, text.escaped_units))


def signature(card: Card) -> str:
    """Return who published it, and when."""
    return " · ".join(filter(None, [_fit(card.source, _SOURCE), stamp(card.published)]))


def stamp(published: datetime | None) -> str:
    """Return a time as "2026-03-01 14:05 UTC", or ""."""
    if published is None:
        return ""
    try:
        return f"{published.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    except OverflowError:  # the first and the last day of the calendar
        return published.isoformat(" ", "minutes")


def _footer(card: Card) -> list[Element]:
    source, url = _fit(card.source, _SOURCE), text.link(card.link)
    parts: list[Element] = []
    if url:
        parts.append({"type": "link", "url": url, "text": source or "source"})
    elif source:
        parts.append(_text(source))
    if card.published:
        parts.append(_date(card.published))
    if card.watchlists:
        parts.append(_text(_fit(", ".join(card.watchlists[:20]), _WATCHLISTS)))
    shown = [part for part in parts if part.get("text") != ""]
    return [element for part in shown for element in (part, _text(" · "))][:-1]


def _date(published: datetime) -> Element:
    fallback = stamp(published)
    if not _ERA[0] <= published <= _ERA[1]:
        return _text(fallback)
    return {
        "type": "date",
        "timestamp": int(published.timestamp()),
        "format": "{date_short_pretty} {time}",
        "fallback": fallback,
    }


def _fit(raw: str, limit: int) -> str:
    # Only so much is looked at: a feed may put ten megabytes into a title.
    return text.cut(text.clean(raw[: limit * 8]), limit)


def _text(words: str, *, bold: bool = False) -> Element:
    return (
        {"type": "text", "text": words, "style": {"bold": True}} if bold else {"type": "text", "text": words}
    )
