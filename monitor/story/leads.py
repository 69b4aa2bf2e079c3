"""By what a release is found again whose opening was cut, edited or given another name: MinHash bands.

    lead ─▶ word shingles ─▶ MinHash ─▶ bands; two leads that share a band are likely near-duplicates

They only propose: whether it is the same story, company and figures decide (`monitor.story.decide`).
"""

from __future__ import annotations

import hashlib

from rensa import RMinHash

from monitor.story.identity import LEAD_LETTERS, after_dateline, normalised

_WORDS = 3
_LEAST_SHINGLES = 20
"""Texts with fewer are refused: empty and very short ones all hash alike."""
_BANDS, _ROWS = 8, 3
"""Leads that share 70 % of their shingles share a band with 96 % probability, those with 20 % in 6 %."""
_SEED = 1


def lead_keys(text: str) -> tuple[str, ...]:
    """Return the keys of the first letters of a release, one a band; none if there are too few of them."""
    words = normalised(after_dateline(text.lstrip())[: 4 * LEAD_LETTERS])[:LEAD_LETTERS].split()
    shingles = {" ".join(words[start : start + _WORDS]) for start in range(len(words) - _WORDS + 1)}
    if len(shingles) < _LEAST_SHINGLES:
        return ()
    sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    sketch.update(sorted(shingles))
    values = sketch.digest()
    return tuple(_key(band, values[band * _ROWS : (band + 1) * _ROWS]) for band in range(_BANDS))


def _key(band: int, values: list[int]) -> str:
    said = b"".join(value.to_bytes(4, "big") for value in (band, *values))
    return hashlib.blake2b(said, digest_size=8, person=b"lead").hexdigest()
