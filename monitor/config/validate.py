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
    """Whether a list is only called too short because of mistakes inside it."""
    loc = detail["loc"]
    inside = (other["loc"] for other in details if other is not detail)
    return detail["type"] == "too_short" and any(other[: len(loc)] == loc for other in inside)


def _problem(detail: ErrorDetails, source: Source, model: type[BaseModel]) -> Problem:
    loc: Loc = tuple(detail["loc"])
    name = str(loc[-1]) if loc else ""
    match detail["type"]:
        case "extra_forbidden":
            allowed = sorted(set(_keys_at(model, loc[:-1])))
            return source.problem(loc, f"unknown key '{name}'", _did_you_mean(name, allowed), at_key=True)
        case "missing":
            return source.problem(loc[:-1], f"the key '{name}' is missing", f"add '{name}: …'")
        case "literal_error" | "enum":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            wanted = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
            said = _shown(loc, detail, source)
            return source.problem(loc, f"{said} is not allowed here", _did_you_mean(said.strip("'"), wanted))
        case "value_error":
            return source.problem(loc, str(detail.get("ctx", {}).get("error", detail["msg"])))
    return source.problem(
        loc, f"{_shown(loc, detail, source)}: {detail['msg'][0].lower()}{detail['msg'][1:]}"
    )


def _shown(loc: Loc, detail: ErrorDetails, source: Source) -> str:
    text = source.scalar(loc)
    if text is None:
        return "this mapping" if isinstance(detail["input"], dict) else "this list"
    return repr(text) if len(text) <= 60 else repr(text[:57] + "…")


def _did_you_mean(name: str, allowed: list[str]) -> str:
    close = difflib.get_close_matches(name, allowed, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else f"one of: {', '.join(allowed)}"


def _keys_at(model: type[BaseModel], loc: Loc) -> Iterator[str]:
    """Yield the keys that every model reachable at `loc` allows."""
    for found in _models_at(model, loc):
        for name, info in found.model_fields.items():
            yield info.alias or name


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
