"""Which company cuts: every organisation in the text is a candidate, scored by named features.

The strongest features are grammatical: who is the subject of the clause that tells the cut, whose jobs or
plants they are. Headline, lead, dateline, stock listing and the feed's own fields support; the roles of
reporter, union, analyst, owner, buyer and person speak against. Without a tie to the cut there is no
employer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from monitor.extract.employers import Employer, employers
from monitor.extract.footing import Feature, Footing
from monitor.extract.names import key_of, names
from monitor.extract.reading import Reading
from monitor.extract.tickers import Listing, listing_of_tag
from monitor.model import Company, Document

# Chosen on one half of the labelled wire stories; the other half was only scored.
WEIGHTS: Mapping[Feature, float] = MappingProxyType(
    {
        Feature.SUBJECT: 5.0,
        Feature.SUBJECT_LATER: 2.0,
        Feature.SUBJECT_HEADLINE: 2.0,
        Feature.RESOLVED: 1.5,
        Feature.WHOSE: 3.0,
        Feature.WHOSE_LATER: 1.0,
        Feature.WHOSE_HEADLINE: 1.0,
        Feature.SCENE: 2.5,
        Feature.SCENE_LATER: 1.0,
        Feature.SCENE_HEADLINE: 1.0,
        Feature.SPOKEN_FOR: 2.0,
        Feature.SPOKEN_FOR_LATER: 0.7,
        Feature.SPOKEN_FOR_HEADLINE: 1.0,
        Feature.NAMED_NEXT: 2.0,
        Feature.OPENS_HEADLINE: 3.0,
        Feature.IN_HEADLINE: 1.5,
        Feature.OPENS_LEAD: 2.0,
        Feature.IN_LEAD: 0.5,
        Feature.HEADS_BRIEF: 3.0,
        Feature.DATELINE_ISSUER: 1.0,
        Feature.SIGNED_FOR: 4.0,
        Feature.CALLED_COMPANY: 2.0,
        Feature.ABOUT: 2.0,
        Feature.LISTED: 1.0,
        Feature.LEGAL_FORM: 0.5,
        Feature.OFTEN: 1.0,
        Feature.AUTHOR: 4.0,
        Feature.TICKER: 3.0,
        Feature.COMMON_WORD: -2.5,
        Feature.ONLY_HEADLINE: -6.0,
        Feature.PART: -1.5,
        Feature.OWNER: -1.5,
        Feature.PARTY: -1.5,
        Feature.PUBLIC: -3.0,
        Feature.PLACE: -4.0,
        Feature.ANALYST: -4.0,
        Feature.MEDIA: -5.0,
        Feature.UNION: -5.0,
        Feature.PERSON: -5.0,
    }
)
# Without one of these an organisation is only mentioned beside a cut.
TIES = frozenset(
    {
        Feature.SUBJECT,
        Feature.SUBJECT_LATER,
        Feature.SUBJECT_HEADLINE,
        Feature.RESOLVED,
        Feature.WHOSE,
        Feature.WHOSE_LATER,
        Feature.WHOSE_HEADLINE,
        Feature.SCENE,
        Feature.SCENE_LATER,
        Feature.SCENE_HEADLINE,
        Feature.SPOKEN_FOR,
        Feature.SPOKEN_FOR_LATER,
        Feature.SPOKEN_FOR_HEADLINE,
        Feature.NAMED_NEXT,
        Feature.OPENS_HEADLINE,
        Feature.OPENS_LEAD,
        Feature.HEADS_BRIEF,
        Feature.DATELINE_ISSUER,
        Feature.SIGNED_FOR,
        Feature.ABOUT,
        Feature.AUTHOR,
    }
)
THRESHOLD = 2.5


@dataclass(frozen=True, slots=True)
class Contender:
    """One organisation of the text with the features that speak for and against it."""

    company: Company
    score: float
    features: tuple[tuple[Feature, float], ...]

    @property
    def eligible(self) -> bool:
        """Whether it is tied to the cut and scores enough to be named."""
        return self.score >= THRESHOLD and any(feature in TIES for feature, _ in self.features)


def company(told: Reading, author: str = "", tags: Sequence[str] = ()) -> Company | None:
    """Return the employer that cuts, or None when the text names none that is tied to the cut.

    Args:
        told: the item as it is read.
        author: the issuer where the feed names it.
        tags: the feed's categories; "Nasdaq:XYZ" among them is the issuer's listing.
    """
    best = next(iter(contenders(told, author, tags)), None)
    return best.company if best is not None and best.eligible else None


def contenders(told: Reading, author: str = "", tags: Sequence[str] = ()) -> tuple[Contender, ...]:
    """Return every candidate with its features, the best first. `explain` shows the losers."""
    spans, mentions = names(told.document, told.sentences)
    found = employers(mentions)
    footing = Footing(told, spans, found)
    hints = tuple(listing for tag in tags if (listing := listing_of_tag(tag)) is not None)
    scored = []
    for employer in found:
        of_feed = tuple(_of_feed(employer, author, hints))
        points = tuple((feature, WEIGHTS[feature]) for feature in (*footing.features(employer), *of_feed))
        # The feed's listing is the issuer's: it is lent to the organisation that the feed calls its author.
        lent = hints[0] if hints and Feature.AUTHOR in of_feed else None
        named = _company(told.document, employer, lent)
        scored.append(Contender(named, sum(weight for _, weight in points), points))
    return tuple(sorted(scored, key=lambda each: (-each.score, each.company.evidence.start)))


def _company(document: Document, employer: Employer, lent: Listing | None) -> Company:
    best = employer.best
    own = (each for name in employer.names for each in name.listings)
    listing = next(own, lent) or Listing(None, None)
    evidence = document.evidence(best.start, best.end, "employer")
    return Company(" ".join(evidence.text.split()), listing.exchange, listing.ticker, evidence)


def _of_feed(employer: Employer, author: str, hints: Sequence[Listing]) -> Iterator[Feature]:
    issuer = key_of(author.split())
    if issuer and any(name.key == issuer[: len(name.key)] for name in employer.names):
        yield Feature.AUTHOR
    if any(hint.ticker in employer.tickers for hint in hints):
        yield Feature.TICKER
