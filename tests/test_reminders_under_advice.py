"""A word about the date of a task under legal advice goes to nobody who may not know of that task."""

from datetime import timedelta
from typing import Any

import pytest

from cases.actions.case import admit, grant_access
from cases.models import CaseAccess, Deadline, Person
from tests.api_world import AT, DAY, the_case
from tests.work import a_task, a_task_force
from tracker.models import Reminder
from tracker.reminders.plain import plain
from tracker.reminders.sending import obsolete
from tracker.reminders.telling import Seats

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def the_date(counsel: Person, owner: Person, **fields: Any) -> Deadline:
    """Of a task under advice; its owner was admitted when it was given."""
    case = the_case(counsel, owner)
    task = a_task(case, by=counsel, at=AT, assignee=owner, due_on=DAY, protection_mark="legal_advice", **fields)
    assert task.deadline is not None
    return Deadline.objects.select_related("case").get(pk=task.deadline.pk)


def told(deadline: Deadline) -> list[Person]:
    return [each.person for each in Seats([deadline], now=LATER).addressees(deadline)]


def shut_out(deadline: Deadline, person: Person, by: Person) -> None:
    access = CaseAccess.objects.get(case=deadline.case, person=person)
    admit(access=access, sees_advice=False, sees_persons=False, reason="left the advice", by=by, at=AT)


def test_its_owner_is_told_while_admitted(counsel: Person, member: Person) -> None:
    assert told(the_date(counsel, member)) == [member]


def test_one_who_is_no_longer_admitted_is_passed_over(counsel: Person, member: Person) -> None:
    deadline = the_date(counsel, member)
    shut_out(deadline, member, counsel)

    assert told(deadline) == [counsel]


def test_a_lead_who_is_not_admitted_is_passed_over(counsel: Person, member: Person, outsider: Person) -> None:
    deadline = the_date(counsel, member)
    grant_access(case=deadline.case, person=outsider, reason="leads", by=counsel, at=AT)
    a_task_force(deadline.case, lead=outsider, by=counsel, at=AT)
    shut_out(deadline, member, counsel)

    assert outsider not in told(deadline)


def test_a_word_already_made_is_not_sent_to_one_shut_out_meanwhile(counsel: Person, member: Person) -> None:
    deadline = the_date(counsel, member)
    word = Reminder.objects.create(
        case=deadline.case, deadline=deadline, version=deadline.current, occasion="first", person=member,
        address=member.email, occasion_at=AT, made_at=AT, planned_at=AT, try_at=AT,
    )  # fmt: skip
    shut_out(deadline, member, counsel)

    assert not Reminder.objects.filter(plain(LATER), pk=word.pk).exists()
    assert obsolete(word, now=LATER) == "Somebody else is to be told now."
