"""How fast the classifier is, as ratios in one run over the same stories.

usage: python benchmarks/classify.py [ITEMS.jsonl]

Each line of ITEMS.jsonl is {"title", "text", "stratum"?}. With strata (title, lead, body, none: where a
broad layoff keyword occurs) the stories are drawn in the shares of a whole wire; without a file, stories are
made of plain business sentences with 2 in 100 about layoffs.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ruamel.yaml import YAML

from monitor.alert.route import route
from monitor.alert.watchlists import Companies, Filters, Keywords, WatchlistFile
from monitor.extract.assessment import assess
from monitor.extract.gazetteer import load_gazetteer
from monitor.model import Company, Evidence, Item, Kind, Layoff, Source, Stage
from monitor.rules import RuleFile, compile_rules
from monitor.rules.compiler import PatternSet
from monitor.story.decide import decide

RULES = Path(__file__).parents[1] / "config" / "rules" / "layoffs.yaml"
SHARES = {"title": 0.015, "lead": 0.016, "body": 0.056, "none": 0.913}
STORIES = 2000
ROUNDS = 3
PLAIN = (
    "Acme said revenue rose 4 percent in the quarter.",
    "Its shares closed at $31.20 on the exchange.",
    "The company named Jane Doe its finance chief.",
    "Demand for anvils was strong in Asia and Europe, an analyst said.",
    "It expects to complete the purchase of Apex Ltd by the end of the year.",
    "Oil settled higher as dealers bought back contracts before the holiday.",
)

Story = tuple[str, str]
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def stories(path: str | None) -> list[Story]:
    rng = random.Random(7)
    if path is None:
        made = [("Acme reports", " ".join(rng.choices(PLAIN, k=24))) for _ in range(STORIES)]
        told = ("Acme to cut 500 jobs", "Acme said on Monday it will cut 500 jobs. " + " ".join(PLAIN * 4))
        return [told if rng.random() < 0.02 else story for story in made]
    items = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    if "stratum" not in items[0]:
        return [(item["title"], item["text"]) for item in items]
    by_stratum = {name: [i for i in items if i["stratum"] == name] for name in SHARES}
    drawn = rng.choices(list(SHARES), weights=list(SHARES.values()), k=STORIES)
    return [(item["title"], item["text"]) for item in (rng.choice(by_stratum[name]) for name in drawn)]


def rate(work: Callable[[Story], object], mix: Sequence[Story]) -> float:
    """Return stories per second: the best of some rounds after one that warms the automata up."""
    best = 0.0
    for _ in range(ROUNDS + 1):
        started = time.process_time()
        for story in mix:
            work(story)
        best = max(best, len(mix) / (time.process_time() - started))
    return best


def python_loop(sources: Sequence[str]) -> Callable[[Story], object]:
    """Return the search of each pattern in turn by Python's re, which knows no Unicode classes."""
    plain = [
        re.compile(
            re.sub(r"\(\?-i:([^()]*)\)", r"\1", s)
            .replace(r"[^\pL\pN]", r"\W")
            .replace(r"[\pL\pN&.'’-]", r"[\w&.'’-]")
            .replace(r"\p{Lu}", "[A-Z]")
            .replace(r"\pL", r"[^\W\d_]")
            .replace(r"\pN", r"\d")
        )
        for s in sources
    ]
    return lambda story: [pattern.search(f"{story[0]}\n\n{story[1]}") for pattern in plain]


def routed(terms: int) -> Callable[[Story], object]:
    """Return the routing of a story to a watchlist of so many companies and so many keywords."""
    names = tuple(f"Acme {number} Holdings" for number in range(terms))
    filters = Filters(
        companies=Companies(any_of=names, when_unknown="pass"),
        keywords=Keywords(any_of=names, none_of=tuple(f"Apex {name}" for name in names)),
    )
    watchlist = WatchlistFile(name="many", channels=("#many",), filters=filters)
    spot = Evidence(0, 0, "")
    layoff = Layoff(Stage.CONFIRMED, Kind.LAYOFF, Company("Acme", None, None, spot), None, None, (), spot)
    source = Source("1-0", "feed", "wire", "Acme", "", NOW, NOW)
    decision = decide((), layoff, source, NOW)

    def work(story: Story) -> object:
        item = Item("feed", "wire", "guid", "", story[0], story[1], NOW, NOW)
        return route(decision, (watchlist,), NOW, item=item)

    return work


def main() -> None:
    mix = stories(sys.argv[1] if len(sys.argv) > 1 else None)
    classifier = compile_rules([RuleFile.model_validate(YAML(typ="safe", pure=True).load(RULES))])
    gazetteer = load_gazetteer()
    sources = [gate for rule_set in classifier.rule_sets for _, gate in rule_set.gates]
    bare = PatternSet(sources)
    bare_rate = rate(lambda story: bare(f"{story[0]}\n\n{story[1]}"), mix)
    own_rate = rate(lambda story: classifier.judge(*story), mix)
    whole_rate = rate(lambda story: assess(*story, classifier, gazetteer), mix)
    loop = rate(python_loop(sources), mix[:100])
    few, many = rate(routed(10), mix), rate(routed(100_000), mix)
    read = sum(bool(classifier.judge(*story)[0].zones) for story in mix) / len(mix)
    print(f"stories {len(mix)}, of which {read:.1%} are read; patterns of the first pass {len(sources)}")
    print(f"bare re2.Set pass        {bare_rate:10.0f} stories/s")
    print(
        f"classifier               {own_rate:10.0f} stories/s = {own_rate / bare_rate:.2f} of the bare pass"
    )
    print(f"with extraction          {whole_rate:10.0f} stories/s = {whole_rate / bare_rate:.2f} of it")
    times = own_rate / loop
    print(f"Python re in a loop      {loop:10.0f} stories/s: the classifier is {times:.0f} times as fast")
    print(f"routed by 10 terms       {few:10.0f} stories/s")
    print(f"routed by 100,000 terms  {many:10.0f} stories/s: costs {few / many:.1f} times as much")


if __name__ == "__main__":
    main()
