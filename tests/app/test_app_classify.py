from __future__ import annotations

import json
from datetime import date

import pytest

from monitor.app.classify import Text, UnreadableLineError, texts


def test_json_lines_are_records_with_their_own_ids() -> None:
    first = '{"id": "a", "title": "T", "text": "x", "published": "2016-10-11"}'
    lines = first + '\n\n{"id": 2, "text": "y", "title": null}\n'
    assert list(texts(lines, "items.jsonl")) == [
        Text("a", "T", "x", date(2016, 10, 11)),
        Text("2", "", "y"),
    ]


def test_anything_else_is_one_plain_text_named_after_its_file() -> None:
    assert list(texts("NEWARK, NY -- A release.", "iec.txt")) == [
        Text("iec.txt", "", "NEWARK, NY -- A release.")
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": 1, "text": }', "items.jsonl:2:19: not JSON: Expecting value"),
        ('{"id": 1}', "items.jsonl:2:1: not a record"),
        ('{"id": 1, "text": "x", "published": "soon"}', "items.jsonl:2:1: not a record"),
    ],
)
def test_a_bad_line_is_named_with_what_to_write(line: str, said: str) -> None:
    good = json.dumps({"id": "a", "text": "x"})
    with pytest.raises(UnreadableLineError) as caught:
        list(texts(f"{good}\n{line}\n", "items.jsonl"))
    assert str(caught.value).startswith(said)
