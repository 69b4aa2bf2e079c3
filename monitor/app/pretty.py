"""`classify --pretty`: what was read from a text, as a card for people."""

from __future__ import annotations

from rich.console import RenderableType
from rich.panel import Panel
from rich.text import Text as RichText

from monitor.alert.card import how_many, where, who
from monitor.app.classify import Text
from monitor.extract.assessment import Assessment
from monitor.model import Headcount, Layoff
from monitor.story.wording import event_words


def card(item: Text, assessment: Assessment) -> RenderableType:
    """Return the card of an announcement, or one line that says why there is none."""
    layoff = assessment.layoff
    if layoff is None:
        reason = str(assessment.verdict.reason).replace("_", " ")
        return RichText.assemble(("– ", "dim"), item.id, (f"  no alert: {reason}", "dim"))
    facts = RichText("\n").join(
        [
            RichText(who(layoff.company), style="bold"),
            RichText(f"{how_many(layoff)} · {where(layoff.places)}"),
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
