"""From plain data to a validated model, with every mistake placed in its file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from monitor.config.problems import ConfigError, Problem
from monitor.config.source import Loc, Source, read

M = TypeVar("M", bound=BaseModel)

_SHAPES = ("dict_type", "model_type", "tuple_type", "list_type")
_PLAIN_WORDS = {
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), ("is no whole number", "write digits")),
    **dict.fromkeys(("float_parsing", "float_type"), ("is no number", "write digits")),
    **dict.fromkeys(("bool_parsing", "bool_type"), ("is neither true nor false", "write true or false")),
    **dict.fromkeys(("tuple_type", "list_type"), ("is no list", "write it as [one, two]")),
    **dict.fromkeys(("dict_type", "model_type"), ("is no mapping", "write 'key: value' lines under it")),
    **dict.fromkeys(("time_parsing", "time_type"), ("is no time of day", "write it like '07:00' or '22:30'")),
    "string_type": ("is no text", "put it in quotes"),
    "string_too_short": ("is empty", ""),
    "string_too_long": ("is longer than {max_length} characters", "shorten it"),
    "string_pattern_mismatch": ("is not written as it must be here", ""),
    "greater_than_equal": ("is too small", "write {ge} or more"),
    "greater_than": ("is too small", "write more than {gt}"),
    "less_than_equal": ("is too large", "write {le} or less"),
    "less_than": ("is too large", "write less than {lt}"),
    "too_short": ("has too few entries", "give {min_length} or more"),
    "too_long": ("has too many entries", "give at most {max_length}"),
}
"""What follows the value, and the remedy, by pydantic's name of the mistake."""


def load(path: Path, model: type[M]) -> tuple[M, Source]:
    """Read a YAML file into a model.

    Raises:
        ConfigError: with every mistake of the file.
    """
    source = read(path)
    return validated(source, model), source


def validated(source: Source, model: type[M]) -> M:
    """Return the file's data as the model.

    Raises:
        ConfigError: with every mistake, each with line and column and what to write instead.
    """
    try:
        return model.model_validate(source.data if source.data is not None else {})
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = [_problem(detail, source, model) for detail in details if not _follows(detail, details)]
        raise ConfigError(dict.fromkeys(problems)) from None


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether another mistake says it better: one inside a list too short, or of a union's other member."""
    loc = detail["loc"]
    others = [other for other in details if other is not detail]
    if detail["type"] == "too_short":
        return any(other["loc"][: len(loc)] == loc for other in others)
    of_other_shape = detail["type"] in _SHAPES and not isinstance(detail["input"], (dict, list))
    return of_other_shape and any(other["loc"][:-1] == loc[:-1] for other in others)


def _problem(detail: ErrorDetails, source: Source, model: type[BaseModel]) -> Problem:
    loc: Loc = tuple(detail["loc"])
    name = str(loc[-1]) if loc else ""
    match detail["type"]:
        case "extra_forbidden":
            allowed = sorted(set(_keys_at(model, loc[:-1])))
            return source.problem(loc, f"unknown key '{name}'", did_you_mean(name, allowed), at_key=True)
        case "missing":
            return source.problem(loc[:-1], f"the key '{name}' is missing", f"add '{name}: …'")
        case "literal_error" | "enum":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            wanted = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
            said = _shown(loc, detail, source)
            return source.problem(loc, f"{said} is not allowed here", did_you_mean(said.strip("'"), wanted))
        case "value_error":
            return source.problem(loc, str(detail.get("ctx", {}).get("error", detail["msg"])))
        case "placed_error":  # of a whole that knows which part of it is wrong
            return source.problem((*loc, *detail["ctx"]["at"]), detail["msg"], detail["ctx"]["remedy"])
    message, remedy = _in_plain_words(detail)
    example = _example_at(model, loc)
    if detail["input"] is None:
        message, remedy = "is left empty", "a '#' after a space begins a comment: put such text in quotes"
    elif example and not remedy:
        remedy = f"for example: {example}"
    return source.problem(loc, f"{_shown(loc, detail, source)} {message}", remedy)


def _in_plain_words(detail: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a value, to follow the value itself, and the remedy where one is known."""
    limits = {
        name: f"{value:g}" if isinstance(value, float) else value
        for name, value in detail.get("ctx", {}).items()
    }
    said = f"{detail['msg'][0].lower()}{detail['msg'][1:]}"
    message, remedy = _PLAIN_WORDS.get(detail["type"], (f"does not fit here: {said}", ""))
    return message.format_map(limits), remedy.format_map(limits)


def _shown(loc: Loc, detail: ErrorDetails, source: Source) -> str:
    text = source.scalar(loc)
    if detail["input"] is None:
        return f"'{loc[-1]}'" if loc and isinstance(loc[-1], str) else "this entry"
    if text is None:
        return "this mapping" if isinstance(detail["input"], dict) else "this list"
    return repr(text) if len(text) <= 60 else repr(text[:57] + "…")


def did_you_mean(name: str, allowed: list[str]) -> str:
    """Return the remedy for a name that is none of those allowed: the one it resembles, or all of them."""
    close = difflib.get_close_matches(name, allowed, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else f"one of: {', '.join(allowed)}"


def _keys_at(model: type[BaseModel], loc: Loc) -> Iterator[str]:
    """Yield the keys that every model reachable at `loc` allows."""
    for found in _models_at(model, loc):
        for name, info in found.model_fields.items():
            yield info.alias or name


def _example_at(model: type[BaseModel], loc: Loc) -> str:
    """Return an example of the field at `loc`, or of the nearest field around it that has one."""
    for depth in range(len(loc), 0, -1):
        for found in _models_at(model, loc[: depth - 1]):
            for name, info in found.model_fields.items():
                if (info.alias or name) == loc[depth - 1] and info.examples:
                    return " or ".join(map(_written, info.examples))
    return ""


def _written(example: object) -> str:
    """Return an example, or the one entry of it, as it is written in YAML."""
    value = example[0] if isinstance(example, list) else example
    return f'"{value}"' if str(value).startswith("#") else f"{value}"


def _models_at(annotation: Any, loc: Loc) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not loc:
            yield annotation
            return
        fields = {info.alias or name: info for name, info in annotation.model_fields.items()}
        if loc[0] in fields:
            yield from _models_at(fields[str(loc[0])].annotation, loc[1:])
        elif loc[0] == annotation.__name__:  # a union member's name, as pydantic puts it into the path
            yield from _models_at(annotation, loc[1:])
        return
    arguments = [argument for argument in get_args(annotation) if argument is not type(None)]
    origin = getattr(annotation, "__origin__", None)
    if origin in (dict, Mapping) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        yield from _models_at(arguments[1], loc[1:])
    elif loc and isinstance(loc[0], int):
        for argument in arguments:
            yield from _models_at(argument, loc[1:])
    else:
        for argument in arguments:
            yield from _models_at(argument, loc)
