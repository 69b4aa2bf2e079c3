"""What the commands share: exit codes, the configuration option, and how errors are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

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
