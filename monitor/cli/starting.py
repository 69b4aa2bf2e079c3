"""The command that writes a first configuration of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.common import told

app = typer.Typer()

_EXAMPLE = "newswire-monitor init ours --channel '#layoffs' --company 'NYSE: F' --jobs 100"


@app.command(epilog=f"Example: {_EXAMPLE}")
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write; new or empty.")] = Path("ours"),
    name: Annotated[str | None, typer.Option(help="What the watchlist is called.")] = None,
    channel: Annotated[str | None, typer.Option(help="Slack channel, like '#layoffs'.")] = None,
    company: Annotated[list[str] | None, typer.Option(help="A company to watch; repeat. None: all.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="An ISO 3166 code; repeat. None: all.")] = None,
    jobs: Annotated[int | None, typer.Option(help="The smallest number of jobs to be told.")] = None,
    contact: Annotated[str | None, typer.Option(help="Your address, for whoever runs the wires.")] = None,
    ops_channel: Annotated[str | None, typer.Option(help="Channel that hears what goes wrong.")] = None,
) -> None:
    """Write a commented configuration; asks for what the options do not say, where someone can answer."""
    from monitor.app.starting import Wishes, begin

    wishes = Wishes(
        name=_answer(name, "What shall the watchlist be called", "our watchlist"),
        channel=_answer(channel, "Which Slack channel shall it tell", "#layoffs"),
        companies=_listed(company, "Which companies (commas between; none: all)"),
        countries=_listed(country, "Which countries, as ISO codes like US, DE (none: all)"),
        jobs=jobs if jobs is not None else _number("From how many jobs on (none: any)"),
        contact=_answer(contact, "An address for the people who run the wires (the SEC asks for one)", ""),
        ops_channel=_answer(ops_channel, "Which channel shall hear what goes wrong (none: only the log)", ""),
    )
    with told():
        settings = begin(folder, wishes)
    typer.echo(f"{folder} is written and in order: {len(settings.feeds.enabled)} feeds, 1 watchlist.")
    typer.echo(f"Start it:     newswire-monitor run --config {folder}   (alerts appear in this terminal)")
    typer.echo(f"Alert Slack:  SLACK_BOT_TOKEN=xoxb-… newswire-monitor run --config {folder}")


def _answer(given: str | None, question: str, default: str) -> str:
    if given is not None or not sys.stdin.isatty():
        return default if given is None else given
    return str(typer.prompt(question, default=default, show_default=bool(default)))


def _listed(given: list[str] | None, question: str) -> tuple[str, ...]:
    said = given if given is not None else _answer(None, question, "").split(",")
    return tuple(name.strip() for name in said if name.strip())


def _number(question: str) -> int | None:
    said = _answer(None, question, "").strip()
    return int(said) if said.isdecimal() else None
