"""The files of a configuration folder, read one after the other, with the mistakes of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from monitor.config.problems import ConfigError, Problem
from monitor.config.source import Source, read
from monitor.config.validate import validated

M = TypeVar("M", bound=BaseModel)


class FolderReader:
    """Reads files and gathers what is wrong in `problems`; what is right is handed out all the same."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def one(self, path: Path, model: type[M]) -> tuple[M, Source] | None:
        """Return a file as a model, with the places of its parts; None if it has mistakes."""
        source = self._source(path)
        return self._model(source, model) if source else None

    def all(self, folder: Path, model: type[M]) -> Iterator[tuple[M, Source]]:
        """Yield the YAML files of a folder in the order of their names."""
        for source in self.sources(folder):
            if found := self._model(source, model):
                yield found

    def sources(self, folder: Path) -> Iterator[Source]:
        """Yield the YAML files of a folder as plain data, in the order of their names."""
        paths = sorted(folder.glob("*.yaml"))
        if not paths:
            self.problems.append(Problem(folder, 0, 0, "no *.yaml file is here", "add one"))
        for path in paths:
            if source := self._source(path):
                yield source

    def validated(self, source: Source, model: type[M]) -> M | None:
        """Return a file's data as a model; None if it has mistakes."""
        try:
            return validated(source, model)
        except ConfigError as error:
            self.problems.extend(error.problems)
            return None

    def _model(self, source: Source, model: type[M]) -> tuple[M, Source] | None:
        found = self.validated(source, model)
        return None if found is None else (found, source)

    def _source(self, path: Path) -> Source | None:
        try:
            return read(path)
        except ConfigError as error:
            self.problems.extend(error.problems)
            return None
