"""What extraction costs, as ratios in one run: per story, on hostile text, in memory, and at the start.

    python benchmarks/extract.py ITEMS.jsonl     (as for classify)

The baseline is a bare RE2 pass of all patterns of the rules over the same story, in one set a rule, as the
classifier has them. Told too is a pass of those patterns only that can speak for a topic: in one set a rule,
and in one set for all, whose states multiply until RE2 has no room for them.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from monitor.app.classify import texts
from monitor.app.rulebook import compiled, load_rules
from monitor.extract.assessment import extract
from monitor.extract.gazetteer import load_gazetteer
from monitor.model import Document
from monitor.rules import read_document
from monitor.rules.compiler import PatternSet

CONFIG = Path(__file__).parents[1] / "config"
HOSTILE = {
    "digits": "1234567890 ",
    "commas": "1,,2,,",
    "capitals": "Abc Def GHI ",
    "place names": "Paris, Texas; London, Ontario; Newark, NY; ",
    "cut clauses": "Acme will cut 300 jobs in Ohio and 200 in Lyon. ",
}
SMALL, LARGE = 250_000, 1_000_000


def median(work: Callable[[Document], object], documents: Sequence[Document]) -> float:
    """Return the median time of one document in milliseconds, after a round that warms everything up."""
    times = []
    for document in (*documents, *documents):
        began = time.process_time()
        work(document)
        times.append(time.process_time() - began)
    return statistics.median(times[len(documents) :]) * 1000


def resident() -> float:
    """Return the peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(path: Path) -> None:
    before = resident()
    gazetteer = load_gazetteer()
    print(f"gazetteer: {resident() - before:.0f} MB")

    rules = compiled(load_rules(CONFIG).sets)
    items = texts(path.read_text(encoding="utf-8"), path.name)
    documents = [read_document(item.title, item.text) for item in items]
    verdicts = {id(document): rules.classify(document)[0] for document in documents}
    layoffs = [document for document in documents if verdicts[id(document)].announced]

    def facts(document: Document) -> object:
        return extract(document, verdicts[id(document)], gazetteer)

    each = [compiled_rule.present for rule_set in rules.rule_sets for compiled_rule in rule_set.rules]
    patterns = [source for one in each for source in one.sources]
    gates = [one.gate for rule_set in rules.rule_sets for one in rule_set.rules if one.rule.supports]
    together = PatternSet([source for gate in gates for source in gate.sources])
    one_pass = median(lambda document: [one(document.text) for one in each], layoffs)
    first_pass = median(lambda document: [gate(document.text) for gate in gates], layoffs)
    in_one = median(lambda document: together(document.text), layoffs)
    whole = median(facts, layoffs)
    print(f"story, median of {len(layoffs)}: {whole:.2f} ms")
    said = f"the RE2 sets of all {len(patterns)} patterns, one a rule ({one_pass:.2f} ms)"
    print(f"  {whole / one_pass:5.1f} times {said}")
    count = len(together.sources)
    speaking = f"the {count} of them that can speak for a topic ({first_pass:.2f} ms)"
    print(f"  {whole / first_pass:5.1f} times {speaking}")
    print(f"  {whole / in_one:5.1f} times these {count} in one set ({in_one:.2f} ms)")

    for name, piece in HOSTILE.items():
        seconds = []
        for size in (SMALL, LARGE):
            document = read_document("", piece * (size // len(piece)))
            verdicts[id(document)] = rules.classify(document)[0]
            began = time.process_time()
            facts(document)
            seconds.append(time.process_time() - began)
        grown = seconds[1] / seconds[0]
        print(
            f"hostile {name}: {LARGE // SMALL} times the text, {grown:.1f} times as long ({seconds[1]:.1f} s)"
        )

    command = [sys.executable, "-m", "monitor", "classify", "-c", str(CONFIG), "-"]
    took = []
    for argv in ([sys.executable, "-c", "pass"], command):
        began = time.perf_counter()
        subprocess.run(argv, input=b"Nothing happened.", capture_output=True, check=True)
        took.append(time.perf_counter() - began)
    print(f"start of classify: {took[1]:.2f} s, {took[1] / took[0]:.0f} times that of bare Python")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
