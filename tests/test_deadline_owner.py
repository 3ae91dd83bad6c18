"""A date is given only to one who may know of its case, and of the task it is the date of; refused in their words."""

from datetime import date, timedelta

import pytest

from cases.actions.case import end_access, grant_access, raise_barrier
from cases.actions.deadline import assign_deadline, set_internal_deadline
from cases.actions.marking import NotAdmitted
from cases.models import Case, CaseAccess, Deadline, Person, Role, Task
from tests.api_world import AT, as_, the_case, url
from tests.factories import a_person
from tests.pages import signed_in, text_of
from tests.work import a_task

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 5)


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    made = the_case(counsel)
    grant_access(case=made, person=member, reason="works on it", by=counsel, at=AT)
    return made


@pytest.fixture
def deadline(case: Case, counsel: Person) -> Deadline:
    return set_internal_deadline(case=case, title_en="Ours", due_on=DAY, owner=counsel, by=counsel, at=AT)


SAID = {"en": "has no access to this case", "zh-hans": "无权查阅本案", "zh-hant": "無權查閱本案"}


@pytest.mark.parametrize("why", ["a stranger", "past", "barred", "an administrator"])
def test_the_api_refuses_an_owner_who_may_not_know(
    why: str, case: Case, deadline: Deadline, counsel: Person, member: Person
) -> None:
    if why == "past":
        end_access(access=CaseAccess.objects.get(person=member, case=case), by=counsel, at=AT + timedelta(hours=1))
    if why == "barred":
        raise_barrier(case=case, person=member, reason="a conflict", by=counsel, at=AT)
    strangers = {"a stranger": Role.COUNSEL, "an administrator": Role.ADMINISTRATOR}
    owner = a_person(strangers[why]) if why in strangers else member

    assign = url(f"deadlines/{deadline.uid}/assign/")
    answers = {language: as_(counsel, language).post(assign, {"owner": owner.uid}) for language in SAID}
    sent = {"case": case.reference, "title_en": "New", "due_on": "2027-01-05", "owner": owner.uid}
    new = as_(counsel).post(url("deadlines/"), sent)

    assert {each.data["code"] for each in (new, *answers.values())} == {"may_not_know"}
    assert [language for language, each in answers.items() if SAID[language] not in each.data["message"]] == []
    deadline.refresh_from_db()
    assert (deadline.owner, Deadline.objects.count()) == (counsel, 1)


def test_the_page_offers_no_such_person_and_takes_none(
    case: Case, deadline: Deadline, counsel: Person, member: Person, outsider: Person
) -> None:
    address = f"/en/cases/{case.reference}/deadlines/{deadline.uid}/"
    sent = {"assign-owner": outsider.uid, "assign-revision": deadline.revision}

    page, answer = signed_in(counsel).get(address), signed_in(counsel).post(f"{address}assign/", sent)

    assert (member.uid in text_of(page), outsider.uid in text_of(page), answer.status_code) == (True, False, 422)


def test_who_may_know_is_given_it_and_nobody_too(deadline: Deadline, counsel: Person, member: Person) -> None:
    given = [assign_deadline(deadline=deadline, owner=owner, by=counsel, at=AT).owner for owner in (member, None)]

    assert given == [member, None]


def test_the_date_of_a_task_under_legal_advice_stays_with_those_admitted(
    case: Case, counsel: Person, member: Person
) -> None:
    task: Task = a_task(case, by=counsel, at=AT, assignee=counsel, due_on=DAY, protection_mark="legal_advice")
    assert task.deadline is not None

    with pytest.raises(NotAdmitted):
        assign_deadline(deadline=task.deadline, owner=member, by=counsel, at=AT)
