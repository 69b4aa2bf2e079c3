"""The settings of feeds, as `config/feeds.yaml` holds them: validated here, read by the config room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from hashlib import blake2b
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cssselect import GenericTranslator, SelectorError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from monitor.model import Limit, Slot
from monitor.wire.durations import Duration

# RFC 9110, 5.6.2: a field name is a token; 5.5: a value holds no line end, which would start another field.
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e]*")


def _bounds(value: object) -> object:
    """Let one duration stand for both bounds."""
    return {"at_least": value, "at_most": value} if isinstance(value, str | timedelta) else value


def _from_environment(value: SecretStr) -> SecretStr:
    if not REFERENCE.fullmatch(value.get_secret_value()):
        raise ValueError("a secret stands in the file — write ${NAME} and set NAME, or NAME_FILE, outside")
    return value


# A name in the environment: the value of NAME, or the content of the file that NAME_FILE names.
REFERENCE = re.compile(r"\$\{([A-Z][A-Z0-9_]{0,99})\}")
Secret = Annotated[SecretStr, AfterValidator(_from_environment)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class Article(BaseModel):
    """Whether and how the articles behind a feed's summaries are read.

    `auto`: when an item may announce something, or names a company of a watchlist, and its summary is cut or
    lacks a number or place. `always`: of every item, which suits an issuer's own few. `never`: not at all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    read: Literal["auto", "always", "never"] = "auto"
    selector: str = Field(
        default="", description="CSS selector of the article on its page, where it is not found by itself."
    )

    @field_validator("selector")
    @classmethod
    def _selects(cls, selector: str) -> str:
        if selector:
            try:
                GenericTranslator().css_to_xpath(selector)
            except SelectorError as error:
                raise ValueError(f"this is no CSS selector ({error}) — write it like 'div.article'") from None
        return selector


class Interval(BaseModel):
    """How often a feed is polled: between these bounds by how fast it turns over."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    at_least: Duration = Field(ge=timedelta(seconds=5), le=timedelta(days=1))
    at_most: Duration = Field(ge=timedelta(seconds=5), le=timedelta(days=1))

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.at_most < self.at_least:
            raise ValueError("at_most is shorter than at_least — swap them")
        return self


class BasicAuth(BaseModel):
    """User and password (RFC 7617)."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    user: Name
    password: Secret


class Host(BaseModel):
    """What a host bears, from all pollers together. `contact`: it refuses programs that name none."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    concurrency: int = Field(default=2, ge=1, le=256)
    per_second: float | None = Field(default=None, gt=0, le=1000)
    contact: bool = False

    @property
    def limit(self) -> Limit:
        """The limits as the store takes them."""
        return Limit(self.concurrency, timedelta(seconds=1 / self.per_second if self.per_second else 0))


# https://www.sec.gov/os/webmaster-faq#code-support: at most 10 requests a second, with a contact. Half of
# that, since redirects count too.
SEC = Host(per_second=5, contact=True)


class Feed(BaseModel):
    """One RSS or Atom URL. Immutable; `id` is the name by which state, logs and the page know the feed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")] = Field(
        examples=["prnewswire-business"]
    )
    wire: Name
    url: str
    title: str = Field(default="", description="The channel title to expect. Another one means: wrong feed.")
    enabled: bool = True
    interval: Annotated[Interval, BeforeValidator(_bounds, json_schema_input_type=Duration | Interval)] = (
        Interval(at_least=timedelta(minutes=1), at_most=timedelta(minutes=10))
    )
    timeout: Duration = Field(default=timedelta(seconds=20), ge=timedelta(seconds=1), le=timedelta(minutes=2))
    first_poll_window: Duration = Field(
        default=timedelta(0),
        ge=timedelta(0),
        description="At first contact, items published at most this long ago are announced; older are not.",
    )
    zone: str = Field(default="UTC", description="IANA time zone of the feed's dates that name none.")
    article: Article = Article()
    headers: dict[str, SecretStr] = Field(default_factory=dict)
    basic_auth: BasicAuth | None = None
    token: Secret | None = Field(default=None, description="Sent as 'Authorization: Bearer …' (RFC 6750).")
    proxy: SecretStr | None = Field(
        default=None, description="An HTTP proxy; it is trusted to keep us out of private networks."
    )
    user_agent: str = Field(default="", description="In place of the monitor's own.")
    languages: tuple[Language, ...] = Field(
        default=(), description="Items that say they are in another language are left out; empty takes all."
    )
    allow_private_networks: bool = Field(
        default=False, description="May the feed live on this machine or in a private network?"
    )

    @field_validator("url")
    @classmethod
    def _fetchable(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("this is no whole address — start it with https:// or http://")
        if parts.username or parts.password:
            raise ValueError("credentials stand in the address — put them into headers (Authorization)")
        return url

    @field_validator("zone")
    @classmethod
    def _exists(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(
                "there is no such time zone — write its IANA name, like America/New_York"
            ) from None
        return zone

    @field_validator("headers")
    @classmethod
    def _sendable(cls, headers: dict[str, SecretStr]) -> dict[str, SecretStr]:
        for name, value in headers.items():
            if not _HEADER_NAME.fullmatch(name):
                raise ValueError("a header's name has another character — write letters, digits and hyphens")
            if not _HEADER_VALUE.fullmatch(value.get_secret_value()):
                raise ValueError(
                    f"the value of header {name} has a character that HTTP does not allow — remove it"
                )
        return headers

    @field_validator("proxy")
    @classmethod
    def _connectable(cls, proxy: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(proxy.get_secret_value() if proxy else "http://none")
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError("this is no proxy's address — write http://host:port")
        if parts.password and not REFERENCE.fullmatch(parts.password):
            raise ValueError("the proxy's password stands in the file — write http://user:${NAME}@host:port")
        return proxy

    @field_validator("user_agent")
    @classmethod
    def _a_header(cls, text: str) -> str:
        if not _HEADER_VALUE.fullmatch(text):
            raise ValueError("the user agent has a character that HTTP does not allow — remove it")
        return text

    @model_validator(mode="after")
    def _one_authorization(self) -> Self:
        named = [name for name in self.headers if name.lower() == "authorization"]
        if len([way for way in (named, self.basic_auth, self.token) if way]) > 1:
            raise ValueError(
                "there is more than one of basic_auth, token and an Authorization header — keep one"
            )
        return self

    @property
    def host(self) -> str:
        """The host that answers for the feed, in lower case: what log lines go by."""
        return urlsplit(self.url).hostname or ""

    @cached_property
    def settings(self) -> str:
        """A name for these settings, which changes when any of them does, values of secrets excepted."""
        return blake2b(self.model_dump_json().encode(), digest_size=8).hexdigest()


class FeedFile(BaseModel):
    """The whole of `feeds.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    version: Literal[1] = 1
    hosts: dict[str, Host] = Field(default_factory=dict)
    feeds: tuple[Feed, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for what in ("id", "url"):
            seen: set[str] = set()
            for number, feed in enumerate(self.feeds):
                value = getattr(feed, what)
                if value in seen:
                    raise PydanticCustomError(
                        "placed_error",
                        "another feed has this {what}",
                        {"what": what, "at": ("feeds", number, what), "remedy": "give each feed its own"},
                    )
                seen.add(value)
        return self

    @property
    def enabled(self) -> tuple[Feed, ...]:
        """The feeds that are polled."""
        return tuple(feed for feed in self.feeds if feed.enabled)


class Hosts:
    """The limits of all hosts, those of the configuration included.

    Args:
        hosts: By name; one holds for the names under it too ("sec.gov" for "www.sec.gov"), and "default" for
            every host that no other name covers.
    """

    def __init__(self, hosts: Mapping[str, Host] | None = None) -> None:
        self._hosts = {"sec.gov": SEC, "default": Host(), **(hosts or {})}
        self._names: dict[str, str] = {}

    @property
    def limits(self) -> Mapping[str, Limit]:
        """The limits by name; those of a host that is not there are under ""."""
        limits = {name: host.limit for name, host in self._hosts.items()}
        return {"": limits.pop("default"), **limits}

    def slot(self, feed: Feed) -> Slot:
        """Return a feed's place in the schedule."""
        return Slot(feed.id, self._name(feed))

    def needs_contact(self, feed: Feed) -> bool:
        """Tell whether the feed's host refuses programs that name no contact."""
        return self._hosts.get(self._name(feed), self._hosts["default"]).contact

    def _name(self, feed: Feed) -> str:
        host = feed.host
        if (name := self._names.get(host)) is None:
            labels = host.split(".")
            names = (".".join(labels[first:]) for first in range(len(labels)))
            self._names[host] = name = next((name for name in names if name in self._hosts), host)
        return name
