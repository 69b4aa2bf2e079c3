"""`eval`: compares what was read from items with hand labels. Every figure is a share from 0 to 1.

A label is a JSON object `{"id", "layoff", "company", "headcount_min", "headcount_max", "percent",
"locations"}`; the last five may be null or left out. A location is "City, REGION, CC", "City, CC" or "CC".
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monitor.app.classify import UnreadableLineError

Json = Mapping[str, Any]
Range = tuple[int | None, int | None]
Place = tuple[str | None, frozenset[str]]

# What a company is called besides its name; two names that differ only in these are the same.
_LEGAL = frozenset(
    [
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "companies",
        "ltd",
        "limited",
        "plc",
        "llc",
        "lp",
        "llp",
        "sa",
        "ag",
        "se",
        "nv",
        "bv",
        "ab",
        "asa",
        "oyj",
        "oy",
        "spa",
        "gmbh",
        "kk",
        "kgaa",
        "group",
        "holdings",
        "holding",
        "the",
        "and",
        "of",
        "international",
    ]
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing read wrongly: of which item, what, what the label says, what was read, and by which rules."""

    id: str
    what: str
    wanted: str
    got: str
    why: str

    def __str__(self) -> str:
        """Return one line for people."""
        return f"{self.id}: {self.what}: wanted {self.wanted}, got {self.got} ({self.why})"


@dataclass(slots=True)
class Result:
    """The figures by name, and every mistake."""

    figures: dict[str, float | int | None] = field(default_factory=dict)
    errors: list[Mistake] = field(default_factory=list)


def read_labels(content: str, name: str) -> list[Json]:
    """Return the labels of a file of JSON lines.

    Raises:
        UnreadableLineError: for a line that is no label.
    """
    labels: list[Json] = []
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            label = json.loads(line)
        except json.JSONDecodeError as error:
            raise UnreadableLineError(f"{name}:{number}:{error.colno}: not JSON: {error.msg}") from error
        if not isinstance(label, dict) or not {"id", "layoff"} <= label.keys():
            raise UnreadableLineError(f'{name}:{number}:1: not a label; it needs at least "id" and "layoff"')
        labels.append(label)
    return labels


def score(labels: Sequence[Json], found: Mapping[str, Json]) -> Result:
    """Compare records as `classify` prints them, by id, with labels. An item without a record was missed."""
    result, tally = Result(), Counter[str]()
    for label in labels:
        record = found.get(str(label["id"]), {})
        result.errors += _compare(label, record, tally)
    result.figures = _figures(len(labels), tally)
    return result


def _compare(label: Json, record: Json, tally: Counter[str]) -> Iterator[Mistake]:
    gold, said = bool(label["layoff"]), bool(record.get("layoff"))
    tally["right" if gold and said else "missed" if gold else "false alarm" if said else "rest"] += 1
    why = f"{record.get('reason', 'no record')}: {', '.join(record.get('rules', ())) or 'no rule'}"

    def mistake(what: str, wanted: object, got: object) -> Mistake:
        return Mistake(str(label["id"]), what, str(wanted), str(got), why)

    if gold != said:
        yield mistake("missed" if gold else "false alarm", gold, said)
    if not gold:
        return
    right = [
        _number(label, record, said, tally),
        _company(label, record, said, tally),
        _places(label, record, said, tally),
    ]
    _percent(label, record, said, tally)
    tally["alert"] += said and all(right)
    if said:
        wanted = (_range(label), label.get("company"), label.get("locations") or [])
        got = (record.get("headcount"), record.get("company"), record.get("locations"))
        for name, ok, one, other in zip(("headcount", "company", "places"), right, wanted, got, strict=True):
            if not ok:
                yield mistake(name, one, other)


def _range(label: Json) -> Range:
    return label.get("headcount_min"), label.get("headcount_max")


def _either(low_high: Range) -> int | None:
    return low_high[0] if low_high[0] is not None else low_high[1]


def _number(label: Json, record: Json, said: bool, tally: Counter[str]) -> bool:
    wanted = _range(label)
    read = (record.get("headcount") or {}) if said else {}
    got = read.get("min"), read.get("max")
    right = _either(wanted) == _either(got)
    if _either(wanted) is None:
        tally["numberless"] += 1
        tally["headcount false"] += not right
    else:
        tally["numbers"] += 1
        tally["headcount"] += right
        tally["headcount range"] += wanted == got
    return right


def _percent(label: Json, record: Json, said: bool, tally: Counter[str]) -> None:
    if label.get("percent") is None:
        return
    got = record.get("percent") if said else None
    tally["shares"] += 1
    tally["percent"] += got is not None and abs(got - label["percent"]) <= 0.5


def _company(label: Json, record: Json, said: bool, tally: Counter[str]) -> bool:
    if not label.get("company"):
        return True
    right = said and same_company(label["company"], record.get("company") or "")
    tally["companies"] += 1
    tally["company"] += right
    return right


def same_company(one: str, other: str) -> bool:
    """Whether two names are the same but for legal forms, or one's words contain the other's."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return _folded(one) == _folded(other)
    return "".join(first) == "".join(second) or set(first) <= set(second) or set(second) <= set(first)


def _words(name: str) -> list[str]:
    plain = re.sub(r"\([^)]*\)", " ", _folded(name)).replace("'s", "").replace(".", "")
    return [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _LEGAL]


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().strip()


def _places(label: Json, record: Json, said: bool, tally: Counter[str]) -> bool:
    wanted = [_labelled(text) for text in label.get("locations") or ()]
    got = [_read(place) for place in record.get("locations") or ()] if said else []
    countries, found = ({country for country, _ in places if country} for places in (wanted, got))
    tally["countries hit"] += len(countries & found)
    tally["countries"] += len(countries) + len(found)
    tally["places hit"] += _hits(wanted, list(got))
    tally["places"] += len(wanted) + len(got)
    return countries == found


def _labelled(text: str) -> Place:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    country = parts.pop().upper() if parts and len(parts[-1]) == 2 else None
    return country, frozenset(_folded(part) for part in parts[:1])


def _read(place: Json) -> Place:
    names = (_folded(place.get(key) or "") for key in ("city", "region"))
    return (place.get("country") or "").upper() or None, frozenset(name for name in names if name)


def _hits(wanted: Iterable[Place], got: list[Place]) -> int:
    """Count the labelled places whose most specific part was read, each reading used once."""
    hits = 0
    for country, name in wanted:
        same = (
            place for place in got if place[0] == country and (name <= place[1] if name else not place[1])
        )
        if (match := next(same, None)) is not None:
            got.remove(match)
            hits += 1
    return hits


def _figures(items: int, tally: Counter[str]) -> dict[str, float | int | None]:
    right, missed, false = tally["right"], tally["missed"], tally["false alarm"]

    def share(hits: int, of: int) -> float | None:
        return round(hits / of, 4) if of else None

    return {
        "items": items,
        "positives": right + missed,
        "precision": share(right, right + false),
        "recall": share(right, right + missed),
        "f1": share(2 * right, 2 * right + missed + false),
        "headcount": share(tally["headcount"], tally["numbers"]),
        "headcount_range": share(tally["headcount range"], tally["numbers"]),
        "headcount_false": share(tally["headcount false"], tally["numberless"]),
        "percent": share(tally["percent"], tally["shares"]),
        "company": share(tally["company"], tally["companies"]),
        "country_f1": share(2 * tally["countries hit"], tally["countries"]),
        "place_f1": share(2 * tally["places hit"], tally["places"]),
        "alert": share(tally["alert"], right + missed),
        "false_per_1000": share(1000 * false, false + tally["rest"]),
    }
