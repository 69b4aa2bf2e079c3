"""What can be told to people as it is."""

from __future__ import annotations


class MendableError(Exception):
    """An error that people can mend. Its message says what happened, where, and what to do."""
