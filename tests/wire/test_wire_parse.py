from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rawserver import item, rss

from monitor.model import Item
from monitor.wire.errors import NotAFeedError
from monitor.wire.parse import Origin, parse

SEEN = datetime(2026, 10, 2, 18, 30, tzinfo=UTC)
ORIGIN = Origin("globe", "GlobeNewswire", "https://example.com/feed", SEEN)


def read(body: bytes, content_type: str = "") -> tuple[Item, ...]:
    return parse(body, Origin("globe", "GlobeNewswire", "https://example.com/feed", SEEN, content_type)).items


def only(*inner: str) -> Item:
    (found,) = read(rss(f"<item>{''.join(inner)}</item>"))
    return found


def test_an_item_of_a_wire_is_read_with_issuer_and_every_repeated_element() -> None:
    found = only(
        "<guid isPermaLink='true'>https://example.com/r/7</guid>",
        "<title>Acme &amp;amp; Co cuts 73 jobs</title>",
        "<link>https://example.com/r/7</link><pubDate>Fri, 02 Oct 2026 18:06 GMT</pubDate>",
        "<description><![CDATA[<p>NEWARK, N.Y., Oct. 02, 2026 (GLOBE NEWSWIRE) -- Acme</p><p>cuts.</p>]]>"
        "</description>",
        "<dc:contributor>Acme &amp; Co</dc:contributor><dc:creator>Desk</dc:creator>",
        "<dc:language>en</dc:language>",
        "<category domain='https://example.com/rss/stock'>Nasdaq:ACME</category>",
        "<dc:keyword>layoffs</dc:keyword><dc:keyword>restructuring</dc:keyword>",
        "<category domain='https://example.com/rss/ISIN'>US0378331005</category><prn:subject>LAY</prn:subject>",
        "<prn:industry>AIR: Airlines</prn:industry><prn:industry>AUT: Automotive</prn:industry>",
    )
    assert found == Item(
        feed="globe",
        wire="GlobeNewswire",
        guid="https://example.com/r/7",
        title="Acme & Co cuts 73 jobs",
        text="NEWARK, N.Y., Oct. 02, 2026 (GLOBE NEWSWIRE) -- Acme\n\ncuts.",
        link="https://example.com/r/7",
        published=datetime(2026, 10, 2, 18, 6, tzinfo=UTC),
        seen=SEEN,
        author="Acme & Co",
        tags=(
            "Nasdaq:ACME",
            "layoffs",
            "restructuring",
            "US0378331005",
            "LAY",
            "AIR: Airlines",
            "AUT: Automotive",
        ),
        language="en",
    )


def test_atom_is_read_with_its_full_content() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'><title>T</title><entry><id>urn:1</id>"
        b"<title type='text'>A &lt;b&gt; c</title><link href='/1'/>"
        b"<updated>2026-10-02T20:00:00+02:00</updated>"
        b"<summary>short</summary><content type='html'>&lt;p&gt;the whole&lt;br&gt;text&lt;/p&gt;</content>"
        b"<author><name>Acme</name></author></entry></feed>"
    )
    (found,) = read(body)
    assert (found.title, found.text, found.author) == ("A <b> c", "the whole\ntext", "Acme")
    assert (found.link, found.published) == ("https://example.com/1", datetime(2026, 10, 2, 18, tzinfo=UTC))
    assert found.language == "fr"


def test_without_a_guid_the_link_and_without_a_link_the_text_is_the_identity() -> None:
    linked = only("<title>A</title><link>https://example.com/1</link>")
    bare, again, other = only("<title>A</title>"), only("<title>A</title>"), only("<title>B</title>")
    assert linked.guid == "https://example.com/1"
    assert bare.guid == again.guid != other.guid
    assert bare.link == ""


def test_a_guid_that_is_no_address_does_not_become_the_link() -> None:
    assert only("<guid>12345</guid><title>A</title>").link == ""


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "http://", "https://x/" + "a" * 5_000]
)
def test_a_link_nobody_should_click_is_none(link: str) -> None:
    assert only(f"<title>A</title><link>{link}</link>").link == ""


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Fri, 02 Oct 2026 18:06 GMT", datetime(2026, 10, 2, 18, 6, tzinfo=UTC)),
        ("2026-10-02T14:06:00-04:00", datetime(2026, 10, 2, 18, 6, tzinfo=UTC)),
        ("Fri, 02 Oct 2026 18:35:00 GMT", datetime(2026, 10, 2, 18, 35, tzinfo=UTC)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", SEEN),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Tue, 31 Feb 2026 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_and_absurd_ones_are_not_believed(date: str, published: datetime | None) -> None:
    assert only(f"<title>A</title><pubDate>{date}</pubDate>").published == published


@pytest.mark.parametrize(
    ("date", "hour"),
    [
        ("Fri, 02 Oct 2026 10:06", 14),
        ("Fri, 02 Oct 2026 10:06:30", 14),
        ("2026-10-02T10:06:00", 14),
        ("Fri, 02 Oct 2026 10:06 EST", 15),
        ("Fri, 02 Oct 2026 10:06:00 +0000", 10),
        ("2026-10-02T10:06:00Z", 10),
        ("2026-10-02T10:06:00-07:00", 17),
    ],
)
def test_a_date_without_a_zone_is_in_the_feeds_own(date: str, hour: int) -> None:
    origin = Origin("f", "w", "https://example.com/", SEEN, zone="America/New_York")
    (found,) = parse(rss(f"<item><title>A</title><pubDate>{date}</pubDate></item>"), origin).items
    assert found.published is not None
    assert (found.published.hour, found.published.minute) == (hour, 6)
    assert only(f"<title>A</title><pubDate>{date}</pubDate>").published is not None


def test_when_an_entry_was_changed_stands_in_for_when_it_was_published() -> None:
    modified = "<dc:modified>2026-10-02T18:06:00Z</dc:modified>"
    dated = "<pubDate>Fri, 02 Oct 2026 12:00 GMT</pubDate>"
    assert only(f"<title>A</title>{modified}").published == datetime(2026, 10, 2, 18, 6, tzinfo=UTC)
    assert only(f"<title>A</title>{dated}{modified}").published == datetime(2026, 10, 2, 12, tzinfo=UTC)


def test_no_date_is_far_ahead_of_the_clock() -> None:
    ahead = only("<title>A</title><pubDate>Fri, 02 Oct 2026 23:00:00 +0000</pubDate>").published
    assert ahead is not None
    assert ahead <= SEEN + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-8", ""),
        ("utf-8-sig", "text/xml"),
        ("utf-16", "application/xml"),
        ("iso-8859-1", ""),
        ("iso-8859-1", "text/xml; charset=iso-8859-1"),
        ("windows-1252", ""),
        ("koi8-r", ""),
    ],
)
def test_encodings_are_read(encoding: str, content_type: str) -> None:
    declared = encoding.removesuffix("-sig")
    title = "Ярмарка" if encoding == "koi8-r" else "Société Générale"
    inner = f"<channel><item><title>{title}</title></item></channel>"
    xml = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0">{inner}</rss>'
    (found,) = read(xml.encode(encoding), content_type)
    assert found.title == title


def test_windows_text_that_is_declared_utf8_is_readable() -> None:
    (found,) = read(
        rss("<item><title>Caf\u00e9 \u201ccuts\u201d jobs</title></item>").decode().encode("cp1252")
    )
    assert found.title == "Café “cuts” jobs"


def test_control_and_direction_characters_are_gone() -> None:
    assert only("<title>a&#x202e;b&#x200b;c\x0bd</title>").title in ("abc d", "abcd")


def test_a_feed_that_breaks_off_gives_its_whole_items_and_says_so() -> None:
    body = rss(item(1), item(2), item(3))
    parsed = parse(body[: body.find(b"number 3")], ORIGIN)
    assert [found.guid for found in parsed.items] == ["g1", "g2"]
    assert parsed.broken_off


def test_a_stray_ampersand_is_repaired() -> None:
    parsed = parse(rss("<item><title>AT&T and S&amp;P</title><x><![CDATA[a & b]]></x></item>"), ORIGIN)
    assert [found.title for found in parsed.items] == ["AT&T and S&P"]
    assert not parsed.broken_off


def test_a_feed_with_tags_that_do_not_match_is_malformed_and_still_read() -> None:
    parsed = parse(rss("<item><title>Acme</b> cuts jobs</title></item>"), ORIGIN)
    assert [found.title for found in parsed.items] == ["Acme cuts jobs"]
    assert (parsed.malformed, parsed.broken_off) == (True, False)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "an empty answer"),
        (b" \r\n ", "an empty answer"),
        (b"<!DOCTYPE html><html><body>Are you a robot?</body></html>", "a web page"),
        (b'{"error": "no"}', "JSON"),
        (b"/etc/passwd", "something else"),
        (b"file:///etc/passwd", "something else"),
        (b"\x00\xff\xfe", "something else"),
    ],
)
def test_what_is_no_feed_is_told_apart(body: bytes, what: str) -> None:
    with pytest.raises(NotAFeedError, match=f"example.com sent {what} instead of a feed"):
        parse(body, ORIGIN)


def test_an_empty_channel_is_a_feed() -> None:
    parsed = parse(rss(title="Quiet Wire"), ORIGIN)
    assert (parsed.items, parsed.title, parsed.version) == ((), "Quiet Wire", "rss20")


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    for kind in ("&x;", "%x;"):
        body = rss(
            f"<item><title>t{kind}</title></item>",
            before=f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        )
        assert "hunter2" not in read(body)[0].title


def test_entity_bombs_end_early() -> None:
    nested = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = rss("<item><title>&l9;</title></item>", before=f'<!DOCTYPE rss [<!ENTITY l0 "lol">{nested}]>')
    assert all(len(found.title) < 1_025 for found in read(body))


def test_monstrous_fields_are_cut() -> None:
    found = only(f"<title>{'x' * 10_000_000}</title><description>{'y ' * 1_000_000}</description>")
    assert len(found.title) == 1_024
    assert len(found.text) <= 65_536


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200), st.sampled_from([b"<rss><channel><item>", b"<feed><entry>", b"<?xml ?>", b""])
)
def test_no_bytes_crash_the_parser(noise: bytes, start: bytes) -> None:
    with suppress(NotAFeedError):
        parse(start + noise, ORIGIN)


@pytest.mark.parametrize("reference", ["&#xD800;", "&#xdfff;", "&#55296;", "&#57343;"])
def test_a_reference_to_half_a_character_costs_that_character_only(reference: str) -> None:
    entry = f"<item><title>Acme {reference} cuts jobs</title><guid>1</guid></item>"
    body = f'<rss version="2.0"><channel><title>t</title>{entry}</channel></rss>'.encode()
    (item,) = parse(
        body, Origin("f", "w", "https://wire.example/", datetime(2026, 1, 1, tzinfo=UTC), "")
    ).items
    assert item.title.startswith("Acme")
    assert item.title.endswith("cuts jobs")
    item.title.encode()
