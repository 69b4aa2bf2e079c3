"""Adds to a file of the configuration without touching what stands in it: comments, order and form stay."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from monitor.config.problems import ConfigError, Problem
from monitor.config.source import Source, parse, read
from monitor.config.validate import validated

M = TypeVar("M", bound=BaseModel)


def add_to_list(path: Path, key: str, entries: Sequence[Mapping[str, str | bool]], model: type[M]) -> M:
    """Write entries at the end of the list under `key`, and return the file as it now is.

    Raises:
        ConfigError: The file is not in order, or would not be with the entries; it stays as it was.
    """
    source = read(path)
    text = with_entries(source, key, entries)
    result = validated(parse(path, text), model)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return result


def with_entries(source: Source, key: str, entries: Sequence[Mapping[str, str | bool]]) -> str:
    """Return the file's text with entries after the last one of the list under `key`.

    Raises:
        ConfigError: There is no such list with an entry a line, which to follow.
    """
    known = source.data.get(key) if isinstance(source.data, dict) else None
    if not isinstance(known, list) or not known:
        raise ConfigError([Problem(source.path, 1, 1, f"no list '{key}' is here", "add one entry by hand")])
    last = len(known) - 1
    after = 1 + max(mark.line for loc, mark in source.values.items() if loc[:2] == (key, last))
    first = source.values[key, 0]
    dash = source.lines[first.line][: first.column].rstrip()
    if not dash.endswith("-") or dash.strip("- "):
        raise ConfigError(
            [source.problem((key,), f"the list '{key}' is not one entry a line", "write it so")]
        )
    lines = [line for entry in entries for line in ("", *_lines(entry, dash[:-1]))]
    return "\n".join([*source.lines[:after], *lines, *source.lines[after:]]) + "\n"


def _lines(entry: Mapping[str, str | bool], indent: str) -> list[str]:
    heads = (f"{indent}- ", *[f"{indent}  "] * (len(entry) - 1))
    # A string of JSON is one of YAML, whatever it holds.
    return [
        f"{head}{key}: {json.dumps(value, ensure_ascii=False)}"
        for head, (key, value) in zip(heads, entry.items(), strict=True)
    ]
