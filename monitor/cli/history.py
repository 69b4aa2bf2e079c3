"""Commands on the past: replay items through other rules, export layoffs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text as RichText

from monitor.cli.common import CONFIG, USED_WRONG, ConfigOption, asked, environment, told

if TYPE_CHECKING:
    from monitor.app.rehearsal import Rehearsal
    from monitor.app.settings import Settings
    from monitor.app.trial import Trial
    from monitor.model import Alert
    from monitor.rules.language import RuleFile
    from monitor.store import Store

_STYLES = {"+": "green", "-": "red", "~": "yellow", " ": "dim"}

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
    from monitor.app.exporting import FORMATS, exported

    if kind not in FORMATS:
        typer.echo(f"there is no format '{kind}': one of {', '.join(FORMATS)}", err=True)
        raise typer.Exit(USED_WRONG)

    async def read(store: Store, settings: Settings) -> bytes:
        page = f"http://{settings.monitor.web.host}:{settings.monitor.web.port}/"
        return exported(await store.stories_since(datetime.now(UTC) - since), kind, page)

    with told():
        sys.stdout.buffer.write(asked(config, read))


@app.command(epilog="Example: newswire-monitor replay --since 24h --rules new/config --to layoffs-test")
def replay(
    what: Annotated[
        Path | None, typer.Argument(help="JSON lines, or a folder of feed files; none: the stored items.")
    ] = None,
    since: Since = timedelta(days=7),
    rules: Annotated[Path | None, typer.Option(help="A configuration folder whose rules are tried.")] = None,
    to: Annotated[str, typer.Option(help="Post what would be told into this Slack channel.")] = "",
    cards: Annotated[bool, typer.Option("--cards", help="Show the cards that would be told.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Run past items through the present rules, or those of another folder, and show what would differ.

    Stored items are compared with what was decided then; with --rules, all with what the present rules say.
    Lines begin as in a diff: + would be told and was not, - was told and would not be, ~ would be decided
    otherwise. Nothing is stored, and nothing is sent but to the channel of --to.
    """
    from monitor.app.replaying import Sums, given, replayed, stored
    from monitor.app.rulebook import load_rules
    from monitor.app.settings import load_settings
    from monitor.app.trial import Trial
    from monitor.deliver.terminal import shown

    with told():
        console, settings = Console(highlight=False), load_settings(config)
        trial = Trial(settings, environment(), to) if to else None
        if trial:
            asyncio.run(trial.check())
        earliest = datetime.now(UTC) - since
        items = given(what, _warn) if what else asked(config, lambda store, _: stored(store, earliest))
        tried = _rehearsal(load_rules(rules).sets if rules else settings.rules, settings)
        before = _rehearsal(settings.rules, settings) if rules else None
        sums = Sums()
        alerts: list[Alert] = []
        with _progress() as progress:
            for one in progress.track(replayed(items, tried, before), len(items), description="Replaying"):
                sums.count(one)
                alerts += one.now.alerts[:1]
                if one.differs or one.told:
                    console.print(str(one), style=_STYLES[one.sign], markup=False, soft_wrap=True)
                if cards and one.now.alerts:
                    console.print(shown(one.now.alerts[0]))
        console.print(str(sums))
        if trial:
            console.print(f"{asyncio.run(_posted(trial, alerts))} posted to {to}")


def _rehearsal(rules: Sequence[RuleFile], settings: Settings) -> Rehearsal:
    from monitor.app.rehearsal import Rehearsal
    from monitor.app.roles import make_assess

    return Rehearsal(make_assess(rules), settings.watchlists)


async def _posted(trial: Trial, alerts: Sequence[Alert]) -> int:
    with _progress() as progress:
        task = progress.add_task("Posting", total=len(alerts))
        async for _ in trial.post(alerts):
            progress.advance(task)
    return len(alerts)


def _warn(text: str) -> None:
    typer.echo(text, err=True)


class _Speed(ProgressColumn):
    """Items a second; rich's own column shows them only where the end is not known."""

    def render(self, task: Task) -> RichText:
        speed = task.finished_speed or task.speed
        return RichText(f"{speed:,.0f}/s" if speed else "")


def _progress() -> Progress:
    """Return a bar with items a second and the time left, on standard error."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Speed(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
