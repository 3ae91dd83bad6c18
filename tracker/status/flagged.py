"""Flagged content as rows: what was seen how long and how high, on which basis, and what a person said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from cases.law.taxonomy import taxonomy
from cases.models import Case, FlaggedContent, FlagState, Person
from cases.permissions import visible_to
from tracker.status.lists import PAGE, Page, page
from tracker.status.nouns import CaseRef, Titles, Who
from tracker.status.people import CASE, PERSON, Row, case_ref, columns, who


@dataclass(frozen=True, slots=True)
class FlaggedRow:
    """`provision_title` is the law's; a candidate is working material until a person confirms it."""

    uid: str
    case: CaseRef
    surface: str
    title: str
    category: str
    basis: str
    provision: str
    provision_title: Titles
    rule: Titles
    notice_uid: str
    state: str
    reviewed_at: datetime | None
    reviewed_by: Who | None
    review_reason: str
    disposition: str
    disposed_at: datetime | None
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    best_rank: int | None
    hours: int
    spells: int
    is_matched: bool
    revision: int


@dataclass(frozen=True, slots=True)
class FlaggedFigures:
    """Of one case; what a reflag no longer matches is out of all of them."""

    candidates: int
    confirmed: int
    dismissed: int
    disposed: int


_SAME: Final = (
    "uid", "surface", "title", "category", "basis", "provision", "state", "reviewed_at", "review_reason",
    "disposition", "disposed_at", "first_seen_at", "last_seen_at", "best_rank", "hours", "spells", "is_matched",
    "revision",
)  # fmt: skip
FLAGGED: Final = (
    "pk", *_SAME, "notice__uid", "rule__label_en", "rule__label_zh", *columns("case", CASE),
    *columns("reviewed_by", PERSON),
)  # fmt: skip


def flagged_columns(queryset: "QuerySet[FlaggedContent]") -> "QuerySet[FlaggedContent, Any]":
    found: QuerySet[FlaggedContent, Any] = queryset.values(*FLAGGED)
    return found


def flagged_row(row: Row) -> FlaggedRow:
    return FlaggedRow(
        **{name: row[name] for name in _SAME},
        case=case_ref(row),
        provision_title=provision_title(row["provision"]),
        rule=Titles(row["rule__label_en"] or "", row["rule__label_zh"] or ""),
        notice_uid=row["notice__uid"] or "",
        reviewed_by=who(row, "reviewed_by"),
    )


def provision_title(code: str) -> Titles:
    """What the law calls it; empty where no provision was named."""
    if not code:
        return Titles("", "")
    named = taxonomy().provision(code)
    return Titles(named.title_en, named.title_zh, named.title_zh_hant)


def flagged_list(
    person: Person, *, now: datetime, case: Case | None = None, filters: Mapping[str, Any] | None = None,
    cursor: str = "", size: int = PAGE,
) -> Page[FlaggedRow]:  # fmt: skip
    """The longest on the board first."""
    named = Q(**{name: value for name, value in (filters or {}).items() if value not in (None, "")})
    scoped = visible_to(FlaggedContent.objects.filter(named), person, at=now)
    scoped = scoped.filter(case=case) if case else scoped
    found = page(flagged_columns(scoped), order=("-hours", "pk"), cursor=cursor, size=size)
    return found.holding([flagged_row(row) for row in found.rows])


def flagged_figures(case: Case) -> FlaggedFigures:
    standing = FlaggedContent.objects.filter(case=case, is_matched=True)
    return FlaggedFigures(
        **standing.aggregate(
            candidates=Count("pk", filter=Q(state=FlagState.CANDIDATE)),
            confirmed=Count("pk", filter=Q(state=FlagState.CONFIRMED)),
            dismissed=Count("pk", filter=Q(state=FlagState.DISMISSED)),
            disposed=Count("pk", filter=~Q(disposition="")),
        )
    )
