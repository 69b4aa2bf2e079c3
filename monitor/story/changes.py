"""What a further item changes in a story, each change named, with before and after in people's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.model import Change, ChangeKind, Company, Headcount, Layoff, Place, Source, Stage, Story
from monitor.story.compare import Overlap, as_close, counted, is_part, overlap, same_headcount, same_percent
from monitor.story.titles import corrects
from monitor.story.wording import headcount_words, percent_words, place_words

_STEPS = (Stage.REPORTED, Stage.PLANNED, Stage.CONFIRMED)


def changes(story: Story, new: Layoff, source: Source) -> tuple[Change, ...]:
    """Return what `new` changes in the story; empty if it only says again what was said.

    A number that an earlier revision told is an old article told late, unless the item is a correction.
    """
    old = story.layoff
    if corrects(source.title):
        places = _corrected_places(old, new) or _added_places(old, new)
        found = (_number(story, new, ChangeKind.CORRECTION), _corrected_stage(old, new), places)
    else:
        found = (_number(story, new, None), _stage(old, new), _added_places(old, new))
    return tuple(change for change in found if change is not None)


def revised(story: Story, new: Layoff, material: tuple[Change, ...]) -> Story:
    """Return the story stating what is now known.

    A changed number brings its own sentence; places add up, save where a correction replaces them.
    """
    old = story.layoff
    kinds = {change.kind for change in material}
    figure = bool(kinds & {ChangeKind.HEADCOUNT, ChangeKind.PERCENT, ChangeKind.CORRECTION})
    restaged = any(change.after == new.stage.value for change in material)
    replaced = ChangeKind.CORRECTION in kinds and _corrected_places(old, new) is not None
    layoff = replace(
        new if figure or restaged else old,
        company=_fuller(old, new),
        stage=new.stage if restaged else _further(old.stage, new.stage),
        headcount=new.headcount if figure and counted(new.headcount) else old.headcount or new.headcount,
        percent=new.percent if figure and new.percent else old.percent or new.percent,
        places=new.places if replaced else _together(old.places, new.places),
    )
    earlier = story.earlier
    if old.headcount and counted(old.headcount) and layoff.headcount != old.headcount:
        earlier = (*earlier, old.headcount)
    return replace(story, layoff=layoff, earlier=earlier)


def _number(story: Story, new: Layoff, kind: ChangeKind | None) -> Change | None:
    old = story.layoff
    if new.headcount and counted(new.headcount):
        if old.headcount is None or not counted(old.headcount):
            return Change(kind or ChangeKind.HEADCOUNT, _said(old.headcount), headcount_words(new.headcount))
        retold = (old.headcount,) if kind else (old.headcount, *story.earlier)
        if any(same_headcount(one, new.headcount) for one in retold) or is_part(old, new):
            return None
        return Change(kind or ChangeKind.HEADCOUNT, _said(old.headcount), headcount_words(new.headcount))
    if new.percent and not counted(old.headcount):
        if old.percent is None:
            return Change(kind or ChangeKind.PERCENT, "", percent_words(new.percent))
        if not same_percent(old.percent, new.percent):
            return Change(kind or ChangeKind.PERCENT, percent_words(old.percent), percent_words(new.percent))
    return None


def _stage(old: Layoff, new: Layoff) -> Change | None:
    if new.stage is old.stage:
        return None
    if new.stage is Stage.DENIED:
        return Change(ChangeKind.DENIAL, old.stage.value, new.stage.value)
    # What is only reported after a denial is, as a rule, the report that was denied.
    if old.stage is Stage.DENIED and new.stage is not Stage.REPORTED:
        return Change(ChangeKind.STAGE, old.stage.value, new.stage.value)
    if old.stage is not Stage.DENIED and _STEPS.index(new.stage) > _STEPS.index(old.stage):
        return Change(ChangeKind.STAGE, old.stage.value, new.stage.value)
    return None


def _further(old: Stage, new: Stage) -> Stage:
    if old is Stage.DENIED or new is Stage.DENIED:
        return old
    return max(old, new, key=_STEPS.index)


def _corrected_stage(old: Layoff, new: Layoff) -> Change | None:
    if (old.stage, new.stage) == (Stage.CONFIRMED, Stage.PLANNED):
        return Change(ChangeKind.CORRECTION, old.stage.value, new.stage.value)
    return _stage(old, new)


def _added_places(old: Layoff, new: Layoff) -> Change | None:
    """A place not told before, or one told closer now: a town where only its country was known."""
    if not _news_of(old.places, new.places):
        return None
    return Change(ChangeKind.PLACE, _listed(old.places), _listed(_together(old.places, new.places)))


def _corrected_places(old: Layoff, new: Layoff) -> Change | None:
    if overlap(old.places, new.places) in (Overlap.UNKNOWN, Overlap.SAME):
        return None
    return Change(ChangeKind.CORRECTION, _listed(old.places), _listed(new.places))


def _news_of(told: Sequence[Place], new: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(place for place in new if not any(as_close(to, place) for to in told))


def _together(told: Sequence[Place], new: Sequence[Place]) -> tuple[Place, ...]:
    added = _news_of(told, new)
    kept = (place for place in told if not any(as_close(more, place) for more in added))
    return (*kept, *added)


def _fuller(old: Layoff, new: Layoff) -> Company | None:
    listed = (layoff.company for layoff in (old, new) if layoff.company and layoff.company.ticker)
    return next(listed, old.company or new.company)


def _said(headcount: Headcount | None) -> str:
    return headcount_words(headcount) if headcount else ""


def _listed(places: Sequence[Place]) -> str:
    return "; ".join(dict.fromkeys(place_words(place) for place in places))
