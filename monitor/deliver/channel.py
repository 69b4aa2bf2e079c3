"""What delivery asks of a channel: Slack with a bot token, an incoming webhook, or a terminal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from monitor.model import Alert


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that is there: the channel's id and its `ts`, which is Slack's message id.

    `ts` is empty where a channel gives none. `thread` is the ts of the message it replies to, if any.
    """

    channel: str
    ts: str
    thread: str = ""


class Channel(Protocol):
    """Where alerts go. Every method raises the errors of `monitor.deliver.errors` and nothing else.

    One that is no `Archive` cannot be asked what it holds: delivery to it is at least once.
    """

    def place(self, channel: str) -> str:
        """Return the place where alerts for this channel end up: those of one place share pace and order."""
        ...

    async def post(self, alert: Alert, *, plain: bool = False) -> Posted:
        """Post the alert as a message of its own; `plain`: as text without any layout."""
        ...

    async def probe(self) -> None:
        """Return if the account is in order, else raise `AccountRefused` or `NotSent`."""
        ...


@runtime_checkable
class Archive(Channel, Protocol):
    """A channel whose messages can be looked up and edited."""

    async def update(self, first: Posted, alert: Alert) -> None:
        """Make the first message show the present state. Harmless when repeated."""
        ...

    async def reply(self, first: Posted, alert: Alert, *, plain: bool = False) -> Posted:
        """Tell in the first message's thread what is different now."""
        ...

    async def complete(self, posted: Posted, alert: Alert) -> None:
        """Add what goes with the message of an alert and may be missing where its sender died meanwhile."""
        ...

    async def history(
        self, channel: str, since: datetime, *, threads: Collection[str] = ()
    ) -> Mapping[str, Posted]:
        """Return our messages since then by alert id, with the replies in their threads and in `threads`.

        Raises:
            LookUpRefused: the history may not be read.
        """
        ...
