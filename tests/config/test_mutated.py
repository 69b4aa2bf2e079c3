"""Shipped files with a small accident in them: refused at a place in a file, or accepted; never a crash."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from monitor.app.settings import load_settings
from monitor.config.problems import ConfigError, Problem

SHIPPED = Path(__file__).parents[2] / "config"
FILES = [
    "monitor.yaml",
    "feeds.yaml",
    *sorted(str(file.relative_to(SHIPPED)) for file in SHIPPED.glob("*/*.yaml")),
]
ACCIDENTS = 200
ODD = "\t:#{}[]&*!|>'\"%@`-?,\x00\x07é\u202e~0\n "


def accident(text: str, chance: random.Random) -> str:
    """Return the text with one small accident of an editor: a character, a line, or the rest of the file."""
    at, lines = chance.randrange(len(text)), text.splitlines(keepends=True)
    line = chance.randrange(len(lines))
    match chance.randrange(8):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1 | 2:
            return text[:at] + chance.choice(ODD) + text[at:]
        case 3:
            return "".join(lines[:line] + lines[line + 1 :])
        case 4:
            return "".join(lines[: line + 1] + lines[line:])
        case 5:
            return text[:at]
        case 6:
            return "".join([*lines[:line], "  " + lines[line], *lines[line + 1 :]])
        case _:
            key, colon, _ = lines[line].partition(": ")
            odd = chance.choice(["null", "[]", "{}", "-1", "1e999", "no", "''", "9" * 400])
            return "".join([*lines[:line], f"{key}{colon}{odd}\n", *lines[line + 1 :]])


def problems(folder: Path) -> tuple[Problem, ...]:
    try:
        load_settings(folder)
    except ConfigError as error:
        return error.problems
    return ()


@pytest.mark.parametrize("seed", range(10))
def test_an_accident_is_refused_at_its_place_or_harmless(seed: int, tmp_path: Path) -> None:
    chance, folder = random.Random(seed), tmp_path / "config"
    shutil.copytree(SHIPPED, folder)
    for _ in range(ACCIDENTS // 10):
        file = folder / chance.choice(FILES)
        good = file.read_text(encoding="utf-8")
        file.write_text(accident(good, chance), encoding="utf-8")
        for one in problems(folder):
            assert str(one).startswith(f"{one.path}:{one.line}:{one.column}: ")
            assert min(one.line, one.column) >= 1
            assert one.message
        file.write_text(good, encoding="utf-8")
