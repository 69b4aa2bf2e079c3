from __future__ import annotations

import pytest

from monitor.extract.cues import cut_told
from monitor.extract.reading import read
from monitor.rules.zones import read_document


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme will cut about 90 jobs.",
        "It laid 90 people off.",
        "Some 60 positions will go.",
        "It announced a reduction in force.",
        "Up to 30% of the workforce will leave.",
        "It begins co-operation negotiations.",
    ],
)
def test_a_told_cut_is_noticed(sentence: str) -> None:
    assert cut_told(sentence) is not None


@pytest.mark.parametrize(
    "sentence", ["", "Acme makes chairs.", "Profit rose 9 percent.", "It hired 90 people."]
)
def test_other_news_is_not(sentence: str) -> None:
    assert cut_told(sentence) is None


def test_headline_and_boilerplate_do_not_tell() -> None:
    text = "OSLO (Reuters) - Acme makes chairs.\n\nAbout Acme\n\nAcme laid off 9 people in 1999."
    assert read(read_document("Acme cuts 90 jobs", text)).telling == ()
