"""How fast the classifier is, as ratios in one run over the same stories.

usage: python benchmarks/classify.py [ITEMS.jsonl]

Each line of ITEMS.jsonl is {"title", "text", "stratum"?}. With strata (title, lead, body, none: where a
broad layoff keyword occurs) the stories are drawn in the shares of a whole wire; without a file, stories are
made of plain business sentences with 2 in 100 about layoffs.

The baseline is one bare RE2 set of the patterns that can speak for the topic, read in two ways. RE2 builds
its automata while it reads: a story that it has not seen costs it a hundred times one that comes again.
- fresh: every story of the file once; the costs of the strata are weighed by their shares, as on a wire.
- again: a mix of a few stories drawn over and over, which all automata know; the best of some rounds.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections import Counter
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


def told(path: str | None) -> list[tuple[str, Story]]:
    """Return each story of the file with its stratum, empty where it has none."""
    if path is None:
        rng = random.Random(7)
        plain = [("", ("Acme reports", " ".join(rng.choices(PLAIN, k=24)))) for _ in range(STORIES // 4)]
        cut = ("Acme to cut 500 jobs", "Acme said on Monday it will cut 500 jobs. " + " ".join(PLAIN * 4))
        return [("", cut) if rng.random() < 0.02 else story for story in plain]
    items = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    return [(item.get("stratum") or "", (item["title"], item["text"])) for item in items]


def mixed(items: Sequence[tuple[str, Story]]) -> list[Story]:
    """Return a mix of a wire: its strata by their shares, the stories of each over and over."""
    rng = random.Random(7)
    by_stratum = {name: [story for stratum, story in items if stratum == name] for name in SHARES}
    if not any(by_stratum.values()):
        return [story for _, story in rng.choices(items, k=STORIES)]
    drawn = rng.choices(list(SHARES), weights=list(SHARES.values()), k=STORIES)
    return [rng.choice(by_stratum[name]) for name in drawn]


def rate(work: Callable[[Story], object], mix: Sequence[Story]) -> float:
    """Return stories per second: the best of some rounds after one that warms the automata up."""
    best = 0.0
    for _ in range(ROUNDS + 1):
        started = time.process_time()
        for story in mix:
            work(story)
        best = max(best, len(mix) / (time.process_time() - started))
    return best


def fresh(readers: Sequence[Callable[[Story], object]], items: Sequence[tuple[str, Story]]) -> list[float]:
    """Return, by reader, the seconds of processor time that a story of a wire costs when it is new.

    The stories of a stratum weigh its share; without strata all weigh the same.
    """
    costs = [0.0] * len(readers)
    counts = Counter(stratum for stratum, _ in items)
    for stratum, story in random.Random(7).sample(items, len(items)):
        share = SHARES[stratum] / counts[stratum] if stratum else 1 / len(items)
        for number, reader in enumerate(readers):
            started = time.process_time()
            reader(story)
            costs[number] += (time.process_time() - started) * share
    return costs


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
    items = told(sys.argv[1] if len(sys.argv) > 1 else None)
    mix = mixed(items)
    classifier = compile_rules([RuleFile.model_validate(YAML(typ="safe", pure=True).load(RULES))])
    gazetteer = load_gazetteer()
    sources = [
        source for rule_set in classifier.rule_sets for rule in rule_set.rules for source in rule.gate.sources
    ]
    bare = PatternSet(sources)

    def pass_over(story: Story) -> object:
        return bare(f"{story[0]}\n\n{story[1]}")

    def judge(story: Story) -> object:
        return classifier.judge(*story)

    python = python_loop(sources)
    for reader in (pass_over, judge, python):  # what is compiled once is not part of a story
        reader(("Acme cuts 50 jobs", "Acme said it will cut 50 jobs. "))
    fresh_bare, fresh_own, fresh_python = fresh([pass_over, judge, python], items)
    bare_rate = rate(pass_over, mix)
    own_rate = rate(judge, mix)
    whole_rate = rate(lambda story: assess(*story, classifier, gazetteer), mix)
    loop = rate(python, mix[:100])
    few, many = rate(routed(10), mix), rate(routed(100_000), mix)
    read = sum(bool(classifier.judge(*story)[0].zones) for story in mix) / len(mix)
    print(f"stories {len(mix)}, of which {read:.1%} are read; patterns of the first pass {len(sources)}")
    print("fresh, every story new:")
    print(f"bare re2.Set pass        {1 / fresh_bare:10.0f} stories/s")
    ratio, times = fresh_bare / fresh_own, fresh_python / fresh_own
    print(f"classifier               {1 / fresh_own:10.0f} stories/s = {ratio:.2f} of the bare pass")
    print(
        f"Python re in a loop      {1 / fresh_python:10.0f} stories/s: the classifier is {times:.1f} times it"
    )
    print("again, the same stories over and over:")
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
