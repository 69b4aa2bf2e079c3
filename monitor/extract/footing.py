"""How each organisation of a text stands to the cut, as named features collected sentence by sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from monitor.extract.employers import Employer
from monitor.extract.lexicon import COMMON, NATIONS
from monitor.extract.names import Name, key_of, shouts
from monitor.extract.reading import Reading
from monitor.extract.roles import VERB, Role, governs, role_of
from monitor.extract.sentences import Sentence
from monitor.model import Document, ZoneKind


class Feature(StrEnum):
    """What may speak for or against an organisation as the employer that cuts."""

    SUBJECT = "subject of the cut"
    SUBJECT_LATER = "subject of the cut, later"
    SUBJECT_HEADLINE = "subject of the cut, headline"
    RESOLVED = "the company, resolved"
    WHOSE = "whose cut"
    WHOSE_LATER = "whose cut, later"
    WHOSE_HEADLINE = "whose cut, headline"
    SCENE = "where the cut falls"
    SCENE_LATER = "where the cut falls, later"
    SCENE_HEADLINE = "where the cut falls, headline"
    SPOKEN_FOR = "spoken for"
    SPOKEN_FOR_LATER = "spoken for, later"
    SPOKEN_FOR_HEADLINE = "spoken for, headline"
    NAMED_NEXT = "named right after"
    OPENS_HEADLINE = "opens the headline"
    IN_HEADLINE = "in the headline"
    OPENS_LEAD = "opens the lead"
    IN_LEAD = "in the lead"
    HEADS_BRIEF = "heads a brief"
    DATELINE_ISSUER = "issuer by the dateline"
    SIGNED_FOR = "signed for"
    CALLED_COMPANY = "called the Company"
    ABOUT = "About section"
    LISTED = "stock listing"
    LEGAL_FORM = "legal form"
    OFTEN = "mentioned often"
    AUTHOR = "feed's author"
    TICKER = "feed's ticker"
    COMMON_WORD = "may be a common word"
    ONLY_HEADLINE = "only in the headline"
    PART = "part of the employer"
    OWNER = "owner of the employer"
    PARTY = "other party"
    PUBLIC = "public body or market"
    PLACE = "place"
    ANALYST = "analyst's house"
    MEDIA = "reported by"
    UNION = "union"
    PERSON = "person"


_Told = list[tuple[Name, Employer, Role]]

_LEADING = frozenset({Role.SUBJECT, Role.POSSESSOR, Role.SPOKEN_FOR})
_AGAINST = {
    Role.PART: Feature.PART,
    Role.OWNER: Feature.OWNER,
    Role.PARTY: Feature.PARTY,
    Role.PUBLIC: Feature.PUBLIC,
    Role.PLACE: Feature.PLACE,
    Role.ANALYST: Feature.ANALYST,
    Role.MEDIA: Feature.MEDIA,
    Role.UNION: Feature.UNION,
    Role.PERSON: Feature.PERSON,
}
_OFTEN = 3
_OPENING = 60  # characters of a sentence in which its governing name stands
_POSSESSION = 120  # characters behind the cut in which "Foo's plants" still own it
_ABOUT_WINDOW = 2000
_SIGNATURE = 200

_ANAPHOR = re.compile(
    r"(?:^|[,;] |\b(?:and|but|that|said|which) )(?:it|the (?:[\w.-]+ ){0,3}?"
    r"(?:company|firm|group|bank|lender|insurer|retailer|airline|carrier|\w*maker|manufacturer|"
    r"operator|producer|"
    r"chain|giant|provider|supplier|university|newspaper|publisher|brokerage|corporation|"
    r"conglomerate|agency|city|"
    r"state|ministry))\b(?!['’]s)",
    re.IGNORECASE,
)
_WHEREBY = re.compile(r"\b(?:when|as|after|because|if|once|unless)\s(?:the\s)?(?:[a-z][\w-]*\s){0,3}\Z")
_SITE = re.compile(
    r"\s(?:[a-z][\w-]*\s){0,2}?(?:plants?|works|factory|factories|mills?|sites?|offices?|stores?|branch(?:es)?|mines?|"
    r"smelter|refinery|shipyard|facilit(?:y|ies)|warehouses?|cent(?:er|re)s?|headquarters|campus|depots?)\b"
)
_NOUN_BEHIND = re.compile(rf"\s(?!and\b|or\b|{VERB})[a-z]")
_CALLED = re.compile(
    r"\s?\((?:[^()]{0,60}\b(?:or|and),? )?(?:the )?[\"“'](?:the )?(?:Company|Corporation|Group|Bank)\b"
)
_SIGNED = re.compile(
    r"\b(?:President|CEO|Officer|Chancellor|Provost|Director|Superintendent|Chairman|Founder)"
    r"(?:,\s?|\n)(?:the\s)?\Z"
)
_ABOUT = re.compile(r"^\W*(?:About|ABOUT)\s(?:the\s)?([^\n.:]{2,80})", re.MULTILINE)


class Footing:
    """The features of the organisations of one document.

    Sentences are read in order, because the first that tells the cut weighs most and because "the company"
    means the organisation that was spoken of last.
    """

    def __init__(self, told: Reading, spans: tuple[Sentence, ...], found: tuple[Employer, ...]) -> None:
        self._told = told
        self._text = told.document.text
        self._found = found
        self._marks: dict[int, dict[Feature, None]] = {id(employer): {} for employer in found}
        self._against: dict[int, Counter[Role]] = {id(employer): Counter() for employer in found}
        self._mentions: dict[int, list[tuple[Name, Employer]]] = {}
        for name, employer in sorted(_mentions(found), key=lambda each: each[0].start):
            self._mentions.setdefault(name.sentence, []).append((name, employer))
        self._in_text = any(name.zone is not ZoneKind.TITLE for name, _ in _mentions(found))
        self._cut_told = False
        self._focus: Employer | None = None
        self._lead: Name | None = None
        self._unnamed = False  # the sentence before tells a cut of "a Bavarian company"
        for number, sentence in enumerate(spans):
            if sentence.zone is not ZoneKind.DATELINE and number in self._mentions:
                self._read(sentence, self._mentions[number])
            elif self._focus is not None:
                self._read(sentence, [])
        self._headline(told.document, spans)
        self._about(told.document)

    def features(self, employer: Employer) -> Iterable[Feature]:
        """Return the features of one of the organisations, each once."""
        marks = dict(self._marks[id(employer)])
        told = sum(name.zone is not ZoneKind.DATELINE for name in employer.names)
        for role, times in self._against[id(employer)].items():
            if times * 2 > told or (times * 2 == told and Feature.SUBJECT not in marks):
                marks[_AGAINST[role]] = None
        for feature, holds in (
            (Feature.ONLY_HEADLINE, self._in_text and _only_headline(employer)),
            (Feature.COMMON_WORD, self._common(employer)),
            (Feature.OFTEN, len(employer.names) >= _OFTEN),
            (Feature.LEGAL_FORM, any(name.legal for name in employer.names)),
            (Feature.LISTED, any(name.listings for name in employer.names)),
        ):
            if holds:
                marks[feature] = None
        return marks

    def _mark(self, employer: Employer, feature: Feature) -> None:
        self._marks[id(employer)][feature] = None

    def _common(self, employer: Employer) -> bool:
        """Whether it is one word that stands once, where any word has a capital, and governs no verb."""
        name = employer.names[0]
        if len(employer.names) > 1 or not name.opens or len(name.key) > 1 or name.listings or name.legal:
            return False
        if name.possessive:
            return False
        return not governs(self._text, name)

    def _qualifies(self, name: Name, employer: Employer) -> bool:
        """Whether it is a mere word before what it describes: "High running costs"."""
        return self._common(employer) and _NOUN_BEHIND.match(self._text, name.after) is not None

    # --- one sentence --------------------------------------------------------------------------------------

    def _read(self, sentence: Sentence, mentions: list[tuple[Name, Employer]]) -> None:
        told = [(n, e, role_of(self._text, n, sentence.start, sentence.end)) for n, e in mentions]
        for name, employer, role in told:
            self._context(sentence, name, employer, role)
        told = _heads(self._text, told)
        cut = self._told.cue(sentence)
        unnamed, self._unnamed = self._unnamed, False
        if cut is not None:
            self._cut(sentence, sentence.start + cut, told)
        elif unnamed:
            self._name_next(told)
        if sentence.zone is not ZoneKind.TITLE:
            self._follow(sentence, told)

    def _context(self, sentence: Sentence, name: Name, employer: Employer, role: Role) -> None:
        if role in _AGAINST:
            self._against[id(employer)][role] += 1
        if sentence.zone is ZoneKind.LEAD:
            self._mark(employer, Feature.IN_LEAD)
        if _CALLED.match(self._text, name.after, name.after + 100):
            self._mark(employer, Feature.CALLED_COMPANY)
        signature = name.end > len(self._text) - _SIGNATURE
        if signature and _SIGNED.search(self._text, max(0, name.start - 60), name.start):
            self._mark(employer, Feature.SIGNED_FOR)

    def _follow(self, sentence: Sentence, told: _Told) -> None:
        """Keep in mind whom "the company" will mean: the name that opens and governs a sentence."""
        for name, employer, role in told:
            if role in _LEADING and not self._common(employer):
                if self._focus is None or name.start - sentence.start < _OPENING:
                    self._focus = employer
                if self._lead is None and sentence.zone is ZoneKind.LEAD:
                    self._lead = name
                    self._mark(employer, Feature.OPENS_LEAD)
                return

    def _cut(self, sentence: Sentence, cut: int, told: _Told) -> None:
        """Mark who does it, whose it is, who speaks for it and where it falls."""
        subject = self._subject(cut, told)
        owners = [e for n, e, r in told if r is Role.POSSESSOR and n.start < cut + _POSSESSION]
        speakers = [e for n, e, r in told if r is Role.SPOKEN_FOR and n.start <= cut]
        scenes = [e for n, e, r in told if r is Role.SCENE and n.start > cut]
        if subject:
            self._mark(subject, self._timed(Feature.SUBJECT, sentence))
        elif self._focus and _ANAPHOR.search(self._text[sentence.start : cut]):
            self._mark(self._focus, Feature.RESOLVED)
        if owners:
            self._mark(owners[-1], self._timed(Feature.WHOSE, sentence))
        if not (subject or owners or speakers):
            speakers = [e for n, e, r in told if r is Role.SPOKEN_FOR][:1]
        if speakers:
            self._mark(speakers[-1], self._timed(Feature.SPOKEN_FOR, sentence))
        if scenes:
            self._mark(scenes[0], self._timed(Feature.SCENE, sentence))
        if sentence.zone is not ZoneKind.TITLE:
            self._cut_told = self._cut_told or bool(subject or owners)
            self._unnamed = not (self._cut_told or speakers or self._focus)

    def _name_next(self, told: _Told) -> None:
        """Mark who leads the sentence after one that tells the cut of an employer without its name."""
        for _, employer, role in told:
            if role in _LEADING and not self._common(employer):
                self._mark(employer, Feature.NAMED_NEXT)
                return

    def _subject(self, cut: int, told: _Told) -> Employer | None:
        """Return the last subject before the cut; of "A and B" the first, who leads the story.

        Where none stands before, it may be told behind by whose act the jobs go: "when Acme closes".
        """
        subjects = [(n, e) for n, e, role in told if role is Role.SUBJECT and not self._qualifies(n, e)]
        before = [each for each in subjects if each[0].start <= cut]
        if not before:
            behind = (e for n, e in subjects if _WHEREBY.search(self._text, cut, n.start))
            return next(behind, None)
        if len(before) > 1 and self._text[before[-2][0].after : before[-1][0].start] == " and ":
            return before[-2][1]
        return before[-1][1]

    def _timed(self, feature: Feature, sentence: Sentence) -> Feature:
        """Return the feature as of the headline, the first telling or a later one."""
        if sentence.zone is ZoneKind.TITLE:
            return Feature(f"{feature}, headline")
        return Feature(f"{feature}, later") if self._cut_told else feature

    # --- the whole text ------------------------------------------------------------------------------------

    def _headline(self, document: Document, spans: tuple[Sentence, ...]) -> None:
        if self._lead is not None:
            opener = next(e for n, e in _mentions(self._found) if n is self._lead)
            if self._text[self._lead.after : self._lead.after + 2].lstrip().startswith(":"):
                self._mark(opener, Feature.HEADS_BRIEF)
            if any(document.spans(ZoneKind.DATELINE)) and (self._lead.legal or self._lead.listings):
                self._mark(opener, Feature.DATELINE_ISSUER)
        for number, sentence in enumerate(spans):
            if sentence.zone is not ZoneKind.TITLE:
                return
            if shouts(sentence.text):
                self._shouted(sentence.text)
            for place, (name, employer) in enumerate(self._mentions.get(number, [])):
                opens = place == 0 and not name.possessive
                self._mark(employer, Feature.OPENS_HEADLINE if opens else Feature.IN_HEADLINE)

    def _shouted(self, title: str) -> None:
        """Find the organisations of the text in a headline whose words are all capitalised."""
        folded = " ".join(key_of(re.findall(r"[\w&.'’-]+", title)))
        for employer in self._found:
            keys = {" ".join(name.key) for name in employer.names}
            firsts = {name.key[0] for name in employer.names} - COMMON - NATIONS
            if folded.startswith(tuple(f"{key} " for key in keys | firsts)):
                self._mark(employer, Feature.OPENS_HEADLINE)
            elif any(f" {key} " in f" {folded} " for key in keys):
                self._mark(employer, Feature.IN_HEADLINE)

    def _about(self, document: Document) -> None:
        for zone in document.spans(ZoneKind.BOILERPLATE):
            about = _ABOUT.search(self._text, zone.start, min(zone.end, zone.start + _ABOUT_WINDOW))
            issuer = key_of(about.group(1).split()) if about else ()
            for employer in self._found if issuer else ():
                if any(name.key == issuer[: len(name.key)] for name in employer.names):
                    self._mark(employer, Feature.ABOUT)
            if issuer:
                return


def _mentions(found: Iterable[Employer]) -> Iterable[tuple[Name, Employer]]:
    return ((name, employer) for employer in found for name in employer.names)


def _only_headline(employer: Employer) -> bool:
    return all(name.zone is ZoneKind.TITLE for name in employer.names)


def _heads(text: str, told: _Told) -> _Told:
    """Return the roles with "Foo's" of "Foo's Bar unit" as owner, and A of "A and B said" as subject.

    Before a site the name is that of a place: "Foo's Bar plant" is Foo's.
    """
    settled: _Told = []
    located = False
    for index, (name, employer, role) in enumerate(told):
        follows = told[index + 1] if index + 1 < len(told) else None
        between = text[name.after : follows[0].start] if follows else ""
        here, located = located, False
        if name.possessive and between == " " and follows is not None:
            located = bool(_SITE.match(text, follows[0].after))
            settled.append((name, employer, role if located else Role.OWNER))
        elif here:
            settled.append((name, employer, Role.PLACE))
        elif between == " and " and follows is not None and follows[2] is Role.SUBJECT:
            settled.append((name, employer, Role.SUBJECT))
        else:
            settled.append((name, employer, role))
    return settled
