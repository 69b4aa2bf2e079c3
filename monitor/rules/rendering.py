"""Explanations as rich renderables, for a terminal. Nothing here prints."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from monitor.model import Document, Match, ZoneKind
from monitor.rules.explaining import Explanation

_ZONE_STYLES = {
    ZoneKind.TITLE: "bold",
    ZoneKind.DATELINE: "dim cyan",
    ZoneKind.LEAD: "",
    ZoneKind.BODY: "",
    ZoneKind.RELEASE: "",
    ZoneKind.BOILERPLATE: "dim",
    ZoneKind.QUOTE: "italic",
}
_FOR, _AGAINST, _DROPPED = "black on green", "black on red", "strike yellow"


def render_explanation(explanation: Explanation) -> RenderableType:
    """Return the text in its zones with what matched in colour, the weights, and what would have changed."""
    verdict = explanation.verdict
    head = Text(f"{verdict.rule_set}: {verdict.reason.value}", style="bold")
    head.append(f"  score {verdict.score:g}, threshold {verdict.threshold:g}")
    for name, value in (("stage", verdict.stage), ("kind", verdict.kind)):
        head.append(f"  {name} {value.value}" if value else "")
    changes = [Text(f"  would change it: {change}") for change in explanation.changes]
    return Group(head, _weights(explanation), *changes, Text(""), _coloured(explanation))


def _weights(explanation: Explanation) -> Table:
    table = Table("weight", "rule", "zone", "text", "", box=None)
    for match in explanation.verdict.matches:
        note = "veto" if match in explanation.vetoes else ""
        table.add_row(f"{match.weight:+g}", match.rule, match.zone.value, _one_line(match), note)
    for dropped in explanation.dropped:
        match = dropped.match
        table.add_row("·", match.rule, match.zone.value, _one_line(match), dropped.why, style="dim")
    return table


def _one_line(match: Match) -> str:
    return " ".join(match.evidence.text.split())


def _coloured(explanation: Explanation) -> Text:
    document: Document = explanation.document
    text = Text(document.text)
    for zone in document.zones:
        text.stylize(_ZONE_STYLES[zone.kind], zone.start, zone.end)
    for dropped in explanation.dropped:
        text.stylize(_DROPPED, dropped.match.evidence.start, dropped.match.evidence.end)
    for match in explanation.verdict.matches:
        style = _FOR if match.weight > 0 else _AGAINST
        text.stylize(style, match.evidence.start, match.evidence.end)
    return text
