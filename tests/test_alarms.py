"""Alarms to who runs the system: what could not be done, once a day, and nothing of a case."""

from datetime import timedelta

import pytest
from django.core import mail

from cases.models import Role
from tests import smtp_sink
from tests.factories import a_person
from tests.watching import MORNING, a_deadline, a_known_case, swept
from tracker.models import Channel, Reminder, Watch, WordKind
from tracker.reminders import rebuild
from tracker.reminders.choosing import choose_channels
from tracker.reminders.ways import Way

pytestmark = pytest.mark.django_db
GATHERED = MORNING + timedelta(minutes=2)


@pytest.fixture
def deadline(counsel, member):
    return a_deadline(a_known_case(counsel, member), counsel, member)


def alarms():
    return list(Reminder.objects.filter(kind="alarm").order_by("pk").values_list("person__email", "occasion", "state"))


def test_a_word_that_failed_is_told_to_every_administrator(deadline, member, administrator):
    other = a_person(Role.ADMINISTRATOR)
    with smtp_sink.running(refusals={member.email: "550 5.1.1 no such user"}):
        swept(MORNING)
    swept(GATHERED)

    told = [message for message in mail.outbox if message.to[0] in {administrator.email, other.email}]
    assert [message.subject for message in told] == ["Casebook: Messages could not be delivered."] * 2
    assert "In the last day 1 has failed." in told[0].body
    assert "/outbox/failed/" in told[0].body


def test_it_names_nothing_of_the_case_nor_whom_the_word_was_for(deadline, member, administrator):
    with smtp_sink.running(refusals={member.email: "550 5.1.1 no such user"}):
        swept(MORNING)
    swept(GATHERED)

    [sent] = [message for message in mail.outbox if message.to == [administrator.email]]
    for text in (sent.subject, sent.body, sent.alternatives[0][0]):
        for secret in (deadline.case.reference, "Send the plan", "rectification", member.email, deadline.uid):
            assert secret not in text


def test_what_fails_on_one_day_is_one_alarm(deadline, counsel, member, administrator):
    for _ in range(3):
        a_deadline(deadline.case, counsel, member)
    with smtp_sink.running(refusals={member.email: "550 no"}):
        swept(MORNING)

    assert alarms() == [(administrator.email, "alarm:not_delivered:2026-10-15", "unsent")]


def test_an_alarm_that_fails_raises_none(deadline, member, administrator):
    with smtp_sink.running(refusals={member.email: "550 no", administrator.email: "550 no"}):
        swept(MORNING)
        swept(GATHERED)
        swept(GATHERED + timedelta(minutes=5))

    assert [state for *_rest, state in alarms()] == ["failed"]


def test_without_an_administrator_the_word_fails_all_the_same(deadline, member):
    with smtp_sink.running(refusals={member.email: "550 no"}):
        assert swept(MORNING).failed == 1

    assert alarms() == []


def test_an_administrator_who_has_left_is_told_nothing(deadline, member, administrator):
    with smtp_sink.running(refusals={member.email: "550 no"}):
        swept(MORNING)
    administrator.is_active = False
    administrator.save(update_fields=["is_active"])
    swept(GATHERED)

    assert [state for *_rest, state in alarms()] == ["dropped"]


def test_a_watch_that_differs_from_what_it_must_be_is_an_alarm(deadline, administrator, caplog):
    swept(MORNING)
    Watch.objects.update(next_word_at=None)
    assert rebuild(now=MORNING) == 1
    assert rebuild(now=MORNING) == 0

    assert alarms() == [(administrator.email, "alarm:watch_differed:2026-10-15", "unsent")]
    assert deadline.uid in caplog.text


def test_by_the_channels_the_administrator_chose(deadline, member, administrator):
    chosen = {WordKind.ALARM: [Way(Channel.DESK)]}
    choose_channels(person=administrator, chosen=chosen, by=administrator, at=MORNING)
    with smtp_sink.running(refusals={member.email: "550 no"}):
        swept(MORNING)
        swept(GATHERED)

    word = Reminder.objects.get(kind="alarm")
    assert (word.channel, word.state) == ("desk", "sent")
