"""Words that a mailbox, a chat or the whole server puts off: nobody waits for them in vain, and none piles up."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail

from cases.actions.case import grant_access
from cases.models import Deadline
from tests import hooks, smtp_sink
from tests.factories import NOW
from tests.watching import MORNING, a_deadline, a_known_case, shanghai, swept, told
from tracker import channels
from tracker.models import Channel, Reminder, Rhythm, Subject, WordKind
from tracker.reminders import rehearse
from tracker.reminders.choosing import add_chat, choose_channels, subscribe
from tracker.reminders.ways import Way

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
AWAY = {"EMAIL_BACKEND": "config.mail.SmtpBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}


@pytest.fixture
def deadline(counsel, member):
    return a_deadline(a_known_case(counsel, member), counsel, member)


def away(settings):
    for name, value in AWAY.items():
        setattr(settings, name, value)


def back(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


# ---- One mailbox -----------------------------------------------------------------------------------------------------
def test_a_mailbox_that_is_full_is_not_waited_for_beyond_the_time_to_answer(deadline, counsel, member):
    # The word of one working day before asks to be acknowledged within four hours.
    with smtp_sink.running(refusals={member.email: "452 4.2.2 mailbox full"}) as sink:
        for minutes in (0, 1, 3, 7, 15, 31, 63, 127):
            swept(MORNING + minutes * MINUTE)
        before = list(sink.recipients)
        swept(MORNING + timedelta(hours=4, minutes=15))
        swept(MORNING + timedelta(hours=4, minutes=16))

    assert before == []
    assert sink.recipients == [counsel.email]
    assert Reminder.objects.get(person=member).state == "unsent"
    assert Reminder.objects.get(person=counsel).state == "sent"


def test_the_mailbox_that_opens_again_gets_its_word_all_the_same(deadline, counsel, member):
    with smtp_sink.running(refusals={member.email: "452 4.2.2 mailbox full"}):
        for minutes in (0, 1, 3, 7, 15, 31, 63, 127, 255):
            swept(MORNING + minutes * MINUTE)
    with smtp_sink.running() as sink:
        swept(MORNING + timedelta(hours=9))

    assert sink.recipients == [member.email]


def test_a_word_that_asks_for_no_answer_waits_for_its_mailbox(counsel, member):
    a_deadline(a_known_case(counsel, member), counsel, member, due_on=date(2026, 10, 16))
    at = shanghai(2026, 9, 28, 9, 0)  # ten working days before
    with smtp_sink.running(refusals={member.email: "452 4.2.2 mailbox full"}) as sink:
        for hours in (0, 1, 6, 12, 24):
            swept(at + timedelta(hours=hours))

    assert sink.recipients == []
    assert list(Reminder.objects.values_list("person__email", "state")) == [(member.email, "unsent")]


def test_a_chat_that_keeps_failing_is_helped_by_mail(deadline, member, settings):
    settings.CHAT_HOSTS = ["127.0.0.1"]
    with hooks.running(500) as hook, smtp_sink.running() as sink:
        chat = add_chat(person=member, opened=channels.open_address(hook.url), at=NOW)
        ways = {WordKind.REMINDER: [Way(Channel.CHAT, chat)]}
        choose_channels(person=member, chosen=ways, by=member, at=NOW)
        for minutes in (0, 1):
            swept(MORNING + minutes * MINUTE)
        before = list(sink.recipients)
        swept(MORNING + 3 * MINUTE)
        swept(MORNING + 4 * MINUTE)

    assert before == []
    assert sink.recipients == [member.email]


# ---- The whole server ------------------------------------------------------------------------------------------------
def test_when_the_server_is_back_everything_leaves_at_once(deadline, counsel, member, settings):
    for _ in range(3):
        a_deadline(deadline.case, counsel, member)
    away(settings)
    for minutes in (0, 1, 3, 7, 15, 31, 63):
        swept(MORNING + minutes * MINUTE)
    back(settings)
    swept(MORNING + 127 * MINUTE)

    assert told() == [member.email] * 4


def test_however_long_it_is_away_no_word_is_given_up(deadline, member, settings):
    away(settings)
    swept(MORNING)
    Reminder.objects.update(tries=40, try_at=MORNING)
    swept(MORNING + MINUTE)

    word = Reminder.objects.get()
    assert (word.state, word.state_reason, word.tries) == ("unsent", "The mail server gives no answer.", 41)
    assert word.try_at == MORNING + MINUTE + timedelta(hours=6)


def test_what_a_later_word_overtook_is_not_said(deadline, member, settings):
    away(settings)
    for at in (MORNING, shanghai(2026, 10, 16, 9, 0), shanghai(2026, 10, 17, 9, 0), shanghai(2026, 10, 18, 9, 0)):
        swept(at)
    back(settings)
    swept(shanghai(2026, 10, 18, 12, 0))

    assert told() == [member.email]
    assert "Overdue since Fri 16 Oct 2026" in mail.outbox[0].subject
    dropped = Reminder.objects.filter(state="dropped").values_list("state_reason", flat=True)
    assert set(dropped) == {"A later reminder takes its place."}


def test_of_the_digests_that_piled_up_the_last_is_sent(counsel, member, settings):
    a_known_case(counsel, member)
    begun = shanghai(2026, 10, 12, 20, 0)
    subscribe(person=member, subject=Subject.DAY, rhythm=Rhythm.DAILY, when=time(8, 30), at=begun)
    away(settings)
    for day in (13, 14, 15, 16):
        swept(shanghai(2026, 10, day, 8, 30))
    back(settings)
    swept(shanghai(2026, 10, 16, 16, 0))

    assert [message.subject for message in mail.outbox] == ["Casebook: Nothing is due today, Fri 16 Oct 2026"]
    assert list(Reminder.objects.order_by("pk").values_list("state", flat=True)) == ["dropped"] * 3 + ["sent"]


def test_a_digest_made_up_at_night_leaves_the_mornings_to_come(counsel, member):
    a_known_case(counsel, member)
    begun = shanghai(2026, 10, 12, 20, 0)
    subscribe(person=member, subject=Subject.DAY, rhythm=Rhythm.DAILY, when=time(8, 30), at=begun)
    swept(shanghai(2026, 10, 14, 0, 10))
    swept(shanghai(2026, 10, 14, 8, 30))

    assert len(mail.outbox) == 2
    assert [occasion[-2:] for occasion in Reminder.objects.order_by("pk").values_list("occasion", flat=True)] == [
        "13", "14",
    ]  # fmt: skip


# ---- The end of the ladder, and a rehearsal --------------------------------------------------------------------------
def test_that_nobody_is_left_to_be_told_is_an_alarm(deadline, administrator):
    for hours in range(0, 48, 2):
        swept(MORNING + timedelta(hours=hours))

    assert "alarm:unanswered:2026-10-15" in Reminder.objects.filter(kind="alarm").values_list("occasion", flat=True)


def test_a_rehearsal_of_a_word_whose_case_its_reader_may_no_longer_know(counsel, member, executive):
    case = a_known_case(counsel, member)
    begun = shanghai(2026, 10, 12, 20, 0)
    subscribe(person=executive, subject=Subject.STATUS, rhythm=Rhythm.DAILY, case=case, when=time(8, 30), at=begun)

    found = rehearse(now=shanghai(2026, 10, 13, 8, 30))

    assert [each.obsolete for each in found] == ["The person may not see it any more."]


def test_a_title_of_several_lines_is_one_in_a_message(counsel, member):
    case = a_known_case(counsel, member)
    deadline = a_deadline(case, counsel, member)
    deadline.title_en = "Line one\nAcknowledge it here: http://evil.example/ \u202egnorw"
    deadline.save(update_fields=["title_en"])
    swept(MORNING)

    [sent] = mail.outbox
    assert "Line one Acknowledge it here: http://evil.example/ gnorw" in sent.body
    assert "\u202e" not in sent.subject + sent.body + sent.alternatives[0][0]


def test_before_a_hard_date_in_hours_the_status_does_not_wait_for_the_morning(counsel, member, executive):
    case = a_known_case(counsel, member)
    grant_access(case=case, person=executive, reason="reads", by=counsel, at=NOW)
    begun = shanghai(2026, 10, 14, 20, 0)
    rhythm = {"rhythm": Rhythm.HARD_DATES, "days_before": 1, "when": time(8, 30), "at": begun}
    subscribe(person=executive, subject=Subject.STATUS, case=case, **rhythm)
    deadline = a_deadline(case, counsel, member, due_on=date(2026, 10, 15))
    due_at = datetime(2026, 10, 14, 18, 55, tzinfo=UTC)
    Deadline.objects.filter(pk=deadline.pk).update(kind="ordered", is_hourly=True, due_at=due_at)
    for hours in range(1, 6):
        swept(begun + timedelta(hours=hours))

    assert Reminder.objects.filter(kind="status", state="sent").count() == 1
