from __future__ import annotations

import pytest

from monitor.extract.employers import employers
from monitor.extract.names import names
from monitor.rules.zones import read_document


def _fullest(text: str) -> list[str]:
    document = read_document("", text)
    found = employers(names(document)[1])
    return [document.text[each.best.start : each.best.end] for each in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday General Motors Corp said GM would wait.", ["General Motors Corp"]),
        ("On Monday Citi shares fell; for Citigroup Inc it was bad.", ["Citigroup Inc"]),
        ("On Monday Sprint fell, said Sprint Nextel Corp.", ["Sprint Nextel Corp"]),
        ("As Peugeot said, at PSA Peugeot Citroen it goes on.", ["PSA Peugeot Citroen"]),
        ("At Volvo Cars and for Volvo Car Corporation it goes on.", ["Volvo Car Corporation"]),
        ("At German Airbus and at Airbus it goes on.", ["Airbus"]),
        ("For Acme Widget Inc and Acme Gadget Inc it goes on.", ["Acme Widget Inc", "Acme Gadget Inc"]),
    ],
)
def test_short_names_go_with_the_fullest(text: str, found: list[str]) -> None:
    assert _fullest(text) == found


def test_a_short_name_with_a_form_of_its_own_stands_for_itself() -> None:
    assert _fullest("At Time Warner Inc and at Time Warner Cable it goes on.") == [
        "Time Warner Inc",
        "Time Warner Cable",
    ]


def test_nations_and_common_words_are_no_organisations() -> None:
    assert _fullest("In Germany the Swiss said Shares fell on Wall Street.") == []
