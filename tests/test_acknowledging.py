"""The link in a message acknowledges that one word and does nothing else; so does the page, for one's own words."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from cases.actions.case import end_access
from cases.actions.deadline import waive_deadline
from cases.models import CaseAccess, Deadline, LogEntry, Person
from tests.rooms import reading
from tests.watching import a_deadline, a_known_case, shanghai, swept
from tracker.models import Reminder
from tracker.reminders.acknowledging import token_of

pytestmark = pytest.mark.django_db
NINE = shanghai(2026, 10, 15, 9)


@pytest.fixture
def deadline(counsel: Person, member: Person) -> Deadline:
    made = a_deadline(a_known_case(counsel, member, is_named_in_mail=False), counsel, owner=member)
    swept(NINE)
    return made


@pytest.fixture
def link(deadline: Deadline) -> str:
    """As it stands in the mail."""
    lines = mail.outbox[-1].body.splitlines()
    return next(line for line in lines if "/acknowledge/" in line).removeprefix("http://localhost:8000")


def acknowledged() -> bool:
    return Reminder.objects.get().acknowledged_at is not None


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_following_the_link_changes_nothing(link: str, client: Client, method: str) -> None:
    getattr(client, method)(link)

    assert not acknowledged()
    assert not LogEntry.objects.filter(verb="acknowledge").exists()


def test_its_button_needs_no_sign_in_and_acknowledges_once(link: str, member: Person, deadline: Deadline) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(link)
    token = page.context["csrf_token"]

    first = client.post(link, {"csrfmiddlewaretoken": str(token)})
    again = client.post(link, {"csrfmiddlewaretoken": str(token)})

    assert [first.status_code, again.status_code] == [302, 302]
    assert Reminder.objects.get().acknowledged_by == "link"
    entry = LogEntry.objects.get(verb="acknowledge")
    assert (entry.person, entry.case, entry.object_uid) == (member, deadline.case, deadline.uid)
    assert "Acknowledged:" in client.get(link).text


def test_without_the_token_against_forgery_it_does_not(link: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(link)

    assert answer.status_code == 403
    assert not acknowledged()


def test_the_page_tells_no_more_than_the_message(link: str, client: Client, deadline: Deadline) -> None:
    page = client.get(link).text

    assert deadline.title_en not in page
    assert deadline.case.title_en not in page
    assert deadline.case.reference in page
    assert "Due Fri 16 Oct 2026" in page or "Overdue since Fri 16 Oct 2026" in page


def test_a_link_signs_nobody_in(link: str, client: Client, deadline: Deadline) -> None:
    client.post(link)

    assert client.get(reverse("deadline", args=[deadline.case.reference, deadline.uid])).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_link_changed_in_one_letter_leads_nowhere(link: str, client: Client) -> None:
    path = link.rstrip("/")
    changed = path[:-1] + ("a" if path[-1] != "a" else "b") + "/"

    assert [client.get(changed).status_code, client.post(changed).status_code] == [404, 404]
    assert not acknowledged()


def test_of_one_who_may_no_longer_know_it_leads_nowhere(link: str, client: Client, deadline, member, counsel) -> None:
    access = CaseAccess.objects.get(case=deadline.case, person=member)
    end_access(access=access, by=counsel, at=NINE + timedelta(hours=1))

    assert [client.get(link).status_code, client.post(link).status_code] == [404, 404]
    assert not acknowledged()


def test_of_one_who_has_left_it_leads_nowhere(link: str, client: Client, member: Person) -> None:
    Person.objects.filter(pk=member.pk).update(is_active=False)

    assert client.post(link).status_code == 404


def test_of_a_deadline_that_has_ended_it_says_so(link: str, client: Client, deadline, counsel) -> None:
    waive_deadline(deadline=deadline, reason="withdrawn", by=counsel, at=NINE)

    client.post(link)

    assert not acknowledged()
    assert "there is nothing left to acknowledge" in client.get(link).text


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_the_link_is_in_the_language_of_its_reader(counsel, member, language: str) -> None:
    Person.objects.filter(pk=member.pk).update(language=language)
    member.refresh_from_db()
    a_deadline(a_known_case(counsel, member), counsel, owner=member)
    swept(NINE)

    assert f"http://localhost:8000/{language}/acknowledge/" in mail.outbox[-1].body


def test_what_asks_for_nothing_has_no_link(counsel: Person, member: Person) -> None:
    a_deadline(a_known_case(counsel, member), counsel, owner=member)
    swept(shanghai(2026, 10, 8, 9))  # five working days before

    assert "/acknowledge/" not in mail.outbox[-1].body


def test_on_its_page_one_acknowledges_ones_own(deadline: Deadline, member: Person) -> None:
    page = reverse("deadline", args=[deadline.case.reference, deadline.uid])
    address = reverse("acknowledge_here", args=[Reminder.objects.get().uid])
    assert address in reading(member).get(page).text

    answer = reading(member).post(address)

    assert answer.url == page
    assert Reminder.objects.get().acknowledged_by == "page"
    assert address not in reading(member).get(page).text


def test_on_its_page_nothing_is_said_to_be_done_that_was_not(
    deadline: Deadline, member: Person, counsel: Person
) -> None:
    waive_deadline(deadline=deadline, reason="withdrawn", by=counsel, at=NINE)

    answer = reading(member).post(reverse("acknowledge_here", args=[Reminder.objects.get().uid]), follow=True)

    assert "There was nothing left to acknowledge." in answer.text
    assert not acknowledged()


def test_a_word_that_waits_to_leave_cannot_be_acknowledged(deadline: Deadline, member: Person) -> None:
    Reminder.objects.update(state="unsent", sent_at=None)

    reading(member).post(reverse("acknowledge_here", args=[Reminder.objects.get().uid]))

    assert not acknowledged()


def test_anothers_is_not_there(deadline: Deadline, counsel: Person) -> None:
    address = reverse("acknowledge_here", args=[Reminder.objects.get().uid])

    assert reading(counsel).post(address).status_code == 404
    assert address not in reading(counsel).get(reverse("deadline", args=[deadline.case.reference, deadline.uid])).text
    assert not acknowledged()


def test_a_token_of_another_purpose_is_none(deadline: Deadline, client: Client) -> None:
    from django.core import signing

    forged = signing.dumps(Reminder.objects.get().uid, salt="something else")

    assert forged != token_of(Reminder.objects.get())
    assert client.post(reverse("acknowledge", args=[forged])).status_code == 404
