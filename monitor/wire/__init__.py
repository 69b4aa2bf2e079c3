"""Feeds over HTTP: scheduling, fetching, parsing."""
