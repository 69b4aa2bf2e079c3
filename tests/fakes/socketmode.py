"""Slack's Socket Mode on this machine: hands out an address, holds the WebSocket, takes the answers.

It checks the app token, says hello, and waits for each envelope's acknowledgement, as
https://docs.slack.dev/apis/events-api/using-socket-mode/ says.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any

from aiohttp import WSMsgType, web


class FakeSocketMode:
    app_token = "xapp-fake"

    def __init__(self) -> None:
        self.acknowledged: list[str] = []
        self.answers: list[dict[str, Any]] = []
        self.opened = 0
        self.connected = asyncio.Event()
        self.answered = asyncio.Event()
        self._numbers = itertools.count(1)
        self._socket: web.WebSocketResponse | None = None
        self._acknowledgements: dict[str, asyncio.Event] = {}
        self._base = ""

    @property
    def url(self) -> str:
        return f"http://{self._base}/api/"

    @property
    def response_url(self) -> str:
        return f"http://{self._base}/response"

    async def send(self, kind: str, payload: dict[str, Any]) -> None:
        """Send an envelope and return when it is acknowledged, within Slack's three seconds."""
        envelope = f"e{next(self._numbers)}"
        self._acknowledgements[envelope] = asyncio.Event()
        assert self._socket is not None
        body = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True}
        await self._socket.send_str(json.dumps(body))
        await asyncio.wait_for(self._acknowledgements[envelope].wait(), 3)

    async def answer(self) -> dict[str, Any]:
        """Return the next answer."""
        await asyncio.wait_for(self.answered.wait(), 10)
        self.answered.clear()
        return self.answers[-1]

    async def refresh(self) -> None:
        """Ask the client to connect anew, as Slack does every few hours; return when it has."""
        assert self._socket is not None
        self.connected.clear()
        await self._socket.send_str(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
        await asyncio.wait_for(self.connected.wait(), 10)

    async def __aenter__(self) -> FakeSocketMode:
        app = web.Application()
        app.router.add_post("/api/apps.connections.open", self._open)
        app.router.add_get("/link", self._link)
        app.router.add_post("/response", self._response)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._base = f"{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _open(self, request: web.Request) -> web.Response:
        self.opened += 1
        if request.headers.get("Authorization") != f"Bearer {self.app_token}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        return web.json_response({"ok": True, "url": f"ws://{self._base}/link?ticket=secret"})

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": 1}))
        self._socket = socket
        self.connected.set()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                envelope = json.loads(message.data)["envelope_id"]
                self.acknowledged.append(envelope)
                self._acknowledgements[envelope].set()
        return socket

    async def _response(self, request: web.Request) -> web.Response:
        self.answers.append(await request.json())
        self.answered.set()
        return web.Response(text="ok")
