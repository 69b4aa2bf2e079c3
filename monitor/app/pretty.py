"""What was read from a text, for people: as a card (`classify --pretty`), with its reasons (`explain`)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as RichText

from monitor.alert.card import how_many, where, who
from monitor.app.classify import Text
from monitor.extract.assessment import Assessment
from monitor.extract.weighing import Weighed
from monitor.model import Headcount, Layoff
from monitor.story.wording import event_words

LOSERS_SHOWN = 4


def card(item: Text, assessment: Assessment) -> RenderableType:
    """Return the card of an announcement, or one line that says why there is none."""
    layoff = assessment.layoff
    if layoff is None:
        reason = str(assessment.verdict.reason).replace("_", " ")
        return RichText.assemble(("– ", "dim"), item.id, (f"  no alert: {reason}", "dim"))
    facts = RichText("\n").join(
        [
            RichText(who(layoff.company), style="bold"),
            RichText(" · ".join(filter(None, (how_many(layoff), where(layoff.places))))),
            RichText(event_words(layoff), style="dim"),
            RichText(),
            _proof(layoff),
        ]
    )
    return Panel(facts, title=RichText(item.title or item.id), title_align="left", border_style="red")


def _proof(layoff: Layoff) -> RichText:
    sentence = layoff.sentence
    proof = RichText(sentence.text, style="italic")
    jobs: Headcount | None = layoff.headcount
    if jobs and sentence.start <= jobs.evidence.start:
        proof.stylize("bold", jobs.evidence.start - sentence.start, jobs.evidence.end - sentence.start)
    return proof


def weighed_table(weighed: Iterable[Weighed]) -> RenderableType:
    """Return the candidates for each fact: those taken, then the best of the others, with their reasons."""
    table = Table("fact", "", "text", "score", "reasons", box=None, title="facts", title_justify="left")
    for fact, group in groupby(weighed, key=lambda each: each.fact):
        candidates = sorted(group, key=lambda each: not each.taken)
        losers = [each for each in candidates if not each.taken]
        for each in [*(each for each in candidates if each.taken), *losers[:LOSERS_SHOWN]]:
            said = " ".join(each.evidence.text.split())
            score = f"{each.score:g}" if each.reasons else ""
            reasons = ", ".join(f"{name} {weight:+g}" for name, weight in each.reasons if weight)
            mark, style = ("✓", "green") if each.taken else ("·", "dim")
            note = f"{each.note}: " if each.note and reasons else each.note
            table.add_row(fact, mark, RichText(said), score, RichText(note + reasons), style=style)
        if len(losers) > LOSERS_SHOWN:
            table.add_row(fact, "·", f"and {len(losers) - LOSERS_SHOWN} more", style="dim")
    return table
