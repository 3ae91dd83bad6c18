"""What is still owed on a fine: paid, outstanding, and the surcharge as it stands on a day. Writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_open
from cases.law.remedies import COURT_STATES, PENDING_STATES
from cases.law.surcharge import Paid, Review, Surcharge, surcharges
from cases.models import (
    Deadline,
    DeadlineKind,
    DeadlineVersion,
    Extension,
    ExtensionState,
    Instalment,
    Measure,
    MeasureKind,
    NoticeKind,
    Outcome,
    Payment,
    TrackKind,
    TrackMove,
    VersionStatus,
)

PAYING = "CN-08"
DAYS_TO_PAY = (DeadlineKind.STATUTORY, DeadlineKind.ORDERED)
PAID = "paid"  # why a deadline ended: a code, said by the page
# From the filing until what was filed for has ended, no surcharge accrues (APL 73(3)).
UNDER_REVIEW = PENDING_STATES | COURT_STATES


class NothingOwed(RuleBroken):
    code = "nothing_owed"


@dataclass(frozen=True, slots=True)
class Agreed:
    """A plan of instalments: the day it was decided, and the day of its last part."""

    decided_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class LastDay:
    """The law's last day to pay as it now stands, with the trace of its working.

    `own_on`: the document's own, where that is earlier.
    """

    on: date
    trace: Sequence[Mapping[str, Any]]
    own_on: date | None = None

    def before(self, plans: Sequence[Agreed]) -> date:
        """As it would stand without the instalments: where the working says that they moved it, or no longer do."""
        until = plans[-1].until_on.isoformat() if plans else ""
        for run in self.trace:
            if run["as"] == "extended_until" and run["to"] == until:
                return date.fromisoformat(run["from"])
            if run["as"] == "outrun" and run["from"] == until:
                return date.fromisoformat(run["to"])
        return self.on


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
    # What had accrued each time instalments were agreed after the fine was overdue. Whether it stays owed the law does
    # not say (行政处罚法 66(2), 72(1)): it is shown, and for counsel to clear up with the authority. With what accrued
    # since it never exceeds the fine.
    before_plan: Surcharge | None = None
    # The document's own last day to pay, where that is before the law's, from which the surcharge is counted all the
    # same: the law does not say what follows from a document that gives less time than it does (67(3), 72(1)).
    own_on: date | None = None
    # An instalment before the last was not paid by its day. Whether the surcharge runs on it the law does not say.
    is_part_missed: bool = False

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
    due, reviews, plans = due_days(keys), reviews_of(keys), plans_of(keys)
    return {
        measure.uid: reckoned(
            measure, paid.get(measure.pk, ()), due.get(measure.pk), reviews.get(measure.pk, ()),
            plans.get(measure.pk, ()), at=at,
        )
        for measure in found
    }  # fmt: skip


def plans_of(measures: Iterable[int]) -> dict[int, list[Agreed]]:
    """Each plan that gave more time, also one replaced since, but not one that was put right by the next.

    A plan decided no later than the one before it says that the one before was never so.
    """
    rows = Extension.objects.filter(
        deadline__measure__in=measures, deadline__kind=DeadlineKind.STATUTORY, instalment__isnull=False,
        state__in=(ExtensionState.GRANTED, ExtensionState.REPLACED), decided_on__isnull=False, until_on__isnull=False,
    )  # fmt: skip
    found: dict[int, list[Agreed]] = {}
    for row in rows.select_related("deadline").order_by("pk"):
        measure, decided_on, until_on = row.deadline.measure_id, row.decided_on, row.until_on
        assert measure is not None
        assert decided_on is not None
        assert until_on is not None
        plans = found.setdefault(measure, [])
        while plans and plans[-1].decided_on >= decided_on:
            plans.pop()
        plans.append(Agreed(decided_on, until_on))
    return found


def late(due: LastDay, plans: Sequence[Agreed], *, as_of: date) -> list[tuple[date, date]]:
    """From the last day to pay until instalments were agreed, and so on; at last from the day as it now stands."""
    spells, since, plain = [], due.before(plans), due.on
    for plan in plans:
        spells.append((since, min(plan.decided_on, as_of)))
        since = max(since, plan.decided_on, plan.until_on)
        plain = max(due.on, plan.decided_on)
    return [*spells, (plain, as_of)]


def together(parts: Sequence[Surcharge]) -> Surcharge | None:
    days, last = sum(part.days for part in parts), parts[-1] if parts else None
    if last is None or not days:
        return None
    amount, on_unpaid = sum(part.amount for part in parts), sum(part.on_unpaid for part in parts)
    return Surcharge(days, Decimal(amount), Decimal(on_unpaid), last.capped_on, last.outstanding)


def owed(measure: Measure, *, at: datetime) -> Owed | None:
    found = owed_of(Measure.objects.filter(pk=measure.pk), at=at).get(measure.uid)
    if found is None or found.surcharge is None:
        return found
    return replace(found, is_part_missed=is_part_missed(measure, as_of=found.as_of))


def is_part_missed(measure: Measure, *, as_of: date) -> bool:
    """One before the last, by which the surcharge is counted: unpaid when its day was over, though it be paid since."""
    parts = list(measure.instalments.filter(voided_at__isnull=True).order_by("number", "pk"))
    found = covered(measure, parts, measure.payments.filter(voided_at__isnull=True)) if parts else []
    days = [(part.due_on, each.paid_on or as_of) for part, each in zip(parts, found, strict=True)]
    return any(paid_on > due_on for due_on, paid_on in days[:-1])


def due_days(measures: Iterable[int]) -> dict[int, LastDay]:
    """The law's own day as it now stands, with all that was granted, and the newest working that is not by hand.

    Beside it the document's own where that leads.
    """
    kept = (VersionStatus.IN_FORCE, VersionStatus.SUPERSEDED)
    worked = DeadlineVersion.objects.filter(deadline=OuterRef("pk"), status__in=kept).exclude(trace=[])
    clocks = Deadline.objects.filter(measure__in=measures, rule_id=PAYING, kind__in=DAYS_TO_PAY)
    rows = clocks.exclude(outcome=Outcome.WITHDRAWN).order_by("-pk").annotate(
        worked=Subquery(worked.order_by("-number").values("trace")[:1])
    )  # fmt: skip
    named = list(rows.values_list("measure", "kind", "current__due_on", "worked"))
    own = {measure: day for measure, kind, day, _trace in named if kind == DeadlineKind.ORDERED}
    return {
        measure: LastDay(day, trace or (), earlier(own.get(measure), day))
        for measure, kind, day, trace in named
        if measure and day and kind == DeadlineKind.STATUTORY
    }


def earlier(own: date | None, day: date) -> date | None:
    return own if own is not None and own < day else None


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
    measure: Measure, payments: Iterable[Payment], due: LastDay | None, reviews: tuple[Review, ...],
    plans: Sequence[Agreed], *, at: datetime,
) -> Owed:  # fmt: skip
    rows, as_of = list(payments), today_of(measure, at)
    paid = sum((row.amount for row in rows), Decimal(0))
    accrued: list[Surcharge] = []
    if measure.kind == MeasureKind.FINE and measure.amount and due is not None:
        parts = [Paid(row.paid_on, row.amount) for row in rows]
        accrued = surcharges(measure.amount, spells=late(due, plans, as_of=as_of), paid=parts, reviews=reviews)
    return Owed(
        amount=measure.amount,
        currency=measure.currency,
        paid=paid,
        proved=sum((row.amount for row in rows if row.evidence_id), Decimal(0)),
        outstanding=None if measure.amount is None else max(measure.amount - paid, Decimal(0)),
        due_on=due.on if due else None,
        as_of=as_of,
        reviews=reviews,
        surcharge=accrued[-1] if accrued else None,
        before_plan=together(accrued[:-1]),
        own_on=due.own_on if due is not None and accrued else None,
    )


class Covered(NamedTuple):
    """The day by which a part was paid, with all before it; and by which that much was paid with proof."""

    paid_on: date | None
    proved_on: date | None


def covered(measure: Measure, parts: Sequence[Instalment], payments: Iterable[Payment]) -> list[Covered]:
    """What was paid before the plan, proved or not, covers none of it."""
    rows = sorted(payments, key=lambda row: (row.paid_on, row.pk))
    before = (measure.amount or Decimal(0)) - sum((part.amount for part in parts), Decimal(0))
    towards: list[tuple[Payment, Decimal]] = []
    for row in rows:
        used = min(before, row.amount)
        before -= used
        towards.append((row, row.amount - used))
    proved = [(row, amount) for row, amount in towards if row.evidence_id]
    wanted = list(accumulate(part.amount for part in parts))
    return [Covered(reached(towards, each), reached(proved, each)) for each in wanted]


def reached(towards: Iterable[tuple[Payment, Decimal]], wanted: Decimal) -> date | None:
    so_far = Decimal(0)
    for row, amount in towards:
        so_far += amount
        if so_far >= wanted:
            return row.paid_on
    return None


# ---- For what is done to it ------------------------------------------------------------------------------------------
def locked(measure: Measure) -> Measure:
    rows = Measure.objects.select_for_update(of=("self",)).select_related("case", "notice")
    found = rows.get(pk=measure.pk)
    check_open(found.case)
    if found.voided_at or found.amount is None or found.notice.kind == NoticeKind.PRIOR_NOTICE:
        raise NothingOwed(_("Nothing is owed on this: it names no amount, only threatens one, or was voided."))
    return found


def today_of(measure: Measure, at: datetime) -> date:
    return at.astimezone(ZoneInfo(measure.notice.zone)).date()
