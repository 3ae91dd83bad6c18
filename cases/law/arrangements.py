"""An imported arrangement: a calendar file that lays some years over a calendar already known, and nothing else.

It says which years, and which days they change; what follows for a deadline is not its business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from cases.law.calendars import Calendar, Day, Year, read_calendar
from cases.law.reading import Source, UnknownName
from cases.law.sentences import say

# What an arrangement may say. Another weekend or zone is another calendar, not an arrangement of a year.
MAY_SAY: Final = frozenset({"id", "base", "version", "source", "note", "confidence", "names", "years", "fictional"})
LONGEST_VERSION: Final = 40


class Change(NamedTuple):
    """A day as it was and as it becomes."""

    was: Day
    becomes: Day


@dataclass(frozen=True, slots=True)
class Arranged:
    """The calendar with the years laid over it; `source` is the notice and its number, year by year."""

    calendar: Calendar
    years: tuple[int, ...]
    source: str
    changes: tuple[Change, ...]
    is_fictional: bool

    def over(self, calendar: Calendar) -> Calendar:
        """Its years over another standing of the same calendar than the one it was read over."""
        years = {**calendar.years, **{year: self.calendar.years[year] for year in self.years}}
        return replace(self.calendar, years=years)


def read_arrangement(content: str, file: str, calendars: Mapping[str, Calendar]) -> Arranged:
    """Raises BadRulebook, with the file and the line, for what is no arrangement of a calendar known here."""
    source = Source(file, content)
    _check_laid_over(source, calendars)
    calendar = read_calendar(content, file, calendars)
    before = calendars[calendar.id]
    years = _years(source)
    if calendar.version == before.version:
        source.refuse(say("version_in_force", version=repr(source.data["version"])), "version")
    if all(_same(before.years.get(year), calendar.years[year]) for year in years):
        source.refuse(say("days_published"), "years", str(years[0]))
    return Arranged(
        calendar=calendar,
        years=years,
        source="; ".join(dict.fromkeys(calendar.years[year].source for year in years)),
        changes=tuple(_changes(before, calendar, years)),
        is_fictional=source.data.get("fictional") is True,
    )


def _check_laid_over(source: Source, calendars: Mapping[str, Calendar]) -> None:
    for key in source.data.keys() - MAY_SAY:
        source.refuse(say("no_place_here", key=repr(key)), key)
    name = source.data.get("id")
    if not isinstance(name, str) or name not in calendars:
        source.refuse(UnknownName("calendar", name, ", ".join(calendars)).said, "id")
    if source.data.get("base") != name:
        source.refuse(say("own_base_wanted", name=name), "base")
    version = source.data.get("version")
    if isinstance(version, str) and len(version) > LONGEST_VERSION:
        source.refuse(say("version_too_long", most=LONGEST_VERSION), "version")


def _years(source: Source) -> tuple[int, ...]:
    given = source.data.get("years")
    years = tuple(sorted(int(year) for year in given)) if isinstance(given, dict) else ()
    if not years:
        source.refuse(say("year_wanted"))
    return years


def _same(before: Year | None, after: Year) -> bool:
    return before is not None and (before.published, before.off, before.work) == (True, after.off, after.work)


def _changes(before: Calendar, after: Calendar, years: tuple[int, ...]) -> Iterator[Change]:
    for year in years:
        for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
            on = date(year, 1, 1) + timedelta(days=n)
            was, becomes = before.day(on), after.day(on)
            if was.kind != becomes.kind:
                yield Change(was, becomes)
