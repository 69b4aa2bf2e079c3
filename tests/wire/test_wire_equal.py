"""Reading a body in portions gives what reading it as a whole does, whatever the format and the encoding."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Item
from monitor.wire.delta import cut
from monitor.wire.errors import NotAFeedError
from monitor.wire.parse import Origin, parse

NOW = datetime(2026, 10, 2, tzinfo=UTC)
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_BOMS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}

# Every one is whole XML, and stands where an entry's title, text or category stands.
VALUES = (
    "plain",
    "a &amp; b &lt;b&gt;bold&lt;/b&gt; &#8212; &#x2014; &quot;q&quot;",
    "caf\u00e9 \u2013 \u201cquoted\u201d",
    "<![CDATA[<p>One &amp; two</p></item></entry>]]>",
    "<![CDATA[]]>split<![CDATA[ <item> ]]>",
    "<!-- </item> <entry> -->said",
    "<b>nested <i>markup</i></b> text",
    "<?php echo '</item>' ?>instructed",
    "&amp;lt;p&amp;gt;escaped twice&amp;lt;/p&amp;gt;",
    " \n\t spaced \r\n out ",
    "",
)
EXTRAS = (
    "",
    "<dc:creator>Desk</dc:creator><dc:keyword>a</dc:keyword><dc:keyword>b</dc:keyword>",
    "<media:content xmlns:media='urn:m' url='x'><media:title>other</media:title></media:content>",
    "<x:item xmlns:x='urn:x'>not an entry</x:item>",
    "<items/><entryish>no</entryish>",
    "<enclosure url='https://example.com/a.mp3' length='1' type='audio/mpeg'/>",
)


def _item(number: int, value: str, extra: str) -> str:
    return (
        f"<item><title>T{number} {value}</title><link>https://example.com/{number}</link>"
        f"<description>D{number} {value}</description><category>{value}</category>{extra}</item>"
    )


def _entry(number: int, value: str, extra: str) -> str:
    return (
        f"<entry><id>urn:{number}</id><title type='html'>T{number} {value}</title>"
        f"<link href='https://example.com/{number}'/><summary type='html'>D{number} {value}</summary>"
        f"{extra}</entry>"
    )


FORMATS = {
    "rss091": (
        "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://my.netscape.com/rss-0.91.dtd'>"
        "<rss version='0.91' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>t</title>{}</channel></rss>",
        _item,
    ),
    "rss092": (
        "<rss version='0.92' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>t</title>{}</channel></rss>",
        _item,
    ),
    "rss20": (
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>t</title>"
        "<language>de</language>{}<image><title>i</title></image></channel></rss>",
        _item,
    ),
    "rss090": (
        f"<rdf:RDF xmlns:rdf='{_RDF}' xmlns='http://my.netscape.com/rdf/simple/0.9/'"
        " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>t</title></channel>{}</rdf:RDF>",
        _item,
    ),
    "rss10": (
        f"<rdf:RDF xmlns:rdf='{_RDF}' xmlns='http://purl.org/rss/1.0/'"
        " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>t</title><items><rdf:Seq/></items></channel>"
        "{}</rdf:RDF>",
        _item,
    ),
    "atom03": (
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<title>t</title>{}</feed>",
        _entry,
    ),
    "atom10": (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:dc='http://purl.org/dc/elements/1.1/' xml:lang='fr'>"
        "<title>t</title>{}</feed>",
        _entry,
    ),
}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252", "us-ascii", "koi8-r")


@st.composite
def bodies(draw: st.DrawFn, values: tuple[str, ...] = VALUES) -> tuple[bytes, str, int]:
    """Return a body, the Content-Type it comes with, and how many entries it holds."""
    shell, entry = FORMATS[draw(st.sampled_from(sorted(FORMATS)))]
    count = draw(st.integers(1, 6))
    value, extra, gap = (
        st.sampled_from(values),
        st.sampled_from(EXTRAS),
        st.sampled_from(["", "\n", "<!-- -->"]),
    )
    entries = "".join(draw(gap) + entry(number, draw(value), draw(extra)) for number in range(count))
    encoding = draw(st.sampled_from(ENCODINGS))
    wide = encoding.startswith("utf-16")
    bom = _BOMS.get(encoding, b"") if wide or draw(st.booleans()) else b""
    declared = "utf-16" if wide else encoding
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if wide or draw(st.booleans()) else ""
    if not declaration and encoding not in ("utf-8", "us-ascii"):
        declaration = f"<?xml version='1.0' encoding='{declared}'?>"
    text = declaration + shell.replace("{}", entries)
    kind = draw(
        st.sampled_from(["", "text/xml", "application/rss+xml", f"application/xml; charset={declared}"])
    )
    return bom + text.encode(encoding, "xmlcharrefreplace"), kind, count


def _read(body: bytes, kind: str) -> dict[str, Item]:
    return {one.link: one for one in parse(body, Origin("f", "w", "https://example.com/", NOW, kind)).items}


@settings(max_examples=300, deadline=None)
@given(bodies(), st.data())
def test_a_body_read_in_portions_gives_what_it_gives_as_a_whole(
    made: tuple[bytes, str, int], data: st.DataObject
) -> None:
    body, kind, count = made
    whole = _read(body, kind)
    assert len(whole) == count
    found = cut(body, (), kind)
    known = [name for name in found.entries if data.draw(st.booleans())]
    pared = cut(body, known, kind)
    left = _read(pared.body, kind)
    assert left.items() <= whole.items()
    if pared.fresh is None:
        assert pared.body == body
    else:
        twice = {name: found.entries.count(name) for name in known}
        assert len(left) == count - sum(twice[name] for name in set(known)) == pared.fresh


# Of damaged XML the loose parser ends an instruction at its first ">".
@settings(max_examples=300, deadline=None)
@given(bodies(tuple(value for value in VALUES if "<?" not in value)), st.data())
def test_a_body_that_breaks_off_anywhere_gives_whole_items_only(
    made: tuple[bytes, str, int], data: st.DataObject
) -> None:
    body, kind, _ = made
    whole = _read(body, kind)
    length = data.draw(st.integers(0, len(body) - 1))
    try:
        left = _read(cut(body[:length], (), kind).body, kind)
    except NotAFeedError:
        return
    # Tags may read otherwise: damaged XML is read by the loose parser.
    assert {(one.link, one.title) for one in left.values()} <= {
        (one.link, one.title) for one in whole.values()
    }


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "us-ascii", "koi8-r"])
@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_every_format_in_every_plain_encoding_is_cut(kind: str, encoding: str) -> None:
    shell, entry = FORMATS[kind]
    entries = "".join(entry(number, VALUES[number], "") for number in range(3))
    body = f"<?xml version='1.0' encoding='{encoding}'?>{shell.replace('{}', entries)}"
    assert cut(body.encode(encoding, "xmlcharrefreplace"), ()).fresh == 3
