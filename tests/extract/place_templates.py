"""Sentences by template, and place names to put into them, each with what it means: every pair is a case."""

from __future__ import annotations

Named = tuple[str, str]

# Before a noun the place stands without "the".
BEFORE_A_NOUN = (
    "Acme Corp. will close its {} plant and cut 300 jobs.",
    "The layoffs will affect 85 employees at the company's {} site.",
    "Acme's {} factory will close in March, costing 500 jobs.",
    "Acme will consolidate its {} operations into its Memphis, Tennessee, campus, eliminating 150 jobs.",
)
AFTER_A_PREPOSITION = (
    "Acme is shutting a factory in {}, putting 400 people out of work.",
    "About 250 jobs will be lost in {}, Acme said.",
    "Acme plans to eliminate 60 positions at its office in {} by June.",
    "The company said 200 workers in {} would be laid off.",
    "The closure of a warehouse in {} will cost 75 jobs.",
    "Of the 700 job cuts, 300 will be in {}.",
    "Acme, which is based in Boston, will lay off 50 people in {}.",
    "Acme is cutting a third of its staff in {}.",
    "Acme opened a consultation on 90 redundancies at its works in {}.",
    "Production in {} will cease, with the loss of 65 jobs.",
    "The company will let 40 temporary workers go in {}.",
)
PLACES: tuple[Named, ...] = (
    ("Newark, NY", "Newark, NY, US"),
    ("Wilmington, Del.", "Wilmington, DE, US"),
    ("Paris, TX", "Paris, TX, US"),
    ("Santa Clara, Calif.", "Santa Clara, CA, US"),
    ("St. Louis, Missouri", "St. Louis, MO, US"),
    ("Cambridge, Mass.", "Cambridge, MA, US"),
    ("Birmingham, Alabama", "Birmingham, AL, US"),
    ("Winston-Salem, N.C.", "Winston-Salem, NC, US"),
    ("London, Ontario", "London, ON, CA"),
    ("St. John's, Newfoundland", "St. John's, NL, CA"),
    ("Leeds, England", "Leeds, GB"),
    ("Penang, Malaysia", "Penang, MY"),
    ("Detroit", "Detroit, MI, US"),
    ("Sunderland", "Sunderland, GB"),
    ("Port Talbot", "Port Talbot, GB"),
    ("Muelheim", "Muelheim, DE"),
    ("Hong Kong", "Hong Kong, HK"),
    ("Georgia", "GA, US"),
    ("Scotland", "GB"),
    ("the U.K.", "GB"),
    ("the Netherlands", "NL"),
    ("Lancashire", "Lancashire, GB"),
    ("the Bay Area", "Bay Area, CA, US"),
    ("southeastern Michigan", "MI, US"),
    ("the state of New York", "NY, US"),
)
ADJECTIVES: tuple[Named, ...] = (("German", "DE"), ("U.S.", "US"), ("Swiss", "CH"), ("South African", "ZA"))
