"""What the people who run the monitor should know, as an alert that is delivered like any other."""

from __future__ import annotations

import hashlib
from datetime import datetime

from monitor.model import Alert, Notice


def notice(key: str, text: str, channel: str, at: datetime) -> Alert[Notice]:
    """Return the alert that says `text` in a channel.

    Args:
        key: What it is about ("gap prnewswire 2026-03-02T14:05"): the same in the same channel is told once.
        text: One line of plain text.
        channel: Where ops read.
        at: The time, aware.
    """
    said = f"{key}\0{channel}".encode()
    identity = hashlib.blake2b(said, digest_size=16, person=b"notice").hexdigest()
    return Alert(identity, "", 0, channel, Notice(text, key), at)
