"""China's dates, worked by hand from the notices on holidays: none was copied from what the program answers."""

from datetime import date, datetime, timedelta

import pytest

from cases.law.clocks import Ask, BadAsk, Bare, Due, Extension, Missing, Suspension, reckon
from cases.law.rulebook import book
from tests.test_law_rules_china import CD, HOURS, TABLE, WD


def answer(rule, trigger, **more):
    fact = book().versions(rule)[-1].fact
    return reckon(Ask(rule, {fact: trigger}, **more), book=book())


def due(rule, trigger, **more) -> Due:
    found = answer(rule, trigger, **more)
    assert isinstance(found, Due), found
    return found


def on(text):
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


# ---- Worked by hand --------------------------------------------------------------------------------------------------
WORKING_DAYS = [
    ("CN-01", "2026-02-12", "2026-02-28"),  # 13, 14 Sat | 24, 25, 26, 27, 28 Sat
    ("CN-01", "2025-09-25", "2025-10-11"),  # 26, 28 Sun, 29, 30 | 9, 10, 11 Sat
    ("CN-03", "2026-04-29", "2026-05-12"),  # 30 | 6, 7, 8, 9 Sat, 11, 12
    ("CN-03b", "2026-09-30", "2026-10-27"),  # 8, 9, 10 Sat, 12-16, 19-23, 26, 27
    ("CN-05", "2025-01-23", "2025-02-06"),  # 24, 26 Sun, 27 | 5, 6 February
    ("CN-06", "2026-05-11", "2026-04-28"),  # back: 9 Sat, 8, 7, 6 | 30, 29, 28 April
    ("CN-07", "2026-09-18", "2026-09-29"),  # 20 Sun, 21-24 | 28, 29
    ("CN-09", "2026-05-08", "2026-05-12"),  # 9 Sat, 11, 12
    ("CN-09", "2025-04-25", "2025-04-29"),  # 27 Sun, 28, 29
    ("CN-13", "2026-09-29", "2026-10-12"),  # 30 | 8, 9, 10 Sat, 12
    ("CN-13", "2025-04-30", "2025-05-12"),  # | 6, 7, 8, 9, 12
    ("CN-13", "2023-12-28", "2024-01-05"),  # 29 | 2, 3, 4, 5
    ("CN-13", "2024-01-01", "2024-01-08"),  # 2, 3, 4, 5, 8
    ("CN-14", "2026-02-13", "2026-02-27"),  # 14 Sat | 24, 25, 26, 27
    ("CN-14", "2023-09-27", "2023-10-10"),  # 28 | 7 Sat, 8 Sun, 9, 10
    ("CN-14b", "2026-02-10", "2026-03-02"),  # 11, 12, 13, 14 Sat | 24-27, 28 Sat, 2 March
    ("CN-15", "2026-04-02", "2026-04-14"),  # 3 | 7-10, 13, 14
    ("CN-15", "2023-04-20", "2023-04-28"),  # 21, 23 Sun, 24-28
    ("CN-15b", "2026-09-21", "2026-10-12"),  # 22, 23, 24 | 28, 29, 30 | 8, 9, 10 Sat, 12
    ("CN-15c", "2026-05-06", "2026-05-09"),  # 7, 8, 9 Sat
    ("CN-15d", "2026-05-07", "2026-05-13"),  # 8, 9 Sat, 11, 12, 13
    ("CN-21b", "2025-09-26", "2025-10-16"),  # 28 Sun, 29, 30 | 9, 10, 11 Sat, 13-16
    ("CN-31", "2026-09-23", "2026-10-14"),  # 24 | 28, 29, 30 | 8, 9, 10 Sat, 12, 13, 14
    ("CN-31b", "2025-01-22", "2025-02-11"),  # 23, 24, 26 Sun, 27 | 5, 6, 7, 8 Sat, 10, 11
    ("CN-31c", "2026-01-30", "2026-03-05"),  # 2-6, 9-13, 14 Sat | 24-27, 28 Sat, 2-5 March
    ("CN-31d", "2026-09-18", "2026-11-05"),  # 20 Sun, 21-24 | 28-30 | 8, 9, 10 Sat, 12-16, 19-23, 26-30, 2-5
    ("CN-33", "2025-09-22", "2025-10-17"),  # 23-26, 28 Sun, 29, 30 | 9, 10, 11 Sat, 13-17
]


@pytest.mark.parametrize(("rule", "trigger", "ends"), WORKING_DAYS)
def test_working_days_count_make_up_days_and_pass_over_holidays(rule, trigger, ends):
    found = due(rule, on(trigger))

    assert (str(found.due), str(found.nominal), str(found.safe_due)) == (ends, ends, ends)
    assert not found.provisional


@pytest.mark.parametrize(
    ("rule", "trigger", "nominal", "ends", "safe"),
    [
        ("CN-02", "2026-07-05", "2026-10-03", "2026-10-08", "2026-09-30"),  # 26 + 31 + 30 + 3
        ("CN-02", "2025-11-04", "2026-02-02", "2026-02-02", "2026-02-02"),  # 26 + 31 + 31 + 2
        ("CN-08", "2026-09-20", "2026-10-05", "2026-10-08", "2026-09-30"),
        ("CN-08", "2026-02-13", "2026-02-28", "2026-02-28", "2026-02-28"),  # a make-up Saturday
        ("CN-10", "2024-02-29", "2026-02-28", "2026-02-28", "2026-02-28"),  # no 29th; a make-up Saturday
        ("CN-10b", "2021-10-02", "2026-10-02", "2026-10-08", "2026-09-30"),
        ("CN-12", "2025-08-08", "2025-10-07", "2025-10-09", "2025-09-30"),  # 23 + 30 + 7; off to the 8th in 2025
        ("CN-12b", "2025-05-02", "2026-05-02", "2026-05-06", "2026-04-30"),
        ("CN-15b", "2023-09-21", "2023-10-01", "2023-10-07", "2023-09-28"),  # calendar days; 7th a make-up Saturday
        ("CN-16", "2026-08-04", "2026-10-03", "2026-10-08", "2026-09-30"),  # 27 + 30 + 3
        ("CN-16b", "2026-04-01", "2026-05-01", "2026-05-06", "2026-04-30"),
        ("CN-17", "2025-09-16", "2025-10-01", "2025-10-09", "2025-09-30"),
        ("CN-18", "2026-04-01", "2026-10-01", "2026-10-08", "2026-09-30"),
        ("CN-18b", "2025-02-28", "2026-02-28", "2026-02-28", "2026-02-28"),
        ("CN-18c", "2021-10-07", "2026-10-07", "2026-10-08", "2026-09-30"),
        ("CN-19", "2026-02-05", "2026-02-15", "2026-02-24", "2026-02-14"),
        ("CN-20", "2026-04-25", "2026-05-10", "2026-05-11", "2026-05-09"),  # a Sunday after a make-up Saturday
        ("CN-20b", "2026-09-30", "2026-10-10", "2026-10-10", "2026-10-10"),
        ("CN-21", "2025-11-30", "2026-02-28", "2026-02-28", "2026-02-28"),  # no 30th; a make-up Saturday
        ("CN-28", "2026-09-02", "2026-10-02", "2026-10-08", "2026-09-30"),
        ("CN-32", "2025-08-31", "2026-02-28", "2026-02-28", "2026-02-28"),
        ("CN-32", "2026-03-31", "2026-09-30", "2026-09-30", "2026-09-30"),
        ("CN-32b", "2026-08-07", "2026-10-06", "2026-10-08", "2026-09-30"),  # 24 + 30 + 6
        ("CN-34b", "2026-06-05", "2026-06-20", "2026-06-22", "2026-06-18"),  # Dragon Boat, 19-21
        ("CN-35", "2026-01-20", "2026-02-19", "2026-02-24", "2026-02-14"),
    ],
)
def test_days_and_months_end_and_roll(rule, trigger, nominal, ends, safe):
    found = due(rule, on(trigger))

    assert (str(found.nominal), str(found.due), str(found.safe_due)) == (nominal, ends, safe)


def test_five_years_of_the_act_end_in_a_year_yet_unpublished():
    found = due("CN-12c", date(2024, 2, 29))  # no 29 February 2029: the 28th, a Wednesday

    assert (found.due, found.provisional) == (date(2029, 2, 28), True)


@pytest.mark.parametrize(
    ("rule", "trigger", "ends"),
    [
        ("CN-27", "2026-02-28T23:40+08:00", "2026-03-01T00:40+08:00"),
        ("CN-27b", "2025-11-01T00:00+08:00", "2025-11-01T02:00+08:00"),
        ("CN-27c", "2026-10-01T23:30+08:00", "2026-10-02T03:30+08:00"),
        ("CN-27d", "2026-01-01T23:45+08:00", "2026-01-02T00:15+08:00"),
        ("CN-27e", "2026-01-01T17:00+00:00", "2026-01-02T02:00+08:00"),  # 1:00 on 2 January in China
        ("CN-29", "2026-10-01T09:15+08:00", "2026-10-02T09:15+08:00"),  # the holidays stop no clock of hours
        ("CN-29", "2025-01-01T00:00+08:00", "2025-01-02T00:00+08:00"),
    ],
)
def test_hours_run_through(rule, trigger, ends):
    assert due(rule, on(trigger)).due == on(ends)


def test_hearing_does_not_count_towards_the_ninety_days():
    away = Suspension(date(2026, 3, 12), date(2026, 4, 1))
    found = due("CN-02", date(2026, 3, 2), suspensions=(away,))  # 9 days, then 81 from 1 April: 30 + 31 + 20

    assert (found.nominal, found.due) == (date(2026, 6, 20), date(2026, 6, 22))
    assert "hearing_noticed" in book().rule("CN-02", None).suspended_by


def test_ninety_days_extended_by_sixty_count_on_from_the_due_date():
    found = due("CN-02", date(2026, 3, 2), extensions=(Extension(60, "day"),))  # 31 May a Sunday, 1 June; 29 + 31

    assert found.due == date(2026, 7, 31)


def test_review_extended_by_thirty_is_one_period_of_ninety():
    assert due("CN-16", date(2026, 8, 4), extensions=(Extension(30, "day"),)).due == date(2026, 11, 2)


@pytest.mark.parametrize("rule", [name for name, row in TABLE.items() if row[0] == "ordered"])
def test_order_keeps_the_day_it_names(rule):
    found = due(rule, date(2026, 3, 2), ordered=date(2026, 3, 7))

    assert (found.due, found.safe_due) == (date(2026, 3, 7), date(2026, 3, 6))  # a Saturday stays


@pytest.mark.parametrize(
    ("rule", "period", "trigger", "ends"),
    [
        ("CN-04", Bare(WD, 5, "working_day"), date(2026, 5, 7), date(2026, 5, 13)),  # 8, 9 Sat, 11, 12, 13
        ("CN-22", Bare(CD, 15, "day"), date(2026, 2, 8), date(2026, 2, 24)),  # the 23rd is a holiday
        ("CN-24", Bare(HOURS, 3, "hour"), on("2025-10-01T22:30+08:00"), on("2025-10-02T01:30+08:00")),
    ],
)
def test_order_for_a_period_counts_from_its_receipt(rule, period, trigger, ends):
    assert due(rule, trigger, period=period).due == ends


def test_ten_days_for_the_reply_became_working_days_in_2024():
    assert due("CN-15b", date(2023, 12, 31)).rule_version == "CN-15b@1999-10-01"
    assert due("CN-15b", date(2023, 12, 31)).due == date(2024, 1, 10)  # ten days after
    assert due("CN-15b", date(2024, 1, 1)).due == date(2024, 1, 15)  # 2-5, 8-12, 15


# ---- What cannot be counted ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rule", [name for name, row in TABLE.items() if row[2] is not None])
def test_unknown_day_is_missing_and_never_guessed(rule):
    assert answer(rule, None) == Missing((book().rule(rule, None).fact,))


@pytest.mark.parametrize("rule", ["CN-27", "CN-27b", "CN-27c", "CN-27d", "CN-27e", "CN-29"])
def test_day_without_its_hour_is_not_enough_for_hours(rule):
    assert answer(rule, date(2026, 3, 2)) == Missing(("hour",))


@pytest.mark.parametrize("rule", [name for name, row in TABLE.items() if row[0] in {"ordered", "duty"}])
def test_order_and_duty_have_no_number_of_their_own(rule):
    assert answer(rule, date(2026, 3, 2)) == Missing(("ordered",))


def test_gate_is_refused():
    with pytest.raises(BadAsk, match="CN-11 opens or bars a way"):
        answer("CN-11", date(2026, 3, 2))


def test_floor_is_counted_but_starts_no_deadline():
    assert due("CN-32", date(2026, 3, 31)).rule_version == "CN-32@2026-01-01"
    assert not book().rule("CN-32", None).is_clock


# ---- The calendar ----------------------------------------------------------------------------------------------------
OFF = {
    2025: ["01-01", "01-28 02-04", "04-04 04-06", "05-01 05-05", "05-31 06-02", "10-01 10-08"],
    2026: ["01-01 01-03", "02-15 02-23", "04-04 04-06", "05-01 05-05", "06-19 06-21", "09-25 09-27", "10-01 10-07"],
}
WORK = {
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}


def days_off(year):
    for span in OFF[year]:
        first, last = (date.fromisoformat(f"{year}-{end}") for end in (span[:5], span[-5:]))
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


@pytest.mark.parametrize("year", [2025, 2026])
def test_calendar_is_that_of_the_notice_day_by_day(year):
    off, work = set(days_off(year)), {date.fromisoformat(f"{year}-{day}") for day in WORK[year]}
    calendar = book().calendar("CN")

    for n in range(365):
        day = date(year, 1, 1) + timedelta(days=n)
        weekend = day.weekday() >= 5
        wanted = "holiday" if day in off else "make_up" if day in work else "weekend" if weekend else "working"
        assert calendar.day(day).kind == wanted, day
    assert year in calendar.published_years
