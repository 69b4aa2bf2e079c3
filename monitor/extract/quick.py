"""A cheap first test of a text, before what is costly is read from it."""

from __future__ import annotations

from collections.abc import Callable

import re2


def quick(pattern: str) -> Callable[[str], bool]:
    """Return a test whether RE2 finds the pattern, in any case, in a text.

    On a sentence RE2 is about ten times as fast as `re` with an alternation of words, and linear on any text.
    """
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    search = re2.compile(pattern, options=options).search
    return lambda text: search(text) is not None
