"""The surcharge on a fine not paid in time: 3 % of the fine a day, never more than the fine itself (行政处罚法 72(1)),
none for the days of a reconsideration or lawsuit (73(3)). Pure: what was paid and when the review stood are given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

RATE = Decimal("0.03")
CITATION_EN = "Administrative Penalty Law arts. 72(1), 73(3)"
CITATION_ZH = "《行政处罚法》第七十二条第一款、第七十三条第三款"
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Paid:
    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Review:
    """Days under review: `until` is the first day the surcharge runs again, None while the review still stands."""

    start: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Surcharge:
    """`amount` on the whole fine while any of it is unpaid, the words of the law; `on_unpaid` on what was left of it
    each day, the milder reading. They differ only where part was paid, and each runs to its own cap. `capped_on`: the
    day `amount` reached the fine; `days` are those it took until then.
    """

    days: int
    amount: Decimal
    on_unpaid: Decimal
    capped_on: date | None
    outstanding: Decimal


def surcharge(
    fine: Decimal, *, due_on: date, as_of: date, paid: Iterable[Paid] = (), reviews: Iterable[Review] = ()
) -> Surcharge:
    """What has accrued at the end of `as_of`. The first day that counts is the day after the last day to pay."""
    payments, stood = sorted(paid, key=lambda each: each.on), tuple(reviews)
    whole, milder, days, capped_on = Decimal(0), Decimal(0), 0, None
    day = due_on + timedelta(days=1)
    while day <= as_of and milder < fine:
        # A payment ends the accruing with its own day: what is paid on a day is no longer owed that day.
        left = fine - sum((each.amount for each in payments if each.on <= day), Decimal(0))
        if left <= 0:
            break
        if not any(each.start <= day and (each.until is None or day < each.until) for each in stood):
            milder = min(milder + left * RATE, fine)
            if capped_on is None:
                days += 1
                whole = min(whole + fine * RATE, fine)
                capped_on = day if whole == fine else None
        day += timedelta(days=1)
    outstanding = max(fine - sum((each.amount for each in payments if each.on <= as_of), Decimal(0)), Decimal(0))
    return Surcharge(days, whole.quantize(CENT), milder.quantize(CENT), capped_on, outstanding)
