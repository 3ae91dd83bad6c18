"""Payments on a fine: made, proved, voided. Paid whole and with proof, its deadline is met."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases import legislation
from cases.actions import RuleBroken, reckoning, revising, track
from cases.actions.belonging import check_in_case, check_reason
from cases.actions.instalments import clocks, follow
from cases.actions.log import save, write_log
from cases.actions.marking import check_free
from cases.actions.owed import PAID, Owed, locked, owed, today_of
from cases.models import Evidence, Measure, Mover, Outcome, Payment, Person, TrackKind

EARLIEST = date(1996, 10, 1)  # the first Administrative Penalty Law


class NotPaidYet(RuleBroken):
    code = "not_paid_yet"


class PaidTooSoon(RuleBroken):
    code = "paid_too_soon"


class SamePayment(RuleBroken):
    code = "same_payment"


class AlreadyVoided(RuleBroken):
    code = "already_voided"


@transaction.atomic
def record_payment(
    *,
    measure: Measure,
    amount: Decimal,
    paid_on: date,
    by: Person,
    at: datetime,
    evidence: Evidence | None = None,
    is_second: bool = False,
) -> Payment:
    """What was paid when. The last part, with every proof there, meets the deadline as of its day, late or not.

    `is_second`: as much was paid twice on that day; unsaid, and without a proof of its own, it is refused.
    """
    measure = locked(measure)
    check_in_case(measure.case, evidence)
    check_free(evidence)
    check_paid(measure, paid_on, at=at)
    same = is_same(measure, amount, paid_on, evidence)
    if same and not is_second:
        raise SamePayment(
            _(
                "The same amount on the same day is recorded already. If this is a second payment, say so, or give"
                " each its own proof."
            )
        )
    payment = Payment.objects.create(
        measure=measure, amount=amount, paid_on=paid_on, evidence=evidence, recorded_at=at, recorded_by=by
    )
    facts: dict[str, object] = {"measure": measure.uid, "amount": str(amount), "on": paid_on}
    facts |= {"is_second": True} if same else {}
    facts |= follow(measure, at=at) | settle(measure, by=by, at=at)
    write_log("record_payment", payment, case=measure.case, by=by, at=at, facts=facts)
    return payment


def check_paid(measure: Measure, paid_on: date, *, at: datetime) -> None:
    if paid_on > today_of(measure, at):
        raise NotPaidYet(_("This is still to come. Record the payment when it was made."))
    begins = measure.notice.issued_on or measure.notice.served_on
    if paid_on < (begins or EARLIEST):
        raise PaidTooSoon(_("This day is before the decision. Check the day, or the date on the document."))


def is_same(measure: Measure, amount: Decimal, paid_on: date, evidence: Evidence | None) -> bool:
    """As much on the same day stands recorded, and no proof of its own tells this one from it."""
    alike = measure.payments.filter(voided_at__isnull=True, amount=amount, paid_on=paid_on)
    return alike.filter(Q(evidence=evidence) | Q(evidence=None)).exists()


@transaction.atomic
def prove_payment(*, payment: Payment, evidence: Evidence, by: Person, at: datetime) -> Payment:
    """Its proof came later."""
    measure = locked(payment.measure)
    check_in_case(measure.case, evidence)
    check_free(evidence)
    payment = standing(payment)
    payment.evidence = evidence
    save(payment, "evidence")
    facts: dict[str, object] = {"measure": measure.uid, "evidence": evidence.uid, **follow(measure, at=at)}
    facts |= settle(measure, by=by, at=at)
    write_log("prove_payment", payment, case=measure.case, by=by, at=at, facts=facts)
    return payment


@transaction.atomic
def void_payment(*, payment: Payment, reason: str, by: Person, at: datetime) -> Payment:
    """Recorded by mistake. What only it had paid for is owed again, and the deadline runs."""
    check_reason(reason)
    legislation.hold()
    measure = locked(payment.measure)
    payment = standing(payment)
    payment.voided_at, payment.voided_by, payment.void_reason = at, by, reason
    save(payment, "voided_at", "voided_by", "void_reason")
    facts: dict[str, object] = {"measure": measure.uid, **follow(measure, at=at), **unsettle(measure, by=by, at=at)}
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


def unsettle(measure: Measure, *, by: Person, at: datetime) -> dict[str, object]:
    stands = owed(measure, at=at)
    if stands is None or stands.is_settled:
        return {}
    again = list(clocks(measure).filter(outcome=Outcome.MET, outcome_reason=PAID))
    for deadline in again:
        revising.run_on(deadline, by=by, at=at)
    return {"runs_again": [deadline.uid for deadline in again]}
