"""Somebody says that a word has reached them and is in hand: nobody further up the ladder need be told of it."""

from datetime import datetime
from typing import Final

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from cases.actions.log import write_log
from cases.models import CaseState, Deadline, Outcome, Person
from cases.permissions import visible_to
from tracker.models import AcknowledgedBy, Reminder, ReminderState

# One purpose: whoever holds the link can acknowledge this word and do or read nothing else.
SALT: Final = "tracker.reminders.acknowledging"


def token_of(reminder: Reminder) -> str:
    return signing.dumps(reminder.uid, salt=SALT)


def reminder_of(token: str) -> Reminder | None:
    """None: the link is not whole, or its word is gone or was never said."""
    try:
        uid = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    said = Reminder.objects.filter(uid=uid, acknowledge_within__isnull=False, person__is_active=True)
    return said.filter(state=ReminderState.SENT).select_related("case", "deadline", "version", "person").first()


def asks(reminder: Reminder) -> bool:
    """Whether it was said, asks to be acknowledged, and is not too late for that. Only a word of a deadline does."""
    if reminder.deadline_id is None:
        return False
    is_waiting = reminder.state == ReminderState.SENT and reminder.acknowledged_at is None
    is_running = reminder.deadline.outcome == Outcome.RUNNING and reminder.case.state == CaseState.OPEN
    return is_waiting and is_running and reminder.acknowledge_within is not None


@transaction.atomic
def acknowledge(*, reminder: Reminder, how: AcknowledgedBy, at: datetime) -> bool:
    """False: there was nothing left to acknowledge."""
    locked = Reminder.objects.select_for_update(of=("self",)).select_related("deadline", "case", "person")
    found = locked.get(pk=reminder.pk)
    if not asks(found):
        return False
    found.acknowledged_at, found.acknowledged_by = at, how
    found.save(update_fields=["acknowledged_at", "acknowledged_by"])
    Deadline.objects.filter(pk=found.deadline.pk).update(rearm=True)
    facts = {"occasion": found.occasion, "rung": found.rung, "how": str(how)}
    write_log("acknowledge", found.deadline, case=found.case, by=found.person, at=at, facts=facts)
    return True


def own_reminders(person: Person, *, at: datetime) -> "QuerySet[Reminder]":
    """What was said to the person about deadlines, as far as they may still know of it."""
    said = Reminder.objects.filter(person=person, deadline__isnull=False)
    return visible_to(said, person, at=at).select_related("case", "deadline")


def to_acknowledge(deadline: Deadline, person: Person) -> Reminder | None:
    """The latest word of it that waits for this person's answer."""
    said = Reminder.objects.filter(deadline=deadline, person=person, state=ReminderState.SENT)
    asked = said.filter(acknowledge_within__isnull=False, acknowledged_at__isnull=True)
    latest = asked.select_related("case", "deadline").order_by("-occasion_at", "-pk").first()
    return latest if latest and asks(latest) else None
