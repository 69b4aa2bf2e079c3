from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.causes import causes
from monitor.extract.reading import read
from monitor.model import Cause
from monitor.rules.zones import read_document


def _causes(text: str) -> list[Cause]:
    return [each.cause for each in causes(read(read_document("", text)))]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Acme will lay off 90 people because of falling demand for combines.", Cause.DEMAND),
        ("We have seen a softening in our near term backlog and take a workforce reduction.", Cause.DEMAND),
        ("Acme will cut 90 jobs to lower costs.", Cause.COST),
        ("Acme will cut 90 jobs following its purchase of Borealis.", Cause.MERGER),
        ("Acme will close its plant in Dayton and lay off 90.", Cause.CLOSURE),
        ("Acme lays off 90 as the work moves to Mexico.", Cause.RELOCATION),
        ("Acme lays off 90 as artificial intelligence takes over claims.", Cause.AUTOMATION),
        ("Acme filed for bankruptcy and laid off 90 workers.", Cause.BANKRUPTCY),
        ("Acme lays off 90 after the loss of a government contract.", Cause.CONTRACT),
        ("Acme will cut 90 jobs as part of a reorganization.", Cause.REORGANISATION),
    ],
)
def test_each_cause_of_the_closed_list_is_read(text: str, cause: Cause) -> None:
    assert _causes(text) == [cause]


def test_a_cause_stands_beside_the_cut_or_does_not_count() -> None:
    far = (
        "Acme cuts 90 jobs. The move is final. It makes chairs. The union is angry. "
        "Falling demand hurt Borealis."
    )
    assert _causes(far) == []
    assert _causes("Acme cuts 90 jobs. Falling demand hurt it.") == [Cause.DEMAND]


@pytest.mark.parametrize(
    "text",
    [
        "Acme cuts 90 jobs, Chief Restructuring Officer Ann Lee said.",
        "Acme cuts 90 jobs where most of its competitors are close to bankruptcy.",
        "Acme Robot Inc cuts 90 jobs.",
        "C3 AI cuts 90 jobs.",
        "Acme cuts 90 jobs as it turns to fuel-efficient cars.",
        "Acme cuts 90 jobs; it has no plans to close stores.",
        "Acme, a provider of outsourcing services, cuts 90 jobs.",
        "Acme cuts 90 jobs. The Notification Act asks for notice of a plant closure with layoffs.",
        "Acme cuts 90 jobs. Last year it laid off 40 in a reorganization.",
    ],
)
def test_what_is_not_the_employers_reason_does_not_count(text: str) -> None:
    assert _causes(text) == []


def test_what_is_denied_does_not_count() -> None:
    assert _causes("Acme cuts 90 jobs, a step not related to falling demand.") == []


@given(
    st.lists(
        st.sampled_from(
            [
                "weak",
                "demand",
                "cut",
                "jobs",
                "costs",
                "merger",
                "close",
                "plant",
                ".",
                ",",
                "lost",
                "contract",
                "AI",
            ]
        ),
        max_size=50,
    )
)
def test_evidence_stands_in_the_text(words: list[str]) -> None:
    document = read_document("", " ".join(words))
    found = causes(read(document))
    assert len({each.cause for each in found}) == len(found)
    for each in found:
        assert document.text[each.evidence.start : each.evidence.end] == each.evidence.text
