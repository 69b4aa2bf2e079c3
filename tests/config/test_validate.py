from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, field_validator

from monitor.config.problems import ConfigError
from monitor.config.source import parse
from monitor.config.validate import load, validated


class Feed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    interval: int = 30
    order: Literal["newest", "oldest"] = "newest"

    @field_validator("interval")
    @classmethod
    def polite(cls, value: int) -> int:
        if value < 10:
            raise ValueError("the wire allows one poll in 10 seconds")
        return value


class Feeds(BaseModel):
    model_config = ConfigDict(extra="forbid")
    feeds: list[Feed]
    by_name: dict[str, Feed | None] = {}


def mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        validated(parse(Path("feeds.yaml"), text), Feeds)
    return [str(problem).splitlines()[0] for problem in caught.value.problems]


def test_a_good_file_becomes_the_model(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text("feeds:\n  - name: wire\n    interval: 45\n")
    model, source = load(path, Feeds)
    assert model.feeds == [Feed(name="wire", interval=45)]
    assert source.path == path


def test_every_mistake_is_told_with_its_place_and_remedy() -> None:
    text = "feeds:\n  - nam: a\n    interval: soon\n  - name: b\n    order: newst\n    interval: 5\nfeds: 1\n"
    assert mistakes(text) == [
        "feeds.yaml:2:5: the key 'name' is missing — add 'name: …'",
        "feeds.yaml:2:5: unknown key 'nam' — did you mean 'name'?",
        "feeds.yaml:3:15: 'soon' is no whole number — write digits",
        "feeds.yaml:5:12: 'newst' is not allowed here — did you mean 'newest'?",
        "feeds.yaml:6:15: the wire allows one poll in 10 seconds",
        "feeds.yaml:7:1: unknown key 'feds' — did you mean 'feeds'?",
    ]


def test_a_key_like_no_other_gets_the_list_of_keys() -> None:
    assert mistakes("feeds: []\nby_name:\n  a: {name: x, qqq: 1}\n") == [
        "feeds.yaml:3:16: unknown key 'qqq' — one of: interval, name, order"
    ]


def test_an_empty_file_lacks_its_keys() -> None:
    assert mistakes("") == ["feeds.yaml:1:1: the key 'feeds' is missing — add 'feeds: …'"]
