"""The outbox: what was said, to whom, and the message itself where this machine keeps it."""

from datetime import timedelta

import pytest

from cases.actions.case import raise_barrier
from cases.actions.deadline import set_internal_deadline
from cases.models import Person
from tests.factories import NOW, a_case
from tests.pages import let_in, signed_in, text_of
from tracker.models import Reminder
from tracker.reminders.kept import kept_letter

pytestmark = pytest.mark.django_db

URL = "/en/outbox/"
QUERIES = 5


@pytest.fixture
def case(counsel):
    return a_case(by=counsel)


def a_reminder(case, to: Person, **fields):
    deadline = set_internal_deadline(case=case, title_en="Draft the report", due_on=NOW.date(), by=to, at=NOW)
    at = NOW + timedelta(minutes=Reminder.objects.count())
    made = {
        "case": case, "deadline": deadline, "version": deadline.versions.get(), "occasion": "due", "person": to,
        "address": to.email, "role": "owner", "occasion_at": at, "made_at": at, "planned_at": at, "try_at": at,
        "subject": "Due today: Draft the report", "state": "sent", "sent_at": at,
    }  # fmt: skip
    return Reminder.objects.create(**made | fields)


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_page_asks_the_same_for_any_number_of_reminders(case, counsel, rows, django_assert_num_queries):
    first = a_reminder(case, counsel)
    Reminder.objects.bulk_create(
        Reminder(
            case=case, deadline=first.deadline, version=first.version, occasion=f"late {n}", person=counsel,
            address=counsel.email, occasion_at=NOW, made_at=NOW, planned_at=NOW, try_at=NOW,
            state="unsent",
        )
        for n in range(rows - 1)
    )  # fmt: skip
    client = signed_in(counsel)
    client.get(URL)

    with django_assert_num_queries(QUERIES):
        client.get(URL)


def test_sent_waiting_and_failed_are_told_apart(case, counsel):
    a_reminder(case, counsel)
    a_reminder(case, counsel, state="unsent", sent_at=None, subject="Waits")
    a_reminder(case, counsel, state="failed", sent_at=None, state_reason="It could not be delivered.")
    client = signed_in(counsel)

    shown = text_of(client.get(URL))
    failed = text_of(client.get(URL, {"state": "failed"}))

    assert all(word in shown for word in ("Sent", "Waiting to be sent", "Failed", "It could not be delivered."))
    assert "Waits" in shown
    assert "Waits" not in failed


def test_state_that_is_not_narrows_nothing(case, counsel):
    a_reminder(case, counsel)

    assert "Due today: Draft the report" in text_of(signed_in(counsel).get(URL, {"state": "lost"}))


def test_reminder_of_a_case_one_may_not_know_is_not_there(case, counsel, outsider, member):
    sent = a_reminder(case, counsel)
    let_in(case, member, by=counsel)
    raise_barrier(case=case, person=member, reason="conflict", by=counsel, at=NOW)

    for person in (outsider, member):
        client = signed_in(person)
        assert "Draft the report" not in text_of(client.get(URL))
        assert client.get(f"{URL}{sent.uid}/").status_code == 404


def test_message_is_shown_as_it_was_written(case, counsel, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    name = "0" * 32 + ".eml"
    (tmp_path / name).write_bytes(
        "Subject: x\nContent-Type: text/plain; charset=utf-8\n\n报告今天到期 <b>!</b>\n".encode()
    )
    sent = a_reminder(case, counsel, answer=name)

    shown = text_of(signed_in(counsel).get(f"{URL}{sent.uid}/"))

    assert "报告今天到期 &lt;b&gt;!&lt;/b&gt;" in shown


@pytest.mark.parametrize("answer", ["../secret.eml", "250 OK", "", "0" * 32 + ".eml", "/etc/passwd"])
def test_nothing_but_a_kept_message_is_opened(settings, tmp_path, answer):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    (tmp_path / "secret.eml").write_text("Subject: x\n\nsecret")

    assert kept_letter(answer) == ""


def test_message_that_left_by_a_server_is_shown_as_it_left_but_for_its_link(case, counsel):
    said = "Due today.\n\nhttp://localhost:8000/en/acknowledge/InNlY3JldCI:1abc:Xy-z/\n"
    sent = a_reminder(case, counsel, answer="250 2.0.0 queued", text=said)

    shown = text_of(signed_in(counsel).get(f"{URL}{sent.uid}/"))

    assert "Due today." in shown
    assert "/acknowledge/…/" in shown
    assert "InNlY3JldCI" not in shown
    assert "250 2.0.0 queued" in shown


def test_administrator_is_told_which_roles_may(administrator):
    assert signed_in(administrator).get(URL).status_code == 403


def test_one_word_of_a_case_the_administrator_may_not_know_of_is_not_there(case, counsel, administrator):
    said = a_reminder(case, counsel)

    assert signed_in(administrator).get(f"{URL}{said.uid}/").status_code == 404


def test_empty_says_so(counsel):
    assert "No reminder was sent yet." in text_of(signed_in(counsel).get(URL))


def test_anonymous_is_sent_to_sign_in(client):
    assert client.get(URL).url == "/en/login/?next=/en/outbox/"
