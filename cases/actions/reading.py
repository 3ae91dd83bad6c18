"""Reads that matter stand in the log: evidence, legal advice, briefings, and whatever leaves by export.

Counsel and auditors see who read; members and executives see what was done, not who looked. Nobody sees in the log
that an attempt of their own was refused: it would tell them that there is something to know.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from cases.actions.custody import add_custody
from cases.actions.log import write_log
from cases.models import Authority, Case, CustodyAction, Evidence, LogEntry, Party, Person, ProtectionMark
from cases.permissions import can, known_names

READ: Final = "read"
EXPORT: Final = "export"
REFUSED: Final = "refused"
LOOKS: Final = (READ, EXPORT, REFUSED)
NOTHING: Final = "nothing"  # the object of an attempt at what is not there
# Of no case by themselves: each date that was decided on stands in the log of its case, with the reason.
DECIDED_IN_CASES: Final = ("confirm_proposals", "reject_proposals")
# A page opened again within this time is the same look.
SAME_LOOK: Final = timedelta(minutes=10)


def is_watched(record: Model) -> bool:
    """Whose every reading is logged: evidence, and anything marked as legal advice."""
    return isinstance(record, Evidence) or getattr(record, "protection_mark", "") == ProtectionMark.LEGAL_ADVICE


@transaction.atomic
def log_read(*, record: Model, case: Case | None, by: Person, at: datetime) -> LogEntry | None:
    """One look at one object; of evidence it stands in custody too.

    Readings of the same object by the same person within ten minutes are one: then nothing is written.
    """
    uid: str = record.uid  # type: ignore[attr-defined]  # every logged model has a uid
    seen = LogEntry.objects.filter(object_uid=uid, person=by, verb=READ, recorded_at__gt=at - SAME_LOOK)
    if seen.exists():
        return None
    if isinstance(record, Evidence):
        add_custody(record, CustodyAction.READ, by=by, at=at)
    return write_log(READ, record, case=case, by=by, at=at)


@transaction.atomic
def log_export(*, record: Model, case: Case | None, by: Person, at: datetime, facts: Mapping[str, object]) -> LogEntry:
    """Every one counts. `facts`: the format, and how many rows. Of a list over all cases `record` is the reader."""
    return write_log(EXPORT, record, case=case, by=by, at=at, facts=facts)


# ---- Who is shown which entries --------------------------------------------------------------------------------------
def shown_entries(rows: "QuerySet[LogEntry]", person: Person) -> "QuerySet[LogEntry]":
    """Of the entries a person may know of by case, those they are shown."""
    if not can(person, "see_reads"):
        return acts(rows)
    return rows.exclude(verb=REFUSED, person=person)


def acts(rows: "QuerySet[LogEntry]") -> "QuerySet[LogEntry]":
    """What was done, without who looked."""
    return rows.exclude(verb__in=LOOKS)


def entries_of_no_case(rows: "QuerySet[LogEntry]", person: Person, *, at: datetime) -> "QuerySet[LogEntry]":
    """What was done with people, arrangements, and the authorities and parties the person knows of.

    An attempt at what is not there is shown to nobody: one at what is hidden is missing here, and so would be told.
    """
    if not can(person, "see_system_log"):
        return rows.none()
    named = {"party": Party.objects.all(), "authority": Authority.objects.all()}
    found = rows.filter(case__isnull=True)
    for kind, names in named.items():
        known = known_names(names.filter(uid=OuterRef("object_uid")), person, at=at).order_by()
        found = found.filter(~Q(object_kind=kind) | Q(Exists(known)))
    return shown_entries(found.exclude(object_kind=NOTHING).exclude(verb__in=DECIDED_IN_CASES), person)
