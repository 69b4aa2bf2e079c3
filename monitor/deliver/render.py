"""What an alert says as a message, whichever kind of thing it says."""

from __future__ import annotations

from monitor.deliver import blocks, digest, text
from monitor.deliver.blocks import MAX_TEXT, Message
from monitor.model import Alert, Card, Digest, Notice


def message(alert: Alert) -> Message:
    """Return the message that stands for itself: the present state of a story, a notice or a digest.

    Where it updates an earlier message that cannot be edited, it says that it does.
    """
    match alert.card:
        case Card() as card:
            return blocks.message(card, update=alert.replaces is not None)
        case Notice() as notice:
            return _notice(notice)
        case Digest() as many:
            return digest.message(many)


def edited(alert: Alert) -> Message:
    """Return what the first message of a story shows from now on."""
    return blocks.message(alert.card) if isinstance(alert.card, Card) else message(alert)


def reply(alert: Alert) -> Message:
    """Return the message for the thread under the first one."""
    return blocks.reply(alert.card) if isinstance(alert.card, Card) else message(alert)


def _notice(notice: Notice) -> Message:
    words = text.clean(notice.text)
    shown = text.escape(text.cut(words.lstrip("> ") or "(no text)", MAX_TEXT, text.escaped_units))
    return Message(words, shown, (), shown)
