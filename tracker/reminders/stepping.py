"""The steps and the ladder of the house, of a case, or of one deadline: set as a whole, or given back.

Changing steps rings the bell of the running deadlines they are for; the sweep sets the watch. A rung rings none: who is
told is asked when a word is made.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_open, locked_case
from cases.actions.deadline import locked
from cases.actions.log import Conflict, write_log
from cases.models import Case, CaseState, Deadline, Person
from tracker.models import Rung, Step
from tracker.reminders.drafts import Fault, Kind, StepDraft, faults, faults_of_rungs, in_order, line_of

Scope = Case | Deadline | None  # None: the house
# Names the lock between two who change what is the house's ("step" in ASCII): there may be no row to hold.
LOCK: Final = 0x73746570


class WrongSteps(RuleBroken):
    code = "wrong_steps"


class WrongLadder(RuleBroken):
    code = "wrong_ladder"


class NothingToDrop(RuleBroken):
    code = "nothing_to_drop"


# ---- Steps -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def set_steps(
    *, scope: Scope, kind: Kind, steps: Sequence[StepDraft], by: Person, at: datetime, instead_of: str | None = None
) -> None:
    """In the place of those it has of its own. `instead_of`: these as the writer saw them, as one line."""
    check_steps(steps)
    held = hold(scope)
    own = own_steps(held, kind)
    check_unchanged(line_of_rows(own), instead_of)
    own.delete()
    Step.objects.bulk_create(row_of(step, kind, held) for step in in_order(steps))
    rearm(held, kind)
    facts = {"kind": kind.kind, "is_hourly": kind.is_hourly, "steps": line_of(steps)}
    write_log(said("set_steps", held), held or by, case=case_of(held), by=by, at=at, facts=facts)


@transaction.atomic
def drop_steps(*, scope: Scope, kind: Kind, by: Person, at: datetime) -> None:
    """From then on it goes by those of its case, of the house, or of the ladder itself."""
    held = hold(scope)
    own = own_steps(held, kind)
    facts = {"kind": kind.kind, "is_hourly": kind.is_hourly, "steps": line_of_rows(own)}
    if not own.delete()[0]:
        raise NothingToDrop(_("There are no steps of its own to give up."))
    rearm(held, kind)
    write_log(said("drop_steps", held), held or by, case=case_of(held), by=by, at=at, facts=facts)


def check_steps(steps: Sequence[StepDraft]) -> None:
    if fault := next(faults(steps), None):
        raise WrongSteps(fault.words, **details_of(fault))


def own_steps(scope: Scope, kind: Kind) -> "QuerySet[Step]":
    of_kind = Step.objects.filter(kind=kind.kind, is_hourly=kind.is_hourly)
    if isinstance(scope, Deadline):
        return of_kind.filter(deadline=scope)
    return of_kind.filter(deadline__isnull=True, case=scope) if scope else of_kind.filter(OF_THE_HOUSE)


def row_of(step: StepDraft, kind: Kind, scope: Scope) -> Step:
    return Step(
        kind=kind.kind,
        is_hourly=kind.is_hourly,
        unit=step.unit,
        amount=step.amount,
        acknowledge_within=step.acknowledge_within or None,
        case=scope if isinstance(scope, Case) else None,
        deadline=scope if isinstance(scope, Deadline) else None,
    )


def line_of_rows(rows: "QuerySet[Step]") -> str:
    return line_of(StepDraft(row.unit, row.amount, row.acknowledge_within) for row in rows)


def rearm(scope: Scope, kind: Kind) -> None:
    """Those that run by what was changed; what has steps nearer to it does not."""
    running = Deadline.objects.running().filter(kind=kind.kind, is_hourly=kind.is_hourly, case__state=CaseState.OPEN)
    if isinstance(scope, Deadline):
        running = running.filter(pk=scope.pk)
    else:
        nearer = Step.objects.filter(kind=kind.kind, is_hourly=kind.is_hourly).order_by()
        running = running.exclude(pk__in=nearer.filter(deadline__isnull=False).values("deadline"))
        of_cases = nearer.filter(case__isnull=False).values("case")
        running = running.filter(case=scope) if scope else running.exclude(case__in=of_cases)
    running.order_by().update(rearm=True)


# ---- The ladder ------------------------------------------------------------------------------------------------------
@transaction.atomic
def set_ladder(
    *,
    scope: Case | None,
    is_hourly: bool,
    roles: Sequence[str],
    by: Person,
    at: datetime,
    instead_of: str | None = None,
) -> None:
    """The roles in the order in which they are told."""
    if fault := next(faults_of_rungs(roles, is_hourly=is_hourly), None):
        raise WrongLadder(fault.words, **details_of(fault))
    held = hold(scope)
    own = own_rungs(scope, is_hourly=is_hourly)
    check_unchanged(" ".join(own.values_list("role", flat=True)), instead_of)
    own.delete()
    Rung.objects.bulk_create(
        Rung(is_hourly=is_hourly, position=place, role=role, case=scope) for place, role in enumerate(roles, start=1)
    )
    facts = {"is_hourly": is_hourly, "roles": list(roles)}
    write_log(said("set_ladder", held), held or by, case=scope, by=by, at=at, facts=facts)


@transaction.atomic
def drop_ladder(*, scope: Case | None, is_hourly: bool, by: Person, at: datetime) -> None:
    held = hold(scope)
    own = own_rungs(scope, is_hourly=is_hourly)
    facts = {"is_hourly": is_hourly, "roles": list(own.values_list("role", flat=True))}
    if not own.delete()[0]:
        raise NothingToDrop(_("There is no ladder of its own to give up."))
    write_log(said("drop_ladder", held), held or by, case=scope, by=by, at=at, facts=facts)


def own_rungs(scope: Case | None, *, is_hourly: bool) -> "QuerySet[Rung]":
    own = Q(case=scope) if scope else Q(case__isnull=True)
    return Rung.objects.filter(own, is_hourly=is_hourly).order_by("position", "pk")


# ---- Both ------------------------------------------------------------------------------------------------------------
HOUSE_VERBS: Final = {
    "set_steps": "set_house_steps",
    "drop_steps": "drop_house_steps",
    "set_ladder": "set_house_ladder",
    "drop_ladder": "drop_house_ladder",
}
OF_THE_HOUSE: Final = Q(case__isnull=True, deadline__isnull=True)


def hold(scope: Scope) -> Scope:
    """Until the action ends: of a case or deadline that has ended nothing is changed."""
    if isinstance(scope, Deadline):
        return locked(scope)
    if scope is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        return None
    case = locked_case(scope)
    check_open(case)
    return case


def said(verb: str, scope: Scope) -> str:
    """What the log says was done: of the house by a verb of its own, since its entry names no case."""
    return verb if scope else HOUSE_VERBS[verb]


def case_of(scope: Scope) -> Case | None:
    return scope.case if isinstance(scope, Deadline) else scope


def check_unchanged(now: str, instead_of: str | None) -> None:
    """None: the door did not ask for the check."""
    if instead_of is not None and now != instead_of:
        raise Conflict(_("Somebody else has changed this since you opened it."), now=now)


def details_of(fault: Fault) -> dict[str, object]:
    return {"field": fault.field, "place": fault.place}
