"""The holiday tables: which years are published, one year day by day with its notice, and a year that is not."""

from datetime import date
from html import unescape
from typing import Any

import pytest

from cases.law.rulebook import OutOfRange, UnknownName, book
from cases.models import Person
from tests.rooms import main_of, reading
from tracker.status.years import year_page

QUERIES = 5  # the law in force


def page(person: Person, path: str, language: str = "en") -> str:
    return unescape(main_of(reading(person).get(f"/{language}/rulebook/holidays/{path}"))).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_a_year_has_twelve_months_of_whole_weeks_with_each_day_once() -> None:
    found = year_page(book(), "CN", 2026)

    days = [day.on for month in found.months for week in month.weeks for day in week if day]
    assert (len(found.months), len(days), days[0], days[-1]) == (12, 365, date(2026, 1, 1), date(2026, 12, 31))
    assert all(len(week) == 7 for month in found.months for week in month.weeks)
    assert all(
        week[n] is None or week[n].on.weekday() == n for month in found.months for week in month.weeks for n in range(7)
    )


def test_holidays_and_make_up_days_of_2026_are_those_of_the_notice() -> None:
    found = year_page(book(), "CN", 2026)  # 国办发明电〔2025〕7号

    kinds = {day.on: day.kind for month in found.months for week in month.weeks for day in week if day}
    assert [(row.name.zh, row.first, row.days) for row in found.holidays][1] == ("春节", date(2026, 2, 15), 9)
    assert date(2026, 2, 14) in found.made_up
    assert date(2026, 9, 20) in found.made_up
    assert [kinds[date(2026, 2, day)] for day in (13, 14, 15, 28)] == ["working", "makeup", "holiday", "makeup"]
    assert found.working == sum(month.working for month in found.months) > 240
    assert "国办发明电〔2025〕7号" in found.source


def test_holidays_that_touch_keep_their_own_names() -> None:
    found = year_page(book(), "CN", 2025)

    assert [(row.name.en, row.days) for row in found.holidays if row.first.month == 10] == [
        ("National Day", 5), ("Mid-Autumn Festival", 1), ("National Day", 2),
    ]  # fmt: skip


def test_an_unpublished_year_says_so_and_guesses_no_make_up_day() -> None:
    found = year_page(book(), "CN", 2050)

    kinds = {day.kind for month in found.months for week in month.weeks for day in week if day}
    assert (found.is_published, found.made_up) == (False, ())
    assert kinds == {"unknown", "off", "holiday"}


@pytest.mark.parametrize(("name", "year", "error"), [("MOON", 2026, UnknownName), ("CN", 1969, OutOfRange)])
def test_what_no_calendar_reaches_is_an_error(name: str, year: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        year_page(book(), name, year)


# ---- The pages -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("China 2026", "Published", "Spring Festival", "make-up working day", "Sat 14 Feb 2026")),
        ("zh-hans", ("中国 2026", "已公布", "春节", "2026年2月14日 周六", "班")),
        ("zh-hant", ("中國 2026", "已公布", "春節", "2026年2月14日 週六", "班")),
    ],
)
def test_a_year_is_shown_in_the_readers_language(language: str, told: tuple[str, ...], counsel: Person) -> None:
    shown = page(counsel, "2026/", language)

    for each in told:
        assert each in shown
    assert "国办发明电〔2025〕7号" in shown


def test_a_mark_is_a_sign_and_a_word(counsel: Person) -> None:
    shown = page(counsel, "2026/")

    assert (
        '<td class="makeup"><time datetime="2026-02-14">14</time><b aria-hidden="true">班</b><span class="vh"> make-up'
        in shown
    )
    assert '<b aria-hidden="true">休</b><span class="vh"> public holiday</span>' in shown


def test_an_unpublished_year_says_what_is_used_instead(counsel: Person) -> None:
    shown = page(counsel, "2050/")

    assert "Not published" in shown
    assert "no make-up day is guessed; every date that touches the year is provisional." in shown


def test_the_calendars_are_listed_with_their_published_years(auditor: Person) -> None:
    shown = page(auditor, "")

    assert 'href="/en/rulebook/holidays/2026/?calendar=CN">2026</a>' in shown
    assert all(f"?calendar={name}" in shown for name in book().calendars)


@pytest.mark.parametrize("path", ["2026/?calendar=MOON", "1969/", "2100/"])
def test_no_such_table_is_not_found(path: str, counsel: Person) -> None:
    assert reading(counsel).get(f"/en/rulebook/holidays/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "2026/", "2050/?calendar=EU"])
def test_the_tables_ask_nothing_of_the_record(path: str, counsel: Person, django_assert_num_queries: Any) -> None:
    client = reading(counsel)

    with django_assert_num_queries(QUERIES + (not path)):  # the list tells which arrangements were imported
        client.get(f"/en/rulebook/holidays/{path}")
