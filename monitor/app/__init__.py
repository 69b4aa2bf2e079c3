"""Puts the rooms together: settings, roles, and the demo."""
