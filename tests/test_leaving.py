"""A person leaves: what they held ends, what they owned goes to the next in line, and nobody is left unsaid."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from knox.models import AuthToken

from cases.actions.case import grant_access, raise_barrier
from cases.actions.deadline import set_internal_deadline
from cases.actions.leaving import CannotLead, CannotLeave, deactivate, leaderless, name_counsel
from cases.actions.person import make_token, take_leave
from cases.actions.taskforce import add_member, add_shift
from cases.models import Case, Deadline, LogEntry, Person, Role
from tests.factories import NOW, a_case, a_person
from tests.work import FORMED_ON, a_requirement, a_task, a_task_force

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 9, 25, 2, tzinfo=UTC)


@pytest.fixture
def leaver(db: None) -> Person:
    return a_person(Role.COUNSEL, email="leaver@platform.example")


@pytest.fixture
def case(leaver: Person) -> Case:
    return a_case(by=leaver, lead_counsel=leaver)


def leave(person: Person, by: Person, at: datetime = LATER):
    return deactivate(person=person, reason="Leaves the house.", by=by, at=at)


def owners(case: Case) -> list[Person | None]:
    case.refresh_from_db()
    return [case.tasks.get().assignee, case.requirements.get().owner, case.lead_counsel]


def with_work(case: Case, person: Person) -> Case:
    a_task(case, by=person, assignee=person, due_on=date(2026, 10, 9))
    a_requirement(case, by=person, owner=person, due_on=date(2026, 10, 9))
    return case


def test_work_goes_to_the_deputy_and_the_lead_to_counsel(leaver, case, counsel, member, administrator):
    force = a_task_force(case, lead=leaver, by=leaver)
    add_member(task_force=force, person=member, role="deputy", from_on=FORMED_ON, by=leaver, at=NOW)
    grant_access(case=case, person=counsel, reason="second", by=leaver, at=NOW)
    with_work(case, leaver)

    leave(leaver, administrator)

    assert owners(case) == [member, member, counsel]
    assert {row.owner for row in Deadline.objects.running()} == {member}


def test_without_a_deputy_the_lead_of_the_task_force_takes_it(leaver, case, member, administrator):
    a_task_force(case, lead=member, by=leaver)

    leave(leaver, administrator)

    case.refresh_from_db()
    assert case.lead_counsel is None  # a member leads the work, and no case
    assert list(leaderless(at=LATER)) == [case]


def test_without_a_task_force_the_lead_counsel_then_another_counsel(counsel, leaver, member, administrator):
    case = a_case(by=counsel, lead_counsel=counsel)
    grant_access(case=case, person=leaver, reason="helps", by=counsel, at=NOW)
    with_work(case, leaver)

    leave(leaver, administrator)

    assert owners(case) == [counsel, counsel, counsel]


def test_who_is_kept_out_is_passed_over(leaver, case, counsel, administrator):
    second = a_person(Role.COUNSEL)
    for person in (counsel, second):
        grant_access(case=case, person=person, reason="helps", by=leaver, at=NOW)
    raise_barrier(case=case, person=counsel, reason="conflict", by=leaver, at=NOW)
    with_work(case, leaver)

    leave(leaver, administrator)

    assert owners(case) == [second, second, second]


def test_where_nobody_is_left_work_has_no_owner_and_administrators_name_counsel(leaver, case, counsel, administrator):
    with_work(case, leaver)
    never_owned = a_task(case, by=leaver)

    (handed,) = leave(leaver, administrator)

    assert handed.is_flagged
    assert case.tasks.filter(assignee=None).count() == 2
    named = name_counsel(case=leaderless(at=LATER).get(), person=counsel, by=administrator, at=LATER)
    never_owned.refresh_from_db()
    assert (named.lead_counsel, never_owned.assignee) == (counsel, None)
    assert case.tasks.get(assignee=counsel).pk != never_owned.pk
    assert not leaderless(at=LATER).exists()


def test_a_case_somebody_leads_takes_no_other_counsel_by_administrators(counsel, outsider, administrator):
    with pytest.raises(CannotLead, match="Somebody leads"):
        name_counsel(case=a_case(by=counsel), person=outsider, by=administrator, at=NOW)


def test_who_cannot_lead_is_refused_alike_whatever_the_reason(leaver, case, counsel, member, administrator):
    raise_barrier(case=case, person=counsel, reason="conflict", by=leaver, at=NOW)
    leave(leaver, administrator)

    for person in (counsel, member):
        with pytest.raises(CannotLead, match="cannot lead it"):
            name_counsel(case=case, person=person, by=administrator, at=LATER)


def test_everything_they_hold_ends(leaver, case, counsel, administrator):
    force = a_task_force(case, lead=leaver, by=leaver)
    day = timedelta(days=1)
    for days in (0, 30):
        starts_at = LATER + days * day - timedelta(hours=1)
        add_shift(task_force=force, person=leaver, starts_at=starts_at, ends_at=starts_at + day, by=leaver, at=NOW)
    away = take_leave(person=counsel, from_on=date(2026, 10, 9), until_on=date(2026, 10, 10), stand_in=leaver,
                      by=counsel, at=NOW)  # fmt: skip
    make_token(person=leaver, days=9, by=leaver, at=NOW)
    browser = Client()
    browser.force_login(leaver)

    leave(leaver, administrator)

    away.refresh_from_db()
    assert leaver.accesses.get().until_at == LATER
    assert leaver.memberships.get().until_on == date(2026, 9, 25)
    assert [shift.ends_at for shift in leaver.shifts.all()] == [LATER]
    assert away.stand_in is None
    assert not AuthToken.objects.filter(user=leaver).exists()
    assert not Session.objects.exists()
    assert browser.get("/en/").status_code == 302


def test_one_entry_for_the_person_and_one_in_each_case(leaver, case, counsel, administrator):
    with_work(case, leaver)
    a_case(by=leaver, lead_counsel=leaver)
    a_case(by=counsel)
    before = LogEntry.objects.count()

    leave(leaver, administrator)

    entries = list(LogEntry.objects.order_by("pk")[before:])
    assert [(row.verb, row.object_uid, row.person) for row in entries] == [
        ("hand_over", leaver.uid, administrator),
        ("hand_over", leaver.uid, administrator),
        ("deactivate", leaver.uid, administrator),
    ]
    assert {key: entries[0].facts[key] for key in ("tasks", "requirements", "deadlines", "cases", "to")} == {
        "tasks": 1, "requirements": 1, "deadlines": 2, "cases": 1, "to": None,
    }  # fmt: skip


def test_the_watch_is_rung_for_every_running_date(leaver, case, administrator):
    set_internal_deadline(case=case, title_en="Ours", due_on=date(2026, 10, 9), by=leaver, at=NOW)
    Deadline.objects.update(rearm=False)

    leave(leaver, administrator)

    assert Deadline.objects.get().rearm


def test_work_done_stays_whose_it_was(leaver, case, administrator):
    closed = a_task(case, by=leaver, assignee=leaver)
    case.tasks.update(state="closed", closed_at=NOW, closed_by=leaver)

    leave(leaver, administrator)

    closed.refresh_from_db()
    assert (closed.assignee, closed.closed_by) == (leaver, leaver)


def test_nobody_leaves_twice_or_sends_themselves_or_is_the_last_administrator(leaver, administrator):
    leave(leaver, administrator)

    with pytest.raises(CannotLeave, match="already"):
        leave(leaver, administrator)
    with pytest.raises(CannotLeave, match="Nobody deactivates themselves"):
        leave(administrator, administrator)
    with pytest.raises(CannotLeave, match="last administrator"):
        leave(administrator, a_person(Role.COUNSEL))


def test_back_again_they_hold_nothing(leaver, case, administrator):
    leave(leaver, administrator)
    leaver.refresh_from_db()
    leaver.is_active = True
    leaver.save(update_fields=["is_active"])

    assert not leaver.accesses.filter(until_at=None).exists()
    assert not leaver.tasks.exists()
