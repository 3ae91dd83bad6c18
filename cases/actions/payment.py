"""Payments on a fine: made, voided, agreed to be made by parts. Paid whole and with proof, its deadline is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken, reckoning, track
from cases.actions.belonging import check_in_case, check_open, check_reason
from cases.actions.log import save, write_log
from cases.actions.marking import check_free
from cases.actions.owed import INSTALMENTS, PAYING, Owed, owed
from cases.models import (
    Cause,
    Deadline,
    Evidence,
    Extension,
    ExtensionState,
    Instalment,
    Measure,
    Mover,
    Notice,
    NoticeKind,
    Outcome,
    Payment,
    Person,
    TrackKind,
)

EARLIEST = date(1996, 10, 1)  # the first Administrative Penalty Law
PAID = "paid"  # why a deadline ended: a code, said by the page


class NothingOwed(RuleBroken):
    code = "nothing_owed"


class NotPaidYet(RuleBroken):
    code = "not_paid_yet"


class PaidTooSoon(RuleBroken):
    code = "paid_too_soon"


class SamePayment(RuleBroken):
    code = "same_payment"


class WrongPlan(RuleBroken):
    code = "wrong_plan"


class AlreadyVoided(RuleBroken):
    code = "already_voided"


@dataclass(frozen=True)
class Part:
    due_on: date
    amount: Decimal


def locked(measure: Measure) -> Measure:
    rows = Measure.objects.select_for_update(of=("self",)).select_related("case", "notice")
    found = rows.get(pk=measure.pk)
    check_open(found.case)
    if found.voided_at or found.amount is None or found.notice.kind == NoticeKind.PRIOR_NOTICE:
        raise NothingOwed(_("Nothing is owed on this: it names no amount, only threatens one, or was voided."))
    return found


@transaction.atomic
def record_payment(
    *, measure: Measure, amount: Decimal, paid_on: date, by: Person, at: datetime, evidence: Evidence | None = None
) -> Payment:
    """What was paid when. The last part, with every proof there, meets the deadline as of its day, late or not."""
    measure = locked(measure)
    check_in_case(measure.case, evidence)
    check_free(evidence)
    check_paid(measure, amount, paid_on, evidence, at=at)
    payment = Payment.objects.create(
        measure=measure, amount=amount, paid_on=paid_on, evidence=evidence, recorded_at=at, recorded_by=by
    )
    facts: dict[str, object] = {"measure": measure.uid, "amount": str(amount), "on": paid_on}
    facts |= settle(measure, by=by, at=at)
    write_log("record_payment", payment, case=measure.case, by=by, at=at, facts=facts)
    return payment


def check_paid(measure: Measure, amount: Decimal, paid_on: date, evidence: Evidence | None, *, at: datetime) -> None:
    if paid_on > today_of(measure, at):
        raise NotPaidYet(_("This is still to come. Record the payment when it was made."))
    begins = measure.notice.issued_on or measure.notice.served_on
    if paid_on < (begins or EARLIEST):
        raise PaidTooSoon(_("This day is before the decision. Check the day, or the date on the document."))
    same = measure.payments.filter(voided_at__isnull=True, amount=amount, paid_on=paid_on)
    if same.filter(Q(evidence=evidence) | Q(evidence=None)).exists():
        raise SamePayment(
            _("The same amount on the same day is recorded already. To record a second one, give each its own proof.")
        )


def today_of(measure: Measure, at: datetime) -> date:
    return at.astimezone(ZoneInfo(measure.notice.zone)).date()


@transaction.atomic
def prove_payment(*, payment: Payment, evidence: Evidence, by: Person, at: datetime) -> Payment:
    """Its proof came later."""
    measure = locked(payment.measure)
    check_in_case(measure.case, evidence)
    check_free(evidence)
    payment = standing(payment)
    payment.evidence = evidence
    save(payment, "evidence")
    facts: dict[str, object] = {"measure": measure.uid, "evidence": evidence.uid, **settle(measure, by=by, at=at)}
    write_log("prove_payment", payment, case=measure.case, by=by, at=at, facts=facts)
    return payment


@transaction.atomic
def void_payment(*, payment: Payment, reason: str, by: Person, at: datetime) -> Payment:
    """Recorded by mistake. What only it had paid for is owed again, and the deadline runs."""
    check_reason(reason)
    measure = locked(payment.measure)
    payment = standing(payment)
    payment.voided_at, payment.voided_by, payment.void_reason = at, by, reason
    save(payment, "voided_at", "voided_by", "void_reason")
    facts: dict[str, object] = {"measure": measure.uid, **unsettle(measure, at=at)}
    write_log("void_payment", payment, case=measure.case, by=by, at=at, reason=reason, facts=facts)
    return payment


def standing(payment: Payment) -> Payment:
    found = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
    if found.voided_at:
        raise AlreadyVoided(_("This payment was voided."))
    return found


def settle(measure: Measure, *, by: Person, at: datetime) -> dict[str, object]:
    """Says what became of the deadlines and of the track, for the log."""
    stands = owed(measure, at=at)
    if stands is None or not stands.is_settled:
        return {}
    last = measure.payments.filter(voided_at__isnull=True).order_by("-paid_on", "-pk").first()
    assert last is not None
    paid_at = min(reckoning.last_instant(last.paid_on, measure.notice.zone), at)
    met = list(clocks(measure).filter(outcome=Outcome.RUNNING))
    for deadline in met:
        reckoning.end(deadline, Outcome.MET, at=paid_at, reason=PAID)
    return {"met": [deadline.uid for deadline in met], **to_paid(measure, stands, last.paid_on, by=by, at=at)}


def clocks(measure: Measure) -> "QuerySet[Deadline]":
    own = Deadline.objects.filter(measure=measure, rule_id=PAYING).select_for_update(of=("self",))
    return own.select_related("current", "event", "measure", "notice", "case").order_by("pk")


def to_paid(measure: Measure, stands: Owed, on: date, *, by: Person, at: datetime) -> dict[str, object]:
    """A fine paid late leaves its surcharge to be asked for: the procedure is not over, and its track stays."""
    if left := stands.accrued:
        return {"surcharge": str(left)}
    found = measure.tracks.filter(kind=TrackKind.PENALTY_EXECUTION, ended_at__isnull=True).select_related("case")
    own = found.select_related("measure", "notice").first()
    if own is None:
        return {}
    try:
        track.move(own, "paid", mover=Mover.PARTY, occurred_on=on, zone=measure.notice.zone, by=by, at=at)
    except (track.MoveRefused, track.UnknownMove) as refusal:
        return {"track": own.uid, "track_not_moved": refusal.code}
    return {"track": own.uid, "moved_to": "paid"}


def unsettle(measure: Measure, *, at: datetime) -> dict[str, object]:
    stands = owed(measure, at=at)
    if stands is None or stands.is_settled:
        return {}
    again = list(clocks(measure).filter(outcome=Outcome.MET, outcome_reason=PAID))
    for deadline in again:
        reckoning.run_again(deadline)
    return {"runs_again": [deadline.uid for deadline in again]}


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
    time it gave. Where the deadline has no day yet, `carry_plans` extends it once it has one.
    """
    measure = locked(measure)
    check_in_case(measure.case, document)
    if decided_on > today_of(measure, at):
        raise WrongPlan(_("This is still to come. Record the instalments when they were agreed."))
    stands = owed(measure, at=at)
    assert stands is not None
    check_plan(parts, stands)
    drop_plan(measure, by=by, at=at)
    rows = [
        Instalment.objects.create(
            measure=measure, number=number, due_on=part.due_on, amount=part.amount, document=document, recorded_at=at,
            recorded_by=by,
        )
        for number, part in enumerate(parts, start=1)
    ]  # fmt: skip
    last = parts[-1].due_on
    extended = [row.uid for row in clocks(measure).filter(outcome=Outcome.RUNNING)
                if extend(row, last, decided_on=decided_on, document=document, by=by, at=at)]  # fmt: skip
    facts = {"parts": len(rows), "until": last, "document": document.uid if document else None, "extended": extended}
    write_log("agree_instalments", measure, case=measure.case, by=by, at=at, facts=facts)
    return rows


def check_plan(parts: Sequence[Part], stands: Owed) -> None:
    if not parts or any(later.due_on <= part.due_on for part, later in pairwise(parts)):
        raise WrongPlan(_("Give the instalments in the order of their days, each later than the one before."))
    total = sum((part.amount for part in parts), Decimal(0))
    if any(part.amount <= 0 for part in parts) or total != stands.outstanding:
        raise WrongPlan(_("The instalments must add up to what is outstanding: %(n)s.") % {"n": stands.outstanding})


def drop_plan(measure: Measure, *, by: Person, at: datetime) -> None:
    for row in measure.instalments.filter(voided_at__isnull=True).order_by("number"):
        row.voided_at, row.voided_by, row.void_reason = at, by, "replaced"
        save(row, "voided_at", "voided_by", "void_reason")
    granted = Extension.objects.filter(deadline__measure=measure, reason=INSTALMENTS, state=ExtensionState.GRANTED)
    shortened = set()
    for extension in granted.order_by("pk"):
        extension.state = ExtensionState.REPLACED
        save(extension, "state")
        shortened.add(extension.deadline_id)
    for deadline in clocks(measure).filter(outcome=Outcome.RUNNING, pk__in=shortened):
        reckoning.recount(deadline, cause=Cause.EXTENSION, by=by, at=at)


def carry_plans(notice: Notice, *, by: Person, at: datetime) -> None:
    """A plan agreed before the day of service was known extends the deadline that now has its day; writes no log."""
    standing_parts = Instalment.objects.filter(measure__notice=notice, voided_at__isnull=True).select_related("measure")
    for last in standing_parts.select_related("document").order_by("measure_id", "-number").distinct("measure_id"):
        for deadline in clocks(last.measure).filter(outcome=Outcome.RUNNING):
            if not deadline.extensions.filter(reason=INSTALMENTS, state=ExtensionState.GRANTED).exists():
                extend(deadline, last.due_on, decided_on=None, document=last.document, by=by, at=at)


def extend(
    deadline: Deadline, until: date, *, decided_on: date | None, document: Notice | None, by: Person, at: datetime
) -> bool:
    """Nothing is shortened by it: a last part within the period leaves the date as it is."""
    if deadline.due_on is None or until <= deadline.due_on:
        return False
    Extension.objects.create(
        deadline=deadline, state=ExtensionState.GRANTED, until_on=until, decided_on=decided_on, document=document,
        reason=INSTALMENTS, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    reckoning.recount(deadline, cause=Cause.EXTENSION, by=by, at=at)
    return True
