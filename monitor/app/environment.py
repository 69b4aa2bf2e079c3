"""The environment as the program uses it: with secrets read from the files that it names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.model import MendableError

SECRETS = (
    "SLACK_BOT_TOKEN",
    "SLACK_WEBHOOK_URL",
    "SLACK_APP_TOKEN",
    "REDIS_URL",
    "NEWSWIRE_MONITOR_WEB_TOKEN",
)


class SecretError(MendableError):
    """A secret is named in a way that leaves it open; the message names variable and file, no value."""


def with_secrets(environ: Mapping[str, str]) -> Mapping[str, str]:
    """Return the environment with the secrets whose files NAME_FILE names, as Docker hands them over.

    Raises:
        SecretError: naming every file that cannot be used, and every secret that is given twice.
    """
    found, wrong = dict(environ), []
    for name in SECRETS:
        if not (file := environ.get(f"{name}_FILE", "").strip()):
            continue
        if environ.get(name, "").strip():
            wrong.append(f"{name} and {name}_FILE are both set: unset one of them")
            continue
        try:
            found[name] = _content(Path(file))
        except ValueError as error:
            wrong.append(f"{name}_FILE names {file}, {error}")
    if wrong:
        raise SecretError("\n".join(wrong))
    return found


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
