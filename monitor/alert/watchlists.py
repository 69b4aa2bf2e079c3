"""What a watchlist file may say: what a team wants to hear of, and where. One file, one watchlist."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from monitor.alert.hours import Cron, Quiet, Zone
from monitor.model import ChangeKind, How, Kind, Stage
from monitor.rules.literals import Literals
from monitor.story.geography import COUNTRIES
from monitor.story.identity import normalised
from monitor.story.names import spellings, ticker_key

Unknown: TypeAlias = Literal["pass", "stop"]
"""What becomes of a story whose text does not state what the filter asks for."""


def _country(code: str) -> str:
    if code not in COUNTRIES:
        remedy = "the United Kingdom is GB" if code == "UK" else "write it like US or DE"
        raise ValueError(f"'{code}' is no ISO 3166-1 alpha-2 country code — {remedy}")
    return code


Country = Annotated[str, AfterValidator(_country)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Channel = Annotated[str, StringConstraints(pattern=r"^(#[^\sA-Z#@<>,]{1,80}|[CG][A-Z0-9]{8,20})$")]
Who = Annotated[str, StringConstraints(pattern=r"^(here|channel|everyone|[UWS][A-Z0-9]{5,20})$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Companies(_Part):
    """Employers by name, alias or listing ("NYSE: F"); `files` hold one of these a line.

    Legal forms, accents and case do not matter. `when_unknown` decides where no employer was found.
    """

    any_of: tuple[Name, ...] = ()
    files: tuple[Path, ...] = ()
    when_unknown: Unknown

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.any_of and not self.files:
            raise ValueError("no company is named — give 'any_of' or 'files'")
        return self

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all companies listed, to be looked up in those of an employer."""
        return frozenset(key for term in self.any_of for key in _term_keys(term))

    def with_terms(self, lines: Iterable[str]) -> Self:
        """Return the filter with the lines of its files added; blank lines and "# …" are none."""
        terms = (line.strip() for line in lines)
        more = tuple(term for term in terms if term and not term.startswith("#"))
        return type(self)(any_of=(*self.any_of, *more), files=self.files, when_unknown=self.when_unknown)


def _term_keys(term: str) -> tuple[str, ...]:
    exchange, colon, ticker = term.partition(":")
    if colon:
        return (ticker_key(exchange, ticker),)
    return tuple(f"name:{name}" for name in spellings(term))


class Near(_Part):
    """A circle: `km` kilometres around a point in WGS 84 degrees."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    km: float = Field(gt=0, le=20_040)


class Area(_Part):
    """A town, region, country or circle; what is given must all hold. Region as in ISO 3166-2 ("NY")."""

    country: Country | None = None
    region: Name | None = None
    city: Name | None = None
    near: Near | None = None

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if self.region and not self.country:
            raise ValueError("a region needs its country — add 'country'")
        if not (self.country or self.city or self.near):
            raise ValueError("no place is named — give 'country', 'city' or 'near'")
        return self


class Places(_Part):
    """Areas, one of which must be hit. A story that names only the country of a wanted town is unknown."""

    any_of: tuple[Area, ...] = Field(min_length=1)
    when_unknown: Unknown


class Size(_Part):
    """How many jobs, or which share of the workforce; reaching either will do."""

    jobs_at_least: int | None = Field(None, ge=1)
    percent_at_least: float | None = Field(None, gt=0, le=100)
    when_unknown: Unknown

    @model_validator(mode="after")
    def _has_a_threshold(self) -> Self:
        if self.jobs_at_least is None and self.percent_at_least is None:
            raise ValueError("no size is named — give 'jobs_at_least' or 'percent_at_least'")
        return self


class Languages(_Part):
    """Languages of the item as its feed states them (BCP 47); "en" takes "en-GB" too."""

    any_of: tuple[Name, ...] = Field(min_length=1)
    when_unknown: Unknown


class Keywords(_Part):
    """Whole words or phrases of title and text, whatever their case: one of `any_of`, none of `none_of`."""

    any_of: tuple[Name, ...] = ()
    none_of: tuple[Name, ...] = ()

    @field_validator("any_of", "none_of")
    @classmethod
    def _has_letters(cls, terms: tuple[str, ...]) -> tuple[str, ...]:
        if empty := [term for term in terms if not normalised(term)]:
            raise ValueError(f"'{empty[0]}' has no letter or digit — name a word")
        return terms

    @cached_property
    def wanted(self) -> Literals:
        """The terms of `any_of`, to be found in normalised text however many they are."""
        return Literals([normalised(term) for term in self.any_of])

    @cached_property
    def barred(self) -> Literals:
        """The terms of `none_of`, likewise."""
        return Literals([normalised(term) for term in self.none_of])


class Filters(_Part):
    """All that is given must hold; nothing given lets everything through."""

    companies: Companies | None = None
    places: Places | None = None
    size: Size | None = None
    stages: tuple[Stage, ...] = ()
    kinds: tuple[Kind, ...] = ()
    wires: tuple[Name, ...] = ()
    languages: Languages | None = None
    rule_sets: tuple[Name, ...] = ()
    keywords: Keywords | None = None


class Tell(_Part):
    """How each change of a story is told where the story was told before; see `How`."""

    also_on: How = How.EDIT
    headcount: How = How.REPLY
    percent: How = How.REPLY
    place_added: How = How.REPLY
    stage: How = How.REPLY
    denial: How = How.REPLY
    correction: How = How.REPLY

    def how(self, kinds: Iterable[ChangeKind]) -> How:
        """Return the loudest manner of several changes at once."""
        return loudest(getattr(self, kind.value) for kind in kinds if kind is not ChangeKind.FIRST)


def loudest(hows: Iterable[How]) -> How:
    """Return the one that is told most loudly; NOTHING of none."""
    return max(hows, key=tuple(How).index, default=How.NOTHING)


class Mention(_Part):
    """Whom to ping: "here", "channel", "everyone", user ids (U…) and group ids (S…).

    Above a threshold, only when the story states a number that reaches it.
    """

    who: tuple[Who, ...] = Field(min_length=1, max_length=10, examples=[["here"], ["U024BE7LH"]])
    jobs_at_least: int | None = Field(None, ge=1)


class Digest(_Part):
    """Hold everything until the next time of a cron line in an IANA zone, and tell it as one message."""

    cron: Cron
    zone: Zone = "UTC"


class Report(_Part):
    """At each time of a cron line, the numbers since the time before: by day, company and region."""

    cron: Cron
    zone: Zone = "UTC"


class Urgent(_Part):
    """What is told at once, whatever the digest or the quiet hours."""

    jobs_at_least: int = Field(ge=1)


class WatchlistFile(_Part):
    """What one team wants to hear of, and where."""

    name: Name
    channels: tuple[Channel, ...] = Field(min_length=1, examples=[["#layoffs"], ["C024BE91L"]])
    filters: Filters = Filters()
    tell: Tell = Tell()
    mention: Mention | None = None
    digest: Digest | None = None
    report: Report | None = None
    quiet: Quiet | None = None
    urgent: Urgent | None = None
