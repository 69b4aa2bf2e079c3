"""Commands on what is told: where items would go, what is muted, and what people said of it."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from monitor.cli.common import CONFIG, FOUND_WRONG, ConfigOption, asked, environment, told
from monitor.cli.texts import given
from monitor.model import MuteKind

if TYPE_CHECKING:
    from monitor.app.settings import Settings
    from monitor.store import Store

app = typer.Typer()
mutes = typer.Typer(help="List, add and end mutes.", no_args_is_help=True)
app.add_typer(mutes, name="mutes")
examples = typer.Typer(help="What people said of texts.", no_args_is_help=True)
app.add_typer(examples, name="examples")


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
        stored = asyncio.run(stored_item(what, settings, environment()))
        now = datetime.now(UTC)
        items = [(what, stored)] if stored else [(text.id, as_item(text, now)) for text in given(what)]
        rules, gazetteer = compiled(settings.rules), load_gazetteer()
        # Mutes are known to the store alone, and so is an item by its id.
        muted = asked(config, lambda store, _: store.mutes.all()) if stored else ()
        found = [routed(name, item, rules, gazetteer, settings.watchlists, muted) for name, item in items]
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


@mutes.command("list", epilog="Example: newswire-monitor mutes list --log 20")
def list_(
    log: Annotated[int, typer.Option("--log", help="Show this many lines of the audit instead.")] = 0,
    config: ConfigOption = CONFIG,
) -> None:
    """List the mutes in force, whose they are, why, and how many stories each has hidden."""
    from monitor.app.muting import event_table, mute_table

    async def tables(store: Store, _: Settings) -> Table:
        if log:
            return event_table(await store.mutes.events(log))
        return mute_table(await store.mutes.listed(), datetime.now(UTC))

    with told():
        Console(highlight=False).print(asked(config, tables))


@mutes.command(
    epilog="Example: newswire-monitor mutes add company 'Acme Corp.' --for 7d --reason 'our client'"
)
def add(
    kind: Annotated[MuteKind, typer.Argument(help="What to mute.")],
    value: Annotated[str, typer.Argument(help="The company's name, or the id of the story or rule.")],
    span: Annotated[str, typer.Option("--for", help="How long: 12h, 7d, 30d.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; others will read it.")],
    author: Annotated[str, typer.Option("--author", help="Who asks for it; you, by default.")] = "",
    config: ConfigOption = CONFIG,
) -> None:
    """Mute a company, a story or a rule for a while. When it is over, ops read what it hid."""
    from monitor.app.muting import put
    from monitor.app.settings import load_settings

    with told():
        until = datetime.now(UTC) + _span(span)
        rules = load_settings(config).rules
        mute = asked(
            config, lambda store, _: put(store, kind, value, until, author or getuser(), reason, rules)
        )
        typer.echo(f"{mute.id}: {mute}")


@mutes.command(epilog="Example: newswire-monitor mutes end 1a2b3c4d")
def end(
    mute: Annotated[str, typer.Argument(help="Its id, as 'mutes list' shows it.")],
    author: Annotated[str, typer.Option("--author", help="Who ends it; you, by default.")] = "",
    config: ConfigOption = CONFIG,
) -> None:
    """End a mute before its time, and say what it hid, to ops too."""
    from monitor.alert.mutes import ended
    from monitor.app.muting import end as end_mute
    from monitor.app.settings import load_settings

    with told():
        ops, now = load_settings(config).monitor.ops_channel, datetime.now(UTC)
        by = author or getuser()
        typer.echo(ended(asked(config, lambda store, _: end_mute(store, mute, by, ops, now))))


def _span(text: str) -> timedelta:
    from monitor.app.muting import MuteError
    from monitor.wire.durations import parse_duration

    try:
        span = parse_duration(text)
    except ValueError as error:
        raise MuteError(f"--for: {error}") from None
    if not isinstance(span, timedelta) or span <= timedelta(0):
        raise MuteError(f"--for: '{text}' is no time — write 12h, 7d or 30d")
    return span


@examples.command(epilog="Example: newswire-monitor examples export mine && newswire-monitor rules test")
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write; made if it is not there.")],
    config: ConfigOption = CONFIG,
) -> None:
    """Write what people said of texts: items.jsonl and labels.jsonl for eval, tests.yaml for a rule file."""
    from monitor.app.examples import items, labels, rule_tests

    with told():
        found = asked(config, lambda store, _: store.examples.all())
        folder.mkdir(parents=True, exist_ok=True)
        parts = {"items.jsonl": items(found), "labels.jsonl": labels(found), "tests.yaml": rule_tests(found)}
        for name, lines in parts.items():
            (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        typer.echo(f"{len(found)} examples written to {folder}")
