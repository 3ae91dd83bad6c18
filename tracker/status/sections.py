"""One requirement and one contact with what hangs on them, and who may know of a case. The case is already known."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q

from cases.actions.translation import fingerprint
from cases.models import (
    Attendee,
    Barrier,
    Case,
    CaseAccess,
    Contact,
    Evidence,
    EvidenceLink,
    Requirement,
    Task,
    Translation,
)
from cases.permissions import Shown
from tracker.status.nouns import Who
from tracker.status.people import PERSON, columns, somebody, who
from tracker.status.proof import EvidenceRow, evidence_columns, evidence_row
from tracker.status.record import ContactRow, contact_columns, contact_row
from tracker.status.work import (
    RequirementRow,
    TaskRow,
    requirement_columns,
    requirement_rows,
    task_columns,
    task_row,
)

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """`is_stale`: the original was corrected after this was made."""

    uid: str
    language: str
    words: str
    made_by: str
    translator: str
    recorded_by: Who
    recorded_at: datetime
    reviewed_by: Who | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class RequirementPage:
    row: RequirementRow
    tasks: tuple[TaskRow, ...]
    exhibits: tuple[EvidenceRow, ...]
    translations: tuple[TranslationRow, ...]
    notice_uid: str
    notice_kind: str
    contact_uid: str
    contact_subject: str


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    side: str
    who: Who | None
    name: str
    capacity: str
    card_number: str


@dataclass(frozen=True, slots=True)
class ContactPage:
    row: ContactRow
    attendees: tuple[AttendeeRow, ...]
    promises: tuple[RequirementRow, ...]


@dataclass(frozen=True, slots=True)
class AccessRow:
    uid: str
    who: Who
    role: str
    from_at: datetime
    until_at: datetime | None
    reason: str
    granted_by: Who
    sees_advice: bool
    sees_persons: bool
    is_standing: bool


@dataclass(frozen=True, slots=True)
class BarrierRow:
    uid: str
    who: Who
    reason: str
    raised_at: datetime
    raised_by: Who
    lifted_at: datetime | None


# ---- A requirement ---------------------------------------------------------------------------------------------------
def requirement_page(case: Case, uid: str, shown: Shown, *, now: datetime) -> RequirementPage:
    """Raises Requirement.DoesNotExist."""
    named = requirement_columns(case.requirements.filter(uid=uid))
    found = requirement_rows(named, shown, now=now)
    if not found:
        raise Requirement.DoesNotExist(uid)
    origin = ("notice__uid", "notice__kind", "contact__uid", "contact__subject")
    sources = case.requirements.filter(uid=uid).values_list(*origin).get()
    tasks = shown(Task.objects.filter(requirement__uid=uid, case=case)).order_by("number", "pk")
    return RequirementPage(
        found[0],
        tuple(task_row(row, now=now) for row in task_columns(tasks)[:MOST]),
        exhibits(case, uid, shown),
        translations(case, ("requirement", uid, "clause"), found[0].clause, shown),
        *(value or "" for value in sources),
    )


def exhibits(case: Case, requirement: str, shown: Shown) -> tuple[EvidenceRow, ...]:
    """What stands as proof of it, linked here or to one of its tasks, each piece once."""
    proves = Q(requirement__uid=requirement) | Q(task__requirement__uid=requirement)
    links = shown(EvidenceLink.objects.filter(proves, evidence=OuterRef("pk")))
    pieces = shown(Evidence.objects.filter(Exists(links), case=case)).order_by("number", "pk")
    return tuple(evidence_row(row) for row in evidence_columns(pieces)[:MOST])


def translations(case: Case, of: tuple[str, str, str], original: str, shown: Shown) -> tuple[TranslationRow, ...]:
    """Newest first, `of` an object by kind and uid, and its field."""
    kind, uid, field = of
    found = shown(Translation.objects.filter(case=case, object_kind=kind, object_uid=uid, field=field))
    same = ("uid", "language", "words", "made_by", "translator", "recorded_at")
    people = (*columns("recorded_by", PERSON), *columns("reviewed_by", PERSON))
    rows = found.order_by("-recorded_at", "-pk").values(*same, "original_sha256", *people)
    now_reads = fingerprint(original)
    return tuple(
        TranslationRow(
            **{name: row[name] for name in same},
            recorded_by=somebody(row, "recorded_by"),
            reviewed_by=who(row, "reviewed_by"),
            is_stale=row["original_sha256"] != now_reads,
        )
        for row in rows[:MOST]
    )


# ---- A contact -------------------------------------------------------------------------------------------------------
def contact_page(case: Case, uid: str, shown: Shown, *, now: datetime) -> ContactPage:
    """Raises Contact.DoesNotExist."""
    found = contact_columns(shown(case.contacts.filter(uid=uid))).first()
    if found is None:
        raise Contact.DoesNotExist(uid)
    seats = shown(Attendee.objects.filter(contact__uid=uid, contact__case=case)).order_by("side", "pk")
    rows = seats.values("side", "name", "capacity", "card_number", *columns("person", PERSON))
    promised = requirement_columns(case.requirements.filter(contact__uid=uid).order_by("number", "pk"))
    return ContactPage(
        contact_row(found),
        tuple(
            AttendeeRow(row["side"], who(row, "person"), row["name"], row["capacity"], row["card_number"])
            for row in rows[:MOST]
        ),
        requirement_rows(promised[:MOST], shown, now=now),
    )


# ---- Who may know of it ----------------------------------------------------------------------------------------------
def accesses(case: Case, *, now: datetime) -> tuple[AccessRow, ...]:
    """Those that stand first, then those that ended, each newest first."""
    same = ("uid", "from_at", "until_at", "reason", "sees_advice", "sees_persons")
    people = (*columns("person", PERSON), "person__role", *columns("granted_by", PERSON))
    rows = CaseAccess.objects.filter(case=case).order_by("-from_at", "-pk").values(*same, *people)
    found = [
        AccessRow(
            **{name: row[name] for name in same},
            who=somebody(row, "person"),
            role=row["person__role"],
            granted_by=somebody(row, "granted_by"),
            is_standing=row["from_at"] <= now and (row["until_at"] is None or row["until_at"] > now),
        )
        for row in rows[:MOST]
    ]
    return tuple(sorted(found, key=lambda row: not row.is_standing))


def barriers(case: Case) -> tuple[BarrierRow, ...]:
    same = ("uid", "reason", "raised_at", "lifted_at")
    rows = Barrier.objects.filter(case=case).order_by("-raised_at", "-pk").values(
        *same, *columns("person", PERSON), *columns("raised_by", PERSON)
    )  # fmt: skip
    return tuple(
        BarrierRow(
            **{name: row[name] for name in same},
            who=somebody(row, "person"),
            raised_by=somebody(row, "raised_by"),
        )
        for row in rows[:MOST]
    )
