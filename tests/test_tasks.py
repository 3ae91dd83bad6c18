"""Tasks: every move of every state, proof before closing, dates met and running again, work for those who may know."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cases.actions.belonging import CaseClosed, MayNotKnow, NoReason, NoTitle, OtherCase
from cases.actions.case import close_unknown
from cases.actions.deadline import waive_deadline
from cases.actions.evidence import send_back_evidence
from cases.actions.log import Conflict
from cases.actions.requirement import NoProof, NotOpen, mark_requirement_done
from cases.actions.task import (
    WrongState,
    assign_task,
    block_task,
    complete_task,
    reopen_task,
    start_task,
    submit_task,
)
from cases.actions.taskforce import add_member
from cases.models import Deadline, Person, Task, TaskState
from tests.factories import NOW, a_case
from tests.work import a_requirement, a_task, a_task_force, some_evidence

pytestmark = pytest.mark.django_db

MOVES: dict[str, Callable[[Task, Person], Task]] = {
    "start": lambda task, by: start_task(task=task, by=by, at=NOW),
    "block": lambda task, by: block_task(task=task, reason="waiting for the vendor", by=by, at=NOW),
    "submit": lambda task, by: submit_task(task=task, by=by, at=NOW),
    "complete": lambda task, by: complete_task(task=task, by=by, at=NOW),
    "reopen": lambda task, by: reopen_task(task=task, reason="came back on the list", by=by, at=NOW),
}
LED_TO = {
    ("todo", "start"): "in_progress",
    ("todo", "block"): "blocked",
    ("todo", "submit"): "in_review",
    ("todo", "complete"): "closed",
    ("in_progress", "block"): "blocked",
    ("in_progress", "submit"): "in_review",
    ("in_progress", "complete"): "closed",
    ("blocked", "start"): "in_progress",
    ("in_review", "start"): "in_progress",
    ("in_review", "block"): "blocked",
    ("in_review", "complete"): "closed",
    ("closed", "reopen"): "in_progress",
}
WAY = {"todo": (), "in_progress": ("start",), "blocked": ("block",), "in_review": ("submit",), "closed": ("complete",)}


def proved_task(by: Person, **fields: Any) -> Task:
    case = a_case(by=by)
    task = a_task(case, by=by, **fields)
    some_evidence(case, by=by, proves=[task])
    return task


@pytest.mark.parametrize("state", TaskState.values)
@pytest.mark.parametrize("move", MOVES)
def test_every_move_from_every_state(state: str, move: str, counsel: Person) -> None:
    task = proved_task(counsel)
    for step in WAY[state]:
        MOVES[step](task, counsel)

    if (state, move) in LED_TO:
        MOVES[move](task, counsel)
        expected = LED_TO[state, move]
    else:
        with pytest.raises(WrongState):
            MOVES[move](task, counsel)
        expected = state
    assert Task.objects.get(pk=task.pk).state == expected


def test_a_block_says_why_until_the_work_goes_on(counsel: Person) -> None:
    task = a_task(a_case(by=counsel), by=counsel)

    with pytest.raises(NoReason):
        block_task(task=task, reason=" ", by=counsel, at=NOW)
    assert block_task(task=task, reason="waiting", by=counsel, at=NOW).blocked_reason == "waiting"
    assert start_task(task=task, by=counsel, at=NOW).blocked_reason == ""


def test_a_task_is_not_completed_without_proof_of_its_own(counsel: Person) -> None:
    case = a_case(by=counsel)
    requirement = a_requirement(case, by=counsel)
    task = a_task(case, by=counsel, requirement=requirement, due_on=date(2026, 9, 30))
    some_evidence(case, by=counsel, proves=[requirement])

    with pytest.raises(NoProof, match="link it to this task"):
        complete_task(task=task, by=counsel, at=NOW)

    task.refresh_from_db()
    assert (task.state, task.closed_at, task.deadline.outcome) == ("todo", None, "running")


def test_evidence_sent_back_completes_no_task(counsel: Person) -> None:
    case = a_case(by=counsel)
    task = a_task(case, by=counsel)
    evidence = some_evidence(case, by=counsel, proves=[task])
    send_back_evidence(evidence=evidence, reason="no date on it", by=counsel, at=NOW)

    with pytest.raises(NoProof):
        complete_task(task=task, by=counsel, at=NOW)


def test_a_closed_task_meets_its_date_and_a_reopened_one_runs_again(counsel: Person) -> None:
    task = proved_task(counsel, due_on=date(2026, 9, 30))
    Deadline.objects.update(rearm=False)

    complete_task(task=task, by=counsel, at=NOW)
    met = Deadline.objects.get(task=task)
    assert (met.outcome, met.outcome_at, met.rearm) == ("met", NOW, True)

    reopen_task(task=task, reason="came back", by=counsel, at=NOW)
    again = Deadline.objects.get(task=task)
    assert (again.outcome, again.outcome_at, again.due_on) == ("running", None, date(2026, 9, 30))


def test_a_date_that_was_waived_stays_waived_through_closing_and_reopening(counsel: Person) -> None:
    task = proved_task(counsel, due_on=date(2026, 9, 30))
    waive_deadline(deadline=task.deadline, reason="no hurry", by=counsel, at=NOW)

    complete_task(task=task, by=counsel, at=NOW)
    reopen_task(task=task, reason="came back", by=counsel, at=NOW)

    assert Deadline.objects.get(task=task).outcome == "waived"


def test_assigning_moves_the_date_to_the_new_person_and_arms_the_watch(counsel: Person, member: Person) -> None:
    case = a_case(by=counsel)
    task_force = a_task_force(case, lead=counsel, by=counsel)
    task = a_task(case, by=counsel, due_on=date(2026, 9, 30), assignee=counsel)
    Deadline.objects.update(rearm=False)

    with pytest.raises(MayNotKnow, match="task force first") as refused:
        assign_task(task=task, assignee=member, by=counsel, at=NOW)
    assert refused.value.details == {"person_uid": member.uid}
    assert Deadline.objects.get(task=task).owner == counsel

    add_member(task_force=task_force, person=member, role="review", from_on=date(2026, 9, 24), by=counsel, at=NOW)
    assert assign_task(task=task, assignee=member, by=counsel, at=NOW).assignee == member
    moved = Deadline.objects.get(task=task)
    assert (moved.owner, moved.rearm) == (member, True)
    assert assign_task(task=task, assignee=None, by=counsel, at=NOW).assignee is None
    assert Deadline.objects.get(task=task).owner is None


def test_assigning_what_somebody_changed_meanwhile_is_a_conflict(counsel: Person) -> None:
    task = a_task(a_case(by=counsel), by=counsel)
    start_task(task=task, by=counsel, at=NOW)

    with pytest.raises(Conflict):
        assign_task(task=task, assignee=counsel, by=counsel, at=NOW, revision=1)


def test_a_task_is_numbered_in_its_case_and_takes_its_date(counsel: Person) -> None:
    case = a_case(by=counsel)

    first, second = a_task(case, by=counsel), a_task(case, by=counsel, due_on=date(2026, 9, 30), assignee=counsel)

    assert (first.number, second.number, a_task(a_case(by=counsel), by=counsel).number) == (1, 2, 1)
    assert (first.deadline, second.deadline.due_on, second.deadline.owner) == (None, date(2026, 9, 30), counsel)


def test_a_task_needs_a_title_an_open_case_and_an_open_requirement_of_it(counsel: Person, member: Person) -> None:
    case = a_case(by=counsel)
    requirement = a_requirement(case, by=counsel)
    some_evidence(case, by=counsel, proves=[requirement])

    with pytest.raises(NoTitle):
        a_task(case, by=counsel, title_en=" ")
    with pytest.raises(OtherCase):
        a_task(a_case(by=counsel), by=counsel, requirement=requirement)
    with pytest.raises(MayNotKnow):
        a_task(case, by=counsel, assignee=member)
    mark_requirement_done(requirement=requirement, by=counsel, at=NOW)
    with pytest.raises(NotOpen):
        a_task(case, by=counsel, requirement=requirement)
    close_unknown(case=case, reason="no news for years", by=counsel, at=NOW)
    with pytest.raises(CaseClosed):
        a_task(case, by=counsel)
    assert not Task.objects.exists()


def test_a_task_of_a_requirement_that_is_done_is_not_reopened_under_it(counsel: Person) -> None:
    case = a_case(by=counsel)
    requirement = a_requirement(case, by=counsel)
    task = a_task(case, by=counsel, requirement=requirement)
    some_evidence(case, by=counsel, proves=[task])
    complete_task(task=task, by=counsel, at=NOW)
    mark_requirement_done(requirement=requirement, by=counsel, at=NOW)

    with pytest.raises(NotOpen):
        reopen_task(task=task, reason="came back", by=counsel, at=NOW)
