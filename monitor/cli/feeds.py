"""Commands on feeds: how they are doing."""

from __future__ import annotations

import asyncio
import json
import os
from typing import Annotated

import typer
from rich.console import Console

from monitor.cli.common import CONFIG, ConfigOption, told

app = typer.Typer()
feeds = typer.Typer(help="See how the feeds are doing.", no_args_is_help=True)
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
        lines = asyncio.run(feed_lines(load_settings(config), os.environ))
        if as_json:
            for record in feed_records(lines):
                typer.echo(json.dumps(record, ensure_ascii=False))
        else:
            Console().print(table(lines))
