"""Commands on texts: classify them, explain a verdict, evaluate against labels."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track

from monitor.cli.common import CONFIG, ConfigOption, environment, told

if TYPE_CHECKING:
    from monitor.app.classify import Text
    from monitor.extract.assessment import Assessment
    from monitor.model import Item

MANY = 50  # items from which on a progress bar is worth its line
STDIN = Path("-")

app = typer.Typer()


@app.command(epilog="Example: newswire-monitor classify --pretty release.txt")
def classify(
    file: Annotated[Path, typer.Argument(help="JSON lines or one plain text; - is standard input.")] = STDIN,
    pretty: Annotated[bool, typer.Option("--pretty", help="Cards for people instead of JSON lines.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Say of each text whether it announces layoffs, and who, how many and where."""
    from monitor.app.classify import record
    from monitor.app.pretty import card

    with told():
        console = Console()
        for item, assessment in _classified(_texts(file), config):
            if pretty:
                console.print(card(item, assessment))
            else:
                typer.echo(json.dumps(record(item, assessment), ensure_ascii=False))


@app.command(epilog="Example: newswire-monitor explain https://www.example.com/release/7")
def explain(
    what: Annotated[
        str, typer.Argument(help="An item's id or link, a file, - for standard input, or the text itself.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each text.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Show the whole way of an item, or what would become of a text, and what would have changed it.

    Of an item: feed and poll, identities, decision, story, delivery. Of every text: zones, matched phrases,
    weights and vetoes; what was weighed for each fact of an announcement; and what each watchlist says.
    """
    from monitor.app import way as ways
    from monitor.app.explaining import explained
    from monitor.app.settings import load_settings

    with told():
        console = Console()
        settings = load_settings(config)
        way = asyncio.run(ways.way_of(what, settings, environment()))
        if way and not as_json:
            console.print(ways.rendered(way))
        items = [(way.id, way.item)] if way else _items(given(what))
        for one in explained(items, settings):
            if as_json:
                record = {**(ways.as_record(way) if way else {}), **one.record}
                typer.echo(json.dumps(record, ensure_ascii=False, default=str))
            else:
                console.print(*one.rendered, sep="\n", soft_wrap=False)


def _items(texts: list[Text]) -> list[tuple[str, Item]]:
    from monitor.app.routing import as_item

    return [(text.id, as_item(text, datetime.now(UTC))) for text in texts]


@app.command("eval", epilog="Example: newswire-monitor eval labels.jsonl items.jsonl")
def evaluate(
    labels: Annotated[Path, typer.Argument(help="JSON lines of labels; docs/accuracy.md shows their form.")],
    items: Annotated[Path, typer.Argument(help="JSON lines of items, as for classify.")],
    errors: Annotated[bool, typer.Option("--errors/--no-errors", help="List what was read wrongly.")] = True,
    config: ConfigOption = CONFIG,
) -> None:
    """Score rules and extraction on your own labelled items, and list the errors with their reasons."""
    from monitor.app.classify import record
    from monitor.app.scoring import read_labels, score

    with told():
        wanted = read_labels(_content(labels), str(labels))
        found = {item.id: record(item, seen) for item, seen in _classified(_texts(items), config)}
        result = score(wanted, found)
        for error in result.errors if errors else ():
            typer.echo(str(error))
        for name, value in result.figures.items():
            typer.echo(f"{name:16} {value}")
        for stratum in sorted({str(label["stratum"]) for label in wanted if label.get("stratum")}):
            part = score([label for label in wanted if label.get("stratum") == stratum], found).figures
            told_of = (f"{name} {part[name]}" for name in ("items", "precision", "recall"))
            typer.echo(f"  {stratum}: {' '.join(told_of)}")


def _texts(file: Path) -> list[Text]:
    from monitor.app.classify import texts

    return list(texts(_content(file), "standard input" if file == STDIN else str(file)))


def given(what: str) -> list[Text]:
    """Return the texts of a file or of standard input (-), else `what` itself as one text."""
    from monitor.app.classify import texts

    if what == "-" or Path(what).is_file():
        return _texts(Path(what))
    return list(texts(what, "text"))


def _classified(items: list[Text], config: Path) -> Iterable[tuple[Text, Assessment]]:
    from monitor.app.classify import classify as classified
    from monitor.app.rulebook import compiled, load_rules
    from monitor.extract.gazetteer import load_gazetteer

    rules = compiled(load_rules(config).sets)
    return track(
        classified(items, rules, load_gazetteer()),
        total=len(items),
        description="Classifying",
        console=Console(stderr=True),
        transient=True,
        disable=len(items) < MANY or not sys.stderr.isatty(),
    )


def _content(file: Path) -> str:
    from monitor.app.classify import UnreadableLineError

    try:
        return sys.stdin.read() if file == STDIN else file.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableLineError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableLineError(f"{file}: is no UTF-8 text") from error
