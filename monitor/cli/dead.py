"""Commands on dead letters: what could not be processed, and the way back."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console

from monitor.cli.common import CONFIG, FOUND_WRONG, USED_WRONG, ConfigOption, asked, told

app = typer.Typer()
dead = typer.Typer(help="See and replay what could not be processed.", no_args_is_help=True)
app.add_typer(dead, name="dead")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON line for each letter.")]


@dead.command("list", epilog="Example: newswire-monitor dead list --json")
def show_list(
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="At most so many, the newest.")] = 50,
    as_json: AsJson = False,
    config: ConfigOption = CONFIG,
) -> None:
    """List the dead letters, the newest first, with the reason of each."""
    from monitor.app.dead import record, table

    with told():
        letters = asked(config, lambda store, _: store.dead.newest(count))
        if as_json:
            for letter in letters:
                typer.echo(json.dumps(record(letter), ensure_ascii=False))
        elif letters:
            Console().print(table(letters))
        else:
            typer.echo("There are no dead letters.")


@dead.command(epilog="Example: newswire-monitor dead show 1772460300000-0")
def show(
    letter: Annotated[str, typer.Argument(help="The id of a dead letter.")],
    config: ConfigOption = CONFIG,
) -> None:
    """Show one dead letter whole, as JSON."""
    from monitor.app.dead import record

    with told():
        found = asked(config, lambda store, _: store.dead.show(letter))
    if found is None:
        typer.echo(f"There is no dead letter {letter}; see newswire-monitor dead list.", err=True)
        raise typer.Exit(USED_WRONG)
    typer.echo(json.dumps(record(found), ensure_ascii=False, indent=2))


@dead.command(epilog="Example: newswire-monitor dead replay 1772460300000-0, or: dead replay --all")
def replay(
    letters: Annotated[list[str] | None, typer.Argument(help="Ids of dead letters.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Replay all of them, the oldest first.")] = False,
    as_json: AsJson = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Put dead letters back where they came from, to be processed again as if new."""
    from monitor.app import dead as desk

    if bool(letters) == every:
        typer.echo("Give the ids of dead letters, or --all.", err=True)
        raise typer.Exit(USED_WRONG)
    with told():
        results = asked(
            config, lambda store, _: desk.replay_all(store) if every else desk.replay(store, letters or ())
        )
    for one in results:
        line = f"{one.letter}: {one.problem or f'replayed as {one.entry}'}"
        fields = {"id": one.letter, "entry": one.entry, "problem": one.problem}
        typer.echo(json.dumps(fields, ensure_ascii=False) if as_json else line)
    if any(one.problem for one in results):
        raise typer.Exit(FOUND_WRONG)
