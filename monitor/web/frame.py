"""What every page has around it: the menu, and what is refused of a changed configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from starlette.responses import HTMLResponse

from monitor.web.health import minutes
from monitor.web.ports import Desk
from monitor.web.templating import templates

# Pages that are shown to whoever asks, or when the store is away.
_FOR_STRANGERS = ("login.html", "error.html")
MOST_LINES = 9  # three mistakes with their lines and carets


class Frame:
    """Fills in templates. `clock` tells the time, aware."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self.now = clock
        self._templates = templates()
        self._templates.filters |= {
            "ago": self._ago,
            "span": minutes,
            "time": self._time,
            "short": lambda value: f"{value / 1000:.0f}k" if value >= 10_000 else f"{value:,}",
            "number": lambda value: f"{value:,}",
            "plain": lambda name: str(name).replace("_", " "),
        }
        for name in self._templates.list_templates():
            self._templates.get_template(name)  # compiled now, so that nobody who looks waits for it

    @property
    def today(self) -> date:
        """The day it is at Greenwich."""
        return self.now().astimezone(UTC).date()

    async def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page."""
        refused = () if template in _FOR_STRANGERS else _first_lines(await self._desk.refused())
        filled = self._templates.get_template(template).render(here=template, refused=refused, **values)
        return HTMLResponse(filled, status_code=status)

    def _time(self, moment: datetime) -> str:
        """Say a time of day of today, and the day of others; the year where it is not this one."""
        at, now = moment.astimezone(UTC), self.now().astimezone(UTC)
        if at.date() == now.date():
            return f"{at:%H:%M}"
        return f"{at.day} {at:%b %H:%M}" if at.year == now.year else f"{at.day} {at:%b %Y}"

    def _ago(self, moment: datetime | None) -> str:
        return f"{minutes(self.now() - moment)} ago" if moment else "never"


def _first_lines(refused: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what is refused, each once with the processes that refuse it, cut after the first mistakes."""
    by_problem: dict[str, list[str]] = {}
    for process, problem in refused.items():
        by_problem.setdefault(problem, []).append(process)
    shown = []
    for problem, processes in by_problem.items():
        lines = problem.splitlines()
        more = ["…"] if len(lines) > MOST_LINES else []
        shown.append((", ".join(processes), "\n".join([*lines[:MOST_LINES], *more])))
    return shown
