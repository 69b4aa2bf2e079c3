"""What the commands share: exit codes, the configuration option, and how errors are told."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from monitor.app.environment import with_secrets
from monitor.model import MendableError

OK, FOUND_WRONG, USED_WRONG = 0, 1, 2

ConfigOption = Annotated[
    Path, typer.Option("--config", "-c", envvar="NEWSWIRE_MONITOR_CONFIG", help="The configuration folder.")
]
CONFIG = Path("config")


@contextmanager
def told() -> Iterator[None]:
    """Turn the errors that people can mend into their message and exit code 2."""
    try:
        yield
    except MendableError as error:
        Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(str(error))
        raise typer.Exit(USED_WRONG) from None


def environment() -> Mapping[str, str]:
    """Return what the program is told by its environment, secrets from files included; call it within `told`.

    Raises:
        SecretError: a file that should hold a secret cannot be used.
    """
    return with_secrets(os.environ)
