"""Dates not yet recorded: what a notice would start, and what a clock would say of another day. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.actions.drafts import CaseDraft, MeasureDraft, NoticeDraft
from cases.actions.rehearsal import clocks_of, readings, what_if
from cases.law.rulebook import LawError
from cases.models import Case, Deadline, DeadlineVersion, Person
from tracker.status.working import Working, working


@dataclass(frozen=True, slots=True)
class Foretold:
    """A clock as it would stand. `measure_kind` is empty where the notice itself starts it."""

    kind: str
    actor: str
    measure_kind: str
    caution: str
    differs_on: date | None
    working: Working


def foretold(
    notice: NoticeDraft, case: Case | CaseDraft, measures: Sequence[MeasureDraft], *, by: Person, at: datetime
) -> tuple[Foretold, ...]:
    """Ours before the authority's, dated before undated, the earliest first. Raises what `log_notice` would refuse."""
    return in_order(clocks_of(notice, case, measures, by=by, at=at))


def in_order(versions: Sequence[DeadlineVersion]) -> tuple[Foretold, ...]:
    return tuple(_foretold(version) for version in sorted(versions, key=_order))


def _order(version: DeadlineVersion) -> tuple[bool, bool, float]:
    due = version.due_at
    return version.deadline.actor != "party", due is None, due.timestamp() if due else 0.0


def _foretold(version: DeadlineVersion) -> Foretold:
    deadline = version.deadline
    kind = deadline.measure.kind if deadline.measure else ""
    return Foretold(deadline.kind, deadline.actor, kind, deadline.caution, deadline.differs_on, working(version))


def on_another_day(deadline: Deadline, *, on: date, at: datetime | None, now: datetime) -> Working | None:
    """None: the date is set by hand, or the law of that day knew no such clock."""
    try:
        version = what_if(deadline, on=on, at=at)
    except LawError:
        return None
    if version is None:
        return None
    version.made_at = now
    return working(version)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way an order's period may be read, and the date it gives."""

    profile: str
    due_on: date | None
    due_at: datetime | None
    leads: bool


def open_readings(deadline: Deadline) -> tuple[Reading, ...]:
    """The earliest, which leads, first; none where nothing is left to choose."""
    found = sorted(readings(deadline), key=lambda version: (version.due_at is None, version.due_at))
    if len(found) < 2:
        return ()
    return tuple(Reading(one.profile, one.due_on, one.due_at, n == 0) for n, one in enumerate(found))
