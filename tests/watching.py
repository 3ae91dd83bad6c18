"""What the tests of the watch share: deadlines with an owner, sweeps at an instant, the words in a reader's mailbox."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core import mail

from cases.actions.case import grant_access
from cases.actions.deadline import set_internal_deadline
from cases.models import Case, Deadline, Person
from tests.factories import NOW, a_case
from tracker.models import Reminder
from tracker.reminders import Swept, sweep

SHANGHAI = ZoneInfo("Asia/Shanghai")
DUE = date(2026, 10, 16)
MORNING = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, one working day before DUE


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI).astimezone(UTC)


def a_known_case(by: Person, *people: Person, **fields: Any) -> Case:
    """Its messages may name its titles."""
    case = a_case(by=by, lead_counsel=by, **{"is_named_in_mail": True, **fields})
    for person in people:
        grant_access(case=case, person=person, reason="works on it", by=by, at=NOW)
    return case


def a_deadline(case: Case, by: Person, owner: Person | None = None, due_on: date = DUE, at: datetime = NOW) -> Deadline:
    return set_internal_deadline(
        case=case, title_en="Send the plan", title_zh="提交整改方案", due_on=due_on, owner=owner, by=by, at=at
    )


def swept(at: datetime) -> Swept:
    """A sweep that takes no time."""
    return sweep(now=at, ticks=lambda: 0.0)


def told() -> list[str]:
    """Whom the mails that left went to, in order."""
    return [message.to[0] for message in mail.outbox]


def fates() -> list[tuple[str, str, str]]:
    return list(Reminder.objects.order_by("pk").values_list("person__email", "state", "state_reason"))
