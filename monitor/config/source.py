"""YAML with the line and column of every node.

YAML 1.2, narrowed on purpose: one document, no anchors, aliases, tags or duplicate keys, and a number is a
number only in its plain decimal form. So `NO`, `on` and `12:30` are text, and `010` or `1_000` is a mistake
that is named, instead of a value that surprises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from monitor.config.problems import ConfigError, Problem, is_secret

Loc: TypeAlias = tuple[str | int, ...]
Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"

MAX_BYTES = 1_000_000
_TAG = "tag:yaml.org,2002:"
_CORE_TAGS = {_TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")}
_PLAIN_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_BARE_CHANNEL = re.compile(r"[\[,]\s*#\w")
_PLAIN_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    column: int
    style: str | None = None
    text: str | None = None


@dataclass(slots=True)
class Source:
    """One YAML file as plain data, able to say where in the file each part of the data stands.

    `keys` and `values` map the path of a key or value within the data to its place in the file.
    """

    path: Path
    lines: list[str]
    data: Plain = None
    keys: dict[Loc, _Mark] = field(default_factory=dict)
    values: dict[Loc, _Mark] = field(default_factory=dict)

    def problem(
        self, loc: Loc, message: str, remedy: str = "", *, at_key: bool = False, offset: int = 0
    ) -> Problem:
        """Return the problem placed at `loc`, or at its nearest known parent.

        `at_key` points at the mapping key instead of its value; `offset` counts code points into a scalar.
        """
        mark = (self.keys.get(loc) if at_key else None) or self._nearest(loc)
        line, column = self._shifted(mark, offset) if offset else (mark.line, mark.column)
        shown = self.lines[line] if line < len(self.lines) else ""
        return Problem(self.path, line + 1, column + 1, message, remedy, shown)

    def scalar(self, loc: Loc) -> str | None:
        """Return the text of the scalar at `loc`, or at its nearest known parent; None if it is no scalar."""
        return self._nearest(loc).text

    def _nearest(self, loc: Loc) -> _Mark:
        known = tuple[str | int, ...]()
        for part in loc:  # a validator's own parts (names of union members) stand in no file
            if (*known, part) in self.values:
                known = (*known, part)
        return self.values.get(known, _Mark(0, 0))

    @staticmethod
    def _shifted(mark: _Mark, offset: int) -> tuple[int, int]:
        if mark.style == "|":
            before = (mark.text or "")[:offset]
            return mark.line + 1 + before.count("\n"), offset - (before.rfind("\n") + 1)
        if mark.style == ">":
            return mark.line, mark.column
        return mark.line, mark.column + offset + (1 if mark.style in ("'", '"') else 0)


def parse(path: Path, text: str) -> Source:
    """Return the file as plain data with positions.

    Raises:
        ConfigError: with every mistake of form found in the file.
    """
    source = Source(path, text.splitlines())
    if len(text.encode()) > MAX_BYTES:
        raise ConfigError([Problem(path, 1, 1, f"the file is larger than {MAX_BYTES:,} bytes", "split it")])
    root = _compose(source, text)
    builder = _Builder(source)
    if root is not None:
        source.data = builder.build(root, ())
    if builder.problems:
        raise ConfigError(dict.fromkeys(builder.problems))
    return source


def read(path: Path) -> Source:
    """Read and parse a file.

    Raises:
        ConfigError: if it cannot be read, is not UTF-8, or is not the YAML described above.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError([Problem(path, 1, 1, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([Problem(path, 1, 1, "is not UTF-8 text", "save it as UTF-8")]) from error
    return parse(path, text)


def _compose(source: Source, text: str) -> Node | None:
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
        return root
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        shown = source.lines[line] if line < len(source.lines) else ""
        said = error.problem or error.context or ""
        message = (
            f"not valid YAML: {error.context} {said}"
            if said.startswith("but ")
            else f"not valid YAML: {said}"
        )
        raise ConfigError(
            [Problem(source.path, line + 1, column + 1, message, _remedy(said, source), shown)]
        ) from error
    except YAMLError as error:
        message = "not valid YAML: a character is not allowed"
        raise ConfigError([Problem(source.path, 1, 1, message, "remove it")]) from error
    except RecursionError as error:
        raise ConfigError([Problem(source.path, 1, 1, "nested too deeply", "use fewer levels")]) from error


def _remedy(said: str, source: Source) -> str:
    if "\\t" in said:
        return "indent with spaces, not tabs"
    if "another document" in said:
        return "one file holds one document: remove the '---'"
    for number, text in enumerate(source.lines, start=1):
        if _BARE_CHANNEL.search(text):
            return f"in line {number} a '#' begins a comment: put the channel's name in quotes"
    return "look for a bracket, quote or colon that is missing here or just before"


class _Builder:
    """Turns a node tree into plain data, noting every position and every mistake into the source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def build(self, node: Node, loc: Loc) -> Plain:
        text = str(node.value) if isinstance(node, ScalarNode) else None
        self.source.values[loc] = _mark(node, getattr(node, "style", None), text)
        if node.anchor is not None:
            self._refuse(loc, "anchors and aliases are not allowed", "write the value out")
            return None
        if str(node.tag) not in _CORE_TAGS:
            self._refuse(loc, f"the tag '{node.tag}' is not allowed", "remove it")
            return None
        if isinstance(node, MappingNode):
            return dict(self._pairs(node, loc))
        if isinstance(node, SequenceNode):
            return [self.build(child, (*loc, i)) for i, child in enumerate(node.value)]
        bare = getattr(node, "style", None) is None
        return self._scalar(str(node.tag).removeprefix(_TAG), text or "", bare, loc)

    def _refuse(self, loc: Loc, message: str, remedy: str) -> None:
        self.problems.append(self.source.problem(loc, message, remedy))

    def _pairs(self, node: MappingNode, loc: Loc) -> Iterator[tuple[str, Plain]]:
        first_line: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._refuse(loc, "a key must be a single word or text", "write it without brackets")
                continue
            name = str(key.value)
            child = (*loc, name)
            self.source.keys[child] = _mark(key)
            if name in first_line:
                first = f"the first one is in line {first_line[name]}"
                duplicate = self.source.problem(child, f"duplicate key '{name}'", first, at_key=True)
                self.problems.append(duplicate)
                continue
            first_line[name] = key.start_mark.line + 1
            yield name, self.build(value, child)

    def _scalar(self, tag: str, text: str, bare: bool, loc: Loc) -> Plain:
        if is_secret(text):
            self._refuse(loc, "a secret stands in the file", "withdraw it, and use the environment")
            return None
        if tag == "null":
            return None
        if tag == "bool":
            return text.lower() == "true"
        if tag in ("int", "float") and bare:
            if _PLAIN_INT.match(text):
                return int(text)
            if _PLAIN_FLOAT.match(text):
                return float(text)
            remedy = f"write it in plain digits, or as text: '{text}'"
            self._refuse(loc, f"'{text}' can be read as more than one number", remedy)
        return text


def _mark(node: Node, style: str | None = None, text: str | None = None) -> _Mark:
    return _Mark(node.start_mark.line, node.start_mark.column, style, text)
