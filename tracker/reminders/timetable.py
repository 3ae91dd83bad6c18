"""When there is something to say of one deadline: the ladder's steps towards its date, or, while a fact is missing,
a word when that appears and one each week after. Works on rows already loaded and reads no clock.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Final, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cases.law.calendars import Calendar
from cases.law.reading import OutOfRange, UnknownName
from cases.legislation import in_force
from cases.models import CaseState, Deadline, DeadlineKind, DeadlineVersion, Outcome, Person, VersionStatus
from tracker import ladder
from tracker.models import Step, StepUnit

logger = logging.getLogger(__name__)

WEEK: Final = timedelta(days=7)
MISSING: Final = "missing"
# A calendar or zone of another name is a mistake in our data; the reminders must leave all the same: the log says so.
LAST_RESORT_CALENDAR: Final = "CN"
LAST_RESORT_ZONE: Final = "Asia/Shanghai"
LEADING: Final = (VersionStatus.IN_FORCE, VersionStatus.PROPOSED)
SHARES: Final = {50: "half", 25: "quarter", 10: "tenth"}


class Timetable(Protocol):
    """What a deadline has to say, and when."""

    def nearest(self, *, said: Collection[str], now: datetime) -> ladder.Word | None: ...

    def next_at(self, *, said: Collection[str], now: datetime) -> datetime | None: ...

    def latest_for(self, occasion: ladder.Occasion) -> datetime: ...

    def answer_within(self, occasion: ladder.Occasion) -> timedelta | None: ...

    def speaks_for(self, occasion: str) -> bool:
        """Whether that occasion is one of this timetable, not of a date that no longer stands."""
        ...


@dataclass(frozen=True, slots=True)
class Dated:
    """Towards a date, and each morning after it; of the authority's own limit, once after it."""

    clock: ladder.Clock
    is_watched_only: bool = False

    def nearest(self, *, said: Collection[str], now: datetime) -> ladder.Word | None:
        word = ladder.nearest(self.clock, said=said, now=now)
        return None if word and self._has_said_enough(word.occasion, said) else word

    def next_at(self, *, said: Collection[str], now: datetime) -> datetime | None:
        if self._is_over(said):
            return None
        return ladder.next_word_at(self.clock, said=said, now=now)

    def latest_for(self, occasion: ladder.Occasion) -> datetime:
        return ladder.latest_for(self.clock, occasion)

    def answer_within(self, occasion: ladder.Occasion) -> timedelta | None:
        """Of the authority's own limit nobody need acknowledge anything."""
        return None if self.is_watched_only else ladder.answer_within(self.clock, occasion)

    def speaks_for(self, occasion: str) -> bool:
        return occasion.endswith(f"@{self._mark()}")

    def _has_said_enough(self, occasion: ladder.Occasion, said: Collection[str]) -> bool:
        return occasion.step == ladder.OVERDUE and self._is_over(said)

    def _is_over(self, said: Collection[str]) -> bool:
        return self.is_watched_only and any(c.startswith(ladder.OVERDUE) and self.speaks_for(c) for c in said)

    def _mark(self) -> str:
        return next(ladder.overdue(self.clock)).code.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Waiting:
    """For a fact, since the version of that number said which is missing."""

    since: datetime
    number: int

    def nearest(self, *, said: Collection[str], now: datetime) -> ladder.Word | None:
        if now < self.since:
            return None
        occasion = self._occasion((now - self.since) // WEEK)
        return None if occasion.code in said else ladder.Word(occasion, now - occasion.at)

    def next_at(self, *, said: Collection[str], now: datetime) -> datetime:
        if now < self.since:
            return self.since
        word = self.nearest(said=said, now=now)
        return word.occasion.at if word else self._occasion((now - self.since) // WEEK + 1).at

    def latest_for(self, occasion: ladder.Occasion) -> datetime:
        return occasion.at + timedelta(days=1)

    def answer_within(self, _occasion: ladder.Occasion) -> timedelta | None:
        return ladder.MISSING_WITHIN

    def speaks_for(self, occasion: str) -> bool:
        return occasion.endswith(f"@v{self.number}")

    def _occasion(self, weeks: int) -> ladder.Occasion:
        return ladder.Occasion(f"{MISSING}:week{weeks}@v{self.number}", MISSING, self.since + weeks * WEEK)


def timetable_of(deadline: Deadline, *, versions: Sequence[DeadlineVersion], steps: Iterable[Step]) -> Timetable | None:
    """`versions`: all of the deadline's, by number. None: it has ended, or nothing is to be said of it."""
    version = leading(deadline, versions)
    if deadline.outcome != Outcome.RUNNING or deadline.case.state != CaseState.OPEN or version is None:
        return None
    if deadline.due_at is not None:
        return Dated(clock_of(deadline, deadline.due_at, version, steps), deadline.kind == DeadlineKind.REGULATOR)
    # A duty whose law names no number waits for nothing: without a target of ours there is nothing to say.
    return None if deadline.kind == DeadlineKind.DUTY else _waiting(version, versions)


def leading(deadline: Deadline, versions: Sequence[DeadlineVersion]) -> DeadlineVersion | None:
    """The version whose date leads; where none has one, the version in force before an open proposal.

    A date that holds only were two proposals confirmed is none of a version's: the earlier proposal speaks for it.
    """
    standing = [version for version in versions if version.status in LEADING]
    standing.sort(key=lambda version: (version.due_at != deadline.due_at, version.status != VersionStatus.IN_FORCE))
    if standing and deadline.due_at is not None and standing[0].due_at != deadline.due_at:
        proposed = [each for each in standing if each.status == VersionStatus.PROPOSED and each.due_at is not None]
        return min(proposed, key=lambda version: (version.due_at, version.number), default=standing[0])
    return standing[0] if standing else None


def clock_of(deadline: Deadline, due_at: datetime, version: DeadlineVersion, steps: Iterable[Step]) -> ladder.Clock:
    return ladder.Clock(
        due_at=due_at,
        started_at=version.made_at,
        zone=zone_named(deadline.zone),
        is_working=works(calendar_of(deadline)),
        steps=steps_of(deadline, steps),
        is_hour_clock=deadline.is_hourly,
    )


def _waiting(version: DeadlineVersion, versions: Sequence[DeadlineVersion]) -> Waiting:
    """Counted from the oldest of the versions in a row that lack the same facts: a recount is no new occasion."""
    first = version
    for earlier in reversed([each for each in versions if each.number < version.number]):
        if earlier.due_at is not None or earlier.missing != version.missing:
            break
        first = earlier
    return Waiting(first.made_at, first.number)


def steps_of(deadline: Deadline, steps: Iterable[Step]) -> tuple[ladder.Step, ...]:
    """The deadline's own steps, else its case's, else the house's, else the ladder's."""
    fit = [step for step in steps if (step.kind, step.is_hourly) == (deadline.kind, deadline.is_hourly)]
    rows = rows_that_lead(fit, case=deadline.case_id, deadline=deadline.pk)
    return tuple(map(ladder_step, rows)) if rows else shipped(deadline.kind, is_hourly=deadline.is_hourly)


def rows_that_lead(fit: Sequence[Step], *, case: int | None, deadline: int | None = None) -> list[Step]:
    """`fit`: of one kind of clock. Empty: nobody has set any, and those of the ladder lead."""
    own = [step for step in fit if deadline is not None and step.deadline_id == deadline]
    of_case = [step for step in fit if case is not None and step.case_id == case]
    return own or of_case or [step for step in fit if step.deadline_id is None and step.case_id is None]


def shipped(kind: str, *, is_hourly: bool) -> tuple[ladder.Step, ...]:
    """Those of the ladder itself, where the house has set no others."""
    if is_hourly:
        return ladder.STEPS["hours"]
    return ladder.STEPS["duty" if kind == DeadlineKind.DUTY else "days"]


def ladder_step(row: Step) -> ladder.Step:
    # In no time nobody can answer: nought asks for nothing, as an empty field does.
    within = timedelta(minutes=row.acknowledge_within) if row.acknowledge_within else None
    if row.unit == StepUnit.SHARE:
        return ladder.Step(SHARES.get(row.amount, f"{row.amount}pct"), Fraction(row.amount, 100), "left", within)
    if row.amount == 0:
        return ladder.Step("morning", 0, "morning", within)
    return ladder.Step(f"{row.amount}wd", row.amount, "working_day", within)


def after_quiet_hours(person: Person, now: datetime, latest: datetime) -> datetime:
    """When a word may leave: at the end of its reader's quiet hours, where that is not after `latest`."""
    zone = zone_named(person.zone)
    return ladder.delay(now, quiet_from=person.quiet_from, quiet_until=person.quiet_until, zone=zone, latest=latest)


def zone_named(name: str) -> ZoneInfo:
    """Of a deadline or a person."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        logger.exception("nobody knows the time zone %r", name)
        return ZoneInfo(LAST_RESORT_ZONE)


def calendar_of(deadline: Deadline) -> Calendar:
    try:
        return in_force().calendar(deadline.calendar)
    except UnknownName:
        logger.exception("deadline %s counts in a calendar nobody knows: %r", deadline.uid, deadline.calendar)
        return in_force().calendar(LAST_RESORT_CALENDAR)


@lru_cache(maxsize=64)
def works(calendar: Calendar) -> Callable[[date], bool]:
    """Beyond the years a calendar reaches, its plain week. One answer a calendar, by which the ladder remembers."""

    def is_working(day: date) -> bool:
        try:
            return calendar.is_working(day)
        except OutOfRange:
            return day.isoweekday() not in calendar.weekend

    return is_working
