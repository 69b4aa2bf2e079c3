"""Titles, datelines, leads, boilerplate and quotes are found in the forms that wires use."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Document, ZoneKind
from monitor.rules.zones import read_document

NEWS = "Acme Corp. will cut 73 jobs at its Newark plant. The cuts begin in May."


def read(document: Document, kind: ZoneKind) -> list[str]:
    return [document.text[zone.start : zone.end].strip() for zone in document.spans(kind)]


@pytest.mark.parametrize(
    "dateline",
    [
        "NEWARK, NY--(Marketwired - October 11, 2016) -",
        "NEW YORK (Reuters) -",
        "NEW YORK/SAN FRANCISCO  (Reuters) -",
        "(Reuters) -",
        "LOS ANGELES (Reuters! -",
        "EDINBURGH, Scotland, March 22, 2023 /PRNewswire/ --",
        "MAYNARD, Mass., Nov. 3, 2022 /PRNewswire-FirstCall/ --",
        "CHICAGO, June 22, 2022 (GLOBE NEWSWIRE) --",
        "SAN JOSE, Calif.--(BUSINESS WIRE)--",
        "(BUSINESS WIRE)--April 22, 1998--",
        "TORONTO, Jan. 5, 2024 /CNW/ -",
        "FORT PIERCE, FL / ACCESSWIRE / July 29, 2022 /",
        "Milpitas, CA, November 5, 2008 -",
        "Milpitas, CA – November 5, 2008 –",
        "FOR IMMEDIATE RELEASE - South Easton, MA, December 1, 2008 -",
        "CHATTANOOGA, Tenn. (December 5, 2003) -",
        "RESTON, Va., and MONTREAL, August 31, 2001 --",
        "NEW YORK, Aug. 1 (Dow Jones) -",
        "Vancouver, British Columbia--(Newsfile Corp. - May 2, 2023) -",
        "DALLAS -",
        "Syracuse, N.Y. --",
        "For Immediate Release June 9, 2009 [Charlotte, N.C.] —",
        "NEWS RELEASE. 70 Pine Drive, Troy. Contact: Ana Ruiz, 713.555.0100. TROY, Ohio – June 9, 2009 –",
        "Contact: Ana Ruiz (812) 555-0100. FOR IMMEDIATE RELEASE. Savings. TROY, N.Y., May 2, 2009 —",
        "Two Plants to Close. AKRON, Ohio--May 4, 2009--(BUSINESS WIRE)--",
        "Item 2.05 Costs Associated with Exit or Disposal Activities.",
    ],
)
def test_a_dateline_ends_where_the_news_begins(dateline: str) -> None:
    document = read_document("Acme to cut jobs", f"{dateline} {NEWS}")

    assert read(document, ZoneKind.TITLE) == ["Acme to cut jobs"]
    assert read(document, ZoneKind.DATELINE) == [dateline]
    assert read(document, ZoneKind.LEAD) == [NEWS]


@pytest.mark.parametrize(
    "news",
    [
        NEWS,
        "Twin-Disc Inc - the maker of gears - said it cut jobs.",
        "About 940 jobs go: some 490 at the mills and another 450 in the forests.",
        "March was hard for Acme, which will cut jobs.",
        "Acme (NYSE/TSX: ACM) will cut jobs.",
    ],
)
def test_prose_is_no_dateline(news: str) -> None:
    document = read_document("", news)

    assert read(document, ZoneKind.DATELINE) == []
    assert read(document, ZoneKind.LEAD) == [news]


def test_the_cover_page_of_a_form_8k_is_its_dateline() -> None:
    text = (
        "FORM 8-K CURRENT REPORT Date of Report: March 19, 2010. Acme, Inc. (Delaware)\n\n"
        "Item 2.05. Costs Associated with Exit or Disposal Activities\n\nAcme began a work force reduction."
    )

    document = read_document("", text)

    assert read(document, ZoneKind.LEAD) == ["Acme began a work force reduction."]


@pytest.mark.parametrize(
    "tail",
    [
        "About Acme\n\nAcme makes anvils and had layoffs once.",
        "About Acme: a maker of anvils.",
        "Forward-Looking Statements: words like may and could mark such statements.",
        "This press release contains certain forward-looking statements within the meaning of the law.",
        "Media Contact: Jane Doe, +1 555 0100",
        "(Reporting by Jane Doe; Editing by John Doe)",
        "(Additional reporting by Jane Doe)",
        "SOURCE Acme Corp.",
        "For more information, visit www.example.com.",
        "###",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", " "])
def test_what_a_release_says_of_its_issuer_is_boilerplate(tail: str, gap: str) -> None:
    if gap == " " and tail.startswith("About Acme\n"):
        pytest.skip("a heading stands on a line of its own")
    document = read_document("", NEWS + gap + tail)

    assert read(document, ZoneKind.BOILERPLATE) == [tail]
    assert read(document, ZoneKind.LEAD) == [NEWS]


def test_contacts_at_the_top_hide_nothing() -> None:
    text = f"Contact: Jane Doe, +1 555 0100.\n\n{NEWS}\n\n" + "Sales were flat. " * 9

    assert NEWS in read(read_document("", text), ZoneKind.LEAD)[0]


LONG = f"{NEWS} Sales were flat. It will also cut 20 jobs in Troy."


@pytest.mark.parametrize(
    "text",
    [
        f"TROY, Ohio, June 9, 2009 /PRNewswire/ -- {LONG}",
        f"Troy, Ohio, June 9, 2009 -- {LONG}",
        f"FOR IMMEDIATE RELEASE - TROY, June 9 - {LONG}",
        f"FORM 8-K. Item 2.05 Costs Associated with Exit or Disposal Activities. {LONG}",
        f"Acme Corp. (NYSE: ACM) announced today that sales fell. {LONG}",
        f"{LONG}\n\nAbout Acme\n\nAcme makes anvils.",
        f"{LONG} This press release contains forward-looking statements.",
        f"{LONG}\n\nFor further information, please contact Ana Ruiz, chief executive.",
        f"Date of Report: June 9, 2009. Item 8.01. Other Events\n\n{LONG}",
        f'On June 9, Acme Corp. (the "Company") told of its plans. {LONG}',
        f"Dear colleagues,\n\n{LONG}",
        f"From: Doe, Jane. Subject: Today. {LONG}",
        f"We have to tell you about our plans. They concern all of us. {LONG}",
    ],
)
def test_the_body_of_an_employers_own_release_is_told_from_a_storys(text: str) -> None:
    document = read_document("", text)

    assert "20 jobs" in read(document, ZoneKind.RELEASE)[0]
    assert read(document, ZoneKind.BODY) == []


@pytest.mark.parametrize(
    "text",
    [
        f"NEW YORK (Reuters) - {LONG}",
        f"TROY, June 9 (AP) - {LONG}",
        LONG,
        f'NEW YORK (Reuters) - "We, our staff and all of us saw it," it said. {LONG}',
        f"NEW YORK (Reuters) - US Airways and other US carriers flew less. {LONG} (Reporting by Ana Ruiz)",
    ],
)
def test_a_story_has_a_body(text: str) -> None:
    document = read_document("", text)

    assert "20 jobs" in read(document, ZoneKind.BODY)[0]
    assert read(document, ZoneKind.RELEASE) == []


def test_a_caution_at_the_top_hides_only_its_own_paragraph() -> None:
    caution = "This press release contains forward-looking statements about our plans."
    document = read_document("", f"{caution}\n\n{NEWS}\n\n" + "Sales were flat. " * 20)

    assert read(document, ZoneKind.BOILERPLATE) == [caution]
    assert read(document, ZoneKind.LEAD)[0].startswith("Acme Corp. will cut")


def test_speech_is_a_quote_and_a_coinage_is_not() -> None:
    text = 'It cuts a "net" 15,000 jobs. "We must reduce our costs now," it said. “So it goes on and on.”'

    document = read_document("", text)

    assert read(document, ZoneKind.QUOTE) == ['"We must reduce our costs now,"', "“So it goes on and on.”"]


def test_an_unclosed_quote_ends_with_its_paragraph() -> None:
    document = read_document("", '"We must reduce our costs now.\n\nAcme will cut 73 jobs.')

    assert read(document, ZoneKind.QUOTE) == ['"We must reduce our costs now.']


@given(st.text(max_size=200), st.text(max_size=600))
def test_zones_cover_the_text_in_order_without_overlap(title: str, text: str) -> None:
    document = read_document(title, text)
    told = [zone for zone in document.zones if zone.kind is not ZoneKind.QUOTE]

    assert all(0 <= zone.start <= zone.end <= len(document.text) for zone in document.zones)
    assert all(before.end <= after.start for before, after in pairwise(told))
    uncovered = list(document.text)
    for zone in told:
        uncovered[zone.start : zone.end] = " " * (zone.end - zone.start)
    assert not "".join(uncovered).strip()
