"""Texts that a phrase matches, for the lint: to see whether another phrase finds all of them too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from monitor.rules.forms import forms
from monitor.rules.grammar import Choice, Gap, Named, Phrase, Start, Word, parse_phrase

MOST_SAMPLES = 300

_SLOT_SAMPLES: Mapping[str, tuple[str, ...]] = {
    "number": ("500", "1,300", "several hundred"),
    "percent": ("12 percent", "7%"),
    "money": ("$5 million", "300 euros"),
    "name": ("Acme",),
    "year": ("2009",),
    "weekday": ("Monday",),
    "month": ("March",),
}


def samples(phrase: str, vocabularies: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], bool]:
    """Return texts that the phrase matches, and whether these are all its words' choices.

    Gaps are sampled empty and full; at most `MOST_SAMPLES` texts are made.
    """
    found = tuple(islice(_texts(parse_phrase(phrase), vocabularies), MOST_SAMPLES + 1))
    return found[:MOST_SAMPLES], len(found) <= MOST_SAMPLES


def _texts(phrase: Phrase, vocabularies: Mapping[str, Sequence[str]]) -> Iterator[str]:
    choices = [tuple(_choices(part, vocabularies)) for part in phrase]
    for chosen in product(*choices):
        yield " ".join(text for text in chosen if text)


def _choices(
    part: Word | Choice | Named | Gap | Start, vocabularies: Mapping[str, Sequence[str]]
) -> list[str]:
    if isinstance(part, Start):
        return [""]
    if isinstance(part, Gap):
        return ["", " ".join(["zz"] * part.most)]
    if isinstance(part, Word):
        found = list(forms(part.text)) if part.tail == "~" else [part.text + ("zz" if part.tail else "")]
    elif isinstance(part, Choice):
        found = [
            text for phrase in part.phrases for text in islice(_texts(phrase, vocabularies), MOST_SAMPLES)
        ]
    elif part.name in _SLOT_SAMPLES:
        found = list(_SLOT_SAMPLES[part.name])
    else:
        entries = vocabularies.get(part.name, ())
        found = [text for entry in entries for text in islice(_texts(parse_phrase(entry), {}), MOST_SAMPLES)]
    return ["", *found] if part.optional else found
