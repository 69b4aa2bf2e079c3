from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pyarrow.parquet
import pytest
from fakes.desk import story

from monitor.app.exporting import FORMATS, exported

PAGE = "https://news.example/"
STORIES = [story("a", who="Acme"), story("b", who='=HYPERLINK("http://evil")')]


def test_a_row_holds_every_fact() -> None:
    first, _ = (json.loads(line) for line in exported(STORIES, "jsonl", PAGE).splitlines())
    assert (first["company"], first["ticker"], first["headcount_min"]) == ("Acme", "HRLW", 120)
    assert (first["places"], first["countries"]) == ("Dayton, OH, US", "US")
    assert (first["causes"], first["wires"]) == ("demand", "PR Newswire;GlobeNewswire")


def test_a_spreadsheet_takes_no_title_for_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(exported(STORIES, "csv", PAGE).decode())))
    assert [row["company"] for row in rows] == ["Acme", '\'=HYPERLINK("http://evil")']


def test_parquet_holds_the_same_rows() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(exported(STORIES, "parquet", PAGE)))
    assert table.column("headcount_max").to_pylist() == [120, 120]


def test_rss_has_the_newest_first() -> None:
    said = exported([replace(STORIES[0], id="old"), replace(STORIES[0], id="new")], "rss", PAGE).decode()
    assert said.index("layoffs/new") < said.index("layoffs/old")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_export_is_no_error(name: str) -> None:
    assert isinstance(exported([], name, PAGE), bytes)
