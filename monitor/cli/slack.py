"""Commands on Slack: is it set up so that alerts will arrive?"""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from monitor.cli.common import CONFIG, FOUND_WRONG, ConfigOption, environment, told

app = typer.Typer()
slack = typer.Typer(help="Check Slack's set-up.", no_args_is_help=True)
app.add_typer(slack, name="slack")


@slack.command(epilog="Example: SLACK_BOT_TOKEN=… newswire-monitor slack check --post")
def check(
    post: Annotated[bool, typer.Option("--post", help="Post a test card into every channel.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each thing looked at.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Check the token, its scopes and every channel of the watchlists; say what to do where one is wrong."""
    from monitor.app.settings import load_settings
    from monitor.app.slack import findings, table

    with told():
        found = asyncio.run(findings(load_settings(config), environment(), post=post))
    if as_json:
        for one in found:
            typer.echo(json.dumps(asdict(one), ensure_ascii=False))
    else:
        Console().print(table(found))
    if not all(one.good for one in found):
        raise typer.Exit(FOUND_WRONG)
