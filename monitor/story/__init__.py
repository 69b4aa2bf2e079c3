"""Whether an item is news: item identity, story identity, and what a revision changes."""
