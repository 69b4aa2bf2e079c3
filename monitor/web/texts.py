"""What becomes of a text, and why: of every item, also of such as did not alert, and of a pasted one."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor.alert.card import how_many, where, who
from monitor.model import Layoff, Reason, ZoneKind
from monitor.story.wording import event_words
from monitor.web.frame import Frame
from monitor.web.marking import fact_marks, marked, rule_marks
from monitor.web.ports import Answer, Desk, Handled

LONGEST_PASTE = 64_000
# So many of the newest items are looked through, and so many shown.
LOOKED_THROUGH, SHOWN = 1_000, 100


class TextPages:
    """The pages on items and texts."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        self._desk = desk
        self._frame = frame
        self.routes = [
            Route("/items", self.items),
            Route("/items/{item}", self.item),
            Route("/try", self.try_it, methods=["GET", "POST"]),
        ]

    async def items(self, request: Request) -> Response:
        """The newest items with what was decided of each, or the one that is asked for by id or link."""
        asked = request.query_params
        words, reason = asked.get("words", "").strip()[:2_000], asked.get("reason", "")
        if words and (item := await self._desk.find_item(words)):
            return RedirectResponse(f"/items/{item}", status_code=303)
        found = await self._desk.newest_items(LOOKED_THROUGH)
        taken = [one for one in found if _wanted(one, words.casefold(), reason)]
        return await self._frame.page(
            "items.html",
            words=words,
            reason=reason,
            reasons=list(Reason),
            items=taken[:SHOWN],
            total=len(taken),
            looked=len(found),
        )

    async def item(self, request: Request) -> Response:
        """The whole way of one item, as `explain` shows it."""
        found = await self._desk.explained(request.path_params["item"])
        if found is None:
            raise HTTPException(404, "This item is not, or no longer, kept.")
        return await self._frame.page("item.html", found=found, **_shown(found.answer))

    async def try_it(self, request: Request) -> Response:
        """Paste a text, see what would become of it. Nothing is kept."""
        title = text = ""
        answer = None
        if request.method == "POST":
            form = await request.form()
            title, text = str(form.get("title", ""))[:1_000], str(form.get("text", ""))[:LONGEST_PASTE]
            answer = await run_in_threadpool(self._desk.try_out, title, text)
        shown: dict[str, Any] = _shown(answer) if answer else {"answer": None}
        return await self._frame.page("try.html", title=title, text=text, **shown)


def _wanted(one: Handled, words: str, reason: str) -> bool:
    return reason in ("", one.reason) and words in f"{one.title} {one.feed}".casefold()


def _shown(answer: Answer) -> dict[str, Any]:
    """Return what the templates need of an answer."""
    verdicts = [explanation.verdict for explanation in answer.explanations]
    marks = [*(fact_marks(answer.layoff) if answer.layoff else ()), *rule_marks(verdicts)]
    return {
        "answer": answer,
        "zones": [
            (zone.kind.value, marked(answer.document.text, marks, zone.start, zone.end))
            for zone in answer.document.zones
            if zone.kind is not ZoneKind.QUOTE
        ],
        "facts": _facts(answer.layoff) if answer.layoff else [],
    }


def _facts(layoff: Layoff) -> list[tuple[str, str]]:
    return [
        ("who", who(layoff.company)),
        ("how many", how_many(layoff)),
        ("where", where(layoff.places) or "not stated"),
        ("what", event_words(layoff)),
    ]
