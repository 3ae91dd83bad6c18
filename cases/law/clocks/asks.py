"""What a clock is asked and what it answers: the question with its facts, extensions and suspensions;
the due date with its working, or the facts that are missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from cases.law.calendars import Calendar, zone_named
from cases.law.counting import Run
from cases.law.provisions import Rule
from cases.law.reading import LawError


class BadAsk(LawError):
    """The question contradicts itself or the law it asks about."""


@dataclass(frozen=True)
class Bare:
    """A period without a rule: the length, and the profile that counts it. Also the shape of an ordered period."""

    profile: str
    amount: int
    unit: str
    direction: str = "forward"


@dataclass(frozen=True)
class Extension:
    """More time: so much of a unit, or until a day or an instant.

    `is_settled`: granted earlier. Where the period has come to reach past its day it gives no time, and the working
    says so; any other that ends before the date it extends is refused.
    """

    amount: int | None = None
    unit: str = ""
    until: date | None = None
    is_settled: bool = False


@dataclass(frozen=True)
class Suspension:
    """The clock stands from `start`; `until` is the first day or instant it runs again, None while it still stands."""

    start: date
    until: date | None


@dataclass(frozen=True)
class Ask:
    """One question to the clocks. A rule given by its id is taken in the version in force at the trigger's date."""

    rule: Rule | Bare | str
    facts: Mapping[str, date | None]
    zone: str | None = None
    calendar: str | Calendar | None = None
    ordered: date | None = None
    period: Bare | None = None
    extensions: tuple[Extension, ...] = ()
    suspensions: tuple[Suspension, ...] = ()


@dataclass(frozen=True)
class Missing:
    """The date cannot be worked out: these facts are not known."""

    facts: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {"missing": list(self.facts)}


@dataclass(frozen=True)
class Due:
    """A due date and how it was found. Dates for clocks of days, aware date-times for clocks of hours."""

    due: date
    nominal: date
    safe_due: date
    provisional_years: tuple[int, ...]
    rule_version: str
    calendar_version: str
    trace: tuple[Run, ...]
    zone: str
    lacking_years: tuple[int, ...] = ()  # of the provisional ones, those whose arrangement the calendar does not hold

    @cached_property
    def due_at(self) -> datetime:
        """The last instant in time; of a day 24:00, which is 0:00 of the next."""
        if isinstance(self.due, datetime):
            return self.due
        return datetime.combine(self.due + timedelta(days=1), time(), tzinfo=zone_named(self.zone))

    @property
    def provisional(self) -> bool:
        return bool(self.provisional_years)

    @property
    def provisional_why(self) -> str:
        if self.lacking_years:
            return "calendar_lacks_year"
        return "calendar_unpublished" if self.provisional_years else ""

    @property
    def target(self) -> date:
        """What to work towards: while provisional the earlier date, since an arrangement may yet move the later."""
        return min(self.due, self.safe_due) if self.provisional else self.due

    def as_json(self) -> dict[str, object]:
        return {
            "due": self.due.isoformat(),
            "nominal": self.nominal.isoformat(),
            "safe_due": self.safe_due.isoformat(),
            "provisional": self.provisional,
            "rule_version": self.rule_version or None,
            "calendar_version": self.calendar_version or None,
            "trace": [run.as_json() for run in self.trace],
        }
