from __future__ import annotations

from pathlib import Path

import pytest

from monitor.app.environment import SECRETS, with_secrets
from monitor.secrets import SecretError


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_may_come_from_a_file(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("s3cret\n")
    assert with_secrets({f"{name}_FILE": str(file)})[name] == "s3cret"


def test_what_names_no_file_stays_as_it_is() -> None:
    environ = {"REDIS_URL": "redis://there", "SLACK_BOT_TOKEN_FILE": "", "HOME": "/home/ops"}
    assert with_secrets(environ) == environ


def test_a_secret_that_is_given_twice_is_refused_without_its_value(tmp_path: Path) -> None:
    with pytest.raises(SecretError) as caught:
        with_secrets({"REDIS_URL": "redis://:pw@there", "REDIS_URL_FILE": str(tmp_path)})
    assert str(caught.value) == "REDIS_URL and REDIS_URL_FILE are both set: unset one of them"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "which cannot be read: No such file or directory"),
        (b"", "which is empty: write the secret into it"),
        (b"\xff\xfe", "which is not UTF-8 text: write the secret alone into it"),
        (b"xoxb-1\nxoxb-2\n", "which has several lines: write the secret alone into it"),
    ],
)
def test_a_file_that_will_not_do_is_named_with_its_variable(
    content: bytes | None, why: str, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SecretError) as caught:
        with_secrets({"SLACK_BOT_TOKEN_FILE": str(file)})
    assert str(caught.value) == f"SLACK_BOT_TOKEN_FILE names {file}, {why}"


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    with pytest.raises(SecretError) as caught:
        with_secrets({"SLACK_BOT_TOKEN_FILE": gone, "REDIS_URL_FILE": gone})
    assert len(str(caught.value).splitlines()) == 2
