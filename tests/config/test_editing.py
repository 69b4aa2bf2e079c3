from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.editing import add_to_list
from monitor.config.problems import ConfigError
from monitor.wire.feeds import FeedFile

TEXT = """\
# Our feeds.
version: 1
feeds:
  # --- one ---
  - id: one   # the first
    wire: One
    url: https://example.com/one
    headers:
      X-Key: abc

# Looked at and left out:
#   Two
"""


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "feeds.yaml"
    path.write_text(text)
    return path


def entry(name: str, **more: str | bool) -> dict[str, str | bool]:
    return {"id": name, "wire": "W", "url": f"https://example.com/{name}", **more}


def test_an_entry_is_added_after_the_last_and_all_else_stays(tmp_path: Path) -> None:
    path = file(tmp_path, TEXT)
    result = add_to_list(
        path,
        "feeds",
        [entry("two", title='A "quoted": title # ü', allow_private_networks=True), entry("three")],
        FeedFile,
    )
    assert [feed.id for feed in result.feeds] == ["one", "two", "three"]
    assert result.feeds[1].title == 'A "quoted": title # ü'
    lines = path.read_text().splitlines()
    kept = iter(lines)
    assert all(line in kept for line in TEXT.splitlines()), "every line, in its order"
    assert lines.index('  - id: "two"') < lines.index("# Looked at and left out:")
    assert list(tmp_path.iterdir()) == [path]


def test_an_entry_that_is_a_mistake_changes_nothing(tmp_path: Path) -> None:
    path = file(tmp_path, TEXT)
    with pytest.raises(ConfigError, match="another feed has this id"):
        add_to_list(path, "feeds", [entry("one")], FeedFile)
    assert path.read_text() == TEXT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 1\n", "no list 'feeds' is here"),
        ("feeds: [{id: one, wire: W, url: 'https://example.com'}]\n", "not one entry a line"),
    ],
)
def test_a_file_that_gives_no_form_to_follow_is_left_alone(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        add_to_list(file(tmp_path, text), "feeds", [entry("two")], FeedFile)
