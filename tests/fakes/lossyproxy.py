"""A proxy in front of Redis that loses replies: the command is carried out, the connection breaks."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path


class LossyProxy:
    """Forwards a Unix socket to another. `lose` the replies to the next requests that contain a word.

    New connections go to `server`, which may be changed: a name that points to another machine now.
    """

    def __init__(self, server: Path, socket: Path) -> None:
        self.server = server
        self.socket = socket
        self._word = b""
        self._left = 0
        self.lost = 0

    def lose(self, replies: int, *, to: bytes) -> None:
        self._left, self._word, self.lost = replies, to, 0

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            answers, requests = await asyncio.open_unix_connection(self.server)
        except OSError:  # nobody listens there now
            writer.close()
            return
        losing = asyncio.Event()
        forwarding = asyncio.create_task(self._forward(answers, writer, losing))
        try:
            while request := await reader.read(1 << 20):
                if self._left > 0 and self._word in request:
                    losing.set()
                requests.write(request)
        finally:
            forwarding.cancel()
            requests.close()
            writer.close()

    async def _forward(self, answers: StreamReader, writer: StreamWriter, losing: asyncio.Event) -> None:
        while data := await answers.read(1 << 20):
            if losing.is_set():
                self._left -= 1
                self.lost += 1
                break
            writer.write(data)
        writer.close()


@asynccontextmanager
async def lossy(server: Path, folder: Path) -> AsyncIterator[LossyProxy]:
    proxy = LossyProxy(server, folder / "lossy.sock")
    listener = await asyncio.start_unix_server(proxy.serve, proxy.socket)
    async with listener:
        yield proxy
