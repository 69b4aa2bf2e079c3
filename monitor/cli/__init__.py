"""The command line. Commands are thin: each reads its arguments and calls the app.

Exit codes: 0 all is well, 1 the command found something wrong, 2 it was called or configured wrongly.
"""

from __future__ import annotations

from typing import Annotated

import typer

from monitor import __version__
from monitor.cli import configuration, dead, feeds, history, roles, routing, slack, starting, texts
from monitor.cli.common import FOUND_WRONG, OK, USED_WRONG

__all__ = ["FOUND_WRONG", "OK", "USED_WRONG", "app", "main"]

app = typer.Typer(
    help="Watches news wires and tells Slack who is cutting how many jobs, and where.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (roles, starting, texts, routing, feeds, configuration, slack, dead, history):
    app.registered_commands += part.app.registered_commands
    app.registered_groups += part.app.registered_groups


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Watches news wires and tells Slack who is cutting how many jobs, and where."""
    if show:
        typer.echo(__version__)
        raise typer.Exit(OK)


def main() -> None:
    """Run the command line."""
    app()
