"""The configuration reference: every key of every file, as Markdown, from the models that check them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.app.schema import FILES, schema

_TITLES = {
    "monitor": "`monitor.yaml`",
    "feeds": "`feeds.yaml`",
    "rules": "`rules/*.yaml`",
    "watchlist": "`watchlists/*.yaml`",
}
_HEAD = """\
# Configuration reference

Made from the models that check the files (`newswire-monitor schema --reference`). A key without a default is
required. `newswire-monitor check` reports every mistake with file, line and column. Editors that read
`# yaml-language-server: $schema=…` complete and check these files as you type.
"""


def reference() -> str:
    """Return the whole reference."""
    return _HEAD + "".join(f"\n## {_TITLES[kind]}\n{''.join(_sections(schema(kind)))}" for kind in FILES)


def _sections(whole: Mapping[str, Any]) -> Iterator[str]:
    """Yield the table of the file, then those of its parts in the order in which they are met."""
    parts: Mapping[str, Any] = whole.get("$defs", {})
    waiting = _referred(whole) if "anyOf" in whole else []
    if not waiting:
        yield _section(whole, parts)
        waiting = _referred(whole.get("properties", {}))
    done: set[str] = set()
    for name in waiting:
        if name in done:
            continue
        done.add(name)
        waiting.extend(_referred(parts[name]))
        if "properties" in parts[name]:
            yield f"\n### {name}\n{_section(parts[name], parts)}"


def _section(model: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    rows = "".join(
        f"| `{key}` | {_kind(shape, parts)} | {_default(shape, required=key in model.get('required', ()))} "
        f"| {_cell(shape.get('description', ''))} |\n"
        for key, shape in model["properties"].items()
    )
    about = model.get("description", "").strip()
    return f"\n{about}\n\n| key | value | default | |\n|---|---|---|---|\n{rows}"


def _referred(shape: object) -> list[str]:
    """Return the names of the parts that a shape refers to, in order."""
    if isinstance(shape, Mapping):
        own = [shape["$ref"].rpartition("/")[2]] if "$ref" in shape else []
        return own + [name for key, value in shape.items() if key != "$defs" for name in _referred(value)]
    if isinstance(shape, list):
        return [name for value in shape for name in _referred(value)]
    return []


def _kind(shape: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    if "$ref" in shape:
        name = str(shape["$ref"]).rpartition("/")[2]
        return _kind(parts[name], parts) if "enum" in parts[name] else f"[{name}](#{name.lower()})"
    if "anyOf" in shape:
        return " or ".join(
            dict.fromkeys(_kind(one, parts) for one in shape["anyOf"] if one.get("type") != "null")
        )
    if "enum" in shape or "const" in shape:
        return " \\| ".join(f"`{value}`" for value in shape.get("enum", [shape.get("const")]))
    if shape.get("type") == "array":
        items = shape.get("items") or {}
        return f"list of {_kind(items, parts)}"
    if shape.get("type") == "object":
        values = shape.get("additionalProperties")
        return f"mapping to {_kind(values, parts)}" if isinstance(values, Mapping) else "mapping"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    limits = [f"{word} {shape[key]:g}" for key, word in _LIMITS.items() if key in shape]
    return " ".join([names.get(shape.get("type", ""), str(shape.get("type", "any"))), *limits])


_LIMITS = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "below"}


def _default(shape: Mapping[str, Any], *, required: bool) -> str:
    if required:
        return "required"
    value = shape.get("default")
    return (
        ""
        if value in (None, "") or isinstance(value, dict) or value == []
        else f"`{json.dumps(value, ensure_ascii=False)}`"
    )


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
