"""The documents a date rests on: the notice it came with, and those by which it was extended or stopped."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q

from cases.models import Deadline, Extension, Notice, Suspension
from tracker.status.nouns import AuthorityRef, Titles
from tracker.status.people import AUTHORITY, Row, authority_ref, columns

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Document:
    """A notice with its file, if one is kept; `number` is that of the evidence, `sha256` the file's own hash."""

    uid: str
    kind: str
    reference: str
    title: Titles
    language: str
    authority: AuthorityRef
    issued_on: date | None
    served_on: date | None
    served_at: datetime | None
    zone: str
    service_mode: str
    filename: str
    number: int | None
    sha256: str


def documents(deadline: Deadline) -> tuple[Document, ...]:
    """In one query. A voided notice proves nothing and is left out."""
    ledgers = (Extension.objects.filter(deadline=deadline), Suspension.objects.filter(deadline=deadline))
    wanted = Q(pk=deadline.notice_id)
    for ledger in ledgers:
        wanted |= Q(Exists(ledger.filter(document=OuterRef("pk"))))
    standing = Notice.objects.filter(wanted, case=deadline.case_id, voided_at__isnull=True)
    found = standing.order_by("issued_on", "pk").values(
        *_SAME, "number", "title_en", "title_zh", "original_language", *columns("authority", AUTHORITY),
        "evidence__filename", "evidence__number", "evidence__blob__sha256",
    )  # fmt: skip
    return tuple(_document(row) for row in found[:MOST])


_SAME: Final = ("uid", "kind", "issued_on", "served_on", "served_at", "zone", "service_mode")


def _document(row: Row) -> Document:
    return Document(
        **{name: row[name] for name in _SAME},
        reference=row["number"],
        title=Titles(row["title_en"], row["title_zh"]),
        language=row["original_language"],
        authority=authority_ref(row, "authority"),
        filename=row["evidence__filename"] or "",
        number=row["evidence__number"],
        sha256=row["evidence__blob__sha256"] or "",
    )
