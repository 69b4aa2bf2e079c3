"""The configuration folder as one checked whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from monitor import __version__
from monitor.alert.watchlists import WatchlistFile
from monitor.app.manners import feed_mistakes
from monitor.app.meaning import World, mistakes
from monitor.app.rulebook import read_rules
from monitor.config.folder import FolderReader
from monitor.config.problems import ConfigError, Problem
from monitor.config.source import Source
from monitor.extract.gazetteer import load_gazetteer
from monitor.rules.language import RuleFile
from monitor.wire.durations import Duration
from monitor.wire.feeds import FeedFile


class WebPart(BaseModel):
    """The page. Where other machines reach it, NEWSWIRE_MONITOR_WEB_TOKEN or `proxy_header` must be set."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    enabled: bool = Field(default=True, description="Whether `newswire-monitor run` serves the page too.")
    host: str = Field(default="127.0.0.1", description="The address it listens at.")
    port: int = Field(default=8787, ge=0, le=65_535, description="0 takes a free one.")
    proxy_header: str = Field(
        default="",
        description="A header that your proxy sets for people it has logged in.",
    )


class MonitorFile(BaseModel):
    """`monitor.yaml`: how the monitor behaves as a whole."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    contact: str = Field(
        "", description="Address for the people who run the wires; goes into the User-Agent."
    )
    data: Path = Path("data")
    ops_channel: str = Field(
        "", description="Slack channel that is told of parked channels and dead letters."
    )
    web: WebPart = WebPart()
    keep_items: Duration = Field(
        timedelta(days=7),
        ge=timedelta(hours=1),
        description="How long an item is kept after it was decided, for explain and replay.",
    )
    remember_items: Duration = Field(timedelta(days=30), ge=timedelta(days=1))
    keep_articles: Duration = Field(
        timedelta(hours=48),
        ge=timedelta(minutes=1),
        le=timedelta(days=30),
        description="How long the text of an article that was read is kept.",
    )

    @property
    def user_agent(self) -> str:
        """An honest User-Agent with the contact, as RFC 9110, 10.1.5 asks of robots."""
        return f"newswire-monitor/{__version__}" + (f" ({self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the configuration folder says."""

    folder: Path
    monitor: MonitorFile
    feeds: FeedFile
    rules: tuple[RuleFile, ...]
    watchlists: tuple[WatchlistFile, ...]


def _watchlists(reader: FolderReader, folder: Path, world: World) -> tuple[WatchlistFile, ...]:
    named: dict[str, Path] = {}
    watchlists = []
    for watchlist, source in reader.all(folder, WatchlistFile):
        reader.problems.extend(mistakes(watchlist, source, world))
        if watchlist.name in named:
            other = f"{named[watchlist.name].name} has it too"
            problem = source.problem(("name",), f"a second watchlist is called '{watchlist.name}'", other)
            reader.problems.append(problem)
        named[watchlist.name] = source.path
        watchlists.append(_with_terms(reader, watchlist, source))
    return tuple(watchlists)


def _with_terms(reader: FolderReader, watchlist: WatchlistFile, source: Source) -> WatchlistFile:
    """Return the watchlist with the companies of the files it names, found beside it."""
    companies = watchlist.filters.companies
    for number, file in enumerate(companies.files if companies else ()):
        try:
            lines = (source.path.parent / file).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            loc = ("filters", "companies", "files", number)
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            remedy = f"it is looked for in {source.path.parent}"
            reader.problems.append(source.problem(loc, f"'{file}' cannot be read: {reason}", remedy))
            continue
        companies = companies.with_terms(lines) if companies else None
    return watchlist.model_copy(
        update={"filters": watchlist.filters.model_copy(update={"companies": companies})}
    )


def load_settings(folder: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Return the whole configuration.

    Args:
        folder: Where the files are.
        environ: Where every secret that the files name must be; `None`: that is not looked at.

    Raises:
        ConfigError: with every mistake in every file.
    """
    if not folder.is_dir():
        remedy = f"newswire-monitor init {folder} writes one; -c names another"
        raise ConfigError([Problem(folder, 0, 0, "there is no such configuration folder", remedy)])
    reader = FolderReader()
    monitor = reader.one(folder / "monitor.yaml", MonitorFile)
    feeds = reader.one(folder / "feeds.yaml", FeedFile)
    if feeds:
        reader.problems.extend(feed_mistakes(*feeds, environ))
    found = len(reader.problems)
    rules = read_rules(reader, folder).sets
    world = World(
        rule_sets=tuple(file.rule_set for file in rules) if len(reader.problems) == found else None,
        wires=tuple(feed.wire for feed in feeds[0].feeds) if feeds else None,
        gazetteer=cache(load_gazetteer),
    )
    watchlists = _watchlists(reader, folder / "watchlists", world)
    if reader.problems or monitor is None or feeds is None:
        raise ConfigError(reader.problems)
    return Settings(folder, monitor[0], feeds[0], rules, watchlists)
