"""Words by the timetable, by API: one's own, asked for, listed and ended; and the acknowledgement of one's own word."""

from datetime import time
from typing import Any

import pytest

from cases.actions.case import end_access
from cases.models import LogEntry, Person
from tests.api_world import AT, as_, the_case, url
from tests.watching import MORNING, a_deadline, a_known_case, swept
from tracker.models import Reminder, Subscription

pytestmark = pytest.mark.django_db
SUBSCRIPTIONS = url("subscriptions/")
DAILY = {"subject": "status", "rhythm": "daily", "at": "17:45"}


def ask(by: Person, **sent: Any) -> Any:
    return as_(by).post(SUBSCRIPTIONS, DAILY | sent)


def test_a_word_is_asked_for_and_listed(counsel: Person) -> None:
    case = the_case(counsel)

    made = ask(counsel, case=case.reference)

    assert made.status_code == 201
    assert made.data["case"]["reference"] == case.reference
    assert (made.data["at"], made.data["rhythm"], made.data["weekday"]) == ("17:45", "daily", None)
    assert as_(counsel).get(SUBSCRIPTIONS).json()["results"] == [made.json()]
    assert LogEntry.objects.get(verb="subscribe").person == counsel


def test_half_past_eight_unless_said(counsel: Person) -> None:
    as_(counsel).post(SUBSCRIPTIONS, {"subject": "week", "rhythm": "weekly", "weekday": 1})

    assert Subscription.objects.get().at == time(8, 30)


@pytest.mark.parametrize(("sent", "field"), [
    ({"at": "24:30"}, "at"), ({"rhythm": "weekly"}, "weekday"), ({"rhythm": "weekly", "weekday": 8}, "weekday"),
    ({"rhythm": "hard_dates"}, "days_before"), ({"rhythm": "hard_dates", "days_before": 31}, "days_before"),
    ({"subject": "day", "rhythm": "hard_dates", "days_before": 1}, "rhythm"), ({"case": "XIA-2025-NOBODY"}, "case"),
    ({"subject": "night"}, "subject"), ({"pigeon": "yes"}, "pigeon"),
])  # fmt: skip
def test_what_is_wrong_is_told_by_its_field(counsel: Person, sent: dict[str, Any], field: str) -> None:
    answer = ask(counsel, **sent)

    assert answer.status_code == 400
    assert list(answer.data["details"]["fields"]) == [field]
    assert not Subscription.objects.exists()


def test_a_case_behind_the_wall_cannot_be_told_from_none(counsel: Person, outsider: Person) -> None:
    hidden = the_case(counsel)

    answers = [ask(outsider, case=reference).data for reference in (hidden.reference, "XIA-2025-NOBODY")]

    assert answers[0] == answers[1]


def test_sent_again_with_its_key_it_is_asked_for_once(counsel: Person) -> None:
    key = {"idempotency-key": "8e03978e-40d5-43e8-bc93-6894a57f9324"}

    first, again = (as_(counsel).post(SUBSCRIPTIONS, DAILY, headers=key) for _ in range(2))

    assert (first.status_code, first.data) == (201, again.data)
    assert again["Idempotent-Replayed"] == "true"
    assert Subscription.objects.count() == 1


def test_what_is_ended_is_listed_no_more_and_ends_once(counsel: Person) -> None:
    uid = ask(counsel).data["uid"]

    answers = [as_(counsel).post(f"{SUBSCRIPTIONS}{uid}/end/") for _ in range(2)]

    assert [(answer.status_code, answer.data["next_at"]) for answer in answers] == [(200, None)] * 2
    assert as_(counsel).get(SUBSCRIPTIONS).data["results"] == []
    assert LogEntry.objects.filter(verb="unsubscribe").count() == 1


def test_anothers_is_neither_listed_nor_ended(counsel: Person, member: Person) -> None:
    uid = ask(counsel).data["uid"]

    assert as_(member).get(SUBSCRIPTIONS).data["results"] == []
    assert as_(member).post(f"{SUBSCRIPTIONS}{uid}/end/").status_code == 404
    assert Subscription.objects.get().ended_at is None


def test_of_a_case_one_may_not_know_of_any_more_nothing_is_told(counsel: Person, member: Person) -> None:
    case = the_case(counsel, member)
    uid = ask(member, case=case.reference).data["uid"]
    end_access(access=case.accesses.get(person=member), by=counsel, at=AT)

    listed, ended = as_(member).get(SUBSCRIPTIONS), as_(member).post(f"{SUBSCRIPTIONS}{uid}/end/")

    assert listed.data["results"] == []
    assert ended.status_code == 404
    assert case.reference not in ended.content.decode()


def test_who_runs_the_system_asks_for_none(administrator: Person) -> None:
    assert ask(administrator).status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_list_asks_the_same_whatever_its_length(counsel: Person, rows: int, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        ask(counsel, case=the_case(counsel).reference)
    client = as_(counsel)

    with django_assert_num_queries(2):
        assert len(client.get(SUBSCRIPTIONS).data["results"]) == rows


# ---- Acknowledging ---------------------------------------------------------------------------------------------------
@pytest.fixture
def word(counsel: Person, member: Person) -> Reminder:
    a_deadline(a_known_case(counsel, member), counsel, owner=member)
    swept(MORNING)
    return Reminder.objects.get()


def acknowledge(by: Person, word: Reminder) -> Any:
    return as_(by).post(url(f"reminders/{word.uid}/acknowledge/"))


def test_ones_own_word_is_acknowledged_once(word: Reminder, member: Person) -> None:
    first, again = acknowledge(member, word), acknowledge(member, word)

    assert first.status_code == 200
    assert first.data["acknowledged_at"] is not None
    assert (again.status_code, again.data["code"]) == (409, "nothing_to_acknowledge")
    assert LogEntry.objects.filter(verb="acknowledge").count() == 1


def test_anothers_word_is_not_there_though_one_knows_of_it(word: Reminder, counsel: Person) -> None:
    assert as_(counsel).get(url(f"reminders/{word.uid}/")).status_code == 200
    assert acknowledge(counsel, word).status_code == 404
    assert Reminder.objects.get().acknowledged_at is None
