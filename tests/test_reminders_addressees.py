"""Whom a word goes to: the owner, else up the ladder; whoever is here and may know of the case. Never nobody."""

from datetime import date

import pytest
from django.core import mail

from cases.models import Case, CaseAccess, Deadline, Leave, Member, Person, Role, TaskForce
from tests.factories import NOW, a_case, a_person
from tests.watching import MORNING, a_deadline, a_known_case, swept, told
from tracker.models import Reminder

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]


def give_access(case: Case, person: Person) -> Person:
    CaseAccess.objects.create(case=case, person=person, from_at=NOW, reason="works on it", granted_by=case.recorded_by)
    return person


def join(case: Case, person: Person, role: str, until_on: date | None = None) -> None:
    common = {"recorded_at": NOW, "recorded_by": case.recorded_by}
    force = case.task_forces.first() or TaskForce.objects.create(
        case=case, name_en="Task force", formed_on=date(2026, 9, 1), **common
    )
    Member.objects.create(task_force=force, person=person, role=role, from_on=date(2026, 9, 1), until_on=until_on)


def leave(person: Person, stand_in: Person | None = None, from_on=date(2026, 10, 12), until_on=date(2026, 10, 16)):
    Leave.objects.create(person=person, from_on=from_on, until_on=until_on, stand_in=stand_in)


def gone(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    return person


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return a_known_case(counsel, member)


def test_the_owner_alone_is_told(case, counsel, member):
    join(case, give_access(case, a_person()), "lead")
    a_deadline(case, counsel, owner=member)

    swept(MORNING)

    assert told() == [member.email]


@pytest.mark.parametrize(("roles", "expected"), [(["deputy", "lead"], 0), (["lead"], 0), (["product", "lead"], 1)])
def test_without_an_owner_deputy_then_lead(case, counsel, roles, expected):
    people = [give_access(case, a_person()) for _ in roles]
    for person, role in zip(people, roles, strict=True):
        join(case, person, role)
    a_deadline(case, counsel)

    swept(MORNING)

    assert told() == [people[expected].email]


def test_a_lead_whose_time_has_ended_is_not_told(case, counsel):
    join(case, give_access(case, a_person()), "lead", until_on=date(2026, 10, 14))
    a_deadline(case, counsel)

    swept(MORNING)

    assert told() == [counsel.email]


def test_an_owner_who_left_is_no_dead_end(case, counsel, member):
    a_deadline(case, counsel, owner=gone(member))

    swept(MORNING)

    assert told() == [counsel.email]
    assert Reminder.objects.latest("pk").role == "lead_counsel"


def test_leave_goes_to_the_stand_in_and_says_for_whom(case, counsel, member):
    bob = give_access(case, a_person())
    leave(member, stand_in=bob)
    a_deadline(case, counsel, owner=member)

    swept(MORNING)

    assert told() == [bob.email]
    assert Reminder.objects.get(person=bob).instead_of == member


def test_a_stand_in_who_may_not_know_of_the_case_is_passed_over(case, counsel, member):
    leave(member, stand_in=a_person())
    a_deadline(case, counsel, owner=member)

    swept(MORNING)

    assert told() == [counsel.email]


def test_leave_begins_with_the_day_in_the_persons_zone(case, counsel, member):
    """09:00 of the 15th in Shanghai is the 14th in Los Angeles."""
    Person.objects.filter(pk=member.pk).update(zone="America/Los_Angeles")
    leave(member, from_on=date(2026, 10, 15), stand_in=give_access(case, a_person()))
    a_deadline(case, counsel, owner=member)

    swept(MORNING)

    assert told() == [member.email]


def test_two_who_stand_in_for_each_other_do_not_go_in_circles(case, counsel, member):
    bob = give_access(case, a_person())
    leave(member, stand_in=bob)
    leave(bob, stand_in=member)
    a_deadline(case, counsel, owner=member)

    swept(MORNING)

    assert told() == [counsel.email]


def test_nobody_in_any_role_every_counsel_with_access_is_told(counsel, outsider):
    case = a_case(by=counsel)
    Case.objects.filter(pk=case.pk).update(lead_counsel=None)
    second = give_access(case, a_person(Role.COUNSEL))
    a_deadline(case, counsel)

    swept(MORNING)

    assert sorted(told()) == sorted([counsel.email, second.email])
    assert outsider.email not in told()


def test_counsel_who_are_here_are_told_before_an_owner_who_is_away(counsel, member):
    case = a_known_case(counsel, member)
    Case.objects.filter(pk=case.pk).update(lead_counsel=None)
    leave(member)
    a_deadline(case, counsel, owner=member)

    swept(MORNING)

    assert told() == [counsel.email]


def test_somebody_away_is_better_than_nobody(case, counsel, member):
    for person in (counsel, member):
        leave(person)
    a_deadline(case, counsel, owner=member)

    swept(MORNING)

    assert told() == [member.email]


def test_with_nobody_left_an_administrator_is_told_but_nothing_of_the_case(case, counsel, member, administrator):
    deadline = a_deadline(case, counsel, owner=member)
    for person in (counsel, member):
        gone(person)

    swept(MORNING)

    message = mail.outbox[-1]
    assert told() == [administrator.email]
    for text in (message.subject, message.body, message.alternatives[0].content):
        assert case.reference in text
        assert "Send the plan" not in text
        assert case.title_en not in text
        assert deadline.uid not in text


def test_an_administrator_told_in_vain_is_replaced_once_counsel_is_back(case, counsel, member, administrator):
    from tracker.reminders.arming import arm_all
    from tracker.reminders.making import make_due

    a_deadline(case, counsel, owner=gone(member))
    gone(counsel)
    arm_all(now=MORNING)
    make_due(now=MORNING)
    Person.objects.filter(pk=counsel.pk).update(is_active=True)

    swept(MORNING)

    assert told() == [counsel.email]


def test_a_case_open_to_staff_needs_no_access(counsel):
    reader = a_person()
    a_deadline(a_case(by=counsel, is_open_to_staff=True), counsel, owner=reader)

    swept(MORNING)

    assert told() == [reader.email]


def test_quiet_hours_put_a_word_off_and_do_not_make_it_late(case, counsel, member):
    Person.objects.filter(pk=member.pk).update(zone="America/Los_Angeles", quiet_from="18:00", quiet_until="20:00")
    a_deadline(case, counsel, owner=member)
    swept(NOW)

    swept(MORNING)  # 18:00 in Los Angeles
    before = told()
    later = Reminder.objects.latest("pk").try_at
    swept(later)

    assert (before, told()) == ([], [member.email])
    assert later == MORNING.replace(hour=3)
    assert "late" not in mail.outbox[0].body


def test_the_seats_of_many_deadlines_take_the_statements_of_one(counsel, member, django_assert_num_queries):
    from tracker.reminders.telling import Seats

    for _ in range(3):
        case = a_known_case(counsel, member)
        join(case, member, "lead")
        a_deadline(case, counsel, owner=member)
    deadlines = list(Deadline.objects.select_related("case"))

    for some in (deadlines[:1], deadlines):
        with django_assert_num_queries(8):
            seats = Seats(some, now=MORNING)
            for deadline in some:
                seats.addressees(deadline)
