"""When a word by the timetable is next due: pure, in its reader's zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rhythm import next_slot

SHANGHAI, BERLIN, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
MORNING = time(8, 30)
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "zone", "weekday", "wanted"),
    [
        (utc(2026, 11, 25, 0, 0), SHANGHAI, None, utc(2026, 11, 25, 0, 30)),
        (utc(2026, 11, 25, 0, 30), SHANGHAI, None, utc(2026, 11, 26, 0, 30)),  # the moment itself is over
        (utc(2026, 11, 25, 20, 0), SHANGHAI, None, utc(2026, 11, 26, 0, 30)),  # there it is the 26th already
        (utc(2026, 11, 25, 0, 0), SHANGHAI, 1, utc(2026, 11, 30, 0, 30)),
        (utc(2026, 11, 30, 0, 29), SHANGHAI, 1, utc(2026, 11, 30, 0, 30)),
        (utc(2026, 11, 30, 0, 30), SHANGHAI, 1, utc(2026, 12, 7, 0, 30)),
        (utc(2026, 10, 24, 12, 0), BERLIN, None, utc(2026, 10, 25, 7, 30)),  # the day the clocks went back
        (utc(2026, 3, 28, 12, 0), BERLIN, None, utc(2026, 3, 29, 6, 30)),  # and forward
    ],
)
def test_the_next_morning(after, zone, weekday, wanted):
    assert next_slot(after, at=MORNING, zone=zone, weekday=weekday) == wanted


def test_a_wall_time_the_clocks_skip_comes_all_the_same_and_once():
    first = next_slot(utc(2026, 3, 28, 12, 0), at=time(2, 30), zone=BERLIN)

    assert first.astimezone(BERLIN).date() == date(2026, 3, 29)
    assert next_slot(first, at=time(2, 30), zone=BERLIN).astimezone(BERLIN).date() == date(2026, 3, 30)


def test_a_wall_time_that_comes_twice_is_one_slot():
    first = next_slot(utc(2026, 10, 24, 12, 0), at=time(2, 30), zone=BERLIN)

    assert next_slot(first, at=time(2, 30), zone=BERLIN).astimezone(BERLIN).date() == date(2026, 10, 26)


def test_only_on_days_that_are_due():
    # The National Day holiday; 10 October 2026 is a make-up Saturday.
    working = {date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)}
    found = [next_slot(utc(2026, 9, 29, 12, 0), at=MORNING, zone=SHANGHAI, is_due=working.__contains__)]
    for _ in range(3):
        found.append(next_slot(found[-1], at=MORNING, zone=SHANGHAI, is_due=working.__contains__))

    assert {slot.astimezone(SHANGHAI).date() for slot in found} == working


def test_a_calendar_without_a_working_day_stops_nobody():
    after = utc(2026, 11, 25, 0, 0)
    assert next_slot(after, at=MORNING, zone=SHANGHAI, is_due=lambda _day: False) == after + timedelta(days=1)


@given(
    after=st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: utc(2024, 1, 1) + timedelta(minutes=minutes)),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_it_is_after_and_within_a_day_and_a_bit(after, at, zone):
    slot = next_slot(after, at=at, zone=zone)

    assert after < slot <= after + timedelta(hours=49)
    assert slot.astimezone(zone).replace(tzinfo=None).time() == at or slot.astimezone(zone).utcoffset() is not None
