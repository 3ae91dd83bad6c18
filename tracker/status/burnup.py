"""How the tasks of a case went over the days: scope, closed, plan, and a forecast at the pace of late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from math import ceil
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, F, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate

from cases.legislation import in_force
from cases.models import Case, Task, TaskState
from cases.permissions import known_to_all
from tracker.status.clocks import FAR, day_of

PACE: Final = timedelta(days=14)  # of which the forecast takes its pace
Series = tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class BurnUpData:
    """Sums by day, on the days one changed. `forecast`: the day all are closed at the pace of the last two weeks."""

    first: date
    today: date
    due: date
    scope: Series
    closed: Series
    plan: Series
    forecast: date | None
    calendar: str


def burn_up(case: Case, *, now: datetime, due_on: date | None) -> BurnUpData | None:
    """None while the case has no task. Days are the authority's. What is under legal advice is not counted."""
    zone, calendar = ZoneInfo(case.lead_authority.zone), case.lead_authority.calendar
    tasks = known_to_all(case.tasks.order_by())
    scope = _by_day(tasks, TruncDate("recorded_at", tzinfo=zone))
    if not scope:
        return None
    closed = _by_day(tasks.filter(state=TaskState.CLOSED), TruncDate("closed_at", tzinfo=zone))
    plan = _by_day(tasks.filter(deadline__due_on__isnull=False), F("deadline__due_on"))
    today = day_of(now, case.lead_authority.zone)
    first = min(series[0][0] for series in (scope, closed, plan) if series)
    last = plan[-1][0] if plan else today
    return BurnUpData(
        first=first,
        today=today,
        due=max(due_on or last, first),
        scope=scope,
        closed=closed,
        plan=plan,
        forecast=forecast(closed, total=scope[-1][1], today=today, calendar=calendar),
        calendar=calendar,
    )


def _by_day(tasks: "QuerySet[Task]", day: Combinable) -> Series:
    """Running sums of tasks by their day."""
    rows = list(tasks.values(on=day).annotate(n=Count("pk")).order_by("on").values_list("on", "n"))
    return tuple(zip((on for on, _n in rows), accumulate(n for _on, n in rows), strict=True))


def at(series: Iterable[tuple[date, int]], on: date) -> int:
    """The sum as it stood at the end of a day."""
    return max((total for day, total in series if day <= on), default=0)


def forecast(closed: Series, *, total: int, today: date, calendar: str) -> date | None:
    """The working day on which the rest is done if each working day closes as many as the last two weeks did.

    None when nothing was closed of late, when all is closed already, or beyond a year: no guess is better.
    """
    left = total - at(closed, today)
    since = today - PACE
    lately = at(closed, today) - at(closed, since)
    days = in_force().calendar(calendar)
    worked = days.working_days_between(since, today)
    if left <= 0 or lately <= 0 or worked <= 0:
        return None
    needed = ceil(left * worked / lately)
    if needed > FAR.days:
        return None
    return date.fromordinal(days.nth_working(days.worked_through(today.toordinal()) + needed))
