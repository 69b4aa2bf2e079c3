"""The staff of a site that closes: what a text tells of the jobs when it gives no number of cuts.

"Acme will close its mill in Bend, which employs 70 people." The number counts only when it is plainly that
of the site and the closing is told as a fact; where several sites close, each must have its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.extract.jobwords import EVENTS, words
from monitor.extract.number_sorts import Sort
from monitor.extract.numbers import numbers_in
from monitor.extract.reading import Reading
from monitor.extract.relations import Phrase, phrase
from monitor.extract.scenes import Scene
from monitor.extract.sentences import Sentence
from monitor.extract.tokens import tokens
from monitor.extract.wordsets import WordSet
from monitor.model import Document, Headcount

_ONE = (
    r"(?:plant|factory|mill|sawmill|site|facility|mine|smelter|store|warehouse|cent(?:er|re)|refinery|brewery|foundry|"
    r"bakery|shipyard|hospital|works|operation)"
)
_SEVERAL = (
    r"(?:plants|factories|mills|sawmills|sites|facilities|mines|smelters|stores|warehouses|cent(?:er|re)s|refineries|"
    r"breweries|foundries|bakeries|shipyards|hospitals|operations)"
)
_CLOSES = re.compile(
    r"\b(?:clos(?:e|es|ing)|closure of|shut(?:s|ting)?(?: down)?|shutter(?:s|ing)?|"
    r"discontinu(?:e|es|ing) operations at|ceas(?:e|es|ing) operating|"
    r"(?:ceas|end)(?:e|es|ing)? (?:production|operations|manufacturing) at)\b"
    rf"[^.;]{{0,90}}?\b(?:{_ONE}|(?P<many>{_SEVERAL}))\b"
    rf"|\b{_ONE}\b[^.;]{{0,160}}?\b(?:will|would|is to|to be|is being) (?:be )?(?:permanently )?"
    r"(?:close[ds]?|shut)\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"\bone of (?:its|the|their|\w+['’]s)\b", re.IGNORECASE)
_TOLD = WordSet(
    [r"\b(?:clos(?:e|es|ed|ing|ure)|shut|shuts|shutting|shutter\w*|discontinu\w+|cease|ceases|ceasing|end)\b"]
)
_UNSURE = re.compile(
    r"\b(?:may|might|could|not|no plans to|considering|if|whether|unless|avoid)\b[^.;,]{0,30}\Z"
)
_AT_SITE = re.compile(rf"\b(?:{_ONE}|{_SEVERAL})\b", re.IGNORECASE)
_EMPLOYER = re.compile(
    r"\b(?:the (?:company|group|firm|corporation)|worldwide|globally|nationwide|companywide)\b", re.IGNORECASE
)
_BEFORE_NOW = re.compile(
    r"\b(?:ago|earlier|previously(?! announced (?:cost|plan|program|restructuring))|already"
    r"|last (?:year|month|week))\b",
    re.IGNORECASE,
)
_EMPLOYING = words("employs employing employed employ with has")
_WORKING = words("work working employed")
_THERE = words("there at in")
_AFTER = 5  # sentences behind the closing that may tell how many work there
_LARGEST = 20_000
_NEAR = 40  # characters behind the number


def closing_staff(document: Document, told: Reading) -> Headcount | None:
    """Return the staff of the sites that the text says close, or None if it does not tell it plainly."""
    closing, many = None, False
    found: list[tuple[Sentence, Phrase]] = []
    for order, sentence in enumerate(told.news):
        if _BEFORE_NOW.search(sentence.text):
            continue
        closes = _closes(sentence)
        if closes is not None:
            closing, many = order, many or (bool(closes["many"]) and not _ONE_OF.search(closes[0]))
        if closing is not None and order - closing <= _AFTER and (staff := _staff(sentence, closes)):
            found.append((sentence, staff))
    if not found or (many and len(found) < 2 and not _of_all(*found[0])):
        return None
    lows = [staff.number.low for _, staff in found]
    highs = [staff.number.high for _, staff in found]
    first, staff = found[0]
    return Headcount(
        None if None in lows else sum(int(low) for low in lows if low),
        None if None in highs else sum(int(high) for high in highs if high),
        any(each.number.approximate for _, each in found),
        document.evidence(
            first.start + staff.number.start, first.start + staff.number.end, "staff of a closing site"
        ),
    )


def _of_all(sentence: Sentence, staff: Phrase) -> bool:
    """Whether the number is told of several sites at once: "two plants, with 1,700 employees"."""
    sites = _AT_SITE.findall(sentence.text[: staff.number.start])
    return bool(sites) and re.fullmatch(_SEVERAL, sites[-1], re.IGNORECASE) is not None


def _closes(sentence: Sentence) -> re.Match[str] | None:
    """The words by which a sentence tells that a site closes, as a fact."""
    match = _CLOSES.search(sentence.text) if _TOLD(sentence.text) else None
    return None if match is None or _UNSURE.search(sentence.text, 0, match.start()) else match


def _staff(sentence: Sentence, closes: re.Match[str] | None) -> Phrase | None:
    """The number of a sentence that is that of the people at a site."""
    read = tokens(sentence.text)
    scene = Scene(sentence, 0, read, numbers_in(read), (), (), ())
    for item in _people(scene):
        said, follows = sentence.text[: item.number.start], sentence.text[item.number.end :][:_NEAR]
        at_site = _AT_SITE.search(said) or (closes is None and said.startswith("It "))
        if at_site and not _EMPLOYER.search(f"{said} {follows}") and _works_there(scene, item):
            return item
    return None


def _people(scene: Scene) -> Iterator[Phrase]:
    for number in scene.numbers:
        item = phrase(scene, number)
        counted = number.sort is Sort.COUNT and (number.value or 0) <= _LARGEST
        if counted and item.noun is not None and scene.word(item.noun) not in EVENTS:
            yield item


def _works_there(scene: Scene, item: Phrase) -> bool:
    """Whether so many "work there", are "employed" by the site, or are "the plant's"."""
    before = scene.words(item.begin - 3, item.begin)
    if not _EMPLOYING.isdisjoint(before):
        return True
    if before[-1:] and before[-1].endswith("'s") and _AT_SITE.fullmatch(before[-1].removesuffix("'s")):
        return True
    after = scene.words(item.end + 1, item.end + 4)
    return not _WORKING.isdisjoint(after[:2]) and not _THERE.isdisjoint(after[1:])
