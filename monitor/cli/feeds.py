"""Commands on feeds: how they are doing, whether they are right, which there are."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from monitor.cli.common import CONFIG, FOUND_WRONG, USED_WRONG, ConfigOption, environment, told

app = typer.Typer()
feeds = typer.Typer(help="See how the feeds are doing, check and add feeds.", no_args_is_help=True)
app.add_typer(feeds, name="feeds")


@feeds.command(epilog="Example: newswire-monitor feeds status")
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each feed.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Show each feed's health, coverage, turnover and lag, from the store of a running monitor."""
    from monitor.app.feeds import feed_lines, feed_records, table
    from monitor.app.settings import load_settings

    with told():
        now = datetime.now(UTC)
        lines = asyncio.run(feed_lines(load_settings(config), environment(), now))
        if as_json:
            for record in feed_records(lines):
                typer.echo(json.dumps(record, ensure_ascii=False))
        else:
            Console().print(table(lines, now))


@feeds.command(epilog="Example: newswire-monitor feeds verify")
def verify(
    what: Annotated[
        list[str] | None, typer.Argument(help="Ids or addresses; none: all enabled feeds.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each feed.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Say whether each feed answers, is the right one, fresh and polite to poll; exit code 1 if not."""
    from monitor.app.feedlist import verification_record, verification_table
    from monitor.app.feedlist import verify as verified
    from monitor.app.settings import load_settings
    from monitor.wire.verify import Severity

    with told(), _addresses():
        found = asyncio.run(verified(load_settings(config), what or ()))
        if as_json:
            for one in found:
                typer.echo(json.dumps(verification_record(one), ensure_ascii=False))
        else:
            Console().print(verification_table(found))
        if any(one.verdict is Severity.WRONG for one in found):
            raise typer.Exit(FOUND_WRONG)


@feeds.command(epilog="Example: newswire-monitor feeds add https://www.example.com/newsroom")
def add(
    url: Annotated[str, typer.Argument(help="A feed, or a page that names its feeds.")],
    every: Annotated[bool, typer.Option("--all", help="Add all feeds that the page names.")] = False,
    private: Annotated[
        bool, typer.Option("--private", help="It is on this machine or in our network.")
    ] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Add a feed to feeds.yaml; of a page, the feed it names. Comments and order of the file stay."""
    from monitor.app.feedlist import add as added
    from monitor.app.feedlist import discover
    from monitor.app.settings import load_settings
    from monitor.wire.errors import FeedError

    with told(), _addresses():
        settings = load_settings(config)
        try:
            found = asyncio.run(discover(settings, url, private=private))
        except FeedError as error:
            _say(str(error))
            raise typer.Exit(FOUND_WRONG) from None
        if len(found) > 1 and not every:
            _say("This page names several feeds: add one by its address, or --all of them.")
            for one in found:
                typer.echo(f"{one.url}  {one.title}".rstrip())
            raise typer.Exit(FOUND_WRONG)
        _added(added(config, settings.feeds, found, private=private))


@feeds.command("import", epilog="Example: newswire-monitor feeds import feeds.opml")
def import_opml(
    file: Annotated[Path, typer.Argument(help="An OPML file.")], config: ConfigOption = CONFIG
) -> None:
    """Add the feeds of an OPML list to feeds.yaml."""
    from monitor.app.feedlist import add as added
    from monitor.app.settings import load_settings
    from monitor.wire.discovery import NotOpmlError, read_opml

    with told():
        settings = load_settings(config)
        try:
            found = read_opml(file.read_bytes())
        except (NotOpmlError, OSError) as error:
            _say(f"{file} cannot be imported: {error}")
            raise typer.Exit(USED_WRONG) from None
        _added(added(config, settings.feeds, found))


@feeds.command("export", epilog="Example: newswire-monitor feeds export > feeds.opml")
def export_opml(config: ConfigOption = CONFIG) -> None:
    """Write the feeds as an OPML list to standard output."""
    from monitor.app.settings import load_settings
    from monitor.wire.discovery import write_opml

    with told():
        typer.echo(write_opml(load_settings(config).feeds.feeds).decode(), nl=False)


@app.command(
    "explain-item", epilog="Example: newswire-monitor explain-item https://www.example.com/release/7"
)
def explain_item(
    what: Annotated[str, typer.Argument(help="An item's id, or the guid or link of an entry of a feed.")],
    config: ConfigOption = CONFIG,
) -> None:
    """Say by which identity an entry was known, and of which item it was a duplicate."""
    from monitor.app.settings import load_settings
    from monitor.app.tracing import trace

    with told():
        for line in asyncio.run(trace(what, load_settings(config), environment())):
            typer.echo(line)


def _added(ids: list[str]) -> None:
    typer.echo(f"added: {', '.join(ids)}" if ids else "all of it is in feeds.yaml already")


def _say(line: str) -> None:
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(line)


@contextmanager
def _addresses() -> Iterator[None]:
    """Turn what is no address into its message and exit code 2."""
    try:
        yield
    except ValidationError as error:
        _say("; ".join(str(one["msg"]) for one in error.errors(include_input=False, include_url=False)))
        raise typer.Exit(USED_WRONG) from None
