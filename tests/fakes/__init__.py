"""Stand-ins for what is outside, as real servers on this machine."""
