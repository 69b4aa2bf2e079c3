"""What is done for people who click under a card or type the slash command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

from rich.console import Console

from monitor.app.muting import MuteError, put
from monitor.app.reader import headline
from monitor.app.rulebook import compiled
from monitor.app.settings import Settings
from monitor.deliver.commands import HELP, Action, Asked
from monitor.model import Example, MuteKind, Story
from monitor.rules.explaining import explain
from monitor.rules.rendering import render_explanation
from monitor.rules.zones import read_document
from monitor.store import Store

RECENT = timedelta(days=7)
_SHOWN = 15
_GONE = "This story is kept no longer."


class InteractionDesk:
    """Answers what is asked, in plain text.

    Args:
        store: Holds stories, mutes and examples.
        settings: Returns the settings in force.
        clock: Tells the time, aware.
    """

    def __init__(self, store: Store, settings: Callable[[], Settings], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock

    async def answer(self, asked: Asked) -> str:
        """Do what is asked and return what to say."""
        match asked.action:
            case Action.MUTE:
                return await self._mute(asked, asked.kind, asked.value)
            case Action.RECENT:
                return await self._recent()
            case Action.STATUS:
                return await self._status()
            case Action.HELP:
                return HELP
        story = await self._store.story(asked.story)
        if story is None:
            return _GONE
        match asked.action:
            case Action.WHY:
                return await self._why(story)
            case Action.NOT_A_LAYOFF:
                return await self._not_a_layoff(asked, story)
        return await self._mute_of(asked, story)

    async def _mute_of(self, asked: Asked, story: Story) -> str:
        match asked.kind:
            case MuteKind.STORY:
                return await self._mute(asked, asked.kind, story.id)
            case MuteKind.COMPANY:
                company = story.layoff.company
                if company is None:
                    return "Its text names no company: mute the story instead."
                return await self._mute(asked, asked.kind, company.name)
        decision = await self._store.decision(story.sources[0].item)
        matches = decision.verdict.matches if decision and decision.verdict else ()
        if not matches:
            return "Which rule it was is kept no longer: mute it by its id with /layoffs mute rule …"
        strongest = max(matches, key=lambda match: match.weight)
        return await self._mute(asked, asked.kind, strongest.rule)

    async def _mute(self, asked: Asked, kind: MuteKind, value: str) -> str:
        until = self._clock() + asked.span
        try:
            mute = await put(
                self._store, kind, value, until, asked.author, asked.reason, self._settings().rules
            )
        except MuteError as error:
            return str(error)
        return f"Muted: {mute}. To end it: newswire-monitor mutes end {mute.id}"

    async def _not_a_layoff(self, asked: Asked, story: Story) -> str:
        source = story.sources[0]
        item = await self._store.item(source.item)
        text = item.text if item else story.layoff.sentence.text
        said = Example(story.id, source.title, text, layoff=False, author=asked.author, at=self._clock())
        await self._store.examples.keep(said)
        return "Noted: not a layoff. 'newswire-monitor examples export' gives it to those who tend the rules."

    async def _why(self, story: Story) -> str:
        source = story.sources[0]
        item = await self._store.item(source.item)
        if item is None:
            decision = await self._store.decision(source.item)
            matches = decision.verdict.matches if decision and decision.verdict else ()
            lines = [f"{match.weight:+g} {match.rule}: “{match.evidence.text}”" for match in matches]
            return "\n".join(lines) or f"Its text is kept no longer. It said: “{story.layoff.sentence.text}”"
        out = StringIO()
        console = Console(file=out, width=100, no_color=True, highlight=False)
        for explanation in explain(compiled(self._settings().rules), read_document(item.title, item.text)):
            console.print(render_explanation(explanation))
        return "\n".join(line.rstrip() for line in out.getvalue().splitlines())

    async def _recent(self) -> str:
        stories = (await self._store.stories_since(self._clock() - RECENT))[-_SHOWN:]
        lines = [f"{story.first_seen:%d %b %H:%M} · {headline(story)}" for story in reversed(stories)]
        return "\n".join(lines) or "No layoffs in the last 7 days."

    async def _status(self) -> str:
        status = await self._store.house.status()
        items, alerts = status.items, status.alerts
        mutes = await self._store.mutes.all()
        return "\n".join(
            (
                f"Items to read: {items.waiting + items.pending}",
                f"Alerts to send: {alerts.waiting + alerts.pending}, digests held: {status.held}",
                f"Dead letters: {status.dead}, mutes in force: {len(mutes)}",
            )
        )
