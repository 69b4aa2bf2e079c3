"""Newswire Monitor: who is cutting how many jobs, and where, from wire feeds to Slack."""

__version__ = "0.1.0"
