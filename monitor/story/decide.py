"""Whether a layoff is a new story, news of one that was told, or the same again.

    candidates ─▶ relation to each (company, event, places, numbers, time) ─▶ the nearest ─▶ Decision

The company and the numbers decide. Like openings and headlines only propose: with the same figures they make
up for an employer that one telling does not name or names more fully, never for another employer.
When unsure it is a new story: a doubled alert is seen by people, a swallowed one by nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

from monitor.model import LAYOFFS, Change, ChangeKind, Headcount, Kind, Layoff, Source, Stage, Story
from monitor.story.changes import changes, revised
from monitor.story.compare import Overlap, counted, is_part, overlap, same_headcount, same_percent
from monitor.story.links import canonical_link
from monitor.story.names import at_odds, company_keys, first_word, is_listing, may_be_same
from monitor.story.revisions import noted, with_source
from monitor.story.titles import corrects, without_marker
from monitor.story.wording import layoff_words


@dataclass(frozen=True, slots=True)
class Window:
    """How long after the last telling an item may still belong to a story.

    `retold`: the same number again; `shortened`: by a shorter or longer name of the employer. `revised`:
    another number for the same cut. `progress`: the same number, planned before and confirmed now, or denied.
    Quarters are about 90 days apart, so all are well below.
    """

    retold: timedelta = timedelta(days=14)
    shortened: timedelta = timedelta(days=2)
    revised: timedelta = timedelta(days=4)
    progress: timedelta = timedelta(days=45)


class Outcome(StrEnum):
    """What an item is to the stories told so far."""

    NEW = "new_story"
    REVISED = "revised"
    ALSO_ON = "also_on"
    REPEATED = "repeated"


class Relation(StrEnum):
    """How an item lies to one story: the first six say it is the same story, the others why it is not."""

    SAME_ITEM = "same_item"
    CORRECTS = "corrects"
    SAME_FACTS = "same_facts"
    SAME_WORDS = "same_opening_same_figure"
    SHORTER_NAME = "shorter_name_same_figure"
    OTHER_FIGURE = "other_figure_same_cut"
    OTHER_COMPANY = "other_company"
    OTHER_PLACES = "other_places"
    OTHER_EVENT = "other_event"
    PART_OR_OTHER = "smaller_figure_for_fewer_places"
    TOO_LATE = "too_late"


_SAME_STORY = (
    Relation.SAME_ITEM,
    Relation.CORRECTS,
    Relation.SAME_FACTS,
    Relation.SAME_WORDS,
    Relation.SHORTER_NAME,
    Relation.OTHER_FIGURE,
)
_OF_THEIR_OWN = frozenset({Kind.FURLOUGH, Kind.BUYOUT})
"""Events that a company sets beside a layoff: with another number they are not that layoff."""
_ALIKE_TITLES = 85.0


@dataclass(frozen=True, slots=True)
class Compared:
    """One story that was looked at, and how the item lies to it."""

    story: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Decision:
    """What the item is, the story as it now stands, what changed, and what was looked at on the way."""

    outcome: Outcome
    story: Story
    changes: tuple[Change, ...]
    compared: tuple[Compared, ...] = ()

    @property
    def repeated(self) -> bool:
        """Whether there is nothing to tell."""
        return self.outcome is Outcome.REPEATED


def story_keys(layoff: Layoff, source: Source) -> tuple[str, ...]:
    """Return the keys under which to look for stories that the item may belong to, and to keep its own.

    The company's keys, the item's link (an edited item is its own story whoever it names by now), its lasting
    key, and those that only propose.
    """
    names = company_keys(layoff.company) if layoff.company else ()
    link = canonical_link(source.link)
    links = (f"link:{_digest(link)}",) if link else ()
    itself = (f"item:{source.identity}",) if source.identity else ()
    return (*_of_topic(layoff, (*names, *links, *itself)), *hint_keys(layoff, source))


def hint_keys(layoff: Layoff, source: Source) -> tuple[str, ...]:
    """Return the story keys that only propose: of the item's opening words, and of its company's first word.

    Releases share boilerplate, and companies first words.
    """
    first = first_word(layoff.company.name) if layoff.company else ""
    firsts = (f"first:{first}",) if first else ()
    return _of_topic(layoff, (*(f"lead:{key}" for key in source.lead), *firsts))


def _of_topic(layoff: Layoff, keys: tuple[str, ...]) -> tuple[str, ...]:
    # Who cuts here and opens there tells two stories.
    return keys if layoff.topic == LAYOFFS else tuple(f"{layoff.topic}:{key}" for key in keys)


def decide(
    candidates: Sequence[Story], layoff: Layoff, source: Source, now: datetime, window: Window | None = None
) -> Decision:
    """Decide what `layoff`, told by `source` at `now`, is to the stories kept under its keys.

    The order of the candidates does not matter, and the same item twice is a repetition.
    """
    stories = sorted({story.id: story for story in candidates}.values(), key=lambda story: story.id)
    item = _Item(layoff, source, now, window or Window())
    compared = tuple(Compared(story.id, item.relation(story)) for story in stories)
    near = [
        (_SAME_STORY.index(found.relation), now - story.last_seen, story.id, story)
        for story, found in zip(stories, compared, strict=True)
        if found.relation in _SAME_STORY
    ]
    if not near:
        return _begun(layoff, source, now, compared)
    _, _, _, story = min(near)
    return _joined(story, item, compared)


@dataclass(frozen=True, slots=True)
class _Item:
    layoff: Layoff
    source: Source
    now: datetime
    window: Window

    def relation(self, story: Story) -> Relation:
        if any(self._is(told) for told in story.sources):
            return Relation.SAME_ITEM
        unnamed = story.layoff.company is None or self.layoff.company is None
        same_company = self._same_company(story)
        if self._same_page(story) and (unnamed or same_company):
            return Relation.SAME_ITEM
        places = overlap(story.layoff.places, self.layoff.places)
        age = self.now - story.last_seen
        if not same_company:
            return self._by_words(story, age) if places is not Overlap.DISJOINT else Relation.OTHER_COMPANY
        here = places is not Overlap.DISJOINT or self._alike(story)
        if here and corrects(self.source.title) and age <= self.window.retold:
            return Relation.CORRECTS
        if places is Overlap.DISJOINT:
            return Relation.OTHER_PLACES
        return self._by_numbers(story, places, age)

    def _by_words(self, story: Story, age: timedelta) -> Relation:
        if age <= self.window.retold and self._same_words(story):
            return Relation.SAME_WORDS
        if age <= self.window.shortened and self._shortened(story):
            return Relation.SHORTER_NAME
        return Relation.OTHER_COMPANY

    def _is(self, told: Source) -> bool:
        return told.item == self.source.item or bool(told.identity and told.identity == self.source.identity)

    def _by_numbers(self, story: Story, places: Overlap, age: timedelta) -> Relation:
        agreement = self._agreement(story)
        if agreement is True:
            limit = self.window.progress if self._progresses(story) else self.window.retold
            return Relation.SAME_FACTS if age <= limit else Relation.TOO_LATE
        if (
            self.layoff.kind is not story.layoff.kind
            and {self.layoff.kind, story.layoff.kind} & _OF_THEIR_OWN
        ):
            return Relation.OTHER_EVENT
        if age > (self.window.retold if self.layoff.stage is Stage.DENIED else self.window.revised):
            return Relation.TOO_LATE
        if agreement is None:
            return Relation.SAME_FACTS
        if places is Overlap.FEWER and _most(self.layoff.headcount) < _most(story.layoff.headcount):
            return Relation.PART_OR_OTHER
        return Relation.OTHER_FIGURE

    def _agreement(self, story: Story) -> bool | None:
        """Whether the figures agree; None if there is nothing to compare."""
        told, new = story.layoff, self.layoff
        if told.headcount and new.headcount and counted(told.headcount) and counted(new.headcount):
            earlier = (told.headcount, *story.earlier)
            return any(same_headcount(one, new.headcount) for one in earlier) or is_part(told, new)
        if told.percent and new.percent:
            return same_percent(told.percent, new.percent)
        return None

    def _progresses(self, story: Story) -> bool:
        told, new = story.layoff.stage, self.layoff.stage
        return new is not told and new in (Stage.CONFIRMED, Stage.DENIED) and counted(self.layoff.headcount)

    def _same_company(self, story: Story) -> bool:
        told, new = story.layoff.company, self.layoff.company
        if told is None or new is None:
            return False
        shared = set(company_keys(told)) & set(company_keys(new))
        return bool(shared) and (not at_odds(told, new) or any(map(is_listing, shared)))

    def _shortened(self, story: Story) -> bool:
        """Whether one telling names the employer more shortly and states the very same number of jobs."""
        told, new = story.layoff, self.layoff
        if not (told.company and new.company and told.headcount and new.headcount):
            return False
        number = new.headcount.low
        exact = number is not None and {told.headcount.low, told.headcount.high, new.headcount.high} == {
            number
        }
        return (
            exact
            and may_be_same(told.company.name, new.company.name)
            and not at_odds(told.company, new.company)
        )

    def _same_words(self, story: Story) -> bool:
        """Whether the item opens as the story does, with the same figure, of what may be its employer."""
        told, new = story.layoff.company, self.layoff.company
        compatible = told is None or new is None or may_be_same(told.name, new.name)
        lead = set(self.source.lead)
        opens_alike = any(lead.intersection(source.lead) for source in story.sources)
        return compatible and opens_alike and self._alike(story) and self._agreement(story) is True

    def _same_page(self, story: Story) -> bool:
        link = canonical_link(self.source.link)
        return link is not None and any(link == canonical_link(told.link) for told in story.sources)

    def _alike(self, story: Story) -> bool:
        title = without_marker(self.source.title)
        return any(
            fuzz.token_sort_ratio(title, without_marker(told.title)) >= _ALIKE_TITLES
            for told in story.sources
        )


def _joined(story: Story, item: _Item, compared: tuple[Compared, ...]) -> Decision:
    known = any(told.item == item.source.item for told in story.sources)
    wires = {told.wire for told in story.sources}
    seen = replace(with_source(story, item.source), last_seen=max(story.last_seen, item.now))
    material = () if known else changes(story, item.layoff, item.source)
    also_on = Change(ChangeKind.ALSO_ON, ", ".join(sorted(wires)), item.source.wire)
    found = (*material, also_on) if item.source.wire not in wires else material
    if not found:
        return Decision(Outcome.REPEATED, seen, (), compared)
    now_known = revised(seen, item.layoff, material) if material else seen
    outcome = Outcome.REVISED if material else Outcome.ALSO_ON
    return Decision(outcome, noted(now_known, found, item.source), found, compared)


def _begun(layoff: Layoff, source: Source, now: datetime, compared: tuple[Compared, ...]) -> Decision:
    keys = story_keys(layoff, source)
    key = keys[0] if keys else f"item:{source.item}"
    first = (Change(ChangeKind.FIRST, "", layoff_words(layoff)),)
    identity = _digest(f"{key}\0{source.identity or source.item}")
    unheard = Story(identity, key, 0, layoff, (source,), now, now)
    return Decision(Outcome.NEW, noted(unheard, first, source), first, compared)


def _most(headcount: Headcount | None) -> int:
    return max((end for end in (headcount.low, headcount.high) if end), default=0) if headcount else 0


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, person=b"story").hexdigest()
