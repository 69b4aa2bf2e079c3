"""Who hears of a story, and what the alert says."""
