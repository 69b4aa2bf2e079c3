"""Commands on watchlists: where items would go, and what is muted."""

from __future__ import annotations

import asyncio
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from monitor.cli.common import CONFIG, FOUND_WRONG, ConfigOption, told
from monitor.cli.texts import given

app = typer.Typer()


@app.command(epilog="Example: newswire-monitor route releases.jsonl --expect expected.yaml")
def route(
    what: Annotated[
        str, typer.Argument(help="A file, an item's id, - for standard input, or the text itself.")
    ],
    expect: Annotated[
        Path | None,
        typer.Option("--expect", help="YAML or JSON of item id → list of channels; anything else is wrong."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines instead of words.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Show where items would go, and of each watchlist why or why not; nothing is sent."""
    from monitor.app.explaining import stored_item
    from monitor.app.routing import as_item, differences, read_expected, record, rendered, routed
    from monitor.app.rulebook import compiled
    from monitor.app.settings import load_settings
    from monitor.extract.gazetteer import load_gazetteer

    with told():
        settings = load_settings(config)
        expected = read_expected(expect) if expect else {}
        stored = asyncio.run(stored_item(what, settings, os.environ))
        now = datetime.now(UTC)
        items = [(what, stored)] if stored else [(text.id, as_item(text, now)) for text in given(what)]
        rules, gazetteer = compiled(settings.rules), load_gazetteer()
        found = [routed(name, item, rules, gazetteer, settings.watchlists) for name, item in items]
        console = Console(highlight=False)
        for one in found:
            if as_json:
                typer.echo(json.dumps(record(one), ensure_ascii=False))
            elif not expect:
                console.print(rendered(one), soft_wrap=True)
        if expect:
            wrong = list(differences(expected, found))
            for line in wrong:
                typer.echo(line, err=as_json)
            typer.echo(f"{len(expected) - len(wrong)} of {len(expected)} as expected", err=as_json)
            if wrong:
                raise typer.Exit(FOUND_WRONG)
