"""How a period is counted: days, working days, months and hours, forward and back, with suspensions, the
roll off a rest day, and the run-by-run trace of all of it. Days are ordinals here, which is what makes it fast."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from cases.law.calendars import HOLIDAY, MAKE_UP, WEEKEND, WORKING, Calendar
from cases.law.provisions import Profile
from cases.law.reading import OutOfRange
from cases.law.sentences import say

# The amount and unit of a part of a period: (2, "month").
Part = tuple[int | float, str]
# Closed stretches in which the clock does not run: from, and the first day it runs again.
Stops = tuple[tuple[int, int], ...]
# The same for a clock in hours, by instants.
Breaks = tuple[tuple[datetime, datetime], ...]

_LAST = date.max.toordinal()
_CODES = {WORKING: "counted", MAKE_UP: "make_up", WEEKEND: "weekend", HOLIDAY: "holiday"}
_DAYS_OF = {"day": 1, "week": 7}
_MONTHS_OF = {"month": 1, "year": 12}


class Run(NamedTuple):
    """One line of the working: what the days from `start` to `end` did to the count.

    A reader sets out n days from `excluded_trigger`, `included_trigger` or `ordered` and moves n days with each run:
    `counted` and `make_up` count, `weekend`, `holiday` and `suspended` are passed over (or move a fixed end),
    `extended_until`, `day_before` and `capped` jump. `month_arithmetic` moves n months, `elapsed` n hours. Of no
    effect of their own, because the runs beside them already moved: `rolled` (n days in all), `extended`, `outrun`,
    `month_end`, `strict_reading`, `below_floor`, `unpublished` and `year_lacking`.
    On a clock of instants n is hours throughout, save for `extended`, which tells the amount that was granted.
    """

    start: date
    end: date
    code: str
    n: int | float
    cite: str

    def as_json(self) -> dict[str, object]:
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "as": self.code,
            "n": self.n,
            "cite": self.cite,
        }


@dataclass
class Tally:
    """A count of days in progress: what has been counted, and the runs that show it."""

    profile: Profile
    calendar: Calendar
    stops: Stops = ()
    rolls: bool = True
    runs: list[Run] = field(default_factory=list)

    def note(self, start: int, end: int, code: str, n: int | float, cite: str = "") -> None:
        if start < 1 or end > _LAST:
            raise OutOfRange(say("period_out_of_years"))
        first = date.fromordinal(start)
        last = first if start == end else date.fromordinal(end)
        self.runs.append(Run(first, last, code, n, cite or self.profile.cite(code)))

    def count(self, start: int, parts: tuple[Part, ...], *, inclusive: bool = False) -> int:
        """The last day of the parts, counted as one period from `start`: months, then days, then working days."""
        self.calendar.check_reach(start)
        if not inclusive:
            self.note(start, start, "excluded_trigger", 0)
            return self.more(start, parts)
        months, days, working = _sums(parts)
        self.note(start, start, "included_trigger", 0 if months else -1)
        last = self._months_through(start, months) if months else start - 1
        return self._after(last, 0, days, working)

    def more(self, last: int, parts: tuple[Part, ...]) -> int:
        """The last day of the parts when the day after `last` is the first counted."""
        return self._after(last, *_sums(parts))

    def _after(self, last: int, months: int, days: int, working: int) -> int:
        if months:
            last = self._months(last, months)
        if days and not months and not working and days <= self.profile.short_days:
            return self._working(last, days, self.profile.cite("short_period"))
        if days:
            last = self._days(last, days)
        return self._working(last, working) if working else last

    def count_back(self, start: int, parts: tuple[Part, ...]) -> int:
        """The day counted back from `start`, which is itself left out; it does not roll."""
        self.calendar.check_reach(start)
        self.note(start, start, "excluded_trigger", 0)
        months, days, working = _sums(parts)
        last = start
        if months:
            last = _add_months(start, -months)
            self.note(last, start, "month_arithmetic", -months)
        if days:
            self.note(last - days, last - 1, "counted", days)
            last -= days
        return self._working_back(last, working) if working else last

    def roll(self, nominal: int) -> int:
        """The first working day on or after the un-rolled end, where the profile rolls."""
        if not (self.rolls and self.profile.rolls) or self.calendar.is_working_ordinal(nominal):
            return nominal
        due = self.calendar.roll_forward(nominal)
        self._stretches(nominal, due - 1)
        self.note(nominal, due, "rolled", due - nominal)
        return due

    def pause(self, end: int, since: int = 1) -> int:
        """A fixed end moved by the days suspended between `since` and it."""
        for start, until in self.stops:
            halt = max(start, since)
            if halt <= end and until > halt:
                self.note(halt, until - 1, "suspended", until - halt)
                end += until - halt
        return end

    def _months(self, start: int, months: int) -> int:
        end = _add_months(start, months)
        self.note(start, end, "month_arithmetic", months)
        if date.fromordinal(end).day != date.fromordinal(start).day:
            self.note(end, end, "month_end", 0)
        return self.pause(end, since=start + 1)

    def _months_through(self, first: int, months: int) -> int:
        """Months of which `first` is itself the first day: they end the day before the corresponding day."""
        end = _add_months(first, months)
        self.note(first, end, "month_arithmetic", months)
        if date.fromordinal(end).day == date.fromordinal(first).day:
            end -= 1
            self.note(end, end, "day_before", -1)
        else:
            self.note(end, end, "month_end", 0)
        return self.pause(end, since=first)

    def _days(self, last: int, left: int) -> int:
        at = last + 1
        for halt, until in self.stops:
            if until <= at:
                continue
            if at + left <= halt:
                break
            if halt > at:
                self.note(at, halt - 1, "counted", halt - at)
                left -= halt - at
            self.note(max(halt, at), until - 1, "suspended", until - max(halt, at))
            at = until
        self.note(at, at + left - 1, "counted", left)
        return at + left - 1

    def _working(self, last: int, left: int, cite: str = "") -> int:
        calendar, at = self.calendar, last + 1
        for halt, until in self.stops:
            if until <= at:
                continue
            before = calendar.worked_through(halt - 1) - calendar.worked_through(at - 1) if halt > at else 0
            if before >= left:
                break
            self._stretches(at, halt - 1, cite)
            self.note(max(halt, at), until - 1, "suspended", until - max(halt, at))
            at, left = until, left - before
        end = calendar.nth_working(calendar.worked_through(at - 1) + left)
        self._stretches(at, end, cite)
        return end

    def _working_back(self, first: int, left: int) -> int:
        calendar = self.calendar
        end = calendar.nth_working(calendar.worked_through(first - 1) - left + 1)
        forward = len(self.runs)
        self._stretches(end, first - 1)
        self.runs[forward:] = reversed(self.runs[forward:])
        return end

    def _stretches(self, start: int, end: int, cite: str = "") -> None:
        """The days from `start` to `end` by kind; days passed over are cited to the calendar unless `cite` says why."""
        for first, last, kind in self.calendar.stretches(start, end):
            by = cite or ("" if kind == WORKING else self.calendar.source_of(date.fromordinal(first).year))
            self.note(first, last, _CODES[kind], last - first + 1, by)


def _sums(parts: tuple[Part, ...]) -> tuple[int, int, int]:
    months = days = working = 0
    for amount, unit in parts:
        whole = int(amount)
        if unit in _MONTHS_OF:
            months += whole * _MONTHS_OF[unit]
        elif unit in _DAYS_OF:
            days += whole * _DAYS_OF[unit]
        elif unit == "working_day":
            working += whole
        else:
            raise ValueError(f"{unit} is not a unit of days")
    return months, days, working


def _add_months(start: int, months: int) -> int:
    """The corresponding day of the month that many months on, or the month's last day if it has none."""
    day = date.fromordinal(start)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OutOfRange(say("period_out_of_years"))
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).toordinal()


def elapse(
    start: datetime, hours: int | float, stops: Breaks, profile: Profile, zone: tzinfo
) -> tuple[datetime, list[Run]]:
    """The instant so many elapsed hours after `start`, the stops left out; aware + timedelta would be wall clock."""
    at, left, runs = start.astimezone(UTC), timedelta(hours=hours), []

    def note(since: datetime, until: datetime, code: str) -> None:
        n = (until - since) / timedelta(hours=1)
        whole = int(n) if n.is_integer() else n
        runs.append(Run(since.astimezone(zone), until.astimezone(zone), code, whole, profile.cite(code)))

    for halt, until in stops:
        if until <= at:
            continue
        if at + left <= halt:
            break
        if halt > at:
            note(at, halt, "elapsed")
            left -= halt - at
        note(max(halt, at), until, "suspended")
        at = until
    note(at, at + left, "elapsed")
    return (at + left).astimezone(zone), runs


def strict_hour(due: datetime, start: datetime, profile: Profile) -> Run | None:
    """What leaving out the starting hour would add: shown as information, never used."""
    minutes = (60 - start.astimezone(due.tzinfo).minute) % 60
    if not minutes:
        return None
    later = (due.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(due.tzinfo)
    return Run(due, later, "strict_reading", minutes, profile.cite("strict_reading"))
