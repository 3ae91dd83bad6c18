"""What could not be delivered: for who runs the system, to whom and why, nothing of the case; and sent again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from cases.actions.deadline import waive_deadline
from cases.models import LogEntry
from tests.rooms import main_of, reading
from tests.watching import MORNING, a_deadline, a_known_case, swept
from tracker.models import Reminder

pytestmark = pytest.mark.django_db
FAILED = "/en/outbox/failed/"
LATER = MORNING + timedelta(minutes=5)


@pytest.fixture
def deadline(counsel, member):
    return a_deadline(a_known_case(counsel, member, title_en="Secret matter"), counsel, owner=member)


@pytest.fixture
def word(deadline):
    """It left in truth; the mailbox was away."""
    swept(MORNING)
    mail.outbox.clear()
    Reminder.objects.update(
        state="failed", sent_at=None, state_reason="It could not be delivered.", answer="550 <no such> user",
        try_at=MORNING, tries=3,
    )  # fmt: skip
    return Reminder.objects.get()


def again(person, word, **typed):
    return reading(person).post(reverse("send_again", args=[word.uid]), typed)


def test_to_whom_and_why_is_shown_and_nothing_of_the_case(word, deadline, administrator, member):
    shown = main_of(reading(administrator).get(FAILED))

    assert all(
        told in shown for told in (member.email, "It could not be delivered.", "550 &lt;no such&gt; user", "3 tries")
    )
    hidden = (deadline.case.reference, "Secret matter", deadline.title_en, deadline.uid, word.subject, word.occasion)
    assert [told for told in hidden if told in shown] == []


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_it_is_told_in_chinese(word, administrator, language):
    shown = main_of(reading(administrator).get(FAILED.replace("/en/", f"/{language}/")))

    assert {"zh-hans": "未能送达", "zh-hant": "未能送達"}[language] in shown
    assert "could not be" not in shown


@pytest.mark.parametrize("role", ["counsel", "member", "executive", "auditor"])
def test_nobody_else_is_let_in_nor_sends_anything_again(word, role, request):
    person = request.getfixturevalue(role)

    assert reading(person).get(FAILED).status_code == 403
    assert again(person, word).status_code == 403
    assert Reminder.objects.get().state == "failed"


def test_sent_again_it_leaves_with_the_next_sweep(word, administrator, member):
    answer = again(administrator, word)

    assert answer.url == FAILED
    assert Reminder.objects.get().state == "unsent"
    Reminder.objects.update(try_at=LATER)  # the door read the clock of today
    swept(LATER)
    assert [(row.state, row.tries) for row in Reminder.objects.all()] == [("sent", 1)]
    assert [message.to for message in mail.outbox] == [[member.email]]
    assert LogEntry.objects.get(verb="send_again").person == administrator


def test_sent_again_it_is_held_against_the_world_once_more(word, administrator, counsel, deadline):
    again(administrator, word)
    waive_deadline(deadline=deadline, reason="withdrawn", by=counsel, at=MORNING)
    Reminder.objects.update(try_at=LATER)

    swept(LATER)

    row = Reminder.objects.get()
    assert (row.state, row.state_reason) == ("dropped", "The deadline has ended.")
    assert mail.outbox == []


def test_a_second_click_sends_it_once(word, administrator):
    typed = {"once": "b" * 22}
    first, second = again(administrator, word, **typed), again(administrator, word, **typed)

    assert (first.url, second.url) == (FAILED, FAILED)
    assert LogEntry.objects.filter(verb="send_again").count() == 1


@pytest.mark.parametrize("state", ["unsent", "dropped"])
def test_what_has_not_failed_is_not_there_to_be_sent_again(word, administrator, state):
    Reminder.objects.update(state=state)

    assert again(administrator, word).status_code == 404
    assert not LogEntry.objects.filter(verb="send_again").exists()


def test_nothing_failed_is_said(administrator):
    assert "Nothing has failed." in main_of(reading(administrator).get(FAILED))


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_list_asks_the_same_whatever_its_length(word, administrator, rows, django_assert_num_queries):
    fields = {"state": "failed", "state_reason": "It could not be delivered.", "version": word.version}
    fields |= {"case": word.case, "deadline": word.deadline, "person": word.person, "address": word.address}
    fields |= dict.fromkeys(("occasion_at", "made_at", "planned_at", "try_at"), MORNING)
    Reminder.objects.bulk_create(Reminder(occasion=f"again {n}", **fields) for n in range(rows - 1))
    reader = reading(administrator)
    reader.get(FAILED)

    with django_assert_num_queries(3):
        reader.get(FAILED)


def test_the_people_lead_there_with_the_count(word, administrator):
    shown = main_of(reading(administrator).get("/en/people/"))

    assert f'href="{FAILED}"' in shown
    assert 'What could not be delivered <b class="num">1</b>' in shown
