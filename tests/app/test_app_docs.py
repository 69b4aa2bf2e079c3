"""Every command and every YAML example of the docs, held against the program."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from monitor.app.schema import FILES
from monitor.cli import app
from monitor.config.source import parse

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CALL = re.compile(r"(?:^|[\s`])((?:[A-Z_]+=\S+ )*newswire-monitor (?:[^`#|>\n…]*))", re.MULTILINE)


def commands() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for call in CALL.findall(text):
            yield page.name, call.strip().rstrip(".:,;")


def examples() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for language, body in FENCED.findall(page.read_text(encoding="utf-8")):
            if language == "yaml":
                yield page.name, body


def parsed(words: list[str]) -> Any:
    """Let the command's own parser read the words; it raises on what it does not know."""
    command: Any = get_command(app)
    context = None
    while hasattr(command, "commands"):
        if not words or words[0] not in command.commands:
            assert not words or words[0].isupper() or words[0].startswith("-"), f"no such command: {words}"
            return command
        command, words = command.commands[words[0]], words[1:]
    holes = [word for word in words if not (word.isupper() and word.isalpha()) and not word.startswith("[")]
    context = command.make_context(command.name, holes, resilient_parsing=True)
    assert not context.args, f"left over: {context.args}"
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert {word for word in words if word.startswith("-") and word != "-"} <= known
    return command


@pytest.mark.parametrize(("page", "call"), sorted(set(commands())))
def test_a_command_of_the_docs_is_one_of_the_program(page: str, call: str) -> None:
    words = shlex.split(call)
    at = words.index("newswire-monitor")
    assert parsed(words[at + 1 :]) is not None, page


@pytest.mark.parametrize(("page", "body"), sorted(set(examples())))
def test_a_yaml_example_of_the_docs_is_valid(page: str, body: str) -> None:
    data = parse(Path(page), body).data
    mistakes = []
    for kind, model in FILES.items():
        try:
            model.validate_python(data)
        except ValueError as error:
            mistakes.append(f"{kind}: {error}")
        else:
            return
    pytest.fail("\n".join(mistakes))


def test_the_card_of_the_readme_is_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = (body for _, body in FENCED.findall(readme) if body.startswith("╭─"))
    release = json.loads((ROOT / "monitor" / "app" / "samples.jsonl").read_text("utf-8").splitlines()[0])
    item = json.dumps({"id": "iec", "title": release["title"], "text": release["text"]})
    monkeypatch.setenv("COLUMNS", str(len(shown.splitlines()[0])))
    command = ["classify", "--pretty", "--config", str(ROOT / "config")]
    assert CliRunner().invoke(app, command, input=item).stdout == shown


def test_the_pictures_of_the_readme_are_there_and_small() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = [ROOT / path for path in re.findall(r"docs/images/\w+[-\w]*\.png", readme)]
    assert len(pictures) == 3
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size < 150_000


def every_command() -> Iterator[tuple[str, Any]]:
    command: Any = get_command(app)
    for name, part in command.commands.items():
        for inner, leaf in getattr(part, "commands", {"": part}).items():
            yield f"{name} {inner}".strip(), leaf


@pytest.mark.parametrize(
    ("name", "command"), list(every_command()), ids=[name for name, _ in every_command()]
)
def test_the_help_of_every_command_shows_an_example_that_is_one(name: str, command: Any) -> None:
    example = command.epilog.removeprefix("Example: ")
    assert f"newswire-monitor {name}" in example
    words = shlex.split(example.split(" && ")[0].split(" > ")[0].split(", or")[0])
    parsed(words[words.index("newswire-monitor") + 1 :])
    assert " ".join(CliRunner().invoke(app, [*name.split(), "--help"]).stdout.split()).count("Example: ") == 1


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command: Any = get_command(app)
    for name, part in command.commands.items():
        for inner in getattr(part, "commands", {"": part}):
            assert f"{name} {inner}".strip() in readme or f"`{inner}`" in readme or f"`{name}`" in readme
