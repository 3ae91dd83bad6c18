"""Working-day calendars: the China table against two libraries and the notices, and what other places call rest."""

from datetime import date, timedelta
from functools import partial

import chinese_calendar
import holidays
import pytest

from cases.law.calendars import read_calendar
from cases.law.reading import BadRulebook, OutOfRange
from cases.law.rulebook import book

CN = book().calendar("CN")


def days_of(year):
    return [date(year, 1, 1) + timedelta(days=i) for i in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_china_agrees_with_chinese_calendar_on_every_day(year):
    ours = {day: CN.is_working(day) for day in days_of(year)}

    assert ours == {day: chinese_calendar.is_workday(day) for day in days_of(year)}


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_china_agrees_with_holidays_on_every_day(year):
    library = holidays.China(years=year)

    assert {day: CN.is_working(day) for day in days_of(year)} == {
        day: library.is_working_day(day) for day in days_of(year)
    }


def test_china_2026_is_as_the_notice_says():
    make_up = [day for day in days_of(2026) if CN.day(day).kind == "make_up"]
    spring = [day for day in days_of(2026) if CN.day(day).name_zh == "春节"]

    assert make_up == [
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)
    ]  # fmt: skip
    assert (spring[0], spring[-1], len(spring)) == (date(2026, 2, 15), date(2026, 2, 23), 9)


def test_china_2027_is_unpublished_and_holds_only_what_the_measures_fix():
    off = [day for day in days_of(2027) if CN.day(day).kind == "holiday"]

    assert CN.published_years == {2023, 2024, 2025, 2026}
    assert not CN.is_published(2027)
    assert off == [
        date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8), date(2027, 4, 5),
        date(2027, 5, 1), date(2027, 5, 2), date(2027, 6, 9), date(2027, 9, 15), date(2027, 10, 1), date(2027, 10, 2),
        date(2027, 10, 3),
    ]  # fmt: skip
    assert not [day for day in days_of(2027) if CN.day(day).kind == "make_up"]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_hong_kong_rests_on_sundays_and_the_general_holidays_of_the_library(year):
    hong_kong = book().calendar("HK")
    library = holidays.HongKong(years=year, categories=("public", "optional"))

    assert {day: hong_kong.is_working(day) for day in days_of(year)} == {
        day: day.weekday() != 6 and day not in library for day in days_of(year)
    }


LIBRARIES = {
    "IE": holidays.Ireland,
    "DE": holidays.Germany,
    "US": holidays.UnitedStates,
    "IN": holidays.India,
    "AU": holidays.Australia,
    "UK": partial(holidays.UnitedKingdom, subdiv="ENG"),
    "ID": partial(holidays.Indonesia, categories=("public", "government")),  # with cuti bersama
}


@pytest.mark.parametrize(("name", "library"), LIBRARIES.items())
@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_western_week_agrees_with_the_library(name, library, year):
    calendar, off = book().calendar(name), library(years=year)

    assert {day: calendar.is_working(day) for day in days_of(year)} == {
        day: day.weekday() < 5 and day not in off for day in days_of(year)
    }


@pytest.mark.parametrize("name", ["IE", "DE", "US", "UK"])
def test_what_statute_fixes_agrees_with_the_library_in_2027_too(name):
    test_western_week_agrees_with_the_library(name, LIBRARIES[name], 2027)


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_singapore_rests_on_sundays_and_the_public_holidays_of_the_library(year):
    singapore, library = book().calendar("SG"), holidays.Singapore(years=year)

    assert {day: singapore.is_working(day) for day in days_of(year)} == {
        day: day.weekday() != 6 and day not in library for day in days_of(year)
    }


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("CN", [2023, 2024, 2025, 2026]),
        ("HK", [2023, 2024, 2025, 2026]),
        ("SG", [2023, 2024, 2025, 2026]),
        ("ID", [2023, 2024, 2025, 2026]),
        ("IN", [2023, 2024, 2025, 2026]),
        ("AU", [2023, 2024, 2025, 2026]),
        ("EU", [2023, 2025, 2026]),  # of 2024 no decision was seen
        ("UK", [2023, 2024, 2025, 2026, 2027]),
        ("IE", [2023, 2024, 2025, 2026, 2027]),  # by statute, as in Germany and the United States
        ("DE", [2023, 2024, 2025, 2026, 2027]),
        ("US", [2023, 2024, 2025, 2026, 2027]),
        ("EU-COURT", [2023, 2024, 2025, 2026, 2027]),  # a standing list
    ],
)
def test_only_a_year_with_an_official_list_counts_as_published(name, published):
    assert [year for year in range(2023, 2028) if book().calendar(name).is_published(year)] == published


@pytest.mark.parametrize(
    ("name", "off"),
    [
        ("HK", ["01-01", "02-06", "02-08", "02-09", "03-26", "03-27", "03-29", "04-05", "05-01", "05-13", "06-09",
                "07-01", "09-16", "10-01", "10-08", "12-25", "12-27"]),
        ("SG", ["01-01", "02-06", "02-07", "02-08", "03-26", "05-01", "08-09", "12-25"]),
        ("ID", ["01-01", "03-26", "03-28", "05-01", "05-06", "06-01", "08-17", "12-25"]),
        ("IN", ["01-26", "03-26", "08-15", "10-02", "12-25"]),
        ("AU", ["01-01", "01-26", "03-26", "03-29", "04-25", "12-25", "12-26"]),
    ],
)  # fmt: skip
def test_2027_without_a_list_holds_only_the_days_whose_date_is_known(name, off):
    days = [day for day in days_of(2027) if book().calendar(name).day(day).kind == "holiday"]

    assert [f"{day:%m-%d}" for day in days] == off


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("HK", date(2026, 4, 3)),  # Good Friday
        ("ID", date(2026, 3, 20)),  # joint leave before Idul Fitri
        ("ID", date(2026, 12, 24)),
        ("IE", date(2027, 2, 1)),  # Saint Brigid's Day
        ("HK", date(2026, 4, 4)),  # Saturday after Good Friday
        ("HK", date(2026, 4, 7)),  # Ching Ming moved behind Easter Monday
        ("SG", date(2026, 6, 1)),  # Vesak on a Sunday, the Monday in lieu
        ("IE", date(2026, 10, 26)),  # October bank holiday
        ("UK", date(2026, 12, 28)),  # Boxing Day's substitute
        ("EU", date(2026, 5, 15)),  # the day after Ascension
        ("EU", date(2025, 12, 29)),  # end-of-year days
        ("EU-COURT", date(2026, 6, 23)),  # Luxembourg
        ("DE", date(2026, 10, 3)),
    ],
)
def test_rest_day(name, day):
    assert not book().calendar(name).is_working(day)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("HK", date(2026, 4, 11)),  # an ordinary Saturday
        ("SG", date(2026, 11, 7)),  # a Saturday
        ("EU", date(2026, 10, 26)),  # a holiday in Ireland only
        ("IE", date(2026, 4, 3)),  # Good Friday is no public holiday in Ireland
        ("ID", date(2026, 4, 6)),  # nor Easter Monday in Indonesia
        ("EU-COURT", date(2025, 12, 29)),  # the Court has no end-of-year days
        ("EU-COURT", date(2026, 4, 3)),  # Good Friday is not on the Court's list
        ("CN", date(2026, 2, 14)),
    ],
)
def test_working_day(name, day):
    assert book().calendar(name).is_working(day)


def test_lookups_agree_with_the_naive_walk():
    for day in days_of(2026):
        back = next(d for i in range(30) if CN.is_working(d := day - timedelta(days=i)))
        on = next(d for i in range(30) if CN.is_working(d := day + timedelta(days=i)))
        assert (CN.last_working_on_or_before(day), CN.next_working_on_or_after(day)) == (back, on)


def test_working_days_between_leaves_out_the_first_day_and_counts_the_last():
    assert CN.working_days_between(date(2026, 2, 11), date(2026, 2, 25)) == 5
    assert CN.working_days_between(date(2026, 2, 25), date(2026, 2, 11)) == -5


@pytest.mark.parametrize("day", [date(1969, 12, 31), date(2100, 1, 1), date.min, date.max])
def test_day_outside_the_calendar_is_refused(day):
    with pytest.raises(OutOfRange):
        CN.is_working(day)


ARRANGEMENT = """\
id = "CN"
base = "CN"
version = "invented"
[years.2027]
source = "invented for this test"
off = [{ from = 2027-02-05, to = 2027-02-11, name = "spring_festival" }]
work = [2027-02-28]
"""


def test_calendar_file_replaces_a_year_and_keeps_the_rest():
    read = read_calendar(ARRANGEMENT, "cn-2027.toml", book().calendars)

    assert (read.version, read.is_published(2027), read.is_published(2026)) == ("CN@invented", True, True)
    assert read.day(date(2027, 2, 28)).kind == "make_up"
    assert not read.is_working(date(2027, 2, 11))
    assert not CN.is_published(2027)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("[years.2027]", "[years.twenty]", 4, "'twenty' is not a year"),
        ("2027-02-05,", "2026-02-05,", 6, "not a stretch of days of 2027"),
        ('"spring_festival"', '"spring"', 6, "unknown name 'spring'"),
        ("work = [2027-02-28]", "work = [2027-02-06]", 7, "2027-02-06 in work"),
        ("work = [2027-02-28]", "works = [2027-02-28]", 7, "unknown key 'works'"),
        ('base = "CN"', 'base = "XX"', 2, "unknown calendar 'XX' as base"),
        ('base = "CN"', 'zone = "Mars/Base"', 1, "is missing"),
        ('version = "invented"', "version = 3", 3, "version must be text, not 3"),
        ("off = [", "off = !", 6, "not TOML"),
    ],
)
def test_calendar_file_with_a_mistake_is_refused_with_its_line(old, new, line, what):
    with pytest.raises(BadRulebook, match=what) as refused:
        read_calendar(ARRANGEMENT.replace(old, new), "cn-2027.toml", book().calendars)

    assert (refused.value.file, refused.value.line) == ("cn-2027.toml", line)
