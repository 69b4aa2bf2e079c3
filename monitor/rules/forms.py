"""The forms of an English word: "cut~" in a phrase stands for cut, cuts and cutting.

Regular endings follow the spelling rules of any English grammar; irregular words are listed. A form that no
one writes does no harm in a pattern, so nouns and verbs are not told apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR: dict[str, str] = {
    "be": "be is are was were been being am",
    "begin": "begin begins began begun beginning",
    "bring": "bring brings brought bringing",
    "buy": "buy buys bought buying",
    "come": "come comes came coming",
    "cut": "cut cuts cutting",
    "do": "do does did done doing",
    "fall": "fall falls fell fallen falling",
    "fight": "fight fights fought fighting",
    "find": "find finds found finding",
    "foresee": "foresee foresees foresaw foreseen foreseeing",
    "get": "get gets got gotten getting",
    "give": "give gives gave given giving",
    "go": "go goes went gone going",
    "have": "have has had having",
    "grow": "grow grows grew grown growing",
    "hit": "hit hits hitting",
    "keep": "keep keeps kept keeping",
    "lay": "lay lays laid laying",
    "leave": "leave leaves left leaving",
    "let": "let lets letting",
    "lose": "lose loses lost losing",
    "make": "make makes made making",
    "man": "man men",
    "mean": "mean means meant meaning",
    "pay": "pay pays paid paying",
    "put": "put puts putting",
    "run": "run runs ran running",
    "say": "say says said saying",
    "rise": "rise rises rose risen rising",
    "see": "see sees saw seen seeing",
    "seek": "seek seeks sought seeking",
    "sell": "sell sells sold selling",
    "send": "send sends sent sending",
    "set": "set sets setting",
    "shed": "shed sheds shedding",
    "shrink": "shrink shrinks shrank shrunk shrinking",
    "shut": "shut shuts shutting",
    "take": "take takes took taken taking",
    "tell": "tell tells told telling",
    "think": "think thinks thought thinking",
    "woman": "woman women",
    "write": "write writes wrote written writing",
}
_VOWELS = "aeiou"
# One stressed syllable that ends consonant-vowel-consonant doubles its last letter: trim, trimmed.
_DOUBLING = re.compile(r"[^aeiou]*(?:qu)?[aeiou][^aeiouwxy]")


@lru_cache(maxsize=8192)
def forms(word: str) -> tuple[str, ...]:
    """Return the forms of a word in lower case, the word itself first, without repetition."""
    base = word.casefold()
    if base in _IRREGULAR:
        return tuple(_IRREGULAR[base].split())
    return tuple(dict.fromkeys((base, _third(base), _past(base), _participle(base))))


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    return base[:-1] + "ies" if _ends_in_consonant_y(base) else base + "s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if _ends_in_consonant_y(base):
        return base[:-1] + "ied"
    return _doubled(base) + "ed"


def _participle(base: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return _doubled(base) + "ing"


def _doubled(base: str) -> str:
    return base + base[-1:] if _DOUBLING.fullmatch(base) else base


def _ends_in_consonant_y(base: str) -> bool:
    return len(base) > 1 and base.endswith("y") and base[-2] not in _VOWELS
