from __future__ import annotations

from datetime import UTC, datetime

from monitor.alert.mutes import ended
from monitor.model import Mute, Muted, MuteKind

MUTE = Mute(MuteKind.STORY, "a1b2", datetime(2026, 3, 2, tzinfo=UTC), "ann", "known", "Acme, 73 jobs")


def test_the_end_of_a_mute_says_whose_it_was_and_what_it_hid() -> None:
    said = ended(Muted(MUTE, {"1": "Acme, 73 jobs", "2": "Ford, 9 jobs"}))
    assert said == (
        "The mute of story Acme, 73 jobs by ann is over. It hid 2 stories: Acme, 73 jobs; Ford, 9 jobs."
    )


def test_a_mute_that_hid_nothing_says_so_and_one_that_hid_much_is_short() -> None:
    assert ended(Muted(MUTE)).endswith("It hid nothing.")
    many = ended(Muted(MUTE, {str(n): f"Company {n}, 1 job" for n in range(14)}))
    assert "It hid 14 stories" in many
    assert many.endswith("Company 9, 1 job; + 4 more.")
