"""What could not be delivered, for who runs the system: to whom and why, and nothing of the case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.models import Channel, Reminder, ReminderState
from tracker.status.lists import PAGE, Page, page
from tracker.status.nouns import Who
from tracker.status.people import PERSON, Row, columns, somebody

MOST_COUNTED: Final = 999


@dataclass(frozen=True, slots=True)
class FailedRow:
    """One word that failed."""

    uid: str
    kind: str
    person: Who
    channel: str
    address: str
    occasion_at: datetime
    made_at: datetime
    tries: int
    answer: str
    state_reason: str


_SAME: Final = (
    "uid", "kind", "channel", "address", "occasion_at", "made_at", "tries", "answer", "state_reason",
)  # fmt: skip


def failed_list(*, cursor: str = "", size: int = PAGE) -> Page[FailedRow]:
    """The newest first."""
    rows = Reminder.objects.filter(state=ReminderState.FAILED).values("pk", *_SAME, *columns("person", PERSON))
    found = page(rows, order=("-made_at", "-pk"), cursor=cursor, size=size)
    return found.holding([_failed(row) for row in found.rows])


def _failed(row: Row) -> FailedRow:
    told = {name: row[name] for name in _SAME}
    if row["channel"] in {Channel.CHAT, Channel.ROOM}:
        # A service may echo what it was sent: no more than the number it answered with.
        told["answer"] = row["answer"].partition(" ")[0]
    return FailedRow(**told, person=somebody(row, "person"))


def failed_count() -> int:
    """Counted to so many and no further."""
    return Reminder.objects.filter(state=ReminderState.FAILED).order_by()[: MOST_COUNTED + 1].count()
