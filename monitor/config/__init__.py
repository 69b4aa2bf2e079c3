"""Configuration from YAML, with errors that name file, line and column."""
