"""One task with its proof and updates, the tasks of a case by workstream, and the task force as it is and was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from cases.models import Case, Evidence, EvidenceLink, EvidenceState, Member, Person, Task, TaskForce, TaskState, Update
from cases.permissions import Shown, visible_to
from tracker.status.lists import PAGE, Page, page
from tracker.status.nouns import Titles, Who
from tracker.status.people import PERSON, columns, somebody, who
from tracker.status.proof import EvidenceRow, evidence_columns, evidence_row
from tracker.status.work import TaskRow, task_columns, task_row

MOST: Final = 100
Filters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """Never edited. `task_uid` is empty where it speaks of the case."""

    uid: str
    words: str
    language: str
    blocker: str
    protection_mark: str
    posted_at: datetime
    posted_by: Who
    task_uid: str
    task_number: int | None
    task_title: Titles


@dataclass(frozen=True, slots=True)
class TaskPage:
    row: TaskRow
    requirement: Titles
    exhibits: tuple[EvidenceRow, ...]
    updates: tuple[UpdateRow, ...]
    closed_by: Who | None


@dataclass(frozen=True, slots=True)
class SeatRow:
    uid: str
    who: Who
    role: str
    from_on: date
    until_on: date | None
    is_standing: bool


@dataclass(frozen=True, slots=True)
class ForceRow:
    uid: str
    name: Titles
    formed_on: date
    dissolved_on: date | None
    seats: tuple[SeatRow, ...]


# ---- Tasks -----------------------------------------------------------------------------------------------------------
def task_page(case: Case, uid: str, shown: Shown, *, now: datetime) -> TaskPage:
    """Raises Task.DoesNotExist."""
    named = shown(case.tasks.filter(uid=uid))
    row = task_columns(named).first()
    if row is None:
        raise Task.DoesNotExist(uid)
    more = named.values("requirement__title_en", "requirement__title_zh", *columns("closed_by", PERSON)).get()
    proofs = shown(Evidence.objects.filter(case=case, links__task__uid=uid)).order_by("number", "pk")
    return TaskPage(
        row=task_row(row, now=now),
        requirement=Titles(more["requirement__title_en"] or "", more["requirement__title_zh"] or ""),
        exhibits=tuple(evidence_row(piece) for piece in evidence_columns(proofs)[:MOST]),
        updates=updates(case, shown, task=uid),
        closed_by=who(more, "closed_by"),
    )


def tasks_by_stream(
    person: Person, *, now: datetime, case: Case, filters: Filters | None = None, cursor: str = "", size: int = PAGE
) -> Page[TaskRow]:
    """The tasks of a case, workstream after workstream, in each those due first."""
    named = Q(**{name: value for name, value in (filters or {}).items() if value not in (None, "")})
    scoped = visible_to(Task.objects.filter(named, case=case), person, at=now)
    order = ("workstream_en", "workstream_zh", "deadline__due_at", "pk")
    found = page(task_columns(scoped), order=order, cursor=cursor, size=size)
    return found.holding([task_row(row, now=now) for row in found.rows])


def my_tasks(
    person: Person, *, now: datetime, shown: Sequence[str] | None = None, cursor: str = "", size: int = PAGE
) -> Page[TaskRow]:
    """What a person still has to do, in every case they may know of; with `shown`, of the tasks so named."""
    scoped = open_tasks_of(person, now=now)
    scoped = scoped if shown is None else scoped.filter(uid__in=shown)
    found = page(task_columns(scoped), order=("deadline__due_at", "pk"), cursor=cursor, size=size)
    return found.holding([task_row(row, now=now) for row in found.rows])


def open_tasks_of(person: Person, *, now: datetime) -> "QuerySet[Task]":
    held = Task.objects.filter(assignee=person).exclude(state=TaskState.CLOSED)
    return visible_to(held, person, at=now)


def proofs_of(tasks: "QuerySet[Task]", shown: Shown) -> dict[str, int]:
    """By the uid of the task: how many pieces of evidence still prove it."""
    stands = shown(EvidenceLink.objects.filter(task__in=tasks, evidence__superseded_by__isnull=True))
    counted = stands.exclude(evidence__state=EvidenceState.SENT_BACK).order_by().values("task__uid")
    return dict(counted.annotate(n=Count("evidence", distinct=True)).values_list("task__uid", "n"))


# ---- Updates ---------------------------------------------------------------------------------------------------------
def updates(case: Case, shown: Shown, *, task: str = "", most: int = MOST) -> tuple[UpdateRow, ...]:
    """The newest first, of one task or of the whole case."""
    found = shown(Update.objects.filter(case=case)).order_by("-posted_at", "-pk")
    found = found.filter(task__uid=task) if task else found
    same = ("uid", "words", "language", "blocker", "protection_mark", "posted_at")
    rows = found.values(
        *same, "task__uid", "task__number", "task__title_en", "task__title_zh", *columns("posted_by", PERSON)
    )[:most]
    return tuple(
        UpdateRow(
            **{name: row[name] for name in same},
            posted_by=somebody(row, "posted_by"),
            task_uid=row["task__uid"] or "",
            task_number=row["task__number"],
            task_title=Titles(row["task__title_en"] or "", row["task__title_zh"] or ""),
        )
        for row in rows
    )


# ---- The task force --------------------------------------------------------------------------------------------------
def task_forces(case: Case, *, today: date) -> tuple[ForceRow, ...]:
    """Each with all who ever sat in it, those who stand first."""
    forces = TaskForce.objects.filter(case=case).order_by("formed_on", "pk")
    rows = list(forces.values("pk", "uid", "name_en", "name_zh", "formed_on", "dissolved_on")[:MOST])
    seats = _seats([row["pk"] for row in rows], today)
    return tuple(
        ForceRow(
            row["uid"],
            Titles(row["name_en"], row["name_zh"]),
            row["formed_on"],
            row["dissolved_on"],
            tuple(seats.get(row["pk"], ())),
        )
        for row in rows
    )


def _seats(forces: list[int], today: date) -> dict[int, list[SeatRow]]:
    same = ("uid", "role", "from_on", "until_on")
    rows = Member.objects.filter(task_force__in=forces).order_by("from_on", "pk")
    found: dict[int, list[SeatRow]] = {}
    for row in rows.values(*same, "task_force", *columns("person", PERSON))[: MOST * 5]:
        stands = row["until_on"] is None or row["until_on"] >= today
        seat = SeatRow(**{name: row[name] for name in same}, who=somebody(row, "person"), is_standing=stands)
        found.setdefault(row["task_force"], []).append(seat)
    for seats in found.values():
        seats.sort(key=lambda seat: (not seat.is_standing, _ROLES.get(seat.role, len(_ROLES))))
    return found


_ROLES: Final = {"lead": 0, "deputy": 1, "counsel": 2}
