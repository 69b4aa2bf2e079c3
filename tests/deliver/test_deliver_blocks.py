from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from deliver_samples import CARD, SENTENCE, notice
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block, RichTextBlock

from monitor.deliver import render
from monitor.deliver.blocks import MAX_TEXT, Message, changes_in_words, message, reply
from monitor.model import Card, Change, ChangeKind, Quote

HOSTILE = st.text(max_size=400) | st.sampled_from(
    [
        "<!channel>",
        "<@U1ABCDEF>",
        "<https://evil.example|SEC filing>",
        "&lt;!here&gt;",
        "> *x* _y_ ~z~ `c`",
        "😀" * 5000,
    ]
)
SPANS = st.lists(st.tuples(st.integers(-5, 500), st.integers(-5, 500)), max_size=4).map(tuple)
CARDS = st.builds(
    Card,
    who=HOSTILE,
    how_many=HOSTILE,
    where=HOSTILE,
    what=HOSTILE,
    quote=st.builds(Quote, HOSTILE, SPANS),
    source=HOSTILE,
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
    link=HOSTILE | st.just("https://example.com/a|b>"),
    changes=st.lists(st.builds(Change, st.sampled_from(ChangeKind), HOSTILE, HOSTILE), max_size=9).map(tuple),
    watchlists=st.lists(HOSTILE, max_size=30).map(tuple),
    mention=st.just(""),
)


def parts(message: Message) -> list[dict[str, Any]]:
    elements = message.blocks[0]["elements"]
    assert isinstance(elements, list)
    return elements


def leaves(message: Message) -> Iterator[dict[str, Any]]:
    for part in parts(message):
        yield from part["elements"]


def shown(message: Message) -> str:
    return "".join(leaf.get("text") or leaf.get("fallback", "") for leaf in leaves(message))


@given(CARDS, st.booleans())
def test_no_card_breaks_slack_or_pings(any_card: Card, update: bool) -> None:
    for said in (message(any_card, update=update), reply(any_card)):
        for block in said.blocks:
            parsed = Block.parse(block)
            assert isinstance(parsed, RichTextBlock)
            parsed.validate_json()
        assert {leaf["type"] for leaf in leaves(said)} <= {"text", "link", "date"}
        assert all(leaf.get("text") != "" for leaf in leaves(said))
        assert 0 < len(said.text) <= MAX_TEXT
        assert not re.search(r"[<>*_~`\n]", said.text)
        assert len(said.plain) <= MAX_TEXT
        assert not re.search(r"<(?!https?://[^<>|]*>)", said.plain)
        assert len(json.dumps(said.blocks)) < 50_000


@given(HOSTILE)
def test_no_notice_breaks_slack_or_pings(words: str) -> None:
    said = render.message(notice("key", words))
    assert 0 < len(said.text) <= MAX_TEXT
    assert not re.search(r"[<>*_~`\n]", said.text)
    assert (said.plain, said.blocks) == (said.text, ())


def test_a_message_says_who_how_many_where_what_and_how_we_know() -> None:
    said = message(replace(CARD, watchlists=("Semiconductors",)))
    assert shown(said).splitlines()[:2] == [
        "Acme Corp. (NYSE: ACME) — about 500 jobs",
        "Rochester, NY · planned layoff" + SENTENCE + "PR Newswire · 2026-03-02 14:05 UTC · Semiconductors",
    ]
    assert said.text == (
        "Acme Corp. (NYSE: ACME) — about 500 jobs | Rochester, NY · planned layoff | "
        f"“{SENTENCE}” | PR Newswire · 2026-03-02 14:05 UTC"
    )


def test_the_number_in_the_quote_is_bold_and_nothing_else() -> None:
    quote = parts(message(CARD))[1]
    assert quote["type"] == "rich_text_quote"
    bold = [leaf["text"] for leaf in quote["elements"] if leaf.get("style") == {"bold": True}]
    assert bold == ["about 500"]
    assert "".join(leaf["text"] for leaf in quote["elements"]) == SENTENCE


def test_a_long_sentence_is_cut_around_its_number() -> None:
    text = "Some words here. " * 400 + "It cuts 73 jobs now. " + "More words there. " * 400
    start = text.index("73 jobs")
    said = message(replace(CARD, quote=Quote(text, ((start, start + 7),))))
    assert "It cuts 73 jobs now." in shown(said)


def test_outside_text_is_shown_to_the_letter() -> None:
    title = "<!channel> <https://evil.example|SEC filing> <@U1ABCDEF> &lt;!here&gt; *bold*"
    said = message(replace(CARD, who=title))
    assert shown(said).startswith(title)
    assert "&lt;!channel&gt;" in said.text
    assert "&amp;lt;!here&amp;gt;" in said.text


def test_the_link_carries_the_wires_name() -> None:
    links = [leaf for leaf in leaves(message(CARD)) if leaf["type"] == "link"]
    assert links == [{"type": "link", "url": "https://example.com/acme?id=1&x=2", "text": "PR Newswire"}]


def test_a_link_that_is_none_leaves_the_wires_name() -> None:
    said = message(replace(CARD, link="javascript:alert(1)"))
    assert "PR Newswire" in shown(said)
    assert not [leaf for leaf in leaves(said) if leaf["type"] == "link"]


def test_an_update_tells_the_difference() -> None:
    changed = replace(
        CARD,
        changes=(
            Change(ChangeKind.FIRST, "", "anything"),
            Change(ChangeKind.HEADCOUNT, "about 500", "about 650"),
            Change(ChangeKind.ALSO_ON, "", "GlobeNewswire"),
        ),
    )
    assert changes_in_words(changed) == "about 500 → about 650 jobs; also on GlobeNewswire"
    assert shown(reply(changed)).startswith("Update: about 500 → about 650 jobs")
    assert reply(changed).text.startswith("Update: Acme Corp. (NYSE: ACME) — about 500 → about 650 jobs")
    assert shown(message(changed, update=True)).startswith("Update: Acme Corp.")


@pytest.mark.parametrize(
    ("mention", "element", "markup"),
    [
        ("here", {"type": "broadcast", "range": "here"}, "<!here>"),
        ("@channel", {"type": "broadcast", "range": "channel"}, "<!channel>"),
        ("U024BE7LH", {"type": "user", "user_id": "U024BE7LH"}, "<@U024BE7LH>"),
        ("<!subteam^SAZ94GDB8>", {"type": "usergroup", "usergroup_id": "SAZ94GDB8"}, "<!subteam^SAZ94GDB8>"),
    ],
)
def test_only_the_configured_mention_pings(mention: str, element: dict[str, str], markup: str) -> None:
    said = message(replace(CARD, mention=mention))
    assert next(leaves(said)) == element
    assert said.plain.startswith(markup + " Acme")
    assert "<" not in said.text


def test_a_mention_that_is_none_pings_nobody() -> None:
    assert message(replace(CARD, mention="the desk, <https://x>")) == message(CARD)


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_a_date_no_client_can_format_is_written_out(year: int) -> None:
    said = message(replace(CARD, published=datetime(year, 12, 31, 23, 0, tzinfo=UTC)))
    assert not [leaf for leaf in leaves(said) if leaf["type"] == "date"]
    assert f"{year:04d}-12-31" in shown(said).replace(f" {year}-", f" {year:04d}-")
