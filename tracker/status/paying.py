"""What was paid on one measure and what is owed on it, with the working of the surcharge."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from cases.actions.instalments import standing
from cases.actions.owed import Owed, covered, owed
from cases.law.surcharge import CITATION_EN, CITATION_ZH
from cases.models import Measure
from cases.working import surcharge_sentences
from tracker.status.nouns import Who
from tracker.status.people import PERSON, columns, somebody

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class PaidRow:
    uid: str
    amount: Decimal
    paid_on: date
    evidence_uid: str
    evidence_number: int | None
    is_voided: bool
    void_reason: str
    recorded_by: Who


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """`is_paid`: what was paid by now covers it and all before it; `is_proved`: with proof, which meets its clock.

    `is_overdue`: it is not paid, and its day is over.
    """

    number: int
    due_on: date
    amount: Decimal
    document_uid: str
    deadline_uid: str
    is_paid: bool
    is_proved: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class PaymentPage:
    owed: Owed | None
    payments: tuple[PaidRow, ...]
    instalments: tuple[InstalmentRow, ...]
    said: tuple[str, ...] = ()  # how the days of the surcharge are counted, in the reader's language
    citation_en: str = CITATION_EN
    citation_zh: str = CITATION_ZH


def payment_page(measure: Measure, *, at: datetime) -> PaymentPage:
    found = owed(measure, at=at)
    parts = instalments(measure, found) if found else ()
    return PaymentPage(found, paid(measure), parts, tuple(said(found)) if found and found.surcharge else ())


def said(found: Owed) -> list[str]:
    return surcharge_sentences(own_on=found.own_on, is_part_missed=found.is_part_missed)


def paid(measure: Measure) -> tuple[PaidRow, ...]:
    rows = measure.payments.order_by("paid_on", "pk").values(
        "uid", "amount", "paid_on", "evidence__uid", "evidence__number", "voided_at", "void_reason",
        *columns("recorded_by", PERSON),
    )  # fmt: skip
    return tuple(
        PaidRow(
            row["uid"], row["amount"], row["paid_on"], row["evidence__uid"] or "", row["evidence__number"],
            row["voided_at"] is not None, row["void_reason"], somebody(row, "recorded_by"),
        )
        for row in rows[:MOST]
    )  # fmt: skip


def instalments(measure: Measure, stands: Owed) -> tuple[InstalmentRow, ...]:
    rows = list(standing(measure)[:MOST])
    found = covered(measure, rows, measure.payments.filter(voided_at__isnull=True))
    return tuple(
        InstalmentRow(
            row.number, row.due_on, row.amount, row.document.uid if row.document else "",
            row.deadline.uid if row.deadline else "", paid is not None, proved is not None,
            paid is None and row.due_on < stands.as_of,
        )
        for row, (paid, proved) in zip(rows, found, strict=True)
    )  # fmt: skip
