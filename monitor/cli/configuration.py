"""Commands on the configuration: check it, test the rules, lint them."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from monitor.cli.common import CONFIG, FOUND_WRONG, USED_WRONG, ConfigOption, environment, told

_COLOURS = {"ok": "green", "warning": "yellow", "failed": "bold red"}

app = typer.Typer()
rules = typer.Typer(help="Test and lint the rules.", no_args_is_help=True)
app.add_typer(rules, name="rules")


@app.command(epilog="Example: newswire-monitor check config")
def check(
    folder: Annotated[
        Path, typer.Argument(envvar="NEWSWIRE_MONITOR_CONFIG", help="The configuration folder.")
    ] = CONFIG,
) -> None:
    """Report every mistake in every configuration file, and every secret they name that is not set.

    Exit code 0: all is in order. 2: there are mistakes; each is told with its file, line and column.
    """
    from monitor.app.settings import load_settings
    from monitor.web.health import counted

    with told():
        settings = load_settings(folder, os.environ)
        counts = (
            f"{counted(len(settings.feeds.enabled), 'feed')}, {counted(len(settings.rules), 'rule set')},"
            f" {counted(len(settings.watchlists), 'watchlist')}"
        )
        typer.echo(f"{folder} is in order: {counts}.")


@app.command(epilog="Example: newswire-monitor doctor")
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each thing looked at.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Look at everything the monitor needs: versions, disk, names, Redis, feeds, Slack."""
    from monitor.app.doctor import Level, examine

    async def look() -> list[Level]:
        console, levels = Console(highlight=False, soft_wrap=True), []
        async for line in examine(config, environment()):
            levels.append(line.level)
            if as_json:
                typer.echo(json.dumps(asdict(line), ensure_ascii=False))
            else:
                console.print(
                    Text(f"{line.level:8}", _COLOURS[line.level]), f"{line.what}: {line.found}", markup=False
                )
                if line.remedy and line.level is not Level.OK:
                    console.print(f"         → {line.remedy}", style="dim", markup=False)
        return levels

    with told():
        if Level.FAILED in asyncio.run(look()):
            raise typer.Exit(FOUND_WRONG)


@app.command(epilog="Example: newswire-monitor schema watchlist")
def schema(
    kind: Annotated[str, typer.Argument(help="monitor, feeds, rules or watchlist.")] = "",
    write: Annotated[Path | None, typer.Option(help="Write the schemas of all files to this folder.")] = None,
    reference: Annotated[bool, typer.Option(help="Print the reference of all keys as Markdown.")] = False,
) -> None:
    """Print the JSON Schema of a configuration file, for editors; or the reference of all keys."""
    from monitor.app.reference import reference as whole
    from monitor.app.schema import FILES, written

    if reference:
        typer.echo(whole(), nl=False)
    elif write is not None:
        write.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (write / f"{name}.json").write_text(written(name), encoding="utf-8")
    elif kind in FILES:
        typer.echo(written(kind), nl=False)
    else:
        typer.echo(f"name one of: {', '.join(FILES)}", err=True)
        raise typer.Exit(USED_WRONG)


@rules.command("test", epilog="Example: newswire-monitor rules test")
def rules_test(config: ConfigOption = CONFIG) -> None:
    """Run the tests that are written in the rule files."""
    from monitor.app.rulebook import load_rules
    from monitor.rules.testing import Outcome, run_tests

    with told():
        reports = [(run_tests(file), source) for file, source in load_rules(config).files]
        for report, source in reports:
            for result in report.results:
                if result.outcome is Outcome.FAILED:
                    typer.echo(str(source.problem(result.loc, f"wanted {result.wanted}, got {result.got}")))
            for line in report.lines():
                typer.echo(line)
        if not all(report.passed for report, _ in reports):
            raise typer.Exit(FOUND_WRONG)


@rules.command("lint", epilog="Example: newswire-monitor rules lint")
def rules_lint(config: ConfigOption = CONFIG) -> None:
    """Say which rules never fire, are covered by others, or are not covered by a test."""
    from monitor.app.rulebook import load_rules
    from monitor.rules.linting import lint

    with told():
        remarks = [
            source.problem(remark.loc, f"{remark.smell.replace('_', ' ')}: {remark.message}")
            for file, source in load_rules(config).files
            for remark in lint(file)
        ]
        for remark in remarks:
            typer.echo(str(remark))
        typer.echo(f"{len(remarks)} remarks")
        if remarks:
            raise typer.Exit(FOUND_WRONG)
