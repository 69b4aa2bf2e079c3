from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.app.rulebook import compiled, load_rules
from monitor.extract.assessment import Assessment, assess
from monitor.extract.gazetteer import Gazetteer, load_gazetteer
from monitor.model import Cause, Kind, Reason, Stage
from monitor.rules import Classifier

ROOT = Path(__file__).parents[2]
IEC = (
    "NEWARK, NY--(Marketwired - October 11, 2016) - IEC Electronics Corp. (NYSE MKT: IEC) today confirmed a"
    " workforce reduction of approximately 73 full time employees at its Newark, NY facility.\n\n"
    'Jeffrey T. Schlarbaum, President & CEO of IEC Electronics commented, "We have seen a softening in our'
    " near term backlog as we look into early fiscal 2017, and have taken proactive steps to align our cost"
    ' structure with a workforce reduction at our Newark, New York facility."\n\n'
    "About IEC Electronics\n\nIEC Electronics is headquartered in Newark, NY and also has operations in"
    " Rochester, NY and Albuquerque, NM."
)


@cache
def tools() -> tuple[Classifier, Gazetteer]:
    return compiled(load_rules(ROOT / "config").sets), load_gazetteer()


def read(text: str, title: str = "") -> Assessment:
    classifier, gazetteer = tools()
    return assess(title, text, classifier, gazetteer, published=date(2016, 10, 11))


def test_the_iec_release_gives_exactly_its_facts() -> None:
    layoff = read(IEC).layoff
    assert layoff is not None
    assert layoff.company is not None
    assert (layoff.company.name, layoff.company.exchange, layoff.company.ticker) == (
        "IEC Electronics Corp.",
        "NYSE MKT",
        "IEC",
    )
    assert layoff.headcount is not None
    assert (layoff.headcount.low, layoff.headcount.high, layoff.headcount.approximate) == (73, 73, True)
    assert [(place.city, place.region, place.country) for place in layoff.places] == [("Newark", "NY", "US")]
    assert (layoff.stage, layoff.kind) == (Stage.CONFIRMED, Kind.LAYOFF)
    assert [(each.cause, each.evidence.text) for each in layoff.causes] == [
        (Cause.DEMAND, "softening in our near term backlog")
    ]
    assert [who.text for who in layoff.who] == ["full time employees"]
    assert layoff.sentence.text.startswith("IEC Electronics Corp.")
    assert "73" in layoff.sentence.text


def test_an_announcement_that_names_no_employer_is_none() -> None:
    assessment = read("With regret we announce that 40 jobs will be eliminated by May.")
    assert (assessment.layoff, assessment.reason) in (
        (None, Reason.NO_EMPLOYER),
        (None, Reason.BELOW_THRESHOLD),
    )


def test_a_text_about_something_else_is_settled_without_facts() -> None:
    assessment = read("Meridian Optics introduced a spectrometer that weighs 310 grams.")
    assert (assessment.layoff, assessment.reason) == (None, Reason.NO_RULE)


def test_every_fact_is_a_span_of_the_document() -> None:
    assessment = read(IEC)
    layoff, text = assessment.layoff, assessment.document.text
    assert layoff is not None
    facts = [layoff.company, layoff.headcount, *layoff.places, *layoff.causes]
    for evidence in [layoff.sentence, *layoff.who, *(fact.evidence for fact in facts if fact)]:
        assert text[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize(
    "piece", ["1,", "Acme will cut 300 jobs in Ohio. ", "Newark, NY; ", "(", '"', "About "]
)
def test_a_megabyte_of_anything_is_read_to_its_end(piece: str) -> None:
    assert read(piece * (1_000_000 // len(piece))).document.text


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=400), st.text(max_size=80))
def test_any_text_is_assessed(text: str, title: str) -> None:
    assert read(text, title).reason in Reason
