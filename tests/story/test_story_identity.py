from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.model import Item
from monitor.story.identity import KEY_BYTES, after_dateline, identities, lasting_key
from monitor.story.links import canonical_link

LEAD = (
    "IEC Electronics Corp. (NYSE MKT: IEC) today confirmed a workforce reduction of approximately"
    " 73 full time employees at its Newark, NY facility."
)
RELEASE = Item(
    feed="marketwired-all",
    wire="Marketwired",
    guid="2165480",
    title="IEC Electronics Confirms Workforce Reduction",
    text=f"NEWARK, NY--(Marketwired - October 11, 2016) - {LEAD}",
    link="https://www.marketwired.com/release/iec-electronics-2165480.htm",
    published=datetime(2016, 10, 11, 20, 5, tzinfo=UTC),
    seen=datetime(2016, 10, 11, 20, 6, tzinfo=UTC),
)


def fingerprint(
    title: str = RELEASE.title,
    text: str = RELEASE.text,
    guid: str = RELEASE.guid,
    feed: str = RELEASE.feed,
    link: str = RELEASE.link,
) -> bytes | None:
    item = replace(RELEASE, title=title, text=text, guid=guid, feed=feed, link=link)
    return identities(item).fingerprint


def test_every_key_has_sixteen_bytes() -> None:
    keys = identities(RELEASE)
    assert {len(key) for key in (keys.guid, keys.link, keys.fingerprint) if key} == {KEY_BYTES}


def test_what_an_item_says_and_its_day_are_its_lasting_key_wherever_and_whenever_it_is_seen() -> None:
    elsewhere = replace(RELEASE, feed="prn", wire="PR Newswire", guid="x", link="", seen=datetime.now(UTC))
    assert lasting_key(elsewhere) == lasting_key(RELEASE)
    assert lasting_key(replace(RELEASE, title="Correction: another")) != lasting_key(RELEASE)
    a_quarter_later = replace(RELEASE, published=datetime(2017, 1, 11, tzinfo=UTC))
    assert lasting_key(a_quarter_later) != lasting_key(RELEASE)


def test_an_item_that_says_too_little_is_known_within_its_feed() -> None:
    short = replace(RELEASE, text="")
    assert lasting_key(short) == lasting_key(replace(short, guid="x", link=""))
    assert lasting_key(short) != lasting_key(replace(short, feed="prn"))


def test_a_guid_counts_within_its_feed_only() -> None:
    elsewhere = replace(RELEASE, feed="another")
    assert identities(RELEASE).guid != identities(elsewhere).guid
    assert identities(RELEASE).link == identities(elsewhere).link


def test_an_entry_without_guid_is_known_by_its_link_else_by_its_words() -> None:
    by_link = replace(RELEASE, guid="")
    by_words = replace(RELEASE, guid="", link="")
    assert identities(by_link).guid == identities(replace(by_link, link=RELEASE.link + "?utm_source=x")).guid
    assert identities(by_words).guid != identities(replace(by_words, title="Another")).guid


@pytest.mark.parametrize(
    "same",
    [
        "HTTP://WWW.Example.com:80/news/1",
        "https://www.example.com/news/1/",
        "https://www.example.com/news/1#top",
        "https://www.example.com/news/1?utm_source=rss&utm_medium=feed",
        "https://www.example.com/news/1?feedref=JjAwJuNHiystnCoBq&gclid=1",
        "https://reader@www.example.com./news/1",
        "  https://www.example.com/news/1\n",
    ],
)
def test_what_selects_no_page_is_no_part_of_a_link(same: str) -> None:
    assert canonical_link(same) == "https://www.example.com/news/1"


def test_a_parameter_that_selects_a_page_stays_whatever_the_order() -> None:
    assert canonical_link("https://e.com/r?id=7&utm_id=3&a=2") == "https://e.com/r?a=2&id=7"
    assert canonical_link("https://e.com/r?id=8") != canonical_link("https://e.com/r?id=7")
    assert canonical_link("https://e.com/News") != canonical_link("https://e.com/news")
    assert canonical_link("https://e.com:8443/n") == "https://e.com:8443/n"


@pytest.mark.parametrize(
    "link",
    ["", "ftp://e.com/a", "javascript:alert(1)", "https://", "https://e.com:port/a", "http://[::1", "/a"],
)
def test_what_is_no_page_of_the_web_identifies_nothing(link: str) -> None:
    assert canonical_link(link) is None
    assert identities(replace(RELEASE, link=link)).link is None


def test_the_address_of_a_site_does_not_make_one_of_all_its_items() -> None:
    assert canonical_link("https://www.example.com/?utm_source=rss") is None


def news_link(target: str) -> str:
    """A link of Google News as it was until 2024: field 4 of a protocol buffer, in base64."""
    size = len(target)
    length = bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7])
    buffer = b"\x08\x13\x22" + length + target.encode() + b"\xd2\x01\x00"
    return (
        f"https://news.google.com/rss/articles/{base64.urlsafe_b64encode(buffer).decode().rstrip('=')}?oc=5"
    )


@pytest.mark.parametrize("page", ["https://www.example.com/news/1", f"https://www.example.com/{'n' * 200}"])
def test_a_redirect_of_a_news_search_is_the_page_it_leads_to(page: str) -> None:
    assert canonical_link(news_link(f"{page}?utm_source=x")) == page
    assert canonical_link(f"https://www.google.com/url?rct=j&url={page}&ct=ga") == page


def test_a_redirect_that_does_not_say_where_it_leads_is_a_page_of_its_own() -> None:
    opaque = "https://news.google.com/rss/articles/CBMihAFBVV95cUxNRnMtZDFfUTgx?oc=5"
    assert canonical_link(opaque) == opaque
    assert canonical_link("https://news.google.com/rss/articles/A?oc=5") is not None


def test_redirects_to_redirects_end() -> None:
    link = "https://e.com/1"
    for _ in range(5):
        link = f"https://www.google.com/url?q={quote(link, safe='')}"
    assert canonical_link(link) is None


@pytest.mark.parametrize(
    "text",
    [
        f"NEWARK, N.Y., Oct. 11, 2016 (GLOBE NEWSWIRE) -- {LEAD}",
        f"NEWARK, N.Y., Oct. 11, 2016 /PRNewswire/ -- {LEAD}",
        f"NEWARK, N.Y.--(BUSINESS WIRE)--{LEAD}",
        f" NEWARK, NY--(Marketwired - October 11, 2016) -   {LEAD.upper()}",
        LEAD.replace(" ", "\n"),
    ],
)
def test_the_same_words_on_another_wire_have_the_same_fingerprint(text: str) -> None:
    assert fingerprint(text=text, guid="x", feed="y", link="https://e.com/z?tc=1") == fingerprint()


def test_a_retransmission_is_a_revision_and_itself_only_once() -> None:
    again = fingerprint(title="RETRANSMISSION: IEC Electronics confirms workforce reduction")
    assert again != fingerprint()
    assert again == fingerprint(title="Retransmission - IEC Electronics Confirms Workforce Reduction")


def test_a_changed_number_is_another_fingerprint() -> None:
    assert fingerprint(text=RELEASE.text.replace("73", "75")) != fingerprint()
    grown = (
        fingerprint(text=RELEASE.text.replace("73", "1.5")),
        fingerprint(text=RELEASE.text.replace("73", "15")),
    )
    assert grown[0] != grown[1]


def test_a_replacement_is_not_swallowed() -> None:
    assert fingerprint(title=f"CORRECTING and REPLACING {RELEASE.title}") != fingerprint()


def test_what_follows_the_lead_does_not_count() -> None:
    long = (
        LEAD + " The company makes parts. It has done so for many years, in several places, with success." * 3
    )
    assert fingerprint(text=long + " Contact A.") == fingerprint(text=long + " Contact B.")


@pytest.mark.parametrize("text", ["", "Net asset value.", "PARIS (Reuters) - ", RELEASE.title])
def test_a_title_alone_has_no_fingerprint(text: str) -> None:
    assert fingerprint(text=text) is None
    long_title = "A title that goes on and on until it is as long as any lead could ever be, and then some"
    assert fingerprint(title=long_title, text=long_title) is None


def test_an_entry_of_a_title_alone_is_known_by_it_together_with_guid_link_or_date() -> None:
    bare = replace(RELEASE, text="")
    first, other = identities(bare), identities(replace(bare, title="IEC Electronics Names Chief"))
    assert first.title is not None
    assert not {first.guid, first.link, first.title} & {other.guid, other.link, other.title}
    assert identities(replace(bare, published=None)).title != first.title
    assert identities(replace(bare, feed="another")).title != first.title
    assert identities(RELEASE).title is None


def test_a_number_that_changes_in_a_short_text_makes_another_entry() -> None:
    before = identities(replace(RELEASE, text="Acme cuts 70 jobs."))
    after = identities(replace(RELEASE, text="Acme cuts 90 jobs."))
    assert before.fingerprint is after.fingerprint is None
    assert not {before.guid, before.link, before.title} & {after.guid, after.link, after.title}


def test_a_ticker_in_parentheses_is_no_dateline() -> None:
    text = "IEC Electronics (NYSE MKT: IEC) - a maker of parts - cuts jobs"
    assert after_dateline(text) == text


@given(st.text(), st.text(), st.text(), st.text())
def test_any_item_has_a_guid_and_the_same_one_each_time(guid: str, title: str, text: str, link: str) -> None:
    item = replace(RELEASE, guid=guid, title=title, text=text, link=link)
    assert identities(item) == identities(item)


@given(st.text(alphabet=st.characters(codec="utf-8")))
@example(" #")
@example("?a=1 #")
@example("?b& a=1")
def test_a_canonical_link_is_its_own_canonical_form(rest: str) -> None:
    once = canonical_link(f"https://e.com/{rest}")
    assert once is None or canonical_link(once) == once
