"""The overview of one case: facts, measures, tracks, clocks, requirements, work, proof and people, behind the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import IntegerField, Q, Subquery

from cases.actions.reading import acts
from cases.models import (
    Case,
    Contact,
    Deadline,
    Evidence,
    Filing,
    FlaggedContent,
    FlagState,
    LogEntry,
    Notice,
    Person,
    Requirement,
    Task,
)
from cases.permissions import Shown, cases_visible_to, shown_to
from tracker.status.cases import case_rows, columns_for_all, columns_of
from tracker.status.clocks import STANDS_ALONE, UNSAFE, by_due, clocks, day_of
from tracker.status.course import TrackRow, tracks
from tracker.status.deadline import leading_working
from tracker.status.log import log_columns, log_rows
from tracker.status.nouns import CaseRow, Clock, LogRow
from tracker.status.people import MemberRow, members
from tracker.status.proof import EvidenceFigures, evidence_figures
from tracker.status.record import (
    ContactRow,
    FurtherAuthority,
    MeasureRow,
    NoticeRow,
    contacts,
    further_authorities,
    measures,
    notices,
)
from tracker.status.waiting import Heap, waiting_for
from tracker.status.work import (
    RequirementRow,
    TaskRow,
    WorkstreamRow,
    open_tasks,
    requirements,
    workstreams,
)
from tracker.status.working import Working

MOST_CLOCKS: Final = 200
MOST_LOG: Final = 20


@dataclass(frozen=True, slots=True)
class TabCounts:
    notices: int
    contacts: int
    requirements: int
    deadlines: int
    tasks: int
    evidence: int
    flagged: int
    filings: int


@dataclass(frozen=True, slots=True)
class CaseOverview:
    """`missing` are the clocks that wait for a fact; `main_clock` is the next hard date, or the one most overdue."""

    row: CaseRow
    allegation: str
    allegation_language: str
    conduct_from: date | None
    conduct_until: date | None
    closing_reason: str
    further_authorities: tuple[FurtherAuthority, ...]
    measures: tuple[MeasureRow, ...]
    tracks: tuple[TrackRow, ...]
    clocks: tuple[Clock, ...]
    main_clock: Clock | None
    working: Working | None
    missing: tuple[Clock, ...]
    requirements: tuple[RequirementRow, ...]
    workstreams: tuple[WorkstreamRow, ...]
    open_tasks: tuple[TaskRow, ...]
    evidence: EvidenceFigures
    notices: tuple[NoticeRow, ...]
    contacts: tuple[ContactRow, ...]
    people: tuple[MemberRow, ...]
    timeline: tuple[LogRow, ...]
    waiting: Heap
    counts: TabCounts
    revision: int


def known_case(case: Case, person: Person, *, now: datetime) -> Case:
    """The case with its authority, party and lead, if the person may know of it; else Case.DoesNotExist."""
    mine = cases_visible_to(person, at=now).select_related("lead_authority", "party", "lead_counsel")
    return mine.get(pk=case.pk)


def case_row(case: Case, *, now: datetime) -> CaseRow:
    """The same for every reader."""
    return case_rows(list(columns_for_all(Case.objects.filter(pk=case.pk))), now=now)[0]


def row_for(case: Case, person: Person, *, now: datetime) -> CaseRow:
    return case_rows(list(columns_of(Case.objects.filter(pk=case.pk), person, now=now)), now=now)[0]


def case_overview(case: Case, person: Person, *, now: datetime) -> CaseOverview:
    case, shown = known_case(case, person, now=now), shown_to(person, at=now)
    running = case_clocks(case, now=now)
    main = main_clock(running)
    return CaseOverview(
        row=row_for(case, person, now=now),
        allegation=case.allegation,
        allegation_language=case.allegation_language,
        conduct_from=case.conduct_from,
        conduct_until=case.conduct_until,
        closing_reason=case.closing_reason,
        further_authorities=further_authorities(case),
        measures=measures(case),
        tracks=tracks(case),
        clocks=running,
        main_clock=main,
        working=leading_working(main) if main else None,
        missing=tuple(clock for clock in running if clock.is_ours and clock.missing and clock.outcome == "running"),
        requirements=requirements(case, shown, now=now),
        workstreams=workstreams(case, shown, now=now),
        open_tasks=open_tasks(case, shown, now=now),
        evidence=evidence_figures(case, shown),
        notices=notices(case),
        contacts=contacts(case, shown),
        people=members(case, today=day_of(now, case.lead_authority.zone)),
        timeline=timeline(case, shown),
        waiting=waiting_for(person, now=now, case=case),
        counts=tab_counts(case, shown),
        revision=case.revision,
    )


def case_clocks(case: Case, *, now: datetime) -> tuple[Clock, ...]:
    """Every clock of its own, running or ended, by date; the dates of tasks and requirements stand with those."""
    return clocks(by_due(Deadline.objects.filter(STANDS_ALONE, case=case)), now=now, most=MOST_CLOCKS)


def main_clock(found: Sequence[Clock]) -> Clock | None:
    """The hard date most overdue; else the next one; else one that still lacks a fact.

    What is not to be relied on while the procedure is unknown leads only where nothing else is left.
    """
    hard = [clock for clock in found if clock.is_hard and clock.outcome == "running"]
    dated = [clock for clock in hard if clock.due_at is not None]
    safe = [clock for clock in dated if UNSAFE.isdisjoint(clock.caution.split())]
    return next(iter(safe or dated or hard), None)


def timeline(case: Case, shown: Shown) -> tuple[LogRow, ...]:
    newest = shown(acts(LogEntry.objects.filter(case=case))).order_by("-recorded_at", "-pk")
    return log_rows(log_columns(newest)[:MOST_LOG])


class RawCount(Subquery):
    """The number of rows of a queryset, as a column."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


_TABS: Final = (
    ("notices", Notice.objects.filter(voided_at__isnull=True)),
    ("contacts", Contact.objects.all()),
    ("requirements", Requirement.objects.exclude(state="withdrawn")),
    ("deadlines", Deadline.objects.filter(STANDS_ALONE)),
    ("tasks", Task.objects.all()),
    ("evidence", Evidence.objects.filter(superseded_by__isnull=True)),
    ("flagged", FlaggedContent.objects.filter(~Q(state=FlagState.DISMISSED), is_matched=True)),
    ("filings", Filing.objects.filter(voided_at__isnull=True)),
)


def tab_counts(case: Case, shown: Shown) -> TabCounts:
    """All counts in one query."""
    counted = {f"n_{name}": RawCount(shown(rows.filter(case=case)).order_by().values("pk")) for name, rows in _TABS}
    row: Any = Case.objects.filter(pk=case.pk).order_by().values(**counted).get()
    return TabCounts(**{name: row[f"n_{name}"] for name, _rows in _TABS})
