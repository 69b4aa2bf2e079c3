"""Commands on the configuration: check it, test the rules, lint them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.common import CONFIG, FOUND_WRONG, ConfigOption, told

app = typer.Typer()
rules = typer.Typer(help="Test and lint the rules.", no_args_is_help=True)
app.add_typer(rules, name="rules")


@app.command(epilog="Example: newswire-monitor check config")
def check(folder: Annotated[Path, typer.Argument(help="The configuration folder.")] = CONFIG) -> None:
    """Report every mistake in every configuration file."""
    from monitor.app.settings import load_settings

    with told():
        settings = load_settings(folder)
        counts = (
            f"{len(settings.feeds.enabled)} feeds, {len(settings.rules)} rule sets,"
            f" {len(settings.watchlists)} watchlists"
        )
        typer.echo(f"{folder} is in order: {counts}.")


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
