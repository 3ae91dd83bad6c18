"""The task force on the page of tasks: formed, joined, left, and who may do so."""

from datetime import date

import pytest

from cases.models import Member, TaskForce
from tests.factories import a_case
from tests.pages import let_in, signed_in, text_of
from tests.work import a_task_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel):
    return a_case(by=counsel)


def forming(lead, **fields):
    return {"force-name_zh": "整改专项工作小组", "force-formed_on": "2026-09-21", "force-lead": lead.email} | fields


def test_task_force_without_a_name_is_refused_and_keeps_what_was_typed(case, counsel, member):
    url = f"/en/cases/{case.reference}/task-force/"

    answer = signed_in(counsel).post(url, forming(member, **{"force-name_zh": " "}))

    assert answer.status_code == 422
    assert "Give a name, in English or in Chinese." in text_of(answer)
    assert f'value="{member.email}"' in text_of(answer)
    assert not TaskForce.objects.exists()


def test_task_force_led_by_nobody_we_know_is_refused(case, counsel, member):
    sent = forming(member, **{"force-lead": "nobody@elsewhere.example"})

    answer = signed_in(counsel).post(f"/en/cases/{case.reference}/task-force/", sent)

    assert answer.status_code == 422
    assert "Nobody here has this address." in text_of(answer)


def test_task_force_is_formed_with_its_lead(case, counsel, member):
    client = signed_in(counsel)

    answer = client.post(f"/en/cases/{case.reference}/task-force/", forming(member), follow=True)

    assert "The task force is formed." in text_of(answer)
    assert "整改专项工作小组" in text_of(answer)
    assert Member.objects.get().person == member


def test_second_lead_is_refused_with_the_rule(case, counsel, member, executive):
    force = a_task_force(case, lead=member, by=counsel)
    url = f"/en/cases/{case.reference}/task-force/{force.uid}/members/"
    sent = {"member-person": executive.email, "member-role": "lead", "member-from_on": "2026-09-22"}

    answer = signed_in(counsel).post(url, sent)

    assert answer.status_code == 409
    assert "The task force has a lead. End that membership first." in text_of(answer)


def test_member_is_shown_from_and_until(case, counsel, member, auditor):
    force = a_task_force(case, lead=member, by=counsel)
    url = f"/en/cases/{case.reference}/task-force/{force.uid}/members/"
    client = signed_in(counsel)
    client.post(url, {"member-person": auditor.email, "member-role": "review", "member-from_on": "2026-09-22"})
    seat = Member.objects.get(person=auditor)

    client.post(f"/en/cases/{case.reference}/members/{seat.uid}/end/", {"end-until_on": "2026-09-30"})

    shown = text_of(client.get(f"/en/cases/{case.reference}/tasks/"))
    assert 'until <time datetime="2026-09-30">' in shown
    assert Member.objects.get(person=auditor).until_on == date(2026, 9, 30)


def test_membership_does_not_end_before_it_began(case, counsel, member):
    a_task_force(case, lead=member, by=counsel)
    url = f"/en/cases/{case.reference}/members/{Member.objects.get().uid}/end/"

    answer = signed_in(counsel).post(url, {"end-until_on": "2026-09-01"})

    assert answer.status_code == 409
    assert "A membership cannot end before it began." in text_of(answer)


def test_member_of_another_case_cannot_be_ended_here(case, counsel, member):
    a_task_force(a_case(by=counsel), lead=member, by=counsel)
    url = f"/en/cases/{case.reference}/members/{Member.objects.get().uid}/end/"

    assert signed_in(counsel).post(url, {"end-until_on": "2026-09-30"}).status_code == 404
    assert Member.objects.get().until_on is None


@pytest.mark.parametrize(("role", "status"), [("member", 403), ("executive", 403), ("auditor", 403)])
def test_only_counsel_forms_a_task_force(case, counsel, role, status, request):
    person = request.getfixturevalue(role)
    let_in(case, person, by=counsel)

    answer = signed_in(person).post(f"/en/cases/{case.reference}/task-force/", forming(counsel))

    assert answer.status_code == status
    assert "Counsel" in text_of(answer)
    assert "Form the task force" not in text_of(signed_in(person).get(f"/en/cases/{case.reference}/tasks/"))


def test_outsider_finds_no_such_case(case, outsider, member):
    answer = signed_in(outsider).post(f"/en/cases/{case.reference}/task-force/", forming(member))

    assert answer.status_code == 404


def test_state_is_not_changed_by_reading(case, counsel):
    assert signed_in(counsel).get(f"/en/cases/{case.reference}/task-force/").status_code == 405
