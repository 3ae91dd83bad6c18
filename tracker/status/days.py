"""The authority's days: the four weeks ahead, the holidays on an axis, the next break, the tables not yet published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cases.law.calendars import Calendar
from cases.legislation import in_force
from tracker.figures import Day, DayKind
from tracker.status.nouns import Titles

KINDS: Final[dict[str, DayKind]] = {
    "working": "working",
    "weekend": "off",
    "holiday": "holiday",
    "make_up": "makeup",
}
ONE: Final = timedelta(days=1)
AHEAD: Final = timedelta(days=90)  # an unpublished year this near is worth a warning
BREAK_WITHIN: Final = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Shut:
    """A public holiday, both days included."""

    name: Titles
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Break:
    """The next public holiday: `working_days` from today until it, today counted if it is worked."""

    name: Titles
    first: date
    last: date
    working_days: int


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A year needed whose arrangement is not imported; `provisional` running dates of the calendar wait for one."""

    calendar: str
    title: Titles
    year: int
    provisional: int = 0


def span(first: date, last: date) -> Iterator[date]:
    return (first + ONE * i for i in range((last - first).days + 1))


def kind_of(calendar: Calendar, on: date) -> DayKind:
    """A weekday of a year not yet arranged may still be given off: unknown."""
    kind = KINDS[calendar.day(on).kind]
    return "unknown" if kind == "working" and not calendar.is_published(on.year) else kind


def plain_days(calendar_id: str, first: date, last: date) -> tuple[Day, ...]:
    calendar = in_force().calendar(calendar_id)
    return tuple(Day(on, kind_of(calendar, on)) for on in span(first, last))


def four_weeks(calendar_id: str, today: date) -> tuple[Day, ...]:
    monday = today - ONE * today.weekday()
    return plain_days(calendar_id, monday, monday + ONE * 27)


def shut(calendar_id: str, first: date, last: date) -> tuple[Shut, ...]:
    """The public holidays of a stretch; adjoining days are one break, named by its first day."""
    calendar = in_force().calendar(calendar_id)
    found: list[Shut] = []
    for on in span(first, last):
        day = calendar.day(on)
        if day.kind != "holiday":
            continue
        if found and found[-1].last == on - ONE:
            found[-1] = Shut(found[-1].name, found[-1].first, on)
        else:
            found.append(Shut(Titles(day.name_en, day.name_zh, day.name_zh_hant), on, on))
    return tuple(found)


def next_break(calendar_id: str, today: date) -> Break | None:
    """The first public holiday that starts after today, if one does within six weeks."""
    ahead = [found for found in shut(calendar_id, today, today + BREAK_WITHIN) if found.first > today]
    if not ahead:
        return None
    first = ahead[0]
    working = in_force().calendar(calendar_id).working_days_between(today - ONE, first.first - ONE)
    return Break(first.name, first.first, first.last, working)


def unpublished(calendars: set[str], today: date, provisional: Mapping[str, int]) -> tuple[Unpublished, ...]:
    """This year and the next, once it is near or a running date is provisional for want of it."""
    found = []
    for name in sorted(calendars | provisional.keys()):
        calendar, waiting = in_force().calendar(name), provisional.get(name, 0)
        title = Titles(calendar.title_en, calendar.title_zh, calendar.title_zh_hant)
        years = sorted({today.year, today.year + 1 if waiting else (today + AHEAD).year})
        found += [Unpublished(name, title, year, waiting) for year in years if not calendar.is_published(year)]
    return tuple(found)
