from __future__ import annotations

import re

import pytest
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.company import company, contenders
from monitor.extract.footing import Feature
from monitor.extract.reading import read
from monitor.model import Company
from monitor.rules.zones import read_document

IEC = (
    "NEWARK, NY--(Marketwired - October 11, 2016) - IEC Electronics Corp. (NYSE MKT: IEC) today confirmed a "
    "workforce reduction of approximately 73 full time employees at its Newark, NY facility.\n\n"
    'Jeffrey T. Schlarbaum, President & CEO of IEC Electronics commented, "We have seen a softening in our '
    'near term backlog as we look into early fiscal 2017, and have taken proactive steps."\n\n'
    "About IEC Electronics\n\nIEC Electronics provides electronic manufacturing "
    "services to advanced companies."
)


def _company(text: str, title: str = "", author: str = "", tags: tuple[str, ...] = ()) -> Company | None:
    return company(read(read_document(title, text)), author, tags)


def _name(text: str, title: str = "") -> str | None:
    found = _company(text, title)
    return found.name if found else None


def test_the_issuer_of_a_release_is_read_with_legal_form_and_listing() -> None:
    found = _company(IEC)
    assert found is not None
    assert (found.name, found.exchange, found.ticker) == ("IEC Electronics Corp.", "NYSE MKT", "IEC")


@pytest.mark.parametrize("change", [str.upper, str.title])
def test_a_shouting_headline_does_not_mislead(change: type[str]) -> None:
    title = str(change("IEC electronics confirms workforce reduction"))
    assert _name(IEC, title) == "IEC Electronics Corp."


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        (
            "Acme to cut 900 jobs",
            "NEW YORK (Reuters) - Acme Widgets Inc ( ACM.N ) said on Monday it would cut 900 jobs.",
            "Acme Widgets Inc",
        ),
        (
            "AWI lays off 900",
            "BOSTON (Reuters) - Acme Widget Instruments Corp is laying off 900. AWI shares fell.",
            "Acme Widget Instruments Corp",
        ),
        (
            "Acme's Borealis unit to cut 300 jobs",
            "OSLO (Reuters) - Acme Inc's ( ACM.N ) Borealis unit will cut 300 jobs, a spokesman said.",
            "Borealis",
        ),
        (
            "",
            "Costa Mesa, Calif. - May 19, 2009 - Acme, Inc. (Nasdaq: ACM)"
            " said its Tesla Ceramics unit is laying off 95.",
            "Acme, Inc.",
        ),
        (
            "Borealis cuts 200 jobs: report",
            "LONDON (Reuters) - Swiss bank Borealis AG plans to cut 200 jobs, the Wall "
            "Street Journal reported, citing "
            "a source. Acme Securities analyst Joe Smith said the cuts were overdue.",
            "Borealis AG",
        ),
        (
            "",
            "The union representing workers at the Borealis Corp truck plant in Dayton, "
            "Ohio, said on Tuesday it would "
            "fight plans to close the plant.",
            "Borealis Corp",
        ),
        (
            "Borealis to shed 100 jobs",
            "TURIN (Reuters) - Borealis, owned by Acme Group Ltd, will shed 100 jobs after "
            "it bought Zenith Plc.",
            "Borealis",
        ),
        (
            "University of Northern Foo will lay off 50",
            "The University of Northern Foo is to lay off around 50 staff in November.",
            "University of Northern Foo",
        ),
        (
            "Derby firm to close with loss of 40 jobs",
            "Forty jobs will go when Borealis shuts its Derby foundry in May.",
            "Borealis",
        ),
        (
            "",
            "The Northern Foo School Board voted on Tuesday to eliminate 90 positions.",
            "Northern Foo School Board",
        ),
        ("", "March 16 Oriola-KD Oyj:\n\n* At most 60 positions will go", "Oriola-KD Oyj"),
    ],
)
def test_the_employer_is_told_from_owner_buyer_reporter_and_union(title: str, text: str, name: str) -> None:
    assert _name(text, title) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WASHINGTON (Reuters) - The economy lost 80,000 jobs in March as layoffs rose, "
        "data showed on Friday.",
        "[Company name] announces that it will lay off [number] employees.",
        "We are sorry to say that a number of people will be laid off.",
    ],
)
def test_no_employer_is_named_where_there_is_none(text: str) -> None:
    assert _company(text) is None


def test_the_listing_of_the_feed_is_lent_to_its_author() -> None:
    text = "Borealis Systems will cut 20 jobs, it said today."
    found = _company(text, author="Borealis Systems", tags=("Nasdaq:BRLS", "Restructuring"))
    assert found is not None
    assert (found.name, found.exchange, found.ticker) == ("Borealis Systems", "Nasdaq", "BRLS")


def test_the_listing_may_follow_what_the_company_is_called_for_short() -> None:
    found = _company(
        'OSLO, May 4 -- Borealis, Inc. ("Borealis" or the "Company") (NASDAQ: BRLS) will cut 20 jobs.'
    )
    assert found is not None
    assert (found.name, found.ticker) == ("Borealis, Inc.", "BRLS")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shares of Acme Steel fell 2 percent as Acme Steel said it would cut 300 jobs.", "Acme Steel"),
        ("Facing a shortfall, Acme Steel said it would cut 300 jobs.", "Acme Steel"),
        ("Union Metal will close its plant and cut 300 jobs.", "Union Metal"),
        (
            "Jose Arroyo, a Steelworkers union representative, said Bolt Corp. will cut 300 jobs.",
            "Bolt Corp.",
        ),
    ],
)
def test_a_word_that_opens_a_sentence_and_one_who_speaks_are_no_employers(text: str, name: str) -> None:
    assert _name(text) == name


def test_a_name_may_end_in_an_apostrophe_of_its_own() -> None:
    assert _name("McGuffin's is closing its offices and laying off 90 employees.") == "McGuffin's"


def test_losers_are_kept_with_what_spoke_against_them() -> None:
    text = "OSLO (Reuters) - Borealis ASA will cut 30 jobs, Acme Securities analyst Joe Smith said."
    best, *losers = contenders(read(read_document("", text)))
    assert best.company.name == "Borealis ASA"
    assert (Feature.SUBJECT, 5.0) in best.features
    against = {
        each.company.name: [feature for feature, weight in each.features if weight < 0] for each in losers
    }
    assert against["Acme Securities"] == [Feature.ANALYST]


def test_white_space_does_not_change_the_answer() -> None:
    wide = re.sub(r"(?<=[a-z]) (?=[a-z])", "  ", IEC)
    found = _company(wide)
    assert found is not None
    assert found.name == "IEC Electronics Corp."


WORDS = st.sampled_from(
    [
        "Acme",
        "Inc.",
        "Corp",
        "(NYSE:",
        "ACM)",
        "said",
        "will",
        "cut",
        "jobs",
        ",",
        ".",
        "the",
        "of",
        "'s",
        "and",
        "Borealis",
        "bank",
        "300",
        "workers",
        "at",
        "in",
        "&",
        "(",
        ")",
        "\n",
        "GM.N",
    ]
)


@given(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=60))
def test_the_name_stands_in_the_text(text: str, title: str) -> None:
    document = read_document(title, text)
    for each in contenders(read(document)):
        evidence = each.company.evidence
        assert document.text[evidence.start : evidence.end] == evidence.text
        assert each.company.name == " ".join(evidence.text.split())


@pytest.mark.parametrize(
    "unit", ["A", "Abc ", "Abc's ", "A & ", "(NYSE: ", "Foo Inc will cut 3 jobs. ", "cuts, ", "A."]
)
def test_hostile_text_takes_time_linear_in_its_size(unit: str) -> None:
    assert is_linear(lambda size: company(read(read_document("", unit * (size // len(unit))))), 10_000)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "DGAP-Adhoc Plan-Werk Olten AG: Savings extended to staff",
            "Plan-Werk Olten AG sees falling demand. The Management Board of PWO will cut 150 jobs.",
        ),
        (
            "EQS-News: Plan-Werk Olten AG cuts jobs",
            "EQS-News: Plan-Werk Olten AG / Key word(s): Restructuring. Plan-Werk Olten AG will cut 15 jobs.",
        ),
    ],
)
def test_the_label_of_a_disclosure_service_is_no_part_of_the_name(title: str, text: str) -> None:
    assert _name(text, title) == "Plan-Werk Olten AG"
