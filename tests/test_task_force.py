"""Forming the task force, its members from–to with access to the case, and the rota."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.actions.belonging import CaseClosed, NoTitle
from cases.actions.case import close_unknown, raise_barrier
from cases.actions.taskforce import (
    AlreadyMember,
    LeadTaken,
    MayNotJoin,
    MembershipEnded,
    NotMember,
    ShiftTaken,
    WrongOrder,
    add_member,
    add_shift,
    end_membership,
    form_task_force,
)
from cases.models import CaseAccess, Member, Person, Role, TaskForce
from cases.permissions import cases_visible_to
from tests.factories import NOW, a_case, a_person
from tests.work import FORMED_ON, a_task_force

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 9, 24, 12, 0, tzinfo=UTC)


def knows(person: Person, task_force: TaskForce, at: datetime = NOW) -> bool:
    return cases_visible_to(person, at=at).filter(pk=task_force.case.pk).exists()


def join(task_force: TaskForce, person: Person, *, by: Person, role: str = "operations") -> Member:
    return add_member(task_force=task_force, person=person, role=role, from_on=date(2026, 9, 22), by=by, at=NOW)


def test_forming_seats_the_lead_who_then_knows_of_the_case(counsel: Person, member: Person) -> None:
    task_force = a_task_force(a_case(by=counsel), lead=member, by=counsel)

    seat = task_force.members.get()
    assert (seat.person, seat.role, seat.from_on, seat.until_on) == (member, "lead", FORMED_ON, None)
    assert knows(member, task_force)


def test_a_task_force_has_a_name_and_an_open_case(counsel: Person, member: Person) -> None:
    case = a_case(by=counsel)
    with pytest.raises(NoTitle):
        form_task_force(case=case, name_en=" ", formed_on=FORMED_ON, lead=member, by=counsel, at=NOW)
    close_unknown(case=case, reason="no news for years", by=counsel, at=NOW)
    with pytest.raises(CaseClosed):
        a_task_force(case, lead=member, by=counsel)
    assert not TaskForce.objects.exists()


def test_joining_gives_access_once_and_only_if_it_lacks(counsel: Person, member: Person) -> None:
    task_force = a_task_force(a_case(by=counsel), lead=counsel, by=counsel)
    assert not knows(member, task_force)

    join(task_force, member, by=counsel)
    join(task_force, member, by=counsel, role="review")

    assert knows(member, task_force)
    assert CaseAccess.objects.filter(person=member).count() == 1


def test_joining_a_case_open_to_staff_gives_access_that_outlives_the_opening(counsel: Person, member: Person) -> None:
    task_force = a_task_force(a_case(by=counsel, is_open_to_staff=True), lead=counsel, by=counsel)

    join(task_force, member, by=counsel)

    assert CaseAccess.objects.filter(person=member, case=task_force.case).count() == 1


def test_one_lead_at_a_time_and_a_deputy_beside(counsel: Person, member: Person) -> None:
    task_force = a_task_force(a_case(by=counsel), lead=counsel, by=counsel)

    with pytest.raises(LeadTaken):
        join(task_force, member, by=counsel, role="lead")
    join(task_force, member, by=counsel, role="deputy")
    with pytest.raises(AlreadyMember):
        join(task_force, member, by=counsel, role="deputy")

    end_membership(member=task_force.members.get(role="lead"), until_on=date(2026, 9, 24), by=counsel, at=NOW)
    assert join(task_force, member, by=counsel, role="lead").role == "lead"


def test_who_may_not_know_cannot_join(counsel: Person, member: Person, administrator: Person) -> None:
    task_force = a_task_force(a_case(by=counsel), lead=counsel, by=counsel)
    raise_barrier(case=task_force.case, person=member, reason="held responsible", by=counsel, at=NOW)

    for person in (member, administrator, a_person(Role.MEMBER, is_active=False)):
        with pytest.raises(MayNotJoin):
            join(task_force, person, by=counsel)
    assert not CaseAccess.objects.filter(person=member).exists()


def test_a_membership_begins_after_the_forming_and_ends_once_after_it_began(counsel: Person, member: Person) -> None:
    task_force = a_task_force(a_case(by=counsel), lead=counsel, by=counsel)
    before = date(2026, 9, 20)

    with pytest.raises(WrongOrder):
        add_member(task_force=task_force, person=member, role="review", from_on=before, by=counsel, at=NOW)
    seat = join(task_force, member, by=counsel)
    with pytest.raises(WrongOrder):
        end_membership(member=seat, until_on=date(2026, 9, 21), by=counsel, at=NOW)
    assert end_membership(member=seat, until_on=date(2026, 9, 22), by=counsel, at=NOW).until_on == date(2026, 9, 22)
    with pytest.raises(MembershipEnded):
        end_membership(member=seat, until_on=date(2026, 9, 23), by=counsel, at=NOW)


def test_shifts_hand_over_but_one_person_has_one_at_a_time(counsel: Person, member: Person) -> None:
    task_force = a_task_force(a_case(by=counsel), lead=counsel, by=counsel)
    join(task_force, member, by=counsel)

    def shift(person: Person, start: datetime, hours: int = 8) -> None:
        ends = start + timedelta(hours=hours)
        add_shift(task_force=task_force, person=person, starts_at=start, ends_at=ends, by=counsel, at=NOW)

    shift(member, EVENING)
    shift(counsel, EVENING + timedelta(hours=7))
    shift(member, EVENING + timedelta(hours=8))
    with pytest.raises(ShiftTaken):
        shift(member, EVENING + timedelta(hours=15, minutes=59))
    with pytest.raises(WrongOrder):
        shift(member, EVENING - timedelta(days=1), hours=0)
    assert task_force.rota.count() == 3


def test_only_a_standing_member_is_on_the_rota(counsel: Person, member: Person) -> None:
    task_force = a_task_force(a_case(by=counsel), lead=counsel, by=counsel)
    seat = join(task_force, member, by=counsel)
    end_membership(member=seat, until_on=date(2026, 9, 23), by=counsel, at=NOW)

    with pytest.raises(NotMember):
        add_shift(
            task_force=task_force,
            person=member,
            starts_at=EVENING,
            ends_at=EVENING + timedelta(hours=8),
            by=counsel,
            at=NOW,
        )
