from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import FOUND_WRONG, OK, USED_WRONG, app

CONFIG = Path(__file__).parents[2] / "config"
RELEASE = {
    "id": "dayton",
    "title": "Harlow Works to cut jobs",
    "text": "DAYTON, Ohio -- Harlow Works Inc. (NASDAQ: HRLW) said today that it will lay off about 120"
    " employees at its plant in Dayton, Ohio.",
}
SPORT = {
    "id": "sport",
    "title": "Lakeside opens a shop",
    "text": "Lakeside Foods opened a shop in Dayton today.",
}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder)
    (folder / "watchlists" / "big.yaml").write_text(
        'name: big\nchannels: ["#big"]\nfilters:\n  size: {jobs_at_least: 1000, when_unknown: pass}\n'
    )
    (folder / "watchlists" / "globe.yaml").write_text(
        'name: globe\nchannels: ["#layoffs", "#globe"]\nfilters:\n  wires: [GlobeNewswire]\n'
    )
    return folder


@pytest.fixture
def items(tmp_path: Path) -> str:
    path = tmp_path / "items.jsonl"
    globe = {**RELEASE, "id": "globe", "wire": "GlobeNewswire"}
    path.write_text("\n".join(json.dumps(one) for one in (RELEASE, SPORT, globe)))
    return str(path)


def route(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["route", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_it_says_where_an_item_goes_and_why_not_elsewhere(config: Path, items: str) -> None:
    code, out, _ = route("-c", str(config), items)
    assert code == OK
    assert "✓ everything → #layoffs: matched" in out
    assert "✗ big → #big: filtered" in out
    assert "size: about 120 jobs; wanted at least 1,000 jobs: stopped" in out
    assert "sport  Lakeside opens a shop\n  no alert: below threshold" in out


def test_json_names_every_filter_with_what_it_found_and_wanted(config: Path, items: str) -> None:
    code, out, _ = route("-c", str(config), items, "--json")
    dayton, sport, globe = (json.loads(line) for line in out.splitlines())
    assert code == OK
    assert [one["channels"] for one in (dayton, sport, globe)] == [["#layoffs"], [], ["#layoffs", "#globe"]]
    (big,) = (one for one in dayton["watchlists"] if one["watchlist"] == "big")
    assert big["why"] == "filtered"
    assert big["checks"] == [
        {
            "filter": "size",
            "answer": "stopped",
            "found": "about 120 jobs",
            "wanted": "at least 1,000 jobs",
        }
    ]


def test_expectations_that_hold_pass(config: Path, items: str, tmp_path: Path) -> None:
    expected = tmp_path / "expected.yaml"
    expected.write_text('dayton: ["#layoffs"]\nsport: []\nglobe: ["#globe", "#layoffs"]\n')
    assert route("-c", str(config), items, "--expect", str(expected)) == (OK, "3 of 3 as expected\n", "")


def test_expectations_that_fail_are_told_as_differences_with_the_reason(
    config: Path, items: str, tmp_path: Path
) -> None:
    expected = tmp_path / "expected.json"
    expected.write_text(json.dumps({"dayton": ["#big"], "sport": ["#layoffs"], "gone": []}))
    code, said, _ = route("-c", str(config), items, "--expect", str(expected))
    assert code == FOUND_WRONG
    assert said.splitlines() == [
        "dayton: - #big (big: size is about 120 jobs, wanted at least 1,000 jobs); + #layoffs (everything)",
        "sport: - #layoffs (below threshold)",
        "gone: is not among the items",
        "0 of 3 as expected",
    ]


def test_an_expectation_that_is_none_is_placed(config: Path, items: str, tmp_path: Path) -> None:
    expected = tmp_path / "expected.yaml"
    expected.write_text("dayton: yes please\n")
    code, _, said = route("-c", str(config), items, "--expect", str(expected))
    assert code == USED_WRONG
    assert "expected.yaml:1:9" in said
