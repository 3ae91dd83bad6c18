"""Clocks of hours, and dates ordered to the minute: elapsed time in UTC, written in the zone asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from cases.law.calendars import Calendar, placed, zone_named
from cases.law.clocks.asks import Ask, BadAsk, Due, Extension, Missing, Suspension
from cases.law.clocks.terms import Terms, days_part, merged, unpublished_years
from cases.law.counting import Breaks, Run, Tally, elapse, strict_hour
from cases.law.sentences import say


@dataclass
class Course:
    """An instant on its way: the runs so far, the breaks that hold it up, and the zone it is written in."""

    terms: Terms
    zone: tzinfo
    breaks: Breaks
    calendar: Calendar | None = None
    runs: list[Run] = field(default_factory=list)

    def note(self, start: datetime, end: datetime, code: str, n: int | float) -> None:
        self.runs.append(Run(start, end, code, n, self.terms.profile.cite(code)))

    def elapse(self, start: datetime, hours: int | float) -> datetime:
        end, runs = elapse(start, hours, self.breaks, self.terms.profile, self.zone)
        self.runs.extend(runs)
        return end

    def pause(self, due: datetime) -> datetime:
        """A fixed instant moved by the time suspended before it."""
        for halt, until in self.breaks:
            if halt < due and until > halt:
                self.note(halt.astimezone(self.zone), until.astimezone(self.zone), "suspended", _in_hours(until - halt))
                due = (due.astimezone(UTC) + (until - halt)).astimezone(self.zone)
        return due

    def extend(self, due: datetime, extension: Extension) -> datetime:
        at = len(self.runs)
        if extension.until is not None:
            later = _until(extension.until, self.zone)
            if later < due and extension.is_settled:
                self.note(later, due, "outrun", _in_hours(due - later))
                return due
            if later < due:
                raise BadAsk(say("until_before", until=str(extension.until)))
            self.note(due, later, "extended_until", _in_hours(later - due))
            return later
        assert extension.amount is not None
        later = self.elapse(due, extension.amount) if extension.unit == "hour" else self._extend_days(due, extension)
        cite = self.terms.profile.cite("extended")
        self.runs.insert(at, Run(due, later, "extended", extension.amount, cite))
        return later

    def _extend_days(self, due: datetime, extension: Extension) -> datetime:
        """An ordered instant moved by days keeps its time of day."""
        if self.calendar is None:
            raise BadAsk(say("hours_by_days", unit=extension.unit))
        tally = Tally(self.terms.profile, self.calendar, rolls=False)
        day = tally.more(due.toordinal(), (days_part(extension),))
        self.runs.extend(tally.runs)
        return due + timedelta(days=day - due.toordinal())

    def note_floor(self, ask: Ask, due: datetime) -> None:
        """An order shorter than the law lets it be keeps its instant, and the working says so."""
        terms = self.terms
        if terms.at_least is None or self.calendar is None or ask.facts.get(terms.fact) is None:
            return
        least = Tally(terms.profile, self.calendar).count(terms.first_day(ask), (terms.at_least,))
        if due.toordinal() < least:
            later = due + timedelta(days=least - due.toordinal())
            self.runs.append(Run(due, later, "below_floor", _in_hours(later - due), terms.rule_version))

    def still_stands(self, suspensions: Iterable[Suspension], due: datetime) -> bool:
        return any(s.until is None and _moment(s.start, self.zone) < due for s in suspensions)


def hours(ask: Ask, terms: Terms) -> Due | Missing:
    """A clock of hours: elapsed time from the moment stated, never rolled."""
    start = ask.facts[terms.fact]
    if not isinstance(start, datetime):
        return Missing(("hour",))
    if start.tzinfo is None and not terms.stated_zone:
        return Missing(("zone",))
    if terms.back:
        raise BadAsk(say("hours_back"))
    start = terms.moment_of(start)
    zone = _zone(terms, start)
    course = Course(terms, zone, _breaks(ask.suspensions, zone))
    due = course.elapse(start, sum(amount for amount, _ in terms.parts))
    strict = strict_hour(due, start, terms.profile) if terms.profile.strict_hour and not ask.extensions else None
    for extension in ask.extensions:
        due = course.extend(due, extension)
    if course.still_stands(ask.suspensions, due):
        return Missing(("until",))
    trace = (*course.runs, strict) if strict else tuple(course.runs)
    return Due(due, due, due, (), terms.rule_version, "", trace, terms.stated_zone)


def ordered_moment(ask: Ask, ordered: datetime, terms: Terms, calendar: Calendar) -> Due | Missing:
    """An ordered instant stays the instant it is; only its safe date looks at the calendar."""
    if ordered.tzinfo is None and not terms.stated_zone:
        return Missing(("zone",))
    ordered = terms.moment_of(ordered)
    zone = _zone(terms, ordered)
    course = Course(terms, zone, _breaks(ask.suspensions, zone), calendar)
    due = ordered.astimezone(zone)
    course.runs.append(Run(due, due, "ordered", 0, terms.rule_version))
    due = course.pause(due)
    for extension in ask.extensions:
        due = course.extend(due, extension)
    if course.still_stands(ask.suspensions, due):
        return Missing(("until",))
    course.note_floor(ask, due)
    safe = due - timedelta(days=due.toordinal() - calendar.roll_back(due.toordinal()))
    years = unpublished_years(calendar, safe.toordinal(), due.toordinal())
    trace = tuple(course.runs)
    lacking = tuple(filter(calendar.lacks, years))
    return Due(due, due, safe, years, terms.rule_version, calendar.version, trace, terms.stated_zone, lacking)


def _zone(terms: Terms, moment: datetime) -> tzinfo:
    """The zone the answer is written in: as stated, else the offset the trigger came with."""
    if terms.stated_zone:
        return zone_named(terms.stated_zone)
    assert moment.tzinfo is not None
    return moment.tzinfo


def _breaks(suspensions: tuple[Suspension, ...], zone: tzinfo) -> Breaks:
    spans = [(_moment(s.start, zone), _moment(s.until, zone)) for s in suspensions if s.until is not None]
    return tuple(merged(spans))


def _moment(when: date, zone: tzinfo) -> datetime:
    """An instant, in UTC so that what lies between two of them is elapsed time; a date begins at 0:00."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time(), zone).astimezone(UTC)
    return (when if when.tzinfo else placed(when, zone)).astimezone(UTC)


def _until(when: date, zone: tzinfo) -> datetime:
    """The last instant of an extension: a date ends at 24:00."""
    day = None if isinstance(when, datetime) else when + timedelta(days=1)
    return _moment(day or when, zone).astimezone(zone)


def _in_hours(span: timedelta) -> int | float:
    hours = span / timedelta(hours=1)
    return int(hours) if hours.is_integer() else hours
