"""`classify`: texts in, what was read from them out, as JSON lines that can be scored or piped on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from monitor.extract.assessment import Assessment, assess
from monitor.extract.gazetteer import Gazetteer
from monitor.model import LAYOFFS, Layoff, MendableError
from monitor.rules import Classifier


class UnreadableLineError(MendableError):
    """A line of input that is no record; the message names the line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text to classify."""

    id: str
    title: str
    text: str
    published: date | None = None
    wire: str = ""
    language: str = ""


def texts(content: str, name: str) -> Iterator[Text]:
    """Yield the texts of a file: JSON lines of records, else one plain text.

    A record is `{"id", "title", "text", "published"?, "wire"?, "language"?}`.

    Raises:
        UnreadableLineError: for a line that is no such record.
    """
    if not content.lstrip().startswith("{"):
        yield Text(name, "", content)
        return
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            yield _text(line, f"{name}:{number}")


def _text(line: str, where: str) -> Text:
    try:
        record = json.loads(line)
        day = record.get("published")
        return Text(
            str(record["id"]),
            record.get("title") or "",
            record["text"],
            date.fromisoformat(day[:10]) if day else None,
            record.get("wire") or "",
            record.get("language") or "",
        )
    except json.JSONDecodeError as error:
        raise UnreadableLineError(f"{where}:{error.colno}: not JSON: {error.msg}") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        wanted = '{"id": …, "title": …, "text": …, "published"?: "YYYY-MM-DD"}'
        raise UnreadableLineError(f"{where}:1: not a record ({error!s}); write {wanted}") from error


def classify(
    items: Iterable[Text], classifier: Classifier, gazetteer: Gazetteer
) -> Iterator[tuple[Text, Assessment]]:
    """Yield every text with what was read from it."""
    for item in items:
        yield item, assess(item.title, item.text, classifier, gazetteer, published=item.published)


def record(item: Text, assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as the JSON object that `classify` prints."""
    verdict, layoff = assessment.verdict, assessment.layoff
    return {
        "id": item.id,
        "layoff": layoff is not None and layoff.topic == LAYOFFS,
        "topic": layoff.topic if layoff else None,
        "reason": verdict.reason,
        "stage": layoff.stage if layoff else verdict.stage,
        "kind": layoff.kind if layoff else verdict.kind,
        **_facts(layoff),
        "score": round(verdict.score, 3),
        "rules": list(dict.fromkeys(match.rule for match in verdict.matches)),
    }


def _facts(layoff: Layoff | None) -> dict[str, Any]:
    company = layoff.company if layoff else None
    jobs = layoff.headcount if layoff else None
    share = layoff.percent if layoff else None
    return {
        "company": company.name if company else None,
        "ticker": f"{company.exchange or ''}:{company.ticker}".lstrip(":")
        if company and company.ticker
        else None,
        "headcount": {"min": jobs.low, "max": jobs.high, "approximate": jobs.approximate} if jobs else None,
        "percent": share.value if share else None,
        "locations": [
            {"city": place.city, "region": place.region, "country": place.country} for place in layoff.places
        ]
        if layoff
        else [],
        "evidence": layoff.sentence.text if layoff else None,
    }
