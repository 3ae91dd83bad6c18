"""What is still owed on a fine: paid, outstanding, and the surcharge as it stands on a day. Reads alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from cases.law.remedies import COURT_STATES, PENDING_STATES
from cases.law.surcharge import Paid, Review, Surcharge, surcharge
from cases.models import (
    Cause,
    Deadline,
    DeadlineKind,
    DeadlineVersion,
    Extension,
    ExtensionState,
    Measure,
    MeasureKind,
    NoticeKind,
    Outcome,
    Payment,
    TrackKind,
    TrackMove,
)

PAYING = "CN-08"
INSTALMENTS = "instalments"  # why more time was granted: a code, said by the page
# From the filing until what was filed for has ended, no surcharge accrues (APL 73(3)).
UNDER_REVIEW = PENDING_STATES | COURT_STATES


@dataclass(frozen=True, slots=True)
class Owed:
    """`proved`: what of it was paid with proof. `surcharge` is None where no due date is known, or it is no fine."""

    amount: Decimal | None
    currency: str
    paid: Decimal
    proved: Decimal
    outstanding: Decimal | None
    due_on: date | None
    as_of: date
    reviews: tuple[Review, ...]
    surcharge: Surcharge | None
    # What had accrued when the instalments were agreed, after the fine was overdue. Whether it stays owed the law does
    # not say (行政处罚法 66(2), 72(1)): it is shown, and for counsel to clear up with the authority.
    before_plan: Surcharge | None = None

    @property
    def accrued(self) -> Decimal:
        """The surcharge that stands, that of before the instalments included."""
        return sum((each.amount for each in (self.surcharge, self.before_plan) if each), Decimal(0))

    @property
    def overpaid(self) -> Decimal:
        return max(self.paid - (self.amount or Decimal(0)), Decimal(0))

    @property
    def is_settled(self) -> bool:
        """Paid whole, each part with its proof."""
        return self.amount is not None and self.proved >= self.amount


def owed_of(measures: "QuerySet[Measure]", *, at: datetime) -> dict[str, Owed]:
    """By uid, for those that name an amount and do not only threaten it; in five queries."""
    found = list(
        measures.filter(amount__isnull=False)
        .exclude(notice__kind=NoticeKind.PRIOR_NOTICE)
        .select_related("notice")
        .order_by("pk")
    )
    if not found:
        return {}
    keys = [measure.pk for measure in found]
    paid: dict[int, list[Payment]] = {}
    for payment in Payment.objects.filter(measure__in=keys, voided_at__isnull=True).order_by("paid_on", "pk"):
        paid.setdefault(payment.measure_id, []).append(payment)
    due, reviews, plans = due_days(keys), reviews_of(keys), agreed_late(keys)
    stands = {
        measure: reckoned(measure, paid.get(measure.pk, ()), due.get(measure.pk), reviews.get(measure.pk, ()), at=at)
        for measure in found
    }
    return {
        measure.uid: replace(
            owed, before_plan=until_plan(measure, owed, plans.get(measure.pk), paid.get(measure.pk, ()))
        )
        for measure, owed in stands.items()
    }


def agreed_late(measures: Iterable[int]) -> dict[int, tuple[date, date]]:
    """The day to pay as it stood before the instalments, and the day they were agreed; where that came after."""
    before = DeadlineVersion.objects.filter(
        deadline=OuterRef("deadline"), made_at__lte=OuterRef("recorded_at"), due_on__isnull=False
    ).exclude(cause=Cause.EXTENSION, made_at=OuterRef("recorded_at"))
    plans = Extension.objects.filter(
        deadline__measure__in=measures, reason=INSTALMENTS, state=ExtensionState.GRANTED, decided_on__isnull=False
    )
    rows = plans.annotate(was=Subquery(before.order_by("-number").values("due_on")[:1])).order_by("pk")
    named = rows.values_list("deadline__measure", "was", "decided_on")
    return {measure: (was, agreed) for measure, was, agreed in named if measure and was and agreed and agreed > was}


def until_plan(
    measure: Measure, owed: Owed, plan: tuple[date, date] | None, payments: Iterable[Payment]
) -> Surcharge | None:
    if plan is None or measure.kind != MeasureKind.FINE or measure.amount is None:
        return None
    parts = [Paid(row.paid_on, row.amount) for row in payments]
    due_on, agreed = plan
    return surcharge(measure.amount, due_on=due_on, as_of=min(agreed, owed.as_of), paid=parts, reviews=owed.reviews)


def owed(measure: Measure, *, at: datetime) -> Owed | None:
    return owed_of(Measure.objects.filter(pk=measure.pk), at=at).get(measure.uid)


def due_days(measures: Iterable[int]) -> Mapping[int, date | None]:
    """The law's own day as it now stands, with all that was granted."""
    clocks = Deadline.objects.filter(measure__in=measures, rule_id=PAYING, kind=DeadlineKind.STATUTORY)
    rows = clocks.exclude(outcome=Outcome.WITHDRAWN).order_by("-pk").values_list("measure", "current__due_on")
    return {measure: day for measure, day in rows if measure is not None}


def reviews_of(measures: Iterable[int]) -> dict[int, tuple[Review, ...]]:
    moves = TrackMove.objects.filter(track__measure__in=measures, track__kind=TrackKind.REMEDY)
    found: dict[int, list[Review]] = {}
    for move in moves.select_related("track").order_by("track", "recorded_at", "pk"):
        on = move.occurred_on or move.recorded_at.astimezone(ZoneInfo(move.zone)).date()
        assert move.track.measure_id is not None
        add_move(found.setdefault(move.track.measure_id, []), move.to_state, on)
    return {measure: tuple(each) for measure, each in found.items()}


def add_move(reviews: list[Review], state: str, on: date) -> None:
    stands, is_under_review = bool(reviews) and reviews[-1].until is None, state in UNDER_REVIEW
    if is_under_review and not stands:
        reviews.append(Review(on, None))
    elif not is_under_review and stands:
        reviews[-1] = Review(reviews[-1].start, on + timedelta(days=1))  # the day it ended is still one of review


def reckoned(
    measure: Measure, payments: Iterable[Payment], due_on: date | None, reviews: tuple[Review, ...], *, at: datetime
) -> Owed:
    rows, as_of = list(payments), at.astimezone(ZoneInfo(measure.notice.zone)).date()
    paid = sum((row.amount for row in rows), Decimal(0))
    accrued = None
    if measure.kind == MeasureKind.FINE and measure.amount and due_on is not None:
        parts = [Paid(row.paid_on, row.amount) for row in rows]
        accrued = surcharge(measure.amount, due_on=due_on, as_of=as_of, paid=parts, reviews=reviews)
    return Owed(
        amount=measure.amount,
        currency=measure.currency,
        paid=paid,
        proved=sum((row.amount for row in rows if row.evidence_id), Decimal(0)),
        outstanding=None if measure.amount is None else max(measure.amount - paid, Decimal(0)),
        due_on=due_on,
        as_of=as_of,
        reviews=reviews,
        surcharge=accrued,
    )
