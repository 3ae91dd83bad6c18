"""The surcharge on a fine not paid in time: 3 % of the fine a day, never more than the fine itself (行政处罚法 72(1)),
none for the days of a reconsideration or lawsuit (73(3)). Pure: what was paid and when the review stood are given.

Each day late counts, 每日: from the day after the last day to pay through the day of payment, which is late as a whole.
So what stands on a day while nothing is paid is what is owed when it is paid on that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    day it reached the fine, with what had accrued before; `days` are those it took until then.
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
    return surcharges(fine, spells=[(due_on, as_of)], paid=paid, reviews=reviews)[0]


def surcharges(
    fine: Decimal, *, spells: Iterable[tuple[date, date]], paid: Iterable[Paid] = (), reviews: Iterable[Review] = ()
) -> list[Surcharge]:
    """One for each time it was late, as the last day to pay and the last day that counts, in their order.

    The law caps the surcharge on the fine, however often more time was given: together they never exceed it.
    """
    count = _Count(fine, sorted(paid, key=lambda each: each.on), tuple(reviews))
    return [count.late(due_on, until) for due_on, until in spells]


@dataclass
class _Count:
    """`whole`, `milder`: what has accrued by now, over all spells, each to the cap."""

    fine: Decimal
    payments: Sequence[Paid]
    reviews: Sequence[Review]
    whole: Decimal = Decimal(0)
    milder: Decimal = Decimal(0)
    capped_on: date | None = None

    def late(self, due_on: date, until: date) -> Surcharge:
        days, whole, milder = 0, self.whole, self.milder
        day = due_on + timedelta(days=1)
        while day <= until and self.milder < self.fine and self.left(day) > 0:
            if not self.is_under_review(day):
                days += self.capped_on is None
                self.accrue(day)
            day += timedelta(days=1)
        # The difference of what is rounded: the parts add up to the whole, and with it keep to the cap.
        amount, on_unpaid = _cents(self.whole) - _cents(whole), _cents(self.milder) - _cents(milder)
        outstanding = max(self.left(until + timedelta(days=1)), Decimal(0))
        return Surcharge(days, amount, on_unpaid, self.capped_on, outstanding)

    def accrue(self, day: date) -> None:
        self.milder = min(self.milder + self.left(day) * RATE, self.fine)
        self.whole = min(self.whole + self.fine * RATE, self.fine)
        if self.whole == self.fine and self.capped_on is None:
            self.capped_on = day

    def left(self, day: date) -> Decimal:
        """As the day begins: what is paid on a day was still owed on it, and is not from the next."""
        return self.fine - sum((each.amount for each in self.payments if each.on < day), Decimal(0))

    def is_under_review(self, day: date) -> bool:
        return any(each.start <= day and (each.until is None or day < each.until) for each in self.reviews)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT)
