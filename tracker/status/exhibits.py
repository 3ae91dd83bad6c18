"""One piece of evidence whole: where it comes from, what it proves, its custody; and the legal holds of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from cases.models import Case, CustodyEntry, Evidence, EvidenceLink, LegalHold
from cases.permissions import Shown
from tracker.status.lists import PAGE, Page, page
from tracker.status.nouns import Titles, Who
from tracker.status.people import PERSON, Row, columns, somebody, who
from tracker.status.proof import EvidenceRow, evidence_columns, evidence_row

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """Another piece of evidence of the same case, to be linked to."""

    uid: str
    number: int
    filename: str
    derivation: str = ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """`kind` and `uid` of the one thing it proves."""

    kind: str
    uid: str
    number: int | None
    title: Titles


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """`verified_at`: when the bytes were last read and had their hash; `mismatch_at`: since when they have not."""

    row: EvidenceRow
    source_url: str
    method: str
    tool: str
    verified_at: datetime | None
    mismatch_at: datetime | None
    reviewed_at: datetime | None
    reviewed_by: Who | None
    derived_from: Piece | None
    derived_why: str
    superseded_by: Piece | None
    others: tuple[Piece, ...]
    links: tuple[LinkRow, ...]


@dataclass(frozen=True, slots=True)
class CustodyRow:
    """`who` is None where a job did it."""

    number: int
    action: str
    at: datetime
    who: Who | None
    hash: str
    previous: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class HeldRow:
    uid: str
    scope: str
    reason: str
    issued_at: datetime
    issued_by: Who
    released_at: datetime | None
    released_by: Who | None
    release_reason: str


_OTHER: Final = ("uid", "number", "filename")
_MORE: Final = (
    "source_url", "method", "tool", "reviewed_at", "derived_why", "verified_at", "mismatch_at",
    *columns("reviewed_by", PERSON), *columns("derived_from", _OTHER), *columns("superseded_by", _OTHER),
)  # fmt: skip


def evidence_page(case: Case, uid: str, shown: Shown) -> EvidencePage:
    """Raises Evidence.DoesNotExist. A copy of what may not be shown does not name it."""
    named = shown(Evidence.objects.filter(case=case, uid=uid))
    row = evidence_columns(named).first()
    if row is None:
        raise Evidence.DoesNotExist(uid)
    more = named.values(*_MORE).get()
    same = {name: more[name] for name in ("source_url", "method", "tool", "reviewed_at")}
    beside = shown_beside(case, uid, shown)
    origin = _piece(more, "derived_from", beside)
    return EvidencePage(
        row=evidence_row(row),
        **same,
        verified_at=more["verified_at"],
        mismatch_at=more["mismatch_at"],
        reviewed_by=who(more, "reviewed_by"),
        derived_from=origin,
        derived_why=more["derived_why"] if origin else "",
        superseded_by=_piece(more, "superseded_by", beside),
        others=derivatives(case, uid, shown),
        links=links(case, uid, shown),
    )


def shown_beside(case: Case, uid: str, shown: Shown) -> set[str]:
    """Of what it was made from and superseded by, what may be shown."""
    points = Evidence.objects.filter(Q(derived_from=OuterRef("pk")) | Q(superseded_by=OuterRef("pk")), uid=uid)
    return set(shown(Evidence.objects.filter(Exists(points), case=case)).order_by().values_list("uid", flat=True))


def _piece(row: Row, prefix: str, among: set[str]) -> Piece | None:
    return Piece(*(row[name] for name in columns(prefix, _OTHER))) if row[f"{prefix}__uid"] in among else None


def derivatives(case: Case, uid: str, shown: Shown) -> tuple[Piece, ...]:
    """Copies that were made of it."""
    made = shown(Evidence.objects.filter(case=case, derived_from__uid=uid)).order_by("number", "pk")
    return tuple(Piece(*row) for row in made.values_list(*_OTHER, "derivation")[:MOST])


_PROVED: Final = ("requirement", "task", "notice", "flagged_content")


def links(case: Case, uid: str, shown: Shown) -> tuple[LinkRow, ...]:
    """What it proves, in the order it was linked."""
    found = shown(EvidenceLink.objects.filter(evidence__uid=uid, evidence__case=case)).order_by("linked_at", "pk")
    rows = found.values(
        *(f"{kind}__uid" for kind in _PROVED), "requirement__number", "requirement__title_en", "requirement__title_zh",
        "task__number", "task__title_en", "task__title_zh", "notice__number", "notice__title_en", "notice__title_zh",
        "flagged_content__title",
    )  # fmt: skip
    return tuple(_link(row) for row in rows[:MOST])


def _link(row: Row) -> LinkRow:
    kind = next(kind for kind in _PROVED if row[f"{kind}__uid"] is not None)
    uid = row[f"{kind}__uid"]
    if kind == "flagged_content":
        return LinkRow(kind, uid, None, Titles("", row["flagged_content__title"]))
    titles = Titles(row[f"{kind}__title_en"], row[f"{kind}__title_zh"])
    if kind == "notice":
        named = row["notice__number"]
        return LinkRow(kind, uid, None, titles if titles.en or titles.zh else Titles(named, named))
    return LinkRow(kind, uid, row[f"{kind}__number"], titles)


def custody(case: Case, uid: str, shown: Shown, *, cursor: str = "", size: int = PAGE) -> Page[CustodyRow]:
    """The chain, the newest link first."""
    chain = shown(CustodyEntry.objects.filter(evidence__uid=uid, evidence__case=case))
    same = ("number", "action", "at", "hash", "previous", "values")
    rows: Any = chain.values("pk", *same, *columns("person", PERSON))
    found = page(rows, order=("-number", "-pk"), cursor=cursor, size=size)
    return found.holding(
        [CustodyRow(**{name: row[name] for name in same}, who=who(row, "person")) for row in found.rows]
    )


def all_holds(case: Case) -> tuple[HeldRow, ...]:
    """Those that stand first, then those released, each newest first."""
    same = ("uid", "scope", "reason", "issued_at", "released_at", "release_reason")
    rows = LegalHold.objects.filter(case=case).order_by("-issued_at", "-pk")
    found = [
        HeldRow(
            **{name: row[name] for name in same},
            issued_by=somebody(row, "recorded_by"),
            released_by=who(row, "released_by"),
        )
        for row in rows.values(*same, *columns("recorded_by", PERSON), *columns("released_by", PERSON))[:MOST]
    ]
    return tuple(sorted(found, key=lambda row: row.released_at is not None))
