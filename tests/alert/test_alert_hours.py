from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from monitor.alert.hours import Cron, Quiet, fires_after, fires_before


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "zone", "moment", "fires"),
    [
        ("0 9 * * *", "UTC", "2026-10-05 08:59", "2026-10-05 09:00"),
        ("0 9 * * *", "UTC", "2026-10-05 09:00", "2026-10-06 09:00"),
        ("0 9 * * mon-fri", "Europe/Berlin", "2026-10-02 12:00", "2026-10-05 07:00"),
        ("*/15 8-18 * * *", "UTC", "2026-10-05 08:01", "2026-10-05 08:15"),
        ("30 8 1,15 * *", "UTC", "2026-10-05 00:00", "2026-10-15 08:30"),
        ("0 0 13 * fri", "UTC", "2026-10-05 00:00", "2026-10-09 00:00"),
        ("0 12 * * 7", "UTC", "2026-10-05 00:00", "2026-10-11 12:00"),
        ("0 12 * * sun", "UTC", "2026-10-05 00:00", "2026-10-11 12:00"),
        ("0 0 29 feb *", "UTC", "2026-10-05 00:00", "2028-02-29 00:00"),
        ("30 2 * * *", "America/New_York", "2026-03-08 00:00", "2026-03-08 07:00"),
        ("30 2 * * *", "America/New_York", "2026-03-08 07:00", "2026-03-09 06:30"),
        ("30 1 * * *", "America/New_York", "2026-11-01 00:00", "2026-11-01 05:30"),
        ("30 1 * * *", "America/New_York", "2026-11-01 05:30", "2026-11-02 06:30"),
        ("30 1 * * *", "America/New_York", "2026-11-01 06:10", "2026-11-02 06:30"),
    ],
)
def test_a_cron_line_fires_by_the_clocks_of_its_zone(line: str, zone: str, moment: str, fires: str) -> None:
    assert fires_after(line, utc(moment), zone) == utc(fires)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0 9 * *", "a cron line has 5 fields, this one has 4"),
        ("60 9 * * *", "'60' is no minute"),
        ("0 9 * * 5-1", "'5-1' is no day of week"),
        ("0 9 * okt *", "'okt' is no month"),
        ("*/0 9 * * *", "'*/0' is no minute"),
        ("0 9 31 feb *", "this cron line never fires"),
        ("0 9 31 feb,apr *", "this cron line never fires"),
        (f"{'9' * 5000} 9 * * *", f"'{'9' * 5000}' is no minute"),
    ],
)
def test_a_wrong_cron_line_says_what_is_wrong(line: str, said: str) -> None:
    with pytest.raises(ValidationError, match=f"{re.escape(said)} — "):
        TypeAdapter(Cron).validate_python(line)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
    st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata"]),
)
def test_a_daily_digest_is_never_more_than_a_day_and_a_clock_change_away(moment: datetime, zone: str) -> None:
    at = moment.replace(tzinfo=UTC)
    fires = fires_after("0 9 * * *", at, zone)
    assert timedelta(0) < fires - at <= timedelta(hours=25)


def test_quiet_hours_span_midnight_by_the_clocks_of_their_zone() -> None:
    night = Quiet.model_validate({"from": "22:00", "to": "07:00", "zone": "Europe/Berlin"})
    assert night.until(utc("2026-10-05 20:00")) == utc("2026-10-06 05:00")
    assert night.until(utc("2026-10-06 04:59")) == utc("2026-10-06 05:00")
    assert night.until(utc("2026-10-06 05:00")) is None
    assert night.until(utc("2026-10-05 19:59")) is None


def test_quiet_hours_within_a_day() -> None:
    noon = Quiet.model_validate({"from": "12:00", "to": "13:30"})
    assert noon.until(utc("2026-10-05 12:15")) == utc("2026-10-05 13:30")
    assert noon.until(utc("2026-10-05 13:30")) is None


@pytest.mark.parametrize(
    "wrong", [{"from": "7:00", "to": "7:00"}, {"from": "22:00", "to": "07:00", "zone": "Mars"}]
)
def test_wrong_quiet_hours_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Quiet.model_validate(wrong)


@pytest.mark.parametrize(
    ("line", "fires", "before"),
    [
        ("0 9 * * mon", datetime(2026, 3, 9, 9, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("0 9 * * mon-fri", datetime(2026, 3, 9, 9, tzinfo=UTC), datetime(2026, 3, 6, 9, tzinfo=UTC)),
        ("0 9,17 * * *", datetime(2026, 3, 9, 17, tzinfo=UTC), datetime(2026, 3, 9, 9, tzinfo=UTC)),
        ("0 0 29 2 *", datetime(2028, 2, 29, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC)),
    ],
)
def test_the_time_before_is_where_a_period_begins(line: str, fires: datetime, before: datetime) -> None:
    assert fires_before(line, fires, "UTC") == before
