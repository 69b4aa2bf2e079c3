"""Alerts to Slack or the terminal."""
