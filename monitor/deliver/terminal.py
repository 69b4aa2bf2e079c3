"""Alerts as cards in a terminal: the default where no Slack is configured."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from monitor.deliver import blocks, digest, render, text
from monitor.deliver.channel import Posted
from monitor.deliver.quote import stretches
from monitor.model import Alert, Card, Digest, Notice

_QUOTE = 1200


class TerminalChannel:
    """Prints every alert as a card; an update says that it is one."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def place(self, channel: str) -> str:
        """Return the channel."""
        return channel

    async def post(self, alert: Alert, *, plain: bool = False) -> Posted:
        """Print the alert; `plain`: on one line."""
        self._console.print(Text(text.clean(render.message(alert).spoken)) if plain else shown(alert))
        return Posted(alert.channel, "")

    async def probe(self) -> None:
        """Return: there is no account."""


def shown(alert: Alert) -> RenderableType:
    """Return the alert for `rich`: a story as a card. Text from outside is never read as markup."""
    match alert.card:
        case Card() as card:
            return _panel(alert, card)
        case Notice():
            line = f"{text.clean(alert.channel)}: {render.message(alert).spoken}"
            return Text(line, style="yellow")
        case Digest() as many:
            return _digest_panel(alert.channel, many)


def _panel(alert: Alert, said: Card) -> Panel:
    lines = [
        Text(blocks.headline(said), style="bold"),
        Text(blocks.facts(said)),
        Text(blocks.changes_in_words(said), style="yellow"),
        _quote(said),
        Text(blocks.signature(said), style="dim"),
        Text(text.link(said.link), style="blue", overflow="fold"),
    ]
    shown = [line for line in lines if line.plain]
    title = Text(("update · " if alert.replaces else "") + text.clean(alert.channel))
    style = "yellow" if alert.replaces else "green"
    return Panel(Group(*shown), title=title, title_align="left", border_style=style)


def _digest_panel(channel: str, said: Digest) -> Panel:
    lines = [Text(text.clean(said.title), style="bold")]
    lines += (Text(f"• {digest.line_words(card)}") for card in said.cards[: digest.MOST_LINES])
    lines.append(Text(digest.more_words(said)))
    lines += (Text("\n".join(bars), style="dim") for bars in digest.numbers(said))
    title = f"digest · {text.clean(channel)}"
    return Panel(
        Group(*(line for line in lines if line.plain)), title=title, title_align="left", border_style="cyan"
    )


def _quote(said: Card) -> Text:
    quoted = Text("", style="italic")
    for part, bold in stretches(said.quote, _QUOTE):
        quoted.append(part, style="bold not italic" if bold else None)
    return quoted
