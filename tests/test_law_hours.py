"""Clocks of hours: elapsed time through every change of the clocks, whatever zone they are written in."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.law.clocks import Ask, Bare, Due, Extension, Missing, Suspension, reckon
from cases.law.rulebook import book

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    "Asia/Shanghai", "Europe/Berlin", "Europe/Dublin", "Europe/London", "America/New_York", "America/Sao_Paulo",
    "Asia/Kolkata", "Asia/Jakarta", "Australia/Sydney", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Auckland",
]  # fmt: skip


def due(facts, rule="EU-22", **more) -> Due:
    found = reckon(Ask(rule, facts, **more), book=book())
    assert isinstance(found, Due), found
    return found


def changes_of(zone):
    """The hours of 2024 to 2027 in which the zone's offset changes, in UTC."""
    hour, last = datetime(2024, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    while hour < last:
        following = hour + timedelta(hours=1)
        if hour.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield hour
        hour = following


@pytest.mark.parametrize("name", ZONES)
def test_elapsed_hours_are_elapsed_hours_through_every_change(name):
    zone = ZoneInfo(name)

    for change in [datetime(2025, 6, 1, tzinfo=UTC), *changes_of(zone)]:
        for before in (1, 2, 23, 71):
            start = (change - timedelta(hours=before)).astimezone(zone)
            found = due({"trigger": start}, Bare("EU-H", 72, "hour"), zone=name)
            assert found.due.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=72)
            assert found.due.utcoffset() == found.due.astimezone(zone).utcoffset()


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        (datetime.fromisoformat("2026-03-28T10:15"), "2026-03-31T11:15:00+02:00"),  # summer time begins on the 29th
        (datetime.fromisoformat("2026-10-24T10:15"), "2026-10-27T09:15:00+01:00"),  # and ends on 25 October
        (
            datetime.fromisoformat("2026-10-25T02:30"),
            "2026-10-28T01:30:00+01:00",
        ),  # 02:30 comes twice: the first one leads
    ],
)
def test_time_of_day_is_read_in_the_zone_stated(trigger, expected):
    assert due({"aware_at": trigger}, zone="Europe/Berlin").due.isoformat() == expected


def test_hour_clock_never_rolls_and_asks_no_calendar():
    found = due({"learnt_at": datetime(2026, 10, 1, 15, 30, tzinfo=UTC)}, "CN-27c", zone="Asia/Shanghai")

    assert found.due.isoformat() == "2026-10-02T03:30:00+08:00"
    assert found.nominal == found.safe_due == found.due_at == found.due
    assert (found.provisional, found.calendar_version) == (False, "")


def test_half_an_hour_is_counted():
    found = due({"report_received_at": datetime(2026, 1, 1, 0, 0, tzinfo=UTC)}, "CN-27d")

    assert found.due.isoformat() == "2026-01-01T08:30:00+08:00"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "2026-01-04T10:00:00+02:00"),  # no zone is known: the offset it came with
        ({"zone": "Europe/Berlin"}, "2026-01-04T09:00:00+01:00"),
        ({"calendar": "IE"}, "2026-01-04T08:00:00+00:00"),  # the place of the calendar named
    ],
)
def test_answer_is_written_in_the_zone_asked_for(more, expected):
    assert due({"aware_at": datetime.fromisoformat("2026-01-01T10:00:00+02:00")}, **more).due.isoformat() == expected


def test_year_without_an_arrangement_does_not_trouble_an_hour_clock():
    assert not due({"aware_at": datetime(2027, 3, 1, tzinfo=UTC)}).provisional


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(date(2026, 3, 29), date(2026, 3, 30))], "2026-04-01T10:00:00+02:00"),  # the 29th has 23 hours
        (
            [(datetime.fromisoformat("2026-03-29T00:00"), datetime.fromisoformat("2026-03-29T06:00"))],
            "2026-03-31T16:00:00+02:00",
        ),  # 5 of them
        ([(date(2026, 3, 27), date(2026, 3, 28))], "2026-03-31T11:00:00+02:00"),  # before it began
        ([(date(2026, 4, 1), date(2026, 4, 2))], "2026-03-31T11:00:00+02:00"),  # after it ended
    ],
)
def test_suspension_of_an_hour_clock(spans, expected):
    stood = tuple(Suspension(*span) for span in spans)

    found = due({"aware_at": datetime.fromisoformat("2026-03-28T10:00")}, zone="Europe/Berlin", suspensions=stood)

    assert found.due.isoformat() == expected


def test_open_suspension_leaves_an_hour_clock_unknown():
    ask = Ask(
        "EU-22",
        {"aware_at": datetime(2026, 3, 28, 10, 0, tzinfo=BERLIN)},
        suspensions=(Suspension(date(2026, 3, 29), None),),
    )

    assert reckon(ask, book=book()) == Missing(("until",))


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        (Extension(24, "hour"), "2026-06-05T10:15:00+02:00"),
        (Extension(until=date(2026, 6, 5)), "2026-06-06T00:00:00+02:00"),  # the whole of the day
        (Extension(until=datetime.fromisoformat("2026-06-05T12:00")), "2026-06-05T12:00:00+02:00"),
    ],
)
def test_extension_of_an_hour_clock(extension, expected):
    found = due({"aware_at": datetime.fromisoformat("2026-06-01T10:15")}, zone="Europe/Berlin", extensions=(extension,))

    assert found.due.isoformat() == expected
