"""Slack with a bot token: posts that can be looked up by the alert id in their metadata."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from math import ceil
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from monitor.deliver import blocks, render
from monitor.deliver.channel import Posted
from monitor.deliver.chart import chart, in_words
from monitor.deliver.commands import actions
from monitor.deliver.errors import (
    AccountRefused,
    Ambiguous,
    ChannelRefused,
    DeliveryError,
    FirstGone,
    LookUpRefused,
    NotSent,
    refusal,
)
from monitor.model import Alert, Card, Digest

_log = structlog.get_logger(__name__)

EVENT_TYPE = "newswire_alert"
DEFAULT_URL = "https://slack.com/api/"
# For a 429 without a number, or with one that cannot be read.
DEFAULT_RETRY_AFTER = timedelta(seconds=30)
_MOST_RETRY_AFTER = timedelta(hours=1)
_CHANNEL_ID = re.compile(r"[CDG][A-Z0-9]{7,20}")
# Slack's clock and the ledger's may differ by this much before a look-up misses a message.
_SKEW = timedelta(minutes=5)
_PAGE = 200

Call = Callable[[], Awaitable[AsyncSlackResponse]]


class SlackChannel:
    """Posts, edits and looks up alerts through Slack's Web API.

    Retries of the SDK are off: with its defaults a reply that is lost becomes a second post. Every call has
    a connection of its own, so that a stale one cannot make a harmless failure an unknown outcome.
    """

    def __init__(
        self,
        token: str,
        *,
        url: str = DEFAULT_URL,
        timeout: timedelta = timedelta(seconds=10),
        limited: timedelta = DEFAULT_RETRY_AFTER,
        buttons: bool = False,
    ) -> None:
        self._client = AsyncWebClient(
            token=token,
            base_url=url,
            timeout=ceil(timeout.total_seconds()) + 1,
            retry_handlers=[],
            logger=quiet_logger(),
        )
        self._timeout = timeout.total_seconds()
        self._limited = limited
        self._buttons = buttons
        self._may_draw = True
        self._ids: dict[str, str] = {}

    def place(self, channel: str) -> str:
        """Return the channel."""
        return channel

    async def post(self, alert: Alert, *, plain: bool = False) -> Posted:
        """Post the alert; see `Channel`."""
        where = await self.resolve(alert.channel)
        posted = await self._post(where, render.message(alert), alert, plain=plain)
        if isinstance(alert.card, Digest):
            await self._draw(posted, alert.card)
        return posted

    async def _draw(self, posted: Posted, digest: Digest) -> None:
        """Put the chart of a digest into its thread, at most once: the message tells the numbers anyway."""
        picture = await asyncio.to_thread(chart, digest) if self._may_draw else None
        if picture is None:
            return
        try:
            await self._write(
                lambda: self._client.files_upload_v2(
                    content=picture,
                    filename="digest.png",
                    title="Jobs by day",
                    alt_txt=in_words(digest),
                    channel=posted.channel,
                    thread_ts=posted.ts,
                )
            )
        except DeliveryError as error:
            self._may_draw = str(error) != "missing_scope"
            _log.info("no chart", channel=posted.channel, reason=str(error))

    async def complete(self, posted: Posted, alert: Alert) -> None:
        """Draw a digest's chart unless its thread has it; see `Archive`."""
        if not isinstance(alert.card, Digest) or not self._may_draw:
            return
        thread = self._pages(
            self._client.conversations_replies, "messages", channel=posted.channel, ts=posted.ts
        )
        try:
            drawn = [entry async for entry in thread if entry.get("files")]
        except DeliveryError as error:
            _log.info("no chart", channel=posted.channel, reason=str(error))
            return
        if not drawn:
            await self._draw(posted, alert.card)

    async def reply(self, first: Posted, alert: Alert, *, plain: bool = False) -> Posted:
        """Post the difference into the first message's thread; see `Channel`."""
        return await self._post(
            first.channel, render.reply(alert), alert, plain=plain, thread=first.thread or first.ts
        )

    async def update(self, first: Posted, alert: Alert) -> None:
        """Edit the first message to the present state; see `Channel`."""
        said = render.edited(alert)
        # The metadata stays that of the first alert: by it the message is found again.
        await self._write(
            lambda: self._client.chat_update(
                channel=first.channel, ts=first.ts, text=said.text, blocks=self._blocks(said, alert)
            )
        )

    async def _post(
        self, channel: str, said: blocks.Message, alert: Alert, *, plain: bool, thread: str | None = None
    ) -> Posted:
        response = await self._write(
            lambda: self._client.chat_postMessage(
                channel=channel,
                text=said.plain if plain else said.text,
                blocks=None if plain else self._blocks(said, alert) or None,
                thread_ts=thread,
                metadata={
                    "event_type": EVENT_TYPE,
                    "event_payload": {
                        "alert": alert.id,
                        "story": alert.story,
                        "revision": alert.revision,
                    },
                },
                mrkdwn=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        posted, ts = response.get("channel"), response.get("ts")
        if not (isinstance(posted, str) and isinstance(ts, str)):
            raise Ambiguous("the reply names no message")
        return Posted(posted, ts, thread or "")

    def _blocks(self, said: blocks.Message, alert: Alert) -> list[dict[str, Any]]:
        """The message's blocks; under a story's card, buttons if somebody listens to them."""
        below = [actions(alert.story)] if self._buttons and isinstance(alert.card, Card) else []
        return [*said.blocks, *below]

    async def probe(self) -> None:
        """Ask Slack whether the token is good (`auth.test`)."""
        await self._read(self._client.auth_test)

    async def identity(self) -> tuple[str, frozenset[str]]:
        """Return who the token is ("newswire in Acme") and the scopes it was granted."""
        response = await self._read(self._client.auth_test)
        headers = {name.lower(): value for name, value in response.headers.items()}
        scopes = frozenset(filter(None, headers.get("x-oauth-scopes", "").split(",")))
        return f"{response.get('user')} in {response.get('team')}", scopes

    async def listen(self, app_token: str) -> None:
        """Ask for an address of Socket Mode with the app-level token; nothing is opened."""
        await self._read(lambda: self._client.apps_connections_open(app_token=app_token))

    async def resolve(self, channel: str) -> str:
        """Return the id of a channel given by id or by name ("#layoffs").

        Raises:
            ChannelRefused: no channel has this name, or we cannot see it.
        """
        if _CHANNEL_ID.fullmatch(channel):
            return channel
        name = channel.removeprefix("#")
        if name not in self._ids:
            try:
                self._ids.update(await self._list())
            except LookUpRefused:
                # Slack posts to names, too; only the look-up needs the id.
                return channel
        if name not in self._ids:
            raise ChannelRefused("channel_not_found")
        return self._ids[name]

    async def joined(self, channel: str) -> None:
        """Return if the channel takes posts from us (`conversations.info`), or may not be asked about it.

        Raises:
            ChannelRefused: it is missing, archived, or has not invited us.
        """
        where = await self.resolve(channel)
        try:
            found = (await self._read(lambda: self._client.conversations_info(channel=where)))["channel"]
        except LookUpRefused:
            return
        if found.get("is_archived"):
            raise ChannelRefused("is_archived")
        if not found.get("is_member", True):
            raise ChannelRefused("not_in_channel")

    async def _list(self) -> dict[str, str]:
        pages = self._pages(
            self._client.conversations_list, "channels", types="public_channel,private_channel", limit=1000
        )
        return {entry["name"]: entry["id"] async for entry in pages}

    async def history(
        self, channel: str, since: datetime, *, threads: Collection[str] = ()
    ) -> Mapping[str, Posted]:
        """Return our messages and their replies since then, by alert id; see `Channel`."""
        where = await self.resolve(channel)
        if not _CHANNEL_ID.fullmatch(where):
            raise LookUpRefused(
                "the channel is known by its name only: give its id or the scope channels:read"
            )
        asked = {"channel": where, "oldest": f"{(since - _SKEW).timestamp():.6f}", "limit": _PAGE}
        found: dict[str, Posted] = {}
        roots = set(threads)
        async for entry in self._pages(
            self._client.conversations_history, "messages", include_all_metadata=True, **asked
        ):
            if alert := _alert_of(entry):
                found[alert] = Posted(where, entry["ts"])
                roots |= {entry["ts"]} if entry.get("reply_count") else set()
        for root in sorted(roots):
            found |= await self._replies(root, asked)
        return found

    async def _replies(self, root: str, asked: dict[str, Any]) -> dict[str, Posted]:
        pages = self._pages(
            self._client.conversations_replies, "messages", ts=root, include_all_metadata=True, **asked
        )
        try:
            return {
                alert: Posted(asked["channel"], entry["ts"], root)
                async for entry in pages
                if entry["ts"] != root and (alert := _alert_of(entry))
            }
        except FirstGone:
            return {}

    async def _pages(
        self, method: Callable[..., Awaitable[AsyncSlackResponse]], key: str, **asked: Any
    ) -> AsyncIterator[dict[str, Any]]:
        cursor = ""
        while True:
            page = await self._read(partial(method, cursor=cursor or None, **asked))
            for entry in page.get(key) or []:
                yield entry
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _read(self, call: Call) -> AsyncSlackResponse:
        try:
            return await self._write(call)
        except Ambiguous as unknown:
            raise NotSent(str(unknown)) from unknown
        except AccountRefused as refused:
            if str(refused) == "missing_scope":
                raise LookUpRefused("missing_scope") from refused
            raise

    async def _write(self, call: Call) -> AsyncSlackResponse:
        try:
            async with asyncio.timeout(self._timeout):
                return await call()
        except SlackApiError as error:
            raise _outcome(error, self._limited) from None
        except aiohttp.ClientConnectorError as error:
            raise NotSent(f"cannot connect: {type(error.os_error).__name__}") from None
        except Exception as error:
            # Time-outs, resets, replies the SDK trips over. Only their kind is told: the rest may be secret.
            raise Ambiguous(type(error).__name__) from None


def _outcome(error: SlackApiError, limited: timedelta) -> DeliveryError:
    response = error.response
    # The SDK hands over its own response, or aiohttp's where the body is not JSON.
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    if status == 429 or code in ("ratelimited", "rate_limited"):
        asked = retry_after(getattr(response, "headers", {}), datetime.now(UTC))
        return NotSent("ratelimited", asked or limited)
    if status >= 500 or not isinstance(code, str):
        return Ambiguous(f"HTTP {status}")
    return refusal(code)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long a 429 asks us to wait: seconds or an HTTP date (RFC 9110, 10.2.3), one hour at most.

    None where it does not say, or what it says cannot be read.
    """
    raw = next((value for name, value in headers.items() if name.lower() == "retry-after"), "").strip()
    try:
        wait = timedelta(seconds=int(raw)) if raw.isdecimal() else parsedate_to_datetime(raw) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta(seconds=1)), _MOST_RETRY_AFTER)


def _alert_of(entry: Mapping[str, Any]) -> str | None:
    metadata = entry.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    alert = (metadata.get("event_payload") or {}).get("alert")
    return alert if isinstance(alert, str) else None


def quiet_logger() -> logging.Logger:
    """Return a logger that keeps what the SDK sends to itself: at DEBUG it writes a webhook's secret URL."""
    logger = logging.getLogger("monitor.deliver.sdk")
    logger.setLevel(logging.ERROR)
    return logger
