"""Our own alerts as an RSS 2.0 feed."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.web.sums import Row
from monitor.web.templating import templates

_TEMPLATES = templates()


def alerts_rss(rows: Iterable[Row], base: str) -> str:
    """Return rows, the newest first, as a feed whose links lead to the page at `base`."""
    return _TEMPLATES.get_template("alerts.rss").render(rows=rows, base=base)
