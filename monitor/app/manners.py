"""What `feeds.yaml` asks for that the wires or this environment do not give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from monitor.config.problems import Problem
from monitor.config.source import Loc, Source
from monitor.wire.credentials import filled_in
from monitor.wire.durations import shown_duration
from monitor.wire.errors import CredentialError
from monitor.wire.feeds import REFERENCE, Feed, FeedFile

# The least time between polls of a feed at a host, names under it included. It is that of the shipped feeds,
# which is short enough to lose nothing: polling faster gains no item.
LEAST = {
    "prnewswire.com": timedelta(seconds=30),
    "globenewswire.com": timedelta(seconds=45),
    "sec.gov": timedelta(seconds=60),
    "newsfilecorp.com": timedelta(seconds=180),
}


def least_interval(host: str) -> timedelta:
    """Return the shortest time between polls that a host's operator has to bear; 0 for one we do not know."""
    return next((least for name, least in LEAST.items() if f".{host}".endswith(f".{name}")), timedelta(0))


def feed_mistakes(file: FeedFile, source: Source, environ: Mapping[str, str] | None) -> Iterator[Problem]:
    """Yield what cannot stay as it is in the feeds that are polled, each placed in its file.

    `environ` is where secrets are looked for; `None`: they are not.
    """
    for number, feed in enumerate(file.feeds):
        if feed.enabled:
            yield from _too_often(feed, ("feeds", number), source)
            for loc, text in _filled_in(feed) if environ is not None else ():
                yield from _not_set(text, ("feeds", number, *loc), source, environ or {})


def _too_often(feed: Feed, loc: Loc, source: Source) -> Iterator[Problem]:
    least, asked = least_interval(feed.host), feed.interval.at_least
    if asked < least:
        message = f"{shown_duration(asked)} between polls is too short for {feed.host}"
        remedy = f"write {shown_duration(least)} or more"
        yield source.problem((*loc, "interval", "at_least"), message, remedy)


def _filled_in(feed: Feed) -> Iterator[tuple[Loc, str]]:
    """Yield the settings that may name secrets, with their places."""
    for name, value in feed.headers.items():
        yield ("headers", name), value.get_secret_value()
    if feed.basic_auth:
        yield ("basic_auth", "password"), feed.basic_auth.password.get_secret_value()
    for name, one in (("token", feed.token), ("proxy", feed.proxy)):
        if one:
            yield (name,), one.get_secret_value()


def _not_set(text: str, loc: Loc, source: Source, environ: Mapping[str, str]) -> Iterator[Problem]:
    for found in REFERENCE.finditer(text):
        try:
            filled_in(found[0], environ)
        except CredentialError as error:
            message, _, remedy = str(error).partition(": ")
            yield source.problem(loc, message, remedy, offset=found.start())
