"""What a feed's requests carry: its headers, with secrets filled in from the environment."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping

from monitor.secrets import SecretError, secret
from monitor.wire.errors import CredentialError
from monitor.wire.feeds import REFERENCE, Feed

_UNSENDABLE = re.compile(r"[^\t\x20-\x7e]")


def request_headers(feed: Feed, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a feed's requests, conditions excepted.

    Raises:
        CredentialError: a secret is not set, or cannot be sent; the message names it, never its value.
    """
    headers = {name: filled_in(value.get_secret_value(), environ) for name, value in feed.headers.items()}
    if feed.user_agent:
        headers["User-Agent"] = feed.user_agent
    if feed.token is not None:
        headers["Authorization"] = f"Bearer {filled_in(feed.token.get_secret_value(), environ)}"
    if feed.basic_auth is not None:
        password = filled_in(feed.basic_auth.password.get_secret_value(), environ)
        pair = f"{feed.basic_auth.user}:{password}".encode()
        headers["Authorization"] = f"Basic {b64encode(pair).decode()}"
    return headers


def filled_in(text: str, environ: Mapping[str, str]) -> str:
    """Return a setting with every `${NAME}` replaced by NAME, or by what the file at NAME_FILE holds.

    Raises:
        CredentialError: see `request_headers`.
    """
    return REFERENCE.sub(lambda found: _secret(found[1], environ), text)


def _secret(name: str, environ: Mapping[str, str]) -> str:
    try:
        value = secret(name, environ)
    except SecretError as error:
        raise CredentialError(str(error)) from None
    if not value:
        raise CredentialError(f"{name} is not set: set it, or {name}_FILE, where the monitor is started")
    if _UNSENDABLE.search(value):
        raise CredentialError(f"{name} has a character that HTTP does not allow: check what it is set to")
    return value
