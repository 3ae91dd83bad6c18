"""The plain case, told by one condition: its owner is to be told by what is in the rows, and nothing further need be
asked. Whatever is not plain is worked out in full.
"""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.models import (
    CaseState,
    DeadlineKind,
    DeadlineVersion,
    Leave,
    Outcome,
    ProtectionMark,
    Task,
    VersionStatus,
)
from cases.permissions import POLICY, is_named
from tracker.models import ChatAddress, ChosenChannel, Reminder, ReminderState, Rung, Step, WordKind
from tracker.reminders.telling import DAY


def plain(now: datetime) -> Q:
    """Condition over words: nothing that could change whom or what to tell is there at all."""
    of_owner = Q(role="owner", rung=0, deadline__owner=F("person"), case=F("deadline__case"))
    return of_owner & undisturbed(now, case="case", person="person")


def plain_watch(now: datetime) -> Q:
    """Condition over watches: what is next there is said to the owner by mail, and when to speak after that follows
    from the date alone. Quiet hours aside, which are asked in each person's zone.
    """
    owner, case = OuterRef("deadline__owner_id"), OuterRef("deadline__case_id")
    chosen = ChosenChannel.objects.filter(person=owner, kind=WordKind.REMINDER)
    rooms = ChatAddress.objects.filter(case=case, ended_at__isnull=True)
    steps = Step.objects.filter(Q(case=case) | Q(deadline=OuterRef("deadline_id")))
    is_armed = Q(deadline__rearm=False)
    return is_armed & undisturbed(now, case="deadline__case", person="deadline__owner") & ~_is_any(chosen, rooms, steps)


def undisturbed(now: datetime, *, case: str, person: str) -> Q:
    """Condition over rows with a deadline and its version; `case` and `person` are the paths to the deadline's own.

    The owner of a running deadline of an open case, active, named in it, not on leave and not kept out; no clock in
    hours, for which somebody may be on call; no ladder but the one everybody has; not under legal advice; one version,
    the one in force; no earlier failure.
    """
    running = Q(deadline__outcome=Outcome.RUNNING, deadline__due_at__isnull=False, deadline__is_hourly=False)
    running &= Q(deadline__current=F("version"), version__status=VersionStatus.IN_FORCE)
    running &= ~Q(deadline__kind=DeadlineKind.REGULATOR) & Q(**{f"{case}__state": CaseState.OPEN})
    here = Q(**{f"{person}__is_active": True, f"{person}__role__in": sorted(POLICY["view"])})
    here &= is_named(now, case=case, person=person)
    return running & here & ~_exceptional(now, case=case, person=person)


def _exceptional(now: datetime, *, case: str, person: str) -> Q:
    days = ((now - DAY).date(), (now + DAY).date())
    away = Leave.objects.filter(person=OuterRef(f"{person}_id"), from_on__lte=days[1], until_on__gte=days[0])
    deadline = OuterRef("deadline_id")
    proposed = DeadlineVersion.objects.filter(deadline=deadline, status=VersionStatus.PROPOSED)
    failed = Reminder.objects.filter(deadline=deadline, state=ReminderState.FAILED)
    advised = Task.objects.filter(deadline=deadline, protection_mark=ProtectionMark.LEGAL_ADVICE)
    ladders = Rung.objects.filter(Q(case=OuterRef(f"{case}_id")) | Q(case__isnull=True), is_hourly=False)
    return _is_any(away, proposed, failed, advised, ladders)


def _is_any(*some: "QuerySet[Any]") -> Q:
    return reduce(or_, (Q(Exists(rows.order_by())) for rows in some))
