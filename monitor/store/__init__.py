"""Redis: the embedded server or another, keys, scripts, streams."""
