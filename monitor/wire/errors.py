"""What can go wrong with a feed, one line each for people.

FeedError                          a poll that gave no items              status         worth a retry
├── FetchError                     no usable answer
│   ├── UnreachableError           DNS, connect, TLS, reset, no HTTP      unreachable    soon
│   │   └── TooSlowError           the timeout of the feed ran out        unreachable    soon
│   ├── CredentialError            a secret of the feed is not set        refused        no: set it, restart
│   ├── AddressRefusedError        a private or reserved address          refused        no: change the config
│   ├── RobotsRefuseError          robots.txt disallows an item's page    –              no: summary decides
│   ├── FailedBeforeError          an item's page failed a moment ago     –              no: summary decides
│   ├── BadRedirectError           too many hops, or to what is no HTTP   refused        late
│   ├── TooLargeError              the decoded body exceeds the limit     refused        late
│   └── BadStatusError             any other status than 200 and 304      refused        late
│       ├── ServerTroubleError     5xx, 408                               unreachable    soon
│       │   └── MisledError            404 behind a redirect              unreachable    soon
│       ├── ThrottledError         429, and 503 with Retry-After          throttled      when the host says
│       └── GoneError              410                                    gone           no: remove the feed
└── ContentError                   an answer that is no feed
    ├── NotAFeedError              HTML, JSON, empty                      not_a_feed     late
    ├── CaptchaError               a page that asks for a human           captcha        late
    ├── NoArticleError             an item's page without an article      –              no: summary decides
    └── HostileError               parsing had to be killed               not_a_feed     late
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import ClassVar

from monitor.model import FeedStatus


class Retry(Enum):
    """When another poll may help: after the usual back-off, after a long one, or not before ops act."""

    SOON = "soon"
    LATE = "late"
    NEVER = "never"


class FeedError(Exception):
    """A poll that gave no items. `str()` is one line: what happened at which host and what to do.

    `wait` is how long the host asks to be left alone, where it does.
    """

    status: ClassVar[FeedStatus] = FeedStatus.UNREACHABLE
    retry: ClassVar[Retry] = Retry.SOON

    def __init__(self, problem: str, *, wait: timedelta | None = None) -> None:
        super().__init__(problem)
        self.wait = wait


class FetchError(FeedError):
    """No usable answer came."""


class UnreachableError(FetchError):
    """The host could not be reached, or broke off before its answer began."""


class TooSlowError(UnreachableError):
    """The feed's timeout ran out."""


class CredentialError(FetchError):
    """A secret that the feed's settings name is not to be had."""

    status = FeedStatus.REFUSED
    retry = Retry.NEVER


class AddressRefusedError(FetchError):
    """The feed, or a redirect, leads to an address that must not be fetched."""

    status = FeedStatus.REFUSED
    retry = Retry.NEVER


class RobotsRefuseError(FetchError):
    """The host's robots.txt does not let us read the page that an item leads to."""

    status = FeedStatus.REFUSED
    retry = Retry.NEVER


class FailedBeforeError(FetchError):
    """The page that an item leads to could not be had a moment ago; it is not asked for again yet."""

    retry = Retry.NEVER


class BadRedirectError(FetchError):
    """Redirects go round in a circle, or to something that is no HTTP address."""

    status = FeedStatus.REFUSED
    retry = Retry.LATE


class TooLargeError(FetchError):
    """The body, decompressed, exceeds the limit."""

    status = FeedStatus.REFUSED
    retry = Retry.LATE


class BadStatusError(FetchError):
    """The host answered with a status that is neither 200 nor 304: `code`, where that matters."""

    status = FeedStatus.REFUSED
    retry = Retry.LATE

    def __init__(self, problem: str, *, wait: timedelta | None = None, code: int = 0) -> None:
        super().__init__(problem, wait=wait)
        self.code = code


class ServerTroubleError(BadStatusError):
    """The host itself is in trouble."""

    status = FeedStatus.UNREACHABLE
    retry = Retry.SOON


class MisledError(ServerTroubleError):
    """A redirect led to nothing (404). Some hosts do that now and then; the next request is answered."""


class ThrottledError(BadStatusError):
    """The host asks for fewer requests; `wait` says for how long where it told."""

    status = FeedStatus.THROTTLED
    retry = Retry.SOON


class GoneError(BadStatusError):
    """The host says that the feed will not come back."""

    status = FeedStatus.GONE
    retry = Retry.NEVER


class ContentError(FeedError):
    """An answer came, but it is no feed."""

    status = FeedStatus.NOT_A_FEED
    retry = Retry.LATE


class NotAFeedError(ContentError):
    """The answer is something else: a page, an error message, nothing at all."""


class NoArticleError(ContentError):
    """The page that an item leads to has no article that could be told from the rest of it."""

    retry = Retry.NEVER


class CaptchaError(ContentError):
    """A page that wants to know whether a human asks."""

    status = FeedStatus.CAPTCHA


class HostileError(ContentError):
    """The answer took more time or memory to parse than any feed may."""
