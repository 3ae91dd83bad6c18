"""What a case does not hold and what it may give out: papers kept elsewhere, approvals of exports. One query each."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.models import Case
from tracker.status.nouns import AuthorityRef, Titles, Who
from tracker.status.people import AUTHORITY, PERSON, authority_ref, columns, somebody

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class ClassifiedRow:
    uid: str
    kind: str
    level: str
    kept_where: str
    keeper: str
    noted_on: date
    recorded_by: Who
    is_voided: bool
    void_reason: str


@dataclass(frozen=True, slots=True)
class ClassifiedPapers:
    """`standing`: how many of them are noted still."""

    rows: tuple[ClassifiedRow, ...]
    standing: int


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    uid: str
    authority: AuthorityRef
    organ: Titles
    number: str
    approved_on: date
    valid_until: date | None
    scope: str
    document_uid: str
    is_voided: bool
    void_reason: str


def classified_papers(case: Case) -> ClassifiedPapers:
    """The newest first; those voided stay, struck out, and are not counted."""
    same = ("uid", "kind", "level", "kept_where", "keeper", "noted_on", "void_reason")
    found = case.classified_papers.order_by("-recorded_at", "-pk")
    values = found.values(*same, "voided_at", *columns("recorded_by", PERSON))
    rows = tuple(
        ClassifiedRow(
            **{name: row[name] for name in same},
            recorded_by=somebody(row, "recorded_by"),
            is_voided=row["voided_at"] is not None,
        )
        for row in values[:MOST]
    )
    return ClassifiedPapers(rows, sum(not row.is_voided for row in rows))


def export_approvals(case: Case) -> tuple[ApprovalRow, ...]:
    """The newest first; those voided stay, struck out."""
    same = ("uid", "number", "approved_on", "valid_until", "scope", "void_reason")
    more = ("organ_en", "organ_zh", "document__uid", "voided_at", *columns("authority", AUTHORITY))
    rows = case.export_approvals.order_by("-approved_on", "-pk").values(*same, *more)
    return tuple(
        ApprovalRow(
            **{name: row[name] for name in same},
            authority=authority_ref(row, "authority"),
            organ=Titles(row["organ_en"], row["organ_zh"]),
            document_uid=row["document__uid"] or "",
            is_voided=row["voided_at"] is not None,
        )
        for row in rows[:MOST]
    )
