"""The holiday tables: which years of which calendar are published, and one year day by day with its source."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.law.calendars import FIRST, LAST, Calendar
from cases.law.rulebook import OutOfRange, Rulebook
from tracker.figures import DayKind
from tracker.status.days import ONE, kind_of, span
from tracker.status.nouns import Titles

FIRST_YEAR, LAST_YEAR = FIRST.year, LAST.year
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Published:
    """A calendar with the years whose arrangement is in the law's data, the newest first."""

    calendar: Calendar
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Holiday:
    """Adjoining days off of one name, both ends included."""

    name: Titles
    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class YearDay:
    on: date
    kind: DayKind
    name: Titles


@dataclass(frozen=True, slots=True)
class Month:
    """Whole weeks from Monday; None stands for a day of another month."""

    first: date
    weeks: tuple[tuple[YearDay | None, ...], ...]
    working: int


@dataclass(frozen=True, slots=True)
class YearPage:
    """`previous` and `next` are years the calendars reach, 0 where they end."""

    calendar: Calendar
    year: int
    is_published: bool
    source: str
    months: tuple[Month, ...]
    holidays: tuple[Holiday, ...]
    made_up: tuple[date, ...]
    working: int
    published: tuple[int, ...]
    previous: int
    next: int


def calendars_known(law: Rulebook) -> tuple[Published, ...]:
    return tuple(Published(calendar, years_of(calendar)) for calendar in law.calendars.values())


def years_of(calendar: Calendar) -> tuple[int, ...]:
    return tuple(sorted(calendar.published_years, reverse=True))


def year_page(law: Rulebook, name: str, year: int) -> YearPage:
    """Raises a LawError for a calendar there is not and a year that none reaches."""
    calendar = law.calendar(name)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutOfRange(f"the calendars reach from {FIRST_YEAR} to {LAST_YEAR}")
    first, last = date(year, 1, 1), date(year, 12, 31)
    months = tuple(_month(calendar, date(year, number, 1)) for number in range(1, 13))
    return YearPage(
        calendar=calendar,
        year=year,
        is_published=calendar.is_published(year),
        source=calendar.source_of(year),
        months=months,
        holidays=_holidays(calendar, first, last),
        made_up=tuple(on for on in span(first, last) if calendar.day(on).kind == "make_up"),
        working=sum(month.working for month in months),
        published=years_of(calendar),
        previous=year - 1 if year > FIRST_YEAR else 0,
        next=year + 1 if year < LAST_YEAR else 0,
    )


def _month(calendar: Calendar, first: date) -> Month:
    last = (first.replace(day=28) + 4 * ONE).replace(day=1) - ONE
    days = [_day(calendar, on) for on in span(first, last)]
    cells: list[YearDay | None] = [*[None] * first.weekday(), *days]
    cells += [None] * (-len(cells) % WEEK)
    weeks = tuple(tuple(cells[at : at + WEEK]) for at in range(0, len(cells), WEEK))
    return Month(first, weeks, sum(calendar.is_working(day.on) for day in days))


def _day(calendar: Calendar, on: date) -> YearDay:
    return YearDay(on, kind_of(calendar, on), _name(calendar, on))


def _name(calendar: Calendar, on: date) -> Titles:
    day = calendar.day(on)
    return Titles(day.name_en, day.name_zh, day.name_zh_hant)


def _holidays(calendar: Calendar, first: date, last: date) -> tuple[Holiday, ...]:
    """Unlike a break, a holiday ends where another begins: National Day is not Mid-Autumn."""
    found: list[Holiday] = []
    for on in span(first, last):
        if calendar.day(on).kind != "holiday":
            continue
        name = _name(calendar, on)
        if found and found[-1].last == on - ONE and found[-1].name == name:
            found[-1] = Holiday(name, found[-1].first, on, found[-1].days + 1)
        else:
            found.append(Holiday(name, on, on, 1))
    return tuple(found)
