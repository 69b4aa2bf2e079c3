"""When a held alert may go out: cron lines and quiet hours as pure functions of time, in IANA zones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Self, TypeAlias
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, model_validator

# Field and its range, as `crontab(5)` has them.
_FIELDS = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of month", 1, 31),
    ("month", 1, 12),
    ("day of week", 0, 7),
)


def fires_after(line: str, moment: datetime, zone: str) -> datetime:
    """Return when a valid cron line first fires after `moment` (aware), in UTC.

    A time of day that the clocks skip in spring is told when they have moved; one that comes twice in autumn,
    the first time.
    """
    times = CronSim(line, moment.astimezone(ZoneInfo(zone)))
    # In the hour that comes twice, the first of both may be over.
    return next(fires for fires in _in_utc(times) if fires > moment)


def fires_before(line: str, fires: datetime, zone: str) -> datetime:
    """Return when a valid cron line fires last before `fires` (aware), in UTC."""
    times = CronSim(line, fires.astimezone(ZoneInfo(zone)), reverse=True)
    return next(before for before in _in_utc(times) if before < fires)


def _in_utc(times: CronSim) -> Iterator[datetime]:
    return (fires.astimezone(UTC) for fires in times)


def _cron(line: str) -> str:
    """Return the line if it is five fields of `crontab(5)` that ever fire; say what is wrong if not."""
    fields = line.split()
    if len(fields) != len(_FIELDS):
        raise ValueError(f"a cron line has 5 fields, this one has {len(fields)} — like: 0 8 * * mon-fri")
    for place, (field, low, high) in enumerate(_FIELDS):
        alone = ("*",) * place + (fields[place],) + ("*",) * (len(_FIELDS) - place - 1)
        if not _fires(" ".join(alone)):
            raise ValueError(f"'{fields[place]}' is no {field} — write {low} to {high}")
    if not _fires(line):
        raise ValueError("this cron line never fires — choose a day that the calendar has")
    return line


def _fires(line: str) -> bool:
    try:
        return next(CronSim(line, datetime(2000, 1, 1, tzinfo=UTC)), None) is not None
    except (CronSimError, ValueError):  # a number of thousands of digits is Python's error
        return False


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
