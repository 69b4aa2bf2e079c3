"""A local Slack: a real HTTP server that behaves like Slack's Web API in what delivery depends on.

    async with FakeSlack() as slack:
        SlackChannel(slack.token, url=slack.url) ...
        slack.messages("C0LAYOFFS")

Faults are either scripted (`slack.fail(Fault.CLOSE_AFTER)` for the next post) or drawn from a seed
(`FakeSlack(seed=1, fault_rate=0.2)`). `latency`, `history_lag` and `per_second` (posts into one channel,
after a burst; `limited` counts those refused) can be set at any time; while it is `down`, every call fails.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import struct
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aiohttp import web
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

Json = dict[str, Any]


class Fault(StrEnum):
    """What may go wrong with one call that posts."""

    CLOSE_BEFORE = "closed before it was stored"
    CLOSE_AFTER = "closed after it was stored"
    RESET_AFTER = "reset after it was stored"
    HANG_BEFORE = "hangs, never stored"
    HANG_AFTER = "stored, then hangs"
    LATE = "hangs, stored later"
    HALF_BODY = "stored, half an answer"
    HTML_500_BEFORE = "500 with HTML, not stored"
    HTML_500_AFTER = "500 with HTML, stored"
    FATAL = "200 fatal_error, stored"
    RATE_LIMITED = "429"
    RATE_LIMITED_BARE = "429 without Retry-After"


_STORED = frozenset(
    {
        Fault.CLOSE_AFTER,
        Fault.RESET_AFTER,
        Fault.HANG_AFTER,
        Fault.HALF_BODY,
        Fault.HTML_500_AFTER,
        Fault.FATAL,
    }
)
_OUTAGE = (Fault.CLOSE_BEFORE, Fault.HANG_BEFORE, Fault.HTML_500_BEFORE)
_LONGEST_TEXT = 4_000
_POSTS = ("chat.postMessage", "webhook")


@dataclass
class Conversation:
    """A channel and its messages, oldest first; replies are among them, with `thread_ts`."""

    id: str
    name: str
    member: bool = True
    archived: bool = False
    messages: list[Json] = field(default_factory=list)


@dataclass(frozen=True)
class Request:
    """One call as it came in."""

    method: str
    arguments: Json


class Refused(Exception):  # noqa: N818  # Slack's own word for `ok: false`
    """Slack answers `{"ok": false, "error": …}`."""


_FIXED: dict[str, Json] = {
    "auth.test": {"team": "Fake", "user": "newswire", "bot_id": "B0", "team_id": "T0", "user_id": "U0BOT"},
    "apps.connections.open": {"url": "wss://127.0.0.1/link"},
}


class FakeSlack:
    """See the module."""

    token = "xoxb-1-fake-0123456789"
    app_token = "xapp-1-fake-0123456789"

    def __init__(
        self,
        channels: Sequence[str] = ("layoffs", "ops"),
        *,
        seed: int = 0,
        fault_rate: float = 0.0,
        faults: Sequence[Fault] = tuple(Fault),
        retry_after: int = 30,
        late: float = 0.05,
        now: Callable[[], float] = time.time,
        scopes: Sequence[str] = (
            "chat:write",
            "channels:history",
            "groups:history",
            "channels:read",
            "groups:read",
        ),
    ) -> None:
        self.conversations = {
            identity: Conversation(identity, name)
            for identity, name in ((f"C0{name.upper():0<7}", name) for name in channels)
        }
        self.scopes = list(scopes)
        self.requests: list[Request] = []
        self.uploads: list[bytes] = []
        self.faults_met: list[Fault] = []
        self.account_error = ""
        self.down = False
        self.page = 100
        self.latency = 0.0
        self.history_lag = 0.0
        self.per_second = 0.0
        self.burst = 1
        self.limited = 0
        self._buckets: dict[str, tuple[float, float]] = {}
        self.most_text = 40_000
        self._scripted: deque[Fault] = deque()
        self._random = random.Random(seed)
        self._fault_rate = fault_rate
        self._faults = faults
        self._retry_after = retry_after
        self._late = late
        self.now = now
        self._last_ts = 0
        self._closing = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None
        self._base = ""

    # --- for tests -----------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Base URL of the Web API."""
        return f"{self._base}/api/"

    @property
    def webhook_url(self) -> str:
        """An incoming webhook that posts into the first channel."""
        return f"{self._base}/services/T0/B0/secret-of-the-hook"

    def channel(self, name: str) -> Conversation:
        """Return the channel of this name."""
        return next(one for one in self.conversations.values() if one.name == name)

    def messages(self, channel: str) -> list[Json]:
        """Return what stands in a channel, by id or name, without replies, oldest first."""
        return [message for message in self._messages(channel) if "thread_ts" not in message]

    def replies(self, channel: str, ts: str) -> list[Json]:
        """Return the replies under a message."""
        return [message for message in self._messages(channel) if message.get("thread_ts") == ts]

    def alerts(self) -> list[str]:
        """Return the alert ids of everything posted, with repetitions."""
        everything = [message for one in self.conversations.values() for message in one.messages]
        return [
            message["metadata"]["event_payload"]["alert"] for message in everything if message["metadata"]
        ]

    def calls(self, method: str) -> list[Json]:
        """Return the arguments of every call of one method."""
        return [request.arguments for request in self.requests if request.method == method]

    def fail(self, *faults: Fault) -> None:
        """Let the next posts meet these, one each."""
        self._scripted.extend(faults)

    def _messages(self, channel: str) -> list[Json]:
        return (self.conversations.get(channel) or self.channel(channel)).messages

    async def __aenter__(self) -> FakeSlack:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._serve_api)
        app.router.add_post("/services/{path:.*}", self._serve_webhook)
        app.router.add_post("/upload/{file}", self._serve_upload)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self._base = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        assert self._runner is not None
        await asyncio.gather(*self._tasks)
        await self._runner.cleanup()

    # --- HTTP ----------------------------------------------------------------------------------------------

    async def _serve_api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.requests.append(Request(method, arguments))
        await asyncio.sleep(self.latency)
        if fault := self._fault(method):
            return await self._faulty(request, fault, method, arguments)
        if method == "chat.postMessage" and (wait := self._wait(str(arguments.get("channel")))):
            self.limited += 1
            return _rate_limited(wait)
        token = self.app_token if method == "apps.connections.open" else self.token
        authorised = request.headers.get("Authorization") == f"Bearer {token}"
        return web.json_response(
            self._answer(method, arguments, authorised=authorised), headers=self._headers()
        )

    def _headers(self) -> dict[str, str]:
        return {"X-OAuth-Scopes": ",".join(self.scopes)}

    async def _serve_upload(self, request: web.Request) -> web.Response:
        self.uploads.append(await request.read())
        return web.Response(text="OK")

    async def _serve_webhook(self, request: web.Request) -> web.StreamResponse:
        body = await _arguments(request)
        self.requests.append(Request("webhook", body))
        if fault := self._fault("webhook"):
            return await self._faulty(request, fault, "webhook", body)
        try:
            self._webhook(body)
        except Refused as refused:
            return web.Response(status=404 if str(refused) == "no_service" else 400, text=str(refused))
        return web.Response(text="ok")

    def _fault(self, method: str) -> Fault | None:
        if self.down:
            return self._random.choice(_OUTAGE)
        if method not in _POSTS:
            return None
        if self._scripted:
            return self._scripted.popleft()
        return self._random.choice(self._faults) if self._random.random() < self._fault_rate else None

    async def _faulty(
        self, request: web.Request, fault: Fault, method: str, arguments: Json
    ) -> web.StreamResponse:
        self.faults_met.append(fault)
        answer = self._answer(method, arguments) if fault in _STORED else {"ok": False}
        match fault:
            case Fault.CLOSE_BEFORE | Fault.CLOSE_AFTER:
                _close(request, reset=False)
            case Fault.RESET_AFTER:
                _close(request, reset=True)
            case Fault.HANG_BEFORE | Fault.HANG_AFTER:
                await self._closing.wait()
            case Fault.LATE:
                self._later(method, arguments)
                await self._closing.wait()
            case Fault.HALF_BODY:
                return await self._half(request, answer)
            case Fault.RATE_LIMITED:
                return _rate_limited(self._retry_after)
            case Fault.RATE_LIMITED_BARE:
                return _rate_limited()
            case Fault.FATAL:
                return web.json_response({"ok": False, "error": "fatal_error"})
        return web.Response(status=500, text="<html>Something broke</html>", content_type="text/html")

    def _wait(self, channel: str) -> int:
        """Take a token from the channel's bucket; return 0, or whole seconds to wait for one."""
        if not self.per_second:
            return 0
        now = time.monotonic()
        tokens, at = self._buckets.get(channel, (float(self.burst), now))
        tokens = min(float(self.burst), tokens + (now - at) * self.per_second)
        self._buckets[channel] = (tokens - 1 if tokens >= 1 else tokens, now)
        return 0 if tokens >= 1 else max(1, round((1 - tokens) / self.per_second))

    def _later(self, method: str, arguments: Json) -> None:
        async def store() -> None:
            await asyncio.sleep(self._late)
            self._answer(method, arguments)

        task = asyncio.create_task(store())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _half(self, request: web.Request, answer: Json) -> web.StreamResponse:
        body = json.dumps(answer).encode()
        response = web.StreamResponse(
            headers={"Content-Length": str(len(body)), "Content-Type": "application/json"}
        )
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        _close(request, reset=False)
        return response

    # --- Slack's own behaviour -----------------------------------------------------------------------------

    def _answer(self, method: str, arguments: Json, *, authorised: bool = True) -> Json:
        try:
            if self.account_error or not authorised:
                raise Refused(self.account_error or "invalid_auth")
            return {"ok": True, **self._perform(method, arguments)}
        except Refused as refused:
            return {"ok": False, "error": str(refused)}

    def _perform(self, method: str, arguments: Json) -> Json:
        match method:
            case "auth.test" | "apps.connections.open":
                return _FIXED[method]
            case "chat.postMessage":
                return self._post(arguments)
            case "chat.update":
                return self._update(arguments)
            case "conversations.history":
                return self._history(arguments)
            case "conversations.replies":
                return self._thread(arguments)
            case "conversations.info":
                return self._info(arguments)
            case "files.getUploadURLExternal" | "files.completeUploadExternal":
                return self._file(arguments)
            case "conversations.list":
                return self._list()
            case "webhook":
                return self._webhook(arguments)
        raise Refused("unknown_method")

    def _file(self, arguments: Json) -> Json:
        self._needs("files:write")
        if "channel_id" not in arguments:
            return {"upload_url": f"{self._base}/upload/F1", "file_id": "F1"}
        self._open(str(arguments["channel_id"])).messages.append(
            {
                "type": "message",
                "ts": self._next_ts(),
                "text": "",
                "blocks": None,
                "metadata": None,
                "thread_ts": arguments["thread_ts"],
                "files": [{"id": "F1"}],
            }
        )
        return {"files": [{"id": "F1"}]}

    def _needs(self, *scopes: str) -> None:
        if not any(scope in self.scopes for scope in scopes):
            raise Refused("missing_scope")

    def _open(self, channel: str) -> Conversation:
        found = self.conversations.get(channel)
        if found is None:
            raise Refused("channel_not_found")
        if not found.member:
            raise Refused("not_in_channel")
        return found

    def _post(self, arguments: Json) -> Json:
        self._needs("chat:write")
        name = str(arguments.get("channel", ""))
        by_name = {one.name: one.id for one in self.conversations.values()}
        conversation = self._open(by_name.get(name.removeprefix("#"), name))
        return self._store(conversation, arguments)

    def _store(self, conversation: Conversation, arguments: Json) -> Json:
        if conversation.archived:
            raise Refused("is_archived")
        self._validate(arguments)
        thread = arguments.get("thread_ts")
        if thread and not any(message["ts"] == thread for message in conversation.messages):
            raise Refused("thread_not_found")
        stored = []
        for text in _split(arguments):
            message = {
                "type": "message",
                "bot_id": "B0",
                "ts": self._next_ts(),
                "text": text,
                "blocks": arguments.get("blocks"),
                "metadata": arguments.get("metadata"),
            }
            if thread:
                message["thread_ts"] = thread
            stored.append(message)
        conversation.messages += stored
        return {"channel": conversation.id, "ts": stored[0]["ts"], "message": stored[0]}

    def _next_ts(self) -> str:
        self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def _update(self, arguments: Json) -> Json:
        self._needs("chat:write")
        conversation = self._open(str(arguments["channel"]))
        message = next((one for one in conversation.messages if one["ts"] == arguments["ts"]), None)
        if message is None:
            raise Refused("message_not_found")
        self._validate(arguments)
        message |= {key: arguments[key] for key in ("text", "blocks", "metadata") if key in arguments}
        message["edited"] = {"ts": self._next_ts()}
        return {"channel": conversation.id, "ts": message["ts"], "text": message["text"]}

    def _history(self, arguments: Json) -> Json:
        self._needs("channels:history", "groups:history")
        conversation = self._open(str(arguments["channel"]))
        roots = [message for message in conversation.messages if "thread_ts" not in message]
        return self._paged(arguments, [self._seen(conversation, one, arguments) for one in reversed(roots)])

    def _thread(self, arguments: Json) -> Json:
        self._needs("channels:history", "groups:history")
        conversation = self._open(str(arguments["channel"]))
        root = arguments["ts"]
        found = [one for one in conversation.messages if root in (one["ts"], one.get("thread_ts"))]
        if not found:
            raise Refused("thread_not_found")
        return self._paged(arguments, [self._seen(conversation, one, arguments) for one in found], root=root)

    def _seen(self, conversation: Conversation, message: Json, arguments: Json) -> Json:
        seen = {key: value for key, value in message.items() if value is not None}
        if str(arguments.get("include_all_metadata", "")).lower() not in ("1", "true"):
            seen.pop("metadata", None)
        replies = [one for one in conversation.messages if one.get("thread_ts") == message["ts"]]
        return seen | ({"reply_count": len(replies), "latest_reply": replies[-1]["ts"]} if replies else {})

    def _paged(self, arguments: Json, messages: list[Json], root: str = "") -> Json:
        oldest, newest = float(arguments.get("oldest", 0)), self.now() - self.history_lag
        lagging = self.history_lag > 0
        wanted = [
            one
            for one in messages
            if one["ts"] == root
            or (float(one["ts"]) > oldest and not (lagging and float(one["ts"]) > newest))
        ]
        begin = int(arguments.get("cursor") or 0)
        end = begin + min(int(arguments.get("limit", 100)), self.page)
        cursor = str(end) if end < len(wanted) else ""
        return {
            "messages": wanted[begin:end],
            "has_more": bool(cursor),
            "response_metadata": {"next_cursor": cursor},
        }

    def _info(self, arguments: Json) -> Json:
        self._needs("channels:read", "groups:read")
        found = self.conversations.get(str(arguments["channel"]))
        if found is None:
            raise Refused("channel_not_found")
        return {"channel": _about(found)}

    def _list(self) -> Json:
        self._needs("channels:read", "groups:read")
        entries = [_about(one) for one in self.conversations.values()]
        return {"channels": entries, "response_metadata": {"next_cursor": ""}}

    def _validate(self, arguments: Json) -> None:
        """Refuse what Slack does: https://docs.slack.dev/reference/block-kit/blocks/ and chat.postMessage."""
        blocks, text = arguments.get("blocks") or [], arguments.get("text", "")
        if not blocks and not text:
            raise Refused("no_text")
        if len(text) > self.most_text:
            raise Refused("msg_too_long")
        if len(blocks) > 50 or not all(_is_valid(block) for block in blocks):
            raise Refused("invalid_blocks")
        if len(json.dumps(blocks)) > 50_000:
            raise Refused("msg_blocks_too_long")
        if len(json.dumps(arguments.get("metadata"))) > 8_000:
            raise Refused("metadata_too_large")

    def _webhook(self, body: Json) -> Json:
        if self.account_error:
            raise Refused("no_service")
        self._store(next(iter(self.conversations.values())), body)
        return {}


def _split(arguments: Json) -> list[str]:
    """Return the texts of the messages that Slack makes of one: over 4,000 characters there are several."""
    text = str(arguments.get("text", ""))
    if arguments.get("blocks") or len(text) <= _LONGEST_TEXT:
        return [text]
    return [text[at : at + _LONGEST_TEXT] for at in range(0, len(text), _LONGEST_TEXT)]


def _rate_limited(wait: int | None = None) -> web.Response:
    headers = {} if wait is None else {"Retry-After": str(wait)}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def _about(one: Conversation) -> Json:
    return {"id": one.id, "name": one.name, "is_member": one.member, "is_archived": one.archived}


def _is_valid(block: Json) -> bool:
    try:
        parsed = Block.parse(block)
        if parsed is None:
            return False
        parsed.validate_json()
    except SlackObjectFormationError:
        return False
    return True


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    return {**request.query, **await request.post()}


def _close(request: web.Request, *, reset: bool) -> None:
    transport = request.transport
    if transport is None:
        return
    if reset:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        transport.close()
