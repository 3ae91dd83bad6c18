"""Leaving: a person is deactivated; what they hold ends, what they own goes to the next in line or is flagged.

Who is next in a case: the deputy of its task force, its lead, the lead counsel, another counsel named in it. Each must
be active, may know of the case, and do the work. Where nobody is left the work has no owner: such a case is told to
administrators as one without anybody to lead it, with no title, and the counsel they name for it takes what was left.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from cases.actions import RuleBroken
from cases.actions.belonging import check_reason
from cases.actions.case import give_access
from cases.actions.log import save, write_log
from cases.actions.person import today_of
from cases.models import (
    Barrier,
    Case,
    CaseAccess,
    CaseState,
    Leave,
    Member,
    MemberRole,
    Person,
    Requirement,
    RequirementState,
    Role,
    Shift,
)
from cases.permissions import can, cases_visible_to

# Next in line among the task force, before the lead counsel.
SEATS: Final = (MemberRole.DEPUTY, MemberRole.LEAD)
OPEN_DEMANDS: Final = (RequirementState.OPEN, RequirementState.DONE)
M = TypeVar("M", bound=Model)


class CannotLeave(RuleBroken):
    code = "cannot_leave"


class CannotLead(RuleBroken):
    code = "cannot_lead"


@dataclass(frozen=True, slots=True)
class Handed:
    """What of one case went to whom; an empty `to` says that nobody was left."""

    case: Case
    to: Person | None
    lead: Person | None
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_flagged(self) -> bool:
        return bool(self.counts) and (self.to is None or ("cases" in self.counts and self.lead is None))


# ---- Deactivating ----------------------------------------------------------------------------------------------------
@transaction.atomic
def deactivate(*, person: Person, reason: str, by: Person, at: datetime) -> tuple[Handed, ...]:
    """One entry for the person, and one in the log of each case that changes hands: a decision in that case."""
    check_reason(reason)
    person = locked(person)
    check_may_leave(person, by=by)
    touched = list(cases_touched(person, at=at))
    person.is_active = False
    person.save(update_fields=["is_active"])
    ended = end_what_they_hold(person, at=at)
    handed = tuple(hand_over(case, person, reason=reason, by=by, at=at) for case in touched)
    flagged = sum(each.is_flagged for each in handed)
    facts = {**ended, "cases": len(handed), "flagged": flagged}
    write_log("deactivate", person, case=None, by=by, at=at, reason=reason, facts=facts)
    return handed


def locked(person: Person) -> Person:
    """All administrators with them, in the order of their keys: two of them cannot send each other away."""
    keepers = Person.objects.filter(Q(pk=person.pk) | Q(role=Role.ADMINISTRATOR, is_active=True)).order_by("pk")
    return next(found for found in keepers.select_for_update(no_key=True) if found.pk == person.pk)


def check_may_leave(person: Person, *, by: Person) -> None:
    if person == by:
        raise CannotLeave(_("Nobody deactivates themselves. Ask another administrator."))
    if not person.is_active:
        raise CannotLeave(_("This person is deactivated already."))
    others = Person.objects.active().filter(role=Role.ADMINISTRATOR).exclude(pk=person.pk)
    if person.role == Role.ADMINISTRATOR and not others.exists():
        raise CannotLeave(_("This is the last administrator. Make somebody else one first."))


def cases_touched(person: Person, *, at: datetime) -> "QuerySet[Case]":
    """Where they hold or own anything that still stands, locked in the order of their keys."""
    here = {"case": OuterRef("pk")}
    standing = Q(until_at__isnull=True) | Q(until_at__gt=at)
    owned = (
        Exists(CaseAccess.objects.filter(standing, person=person, **here)),
        Exists(Member.objects.filter(person=person, until_on__isnull=True, task_force__case=OuterRef("pk"))),
        Exists(person.tasks.open().filter(**here)),
        Exists(person.deadlines.running().filter(**here)),
        Exists(open_requirements(person).filter(**here)),
    )
    found = Q(lead_counsel=person, state=CaseState.OPEN)
    for each in owned:
        found |= Q(each)
    return Case.objects.filter(found).order_by("pk").select_related("lead_authority").select_for_update(of=("self",))


def open_requirements(person: Person) -> "QuerySet[Requirement]":
    return person.requirements.filter(state__in=OPEN_DEMANDS)


# ---- What ends -------------------------------------------------------------------------------------------------------
def end_what_they_hold(person: Person, *, at: datetime) -> dict[str, int]:
    """Access, seats, turns, other people's leave in which they stand in, keys and sessions; how many of each."""
    standing = person.accesses.filter(Q(until_at__isnull=True) | Q(until_at__gt=at))
    ahead = standing.filter(from_at__gt=at).update(until_at=F("from_at"))  # an access does not end before it begins
    return {
        "accesses": ahead + standing.filter(from_at__lte=at).update(until_at=at),
        "memberships": end_seats(person, at=at),
        "shifts": end_shifts(person, at=at),
        "stand_ins": Leave.objects.filter(stand_in=person, until_on__gte=today_of(person, at)).update(stand_in=None),
        "tokens": AuthToken.objects.filter(user=person).delete()[0],
        "sessions": end_sessions(person, at=at),
    }


def end_seats(person: Person, *, at: datetime) -> int:
    today = today_of(person, at)
    open_ended = person.memberships.filter(Q(until_on__isnull=True) | Q(until_on__gt=today))
    ahead = open_ended.filter(from_on__gt=today).update(until_on=F("from_on"))
    return ahead + open_ended.filter(from_on__lte=today).update(until_on=today)


def end_shifts(person: Person, *, at: datetime) -> int:
    """A turn not begun is taken off, its history stays; one that runs ends now."""
    gone, _kinds = Shift.objects.filter(person=person, starts_at__gte=at).delete()
    return gone + Shift.objects.filter(person=person, starts_at__lt=at, ends_at__gt=at).update(ends_at=at)


def end_sessions(person: Person, *, at: datetime) -> int:
    """A session does not say whose it is but inside: those that still stand are opened, at most a day's."""
    keys = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=at).iterator()
        if str(session.get_decoded().get("_auth_user_id")) == str(person.pk)
    ]
    return Session.objects.filter(pk__in=keys).delete()[0]


# ---- What is handed over ---------------------------------------------------------------------------------------------
def hand_over(case: Case, person: Person, *, reason: str, by: Person, at: datetime) -> Handed:
    line = list(next_in_line(case, at=at))
    to = next((each for each in line if can(each, "work_on_task")), None)
    lead = next((each for each in line if each.role == Role.COUNSEL), None)
    counts = {name: count for name, count in give(case, person, to, lead).items() if count}
    # Whoever is told next is found anew: a member who left may have been a step of the ladder.
    case.deadlines.running().update(rearm=True)
    facts: dict[str, object] = {**counts, "person": person.uid, "to": to.uid if to and counts else None}
    facts |= {"lead": lead.uid if lead else None} if "cases" in counts else {}
    write_log("hand_over", person, case=case, by=by, at=at, reason=reason, facts=facts)
    return Handed(case, to, lead, counts)


def give(case: Case, person: Person, to: Person | None, lead: Person | None) -> dict[str, int]:
    edited = F("revision") + 1
    tasks = case.tasks.filter(pk__in=person.tasks.open().values("pk"))
    demands = case.requirements.filter(pk__in=open_requirements(person).values("pk"))
    dates = case.deadlines.running().filter(owner=person)
    led = Case.objects.filter(pk=case.pk, lead_counsel=person, state=CaseState.OPEN)
    return {
        "tasks": tasks.update(assignee=to, revision=edited),
        "requirements": demands.update(owner=to, revision=edited),
        "deadlines": dates.update(owner=to, rearm=True, revision=edited),
        "cases": led.update(lead_counsel=lead, revision=edited),
    }


def next_in_line(case: Case, *, at: datetime) -> Iterator[Person]:
    """Each once at least, the first to be asked first; only those who may know of the case now."""
    today = at.astimezone(ZoneInfo(case.lead_authority.zone)).date()
    seats = Member.objects.filter(task_force__case=case, role__in=SEATS, from_on__lte=today)
    seats = seats.filter(Q(until_on__isnull=True) | Q(until_on__gt=today)).select_related("person").order_by("pk")
    seated = [seat.person for role in SEATS for seat in seats if seat.role == role]
    named = Person.objects.filter(role=Role.COUNSEL, accesses__case=case).distinct().order_by("pk")
    for person in (*seated, *filter(None, (case.lead_counsel,)), *named):
        if person.is_active and cases_visible_to(person, at=at).filter(pk=case.pk).exists():
            yield person


# ---- Cases nobody leads ----------------------------------------------------------------------------------------------
def leaderless(*, at: datetime) -> "QuerySet[Case]":
    """Open cases without a lead counsel in which no active counsel is named either: nobody can act in them."""
    standing = Q(until_at__isnull=True) | Q(until_at__gt=at)
    kept = Barrier.objects.filter(case=OuterRef("case"), person=OuterRef("person"), lifted_at__isnull=True)
    named = CaseAccess.objects.filter(
        standing, ~Exists(kept), case=OuterRef("pk"), from_at__lte=at, person__is_active=True,
        person__role=Role.COUNSEL,
    )  # fmt: skip
    nobody = Q(lead_counsel__isnull=True) | Q(lead_counsel__is_active=False)
    return Case.objects.open().filter(nobody, ~Exists(named), is_open_to_staff=False)


@transaction.atomic
def name_counsel(*, case: Case, person: Person, by: Person, at: datetime) -> Case:
    """An administrator names who leads a case that nobody leads, without being shown it."""
    held = leaderless(at=at).select_for_update(of=("self",)).filter(pk=case.pk).first()
    if held is None:
        raise CannotLead(_("Somebody leads this case already."))
    barred = held.barriers.filter(person=person, lifted_at__isnull=True).exists()
    if barred or not person.is_active or person.role != Role.COUNSEL:
        raise CannotLead(_("This person cannot lead it. Name another counsel."))
    held.lead_counsel = person
    save(held, "lead_counsel")
    give_access(held, person, reason="opened", by=by, at=at)
    taken = take_what_was_left(held, person)
    held.deadlines.running().update(rearm=True)
    write_log("name_counsel", held, case=held, by=by, at=at, facts={"person": person.uid, **taken})
    return held


def take_what_was_left(case: Case, person: Person) -> dict[str, int]:
    """What once had an owner and has none now; what never had one is as it was."""
    edited = F("revision") + 1
    tasks = once_owned(case.tasks.open(), "assignee")
    demands = once_owned(case.requirements.filter(state__in=OPEN_DEMANDS), "owner")
    dates = once_owned(case.deadlines.running(), "owner")
    return {
        "tasks": tasks.update(assignee=person, revision=edited),
        "requirements": demands.update(owner=person, revision=edited),
        "deadlines": dates.update(owner=person, revision=edited),
    }


def once_owned(rows: "QuerySet[M]", owner: str) -> "QuerySet[M]":
    had = rows.model._default_manager.filter(pk=OuterRef("pk"), **{f"history_row__{owner}__isnull": False})  # noqa: SLF001
    return rows.filter(Exists(had.order_by()), **{f"{owner}__isnull": True})
