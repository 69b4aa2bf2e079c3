from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from monitor.wire.credentials import filled_in, request_headers
from monitor.wire.errors import CredentialError
from monitor.wire.feeds import Feed

FEED: dict[str, Any] = {"id": "a", "wire": "W", "url": "https://example.com/feed"}
SECRET = "hunter2"


def feed(**options: object) -> Feed:
    return Feed.model_validate(FEED | options)


def test_secrets_come_from_the_environment() -> None:
    environ = {"WIRE_KEY": SECRET}
    assert request_headers(feed(token="${WIRE_KEY}"), environ) == {"Authorization": f"Bearer {SECRET}"}
    assert request_headers(feed(headers={"X-Key": "v1 ${WIRE_KEY}"}), environ) == {"X-Key": f"v1 {SECRET}"}
    basic = feed(basic_auth={"user": "ops", "password": "${WIRE_KEY}"})
    assert request_headers(basic, environ) == {
        "Authorization": "Basic " + b64encode(f"ops:{SECRET}".encode()).decode()
    }


def test_or_from_a_file_that_the_environment_names(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{SECRET}\n")
    assert filled_in("${WIRE_KEY}", {"WIRE_KEY_FILE": str(tmp_path / "key")}) == SECRET


def test_a_feed_may_have_a_user_agent_of_its_own() -> None:
    assert request_headers(feed(user_agent="partner/1"), {}) == {"User-Agent": "partner/1"}


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({}, "WIRE_KEY is not set"),
        (
            {"WIRE_KEY_FILE": "/nowhere/key"},
            "WIRE_KEY_FILE names /nowhere/key, which cannot be read: No such",
        ),
        ({"WIRE_KEY": SECRET, "WIRE_KEY_FILE": "/x"}, "WIRE_KEY and WIRE_KEY_FILE are both set"),
        ({"WIRE_KEY": f"{SECRET}\r\nX: y"}, "WIRE_KEY has a character that HTTP does not allow"),
    ],
)
def test_a_secret_that_is_not_to_be_had_is_named_and_not_shown(environ: dict[str, str], said: str) -> None:
    with pytest.raises(CredentialError, match=said) as caught:
        request_headers(feed(token="${WIRE_KEY}"), environ)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"token": SECRET}, r"write \$\{NAME\}"),
        ({"basic_auth": {"user": "ops", "password": SECRET}}, r"write \$\{NAME\}"),
        ({"proxy": f"http://ops:{SECRET}@proxy:3128"}, "password stands in the file"),
        ({"proxy": "socks5://proxy"}, "http://host:port"),
        ({"token": "${A}", "headers": {"authorization": "x"}}, "more than one"),
        ({"user_agent": "a\r\nb"}, "user agent"),
        ({"languages": ["English"]}, "pattern"),
        ({"interval": {"at_least": "5m", "at_most": "1m"}}, "swap them"),
        ({"interval": {"at_least": "5m"}}, "Field required"),
    ],
)
def test_mistakes_in_options_are_named_without_what_may_be_secret(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said) as caught:
        feed(**options)
    assert SECRET not in str(caught.value)


def test_secrets_are_in_no_repr_and_in_no_name_of_settings() -> None:
    secret = feed(proxy="http://ops:${PW}@proxy:3128", headers={"Authorization": SECRET})
    assert SECRET not in repr(secret)
    assert secret.settings == feed(proxy="http://x:${PW}@proxy:3128", headers={"Authorization": "y"}).settings
    assert secret.settings != feed(proxy="http://ops:${PW}@proxy:3128").settings
