"""Tasks: a piece of work of one person, from to do to closed with its proof; and the updates posted on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken, deadline
from cases.actions.belonging import (
    check_in_case,
    check_knows,
    check_open,
    check_reason,
    check_title,
    locked_case,
    next_number,
)
from cases.actions.log import check_revision, save, write_log
from cases.actions.marking import check_mark, check_sees
from cases.actions.proof import proofs_apart, standing_proofs
from cases.actions.requirement import NoProof, NotOpen, meet_date, reassign, run_date_again
from cases.actions.secrecy import LABELS, check_draft, check_no_mark
from cases.models import (
    Case,
    Deadline,
    Language,
    Person,
    ProtectionMark,
    Requirement,
    RequirementState,
    Task,
    TaskState,
    Update,
)

# From which states each state is reached; reopening a closed task is a move of its own, with its reason.
MOVES: Final[Mapping[TaskState, frozenset[TaskState]]] = {
    TaskState.TODO: frozenset(),
    TaskState.IN_PROGRESS: frozenset({TaskState.TODO, TaskState.BLOCKED, TaskState.IN_REVIEW, TaskState.CLOSED}),
    TaskState.BLOCKED: frozenset({TaskState.TODO, TaskState.IN_PROGRESS, TaskState.IN_REVIEW}),
    TaskState.IN_REVIEW: frozenset({TaskState.TODO, TaskState.IN_PROGRESS}),
    TaskState.CLOSED: frozenset({TaskState.TODO, TaskState.IN_PROGRESS, TaskState.IN_REVIEW}),
}


class WrongState(RuleBroken):
    code = "wrong_state"


class NoWords(RuleBroken):
    code = "no_words"


@dataclass(frozen=True, kw_only=True)
class TaskDraft:
    title_en: str = ""
    title_zh: str = ""
    requirement: Requirement | None = None
    workstream_en: str = ""
    workstream_zh: str = ""
    assignee: Person | None = None
    due_on: date | None = None
    protection_mark: str = "internal"


@transaction.atomic
def add_task(*, case: Case, draft: TaskDraft, by: Person, at: datetime) -> Task:
    held = locked_case(case)
    check_open(held)
    check_title(draft.title_en, draft.title_zh)
    check_draft(draft)
    check_in_case(held, draft.requirement)
    check_takes_work(draft.requirement)
    check_knows(draft.assignee, case=held, at=at)
    mark = check_mark(held, draft.protection_mark, by=by, at=at)
    check_sees(draft.assignee, mark, case=held, at=at)
    task = Task.objects.create(
        case=held,
        number=next_number(held, Task, mark=mark),
        protection_mark=mark,
        requirement=draft.requirement,
        workstream_en=draft.workstream_en,
        workstream_zh=draft.workstream_zh,
        title_en=draft.title_en,
        title_zh=draft.title_zh,
        assignee=draft.assignee,
        deadline=first_date(held, draft, by=by, at=at),
        recorded_at=at,
        recorded_by=by,
    )
    facts = {"number": task.number, "assignee": uid_of(draft.assignee), "due_on": draft.due_on}
    facts |= {"requirement": draft.requirement.uid if draft.requirement else None}
    write_log("add_task", task, case=held, by=by, at=at, facts=facts)
    return task


def check_takes_work(requirement: Requirement | None) -> None:
    """As it stands now, not as the door read it: what is done must not get an open task."""
    if requirement is None:
        return
    state = Requirement.objects.values_list("state", flat=True).get(pk=requirement.pk)
    if state != RequirementState.OPEN:
        shown = RequirementState(state).label
        raise NotOpen(_("The requirement is: %(state)s. Reopen it first.") % {"state": shown}, state=state)


def first_date(case: Case, draft: TaskDraft, *, by: Person, at: datetime) -> Deadline | None:
    if draft.due_on is None:
        return None
    titles = {"title_en": draft.title_en, "title_zh": draft.title_zh}
    return deadline.new_internal(case, **titles, due_on=draft.due_on, owner=draft.assignee, by=by, at=at)


def uid_of(person: Person | None) -> str | None:
    return person.uid if person else None


# ---- Moving ----------------------------------------------------------------------------------------------------------
def locked(task: Task) -> Task:
    """The case first: its requirement being marked done at the same instant waits, or is seen."""
    check_open(locked_case(task.case))
    held = Task.objects.select_for_update(of=("self",)).select_related("case", "deadline", "requirement")
    return held.get(pk=task.pk)


def move(task: Task, to: TaskState, *, blocked_reason: str = "") -> None:
    if task.state not in MOVES[to]:
        here = task.get_state_display()
        raise WrongState(
            _("This task is: %(from)s. It cannot become: %(to)s.") % {"from": here, "to": to.label}, state=task.state
        )
    task.state, task.blocked_reason = to, blocked_reason
    save(task, "state", "blocked_reason", "closed_at", "closed_by")


@transaction.atomic
def assign_task(*, task: Task, assignee: Person | None, by: Person, at: datetime, revision: int | None = None) -> Task:
    """To nobody, too. The reminders of its date go to the new one."""
    task = locked(task)
    check_revision(task, revision)
    check_not_closed(task)
    check_knows(assignee, case=task.case, at=at)
    check_sees(assignee, task.protection_mark, case=task.case, at=at)
    before = uid_of(task.assignee)
    task.assignee = assignee
    save(task, "assignee")
    if task.deadline:
        reassign(task.deadline, assignee)
    facts = {"from": before, "to": uid_of(assignee)}
    write_log("assign_task", task, case=task.case, by=by, at=at, facts=facts)
    return task


def check_not_closed(task: Task) -> None:
    if task.state == TaskState.CLOSED:
        raise WrongState(_("This task is closed. Reopen it first."), state=task.state)


@transaction.atomic
def start_task(*, task: Task, by: Person, at: datetime) -> Task:
    """Begins it, or goes on with it after a block or a review."""
    task = locked(task)
    check_not_closed(task)
    before = task.state
    move(task, TaskState.IN_PROGRESS)
    write_log("start_task", task, case=task.case, by=by, at=at, facts={"from": before})
    return task


@transaction.atomic
def block_task(*, task: Task, reason: str, by: Person, at: datetime) -> Task:
    check_reason(reason)
    task = locked(task)
    before = task.state
    move(task, TaskState.BLOCKED, blocked_reason=reason)
    write_log("block_task", task, case=task.case, by=by, at=at, reason=reason, facts={"from": before})
    return task


@transaction.atomic
def submit_task(*, task: Task, by: Person, at: datetime) -> Task:
    task = locked(task)
    before = task.state
    move(task, TaskState.IN_REVIEW)
    write_log("submit_task", task, case=task.case, by=by, at=at, facts={"from": before})
    return task


@transaction.atomic
def complete_task(*, task: Task, by: Person, at: datetime) -> Task:
    """Closes it with proof of its own, whatever else proves its requirement, and meets its date."""
    task = locked(task)
    before = task.state
    task.closed_at, task.closed_by = at, by
    if before in MOVES[TaskState.CLOSED]:
        check_proof(task)
    move(task, TaskState.CLOSED)
    meet_date(task.deadline, at=at)
    write_log("complete_task", task, case=task.case, by=by, at=at, facts={"from": before})
    return task


def check_proof(task: Task) -> None:
    # Held until this commits: evidence being sent back at the same instant waits, or is seen.
    is_apart = task.protection_mark == ProtectionMark.LEGAL_ADVICE
    found = proofs_apart(task=task) if is_apart else standing_proofs(task=task)
    proofs = found.select_related("evidence").select_for_update(of=("evidence",), no_key=True)
    if not list(proofs.order_by("pk")):
        raise NoProof(_("Nothing proves this yet. Upload evidence and link it to this task, then complete it."))


@transaction.atomic
def reopen_task(*, task: Task, reason: str, by: Person, at: datetime) -> Task:
    """Its date runs again. A requirement that is done is reopened before its tasks are."""
    check_reason(reason)
    task = locked(task)
    if task.state != TaskState.CLOSED:
        raise WrongState(_("This task is not closed."), state=task.state)
    check_takes_work(task.requirement)
    task.closed_at = task.closed_by = None
    move(task, TaskState.IN_PROGRESS)
    run_date_again(task.deadline)
    write_log("reopen_task", task, case=task.case, by=by, at=at, reason=reason)
    return task


# ---- Saying ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def post_update(
    *,
    case: Case,
    words: str,
    by: Person,
    at: datetime,
    task: Task | None = None,
    language: str = Language.EN,
    blocker: str = "",
    protection_mark: str = "internal",
) -> Update:
    """Never edited. A blocker named here is seen on the status page; it moves no task."""
    if not words.strip():
        raise NoWords(_("Say what there is to say."))
    check_no_mark({LABELS["words"]: words})
    check_open(locked_case(case))
    check_in_case(case, task)
    mark = check_mark(case, protection_mark, by=by, at=at)
    update = Update.objects.create(
        case=case,
        task=task,
        words=words,
        language=Language(language),
        blocker=blocker.strip(),
        protection_mark=mark,
        posted_at=at,
        posted_by=by,
    )
    facts = {"task": task.uid if task else None, "has_blocker": bool(update.blocker)}
    write_log("post_update", update, case=case, by=by, at=at, facts=facts)
    return update
