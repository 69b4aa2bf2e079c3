from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.number_sorts import Sort
from monitor.extract.numbers import Number, numbers


def only(text: str) -> Number:
    (found,) = numbers(text)
    return found


def bounds(text: str) -> tuple[float | None, float | None, bool]:
    found = only(text)
    return found.low, found.high, found.approximate


ONES = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
SMALL = ["", *ONES.split()]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(value: int, *, hyphen: str = "-", link: str = " and ") -> str:
    """Write a number below a million in English words."""
    if value >= 1000:
        rest = f" {spelled(value % 1000, hyphen=hyphen, link=link)}" if value % 1000 else ""
        return f"{spelled(value // 1000, hyphen=hyphen, link=link)} thousand{rest}"
    if value >= 100:
        rest = f"{link}{spelled(value % 100, hyphen=hyphen)}" if value % 100 else ""
        return f"{SMALL[value // 100]} hundred{rest}"
    if value >= 20:
        return TENS[value // 10] + (f"{hyphen}{SMALL[value % 10]}" if value % 10 else "")
    return SMALL[value]


@given(st.integers(1, 999_999), st.sampled_from("- "), st.sampled_from([" and ", " "]))
def test_any_number_in_words_is_read_back(value: int, hyphen: str, link: str) -> None:
    assert only(f"It cut {spelled(value, hyphen=hyphen, link=link)} jobs.").value == value


@given(st.integers(0, 10**12), st.sampled_from([",", "'", "’", "\u00a0", "\u2009", "\u202f", " ", "."]))
def test_any_number_with_separators_of_thousands_is_read_back(value: int, separator: str) -> None:
    assert only(f"It cut {value:,} jobs.".replace(",", separator)).value == value


@given(st.integers(0, 10**15))
def test_any_plain_number_is_read_back(value: int) -> None:
    assert only(f"cut {value} jobs").value == value


@given(st.text(alphabet="bcjklmpqz ,.-;()'\n", max_size=120))
def test_a_text_without_digits_and_words_of_number_has_no_number(text: str) -> None:
    assert numbers(text) == ()


@given(st.text(alphabet="0123456789 ,.-;()jobs\n", max_size=120))
def test_no_digits_are_invented(text: str) -> None:
    for found in numbers(text):
        span = "".join(filter(str.isdigit, text[found.start : found.end]))
        for bound in (found.low, found.high):
            digits = "".join(filter(str.isdigit, "" if bound is None else f"{Decimal(str(bound)):f}"))
            assert digits.strip("0") in span


def test_a_scaled_decimal_keeps_its_digits() -> None:
    assert [found.low for found in numbers("8.2b jobs")] == [8_200_000_000]


@given(
    st.lists(
        st.sampled_from("more than about 1,200 2.5 seventy-three up to jobs , and % a third $ -".split())
    )
)
def test_spans_are_in_order_and_white_space_does_not_matter(words: list[str]) -> None:
    plain, wide = " ".join(words), "  \n ".join(words)
    first, second = numbers(plain), numbers(wide)
    assert [(n.low, n.high, n.sort) for n in first] == [(n.low, n.high, n.sort) for n in second]
    assert all(a.end <= b.start for a, b in pairwise(first))
    assert all(0 <= n.start < n.end <= len(plain) for n in first)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2k", 1200), ("5m", 5_000_000), ("1.5 million", 1_500_000), ("two dozen", 24), ("a dozen", 12),
        ("half a million", 500_000), ("15 hundred", 1500), ("one hundred and five", 105), ("1,234.5", 1234.5),
    ],
)  # fmt: skip
def test_scales_and_dozens(text: str, value: float) -> None:
    assert only(text).value == value


@pytest.mark.parametrize(
    ("text", "low", "high", "approximate"),
    [
        ("73", 73, 73, False),
        ("approximately 73", 73, 73, True),
        ("nearly 2,000", 2000, 2000, True),
        ("some 400", 400, 400, True),
        ("an estimated 300", 300, 300, True),
        ("up to 2,500", None, 2500, False),
        ("as many as an additional 500", None, 500, False),
        ("at most 60", None, 60, False),
        ("fewer than 60", None, 60, False),
        ("up to about 60", None, 60, True),
        ("more than 1,000", 1000, None, False),
        ("at least 60", 60, None, False),
        ("no fewer than 60", 60, None, False),
        ("1,000 or more", 1000, None, False),
        ("1,000+", 1000, None, False),
        ("between 30 and 40", 30, 40, False),
        ("200 to 250", 200, 250, False),
        ("600-800", 600, 800, False),
        ("600–800", 600, 800, False),
        ("15 to 20 million", 15_000_000, 20_000_000, False),
    ],
)
def test_hedges_say_which_bound_is_known(
    text: str, low: float | None, high: float | None, approximate: bool
) -> None:
    assert bounds(text) == (low, high, approximate)


@pytest.mark.parametrize("text", ["from 1,200 to 900", "cut 40 and 50", "by 600 to 1,400"])
def test_two_numbers_that_make_no_range_stay_two(text: str) -> None:
    assert len(numbers(text)) == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10 percent", 10), ("10 per cent", 10), ("12.5%", 12.5), ("12,5 %", 12.5), ("2.125 percent", 2.125),
        ("about 5 pct", 5),
    ],
)  # fmt: skip
def test_percentages(text: str, value: float) -> None:
    assert (only(text).value, only(text).sort) == (value, Sort.PERCENT)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("about a third of it", 33),
        ("two-thirds", 67),
        ("nearly half its staff", 50),
        ("one in five workers", 20),
        ("one worker in five", 20),
        ("1 in 4 employees", 25),
        ("one out of ten", 10),
        ("1 out of every 10", 10),
    ],
)
def test_fractions_are_read_in_percent(text: str, value: int) -> None:
    found = only(text)
    assert found.sort is Sort.FRACTION
    assert found.value is not None
    assert round(found.value) == value


@pytest.mark.parametrize(
    "text", ["hundreds", "several hundred", "a few dozen", "tens of thousands", "a handful"]
)
def test_vague_words_are_kept_without_a_value(text: str) -> None:
    found = only(text)
    assert (found.sort, found.value, text[found.start : found.end]) == (Sort.VAGUE, None, text)


@pytest.mark.parametrize(
    "text", ["$50", "€1.2 billion", "CAD 31 million", "7.6 billion Swedish crowns", "40 cents"]
)
def test_money_is_known_by_its_currency(text: str) -> None:
    assert only(text).sort is Sort.MONEY


@pytest.mark.parametrize(
    "text", ["1990s", "3/4", "2:00", "3rd", "9001:2008", "A320", "F-16", "the first half of it"]
)
def test_codes_dates_and_periods_count_nothing(text: str) -> None:
    assert all(found.sort is Sort.CODE for found in numbers(text))


@pytest.mark.parametrize(
    "piece", ["1", "1,", ",", "A", "one hundred and ", "1 200 ", "more than ", "1 to 2 "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    assert is_linear(lambda size: numbers((piece * size)[:size]), 25_000)
