"""What the watch said, to whom, on which occasion, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q

from cases.models import Case, Person
from cases.permissions import visible_to
from tracker.models import Reminder
from tracker.status.lists import PAGE, Page, page
from tracker.status.nouns import CaseRef, Titles, Who
from tracker.status.people import CASE, PERSON, Row, case_ref, columns, somebody, who


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A word of another kind than a reminder has no deadline, and may be of no case."""

    uid: str
    kind: str
    case: CaseRef | None
    deadline_uid: str | None
    deadline_title: Titles | None
    due_on: date | None
    occasion: str
    occasion_at: datetime
    person: Who
    role: str
    instead_of: Who | None
    channel: str
    address: str
    subject: str
    state: str
    state_reason: str
    made_at: datetime
    sent_at: datetime | None
    tries: int
    message_id: str
    answer: str
    rung: int
    acknowledged_at: datetime | None


_SAME: Final = (
    "uid", "kind", "occasion", "occasion_at", "role", "channel", "address", "subject", "state", "state_reason",
    "made_at", "sent_at", "tries", "message_id", "answer", "rung", "acknowledged_at",
)  # fmt: skip
REMINDER: Final = (
    "pk", *_SAME, "version__due_on", *columns("deadline", ("uid", "title_en", "title_zh")), *columns("case", CASE),
    *columns("person", PERSON), *columns("instead_of", PERSON),
)  # fmt: skip


def outbox_list(
    person: Person, *, now: datetime, case: Case | None = None, filters: Mapping[str, Any] | None = None,
    cursor: str = "", size: int = PAGE,
) -> Page[ReminderRow]:  # fmt: skip
    """The newest first, of the cases the person may know, and what of no case was said to them."""
    named = Q(**{name: value for name, value in (filters or {}).items() if value not in (None, "")})
    scoped = visible_to(Reminder.objects.filter(named), person, at=now)
    scoped = scoped.filter(case=case) if case else scoped
    found = page(scoped.values(*REMINDER), order=("-made_at", "-pk"), cursor=cursor, size=size)
    return found.holding([reminder_row(row) for row in found.rows])


def reminder_row(row: Row) -> ReminderRow:
    return ReminderRow(
        **{name: row[name] for name in _SAME},
        case=case_ref(row) if row["case__uid"] else None,
        deadline_uid=row["deadline__uid"],
        deadline_title=Titles(row["deadline__title_en"], row["deadline__title_zh"]) if row["deadline__uid"] else None,
        due_on=row["version__due_on"],
        person=somebody(row, "person"),
        instead_of=who(row, "instead_of"),
    )
