"""What is wrong with a configuration, said for people.

ConfigError                 one or more problems; carries them all, worth no retry until a file changes
  Problem                   (a record, not an exception) one mistake: where, what, and the remedy
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from monitor.model import MendableError

_SECRET = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|hooks\.slack\.com/services/\S+|(?<=://)[^/\s@]+(?=@)")
_WHOLE_SECRET = re.compile(r"(?:xox[a-z]-|xapp-)[\w-]{8,}|hooks\.slack\.com/services/\w+/\w+")


def is_secret(text: str) -> bool:
    """Whether the text holds a Slack token or the address of a Slack webhook."""
    return _WHOLE_SECRET.search(text) is not None


def redacted(text: str) -> str:
    """Return the text with Slack tokens, webhook paths and URL credentials blotted out."""
    return _SECRET.sub("[redacted]", text)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake at `path:line:column` (both from 1; 0: the path as a whole), its remedy, and its line."""

    path: Path
    line: int
    column: int
    message: str
    remedy: str = ""
    source_line: str = ""

    def __str__(self) -> str:
        """Return `path:line:column: message — remedy`, then the line with a caret under the column."""
        where = f"{self.path}:{self.line}:{self.column}" if self.line else str(self.path)
        said = f"{where}: {self.message}"
        if self.remedy:
            said += f" — {self.remedy}"
        if self.source_line.strip():
            head = redacted(self.source_line[: self.column - 1]).expandtabs(4)
            said += f"\n    {redacted(self.source_line).expandtabs(4)}\n    {' ' * len(head)}^"
        return said


class ConfigError(MendableError):
    """A configuration that cannot be used. `problems` holds every mistake, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
