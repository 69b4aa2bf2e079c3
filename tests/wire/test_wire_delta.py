from __future__ import annotations

import io
from datetime import UTC, datetime
from html import escape

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rawserver import item, rss

from monitor.model import Item
from monitor.wire.delta import Cut, cut, hash_entry
from monitor.wire.parse import Origin, parse

ORIGIN = Origin("f", "w", "https://example.com/feed", datetime(2026, 10, 2, tzinfo=UTC))

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=30)


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "") + "]]>"


_TROUBLE = st.sampled_from(
    [
        "",
        "<!-- </item> -->",
        "<!-- <item> -->",
        "<![CDATA[</item><item>]]>",
        "<?php </item> ?>",
        "<!-- </entry> -->",
    ]
)
_VALUE = st.one_of(_TEXT.map(escape), _TEXT.map(_cdata), st.just(_cdata("<p>a</p></item>")))


@st.composite
def _rss_items(draw: st.DrawFn) -> list[str]:
    return [
        f"<item rdf:about='u{n}'>{draw(_TROUBLE)}<title>{draw(_VALUE)}</title><guid>id{n}</guid>"
        f"<link>https://example.com/{n}</link><description>{draw(_VALUE)}</description>"
        f"<category>{draw(_VALUE)}</category>{draw(_TROUBLE)}</item >"
        for n in range(draw(st.integers(1, 6)))
    ]


@st.composite
def _atom_entries(draw: st.DrawFn) -> list[str]:
    return [
        f'<entry xml:lang="{draw(st.sampled_from(["en", "fr"]))}">{draw(_TROUBLE)}<id>urn:{n}</id>'
        f'<title type="html">{draw(_VALUE)}</title><link href="/{n}"/>'
        f"<author><name>{draw(_TEXT.map(escape))}</name></author>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{draw(_TEXT.map(escape))}</p></div>'
        f"</content></entry>"
        for n in range(draw(st.integers(1, 6)))
    ]


def _rss20(entries: list[str], gaps: list[str]) -> str:
    inner = "".join(gap + entry for gap, entry in zip(gaps, entries, strict=True))
    return (
        "<rss version='2.0' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xml:base='https://b.example/'>"
        f"<channel><title>t</title><language>de</language>{inner}<managingEditor>m</managingEditor></channel></rss>"
    )


def _rss10(entries: list[str], gaps: list[str]) -> str:
    inner = "".join(gap + entry for gap, entry in zip(gaps, entries, strict=True))
    return (
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        f"<channel><title>t</title><items><rdf:Seq/></items></channel>{inner}</rdf:RDF>"
    )


def _atom10(entries: list[str], gaps: list[str]) -> str:
    inner = "".join(gap + entry for gap, entry in zip(gaps, entries, strict=True))
    return f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>t</title>{inner}</feed>"


_BODIES = st.one_of(
    st.tuples(st.just(_rss20), _rss_items()),
    st.tuples(st.just(_rss10), _rss_items()),
    st.tuples(st.just(_atom10), _atom_entries()),
)


def _by_link(entries: list[feedparser.FeedParserDict]) -> dict[str, feedparser.FeedParserDict]:
    return {entry["link"]: entry for entry in entries}


def _read(body: bytes) -> list[feedparser.FeedParserDict]:
    entries = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False).entries
    assert isinstance(entries, list)
    return entries


@settings(max_examples=150, deadline=None)
@given(_BODIES, st.data())
def test_what_is_left_of_a_cut_body_reads_as_it_does_in_the_whole_body(
    shape: tuple[object, list[str]], data: st.DataObject
) -> None:
    render, entries = shape
    assert callable(render)
    gaps = [data.draw(st.sampled_from(["", "\n", "<!-- between -->", "<!-- <item> -->"])) for _ in entries]
    declared = data.draw(st.sampled_from(["utf-8", "UTF-8", "utf-16", "iso-8859-1"]))
    body = f'<?xml version="1.0" encoding="{declared}"?>{render(entries, gaps)}'.encode(
        declared, errors="xmlcharrefreplace"
    )
    seen = {n for n in range(len(entries)) if data.draw(st.booleans())}
    found = cut(body, ())
    known = [name for n, name in enumerate(found.entries) if n in seen]
    pared = cut(body, known)

    whole = _by_link(_read(body))
    left = _by_link(_read(pared.body))
    assert left.items() <= whole.items()
    if pared.fresh is None:
        assert pared.body == body
    else:
        assert len(left) == pared.fresh == len(entries) - len(known)


def test_an_entry_is_known_again_wherever_it_stands() -> None:
    first = cut(rss(item(1), item(2)), ())
    second = cut(rss(item(3), item(1), item(2)), first.entries)
    assert (first.fresh, second.fresh) == (2, 1)
    assert second.body == rss(item(3))
    assert second.entries == (hash_entry(item(3).encode()), *first.entries)


def test_an_end_tag_in_cdata_or_a_comment_is_text() -> None:
    odd = item(1, "<x><![CDATA[</item><item>]]></x><!-- <item> -->")
    assert cut(rss(odd, item(2)), ()).entries == (hash_entry(odd.encode()), hash_entry(item(2).encode()))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Please enable JavaScript</body></html>",
        rss(),
        rss("<item><item></item></item>"),
        rss("</item>", item(1)),
        rss(item(1), "<item/>"),
        rss(item(1), "<entry>x</entry>"),
        rss(item(1), before='<!DOCTYPE rss [<!ENTITY x "<item>">]>'),
        rss(item(1), "<!-- never closed"),
        rss(item(1)).replace(b'"utf-8"', b'"iso-2022-jp"'),
        rss(item(1)).decode().encode("utf-16"),
    ],
)
def test_what_cannot_be_cut_safely_stays_whole(body: bytes) -> None:
    assert cut(body, ()) == Cut(body)


def test_the_charset_of_the_header_overrides_the_declared_one() -> None:
    assert cut(rss(item(1)), (), "text/xml; charset=iso-2022-jp").fresh is None
    assert cut(rss(item(1)), (), 'text/xml; charset="UTF-8"').fresh == 1


def test_beyond_the_limit_new_entries_stay_unknown_so_that_the_next_poll_takes_them() -> None:
    body = rss(*(item(n) for n in range(5)))
    first = cut(body, (), limit=3)
    second = cut(body, first.entries, limit=3)
    assert (first.fresh, first.capped, len(first.entries)) == (3, True, 3)
    assert (second.fresh, second.capped, len(second.entries)) == (2, False, 5)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_body_cut_off_at_any_byte_gives_whole_items_only(data: st.DataObject) -> None:
    body = rss(item(1), item(2, "<x><![CDATA[a</item>]]></x>"), item(3, "<!-- </item> -->"))
    whole = {read.guid: read for read in parse(body, ORIGIN).items}
    length = data.draw(st.integers(body.find(b"<channel>") + 9, len(body) - 1))
    assert _items(body[:length]).items() <= whole.items()
    if length >= body.find(item(1).encode()) + len(item(1)):
        assert "g1" in _items(body[:length])


def _items(body: bytes) -> dict[str, Item]:
    pared = cut(body, ())
    return {read.guid: read for read in parse(pared.body, ORIGIN).items}
