"""One pass of the watch: what is due is said once, to its person, whenever the sweep comes."""

from datetime import date, timedelta

import pytest
from django.core import mail

from cases.actions.deadline import override_deadline, waive_deadline
from cases.models import Deadline, Person
from tests.factories import NOW
from tests.watching import DUE, MORNING, a_deadline, a_known_case, shanghai, swept, told
from tracker.models import Reminder, ReminderState, Step, Sweep, Watch

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]


@pytest.fixture
def deadline(counsel: Person, member: Person) -> Deadline:
    """Its steps: ten, five, three, one working day before, the morning, each day after."""
    deadline = a_deadline(a_known_case(counsel, member), counsel, owner=member)
    swept(NOW)
    mail.outbox.clear()
    return deadline


def test_a_new_deadline_is_armed_for_its_next_step(counsel, member):
    deadline = a_deadline(a_known_case(counsel, member), counsel, owner=member, due_on=date(2026, 12, 18))

    done = swept(NOW)

    watch = Watch.objects.get(deadline=deadline)
    assert (done.rearmed, done.made, done.sent) == (1, 0, 0)
    assert watch.next_word_at == shanghai(2026, 12, 4, 9)
    assert watch.next_occasion == "10wd@2026-12-18"
    assert watch.version == deadline.versions.get()


def test_the_word_leaves_at_its_hour_not_before(deadline, member):
    early = swept(MORNING - timedelta(minutes=1))
    before = told()
    due = swept(MORNING)

    assert early.sent == 1, "the five and three days' words, coalesced"
    assert before == [member.email]
    assert due.sent == 1
    assert told() == [member.email] * 2


def test_a_sweep_run_again_says_nothing_again(deadline, member):
    swept(MORNING)

    again = swept(MORNING)
    later = swept(MORNING + timedelta(minutes=1))

    assert (again.made, again.sent, later.made, later.sent) == (0, 0, 0, 0)
    assert told() == [member.email]


def test_each_step_is_said_once_over_a_month_of_sweeps(deadline, member):
    at = NOW
    while at < shanghai(2026, 10, 20):
        swept(at)
        at += timedelta(hours=4)

    said = Reminder.objects.filter(rung=0).order_by("occasion_at").values_list("occasion", "state")
    assert [occasion for occasion, _state in said] == [
        "10wd@2026-10-16",
        "5wd@2026-10-16",
        "3wd@2026-10-16",
        "1wd@2026-10-16",
        "morning@2026-10-16",
        "overdue:2026-10-17@2026-10-16",
        "overdue:2026-10-18@2026-10-16",
        "overdue:2026-10-19@2026-10-16",
    ]
    assert {state for _occasion, state in said} == {"sent"}


def test_a_day_without_a_sweep_loses_no_word(deadline, member):
    """The exact-day match of others: down on the 15th, nothing is said on the 16th."""
    swept(shanghai(2026, 10, 14, 23, 59))
    mail.outbox.clear()

    swept(shanghai(2026, 10, 16, 8, 0))

    reminder = Reminder.objects.get(occasion="1wd@2026-10-16")
    assert told() == [deadline.owner.email]
    assert reminder.sent_at - reminder.occasion_at == timedelta(hours=23)


def test_down_from_friday_evening_to_tuesday_morning_one_word_each_marked_late(counsel, member):
    case = a_known_case(counsel, member)
    for day in (date(2026, 10, 24), date(2026, 10, 27), date(2026, 10, 29), date(2026, 11, 2), date(2026, 11, 4)):
        a_deadline(case, counsel, owner=member, due_on=day)
    swept(shanghai(2026, 10, 23, 18))
    mail.outbox.clear()

    swept(back := shanghai(2026, 10, 27, 8, 30))

    said = Reminder.objects.filter(made_at=back).order_by("version__due_on").values_list("occasion", flat=True)
    assert list(said) == ["overdue:2026-10-26@2026-10-24", "1wd@2026-10-27", "3wd@2026-10-29", "5wd@2026-11-02"]
    late = "This reminder is late by 23 hours 30 minutes: it was due on Mon 26 Oct 2026 09:00."
    assert [late in message.body.replace("\N{NO-BREAK SPACE}", " ") for message in mail.outbox] == [True] * 4


def test_an_ended_deadline_is_watched_no_more(deadline, counsel):
    waive_deadline(deadline=deadline, reason="withdrawn by the authority", by=counsel, at=NOW)

    swept(MORNING)

    assert Watch.objects.get(deadline=deadline).next_word_at is None
    assert mail.outbox == []


def test_a_moved_date_arms_every_step_anew(deadline, counsel):
    swept(MORNING)
    override_deadline(deadline=deadline, due_on=date(2026, 11, 20), reason="agreed by letter", by=counsel, at=MORNING)

    swept(MORNING)

    assert Watch.objects.get(deadline=deadline).next_occasion == "10wd@2026-11-20"
    assert len(mail.outbox) == 1


def test_a_date_moved_nearer_is_said_at_once(deadline, counsel, member):
    override_deadline(deadline=deadline, due_on=date(2026, 9, 28), reason="a new order", by=counsel, at=NOW)

    swept(NOW)

    assert told() == [member.email]
    # Friday the 25th is the Mid-Autumn holiday.
    assert Reminder.objects.latest("pk").occasion == "1wd@2026-09-28"


def test_a_case_may_have_steps_of_its_own(counsel, member):
    case = a_known_case(counsel, member)
    Step.objects.create(kind="internal", unit="working_day", amount=2, case=case)
    Step.objects.create(kind="internal", unit="working_day", amount=7)
    here = a_deadline(case, counsel, owner=member)
    elsewhere = a_deadline(a_known_case(counsel, member), counsel, owner=member)

    swept(NOW)

    occasions = Watch.objects.in_bulk([here.pk, elsewhere.pk])
    assert occasions[here.pk].next_occasion == "2wd@2026-10-16"
    assert occasions[elsewhere.pk].next_occasion == "7wd@2026-10-16"


def test_a_deadlines_own_steps_stand_before_its_cases(counsel, member):
    case = a_known_case(counsel, member)
    deadline = a_deadline(case, counsel, owner=member)
    Step.objects.create(kind="internal", unit="working_day", amount=2, case=case)
    Step.objects.create(kind="internal", unit="working_day", amount=0, deadline=deadline)

    swept(NOW)

    assert Watch.objects.get(deadline=deadline).next_word_at == shanghai(2026, 10, 16, 9)


def test_the_sweep_leaves_its_row(deadline):
    swept(MORNING)

    row = Sweep.objects.latest("pk")
    assert (row.started_at, row.finished_at, row.made, row.sent, row.failed) == (MORNING, MORNING, 1, 1, 0)


def test_a_sent_reminder_says_when_to_whom_and_what(deadline, member):
    swept(MORNING)

    reminder = Reminder.objects.get(occasion="1wd@2026-10-16")
    assert reminder.state == ReminderState.SENT
    assert (reminder.sent_at, reminder.address, reminder.role) == (MORNING, member.email, "owner")
    assert reminder.subject == mail.outbox[0].subject
    assert reminder.message_id == mail.outbox[0].extra_headers["Message-ID"]
    assert deadline.due_on == DUE
