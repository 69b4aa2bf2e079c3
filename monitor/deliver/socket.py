"""Slack's Socket Mode: what people click and type comes in over a WebSocket that we open. No inbound port."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from monitor.deliver import text
from monitor.deliver.commands import Action, Asked, asked
from monitor.deliver.slack import DEFAULT_URL, quiet_logger

_MOST = 3000
_TIMEOUT = 10
_log = structlog.get_logger(__name__)

Answer = Callable[[Asked], Awaitable[str]]


class SocketDesk:
    """Hears what is asked, acknowledges it at once, and answers when the work is done, to the asker only.

    Slack wants the acknowledgement within three seconds. The SDK connects again by itself.

    Args:
        app_token: The app-level token (xapp-…); it is a secret.
        answer: Does what is asked and returns what to say, in plain text.
        url: Base URL of the Web API.
        ping: Seconds between pings, and between attempts to connect.
    """

    def __init__(self, app_token: str, answer: Answer, *, url: str = DEFAULT_URL, ping: float = 5) -> None:
        self._token = app_token
        self._answer = answer
        self._url = url
        self._ping = ping
        self._working: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Listen until cancelled; then let what is being worked on be answered."""
        web = AsyncWebClient(base_url=self._url, retry_handlers=[], logger=quiet_logger(), timeout=_TIMEOUT)
        client = SocketModeClient(
            self._token, logger=_silent_logger(), web_client=web, ping_interval=self._ping
        )
        client.socket_mode_request_listeners.append(self._hear)
        try:
            client.wss_uri = await self._address(web)
            await client.connect()  # type: ignore[no-untyped-call]
            _log.info("listening to Slack's buttons and commands")
            await asyncio.Event().wait()
        finally:
            await client.close()  # type: ignore[no-untyped-call]
            if self._working:
                await asyncio.wait(self._working, timeout=_TIMEOUT)

    async def _address(self, web: AsyncWebClient) -> str:
        """Return where to connect; while Slack does not tell, say why and ask again."""
        while True:
            try:
                return str((await web.apps_connections_open(app_token=self._token))["url"])
            except Exception as error:
                # The SDK would go on in silence, or tell secrets: of the error only its code is told.
                reason = type(error).__name__
                if isinstance(error, SlackApiError):
                    reason = error.response.get("error", reason)
                _log.error("Slack's buttons do not work: no Socket Mode with SLACK_APP_TOKEN", reason=reason)
            await asyncio.sleep(self._ping * 6)

    async def _hear(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        if question := asked(request.type, request.payload):
            task = asyncio.create_task(self._work(question))
            self._working.add(task)
            task.add_done_callback(self._working.discard)

    async def _work(self, question: Asked) -> None:
        try:
            said = await self._answer(question)
        except Exception as error:
            _log.error("not done", action=question.action, author=question.author, error=type(error).__name__)
            said = "That did not work; please try again. The monitor's log says why."
        words = text.escape(text.cut(said, _MOST, text.escaped_units))
        if question.action is Action.WHY:
            words = f"```\n{words}\n```"  # it has columns; no back-tick is left in it
        try:
            client = AsyncWebhookClient(
                question.answer_to, retry_handlers=[], logger=quiet_logger(), timeout=_TIMEOUT
            )
            await client.send(text=words, response_type="ephemeral", replace_original=False)
        except Exception as error:
            _log.error("not answered", action=question.action, error=type(error).__name__)


def _silent_logger() -> logging.Logger:
    """Return a logger that keeps all to itself: the SDK writes the WebSocket's address, which is a secret."""
    logger = logging.getLogger("monitor.deliver.socket.sdk")
    logger.setLevel(logging.CRITICAL + 1)
    return logger
