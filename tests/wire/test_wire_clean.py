from __future__ import annotations

import unicodedata

import pytest
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from monitor.wire.clean import plain_line, plain_text, without_markup


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("  Acme\n cuts\t73   jobs ", "Acme cuts 73 jobs"),
        ("a\u202eb\u200bc\u2066d\ufeff", "abcd"),
        ("job\xadless", "jobless"),
        ("a\u2028b\x85c\x0bd", "a b cd"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("\ud800x", "x"),
    ],
)
def test_a_line_is_visible_and_single_spaced(raw: str, line: str) -> None:
    assert plain_line(raw) == line


def test_a_line_of_ten_megabytes_is_cut() -> None:
    assert plain_line("x" * 10_000_000) == "x" * 1024


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two &amp; three.</p>", "One.\n\nTwo & three."),
        ("<p>One\nline.</p>", "One line."),
        ("One\n\nTwo", "One\n\nTwo"),
        ("a<br/>b<BR>c", "a\nb\nc"),
        ("<b>7</b>3 jobs", "73 jobs"),
        ("x<script>if (a<b) alert()</script>y", "xy"),
        ("x<!-- <p>no</p> -->y", "xy"),
        ("x<!-- never closed", "x"),
        ("<a href=\"a>b\" title='c>d'>link</a>", "link"),
        ("<a title=don't>link</a>", "link"),
        ("profit < 5 and > 3", "profit < 5 and > 3"),
        ("&lt;b&gt;", "<b>"),
        ("caf&eacute; &#8212; &#x2014;", "café — —"),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert plain_text(without_markup(markup)) == text


@given(st.text())
def test_plain_text_is_a_fixed_point_without_anything_invisible(raw: str) -> None:
    text = plain_text(raw)
    assert plain_text(text) == text
    assert not any(unicodedata.category(char) in ("Cc", "Cs") and char != "\n" for char in text)
    assert "\n\n\n" not in text


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", '<a "', "<a '", "<script>", "<", "&", "<![CDATA[", "<p", "\n "]
)
def test_hostile_markup_costs_linear_time(piece: str) -> None:
    assert is_linear(lambda size: plain_text(without_markup(piece * (size // len(piece)))), 30_000)
