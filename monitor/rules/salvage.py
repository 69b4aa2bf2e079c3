"""What can be checked of a rule file of the wrong shape, so that one mistake does not hide the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from monitor.rules.language import Loc, Mistake, RuleFile, check

_PHRASES = ("any", "with", "without", "regex")
# Stand in for what cannot be read, and are never accused.
_REQUIRED: Mapping[str, Any] = {"rule_set": "unreadable", "threshold": 1, "rules": []}


def phrase_mistakes(data: object) -> Iterator[Mistake]:
    """Yield the mistakes in phrases and regexes of a file whose shape `RuleFile` refuses.

    What the shape is refused for is left out, and said elsewhere.

    Args:
        data: the file as plain mappings, lists and scalars; it is not changed.
    """
    if (rules := _readable(data)) is not None:
        yield from (mistake for mistake in check(rules) if _is_of_phrase(mistake.loc))


def _is_of_phrase(loc: Loc) -> bool:
    return loc[0] == "vocabularies" or (len(loc) > 3 and loc[2] in _PHRASES)


def _readable(data: object) -> RuleFile | None:
    """Return the file without what is refused in it; None where too little is left."""
    if not isinstance(data, dict):
        return None
    rest: dict[Any, Any] = deepcopy(data)
    for _ in range(2):  # once for what is there, once for what is missing then
        try:
            return RuleFile.model_validate(rest)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                _take_out(rest, detail["loc"])
    return None


def _take_out(rest: dict[Any, Any], loc: tuple[int | str, ...]) -> None:
    """Take the key at `loc` out, or let what it needs stand in its place."""
    match loc:
        case ("rules", int(number), key, *_) if isinstance(rest["rules"][number], dict):
            rest["rules"][number].pop(key, None)
            rest["rules"][number].setdefault("id", f"unreadable-{number}")
        case ("rules", int(number), *_):
            rest["rules"][number] = {"id": f"unreadable-{number}"}
        case ("vocabularies", name, *_) if isinstance(rest["vocabularies"], dict):
            rest["vocabularies"][name] = ("x",)
        case (key, *_):
            rest.pop(key, None)
            if key in _REQUIRED:
                rest[key] = _REQUIRED[str(key)]
