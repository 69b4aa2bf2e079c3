"""When a held alert may go out: cron lines and quiet hours as pure functions of time, in IANA zones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Self, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, model_validator

_DAYS = {name: number for number, name in enumerate(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of month", 1, 31, {}),
    ("month", 1, 12, _MONTHS),
    ("day of week", 0, 7, _DAYS),
)
_LEAP_YEARS_APART = timedelta(days=8 * 366)
"""29 February is at most eight years away (1896 to 1904, 2096 to 2104)."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A parsed cron line. Days of the week count from Sunday, 0; `either` as in `crontab(5)`.

    Where day of month and day of week are both restricted, a day that is either will do.
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either: bool

    def falls_on(self, day: date) -> bool:
        """Whether the line fires on this day at all."""
        if day.month not in self.months:
            return False
        of_month, of_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return of_month or of_week if self.either else of_month and of_week

    def after(self, moment: datetime, zone: str) -> datetime | None:
        """Return the first time after `moment` (aware), in UTC; None if there is none in eight years.

        A time that the clocks skip in spring is told when they have moved; one that comes twice in autumn,
        the first time.
        """
        local = moment.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
        last = local + _LEAP_YEARS_APART
        while local <= last:
            if self.falls_on(local):
                for fires in self._times(local, ZoneInfo(zone)):
                    if fires > moment:
                        return fires
            local += timedelta(days=1)
        return None

    def before(self, fires: datetime, zone: str) -> datetime:
        """Return the last time before `fires`, which is one; that itself if there is none in eight years."""
        back = timedelta(days=1)
        while back <= _LEAP_YEARS_APART:
            found = self.after(fires - back, zone)
            if found is not None and found < fires:
                while (later := self.after(found, zone)) is not None and later < fires:
                    found = later
                return found
            back *= 2
        return fires

    def _times(self, day: date, zone: ZoneInfo) -> Iterator[datetime]:
        for hour in sorted(self.hours):
            for minute in sorted(self.minutes):
                yield datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


def schedule(line: str) -> Schedule:
    """Parse five fields (minute, hour, day of month, month, day of week) as `crontab(5)` has them.

    Lists, ranges, steps and English names of three letters are understood, "@daily" and the like are not.

    Raises:
        ValueError: naming the field that is wrong, or a line that never fires.
    """
    fields = line.split()
    if len(fields) != len(_FIELDS):
        raise ValueError(f"a cron line has 5 fields, this one has {len(fields)} — like: 0 8 * * mon-fri")
    minutes, hours, days, months, weekdays = (
        _numbers(text, *limits) for text, limits in zip(fields, _FIELDS, strict=True)
    )
    either = not fields[2].startswith("*") and not fields[4].startswith("*")
    found = Schedule(minutes, hours, days, months, frozenset(day % 7 for day in weekdays), either)
    if found.after(datetime(2000, 1, 1, tzinfo=UTC), "UTC") is None:
        raise ValueError("this cron line never fires — choose a day that the calendar has")
    return found


def _numbers(text: str, field: str, low: int, high: int, names: dict[str, int]) -> frozenset[int]:
    found: set[int] = set()
    for part in text.lower().split(","):
        try:
            begin, end, step = _span(part, low, high, names)
        except ValueError:
            begin, end, step = low, high, 0
        if not (low <= begin <= end <= high and step > 0):
            raise ValueError(f"'{part}' is no {field} — write {low} to {high}")
        found.update(range(begin, end + 1, step))
    return frozenset(found)


def _span(part: str, low: int, high: int, names: dict[str, int]) -> tuple[int, int, int]:
    """First, last and step of "*", "5", "1-5", "*/10", "1-30/5" or "5/10"."""
    span, slash, step = part.partition("/")
    stride = int(step) if slash else 1
    if span == "*":
        return low, high, stride
    first, dash, last = span.partition("-")
    begin = names[first] if first in names else int(first)
    if dash:
        return begin, names[last] if last in names else int(last), stride
    return begin, high if slash else begin, stride


def _cron(line: str) -> str:
    schedule(line)
    return line


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"'{name}' is no IANA time zone — for example: Europe/Berlin") from None
    return name


Cron: TypeAlias = Annotated[str, AfterValidator(_cron)]
Zone: TypeAlias = Annotated[str, AfterValidator(_zone)]


_CLOCK = {"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2})?$"}
TimeOfDay: TypeAlias = Annotated[time, WithJsonSchema(_CLOCK)]


class Quiet(BaseModel):
    """Hours of the day, by the clocks of an IANA zone, in which nothing is told; they may span midnight."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")
    zone: Zone = "UTC"

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.start == self.end:
            raise ValueError("quiet hours that end when they begin last all day — drop the watchlist instead")
        return self

    def until(self, moment: datetime) -> datetime | None:
        """Return when the quiet hours in which `moment` (aware) lies end, in UTC; None outside them."""
        local = moment.astimezone(ZoneInfo(self.zone))
        clock = local.time()
        spans = self.start > self.end
        inside = clock >= self.start or clock < self.end if spans else self.start <= clock < self.end
        if not inside:
            return None
        tomorrow = spans and clock >= self.start
        day = local.date() + timedelta(days=1 if tomorrow else 0)
        return datetime.combine(day, self.end, ZoneInfo(self.zone)).astimezone(UTC)
