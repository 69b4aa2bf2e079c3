from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fakes.desk import FEEDS, NOW

from monitor.config.source import read
from monitor.web.metrics import exposition
from monitor.web.ports import Queue, Vitals

ROOT = Path(__file__).parents[2]
ALERTS = ROOT / "config" / "prometheus-alerts.yaml"
NAME = re.compile(r"newswire_monitor_\w+")


def exposed() -> set[str]:
    counters = {"admitted.duplicate": 1, "decided.no_rule": 1, "items.in": 1, "alerts.sent": 1}
    text = exposition(Vitals((Queue("items", 1, 1, NOW),), 1, 1, counters, 1), FEEDS, NOW).decode()
    return {line.split("{")[0].split(" ")[0] for line in text.splitlines() if not line.startswith("#")}


def test_every_metric_is_listed_in_the_docs() -> None:
    assert exposed() == set(NAME.findall((ROOT / "docs" / "operating.md").read_text(encoding="utf-8")))


def test_the_example_of_alerting_rules_asks_for_metrics_that_are_there() -> None:
    data = read(ALERTS).data
    assert isinstance(data, dict)
    assert set(NAME.findall(ALERTS.read_text(encoding="utf-8"))) <= exposed()


@pytest.mark.skipif(shutil.which("promtool") is None, reason="no promtool here: nothing checks the rules")
def test_promtool_accepts_the_example_of_alerting_rules() -> None:
    subprocess.run(["promtool", "check", "rules", str(ALERTS)], check=True, capture_output=True)
