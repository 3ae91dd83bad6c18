"""The task force of a case: forming it, its members with their roles from–to, and the rota."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_open, check_title, locked_case
from cases.actions.case import give_access
from cases.actions.log import write_log
from cases.models import Barrier, Case, Member, MemberRole, Person, Shift, TaskForce
from cases.permissions import can


class MayNotJoin(RuleBroken):
    code = "may_not_join"


class LeadTaken(RuleBroken):
    code = "lead_taken"


class AlreadyMember(RuleBroken):
    code = "already_member"


class MembershipEnded(RuleBroken):
    code = "membership_ended"


class WrongOrder(RuleBroken):
    code = "wrong_order"


class NotMember(RuleBroken):
    code = "not_member"


class ShiftTaken(RuleBroken):
    code = "shift_taken"


class ShiftOver(RuleBroken):
    code = "shift_over"


class ShiftBegun(RuleBroken):
    code = "shift_begun"


class Dissolved(RuleBroken):
    code = "dissolved"


@transaction.atomic
def form_task_force(
    *, case: Case, formed_on: date, lead: Person, by: Person, at: datetime, name_en: str = "", name_zh: str = ""
) -> TaskForce:
    check_title(name_en, name_zh)
    held = locked_case(case)
    check_open(held)
    task_force = TaskForce.objects.create(
        case=held, name_en=name_en, name_zh=name_zh, formed_on=formed_on, recorded_at=at, recorded_by=by
    )
    seat(task_force, lead, MemberRole.LEAD, from_on=formed_on, by=by, at=at)
    write_log("form_task_force", task_force, case=held, by=by, at=at, facts={"lead": lead.uid, "formed_on": formed_on})
    return task_force


@transaction.atomic
def add_member(*, task_force: TaskForce, person: Person, role: str, from_on: date, by: Person, at: datetime) -> Member:
    task_force = locked(task_force)
    if from_on < task_force.formed_on:
        raise WrongOrder(_("The task force was formed on %(day)s.") % {"day": task_force.formed_on.isoformat()})
    check_seat_free(task_force, person, role)
    member = seat(task_force, person, MemberRole(role), from_on=from_on, by=by, at=at)
    facts = {"person": person.uid, "role": role, "from_on": from_on, "task_force": task_force.uid}
    write_log("add_member", member, case=task_force.case, by=by, at=at, facts=facts)
    return member


def locked(task_force: TaskForce) -> TaskForce:
    """The case first, as everywhere: access and members are given under its lock."""
    check_open(locked_case(task_force.case))
    found = TaskForce.objects.select_for_update(of=("self",)).select_related("case").get(pk=task_force.pk)
    if found.dissolved_on:
        raise Dissolved(_("This task force was dissolved."))
    return found


def check_seat_free(task_force: TaskForce, person: Person, role: str) -> None:
    standing = task_force.members.filter(until_on__isnull=True, role=role)
    if standing.filter(person=person).exists():
        raise AlreadyMember(_("%(person)s has this role already.") % {"person": person})
    if role == MemberRole.LEAD and standing.exists():
        raise LeadTaken(_("The task force has a lead. End that membership first."))


def seat(task_force: TaskForce, person: Person, role: MemberRole, *, from_on: date, by: Person, at: datetime) -> Member:
    """The row, and what a member needs to do the work: to know of the case."""
    check_may_join(task_force.case, person)
    # Also where the case is open to staff: that may end, and a member's access must not end with it.
    reason = gettext("Member of the task force: %(name)s") % {"name": task_force}
    give_access(task_force.case, person, reason=reason, by=by, at=at)
    return Member.objects.create(task_force=task_force, person=person, role=role, from_on=from_on)


def check_may_join(case: Case, person: Person) -> None:
    if not can(person, "view"):
        raise MayNotJoin(_("%(person)s cannot be a member: the account sees no cases.") % {"person": person})
    if Barrier.objects.filter(case=case, person=person, lifted_at__isnull=True).exists():
        raise MayNotJoin(_("%(person)s is kept from this case by a barrier.") % {"person": person})


@transaction.atomic
def end_membership(*, member: Member, until_on: date, by: Person, at: datetime) -> Member:
    """Ends the role; the access to the case is ended by itself, by who grants accesses."""
    member = Member.objects.select_for_update(of=("self",)).select_related("task_force__case").get(pk=member.pk)
    if member.until_on:
        raise MembershipEnded(_("This membership has ended already."))
    if until_on < member.from_on:
        raise WrongOrder(_("A membership cannot end before it began."))
    member.until_on = until_on
    member.save(update_fields=["until_on"])
    case = member.task_force.case
    facts = {"person": member.person.uid, "role": member.role, "until_on": until_on}
    write_log("end_membership", member, case=case, by=by, at=at, facts=facts)
    return member


@transaction.atomic
def add_shift(
    *, task_force: TaskForce, person: Person, starts_at: datetime, ends_at: datetime, by: Person, at: datetime
) -> Shift:
    """Shifts of several people may overlap (a hand-over does), those of one person may not."""
    task_force = locked(task_force)
    if ends_at <= starts_at:
        raise WrongOrder(_("A shift ends after it starts."))
    if not task_force.members.filter(person=person, until_on__isnull=True).exists():
        raise NotMember(_("%(person)s is not a member of the task force.") % {"person": person})
    if task_force.rota.filter(person=person, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise ShiftTaken(_("%(person)s has a shift in that time.") % {"person": person})
    shift = Shift.objects.create(task_force=task_force, person=person, starts_at=starts_at, ends_at=ends_at)
    facts = {"person": person.uid, "starts_at": starts_at, "ends_at": ends_at, "task_force": task_force.uid}
    write_log("add_shift", shift, case=task_force.case, by=by, at=at, facts=facts)
    return shift


@transaction.atomic
def end_shift(*, shift: Shift, ends_at: datetime, by: Person, at: datetime) -> Shift:
    """Sooner or later than was planned; what is over is history."""
    shift = held_shift(shift)
    if shift.ends_at <= at:
        raise ShiftOver(_("This shift is over."))
    if ends_at <= shift.starts_at:
        raise WrongOrder(_("A shift ends after it starts."))
    others = shift.task_force.rota.filter(person=shift.person_id).exclude(pk=shift.pk)
    if others.filter(starts_at__lt=ends_at, ends_at__gt=shift.starts_at).exists():
        raise ShiftTaken(_("%(person)s has a shift in that time.") % {"person": shift.person})
    facts = {"person": shift.person.uid, "from": shift.ends_at, "to": ends_at}
    shift.ends_at = ends_at
    shift.save(update_fields=["ends_at"])
    write_log("end_shift", shift, case=shift.task_force.case, by=by, at=at, facts=facts)
    return shift


@transaction.atomic
def withdraw_shift(*, shift: Shift, by: Person, at: datetime) -> None:
    """One that has not begun: nobody was on call by it. Its history and the log keep it."""
    shift = held_shift(shift)
    if shift.starts_at <= at:
        raise ShiftBegun(_("This shift has begun: end it instead."))
    facts = {"person": shift.person.uid, "starts_at": shift.starts_at, "ends_at": shift.ends_at}
    write_log("withdraw_shift", shift, case=shift.task_force.case, by=by, at=at, facts=facts)
    shift.delete()


def held_shift(shift: Shift) -> Shift:
    """As it now stands, under the lock of its task force."""
    locked(shift.task_force)
    found = Shift.objects.select_related("task_force__case", "person").filter(pk=shift.pk).first()
    if found is None:
        raise ShiftOver(_("This shift was taken back."))
    return found
