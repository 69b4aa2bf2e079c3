"""The commands of the docs, run as they stand there, in a newsroom where something was told."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.slack import FakeSlack
from newsroom import CONFIG, newsroom, release
from typer.testing import CliRunner, Result

from monitor.cli import OK, app
from monitor.store import EmbeddedRedis, Store

ROOT = Path(__file__).parents[2]
FENCED = re.compile(r"^```(?:sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^    (newswire-monitor .*)$", re.MULTILINE)
TITLE = "Harlow Instruments to Reduce Workforce in Dayton"
RELEASE = f"{TITLE}\n\n{release().text}"
LABEL = {"id": "1", "layoff": True, "company": "Harlow Instruments, Inc."}


def blocks() -> Iterator[tuple[str, list[str]]]:
    """Yield the blocks of commands of each page, without their remarks."""
    for page in sorted((ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        found = [body.splitlines() for body in FENCED.findall(text)]
        found.append(INDENTED.findall(FENCED.sub("", text)))
        for lines in found:
            commands = [line.split("  #")[0].split(" # ")[0].strip() for line in lines]
            if own := [command for command in commands if command.startswith("newswire-monitor ")]:
                yield page.name, own


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the files that the docs name, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    for name in ("config", "new-config"):
        shutil.copytree(CONFIG, tmp_path / name)
    for name in ("story.txt", "release.txt"):
        (tmp_path / name).write_text(RELEASE)
    item = json.dumps({"id": "1", "title": TITLE, "text": release().text})
    for name in ("releases.jsonl", "ITEMS.jsonl"):
        (tmp_path / name).write_text(f"{item}\n")
    (tmp_path / "LABELS.jsonl").write_text(json.dumps(LABEL) + "\n")
    (tmp_path / "expected.yaml").write_text('"1": ["#layoffs"]\n')
    return tmp_path


def run(command: str, environ: dict[str, str]) -> Result:
    return CliRunner().invoke(app, shlex.split(command)[1:], env=environ)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("page", "commands"), list(blocks()), ids=lambda part: part if isinstance(part, str) else ""
)
async def test_the_commands_of_the_docs_do_what_they_should(
    store: Store, redis_server: EmbeddedRedis, page: str, commands: list[str]
) -> None:
    async with newsroom(store) as room, FakeSlack(("layoffs", "layoffs-test")) as slack:
        room.wire.publish(release())
        await room.poll()
        await room.read()
        environ = {
            "REDIS_URL": f"unix://{redis_server.socket}",
            "SLACK_BOT_TOKEN": slack.token,
            "SLACK_API_URL": slack.url,
            "SLACK_APP_TOKEN": "",
        }
        said = ""
        for command in commands:
            mute = re.match(r"[0-9a-f]{8}(?=:)", said)
            command = command.replace("1a2b3c4d", mute[0] if mute else "1a2b3c4d")
            done = await asyncio.to_thread(run, command, environ)
            said = done.stdout if " mutes add " in command else said
            # `rules lint` may have remarks; nothing else may find anything wrong.
            assert done.exit_code == OK or "lint" in command, f"{page}: {command}: {done.output}"


async def test_a_newcomer_has_a_watchlist_of_their_own_running_in_five_commands(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = (body for body in FENCED.findall(readme) if "init ours" in body)
    first, second, *own, last = [line.split("  #")[0].strip() for line in block.splitlines()]
    assert (first, second) == ("make demo", ". .venv/bin/activate")  # both are done where tests run
    assert len(own) == 2
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    for command in own:
        process = await _started(command, tmp_path, environ)
        out, error = await process.communicate()
        assert process.returncode == OK, error.decode()
        assert b"in order" in out
    # No wire that is out there, and a port that is free: nothing else is changed.
    (tmp_path / "ours" / "feeds.yaml").write_text(
        "feeds: [{id: a, wire: A, url: 'http://127.0.0.1:9/feed', allow_private_networks: true}]\n"
    )
    settings = tmp_path / "ours" / "monitor.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("port: 8787", "port: 0"))
    process = await _started(last, tmp_path, environ)
    assert process.stderr is not None
    async with asyncio.timeout(120):
        while b'"event": "page"' not in (line := await process.stderr.readline()):
            assert line, "it ended before it served the page"
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    assert process.returncode == OK


async def _started(command: str, folder: Path, environ: dict[str, str]) -> asyncio.subprocess.Process:
    words = [sys.executable, "-m", "monitor", *shlex.split(command)[1:]]
    return await asyncio.create_subprocess_exec(
        *words,
        cwd=folder,
        env=environ,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
