"""Words for you, on the Desk: what still asks to be acknowledged, and what came today and goes nowhere else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cases.actions.case import raise_barrier
from cases.models import Case, Deadline, Person
from tests.rooms import EARLIER, an_old_case, main_of, reading
from tests.watching import a_deadline, shanghai
from tracker.models import Reminder
from tracker.status.wishes import own_words

pytestmark = pytest.mark.django_db
DESK = "/en/"
HEADING = "Words for you"
DAY = timedelta(days=1)
AHEAD = datetime(2099, 1, 5, 1, 30, tzinfo=UTC)  # after any clock a test may run by


def a_word(to: Person, **fields: Any) -> Reminder:
    at = fields.pop("at", AHEAD)
    told = {
        "kind": "digest", "channel": "desk", "person": to, "address": "", "role": "subscriber", "occasion": "day",
        "subject": "Casebook: 2 due today", "text": "The day.", "state": "sent", "sent_at": at,
        **dict.fromkeys(("occasion_at", "made_at", "planned_at", "try_at"), at),
    }  # fmt: skip
    return Reminder.objects.create(**told | fields)


def of_a_date(deadline: Deadline, to: Person, **fields: Any) -> Reminder:
    about = {"case": deadline.case, "deadline": deadline, "version": deadline.versions.get(), "kind": "reminder"}
    return a_word(to, **about | {"acknowledge_within": DAY, "role": "owner", "channel": "mail"} | fields)


def words_of(person: Person) -> str:
    """The section alone; empty where there is none."""
    shown = main_of(reading(person).get(DESK))
    return shown.split(f'id="words-h">{HEADING}')[1].split("</section>")[0] if HEADING in shown else ""


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return an_old_case(counsel, member)


@pytest.fixture
def deadline(case: Case, counsel: Person, member: Person) -> Deadline:
    return a_deadline(case, counsel, owner=member, at=EARLIER)


def test_without_any_there_is_no_section(counsel):
    assert words_of(counsel) == ""


@pytest.mark.parametrize("channel", ["mail", "desk"])
def test_what_asks_to_be_acknowledged_is_acknowledged_there(deadline, member, channel):
    word = of_a_date(deadline, member, channel=channel)
    address = reverse("acknowledge_here", args=[word.uid])
    assert f'action="{address}"' in words_of(member)
    assert "Send the plan" in words_of(member)

    reading(member).post(address)

    assert words_of(member) == ""
    word.refresh_from_db()
    assert word.acknowledged_by == "page"


@pytest.mark.parametrize("fields", [
    {"acknowledge_within": None}, {"state": "failed", "sent_at": None}, {"state": "unsent", "sent_at": None},
    {"acknowledged_at": EARLIER, "acknowledged_by": "link"},
])  # fmt: skip
def test_what_asks_for_nothing_or_was_not_said_is_not_shown(deadline, member, fields):
    of_a_date(deadline, member, **fields)

    assert words_of(member) == ""


def test_what_somebody_has_acknowledged_asks_nobody_any_more(deadline, member, counsel):
    of_a_date(deadline, member)
    of_a_date(deadline, counsel, acknowledged_at=EARLIER, acknowledged_by="link")

    assert words_of(member) == ""


def test_of_one_date_said_by_several_channels_and_again_only_the_latest_asks(deadline, member):
    of_a_date(deadline, member, at=EARLIER)
    of_a_date(deadline, member, channel="desk", at=EARLIER + DAY)
    last = of_a_date(deadline, member, occasion="due", at=EARLIER + 2 * DAY)

    assert words_of(member).count("<form") == 1
    assert reverse("acknowledge_here", args=[last.uid]) in words_of(member)


def test_what_ended_or_is_behind_a_wall_asks_nothing(deadline, case, member, counsel):
    of_a_date(deadline, member)
    raise_barrier(case=case, person=member, reason="conflict", by=counsel, at=EARLIER)
    assert words_of(member) == ""

    of_a_date(deadline, counsel, occasion="due")
    Deadline.objects.update(outcome="waived", outcome_at=EARLIER)

    assert words_of(counsel) == ""


def test_anothers_is_not_shown(deadline, member, counsel):
    of_a_date(deadline, member)
    a_word(member)

    assert words_of(counsel) == ""


def test_the_digest_of_today_that_goes_nowhere_else_is_opened_there(member):
    word = a_word(member)
    page = reverse("reminder", args=[word.uid])

    assert f'href="{page}"' in words_of(member)
    assert "Casebook: 2 due today" in words_of(member)
    assert "The day." in main_of(reading(member).get(page))


def test_what_was_mailed_is_not(member):
    a_word(member, channel="mail", address=member.email)

    assert words_of(member) == ""


@pytest.mark.parametrize(("said", "is_shown"), [
    (shanghai(2026, 10, 15, 0), True),
    (shanghai(2026, 10, 15, 8, 30), True),
    (shanghai(2026, 10, 14, 23, 59), False),  # yesterday there
])  # fmt: skip
def test_today_is_that_of_where_the_reader_sits(member, said, is_shown):
    Person.objects.update(zone="Asia/Shanghai")
    member.refresh_from_db()
    a_word(member, at=said)

    assert bool(own_words(member, now=shanghai(2026, 10, 15, 9)).shown) == is_shown


def test_ten_ask_and_no_more(case, counsel, member):
    for number in range(12):
        made = a_deadline(case, counsel, owner=member, at=EARLIER)
        of_a_date(made, member, at=EARLIER + timedelta(minutes=number))

    assert words_of(member).count("<form") == 10


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_desk_asks_the_same_whatever_was_said(case, counsel, member, number, django_assert_num_queries):
    made = a_deadline(case, counsel, owner=member, at=EARLIER)
    for n in range(number):
        of_a_date(made, member, occasion=f"late {n}")
        a_word(member, occasion=f"day {n}")
    reader = reading(member)
    reader.get("/en/account/")

    with django_assert_num_queries(QUERIES):
        reader.get(DESK)


QUERIES = 23
