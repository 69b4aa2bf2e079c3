"""The configuration folder as one checked whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from monitor import __version__
from monitor.alert.watchlists import WatchlistFile
from monitor.app.meaning import World, mistakes
from monitor.config.problems import ConfigError, Problem
from monitor.config.source import Source
from monitor.config.validate import load
from monitor.extract.gazetteer import load_gazetteer
from monitor.rules import Classifier, RuleError, compile_rules
from monitor.rules.language import RuleFile, check
from monitor.wire.feeds import Duration, FeedFile

M = TypeVar("M", bound=BaseModel)


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
    remember_items: Duration = Field(timedelta(days=30), ge=timedelta(days=1))

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


class _Reader:
    """Loads files one after the other and gathers the mistakes of all of them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def one(self, path: Path, model: type[M]) -> tuple[M, Source] | None:
        try:
            return load(path, model)
        except ConfigError as error:
            self.problems.extend(error.problems)
            return None

    def all(self, folder: Path, model: type[M]) -> Iterator[tuple[M, Source]]:
        paths = sorted(folder.glob("*.yaml"))
        if not paths:
            self.problems.append(Problem(folder, 1, 1, "no *.yaml file is here", "add one"))
        for path in paths:
            if found := self.one(path, model):
                yield found


def _rules(reader: _Reader, folder: Path) -> tuple[tuple[RuleFile, Source], ...]:
    files = tuple(reader.all(folder / "rules", RuleFile))
    for rules, source in files:
        reader.problems.extend(
            source.problem(mistake.loc, mistake.message, mistake.fix, offset=mistake.offset)
            for mistake in check(rules)
        )
    return files


def _watchlists(reader: _Reader, folder: Path, world: World) -> tuple[WatchlistFile, ...]:
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


def _with_terms(reader: _Reader, watchlist: WatchlistFile, source: Source) -> WatchlistFile:
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


def load_rules(folder: Path) -> tuple[tuple[RuleFile, Source], ...]:
    """Return the rule files of a configuration folder, and where each part of them stands.

    Raises:
        ConfigError: with every mistake in every rule file.
    """
    reader = _Reader()
    files = _rules(reader, folder)
    if reader.problems:
        raise ConfigError(reader.problems)
    return files


def load_settings(folder: Path) -> Settings:
    """Return the whole configuration.

    Raises:
        ConfigError: with every mistake in every file.
    """
    reader = _Reader()
    monitor = reader.one(folder / "monitor.yaml", MonitorFile)
    feeds = reader.one(folder / "feeds.yaml", FeedFile)
    found = len(reader.problems)
    rules = tuple(file for file, _ in _rules(reader, folder))
    world = World(
        rule_sets=tuple(file.rule_set for file in rules) if len(reader.problems) == found else None,
        wires=tuple(feed.wire for feed in feeds[0].feeds) if feeds else None,
        gazetteer=cache(load_gazetteer),
    )
    watchlists = _watchlists(reader, folder / "watchlists", world)
    if reader.problems or monitor is None or feeds is None:
        raise ConfigError(reader.problems)
    return Settings(folder, monitor[0], feeds[0], rules, watchlists)


def compiled(rules: Sequence[RuleFile]) -> Classifier:
    """Return the classifier of checked rule files.

    Raises:
        ConfigError: two files have the same rule set.
    """
    try:
        return compile_rules(rules)
    except RuleError as error:
        raise ConfigError([Problem(Path("rules"), 1, 1, str(error))]) from error
