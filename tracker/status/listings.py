"""The lists of every noun: filtered, behind the wall, one keyset page by a constant number of queries.

An empty filter filters nothing. An unknown state or order is an error of the door, which offers them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from django.db.models import Q, QuerySet

from cases.actions.reading import shown_entries
from cases.known_cases import Way
from cases.models import (
    Case,
    CaseState,
    Contact,
    Deadline,
    Evidence,
    Filing,
    LogEntry,
    Notice,
    Person,
    Requirement,
    Task,
)
from cases.permissions import cases_visible_to, shown_to, visible_to
from tracker.status.cases import case_rows, columns_of
from tracker.status.clocks import STANDS_ALONE, clock_of
from tracker.status.clocks import rows as clock_columns
from tracker.status.lists import PAGE, Page, page
from tracker.status.log import log_columns, log_rows
from tracker.status.nouns import CaseRow, Clock, LogRow
from tracker.status.people import Row
from tracker.status.proof import EvidenceRow, evidence_columns, evidence_row
from tracker.status.record import (
    ContactRow,
    FilingRow,
    NoticeRow,
    contact_columns,
    contact_row,
    filing_columns,
    filing_row,
    notice_columns,
    notice_rows,
)
from tracker.status.work import (
    RequirementRow,
    TaskRow,
    requirement_columns,
    requirement_rows,
    task_columns,
    task_row,
)

R = TypeVar("R")
Filters = Mapping[str, Any]  # names of columns to what they must be; a door builds it from its form


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """`authority` and `lead` are uids; `reference` the start of one."""

    state: str = ""
    authority: str = ""
    lead: str = ""
    reference: str = ""
    sort: str = "newest"


CASE_ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "newest": ("-opened_at", "-pk"),
    "oldest": ("opened_at", "pk"),
    "announced": ("-announced_on", "-pk"),
}


def cases_list(
    person: Person, *, now: datetime, filters: CaseFilters | None = None, cursor: str = "", size: int = PAGE
) -> Page[CaseRow]:
    wanted = filters or CaseFilters()
    mine = filtered_cases(cases_visible_to(person, at=now, way=Way.PAGE), wanted)
    found = page(columns_of(mine, person, now=now), order=CASE_ORDERS[wanted.sort], cursor=cursor, size=size)
    return found.holding(case_rows(found.rows, now=now))


def filtered_cases(queryset: "QuerySet[Case]", wanted: CaseFilters) -> "QuerySet[Case]":
    if wanted.state:
        queryset = queryset.filter(state=CaseState(wanted.state))
    if wanted.authority:
        queryset = queryset.filter(lead_authority__uid=wanted.authority)
    if wanted.lead:
        queryset = queryset.filter(lead_counsel__uid=wanted.lead)
    if wanted.reference:
        queryset = queryset.filter(reference__startswith=wanted.reference)
    return queryset


def _scoped(
    queryset: "QuerySet[Any]", person: Person, *, now: datetime, case: Case | None, filters: Filters | None
) -> "QuerySet[Any]":
    named = Q(**{name: value for name, value in (filters or {}).items() if value not in (None, "")})
    scoped = visible_to(queryset.filter(named), person, at=now)
    return scoped.filter(case=case) if case else scoped


def deadlines_list(
    person: Person, *, now: datetime, case: Case | None = None, filters: Filters | None = None,
    cursor: str = "", size: int = PAGE,
) -> Page[Clock]:  # fmt: skip
    """Clocks of their own by date, those without one last; filters such as outcome, kind, owner."""
    scoped = _scoped(Deadline.objects.filter(STANDS_ALONE), person, now=now, case=case, filters=filters)
    found = page(clock_columns(scoped), order=("due_at", "pk"), cursor=cursor, size=size)
    return found.holding([clock_of(row, now=now) for row in found.rows])


def tasks_list(
    person: Person, *, now: datetime, case: Case | None = None, filters: Filters | None = None,
    cursor: str = "", size: int = PAGE,
) -> Page[TaskRow]:  # fmt: skip
    scoped = _scoped(Task.objects.all(), person, now=now, case=case, filters=filters)
    found = page(task_columns(scoped), order=("deadline__due_at", "pk"), cursor=cursor, size=size)
    return found.holding([task_row(row, now=now) for row in found.rows])


def requirements_list(
    person: Person, *, now: datetime, case: Case | None = None, filters: Filters | None = None,
    cursor: str = "", size: int = PAGE,
) -> Page[RequirementRow]:  # fmt: skip
    scoped = _scoped(Requirement.objects.all(), person, now=now, case=case, filters=filters)
    found = page(requirement_columns(scoped), order=("number", "pk"), cursor=cursor, size=size)
    return found.holding(requirement_rows(found.rows, shown_to(person, at=now), now=now))


def log_list(
    person: Person, *, now: datetime, case: Case | None = None, filters: Filters | None = None,
    cursor: str = "", size: int = PAGE,
) -> Page[LogRow]:  # fmt: skip
    scoped = _scoped(LogEntry.objects.all(), person, now=now, case=case, filters=filters)
    found = page(log_columns(shown_entries(scoped, person)), order=("-recorded_at", "-pk"), cursor=cursor, size=size)
    return found.holding(log_rows(found.rows))


def notices_list(
    person: Person, *, now: datetime, case: Case | None = None, filters: Filters | None = None,
    cursor: str = "", size: int = PAGE,
) -> Page[NoticeRow]:  # fmt: skip
    """Voided ones too: what was thought when is kept; `{"voided_at__isnull": True}` leaves them out."""
    scoped = _scoped(Notice.objects.all(), person, now=now, case=case, filters=filters)
    found = page(notice_columns(scoped), order=("-recorded_at", "-pk"), cursor=cursor, size=size)
    return found.holding(notice_rows(found.rows))


def evidence_list(
    person: Person, *, now: datetime, case: Case | None = None, filters: Filters | None = None,
    cursor: str = "", size: int = PAGE,
) -> Page[EvidenceRow]:  # fmt: skip
    scoped = _scoped(Evidence.objects.all(), person, now=now, case=case, filters=filters)
    return _plain(scoped, evidence_columns, evidence_row, order=("-recorded_at", "-pk"), cursor=cursor, size=size)


def contacts_list(
    person: Person, *, now: datetime, case: Case | None = None, filters: Filters | None = None,
    cursor: str = "", size: int = PAGE,
) -> Page[ContactRow]:  # fmt: skip
    scoped = _scoped(Contact.objects.all(), person, now=now, case=case, filters=filters)
    return _plain(scoped, contact_columns, contact_row, order=("-held_on", "-pk"), cursor=cursor, size=size)


def filings_list(
    person: Person, *, now: datetime, case: Case | None = None, filters: Filters | None = None,
    cursor: str = "", size: int = PAGE,
) -> Page[FilingRow]:  # fmt: skip
    scoped = _scoped(Filing.objects.all(), person, now=now, case=case, filters=filters)
    return _plain(scoped, filing_columns, filing_row, order=("-sent_at", "-pk"), cursor=cursor, size=size)


def _plain(
    scoped: "QuerySet[Any]",
    columns: Callable[["QuerySet[Any]"], "QuerySet[Any, Any]"],
    made: Callable[[Row], R],
    *,
    order: tuple[str, ...],
    cursor: str,
    size: int,
) -> Page[R]:
    found = page(columns(scoped), order=order, cursor=cursor, size=size)
    return found.holding([made(row) for row in found.rows])
