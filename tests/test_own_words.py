"""A word of no case is its reader's alone, by page and API; a status mail of a case stands behind that case's wall."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cases.actions.case import raise_barrier
from cases.models import Case, LogEntry, Person, Role
from tests.api_world import as_, url
from tests.factories import a_person
from tests.pages import text_of
from tests.rooms import EARLIER, an_old_case, reading
from tracker.models import Reminder

pytestmark = pytest.mark.django_db
OUTBOX = "/en/outbox/"


def a_word(to: Person, case: Case | None = None, **fields: Any) -> Reminder:
    at = EARLIER + timedelta(minutes=Reminder.objects.count())
    told = {
        "kind": "status" if case else "digest", "case": case, "occasion": f"day:{at:%H:%M}", "person": to,
        "address": to.email, "role": "subscriber", "subject": "HIDDEN day", "text": "HIDDEN text", "state": "sent",
        "sent_at": at, **dict.fromkeys(("occasion_at", "made_at", "planned_at", "try_at"), at),
    }  # fmt: skip
    return Reminder.objects.create(**told | fields)


def known_to_many(person: Person, by: Person) -> None:
    """Past the number from which the list is walked."""
    for _ in range(3):
        an_old_case(by, is_open_to_staff=True)


@pytest.fixture(params=["few", "many"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, counsel: Person) -> str:
    """Both ways in which the question is put; only the number that divides them is set down."""
    if request.param == "many":
        monkeypatch.setattr("cases.permissions.FEW", 1)
        known_to_many(counsel, a_person(Role.COUNSEL))
    return request.param


def test_ones_own_is_listed_and_opened(counsel: Person, way: str) -> None:
    word = a_word(counsel)

    listed, opened = reading(counsel).get(OUTBOX), reading(counsel).get(f"{OUTBOX}{word.uid}/")

    assert "HIDDEN day" in text_of(listed)
    assert "to you alone" in text_of(listed)
    assert "HIDDEN text" in text_of(opened)
    assert "of no case: shown to you alone" in text_of(opened)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_ever_sees_it(counsel: Person, way: str, role: str) -> None:
    word, other = a_word(counsel), a_person(role)
    pages, api = reading(other), as_(other)

    answers = [pages.get(OUTBOX), pages.get(f"{OUTBOX}{word.uid}/"), api.get(url("reminders/"))]
    answers.append(api.get(url(f"reminders/{word.uid}/")))

    assert all("HIDDEN" not in answer.content.decode() for answer in answers)
    may_list = role != Role.ADMINISTRATOR
    assert [answer.status_code for answer in answers] == [200 if may_list else 403, 404, 200 if may_list else 403, 404]


def test_a_status_mail_of_a_case_is_seen_by_who_may_know_of_the_case_and_nobody_past_its_barrier(
    counsel: Person, member: Person, auditor: Person, way: str
) -> None:
    case = an_old_case(counsel, member, auditor)
    a_word(member, case)
    raise_barrier(case=case, person=member, reason="conflict", by=counsel, at=EARLIER)

    seen = {person.role: "HIDDEN" in reading(person).get(OUTBOX).text for person in (counsel, auditor, member)}

    assert seen == {"counsel": True, "auditor": True, "member": False}


def test_of_another_kind_there_is_no_deadline_and_maybe_no_case(counsel: Person) -> None:
    word = a_word(counsel)
    mail = a_word(counsel, an_old_case(counsel))

    rows = {row["uid"]: row for row in as_(counsel).get(url("reminders/")).data["results"]}

    own, of_case = rows[word.uid], rows[mail.uid]
    assert (own["kind"], own["case"], own["deadline_uid"], own["deadline_title"], own["due_on"]) == (
        "digest", None, None, None, None,
    )  # fmt: skip
    assert (of_case["kind"], of_case["deadline_uid"]) == ("status", None)
    assert of_case["case"]["reference"] == mail.case.reference


@pytest.mark.parametrize(("asked", "found"), [
    ({"kind": "digest"}, 2), ({"kind": "alarm"}, 0), ({"channel": "desk"}, 1),
    ({"kind": "digest", "channel": "mail"}, 1), ({"state": "failed"}, 0), ({}, 3),
])  # fmt: skip
def test_kind_and_channel_narrow_the_list(counsel: Person, asked: dict[str, str], found: int) -> None:
    a_word(counsel)
    a_word(counsel, channel="desk", address="")
    a_word(counsel, an_old_case(counsel))

    assert len(as_(counsel).get(url("reminders/"), asked).data["results"]) == found
    assert text_of(reading(counsel).get(OUTBOX, asked)).count("HIDDEN day") == found


@pytest.mark.parametrize("name", ["state", "kind", "channel"])
def test_what_is_no_kind_or_channel_is_refused_by_the_api_and_narrows_no_page(counsel: Person, name: str) -> None:
    a_word(counsel)

    assert as_(counsel).get(url("reminders/"), {name: "pigeon"}).status_code == 400
    assert "HIDDEN day" in text_of(reading(counsel).get(OUTBOX, {name: "pigeon"}))


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_list_asks_the_same_whatever_its_length(counsel: Person, rows: int, django_assert_num_queries: Any) -> None:
    case = an_old_case(counsel)
    for number in range(rows):
        a_word(counsel, case if number % 2 else None)
    client = reading(counsel)
    client.get(OUTBOX)

    with django_assert_num_queries(5):
        client.get(OUTBOX)


def test_a_digest_cannot_be_acknowledged(counsel: Person) -> None:
    word = a_word(counsel)

    answers = [
        reading(counsel).post(reverse("acknowledge_here", args=[word.uid])),
        as_(counsel).post(url(f"reminders/{word.uid}/acknowledge/")),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_an_attempt_at_it_stands_in_no_case_s_log(counsel: Person, outsider: Person) -> None:
    word = a_word(counsel)

    reading(outsider).get(f"{OUTBOX}{word.uid}/")

    assert LogEntry.objects.get(verb="refused", person=outsider).case is None
