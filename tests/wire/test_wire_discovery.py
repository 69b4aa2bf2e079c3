from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from rawserver import feed_at

from monitor.wire.discovery import Found, NotOpmlError, feed_id, feeds_of_page, read_opml, write_opml

PAGE = b"""<html><head>
<link rel="alternate" type="application/rss+xml" title="All &amp; sundry" href="/rss/all">
<LINK REL='alternate home' TYPE='application/atom+xml; charset=utf-8' HREF='https://feeds.example.com/atom'>
<link rel="alternate" type="application/rss+xml" href="/rss/all">
<link rel="alternate" hreflang="de" href="/de">
<link rel="stylesheet" type="application/rss+xml" href="/style">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
</head></html>"""


def test_a_page_names_its_feeds() -> None:
    assert feeds_of_page(PAGE, "https://www.example.com/news/") == (
        Found("https://www.example.com/rss/all", "All & sundry"),
        Found("https://feeds.example.com/atom"),
    )


@given(st.binary(max_size=300))
def test_no_page_harms_the_search_for_feeds(noise: bytes) -> None:
    feeds_of_page(b"<link rel=alternate " + noise, "https://example.com/")


def test_a_list_is_read_with_its_headings() -> None:
    opml = b"""<opml version="1.0"><head/><body>
      <outline text="Wires">
        <outline text="PR" title="PR Newswire" xmlUrl=" https://example.com/prn "/>
      </outline>
      <outline text="Solo" xmlUrl="https://example.com/solo"/>
      <outline text="Again" xmlUrl="https://example.com/solo"/>
      <outline text="Bad" xmlUrl="file:///etc/passwd"/>
    </body></opml>"""
    assert read_opml(opml) == (
        Found("https://example.com/prn", "PR Newswire", "Wires"),
        Found("https://example.com/solo", "Solo"),
    )


def test_what_is_written_is_read_again_and_holds_no_secret() -> None:
    feed = feed_at("https://example.com/rss?a=1&b=2").model_copy(
        update={"title": "A & B", "headers": {"Authorization": SecretStr("hunter2")}}
    )
    opml = write_opml([feed])
    assert read_opml(opml) == (Found(feed.url, "A & B", "Test Wire"),)
    assert b"hunter2" not in opml


def test_entities_and_what_is_no_list_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for kind in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', f'<!ENTITY l0 "lol">{bomb}'):
        opml = f"<!DOCTYPE opml [{kind}]><opml><body><outline text='&x;&l9;'/></body></opml>"
        with pytest.raises(NotOpmlError, match="document type"):
            read_opml(opml.encode())
    for other in (b"", b"<rss/>", b"<opml>", b"<?xml version='1.0' encoding='nonsense'?><opml/>"):
        with pytest.raises(NotOpmlError):
            read_opml(other)


def test_a_nested_list_of_any_depth_is_read() -> None:
    opml = "<outline text='g'>" * 5_000 + "<outline xmlUrl='https://e.com/f'/>" + "</outline>" * 5_000
    assert [one.url for one in read_opml(f"<opml><body>{opml}</body></opml>".encode())] == ["https://e.com/f"]


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (Found("https://e.com/1", "PR Newswire: All"), "pr-newswire-all"),
        (Found("https://www.e.com/1"), "www-e-com"),
        (Found("https://e.com/1", "日本"), "feed"),
        (Found("https://e.com/1", "Taken"), "taken-3"),
    ],
)
def test_a_feed_gets_an_id_that_is_free(found: Found, name: str) -> None:
    assert feed_id(found, ["taken", "taken-2"]) == name
