"""A fine the authority lets us pay by parts: agreed, replaced, withdrawn; it extends the deadline to pay to its last.

Each part has a clock of its own, an internal one, met by what was paid and proved. A plan decided before the day of
service was known extends the deadline once that has its day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases import legislation
from cases.actions import RuleBroken, reckoning, revising
from cases.actions.belonging import check_in_case, check_reason
from cases.actions.log import save, write_log
from cases.actions.owed import PAID, PAYING, Owed, covered, locked, owed, today_of
from cases.models import (
    Cause,
    Deadline,
    Event,
    Extension,
    ExtensionState,
    Instalment,
    Measure,
    Notice,
    Outcome,
    Person,
)

PLAN_REPLACED = "plan_replaced"  # why a part and its clock ended: a code, said by the page


class WrongPlan(RuleBroken):
    code = "wrong_plan"


class NoPlan(RuleBroken):
    code = "no_plan"


@dataclass(frozen=True)
class Part:
    due_on: date
    amount: Decimal


def clocks(measure: Measure) -> "QuerySet[Deadline]":
    own = Deadline.objects.filter(measure=measure, rule_id=PAYING).select_for_update(of=("self",))
    return own.select_related("current", "event", "measure", "notice", "case").order_by("pk")


@transaction.atomic
def agree_instalments(
    *,
    measure: Measure,
    parts: Sequence[Part],
    decided_on: date,
    by: Person,
    at: datetime,
    document: Notice | None = None,
) -> list[Instalment]:
    """The authority lets the fine be paid by parts: the deadline is extended to the last; an older plan goes, with the
    time it gave.
    """
    legislation.hold()
    measure = locked(measure)
    check_in_case(measure.case, document)
    if decided_on > today_of(measure, at):
        raise WrongPlan(_("This is still to come. Record the instalments when they were agreed."))
    stands = owed(measure, at=at)
    assert stands is not None
    check_plan(parts, stands)
    drop(measure, ExtensionState.REPLACED, reason=PLAN_REPLACED, by=by, at=at)
    own = start(measure, parts, by=by, at=at)
    rows = [
        Instalment.objects.create(
            measure=measure, number=number, due_on=part.due_on, amount=part.amount, decided_on=decided_on,
            document=document, deadline=clock, recorded_at=at, recorded_by=by,
        )
        for number, (part, clock) in enumerate(zip(parts, own, strict=True), start=1)
    ]  # fmt: skip
    extended = extend_all(rows[-1], by=by, at=at)
    facts = {"parts": len(rows), "until": rows[-1].due_on, "document": document.uid if document else None}
    told = facts | {"on": decided_on, "extended": extended}
    write_log("agree_instalments", measure, case=measure.case, by=by, at=at, facts=told)
    return rows


def check_plan(parts: Sequence[Part], stands: Owed) -> None:
    if not parts or any(later.due_on <= part.due_on for part, later in pairwise(parts)):
        raise WrongPlan(_("Give the instalments in the order of their days, each later than the one before."))
    total = sum((part.amount for part in parts), Decimal(0))
    if any(part.amount <= 0 for part in parts) or total != stands.outstanding:
        told = f"{stands.outstanding:,.2f} {stands.currency}"
        raise WrongPlan(_("The instalments must add up to what is outstanding: %(n)s.") % {"n": told})


@transaction.atomic
def withdraw_instalments(*, measure: Measure, reason: str, by: Person, at: datetime) -> Measure:
    """Recorded by mistake: the plan stays to be seen, and the time it gave was never given."""
    check_reason(reason)
    legislation.hold()
    measure = locked(measure)
    if not standing(measure).exists():
        raise NoPlan(_("No instalments stand that could be withdrawn."))
    drop(measure, ExtensionState.WITHDRAWN, reason=reason, by=by, at=at)
    write_log("withdraw_instalments", measure, case=measure.case, by=by, at=at, reason=reason)
    return measure


def standing(measure: Measure) -> "QuerySet[Instalment]":
    found = measure.instalments.filter(voided_at__isnull=True).select_related("measure__notice", "document", "deadline")
    return found.order_by("number", "pk")


def drop(measure: Measure, state: ExtensionState, *, reason: str, by: Person, at: datetime) -> None:
    end_clocks(measure, at=at, reason=reason)
    for row in standing(measure):
        row.voided_at, row.voided_by, row.void_reason = at, by, reason
        save(row, "voided_at", "voided_by", "void_reason")
    granted = Extension.objects.filter(instalment__measure=measure, state=ExtensionState.GRANTED)
    shortened = set()
    for extension in granted.order_by("pk"):
        extension.state = state
        save(extension, "state")
        shortened.add(extension.deadline_id)
    for deadline in clocks(measure).filter(outcome=Outcome.RUNNING, pk__in=shortened):
        revising.recount(deadline, cause=Cause.EXTENSION, by=by, at=at)


# ---- The clock of each part ------------------------------------------------------------------------------------------
def start(measure: Measure, parts: Sequence[Part], *, by: Person, at: datetime) -> list[Deadline]:
    """Of whoever has the deadline to pay, else of lead counsel."""
    paying = clocks(measure).exclude(owner=None).select_related("owner").first()
    owner = paying.owner if paying else measure.case.lead_counsel
    return [
        reckoning.open_internal(
            measure.case, **titles(number, len(parts), f"{part.amount:,.2f} {measure.currency}"), due_on=part.due_on,
            owner=owner, by=by, at=at,
        )
        for number, part in enumerate(parts, start=1)
    ]  # fmt: skip


def titles(number: int, total: int, amount: str) -> dict[str, str]:
    """As kept: in both languages of the record, whoever reads it."""
    return {
        "title_en": f"Instalment {number} of {total}: {amount}",
        "title_zh": f"分期缴款第{number}期（共{total}期）：{amount}",
    }


def follow(measure: Measure, *, at: datetime) -> dict[str, object]:
    """Ends the clock of each part that is covered with proof, with all before it; lets it run where it no longer is.

    Says which, for the log.
    """
    parts = list(standing(measure))
    found = covered(measure, parts, measure.payments.filter(voided_at__isnull=True))
    met, again = [], []
    for part, (_paid_on, on) in zip(parts, found, strict=True):
        if part.deadline_id is None:
            continue
        clock = Deadline.objects.select_for_update().get(pk=part.deadline_id)
        if on is not None and clock.outcome == Outcome.RUNNING:
            paid_at = min(reckoning.last_instant(on, measure.notice.zone), at)
            reckoning.end(clock, Outcome.MET, at=paid_at, reason=PAID)
            met.append(clock.uid)
        elif on is None and (clock.outcome, clock.outcome_reason) == (Outcome.MET, PAID):
            reckoning.run_again(clock)
            again.append(clock.uid)
    return {name: uids for name, uids in (("parts_met", met), ("parts_run_again", again)) if uids}


def end_clocks(measure: Measure, *, at: datetime, reason: str) -> None:
    """The parts are asked for no longer; what was paid of them stays met."""
    own = Deadline.objects.filter(instalment__measure=measure, outcome=Outcome.RUNNING)
    for clock in own.select_for_update(of=("self",)).order_by("pk"):
        reckoning.end(clock, Outcome.WITHDRAWN, at=at, reason=reason)


# ---- The time it gives -----------------------------------------------------------------------------------------------
def carry(event: Event, *, by: Person, at: datetime) -> None:
    """The deadline that the event starts has its day, or another: the plan that stands extends it. Writes no log."""
    if event.measure is None or event.voided_at is not None:
        return
    last = standing(event.measure).last()
    if last is not None:
        extend_all(last, is_carried=True, by=by, at=at)


def extend_all(last: Instalment, *, by: Person, at: datetime, is_carried: bool = False) -> list[str]:
    """Those that run; says which it moved."""
    running = list(clocks(last.measure).filter(outcome=Outcome.RUNNING))
    return [deadline.uid for deadline in running if extend(deadline, last, is_carried=is_carried, by=by, at=at)]


def extend(deadline: Deadline, last: Instalment, *, is_carried: bool, by: Person, at: datetime) -> bool:
    """Nothing is shortened by it: a last part within the period leaves the date as it is.

    What the authority decides takes effect at once; carried to a corrected day it is proposed with that.
    """
    if deadline.due_on is None or last.due_on <= deadline.due_on:
        return False
    if deadline.extensions.filter(instalment=last, state=ExtensionState.GRANTED).exists():
        return False
    Extension.objects.create(
        deadline=deadline, state=ExtensionState.GRANTED, until_on=last.due_on, decided_on=last.decided_on,
        document=last.document, instalment=last, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    is_proposed = is_carried and revising.open_proposals(deadline).of_fact is not None
    cause = Cause.FACT if is_proposed else Cause.EXTENSION
    revising.recount(deadline, cause=cause, by=by, at=at)
    return True
