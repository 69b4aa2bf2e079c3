"""The facts of an announcement, each with the span of text that it was read from."""
