"""Requirements: what was demanded or promised, done with its proof and signed off by a second person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken, deadline, demands, reckoning
from cases.actions.belonging import (
    check_in_case,
    check_knows,
    check_open,
    check_reason,
    check_title,
    locked_case,
    next_number,
)
from cases.actions.drafts import RequirementDraft
from cases.actions.log import check_revision, save, write_log
from cases.actions.proof import standing_proofs
from cases.actions.secrecy import LABELS, check_draft, check_no_mark
from cases.models import (
    Case,
    Cause,
    Deadline,
    Outcome,
    Person,
    Requirement,
    RequirementState,
    TaskState,
)

WORDS: Final = ("title_en", "title_zh", "clause", "clause_language", "acceptance_test")
CHANGEABLE: Final = frozenset({*WORDS, "owner", "due_on"})


class NotOpen(RuleBroken):
    code = "not_open"


class OpenTasks(RuleBroken):
    code = "open_tasks"


class NoProof(RuleBroken):
    code = "no_proof"


class SecondPerson(RuleBroken):
    code = "second_person"


@transaction.atomic
def add_requirement(*, case: Case, draft: RequirementDraft, by: Person, at: datetime) -> Requirement:
    requirement = new_requirement(case=case, draft=draft, by=by, at=at)
    facts = {"number": requirement.number, "origin": requirement.origin, "due_on": draft.due_on}
    write_log("add_requirement", requirement, case=requirement.case, by=by, at=at, facts=facts)
    return requirement


def new_requirement(*, case: Case, draft: RequirementDraft, by: Person, at: datetime) -> Requirement:
    """The row with its date, and no log of its own: a talk brings several."""
    held = locked_case(case)
    check_open(held)
    check_title(draft.title_en, draft.title_zh)
    check_draft(draft)
    check_in_case(held, draft.notice, draft.measure, draft.contact)
    check_knows(draft.owner, case=held, at=at)
    if draft.measure and not draft.notice:
        draft = replace(draft, notice=draft.measure.notice)
    return demands.new_requirement(draft, held, next_number(held, Requirement), by=by, at=at)


# ---- Changing --------------------------------------------------------------------------------------------------------
@transaction.atomic
def change_requirement(
    *,
    requirement: Requirement,
    fields: Mapping[str, str | Person | date | None],
    by: Person,
    at: datetime,
    revision: int | None = None,
) -> Requirement:
    """`fields`: any of CHANGEABLE. What is done or met is reopened before its words may change."""
    if unknown := fields.keys() - CHANGEABLE:
        raise ValueError(f"A requirement has no such fields to change: {sorted(unknown)}")
    requirement = locked(requirement)
    check_revision(requirement, revision)
    check_state(requirement, RequirementState.OPEN)
    words = [name for name in WORDS if name in fields]
    check_no_mark({LABELS[name]: str(fields[name]) for name in words if name in LABELS})
    for name in words:
        setattr(requirement, name, fields[name])
    check_title(requirement.title_en, requirement.title_zh)
    if "owner" in fields:
        give_to(requirement, fields["owner"], at=at)
    if "due_on" in fields:
        set_date(requirement, fields["due_on"], by=by, at=at)
    save(requirement, *words, "owner", "deadline")
    write_log("change_requirement", requirement, case=requirement.case, by=by, at=at, facts={"fields": sorted(fields)})
    return requirement


def locked(requirement: Requirement) -> Requirement:
    """The case first: a task being added or reopened at the same instant waits, or is seen."""
    check_open(locked_case(requirement.case))
    held = Requirement.objects.select_for_update(of=("self",)).select_related("case", "deadline", "owner", "done_by")
    return held.get(pk=requirement.pk)


def check_state(requirement: Requirement, *wanted: RequirementState) -> None:
    if requirement.state not in wanted:
        raise NotOpen(
            _("This requirement is: %(state)s. That cannot be done now.") % {"state": requirement.get_state_display()},
            state=requirement.state,
        )


def give_to(requirement: Requirement, owner: str | Person | date | None, *, at: datetime) -> None:
    if not (owner is None or isinstance(owner, Person)):
        raise TypeError("The owner of a requirement is a person or nobody.")
    check_knows(owner, case=requirement.case, at=at)
    requirement.owner = owner
    if requirement.deadline:
        reassign(requirement.deadline, owner)


def reassign(of: Deadline, owner: Person | None) -> None:
    """The watch is told to ask again whom to remind."""
    held = Deadline.objects.select_for_update().get(pk=of.pk)
    held.owner, held.rearm = owner, True
    save(held, "owner", "rearm")


def set_date(requirement: Requirement, due_on: str | Person | date | None, *, by: Person, at: datetime) -> None:
    """A date given, moved, or taken away: a date taken away is a withdrawn deadline, and stays to be seen."""
    if not (due_on is None or isinstance(due_on, date)):
        raise TypeError("A requirement is due on a date or none.")
    running = requirement.deadline
    if due_on is None:
        if running is not None:
            deadline.end(deadline.locked(running), Outcome.WITHDRAWN, at=at)
        requirement.deadline = None
    elif running is not None:
        reckoning.set_by_hand(deadline.locked(running), due_on, cause=Cause.OVERRIDE, by=by, at=at)
    else:
        titles = {"title_en": requirement.title_en, "title_zh": requirement.title_zh}
        owner = requirement.owner
        requirement.deadline = deadline.new_internal(
            requirement.case, **titles, due_on=due_on, owner=owner, by=by, at=at
        )


# ---- Doing -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def mark_requirement_done(*, requirement: Requirement, by: Person, at: datetime) -> Requirement:
    """Meets its internal date; whether it is really met, a second person says by signing off."""
    requirement = locked(requirement)
    check_state(requirement, RequirementState.OPEN)
    check_done(requirement)
    requirement.state, requirement.done_at, requirement.done_by = RequirementState.DONE, at, by
    save(requirement, "state", "done_at", "done_by")
    meet_date(requirement.deadline, at=at)
    write_log("mark_requirement_done", requirement, case=requirement.case, by=by, at=at)
    return requirement


def check_done(requirement: Requirement) -> None:
    open_tasks = list(requirement.tasks.exclude(state=TaskState.CLOSED).values_list("number", flat=True))
    if open_tasks:
        numbers = _(", ").join(map(str, open_tasks))
        raise OpenTasks(_("Tasks are still open: %(numbers)s. Complete them first.") % {"numbers": numbers})
    if not has_proof(requirement):
        raise NoProof(_("Nothing proves this yet. Link evidence to the requirement or to one of its tasks."))


def has_proof(requirement: Requirement) -> bool:
    of_itself = standing_proofs(requirement=requirement)
    of_tasks: bool = standing_proofs(task__requirement=requirement).exists()
    return of_tasks or of_itself.exists()


def meet_date(of: Deadline | None, *, at: datetime) -> None:
    if of is not None and of.outcome == Outcome.RUNNING:
        deadline.end(deadline.locked(of), Outcome.MET, at=at)


def run_date_again(of: Deadline | None) -> None:
    """Only what was met by the work: a date waived by counsel stays waived."""
    if of is not None and of.outcome == Outcome.MET:
        deadline.run_again(Deadline.objects.select_for_update().get(pk=of.pk))


@transaction.atomic
def sign_off(*, requirement: Requirement, by: Person, at: datetime) -> Requirement:
    """By another than who marked it done; the proof is asked for again, it may have been sent back meanwhile."""
    requirement = locked(requirement)
    check_state(requirement, RequirementState.DONE)
    if requirement.done_by_id == by.pk:
        raise SecondPerson(_("You marked this done. Somebody else signs it off."))
    check_done(requirement)
    requirement.state = RequirementState.MET
    requirement.signed_off_at, requirement.signed_off_by = at, by
    save(requirement, "state", "signed_off_at", "signed_off_by")
    write_log("sign_off", requirement, case=requirement.case, by=by, at=at)
    return requirement


@transaction.atomic
def reopen_requirement(*, requirement: Requirement, reason: str, by: Person, at: datetime) -> Requirement:
    """Not done after all: its date runs on, who had signed it off stays in the history."""
    check_reason(reason)
    requirement = locked(requirement)
    check_state(requirement, RequirementState.DONE, RequirementState.MET)
    requirement.state = RequirementState.OPEN
    requirement.done_at = requirement.done_by = requirement.signed_off_at = requirement.signed_off_by = None
    save(requirement, "state", "done_at", "done_by", "signed_off_at", "signed_off_by")
    run_date_again(requirement.deadline)
    write_log("reopen_requirement", requirement, case=requirement.case, by=by, at=at, reason=reason)
    return requirement


@transaction.atomic
def withdraw_requirement(*, requirement: Requirement, reason: str, by: Person, at: datetime) -> Requirement:
    """The authority dropped it, or it was recorded by mistake. Its open tasks stay with their people."""
    check_reason(reason)
    requirement = locked(requirement)
    check_state(requirement, RequirementState.OPEN, RequirementState.DONE)
    requirement.state = RequirementState.WITHDRAWN
    save(requirement, "state")
    if requirement.deadline and requirement.deadline.outcome == Outcome.RUNNING:
        deadline.end(deadline.locked(requirement.deadline), Outcome.WITHDRAWN, at=at, reason=reason)
    write_log("withdraw_requirement", requirement, case=requirement.case, by=by, at=at, reason=reason)
    return requirement
