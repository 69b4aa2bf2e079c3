"""Commands on the past: replay items through other rules, export layoffs."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from monitor.cli.common import CONFIG, USED_WRONG, ConfigOption, environment, told

if TYPE_CHECKING:
    from monitor.app.replaying import Past

app = typer.Typer()


def _span(text: str) -> timedelta:
    from monitor.wire.durations import parse_duration

    try:
        found = parse_duration(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    assert isinstance(found, timedelta)
    return found


Since = Annotated[timedelta, typer.Option(parser=_span, help="How far back: 12h, 30d.")]


@app.command(epilog="Example: newswire-monitor export --since 30d --format csv > layoffs.csv")
def export(
    since: Since = timedelta(days=30),
    kind: Annotated[str, typer.Option("--format", help="csv, jsonl, parquet or rss.")] = "csv",
    config: ConfigOption = CONFIG,
) -> None:
    """Write the layoffs of a time with all their facts to standard output, one row a story."""
    from monitor.app.explaining import address
    from monitor.app.exporting import FORMATS, exported
    from monitor.app.settings import load_settings
    from monitor.store import Store

    if kind not in FORMATS:
        typer.echo(f"there is no format '{kind}': one of {', '.join(FORMATS)}", err=True)
        raise typer.Exit(USED_WRONG)

    async def read() -> bytes:
        async with await Store.open(address(load_settings(config), environment())) as store:
            return exported(await store.stories_since(datetime.now(UTC) - since), kind)

    with told():
        sys.stdout.buffer.write(asyncio.run(read()))


@app.command(epilog="Example: newswire-monitor replay --since 24h --rules new/config")
def replay(
    what: Annotated[Path | None, typer.Argument(help="JSON lines, or a folder of feed files.")] = None,
    since: Since = timedelta(days=7),
    rules: Annotated[Path | None, typer.Option(help="A configuration folder whose rules are tried.")] = None,
    cards: Annotated[bool, typer.Option("--cards", help="Show the card of every announcement.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Run past items through the present rules, or those of another folder, and show what would differ.

    Stored items are compared with what was decided then; those of a file, and with --rules all, with what the
    present rules say. Nothing is sent.
    """
    from monitor.app.classify import Text
    from monitor.app.explaining import address
    from monitor.app.pretty import card
    from monitor.app.replaying import given, replayed, stored
    from monitor.app.rulebook import compiled, load_rules
    from monitor.app.settings import load_settings
    from monitor.extract.assessment import assess_item
    from monitor.extract.gazetteer import load_gazetteer
    from monitor.store import Store

    async def kept() -> list[Past]:
        async with await Store.open(address(load_settings(config), environment())) as store:
            return await stored(store, datetime.now(UTC) - since)

    with told():
        console = Console()
        items = given(what) if what else asyncio.run(kept())
        gazetteer = load_gazetteer()
        present = partial(assess_item, classifier=compiled(load_rules(config).sets), gazetteer=gazetteer)
        tried = present
        if rules:
            tried = partial(assess_item, classifier=compiled(load_rules(rules).sets), gazetteer=gazetteer)
        compared = present if rules else None
        announced = different = 0
        with _progress() as progress:
            for one in progress.track(
                replayed(items, tried, compared), total=len(items), description="Replaying"
            ):
                announced += one.announced
                different += one.differs
                if one.differs:
                    sign, style = ("+", "green") if one.announced else ("-", "red")
                    line = f"{sign} {one.past.id} {one.past.item.title} ({one.now.reason})"
                    console.print(line, style=style, highlight=False, markup=False)
                if cards and one.announced:
                    console.print(card(Text(one.past.id, one.past.item.title, one.past.item.text), one.now))
        console.print(f"{len(items)} items, {announced} announcements, {different} differ", highlight=False)


def _progress() -> Progress:
    """Return a bar with items a second and the time left, on standard error."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(show_speed=True),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
