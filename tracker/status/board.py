"""The desk of one person: what is late, what comes next, what waits for them, and whether the watch itself runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef

from cases.actions.reading import acts
from cases.known_cases import Way
from cases.models import Authority, CaseState, Deadline, LogEntry, Person
from cases.permissions import cases_visible_to, visible_to
from tracker.figures import Day
from tracker.models import Sweep
from tracker.status.cases import case_rows, columns_of
from tracker.status.clocks import IS_HARD, by_due, clocks, day_of, running_for
from tracker.status.days import Break, Unpublished, four_weeks, next_break, unpublished
from tracker.status.log import log_columns, log_rows
from tracker.status.nouns import CaseRow, Clock, LogRow
from tracker.status.waiting import Heap, waiting_for
from tracker.status.wishes import OwnWords, own_words

MOST_LATE: Final = 20
MOST_AHEAD: Final = 30
MOST_UNDATED: Final = 5
MOST_MARKS: Final = 200  # read once for the list and for the ribbon
MOST_CASES: Final = 20
MOST_LOG: Final = 60  # repeats are told in one line
STALE: Final = timedelta(minutes=5)
HOUSE_CALENDAR: Final = "CN"  # for a desk with no legal date ahead


@dataclass(frozen=True, slots=True)
class ClockGroups:
    """At most fifty dated clocks; `more` when there are others. `later` begins on Monday.

    Of the undated, duties are to be done at once, since the law gives them no number; the others lack a fact.
    """

    overdue: tuple[Clock, ...]
    this_week: tuple[Clock, ...]
    later: tuple[Clock, ...]
    undated: tuple[Clock, ...]
    at_once: tuple[Clock, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class RibbonData:
    """Four weeks from this week's Monday, and the clocks due in them."""

    days: tuple[Day, ...]
    marks: tuple[Clock, ...]
    today: date
    calendar: str


@dataclass(frozen=True, slots=True)
class Pulse:
    """When the watch last swept; stale after five minutes, and when it never did."""

    finished_at: datetime | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Board:
    now: datetime
    today: date
    groups: ClockGroups
    next_hard: Clock | None
    ribbon: RibbonData
    next_break: Break | None
    waiting: Heap
    words: OwnWords
    open_cases: tuple[CaseRow, ...]
    open_cases_more: bool
    since_yesterday: tuple[LogRow, ...]
    pulse: Pulse
    unpublished: tuple[Unpublished, ...]


def board(person: Person, *, now: datetime) -> Board:
    today = day_of(now, person.zone)
    mine = running_for(person, now=now)
    late = clocks(by_due(mine.filter(due_at__lte=now)), now=now, most=MOST_LATE + 1)
    ahead = clocks(by_due(mine.filter(due_at__gt=now)), now=now, most=MOST_MARKS)
    undated = clocks(by_due(mine.filter(due_at__isnull=True)), now=now, most=MOST_UNDATED + 1)
    hard = clocks(by_due(mine.filter(IS_HARD, due_at__gt=now)), now=now, most=1)
    calendar = hard[0].calendar if hard else HOUSE_CALENDAR
    found, more = open_cases(person, now=now)
    return Board(
        now=now,
        today=today,
        groups=grouped(late, ahead, undated, now=now),
        next_hard=hard[0] if hard else None,
        ribbon=_ribbon(ahead, calendar=calendar, today=today),
        next_break=next_break(calendar, today),
        waiting=waiting_for(person, now=now),
        words=own_words(person, now=now),
        open_cases=found,
        open_cases_more=more,
        since_yesterday=since_yesterday(person, now=now),
        pulse=pulse(now=now),
        unpublished=unpublished(calendars(person, now=now), today, provisional(person, now=now)),
    )


def grouped(late: Sequence[Clock], ahead: Sequence[Clock], undated: Sequence[Clock], *, now: datetime) -> ClockGroups:
    shown = ahead[:MOST_AHEAD]
    this_week = tuple(clock for clock in shown if _is_this_week(clock, now=now))
    return ClockGroups(
        overdue=tuple(late[:MOST_LATE]),
        this_week=this_week,
        later=tuple(clock for clock in shown if clock not in this_week),
        undated=tuple(clock for clock in undated[:MOST_UNDATED] if clock.missing),
        at_once=tuple(clock for clock in undated[:MOST_UNDATED] if not clock.missing),
        more=len(late) > MOST_LATE or len(ahead) > MOST_AHEAD or len(undated) > MOST_UNDATED,
    )


def _is_this_week(clock: Clock, *, now: datetime) -> bool:
    """Through Sunday, by the authority's own day."""
    today = day_of(now, clock.zone)
    return clock.due_on is not None and clock.due_on <= today + timedelta(days=6 - today.weekday())


def _ribbon(ahead: Sequence[Clock], *, calendar: str, today: date) -> RibbonData:
    days = four_weeks(calendar, today)
    marks = tuple(clock for clock in ahead if clock.due_on is not None and clock.due_on <= days[-1].on)
    return RibbonData(days, marks, today, calendar)


def open_cases(person: Person, *, now: datetime) -> tuple[tuple[CaseRow, ...], bool]:
    mine = cases_visible_to(person, at=now, way=Way.PAGE).filter(state=CaseState.OPEN)
    found = list(columns_of(mine.order_by("-opened_at", "-pk"), person, now=now)[: MOST_CASES + 1])
    return case_rows(found[:MOST_CASES], now=now), len(found) > MOST_CASES


def since_yesterday(person: Person, *, now: datetime) -> tuple[LogRow, ...]:
    """What others and the person did since yesterday's midnight where they sit; at most sixty, newest first."""
    zone = ZoneInfo(person.zone)
    midnight = datetime.combine(day_of(now, person.zone) - timedelta(days=1), time(), zone)
    entries = acts(LogEntry.objects.filter(recorded_at__gte=midnight, recorded_at__lte=now))
    recent = visible_to(entries, person, at=now)
    return log_rows(log_columns(recent.order_by("-recorded_at", "-pk"))[:MOST_LOG])


def pulse(*, now: datetime) -> Pulse:
    last = Sweep.objects.filter(finished_at__isnull=False).order_by("-finished_at", "-pk")
    finished_at = last.values_list("finished_at", flat=True).first()
    return Pulse(finished_at, is_stale=finished_at is None or now - finished_at > STALE)


def calendars(person: Person, *, now: datetime) -> set[str]:
    """The calendars the authorities of a person's open cases count in."""
    mine = cases_visible_to(person, at=now, way=Way.ALL).filter(state=CaseState.OPEN)
    # Asked of each authority, of which there are few, not of each case.
    acting = Authority.objects.filter(Exists(mine.filter(lead_authority=OuterRef("pk")).order_by()))
    return set(acting.order_by().values_list("calendar", flat=True))


def provisional(person: Person, *, now: datetime) -> dict[str, int]:
    """How many running dates of open cases the person may know of are provisional, by calendar."""
    running = Deadline.objects.running().filter(case__state=CaseState.OPEN, current__provisional=True)
    found = visible_to(running, person, at=now).order_by().values("calendar").annotate(n=Count("pk"))
    return dict(found.values_list("calendar", "n"))
