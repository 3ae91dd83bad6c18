"""What was served and said: notices, measures with what is paid on them, contacts, filings, further authorities."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum

from cases.actions.owed import owed_of
from cases.models import Case, CaseAuthority, Contact, Filing, Measure, MeasureKind, Notice, NoticeKind, Payment
from cases.permissions import Shown
from tracker.status.nouns import AuthorityRef, CaseRef, Titles, Who
from tracker.status.people import AUTHORITY, CASE, PERSON, Row, authority_ref, case_ref, columns, somebody

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """`waiting` of its clocks lack a fact, usually the day of service."""

    uid: str
    case: CaseRef
    kind: str
    number: str
    title: Titles
    authority: AuthorityRef
    issued_on: date | None
    served_on: date | None
    served_at: datetime | None
    zone: str
    service_mode: str
    original_words: str
    original_language: str
    cited_provisions: tuple[str, ...]
    source: str
    protection_mark: str
    evidence_uid: str
    deadlines: int
    waiting: int
    requirements: int
    is_voided: bool
    void_reason: str
    replaced_by: str
    recorded_at: datetime
    recorded_by: Who
    revision: int


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """What a notice imposes. `outstanding` is None where no amount is known, or it is only threatened."""

    uid: str
    notice_uid: str
    kind: str
    legal_nature: str
    procedure: str
    words: str
    amount: Decimal | None
    currency: str
    paid: Decimal
    outstanding: Decimal | None
    is_threatened: bool  # by a prior notice alone: nothing is owed
    ordered_on: date | None
    period_amount: int | None
    period_unit: str
    period_profile: str
    effective_from: datetime | None
    effective_until: datetime | None
    surcharge: Decimal | None = None  # as of the moment asked; None where none has accrued or nobody asked


@dataclass(frozen=True, slots=True)
class PaymentRow:
    measure_uid: str
    measure_kind: str
    amount: Decimal
    currency: str
    paid_on: date
    evidence_uid: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    uid: str
    case: CaseRef
    kind: str
    authority: AuthorityRef
    held_on: date | None
    held_at: datetime | None
    zone: str
    place: str
    subject: str
    minutes: str
    minutes_language: str
    attendees: int
    promises: int
    evidence_uid: str
    protection_mark: str
    revision: int


@dataclass(frozen=True, slots=True)
class FilingRow:
    """`has_receipt`: a document or a number the authority gave; without it the deadline still runs."""

    uid: str
    case: CaseRef
    kind: str
    title: Titles
    authority: AuthorityRef
    sent_at: datetime
    zone: str
    way: str
    deadline_uid: str
    deadline_title: Titles
    document_uid: str
    receipt_uid: str
    receipt_number: str
    received_on: date | None
    has_receipt: bool
    approval_number: str
    carries_nothing_stored: bool
    is_voided: bool
    void_reason: str
    recorded_by: Who


@dataclass(frozen=True, slots=True)
class FurtherAuthority:
    role: str
    authority: AuthorityRef


# ---- Notices ---------------------------------------------------------------------------------------------------------
_NOTICE: Final = (
    "uid", "kind", "number", "issued_on", "served_on", "served_at", "zone", "service_mode", "original_words",
    "original_language", "source", "protection_mark", "void_reason", "recorded_at", "revision",
)  # fmt: skip
NOTICE: Final = (
    "pk", *_NOTICE, "title_en", "title_zh", "cited_provisions", "voided_at", "evidence__uid", "replaced_by__uid",
    *columns("case", CASE), *columns("authority", AUTHORITY), *columns("recorded_by", PERSON),
)  # fmt: skip


def notice_columns(queryset: "QuerySet[Notice]") -> "QuerySet[Notice, Any]":
    found: QuerySet[Notice, Any] = queryset.values(*NOTICE)
    return found


def notice_rows(found: Iterable[Row]) -> tuple[NoticeRow, ...]:
    """With how many clocks and requirements hang on each, in two more queries."""
    rows = list(found)
    keys = [row["pk"] for row in rows]
    hangs = Notice.objects.filter(pk__in=keys).order_by()
    clocks = hangs.annotate(deadlines_n=Count("deadlines"), waiting_n=Count("deadlines", filter=_WAITS)).values_list(
        "pk", "deadlines_n", "waiting_n"
    )
    wanted = hangs.annotate(n=Count("requirements")).values_list("pk", "n")
    on_clocks, on_wanted = {pk: (n, waiting) for pk, n, waiting in clocks}, dict(wanted)
    return tuple(_notice(row, on_clocks[row["pk"]], on_wanted[row["pk"]]) for row in rows)


# What no law of ours reaches waits for no fact.
_WAITS: Final = Q(deadlines__outcome="running", deadlines__due_at__isnull=True) & ~Q(deadlines__caution="not_in_force")


def _notice(row: Row, clocks: tuple[int, int], wanted: int) -> NoticeRow:
    return NoticeRow(
        **{name: row[name] for name in _NOTICE},
        case=case_ref(row),
        title=Titles(row["title_en"], row["title_zh"]),
        authority=authority_ref(row, "authority"),
        cited_provisions=tuple(row["cited_provisions"]),
        evidence_uid=row["evidence__uid"] or "",
        deadlines=clocks[0],
        waiting=clocks[1],
        requirements=wanted,
        is_voided=row["voided_at"] is not None,
        replaced_by=row["replaced_by__uid"] or "",
        recorded_by=somebody(row, "recorded_by"),
    )


def notices(case: Case) -> tuple[NoticeRow, ...]:
    """The standing notices of a case, newest first."""
    standing = case.notices.filter(voided_at__isnull=True).order_by("-recorded_at", "-pk")
    return notice_rows(notice_columns(standing)[:MOST])


# ---- Measures and payments -------------------------------------------------------------------------------------------
_MEASURE: Final = (
    "uid", "kind", "legal_nature", "procedure", "words", "amount", "currency", "ordered_on", "period_amount",
    "period_unit", "period_profile", "effective_from", "effective_until",
)  # fmt: skip


def measures(case: Case) -> tuple[MeasureRow, ...]:
    return measure_rows(Measure.objects.filter(case=case, voided_at__isnull=True, notice__voided_at__isnull=True))


def measure_rows(queryset: "QuerySet[Measure]") -> tuple[MeasureRow, ...]:
    """With what is paid on each."""
    paid = queryset.annotate(paid=Sum("payments__amount", filter=Q(payments__voided_at__isnull=True))).order_by("pk")
    return tuple(_measure(row) for row in paid.values(*_MEASURE, "paid", "notice__uid", "notice__kind")[:MOST])


def _measure(row: Row) -> MeasureRow:
    paid = row["paid"] or Decimal(0)
    is_threatened = row["amount"] is not None and row["notice__kind"] == NoticeKind.PRIOR_NOTICE
    outstanding = None if is_threatened or row["amount"] is None else max(row["amount"] - paid, Decimal(0))
    same: Mapping[str, Any] = {name: row[name] for name in _MEASURE}
    return MeasureRow(
        **same, notice_uid=row["notice__uid"], paid=paid, outstanding=outstanding, is_threatened=is_threatened
    )


def with_surcharge(rows: tuple[MeasureRow, ...], case: Case, *, now: datetime) -> tuple[MeasureRow, ...]:
    """The fines among them with the surcharge as it now stands."""
    fines = [row.uid for row in rows if row.amount is not None and row.kind == MeasureKind.FINE]
    found = owed_of(Measure.objects.filter(case=case, uid__in=fines), at=now) if fines else {}
    accrued = {uid: each.accrued for uid, each in found.items() if each.accrued}
    return tuple(replace(row, surcharge=accrued.get(row.uid)) for row in rows)


def payments(case: Case, shown: Shown) -> tuple[PaymentRow, ...]:
    standing = Payment.objects.filter(measure__case=case, measure__voided_at__isnull=True, voided_at__isnull=True)
    rows = (
        shown(standing)
        .order_by("paid_on", "pk")
        .values_list("measure__uid", "measure__kind", "amount", "measure__currency", "paid_on", "evidence__uid")
    )
    return tuple(PaymentRow(*row[:-1], row[-1] or "") for row in rows[:MOST])


# ---- Contacts and filings --------------------------------------------------------------------------------------------
_CONTACT: Final = (
    "uid", "kind", "held_on", "held_at", "zone", "place", "subject", "minutes", "minutes_language",
    "protection_mark", "revision",
)  # fmt: skip


def contact_columns(queryset: "QuerySet[Contact]") -> "QuerySet[Contact, Any]":
    found: QuerySet[Contact, Any] = queryset.annotate(
        attendees_n=Count("attendees", distinct=True), promises_n=Count("requirements", distinct=True)
    ).values(
        "pk", *_CONTACT, "attendees_n", "promises_n", "evidence__uid",
        *columns("case", CASE), *columns("authority", AUTHORITY),
    )  # fmt: skip
    return found


def contact_row(row: Row) -> ContactRow:
    return ContactRow(
        **{name: row[name] for name in _CONTACT},
        case=case_ref(row),
        authority=authority_ref(row, "authority"),
        attendees=row["attendees_n"],
        promises=row["promises_n"],
        evidence_uid=row["evidence__uid"] or "",
    )


def contacts(case: Case, shown: Shown) -> tuple[ContactRow, ...]:
    newest = shown(case.contacts.all()).order_by(F("held_on").desc(nulls_last=True), "-pk")
    return tuple(contact_row(row) for row in contact_columns(newest)[:MOST])


_FILING: Final = ("uid", "kind", "sent_at", "zone", "way", "receipt_number", "received_on", "void_reason",
           "carries_nothing_stored")  # fmt: skip


def filing_columns(queryset: "QuerySet[Filing]") -> "QuerySet[Filing, Any]":
    found: QuerySet[Filing, Any] = queryset.values(
        "pk", *_FILING, "title_en", "title_zh", "voided_at", "document__uid", "receipt__uid",
        "export_approval__number", *columns("deadline", ("uid", "title_en", "title_zh")), *columns("case", CASE),
        *columns("authority", AUTHORITY), *columns("recorded_by", PERSON),
    )  # fmt: skip
    return found


def filing_row(row: Row) -> FilingRow:
    return FilingRow(
        **{name: row[name] for name in _FILING},
        case=case_ref(row),
        title=Titles(row["title_en"], row["title_zh"]),
        authority=authority_ref(row, "authority"),
        deadline_uid=row["deadline__uid"] or "",
        deadline_title=Titles(row["deadline__title_en"] or "", row["deadline__title_zh"] or ""),
        document_uid=row["document__uid"] or "",
        receipt_uid=row["receipt__uid"] or "",
        approval_number=row["export_approval__number"] or "",
        has_receipt=bool(row["receipt__uid"] or row["receipt_number"]),
        is_voided=row["voided_at"] is not None,
        recorded_by=somebody(row, "recorded_by"),
    )


def filings(case: Case) -> tuple[FilingRow, ...]:
    newest = case.filings.filter(voided_at__isnull=True).order_by("-sent_at", "-pk")
    return tuple(filing_row(row) for row in filing_columns(newest)[:MOST])


def further_authorities(case: Case) -> tuple[FurtherAuthority, ...]:
    found = CaseAuthority.objects.filter(case=case).order_by("role", "pk")
    rows = found.values("role", *columns("authority", AUTHORITY))
    return tuple(FurtherAuthority(row["role"], authority_ref(row, "authority")) for row in rows[:MOST])
