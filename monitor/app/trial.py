"""A Slack channel for trying things out: alerts of a replay are posted there, and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from uuid import uuid4

from monitor.app.roles import POLICY
from monitor.app.settings import Settings
from monitor.deliver.check import remedy
from monitor.deliver.errors import Ambiguous, DeliveryError, MessageRefused, NotSent
from monitor.deliver.slack import DEFAULT_URL, SlackChannel
from monitor.model import Alert, MendableError

ATTEMPTS = 5


class TrialError(MendableError):
    """The channel cannot be used for a trial; the message says what to do."""


class Trial:
    """One Slack channel that takes what would have been told elsewhere. It has no buttons: nothing is kept.

    Args:
        settings: Whose watchlists name the channels that must be left alone.
        environ: Holds SLACK_BOT_TOKEN.
        channel: An id, or a name with #.
        sleep: Waits for so many seconds.

    Raises:
        TrialError: there is no token, or the channel is one that people read for news.
    """

    def __init__(
        self,
        settings: Settings,
        environ: Mapping[str, str],
        channel: str,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        name = channel.removeprefix("#")
        told = {other.removeprefix("#"): one.name for one in settings.watchlists for other in one.channels}
        if name in told:
            raise TrialError(
                f"{channel} is where '{told[name]}' is told the news: name a channel that is for trials only"
            )
        token = environ.get("SLACK_BOT_TOKEN", "").strip()
        if not token:
            raise TrialError("set SLACK_BOT_TOKEN: a webhook or a terminal has no channel to choose")
        url = environ.get("SLACK_API_URL", "").strip() or DEFAULT_URL
        self._slack = SlackChannel(token, url=url, timeout=POLICY.timeout)
        self._channel = channel
        self._sleep = sleep

    async def check(self) -> None:
        """Return if the channel takes our posts.

        Raises:
            TrialError: it does not, or nobody can tell.
        """
        try:
            await self._slack.joined(self._channel)
        except DeliveryError as error:
            raise TrialError(f"{self._channel}: {error}: {remedy(error)}") from error

    async def post(self, alerts: Iterable[Alert]) -> AsyncIterator[Alert]:
        """Post alerts at Slack's pace, and yield each that is there, or may be.

        One whose outcome is unknown is not posted again.

        Raises:
            TrialError: the channel takes no more.
        """
        for alert in alerts:
            # An id of its own: no ledger knows it, and none shall take it for an alert.
            own = replace(alert, id=f"replay-{uuid4().hex}", channel=self._channel)
            try:
                await self._posted(own)
            except DeliveryError as error:
                raise TrialError(f"{self._channel}: {error}: {remedy(error)}") from error
            yield own
            await self._sleep(POLICY.every.total_seconds())

    async def _posted(self, alert: Alert) -> None:
        for failures in range(ATTEMPTS):
            try:
                await self._slack.post(alert, plain=False)
                return
            except Ambiguous:
                return
            except MessageRefused:
                await self._slack.post(alert, plain=True)
                return
            except NotSent as error:
                if failures == ATTEMPTS - 1:
                    raise
                await self._sleep(POLICY.wait(failures, error.retry_after).total_seconds())
