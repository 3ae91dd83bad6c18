"""Cases as rows: the desk's open cases, the case list and the portfolio show the same row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from cases.known_cases import admitted
from cases.models import Case, PartyKind, Person
from tracker.status.light import Standing, rag, standings
from tracker.status.nouns import CaseRef, CaseRow, Titles
from tracker.status.people import AUTHORITY, CASE, PERSON, Row, authority_ref, columns, who

FIELDS: Final = (
    "pk", *CASE, "state", "is_fictional", "protection_mark", "opened_at", "closed_at", "announced_on",
    *columns("party", ("kind", "name_en", "name_zh", "name_zh_hant")),
    *columns("lead_authority", AUTHORITY), *columns("lead_counsel", PERSON),
)  # fmt: skip


# Who a natural person is, is for those admitted to the persons of the case.
SOMEBODY: Final = Titles("A natural person", "自然人", "自然人")
NOBODY: Final = Q(pk__in=())


def columns_of(queryset: "QuerySet[Case]", person: Person, *, now: datetime) -> "QuerySet[Case, Any]":
    return _columns(queryset, admitted(person, now, case="", to="sees_persons"))


def columns_for_all(queryset: "QuerySet[Case]") -> "QuerySet[Case, Any]":
    """The same for every reader: no natural person is named."""
    return _columns(queryset, NOBODY)


def _columns(queryset: "QuerySet[Case]", shows_persons: Q) -> "QuerySet[Case, Any]":
    found: QuerySet[Case, Any] = queryset.annotate(shows_persons=shows_persons).values(*FIELDS, "shows_persons")
    return found


def case_rows(found: Sequence[Row], *, now: datetime) -> tuple[CaseRow, ...]:
    """The rows of one page, in its order."""
    known = standings([row["pk"] for row in found], now=now)
    return tuple(_row(row, known[row["pk"]]) for row in found)


def _row(row: Row, standing: Standing) -> CaseRow:
    return CaseRow(
        case=CaseRef(*(row[name] for name in CASE)),
        state=row["state"],
        is_fictional=row["is_fictional"],
        protection_mark=row["protection_mark"],
        party=party_of(row),
        authority=authority_ref(row, "lead_authority"),
        lead_counsel=who(row, "lead_counsel"),
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
        announced_on=row["announced_on"],
        rag=rag(row["state"], standing.counts),
        phase=standing.phase,
        next_clock=standing.next_clock,
        tasks=standing.tasks,
        requirements=standing.requirements,
    )


def party_of(row: Row) -> Titles:
    if row["party__kind"] == PartyKind.NATURAL_PERSON and not row["shows_persons"]:
        return SOMEBODY
    return Titles(row["party__name_en"], row["party__name_zh"], row["party__name_zh_hant"])
