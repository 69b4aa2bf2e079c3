from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.problems import ConfigError, Problem
from monitor.config.source import parse, read

FILE = Path("rules.yaml")


def mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse(FILE, text)
    return [str(problem).splitlines()[0] for problem in caught.value.problems]


def test_words_that_older_yaml_turned_into_values_stay_text() -> None:
    data = parse(FILE, "country: NO\nswitch: on\nopen: 12:30\nday: 2026-11-24\n").data
    assert data == {"country": "NO", "switch": "on", "open": "12:30", "day": "2026-11-24"}


def test_plain_numbers_and_booleans_keep_their_type() -> None:
    assert parse(FILE, "a: 12\nb: -1.5\nc: true\nd:\n").data == {"a": 12, "b": -1.5, "c": True, "d": None}


@pytest.mark.parametrize("number", ["010", "1_000", "0x1f", "1e3", ".5"])
def test_a_number_that_reads_two_ways_is_refused_with_a_remedy(number: str) -> None:
    assert mistakes(f"interval: {number}\n") == [
        f"rules.yaml:1:11: '{number}' can be read as more than one number"
        f" — write it in plain digits, or as text: '{number}'"
    ]


def test_all_mistakes_of_form_are_told_at_once_with_their_places() -> None:
    assert mistakes("a: 1\nb: &x 2\na: 3\nc: !py 4\n") == [
        "rules.yaml:2:4: anchors and aliases are not allowed — write the value out",
        "rules.yaml:3:1: duplicate key 'a' — the first one is in line 1",
        "rules.yaml:4:4: the tag '!py' is not allowed — remove it",
    ]


def test_the_line_is_shown_with_a_caret_under_the_column() -> None:
    with pytest.raises(ConfigError) as caught:
        parse(FILE, "feeds:\n  - id: 0x1f\n")
    assert str(caught.value).splitlines()[1:] == ["      - id: 0x1f", "            ^"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c\n", "rules.yaml:1:5: not valid YAML: mapping values are not allowed here"),
        ("[" * 5000, "rules.yaml:1:1: nested too deeply — use fewer levels"),
        (
            "a: 1\n---\nb: 2\n",
            "rules.yaml:2:1: not valid YAML: expected a single document in the stream",
        ),
        ("\ta: 1\n", "rules.yaml:1:1: not valid YAML: found character '\\t' that cannot start any token"),
        ("a: \x07\n", "rules.yaml:1:1: not valid YAML: a character is not allowed — remove it"),
        ("? [a]\n: 1\n", "rules.yaml:1:1: a key must be a single word or text — write it without brackets"),
        ("a: " + "x" * 1_000_001, "rules.yaml:1:1: the file is larger than 1,000,000 bytes — split it"),
    ],
)
def test_text_that_is_not_yaml_is_refused_in_one_line(text: str, said: str) -> None:
    assert mistakes(text)[0].startswith(said)


def test_an_alias_bomb_is_refused_without_being_expanded() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60))
    assert "anchors and aliases" in mistakes(bomb)[0]


def test_a_token_in_a_file_is_never_repeated_in_an_error() -> None:
    with pytest.raises(ConfigError) as caught:
        parse(FILE, "token: !secret xoxb-1234-abcd\n")
    assert "xoxb-1234" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("match: cut jobs\n", 4, (1, 12)),
        ("match: 'cut jobs'\n", 4, (1, 13)),
        ("match: |\n  one\n  two\n", 5, (3, 2)),
    ],
)
def test_a_mistake_inside_a_text_is_placed_at_its_own_column(
    text: str, offset: int, place: tuple[int, int]
) -> None:
    problem = parse(FILE, text).problem(("match",), "wrong", offset=offset)
    assert (problem.line, problem.column) == place


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml:1:1: cannot be read: No such file"):
        read(tmp_path / "none.yaml")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("name: Montréal".encode("latin-1"))
    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        read(path)


@given(st.text(max_size=300))
def test_any_text_is_data_or_names_its_mistakes(text: str) -> None:
    try:
        problems: tuple[Problem, ...] = ()
        parse(FILE, text)
    except ConfigError as error:
        problems = error.problems
    assert all(1 <= problem.line <= len(text.splitlines()) + 1 for problem in problems)


def test_a_folded_text_is_one_line_without_marks_of_the_fold() -> None:
    assert parse(FILE, "text: >\n  one\n  two\n").data == {"text": "one two\n"}
