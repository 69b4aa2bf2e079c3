"""What the commands share: exit codes, the configuration option, and how errors are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from monitor.config.problems import ConfigError

OK, FOUND_WRONG, USED_WRONG = 0, 1, 2

ConfigOption = Annotated[
    Path, typer.Option("--config", "-c", envvar="NEWSWIRE_MONITOR_CONFIG", help="The configuration folder.")
]
CONFIG = Path("config")


@contextmanager
def told() -> Iterator[None]:
    """Turn the errors that people can mend into their message and exit code 2."""
    from monitor.app.classify import UnreadableLineError
    from monitor.app.muting import MuteError
    from monitor.app.roles import RoleError
    from monitor.store import StoreError

    try:
        yield
    except (ConfigError, MuteError, RoleError, StoreError, UnreadableLineError) as error:
        Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(str(error))
        raise typer.Exit(USED_WRONG) from None
