"""What waits for a person: evidence to review, requirements to sign off, dates to confirm, facts to supply, tasks.

Only what their role lets them settle; each kind is one bounded query.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery

from cases.models import (
    Actor,
    Case,
    CaseState,
    Deadline,
    DeadlineVersion,
    Evidence,
    EvidenceState,
    Notice,
    Person,
    Requirement,
    RequirementState,
    Task,
    VersionStatus,
)
from cases.permissions import Shown, can, known_to_all, visible_to
from tracker.status.nouns import CaseRef, Titles, Who
from tracker.status.people import CASE, PERSON, Row, case_ref, columns, who

M = TypeVar("M", bound=Model)
MOST: Final = 20  # of one kind


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to settle. `code`: my_task, confirm_proposal, service, service_date, sign_off, review_evidence.

    `count`: how many deadlines wait for a notice's service; 1 elsewhere.
    """

    code: str
    case: CaseRef
    object_kind: str
    object_uid: str
    number: int | None
    title: Titles
    due_on: date | None
    who: Who | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Heap:
    """What waits, and whether there is more of some kind than is shown."""

    items: tuple[Waiting, ...]
    more: bool


def waiting_for(person: Person, *, now: datetime, case: Case | None = None) -> Heap:
    def shown(queryset: "QuerySet[M]", /) -> "QuerySet[M]":
        return visible_to(queryset, person, at=now)

    return _heap(person, shown, case=case)


def waiting_alike(person: Person, *, now: datetime, case: Case) -> Heap:
    """Without what is under legal advice, whoever asks: for what is the same for every reader."""

    def shown(queryset: "QuerySet[M]", /) -> "QuerySet[M]":
        return known_to_all(visible_to(queryset, person, at=now))

    return _heap(person, shown, case=case)


def _heap(person: Person, shown: Shown, *, case: Case | None) -> Heap:
    kinds = [code for code, verb in VERBS.items() if can(person, verb)]
    found = [list(_rows(code, person, shown, case=case)) for code in kinds]
    items = tuple(_waiting(code, row) for code, rows in zip(kinds, found, strict=True) for row in rows[:MOST])
    return Heap(items, more=any(len(rows) > MOST for rows in found))


# In the order shown: what has a date first.
VERBS: Final[Mapping[str, str]] = {
    "confirm_proposal": "decide_deadline",
    "service": "record_service",
    "service_date": "record_service",
    "my_task": "work_on_task",
    "sign_off": "sign_off",
    "review_evidence": "review_evidence",
}
OBJECTS: Final[Mapping[str, str]] = {
    "confirm_proposal": "deadline",
    "service": "notice",
    "service_date": "deadline",
    "my_task": "task",
    "sign_off": "requirement",
    "review_evidence": "evidence",
}


def _rows(code: str, person: Person, shown: Shown, *, case: Case | None) -> Iterable[Row]:
    queryset, due, owner, number, count = QUERIES[code](person)
    queryset = queryset.filter(case=case) if case else queryset.filter(case__state=CaseState.OPEN)
    named = (("due", due), ("of_number", number), ("of_count", count))
    extra = {name: F(column) for name, column in named if column}
    columns_of = ("uid", "title_en", "title_zh", *columns("case", CASE), *columns(owner, PERSON))
    order = (F(due).asc(nulls_last=True), "pk") if due else ("pk",)
    scoped = shown(queryset).order_by(*order)
    owned = scoped.values(*columns_of, **extra)[: MOST + 1]
    return ({**row, "who": who(row, owner)} for row in owned)


# Rows, their day, whose they are, their number, how many they stand for; an empty name where there is none.
Query = tuple["QuerySet[Any]", str, str, str, str]
# A duty has no number in the law: it waits for nothing.
LACKING: Final = (
    Q(due_at__isnull=True, actor=Actor.PARTY, current__isnull=False) & ~Q(current__missing=[]) & ~Q(kind="duty")
)


def _proposals(_person: Person) -> Query:
    proposal = DeadlineVersion.objects.filter(deadline=OuterRef("pk"), status=VersionStatus.PROPOSED)
    return Deadline.objects.running().filter(Exists(proposal)), "due_on", "owner", "", ""


def _services(_person: Person) -> Query:
    """One row a notice not known to be served, however many deadlines wait for that."""
    waiting = Deadline.objects.running().filter(LACKING, notice=OuterRef("pk")).order_by()
    counted = waiting.values("notice").annotate(n=Count("pk")).values("n")
    unserved = Notice.objects.filter(served_on__isnull=True, voided_at__isnull=True)
    return unserved.annotate(n=Subquery(counted)).filter(n__gt=0), "", "recorded_by", "", "n"


def _facts(_person: Person) -> Query:
    """Deadlines that wait for something else than a notice's service."""
    unserved = Q(notice__isnull=False, notice__served_on__isnull=True)
    return Deadline.objects.running().filter(LACKING).exclude(unserved), "due_on", "owner", "", ""


def _tasks(person: Person) -> Query:
    return Task.objects.open().filter(assignee=person), "deadline__due_on", "assignee", "number", ""


def _sign_offs(person: Person) -> Query:
    done = Requirement.objects.filter(state=RequirementState.DONE).exclude(done_by=person)
    return done, "deadline__due_on", "done_by", "number", ""


def _reviews(_person: Person) -> Query:
    unread = Evidence.objects.filter(state=EvidenceState.IN_REVIEW, superseded_by__isnull=True)
    return unread, "", "recorded_by", "number", ""


QUERIES: Final[Mapping[str, Callable[[Person], Query]]] = {
    "confirm_proposal": _proposals,
    "service": _services,
    "service_date": _facts,
    "my_task": _tasks,
    "sign_off": _sign_offs,
    "review_evidence": _reviews,
}


def _waiting(code: str, row: Row) -> Waiting:
    case = case_ref(row)
    return Waiting(
        code=code,
        case=case,
        object_kind=OBJECTS[code],
        object_uid=row["uid"],
        number=row.get("of_number"),
        title=_title(row, case),
        due_on=row.get("due"),
        who=row["who"],
        count=row.get("of_count", 1),
    )


def _title(row: Row, case: CaseRef) -> Titles:
    """Its own; a notice without one goes by its case's."""
    own = Titles(row["title_en"], row["title_zh"])
    return own if own.en or own.zh else Titles(case.title_en, case.title_zh)
