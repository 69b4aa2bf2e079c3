from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.sentences import sentences
from monitor.model import Document, Zone, ZoneKind


def body(text: str) -> Document:
    return Document(text, (Zone(ZoneKind.BODY, 0, len(text)),))


def split(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(body(text))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Acme Corp. will cut 40 jobs. The plant closes in May.", 2),
        ("Acme Inc. The company cut 40 jobs.", 2),
        ("It cut jobs in Newark, N.J., and in Fremont, Calif. on Oct. 3, officials said.", 1),
        ("Acme's U.S. unit, led by J. T. Smith Jr. of St. Paul, is hiring.", 1),
        ("Mr. Smith and Dr. Jones said No. 5 is closed.", 1),
        ("The call starts at 2:00 p.m. Pacific. Sales rose 2.5 percent to $1.20 billion.", 2),
        ('"We regret this." The union said "never!" and left.', 2),
        ("Will jobs go? Yes. 300 of them.", 3),
        ("Jobs are lost.The plant closes.", 2),
        ("* At most 60 positions will go\n\n* One-off costs are low", 2),
        ("Mills that close:\n- Matagami: 100 workers\n- Nairn: 140 workers", 3),
        ("A line that is\nwrapped by the wire goes on. And ends.", 2),
    ],
)
def test_a_text_has_so_many_sentences(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_no_sentence_crosses_a_zone_and_the_title_is_one() -> None:
    title, lead = "Acme. Cuts. Jobs", "Acme cuts 40 jobs"
    text = f"{title}\n\n{lead} today. It said so."
    middle = len(title) + 2
    zones = (
        Zone(ZoneKind.TITLE, 0, len(title)),
        Zone(ZoneKind.LEAD, middle, middle + len(lead)),
        Zone(ZoneKind.QUOTE, 0, 20),
        Zone(ZoneKind.BODY, middle + len(lead), len(text)),
    )
    found = sentences(Document(text, zones))
    assert [(s.text, s.zone) for s in found] == [
        (title, ZoneKind.TITLE),
        (lead, ZoneKind.LEAD),
        ("today.", ZoneKind.BODY),
        ("It said so.", ZoneKind.BODY),
    ]


@given(st.text(alphabet="aB1 .,!?\"'()\n\t-*…”é", max_size=200))
def test_sentences_are_spans_in_order_that_lose_nothing_but_white_space(text: str) -> None:
    found = sentences(body(text))
    assert all(text[s.start : s.end] == s.text and s.text for s in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
