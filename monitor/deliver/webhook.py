"""An incoming webhook: the simple way into one Slack channel. It cannot be asked, so it is at least once."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from math import ceil

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse

from monitor.deliver import render
from monitor.deliver.channel import Posted
from monitor.deliver.errors import AccountRefused, Ambiguous, DeliveryError, NotSent, refusal
from monitor.deliver.slack import DEFAULT_RETRY_AFTER, quiet_logger, retry_after
from monitor.model import Alert


class WebhookChannel:
    """Posts every alert as a new message; an update says that it is one.

    The URL is a secret: no error and no log line holds it.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: timedelta = timedelta(seconds=10),
        limited: timedelta = DEFAULT_RETRY_AFTER,
    ) -> None:
        self._timeout = timeout.total_seconds()
        self._limited = limited
        self._client = AsyncWebhookClient(
            url, timeout=ceil(self._timeout) + 1, retry_handlers=[], logger=quiet_logger()
        )

    def place(self, channel: str) -> str:  # noqa: ARG002
        """Return the one place that a webhook posts to."""
        return "webhook"

    async def post(self, alert: Alert, *, plain: bool = False) -> Posted:
        """Post the alert; see `Channel`. The answer names no message, so `ts` is empty."""
        said = render.message(alert)
        body: dict[str, object] = {"text": said.plain if plain else said.text}
        await self._send(body if plain or not said.blocks else body | {"blocks": list(said.blocks)})
        return Posted(alert.channel, "")

    async def probe(self) -> None:
        """Return: a webhook can be tried by posting only."""

    async def _send(self, body: dict[str, object]) -> None:
        body |= {"mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._client.send_dict(body)
        except aiohttp.ClientConnectorError as error:
            raise NotSent(f"cannot connect: {type(error.os_error).__name__}") from None
        except aiohttp.InvalidURL:
            raise AccountRefused("the webhook's address is no URL") from None
        except Exception as error:
            raise Ambiguous(type(error).__name__) from None
        if outcome := _outcome(response, self._limited):
            raise outcome


def _outcome(response: WebhookResponse, limited: timedelta) -> DeliveryError | None:
    """https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/, "Handling errors"."""
    if response.status_code == 429:
        return NotSent("ratelimited", _wait(response) or limited)
    if response.status_code >= 500:
        return Ambiguous(f"HTTP {response.status_code}")
    if response.status_code >= 400:
        return refusal(response.body.strip()[:100])
    return None if response.body.strip() == "ok" else Ambiguous("the reply is not “ok”")


def _wait(response: WebhookResponse) -> timedelta | None:
    if any(name.lower() == "retry-after" for name in response.headers):
        return retry_after(response.headers, datetime.now(UTC))
    try:
        seconds = str(json.loads(response.body)["retry_after"])
    except (ValueError, KeyError, TypeError):
        seconds = ""
    return retry_after({"Retry-After": seconds}, datetime.now(UTC))
