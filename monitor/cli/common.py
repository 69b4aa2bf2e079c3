"""What the commands share: exit codes, the configuration option, and how errors are told."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console

from monitor.app.environment import with_secrets
from monitor.model import MendableError

if TYPE_CHECKING:
    from monitor.app.settings import Settings
    from monitor.store import Store

T = TypeVar("T")

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


def asked(config: Path, ask: Callable[[Store, Settings], Awaitable[T]]) -> T:
    """Return the answer of the store of a running monitor; call it within `told`.

    Raises:
        MendableError: the configuration has mistakes, or no monitor can be asked.
    """
    from monitor.app.running import running_store
    from monitor.app.settings import load_settings

    async def answer() -> T:
        settings = load_settings(config)
        async with running_store(settings, environment()) as store:
            return await ask(store, settings)

    return asyncio.run(answer())


def environment() -> Mapping[str, str]:
    """Return what the program is told by its environment, secrets from files included; call it within `told`.

    Raises:
        SecretError: a file that should hold a secret cannot be used.
    """
    return with_secrets(os.environ)
