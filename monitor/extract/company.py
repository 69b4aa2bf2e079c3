"""Which company cuts: every organisation in the text is a candidate, scored by named features of its mentions.

The strongest features are grammatical: who is the subject of the clause that tells the cut, whose jobs, plants
or plans they are. Headline, lead, dateline, stock listing and the feed's own fields support; the roles of
reporter, union, analyst, owner, buyer and person speak against. Without a tie to the cut there is no employer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from monitor.extract.employers import Employer, employers
from monitor.extract.lexicon import COMMON, NATIONS
from monitor.extract.names import Name, key_of, names, shouts
from monitor.extract.roles import Role, role_of
from monitor.extract.sentences import Sentence
from monitor.extract.tickers import Listing, listing_of_tag
from monitor.model import Company, Document, Evidence, ZoneKind

# Weights found on half of the labelled wire stories; the other half was only scored.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "subject of the cut": 5.0,
        "subject of the cut, later": 2.0,
        "the company, resolved": 1.5,
        "whose cut": 3.0,
        "whose cut, later": 1.0,
        "where the cut falls": 2.5,
        "where the cut falls, later": 1.0,
        "spoken for": 2.0,
        "spoken for, later": 0.7,
        "opens the headline": 3.0,
        "in the headline": 1.5,
        "first in the lead": 2.0,
        "in the lead": 0.5,
        "stock listing": 1.0,
        "legal form": 0.5,
        "called the Company": 2.0,
        "About section": 2.0,
        "feed's author": 4.0,
        "feed's ticker": 3.0,
        "mentioned often": 1.0,
        "heads a brief": 3.0,
        "issuer by the dateline": 1.0,
        "signed for": 4.0,
        "may be a common word": -2.5,
        "reported by": -5.0,
        "union": -5.0,
        "analyst's house": -4.0,
        "person": -5.0,
        "place": -4.0,
        "public body or market": -3.0,
        "owner of the employer": -1.5,
        "other party": -1.5,
    }
)
TIES = frozenset(
    name
    for name in WEIGHTS
    if name.startswith(("subject of", "whose cut", "where the cut", "the company", "opens", "spoken for"))
) | {"feed's author", "signed for", "heads a brief", "issuer by the dateline"}

THRESHOLD = 3.0

_JOBS = (
    r"(?:jobs?|positions?|posts|roles|staff(?:ing|ers)?|work ?forces?|work force|employees|workers|people|headcount|"
    r"payrolls?|personnel|associates|managers|manpower|crew|redundanc\w+|layoffs?|lay-offs?|plants?|factor(?:y|ies)|mills?|"
    r"sites?|offices?|stores?|branches|smelter|mine|facilit(?:y|ies)|restaurants|pilots|mechanics|contractors|percent|%)"
)
_CUE = re.compile(
    r"\b(?:(?:cut(?:s|ting)?|slash(?:es|ed|ing)?|eliminat\w+|shed(?:s|ding)?|ax(?:es|e|ed|ing)|trim(?:s|med|ming)?|reduc\w+|"
    r"clos(?:e|es|ed|ing|ure)|shut(?:s|ting|ter\w*)?|idl(?:e|es|ed|ing)|dismiss\w*|fir(?:e|es|ed|ing)|sack\w*|scrap\w*|"
    r"shrink\w*|drop|let|lower\w*|los(?:e|es|ing)|strik(?:e|ing)|tak(?:e|es|ing)|bring(?:s|ing)?|terminat\w+|suspend\w*|offer\w*|fewer|surplus|consolidat\w+)"
    rf"\b[^.;]{{0,90}}?\b{_JOBS}\b|lay(?:s|ing)? (?:\w+ ){{0,3}}?off|laid (?:\w+ ){{0,3}}?off|lay-?offs?\b|redundanc\w+|"
    rf"job (?:cut\w*|loss\w*|reductions?)|furlough\w*|buy-?outs?|early retirement|severance|downsiz\w+|restructur\w+|"
    r"(?:staff|headcount|workforce|work force) (?:cut|reduction)s?|reductions? in force|pink slips|revector\w*|"
    r"(?:jobs|positions|people|employees|workers) (?:\w+ ){0,4}?(?:go|gone|leave|leaving|lost|affected|cut|eliminated)|let go|"
    r"off the payroll|co-?operation (?:talks|negotiations)|care and maintenance)",
    re.IGNORECASE,
)
_COMPANY_SAID = re.compile(
    r"(?:^|[,;] |\b(?:and|but|that|said|which) )(?:it|the (?:[\w.-]+ ){0,3}?(?:company|firm|group|bank|lender|insurer|retailer|airline|carrier|"
    r"\w*maker|\w+ (?:giant|operator|producer|manufacturer|supplier|provider)|manufacturer|operator|producer|chain|"
    r"university|newspaper|publisher|brokerage|corporation|conglomerate|agency|city|state|ministry|supplier))\b(?!['’]s)",
    re.IGNORECASE,
)
_CALLED_COMPANY = re.compile(
    r"\s?\((?:[^()]{0,60}\b(?:or|and),? )?(?:the )?[\"“'](?:the )?(?:Company|Corporation|Group|Bank)\b"
)
_SIGNED = re.compile(
    r"\b(?:President|CEO|Officer|Chancellor|Provost|Director|Superintendent|Chairman|Founder)(?:,\s?|\n)(?:the\s)?\Z"
)
_ABOUT = re.compile(r"^\W*(?:About|ABOUT)\s(?:the\s)?([^\n.:]{2,80})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Contender:
    """One organisation of the text with the features that spoke for and against it."""

    company: Company
    score: float
    features: tuple[tuple[str, float], ...]

    @property
    def tied(self) -> bool:
        """Whether anything ties it to the cut."""
        return any(name in TIES for name, _ in self.features)


def company(document: Document, author: str = "", tags: Sequence[str] = ()) -> Company | None:
    """Return the employer that cuts, or None when the text names none that is tied to the cut.

    Args:
        document: the item in zones.
        author: the issuer where the feed names it.
        tags: the feed's categories; "Nasdaq:XYZ" among them is the issuer's listing.
    """
    best = next(iter(contenders(document, author, tags)), None)
    return best.company if best is not None and best.tied and best.score >= THRESHOLD else None


def contenders(document: Document, author: str = "", tags: Sequence[str] = ()) -> tuple[Contender, ...]:
    """Return every candidate with its features, the best first. Losers are kept for `explain`."""
    spans, mentions = names(document)
    hints = [listing for tag in tags if (listing := listing_of_tag(tag))]
    found = employers(mentions)
    marks = _Marks(document, spans, found)
    scored = []
    for employer in found:
        features = {**marks.of(employer), **_of_feed(employer, author, hints)}
        points = tuple((name, WEIGHTS[name]) for name in features)
        scored.append(Contender(_company(document, employer, hints), sum(w for _, w in points), points))
    return tuple(sorted(scored, key=lambda each: (-each.score, each.company.evidence.start)))


def _company(document: Document, employer: Employer, hints: Sequence[Listing]) -> Company:
    best = employer.best
    end = best.end
    written = document.text[best.start : end]
    listing = next((each for name in employer.names for each in name.listings), None)
    return Company(
        name=" ".join(written.split()),
        exchange=listing.exchange if listing else None,
        ticker=listing.ticker if listing else None,
        evidence=Evidence(best.start, end, written, "employer"),
    )


def _of_feed(employer: Employer, author: str, hints: Sequence[Listing]) -> dict[str, None]:
    features: dict[str, None] = {}
    issuer = key_of(author.split())
    if issuer and any(name.key == issuer or name.key == issuer[: len(name.key)] for name in employer.names):
        features["feed's author"] = None
    tickers = {each.ticker for name in employer.names for each in name.listings}
    if any(hint.ticker in tickers for hint in hints):
        features["feed's ticker"] = None
    return features


class _Marks:
    """The features of a document's organisations, collected sentence by sentence."""

    def __init__(self, document: Document, spans: tuple[Sentence, ...], found: tuple[Employer, ...]) -> None:
        self._text = document.text
        self._features: dict[int, dict[str, None]] = {id(e): {} for e in found}
        self._against: dict[int, Counter[Role]] = {}
        self._found = found
        mentions = sorted(
            ((name, employer) for employer in found for name in employer.names), key=lambda m: m[0].start
        )
        by_sentence: dict[int, list[tuple[Name, Employer]]] = {}
        for name, employer in mentions:
            by_sentence.setdefault(name.sentence, []).append((name, employer))
        self._cut_told = False
        self._focus: Employer | None = None
        for number, sentence in enumerate(spans):
            self._sentence(sentence, by_sentence.get(number, []))
        self._headline(document)
        self._about(document)

    def of(self, employer: Employer) -> dict[str, None]:
        features = self._features[id(employer)]
        for role, times in self._against.get(id(employer), Counter[Role]()).items():
            if times * 2 >= sum(name.zone is not ZoneKind.DATELINE for name in employer.names):
                features[role.value] = None
        if _once_opening(employer):
            features["may be a common word"] = None
        if len(employer.names) >= 3:
            features["mentioned often"] = None
        if any(name.legal for name in employer.names):
            features["legal form"] = None
        if any(name.listings for name in employer.names):
            features["stock listing"] = None
        return features

    def _mark(self, employer: Employer, feature: str) -> None:
        self._features[id(employer)][feature] = None

    def _sentence(self, sentence: Sentence, mentions: list[tuple[Name, Employer]]) -> None:
        if sentence.zone is ZoneKind.DATELINE:
            return
        cue = _CUE.search(sentence.text)
        cut = sentence.start + cue.start() if cue else -1
        roles = [
            (name, employer, role_of(self._text, name, sentence.start, sentence.end))
            for name, employer in mentions
        ]
        for name, employer, role in roles:
            self._context(sentence, name, employer, role)
        if cue:
            self._cut(sentence, cut, _heads(self._text, roles))
        acting = [e for _, e, r in roles if r in _ACTING]
        if acting and sentence.zone is not ZoneKind.TITLE:
            self._focus = acting[0]

    def _context(self, sentence: Sentence, name: Name, employer: Employer, role: Role) -> None:
        if role not in _ACTING:
            self._against.setdefault(id(employer), Counter())[role] += 1
        if sentence.zone is ZoneKind.LEAD:
            self._mark(employer, "in the lead")
        if (
            _SIGNED.search(self._text, max(0, name.start - 60), name.start)
            and name.end > len(self._text) - 200
        ):
            self._mark(employer, "signed for")
        if _CALLED_COMPANY.match(self._text, name.after, name.after + 100):
            self._mark(employer, "called the Company")

    def _cut(self, sentence: Sentence, cut: int, roles: list[tuple[Name, Employer, Role]]) -> None:
        title = sentence.zone is ZoneKind.TITLE
        later = ", later" if self._cut_told and not title else ""
        before = [(n, e, r) for n, e, r in roles if n.start <= cut]
        subjects = [e for n, e, r in before if r is Role.SUBJECT]
        if len(before) > 1 and before[-1][2] is before[-2][2] is Role.SUBJECT and self._joined(before):
            subjects = subjects[:-1]
        owners = [e for n, e, r in roles if r is Role.POSSESSOR and n.start < cut + 120]
        speakers = [e for _, e, r in before if r is Role.SPOKEN_FOR]
        scenes = [e for n, e, r in roles if r is Role.SCENE and n.start > cut]
        if subjects:
            self._mark(subjects[-1], f"subject of the cut{later}")
        elif _COMPANY_SAID.search(sentence.text, 0, cut - sentence.start) and self._focus:
            self._mark(self._focus, "the company, resolved")
        for feature, group in (
            ("whose cut", owners),
            ("spoken for", speakers),
            ("where the cut falls", scenes),
        ):
            if group:
                self._mark(group[-1] if feature != "where the cut falls" else group[0], f"{feature}{later}")
        self._cut_told = self._cut_told or (bool(subjects or owners) and not title)

    def _joined(self, roles: _Roles) -> bool:
        """Whether the last two are "A and B", where the first named leads."""
        return self._text[roles[-2][0].after : roles[-1][0].start] == " and "

    def _headline(self, document: Document) -> None:
        lead = next((s for s in document.spans(ZoneKind.LEAD)), None)
        if lead:
            first = next((e for n, e in self._in(lead.start, lead.end) if not self._barred(e)), None)
            if first:
                self._mark(first, "first in the lead")
                name = next(n for n in first.names if n.start >= lead.start)
                if document.text[name.after : name.after + 2].lstrip().startswith(":"):
                    self._mark(first, "heads a brief")
                if any(document.spans(ZoneKind.DATELINE)) and (name.legal or name.listings):
                    self._mark(first, "issuer by the dateline")
        for zone in document.spans(ZoneKind.TITLE):
            if shouts(document.text[zone.start : zone.end]):
                self._shouted(document.text[zone.start : zone.end])
                continue
            for place, (name, employer) in enumerate(self._in(zone.start, zone.end)):
                opens = place == 0 and not name.possessive
                self._mark(employer, "opens the headline" if opens else "in the headline")

    def _shouted(self, title: str) -> None:
        folded = " ".join(key_of(re.findall(r"[\w&.'’-]+", title)))
        for employer in self._found:
            keys = {" ".join(name.key) for name in employer.names}
            firsts = {name.key[0] for name in employer.names if name.key[0] not in COMMON | NATIONS}
            if any(folded.startswith(f"{key} ") for key in keys | firsts):
                self._mark(employer, "opens the headline")
            elif any(f" {key} " in f" {folded} " for key in keys):
                self._mark(employer, "in the headline")

    def _in(self, start: int, end: int) -> list[tuple[Name, Employer]]:
        inside = [(n, e) for e in self._found for n in e.names if start <= n.start < end]
        return sorted(inside, key=lambda each: each[0].start)

    def _barred(self, employer: Employer) -> bool:
        against = self._against.get(id(employer), Counter[Role]())
        return _once_opening(employer) or any(WEIGHTS[role.value] < -2 for role in against)

    def _about(self, document: Document) -> None:
        for zone in document.spans(ZoneKind.BOILERPLATE):
            about = _ABOUT.search(document.text, zone.start, min(zone.end, zone.start + 2000))
            if about:
                key = key_of(about.group(1).split())
                for employer in self._found:
                    if any(name.key == key[: len(name.key)] for name in employer.names):
                        self._mark(employer, "About section")


_Roles = list[tuple[Name, Employer, Role]]


def _once_opening(employer: Employer) -> bool:
    """Whether it is one word that stands once, where any word has a capital."""
    first = employer.names[0]
    return len(employer.names) == 1 and first.opens and len(first.key) == 1 and not first.listings


def _heads(text: str, roles: _Roles) -> _Roles:
    """Return the roles with "Textron's" in "Textron's Cessna unit" as owner, and both of "A and B" as subject."""
    settled: _Roles = []
    for index, (name, employer, role) in enumerate(roles):
        follows = roles[index + 1] if index + 1 < len(roles) else None
        if follows is not None:
            between = text[name.after : follows[0].start]
            if name.possessive and between == " ":
                role = Role.OWNER
            elif between == " and " and follows[2] is Role.SUBJECT:
                role = Role.SUBJECT
        settled.append((name, employer, role))
    return settled


_ACTING = frozenset({Role.SUBJECT, Role.POSSESSOR, Role.SPOKEN_FOR, Role.SCENE, Role.OTHER})
