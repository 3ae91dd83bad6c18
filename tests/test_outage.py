"""Down from Friday evening to Tuesday morning, over a Saturday that China works and Ireland does not.

Friday 9 October 2026, 18:00, to Tuesday the 13th, 08:30, in Shanghai. 1 to 7 October are off, Saturday the 10th is
worked in exchange (State Council, holidays of 2026); 09:00 in Dublin is 16:00 in Shanghai.
"""

from datetime import date, timedelta

import pytest
from django.core import mail

from cases.models import Case, Deadline, Person
from tests.arrangements import an_irish_authority
from tests.factories import NOW, a_person
from tests.test_reminders_addressees import give_access, join
from tests.watching import a_deadline, a_known_case, shanghai, swept
from tracker.models import Reminder, Watch
from tracker.reminders import rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]
DOWN, BACK = shanghai(2026, 10, 9, 18), shanghai(2026, 10, 13, 8, 30)
UP = [shanghai(2026, 10, 8, 9), *(shanghai(2026, 10, 9, hour) for hour in (9, 13, 16, 17, 18))]
AFTER = [BACK, *(shanghai(2026, 10, 13, hour) for hour in (9, 12, 13, 16, 17, 20))]


def a_staffed_case(counsel: Person, owner: Person, **fields) -> Case:
    case = a_known_case(counsel, owner, **fields)
    for role in ("deputy", "lead"):
        join(case, give_access(case, a_person()), role)
    return case


@pytest.fixture
def chinese(counsel: Person, member: Person) -> Case:
    return a_staffed_case(counsel, member)


@pytest.fixture
def irish(counsel: Person, member: Person) -> Case:
    return a_staffed_case(counsel, member, lead_authority=an_irish_authority())


def running(case: Case, day: date) -> Deadline:
    """Watched from Thursday morning to the outage."""
    deadline = a_deadline(case, case.recorded_by, owner=Person.objects.get(email="member@platform.example"), due_on=day)
    swept(NOW)
    for at in UP:
        swept(at)
    mail.outbox.clear()
    return deadline


def said(deadline: Deadline, since) -> list[tuple[str, int, str]]:
    words = Reminder.objects.filter(deadline=deadline, made_at__gte=since).order_by("pk")
    return list(words.values_list("occasion", "rung", "role"))


def late_words() -> list[str]:
    lines = "\n".join(message.body for message in mail.outbox).replace("\N{NO-BREAK SPACE}", " ").splitlines()
    return [line for line in lines if "late by" in line]


@pytest.mark.parametrize(
    ("case_of", "day", "occasion", "late"),
    [
        # Working days before Wednesday the 14th: Tuesday, Monday, and in China Saturday the 10th.
        ("chinese", date(2026, 10, 14), "3wd@2026-10-14", "2 days 23 hours: it was due on Sat 10 Oct 2026 09:00"),
        # The tenth before Friday the 23rd is that Saturday too.
        ("chinese", date(2026, 10, 23), "10wd@2026-10-23", "2 days 23 hours: it was due on Sat 10 Oct 2026 09:00"),
        # Three missed, the working Saturday's among them: the nearest alone.
        (
            "chinese",
            date(2026, 10, 12),
            "morning@2026-10-12",
            "23 hours 30 minutes: it was due on Mon 12 Oct 2026 09:00",
        ),
        ("chinese", date(2026, 10, 13), "1wd@2026-10-13", "23 hours 30 minutes: it was due on Mon 12 Oct 2026 09:00"),
        # Passed on Saturday: two mornings after it were missed, and one word is said.
        (
            "chinese",
            date(2026, 10, 10),
            "overdue:2026-10-12@2026-10-10",
            "23 hours 30 minutes: it was due on Mon 12 Oct 2026 09:00",
        ),
        # The fifth before Monday the 19th; nine in the morning is four in the afternoon in Shanghai.
        ("irish", date(2026, 10, 19), "5wd@2026-10-19", "16 hours 30 minutes: it was due on Mon 12 Oct 2026 09:00"),
    ],
)
def test_one_word_the_nearest_and_by_how_much_it_is_late(request, case_of, day, occasion, late):
    deadline = running(request.getfixturevalue(case_of), day)

    swept(BACK)
    swept(BACK + timedelta(minutes=1))

    assert said(deadline, BACK) == [(occasion, 0, "owner")]
    assert [message.to for message in mail.outbox] == [["member@platform.example"]]
    assert late_words() == [f"This reminder is late by {late}."]


@pytest.mark.parametrize(
    ("case_of", "day"),
    [("chinese", date(2026, 10, 20)), ("chinese", date(2026, 12, 18)), ("irish", date(2026, 12, 18))],
)
def test_where_nothing_was_missed_nothing_is_said(request, case_of, day):
    deadline = running(request.getfixturevalue(case_of), day)

    swept(BACK)

    assert said(deadline, DOWN) == []
    assert mail.outbox == []


def test_what_climbed_before_stays_and_the_next_word_begins_with_the_owner(chinese):
    deadline = running(chinese, date(2026, 10, 10))
    # Said on Friday at 09:00, four hours each: deputy at 13:00, lead at 17:00, lead counsel would have been at 21:00.
    before = said(deadline, shanghai(2026, 10, 9, 9))

    for at in AFTER:
        swept(at)

    assert before == [("1wd@2026-10-10", rung, role) for rung, role in enumerate(("owner", "deputy", "lead"))]
    assert said(deadline, BACK) == [
        ("overdue:2026-10-12@2026-10-10", 0, "owner"),
        ("overdue:2026-10-13@2026-10-10", 0, "owner"),
        ("overdue:2026-10-13@2026-10-10", 1, "deputy"),
        ("overdue:2026-10-13@2026-10-10", 2, "lead"),
    ]


def test_what_had_to_climb_meanwhile_climbs_by_one_rung(irish):
    deadline = running(irish, date(2026, 10, 14))
    # Said on Friday at 16:00, to be acknowledged within a day: the deputy would have been told on Saturday.
    before = said(deadline, shanghai(2026, 10, 9))

    for at in AFTER:
        swept(at)

    assert before == [("3wd@2026-10-14", 0, "owner")]
    assert said(deadline, BACK) == [
        ("3wd@2026-10-14", 1, "deputy"),
        ("1wd@2026-10-14", 0, "owner"),
        ("1wd@2026-10-14", 1, "deputy"),
    ]


def test_all_of_them_at_once_and_the_watch_is_as_if_worked_out_anew(chinese, irish):
    days = [date(2026, 10, day) for day in (10, 12, 13, 14, 19, 23)]
    deadlines = [running(case, day) for case in (chinese, irish) for day in days]

    done = swept(BACK)

    words = Reminder.objects.filter(made_at=BACK)
    assert done.sent == words.count() == words.values("deadline").distinct().count()
    assert rebuild(now=BACK) == 0
    assert Watch.objects.filter(deadline__in=deadlines, next_word_at__lte=BACK).count() == 0
