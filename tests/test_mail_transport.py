"""What the mail server answers decides: kept as proof, tried again later with growing waits, or shown as failed."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.test import override_settings

from cases.models import Case, Deadline, Person
from tests import smtp_sink
from tests.factories import NOW
from tests.watching import a_deadline, a_known_case, fates, swept
from tracker import channels
from tracker.models import Reminder
from tracker.reminders.arming import arm_all
from tracker.reminders.making import make_due
from tracker.reminders.sending import FIRST_WAIT, LONGEST_WAIT, TRIES, _send_next, wait_after

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]
MINUTE = timedelta(minutes=1)
SOON = date(2026, 9, 30)  # a step lies behind us at NOW: a word at once


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return a_known_case(counsel, member)


@pytest.fixture
def deadline(case: Case, counsel: Person, member: Person) -> Deadline:
    return a_deadline(case, counsel, owner=member, due_on=SOON)


def test_the_servers_answer_is_kept(deadline, member):
    with smtp_sink.running() as sink:
        swept(NOW)

    reminder = Reminder.objects.get()
    assert sink.recipients == [member.email]
    assert (reminder.state, reminder.answer) == ("sent", "250 2.0.0 kept as 4b1d")
    assert sink.received[0]["Message-ID"] == reminder.message_id


def test_a_mailbox_unknown_fails_at_once_and_the_next_person_is_told(deadline, counsel, member):
    with smtp_sink.running(refusals={member.email: "550 5.1.1 no such user"}) as sink:
        done = swept(NOW)

    failed = Reminder.objects.get(person=member)
    assert (failed.state, failed.answer, failed.tries) == ("failed", "550 5.1.1 no such user", 1)
    assert sink.recipients == [counsel.email]
    assert (done.failed, done.sent) == (1, 1)


def test_a_failed_word_is_not_made_again(deadline, counsel, member):
    with smtp_sink.running(refusals={member.email: "550 5.1.1 no such user"}) as sink:
        swept(NOW)
        Deadline.objects.update(rearm=True)
        swept(NOW + MINUTE)

    assert [email for email, _state, _reason in fates()] == [member.email, counsel.email]
    assert sink.recipients == [counsel.email]


def test_nobody_reachable_every_word_is_shown_as_failed_and_the_sweep_ends(deadline, counsel, member, administrator):
    refusals = {person.email: "550 no such user" for person in (counsel, member, administrator)}

    with smtp_sink.running(refusals=refusals):
        done = swept(NOW)

    assert done.failed == 3
    assert set(Reminder.objects.filter(kind="reminder").values_list("state", flat=True)) == {"failed"}
    assert set(Reminder.objects.filter(kind="alarm").values_list("occasion", "person__email")) == {
        ("alarm:not_delivered:2026-09-24", administrator.email),
        ("alarm:nobody_left:2026-09-24", administrator.email),
    }


def test_a_mailbox_busy_is_tried_again_with_growing_waits(deadline, member):
    with smtp_sink.running(refusals={member.email: "451 4.7.1 greylisted"}):
        swept(NOW)
        first = Reminder.objects.get()
        swept(NOW + MINUTE)
        second = Reminder.objects.get()

    assert (first.state, first.tries, first.try_at) == ("unsent", 1, NOW + MINUTE)
    assert (second.tries, second.try_at, second.answer) == (2, NOW + 3 * MINUTE, "451 4.7.1 greylisted")


def test_the_waits_double_up_to_six_hours():
    waits = [wait_after(tries) for tries in range(1, TRIES)]

    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT
    assert timedelta(days=2) < sum(waits, timedelta()) < timedelta(days=3)


def test_a_word_that_never_gets_through_is_shown_as_failed(deadline, counsel, member):
    with smtp_sink.running(refusals={member.email: "451 4.7.1 greylisted"}) as sink:
        swept(NOW)
        Reminder.objects.update(tries=TRIES - 1)
        swept(NOW + MINUTE)

    assert Reminder.objects.get(person=member).state == "failed"
    assert sink.recipients == [counsel.email]


def test_one_busy_mailbox_does_not_hold_up_the_others(case, counsel, member):
    for owner in (member, counsel):
        a_deadline(case, counsel, owner=owner, due_on=SOON)

    with smtp_sink.running(refusals={member.email: "451 4.7.1 greylisted"}) as sink:
        swept(NOW)

    assert sink.recipients == [counsel.email]


def test_a_server_away_is_asked_once_a_sweep_and_all_is_sent_when_it_is_back(case, counsel, member):
    for _ in range(3):
        a_deadline(case, counsel, owner=member, due_on=SOON)
    port = smtp_sink.free_port()

    with smtp_sink.through(port):
        done = swept(NOW)
    assert (done.is_transport_away, done.sent) == (True, 0)
    assert sorted(Reminder.objects.values_list("tries", flat=True)) == [0, 0, 1]
    with smtp_sink.running(port) as sink:
        swept(NOW + MINUTE)

    assert sink.recipients == [member.email] * 3
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}


def test_a_late_word_says_so_after_retries(deadline, member):
    with smtp_sink.running(refusals={member.email: "451 4.7.1 greylisted"}) as sink:
        swept(NOW)
        sink.refusals.clear()
        swept(NOW + timedelta(hours=2))

    text = sink.received[0].get_body(("plain",)).get_content()
    assert "late by 2 hours" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_message_refused_as_a_whole_is_shown_as_failed(deadline, counsel, member):
    with smtp_sink.running(data_answer="554 5.6.0 message refused"):
        swept(NOW)

    assert Reminder.objects.get(person=member).state == "failed"


def test_a_broken_word_fails_the_job_and_does_not_block_the_others(case, counsel, member):
    a_deadline(case, counsel, owner=member, due_on=SOON)
    a_deadline(case, counsel, owner=counsel, due_on=SOON)
    arm_all(now=NOW)
    make_due(now=NOW)
    Reminder.objects.filter(person=member).update(role="no such role")

    with smtp_sink.running() as sink:
        with pytest.raises(KeyError):
            swept(NOW)
        swept(NOW + timedelta(seconds=30))

    broken = Reminder.objects.get(person=member)
    assert sink.recipients == [counsel.email]
    assert (broken.state, broken.tries, broken.try_at) == ("unsent", 1, NOW + MINUTE)
    assert broken.answer == "KeyError: 'no such role'"


@pytest.mark.parametrize("stop", [OperationalError, SystemExit])
def test_a_database_away_or_a_process_stopped_is_not_held_against_the_word(deadline, stop):
    arm_all(now=NOW)
    make_due(now=NOW)
    turns = iter([NOW, stop, NOW])

    def clock():
        if (turn := next(turns)) is stop:
            raise stop
        return turn

    with smtp_sink.running() as sink, channels.mail() as connection, pytest.raises(stop):
        _send_next(connection, clock)

    word = Reminder.objects.get()
    assert sink.recipients == []
    assert (word.state, word.tries, word.answer, word.try_at) == ("unsent", 0, "", NOW)


def test_embedded_each_mail_is_a_file_and_the_row_names_it(deadline, tmp_path):
    with override_settings(EMAIL_BACKEND="config.mail.EmlBackend", EMAIL_FILE_PATH=tmp_path):
        swept(NOW)

    assert [file.name for file in tmp_path.iterdir()] == [Reminder.objects.get().answer]


def test_a_directory_that_cannot_be_written_is_a_transport_away(deadline, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")

    with override_settings(EMAIL_BACKEND="config.mail.EmlBackend", EMAIL_FILE_PATH=blocked / "mail"):
        done = swept(NOW)

    assert done.is_transport_away
    assert Reminder.objects.get().state == "unsent"


def test_a_word_that_can_never_be_written_fails_and_is_an_alarm(deadline, member, administrator):
    arm_all(now=NOW)
    make_due(now=NOW)
    Reminder.objects.update(role="no such role", tries=TRIES - 1)

    with smtp_sink.running(), pytest.raises(KeyError):
        swept(NOW)

    broken = Reminder.objects.get(person=member)
    assert (broken.state, broken.state_reason) == ("failed", "It could not be written.")
    assert Reminder.objects.get(person=administrator).occasion == "alarm:not_delivered:2026-09-24"
