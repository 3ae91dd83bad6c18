"""The evidence of a case: how much stands in which state, whether its bytes are whole, what must not be destroyed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from cases.models import Case, Evidence, EvidenceLink, EvidenceState, LegalHold
from cases.permissions import Shown
from tracker.status.light import ALTERED
from tracker.status.nouns import CaseRef, Titles, Who
from tracker.status.people import CASE, PERSON, Row, case_ref, columns, somebody, who

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class EvidenceFigures:
    """Superseded pieces are counted apart; `altered` bytes no longer have the hash they came with."""

    total: int
    accepted: int
    in_review: int
    sent_back: int
    superseded: int
    altered: int
    unlinked: int
    last_added_at: datetime | None
    last_verified_at: datetime | None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    uid: str
    case: CaseRef
    number: int
    title: Titles
    filename: str
    media_type: str
    size: int
    sha256: str
    source: str
    captured_at: datetime | None
    captured_zone: str
    captured_by: Who | None
    protection_mark: str
    state: str
    state_reason: str
    derivation: str
    is_superseded: bool
    is_altered: bool
    recorded_at: datetime
    recorded_by: Who
    revision: int


@dataclass(frozen=True, slots=True)
class HoldRow:
    uid: str
    scope: str
    reason: str
    issued_at: datetime
    issued_by: Who


def evidence_figures(case: Case, shown: Shown) -> EvidenceFigures:
    stands, states = Q(superseded_by__isnull=True), EvidenceState
    links = shown(EvidenceLink.objects.filter(evidence=OuterRef("pk")))
    return EvidenceFigures(
        **shown(Evidence.objects.filter(case=case)).aggregate(
            total=Count("pk", filter=stands),
            accepted=Count("pk", filter=stands & Q(state=states.ACCEPTED)),
            in_review=Count("pk", filter=stands & Q(state=states.IN_REVIEW)),
            sent_back=Count("pk", filter=stands & Q(state=states.SENT_BACK)),
            superseded=Count("pk", filter=~stands),
            altered=Count("pk", filter=ALTERED),
            unlinked=Count("pk", filter=stands & Q(~Exists(links))),
            last_added_at=Max("recorded_at"),
            last_verified_at=Max("verified_at"),
        )
    )


_SAME: Final = (
    "uid", "number", "filename", "media_type", "source", "captured_at", "captured_zone", "protection_mark", "state",
    "state_reason", "derivation", "recorded_at", "revision",
)  # fmt: skip
EVIDENCE: Final = (
    "pk", *_SAME, "title_en", "title_zh", "verified_at", "mismatch_at", "superseded_by", *columns("case", CASE),
    *columns("blob", ("sha256", "size")), *columns("captured_by", PERSON),
    *columns("recorded_by", PERSON),
)  # fmt: skip


def evidence_columns(queryset: "QuerySet[Evidence]") -> "QuerySet[Evidence, Any]":
    found: QuerySet[Evidence, Any] = queryset.values(*EVIDENCE)
    return found


def evidence_row(row: Row) -> EvidenceRow:
    mismatch_at, verified_at = row["mismatch_at"], row["verified_at"]
    return EvidenceRow(
        **{name: row[name] for name in _SAME},
        case=case_ref(row),
        title=Titles(row["title_en"], row["title_zh"]),
        size=row["blob__size"],
        sha256=row["blob__sha256"],
        captured_by=who(row, "captured_by"),
        is_superseded=row["superseded_by"] is not None,
        is_altered=bool(mismatch_at and (verified_at is None or verified_at < mismatch_at)),
        recorded_by=somebody(row, "recorded_by"),
    )


def holds(case: Case) -> tuple[HoldRow, ...]:
    """The standing holds, newest first."""
    standing = LegalHold.objects.filter(case=case, released_at__isnull=True).order_by("-issued_at", "-pk")
    rows = standing.values("uid", "scope", "reason", "issued_at", *columns("recorded_by", PERSON))[:MOST]
    return tuple(
        HoldRow(row["uid"], row["scope"], row["reason"], row["issued_at"], somebody(row, "recorded_by")) for row in rows
    )
