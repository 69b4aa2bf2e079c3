"""`export`: layoffs with all their facts, one row a story, for spreadsheets and programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from types import MappingProxyType
from typing import TypeAlias

from monitor.model import MendableError, Story
from monitor.web.rss import alerts_rss
from monitor.web.sums import row

Value: TypeAlias = str | int | float | bool | None


class ExportError(MendableError):
    """A format cannot be written here; the message says what to do."""


def flat(story: Story) -> dict[str, Value]:
    """Return a story in its present state as one row; several places or causes stand behind one another."""
    layoff = story.layoff
    company, headcount, money = layoff.company, layoff.headcount, layoff.cost
    first = story.sources[0]
    return {
        "story": story.id,
        "revision": story.revision,
        "first_seen": story.first_seen.isoformat(),
        "last_seen": story.last_seen.isoformat(),
        "company": company.name if company else None,
        "exchange": company.exchange if company else None,
        "ticker": company.ticker if company else None,
        "headcount_min": headcount.low if headcount else None,
        "headcount_max": headcount.high if headcount else None,
        "approximate": headcount.approximate if headcount else None,
        "percent": layoff.percent.value if layoff.percent else None,
        "stage": layoff.stage.value,
        "kind": layoff.kind.value,
        "places": "; ".join(
            ", ".join(filter(None, (place.city, place.region, place.country))) for place in layoff.places
        ),
        "countries": ";".join(dict.fromkeys(place.country for place in layoff.places)),
        "latitude": layoff.places[0].latitude if layoff.places else None,
        "longitude": layoff.places[0].longitude if layoff.places else None,
        "causes": ";".join(dict.fromkeys(because.cause.value for because in layoff.causes)),
        "who": "; ".join(unit.text for unit in layoff.who),
        "from": layoff.when.start.isoformat() if layoff.when and layoff.when.start else None,
        "until": layoff.when.end.isoformat() if layoff.when and layoff.when.end else None,
        "cost_min": money.low if money else None,
        "cost_max": money.high if money else None,
        "currency": money.currency if money else None,
        "sentence": layoff.sentence.text,
        "wires": ";".join(dict.fromkeys(source.wire for source in story.sources)),
        "title": first.title,
        "link": first.link,
    }


def as_csv(rows: Sequence[Mapping[str, Value]]) -> bytes:
    """Return RFC 4180 lines. A cell that a spreadsheet would take for a formula begins with an apostrophe.

    See OWASP on CSV injection: titles come from outside.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    for first in rows[:1]:
        writer.writerow(first)
    writer.writerows([_harmless(value) for value in cells.values()] for cells in rows)
    return text.getvalue().encode()


def _harmless(value: Value) -> Value:
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )


def as_lines(rows: Sequence[Mapping[str, Value]]) -> bytes:
    """Return one JSON object a line."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def as_parquet(rows: Sequence[Mapping[str, Value]]) -> bytes:
    """Return a Parquet file.

    Raises:
        ExportError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ExportError("Parquet needs pyarrow, which is not installed: pip install pyarrow") from error
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.Table.from_pylist(list(rows)), sink)
    return bytes(sink.getvalue().to_pybytes())


def exported(stories: Sequence[Story], kind: str, page: str) -> bytes:
    """Return stories in a format, a key of `FORMATS`; links of a feed lead to the page at the address `page`.

    Raises:
        ExportError: the format cannot be written here.
    """
    return FORMATS[kind](stories, page)


FORMATS: Mapping[str, Callable[[Sequence[Story], str], bytes]] = MappingProxyType(
    {
        "csv": lambda stories, _: as_csv([flat(story) for story in stories]),
        "jsonl": lambda stories, _: as_lines([flat(story) for story in stories]),
        "parquet": lambda stories, _: as_parquet([flat(story) for story in stories]),
        "rss": lambda stories, page: alerts_rss([row(story) for story in reversed(stories)], page).encode(),
    }
)
"""How each format is written."""
