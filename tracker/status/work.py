"""The work of a case: requirements n of m, tasks by workstream, with who holds them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet

from cases.models import Case, EvidenceLink, EvidenceState, Requirement, RequirementState, Task, TaskState, Update
from cases.permissions import Shown
from tracker.figures import Tone
from tracker.status.clocks import day_of, left_until
from tracker.status.nouns import CaseRef, Left, Tally, Titles, Who
from tracker.status.people import CASE, PERSON, Row, case_ref, columns, who

MOST_REQUIREMENTS: Final = 200
MOST_TASKS: Final = 20


@dataclass(frozen=True, slots=True)
class TaskRow:
    uid: str
    case: CaseRef
    number: int
    title: Titles
    workstream: Titles
    requirement_uid: str
    requirement_number: int | None
    assignee: Who | None
    state: str
    blocked_reason: str
    due_on: date | None
    left: Left | None
    is_overdue: bool
    closed_at: datetime | None
    protection_mark: str
    revision: int


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """`proofs` are accepted pieces of evidence of those linked, here or on its tasks."""

    uid: str
    case: CaseRef
    number: int
    title: Titles
    origin: str
    clause: str
    clause_language: str
    acceptance_test: str
    owner: Who | None
    state: str
    is_overdue: bool
    due_on: date | None
    tasks: Tally
    blocked: int
    proofs: Tally
    done_by: Who | None
    done_at: datetime | None
    signed_off_by: Who | None
    signed_off_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class WorkstreamRow:
    """`lead` holds most of its tasks; `last` is the newest update on one of them."""

    name: Titles
    lead: Who | None
    tasks: Tally
    blocked: int
    overdue: int
    tone: Tone
    last_words: str
    last_language: str
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class TaskFigures:
    total: int
    closed: int
    todo: int
    in_progress: int
    blocked: int
    in_review: int
    overdue: int
    unassigned: int
    planned_by_today: int


@dataclass(frozen=True, slots=True)
class RequirementFigures:
    """Withdrawn ones are left out of all but their own count."""

    total: int
    met: int
    done: int
    open: int
    overdue: int
    withdrawn: int


# ---- Tasks -----------------------------------------------------------------------------------------------------------
TASK: Final = (
    "pk", "uid", "number", "title_en", "title_zh", "workstream_en", "workstream_zh", "state", "blocked_reason",
    "closed_at", "protection_mark", "revision", "requirement__uid", "requirement__number", "deadline__due_on",
    "deadline__due_at", "deadline__zone", "deadline__calendar", "deadline__is_hourly", *columns("case", CASE),
    *columns("assignee", PERSON),
)  # fmt: skip
IS_OPEN: Final = ~Q(state=TaskState.CLOSED)


def task_columns(queryset: "QuerySet[Task]") -> "QuerySet[Task, Any]":
    found: QuerySet[Task, Any] = queryset.values(*TASK)
    return found


def task_row(row: Row, *, now: datetime) -> TaskRow:
    due_at = row["deadline__due_at"]
    runs = row["state"] != TaskState.CLOSED and due_at is not None
    due = {name: row[f"deadline__{name}"] for name in ("due_on", "due_at", "zone", "calendar", "is_hourly")}
    return TaskRow(
        uid=row["uid"],
        case=case_ref(row),
        number=row["number"],
        title=Titles(row["title_en"], row["title_zh"]),
        workstream=Titles(row["workstream_en"], row["workstream_zh"]),
        requirement_uid=row["requirement__uid"] or "",
        requirement_number=row["requirement__number"],
        assignee=who(row, "assignee"),
        state=row["state"],
        blocked_reason=row["blocked_reason"],
        due_on=row["deadline__due_on"],
        left=left_until(due, now=now) if runs else None,
        is_overdue=bool(runs and due_at <= now),
        closed_at=row["closed_at"],
        protection_mark=row["protection_mark"],
        revision=row["revision"],
    )


def open_tasks(case: Case, shown: Shown, *, now: datetime) -> tuple[TaskRow, ...]:
    """The open tasks that are due first."""
    first = shown(case.tasks.filter(IS_OPEN)).order_by(F("deadline__due_at").asc(nulls_last=True), "number", "pk")
    return tuple(task_row(row, now=now) for row in task_columns(first)[:MOST_TASKS])


def task_figures(case: Case, shown: Shown, *, now: datetime) -> TaskFigures:
    today = day_of(now, case.lead_authority.zone)
    late = IS_OPEN & Q(deadline__due_at__lte=now)
    return TaskFigures(
        **shown(case.tasks.all()).aggregate(
            total=Count("pk"),
            closed=Count("pk", filter=~IS_OPEN),
            todo=Count("pk", filter=Q(state=TaskState.TODO)),
            in_progress=Count("pk", filter=Q(state=TaskState.IN_PROGRESS)),
            blocked=Count("pk", filter=Q(state=TaskState.BLOCKED)),
            in_review=Count("pk", filter=Q(state=TaskState.IN_REVIEW)),
            overdue=Count("pk", filter=late),
            unassigned=Count("pk", filter=IS_OPEN & Q(assignee=None)),
            planned_by_today=Count("pk", filter=Q(deadline__due_on__lte=today)),
        )
    )


# ---- Workstreams -----------------------------------------------------------------------------------------------------
def workstreams(case: Case, shown: Shown, *, now: datetime) -> tuple[WorkstreamRow, ...]:
    """One row a workstream by name; tasks without one come last under an empty name."""
    sums = shown(case.tasks.order_by()).values("workstream_en", "workstream_zh", *columns("assignee", PERSON))
    counted = sums.annotate(
        total=Count("pk"),
        closed=Count("pk", filter=~IS_OPEN),
        blocked=Count("pk", filter=Q(state=TaskState.BLOCKED)),
        overdue=Count("pk", filter=IS_OPEN & Q(deadline__due_at__lte=now)),
    )
    streams: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in counted.order_by("workstream_en", "workstream_zh", "-total", "assignee__uid"):
        streams[row["workstream_en"], row["workstream_zh"]].append(row)
    words = _last_words(case, shown)
    named = sorted(streams.items(), key=lambda item: (not any(item[0]), item[0]))
    return tuple(_workstream(name, rows, words.get(name)) for name, rows in named)


def _last_words(case: Case, shown: Shown) -> dict[tuple[str, str], Row]:
    """The newest update of each workstream."""
    stream = ("task__workstream_en", "task__workstream_zh")
    newest = shown(Update.objects.filter(case=case, task__isnull=False)).order_by(*stream, "-posted_at", "-pk")
    found = newest.distinct(*stream).values(*stream, "words", "language", "posted_at")
    return {(row[stream[0]], row[stream[1]]): row for row in found}


def _workstream(name: tuple[str, str], rows: list[Row], last: Row | None) -> WorkstreamRow:
    total, closed, blocked, overdue = (
        sum(row[key] for row in rows) for key in ("total", "closed", "blocked", "overdue")
    )
    held = [row for row in rows if row["assignee__uid"] is not None]
    return WorkstreamRow(
        name=Titles(*name),
        lead=who(held[0], "assignee") if held else None,
        tasks=Tally(closed, total),
        blocked=blocked,
        overdue=overdue,
        tone="amber" if blocked or overdue else "green",
        last_words=last["words"] if last else "",
        last_language=last["language"] if last else "",
        last_at=last["posted_at"] if last else None,
    )


# ---- Requirements ----------------------------------------------------------------------------------------------------
REQUIREMENT: Final = (
    "pk", "uid", "number", "title_en", "title_zh", "origin", "clause", "clause_language", "acceptance_test", "state",
    "done_at", "signed_off_at", "revision", "deadline__due_on", "deadline__due_at", *columns("case", CASE),
    *columns("owner", PERSON), *columns("done_by", PERSON), *columns("signed_off_by", PERSON),
)  # fmt: skip
IS_WANTED: Final = ~Q(state=RequirementState.WITHDRAWN)
IS_UNMET: Final = Q(state__in=(RequirementState.OPEN, RequirementState.DONE))


def requirement_columns(queryset: "QuerySet[Requirement]") -> "QuerySet[Requirement, Any]":
    found: QuerySet[Requirement, Any] = queryset.values(*REQUIREMENT)
    return found


def requirements(case: Case, shown: Shown, *, now: datetime) -> tuple[RequirementRow, ...]:
    wanted = case.requirements.order_by("number", "pk")
    return requirement_rows(requirement_columns(wanted)[:MOST_REQUIREMENTS], shown, now=now)


def requirement_rows(found: Iterable[Row], shown: Shown, *, now: datetime) -> tuple[RequirementRow, ...]:
    """With the tasks and proofs of each, in two more queries."""
    rows = list(found)
    keys = [row["pk"] for row in rows]
    tasks, proofs = _tasks_of(keys, shown), _proofs_of(keys, shown)
    return tuple(_requirement(row, tasks.get(row["pk"], {}), proofs.get(row["pk"], {}), now=now) for row in rows)


def _tasks_of(keys: list[int], shown: Shown) -> dict[int, Row]:
    sums = shown(Task.objects.filter(requirement__in=keys)).order_by().values("requirement")
    counted = sums.annotate(
        total=Count("pk"), closed=Count("pk", filter=~IS_OPEN), blocked=Count("pk", filter=Q(state=TaskState.BLOCKED))
    )
    return {row["requirement"]: row for row in counted}


def _proofs_of(keys: list[int], shown: Shown) -> dict[int, Row]:
    """Evidence linked to the requirement or to one of its tasks, each piece once."""
    links = shown(EvidenceLink.objects.filter(Q(requirement__in=keys) | Q(task__requirement__in=keys)))
    standing = links.filter(evidence__superseded_by__isnull=True)
    pairs = standing.order_by().values_list("requirement", "task__requirement", "evidence", "evidence__state")
    linked: dict[int, dict[int, str]] = defaultdict(dict)
    for direct, through_task, evidence, state in pairs:
        linked[direct or through_task][evidence] = state
    return {
        key: {"total": len(found), "done": sum(state == EvidenceState.ACCEPTED for state in found.values())}
        for key, found in linked.items()
    }


def _requirement(row: Row, tasks: Mapping[str, int], proofs: Mapping[str, int], *, now: datetime) -> RequirementRow:
    due_at = row["deadline__due_at"]
    unmet = row["state"] in {RequirementState.OPEN, RequirementState.DONE}
    return RequirementRow(
        **{name: row[name] for name in _SAME},
        case=case_ref(row),
        title=Titles(row["title_en"], row["title_zh"]),
        owner=who(row, "owner"),
        is_overdue=bool(unmet and due_at and due_at <= now),
        due_on=row["deadline__due_on"],
        tasks=Tally(tasks.get("closed", 0), tasks.get("total", 0)),
        blocked=tasks.get("blocked", 0),
        proofs=Tally(proofs.get("done", 0), proofs.get("total", 0)),
        done_by=who(row, "done_by"),
        signed_off_by=who(row, "signed_off_by"),
    )


_SAME: Final = (
    "uid", "number", "origin", "clause", "clause_language", "acceptance_test", "state", "done_at", "signed_off_at",
    "revision",
)  # fmt: skip


def requirement_figures(case: Case, *, now: datetime) -> RequirementFigures:
    states = RequirementState
    return RequirementFigures(
        **case.requirements.aggregate(
            total=Count("pk", filter=IS_WANTED),
            met=Count("pk", filter=Q(state=states.MET)),
            done=Count("pk", filter=Q(state=states.DONE)),
            open=Count("pk", filter=Q(state=states.OPEN)),
            overdue=Count("pk", filter=IS_UNMET & Q(deadline__due_at__lte=now)),
            withdrawn=Count("pk", filter=Q(state=states.WITHDRAWN)),
        )
    )
