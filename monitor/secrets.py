"""Secrets from the environment: NAME holds one, or NAME_FILE names a file that does, as with Docker."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.model import MendableError


class SecretError(MendableError):
    """A secret is named in a way that leaves it open; the message names variable and file, no value."""


def secret(name: str, environ: Mapping[str, str]) -> str:
    """Return a secret; "" where neither NAME nor NAME_FILE is set.

    Raises:
        SecretError: both are set, or the file cannot be read or does not hold one line of UTF-8.
    """
    value, file = environ.get(name, ""), environ.get(f"{name}_FILE", "").strip()
    if not file:
        return value
    if value.strip():
        raise SecretError(f"{name} and {name}_FILE are both set: unset one of them")
    try:
        return _content(Path(file))
    except ValueError as error:
        raise SecretError(f"{name}_FILE names {file}, {error}") from None


def _content(file: Path) -> str:
    try:
        text = file.read_text("utf-8").strip()
    except OSError as error:
        raise ValueError(f"which cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError("which is not UTF-8 text: write the secret alone into it") from None
    if not text:
        raise ValueError("which is empty: write the secret into it")
    if len(text.splitlines()) > 1:
        raise ValueError("which has several lines: write the secret alone into it")
    return text
