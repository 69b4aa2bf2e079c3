from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.deliver.text import ELLIPSIS, clean, cut, escape, escaped_units, link, units

HOSTILE = st.text(st.characters(), max_size=300) | st.text(
    "<>&*_~`|!@# \u202e\u200d\u200b\n👍🏽é\u0301🇩🇪", max_size=300
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("cuts\n\t500 jobs ", "cuts 500 jobs"),
        ("safe\u202egpj.exe\u202c", "safegpj.exe"),
        ("in\u200bvis\u2060ible\ufeff", "invisible"),
        ("\x1b[31mred\x00", "[31mred"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("z" + "\u0301" * 50, "z" + "\u0301" * 4),
        ("lone \ud800 half", "lone half"),
    ],
)
def test_what_cannot_be_seen_goes(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@given(HOSTILE)
def test_a_clean_text_is_one_printable_line(raw: str) -> None:
    shown = clean(raw)
    assert clean(shown) == shown
    assert all(unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    shown.encode()


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("short", 5, "short"),
        ("a headline of words", 12, "a headline…"),
        ("👍🏽👍🏽👍🏽", 9, "👍🏽👍🏽…"),
        ("🇩🇪🇫🇷🇮🇹", 11, "🇩🇪🇫🇷…"),
        ("👨\u200d👩\u200d👧abcdef", 7, "…"),
        ("abc", 0, ""),
    ],
)
def test_a_cut_falls_between_words_else_graphemes(text: str, limit: int, shown: str) -> None:
    assert cut(text, limit) == shown


@given(HOSTILE, st.integers(0, 200))
def test_a_cut_text_fits(raw: str, limit: int) -> None:
    text = clean(raw)
    assert units(cut(text, limit)) <= limit
    assert len(escape(cut(text, limit, escaped_units))) <= limit or limit < len(ELLIPSIS)


@given(HOSTILE)
def test_an_escaped_text_holds_no_markup(raw: str) -> None:
    shown = escape(clean(raw))
    assert not set(shown) & set("<>*_~`")
    assert escaped_units(clean(raw)) == units(shown)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.com/a?b=1&c=2#d", "https://example.com/a?b=1&c=2#d"),
        ("https://example.com/a|b>c d", "https://example.com/a%7Cb%3Ec%20d"),
        ("https://example.com/100%25", "https://example.com/100%25"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.com", ""),
        ("https://", ""),
        ("https://slack.com@example.com/", ""),
        ("https://[::1", ""),
        ("https://example.com/" + "x" * 5000, ""),
        ("https://example.com/\ud800", ""),
    ],
)
def test_only_web_links_pass_and_none_can_break_out(url: str, safe: str) -> None:
    assert link(url) == safe


@given(st.text(max_size=200))
def test_a_link_is_safe_or_empty(tail: str) -> None:
    safe = link("https://example.com/" + tail)
    assert not set(safe) & set('<>|"` \n')
    assert not safe or urlsplit(safe).hostname == "example.com"
