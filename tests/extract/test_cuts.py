from __future__ import annotations

import pytest

from monitor.extract.cuts import cuts
from monitor.extract.grammar import Form
from monitor.extract.novelty import Novelty
from monitor.model import Document, Zone, ZoneKind


def told(text: str) -> list[tuple[str, Form, Novelty]]:
    document = Document(text, (Zone(ZoneKind.LEAD, 0, len(text)),))
    return [(text[cut.start : cut.end], cut.form, cut.novelty) for cut in cuts(document)]


@pytest.mark.parametrize(
    ("text", "span", "form"),
    [
        ("Acme will cut about 90 jobs.", "cut about 90 jobs", Form.OBJECT),
        ("Acme is shedding up to 2,500 salaried and contract positions.", None, Form.OBJECT),
        ("It is taking steps and laid 40 people off.", "laid 40 people off", Form.LAYING_OFF),
        ("The bank let 30 traders go.", "let 30 traders go", Form.LAYING_OFF),
        ("Some 30 drivers were made redundant.", None, Form.PASSIVE),
        ("At most 60 positions will go.", "positions will go", Form.PASSIVE),
        ("About 50 employees are affected.", "employees are affected", Form.PASSIVE),
        ("It confirmed a workforce reduction of 73 people.", "workforce reduction", Form.NOUN),
        ("It carried out a reduction in force.", "reduction in force", Form.NOUN),
        ("Layoffs begin in March.", "Layoffs", Form.NOUN),
        ("Buyouts are offered.", "Buyouts", Form.BUYOUT),
    ],
)
def test_a_cut_is_found_by_its_grammar(text: str, span: str | None, form: Form) -> None:
    found = told(text)
    assert [cut[1] for cut in found][:1] == [form]
    assert span is None or found[0][0] == span


@pytest.mark.parametrize(
    "text",
    [
        "Acme will hire 90 people.",
        "Acme cut its profit forecast.",
        "Sales were lower.",
        "It employs 900 people.",
    ],
)
def test_what_takes_no_job_is_no_cut(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "novelty"),
    [
        ("Acme will cut 90 jobs.", Novelty.NEW),
        ("It had already cut 90 jobs.", Novelty.PAST),
        ("Acme cut 90 jobs last year.", Novelty.PAST),
        ("Acme said there would be no layoffs.", Novelty.DENIED),
        ("Acme will cut no fewer than 90 jobs.", Novelty.NEW),
        ("If sales fall, Acme will cut 90 jobs.", Novelty.HYPOTHETICAL),
    ],
)
def test_a_cut_is_new_past_denied_or_only_possible(text: str, novelty: Novelty) -> None:
    assert [cut[2] for cut in told(text)] == [novelty]
