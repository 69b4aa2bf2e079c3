"""The settings of feeds, as `config/feeds.yaml` holds them: validated here, read by the config room."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from cssselect import GenericTranslator, SelectorError
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from monitor.wire.durations import Duration

# RFC 9110, 5.6.2: a field name is a token; 5.5: a value holds no line end, which would start another field.
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e]*")


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
    interval: Duration = Field(default=timedelta(minutes=5), ge=timedelta(seconds=5), le=timedelta(days=1))
    timeout: Duration = Field(default=timedelta(seconds=20), ge=timedelta(seconds=1), le=timedelta(minutes=2))
    first_poll_window: Duration = Field(
        default=timedelta(0),
        ge=timedelta(0),
        description="At first contact, items published at most this long ago are announced; older are not.",
    )
    article: Article = Article()
    headers: dict[str, SecretStr] = Field(default_factory=dict)
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

    @property
    def host(self) -> str:
        """The host that answers for the feed, in lower case: what limits and log lines go by."""
        return urlsplit(self.url).hostname or ""


class FeedFile(BaseModel):
    """The whole of `feeds.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    version: Literal[1] = 1
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
