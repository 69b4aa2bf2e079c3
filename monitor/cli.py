"""The command line. Commands are thin: each reads its arguments and calls the app.

Exit codes: 0 all is well, 1 the command found something wrong, 2 it was called or configured wrongly.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from monitor import __version__
from monitor.config.problems import ConfigError

OK, FOUND_WRONG, USED_WRONG = 0, 1, 2
MANY = 50  # items from which on a progress bar is worth its line

app = typer.Typer(
    help="Watches news wires and tells Slack who is cutting how many jobs, and where.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(help="Test and check the rules.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")

ConfigOption = Annotated[
    Path, typer.Option("--config", "-c", envvar="NEWSWIRE_MONITOR_CONFIG", help="The configuration folder.")
]
CONFIG = Path("config")


@contextmanager
def _told() -> Iterator[None]:
    """Turn the errors that people can mend into their message and exit code 2."""
    from monitor.app.classify import UnreadableLineError
    from monitor.app.roles import RoleError
    from monitor.store import StoreError

    try:
        yield
    except (ConfigError, RoleError, StoreError, UnreadableLineError) as error:
        Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(str(error))
        raise typer.Exit(USED_WRONG) from None


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Watches news wires and tells Slack who is cutting how many jobs, and where."""
    if show:
        typer.echo(__version__)
        raise typer.Exit(OK)


@app.command(epilog="Example: newswire-monitor demo")
def demo(config: ConfigOption = CONFIG) -> None:
    """Run the whole monitor once on sample releases, served by a local wire, into this terminal."""
    from monitor.app.demo import run

    with _told():
        asyncio.run(run(config, Console()))


@app.command(epilog="Example: SLACK_BOT_TOKEN=… newswire-monitor run")
def run(config: ConfigOption = CONFIG) -> None:
    """Poll, read and deliver in this process, on an embedded Redis or on REDIS_URL."""
    _serve(config, ("poll", "read", "deliver"))


@app.command(epilog="Example: REDIS_URL=redis://localhost newswire-monitor poll")
def poll(config: ConfigOption = CONFIG) -> None:
    """Poll the feeds and admit new items. Needs REDIS_URL."""
    _serve(config, ("poll",))


@app.command(epilog="Example: REDIS_URL=redis://localhost newswire-monitor read")
def read(config: ConfigOption = CONFIG) -> None:
    """Classify and extract admitted items and queue their alerts. Needs REDIS_URL."""
    _serve(config, ("read",))


@app.command(epilog="Example: REDIS_URL=redis://localhost SLACK_BOT_TOKEN=… newswire-monitor deliver")
def deliver(config: ConfigOption = CONFIG) -> None:
    """Deliver queued alerts to Slack or this terminal. Needs REDIS_URL."""
    _serve(config, ("deliver",))


def _serve(config: Path, roles: tuple[str, ...]) -> None:
    import uvloop

    from monitor.app import logs
    from monitor.app.roles import serve
    from monitor.app.settings import load_settings

    with _told():
        logs.configure(sys.stderr)
        uvloop.run(serve(load_settings(config), roles, os.environ, Console()))


@app.command(epilog="Example: newswire-monitor check config")
def check(folder: Annotated[Path, typer.Argument(help="The configuration folder.")] = CONFIG) -> None:
    """Report every mistake in every configuration file."""
    from monitor.app.settings import load_settings

    with _told():
        settings = load_settings(folder)
        typer.echo(
            f"{folder} is in order: {len(settings.feeds.enabled)} feeds, {len(settings.rules)} rule sets,"
            f" {len(settings.watchlists)} watchlists."
        )


@app.command(epilog="Example: newswire-monitor classify --pretty release.txt")
def classify(
    file: Annotated[Path, typer.Argument(help="JSON lines or one plain text; - is standard input.")] = Path(
        "-"
    ),
    pretty: Annotated[bool, typer.Option("--pretty", help="Cards for people instead of JSON lines.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Say of each text whether it announces layoffs, and who, how many and where."""
    from monitor.app.classify import classify as classified
    from monitor.app.classify import record, texts
    from monitor.app.pretty import card
    from monitor.app.settings import load_rules
    from monitor.extract.gazetteer import load_gazetteer
    from monitor.rules import compile_rules

    with _told():
        name = "standard input" if str(file) == "-" else str(file)
        items = list(texts(_content(file), name))
        console = Console()
        found = classified(items, compile_rules(load_rules(config)), load_gazetteer())
        for item, assessment in track(
            found,
            total=len(items),
            description="Classifying",
            console=Console(stderr=True),
            transient=True,
            disable=len(items) < MANY or not sys.stderr.isatty(),
        ):
            if pretty:
                console.print(card(item, assessment))
            else:
                typer.echo(json.dumps(record(item, assessment), ensure_ascii=False))


def _content(file: Path) -> str:
    from monitor.app.classify import UnreadableLineError

    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableLineError(f"{file}: cannot be read: {error}") from error


def main() -> None:
    """Run the command line."""
    app()
