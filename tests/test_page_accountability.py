"""Persons held responsible: recorded, moved on and voided on a page that is there only for those admitted."""

import pytest
from django.urls import reverse

from cases.actions.case import admit, grant_access
from cases.models import Accountability, Case, CaseAccess, Party, Person
from tests.factories import a_party
from tests.rooms import EARLIER, an_old_case, main_of, reading

pytestmark = pytest.mark.django_db
RECORD = {"record-kind": "warning", "record-state": "proposed", "record-decided_by": "house"}


def page(case: Case) -> str:
    return reverse("case_accountability", args=[case.reference])


def recorded(case: Case, by: Person, **typed: str) -> Accountability:
    sent = RECORD | {f"record-{name}": value for name, value in typed.items()}
    assert reading(by).post(page(case), sent).status_code == 302
    return case.accountability.get()


def test_an_empty_page_says_so(counsel: Person) -> None:
    assert "Nobody was held responsible" in main_of(reading(counsel).get(page(an_old_case(counsel))))


def test_one_of_our_people_is_recorded(counsel: Person, member: Person) -> None:
    row = recorded(an_old_case(counsel, member), counsel, person=member.email)

    assert (row.person, row.party, row.state) == (member, None, "proposed")


def test_another_person_becomes_a_party_of_their_own(counsel: Person) -> None:
    case = an_old_case(counsel)

    row = recorded(case, counsel, name_en="Somebody Responsible", name_zh="某负责人")

    assert row.party == Party.objects.get(kind="natural_person")
    assert "某负责人" in main_of(reading(counsel).get(page(case)))


def test_neither_and_both_are_refused_with_what_was_typed(counsel: Person, member: Person) -> None:
    case = an_old_case(counsel, member)

    neither = reading(counsel).post(page(case), RECORD | {"record-words": "记过"})
    both = reading(counsel).post(page(case), RECORD | {"record-person": member.email, "record-name_en": "Other"})

    assert [answer.status_code for answer in (neither, both)] == [422, 422]
    assert "记过" in main_of(neither)
    assert not case.accountability.exists()


def test_it_moves_on_and_is_voided_with_its_reason(counsel: Person, member: Person) -> None:
    case = an_old_case(counsel, member)
    row = recorded(case, counsel, person=member.email)
    change, void = (reverse(f"accountability_{step}", args=[case.reference, row.uid]) for step in ("change", "void"))
    sent = {f"change-{row.uid}-{name}": value for name, value in (("state", "decided"), ("revision", row.revision))}

    assert reading(counsel).post(change, sent).status_code == 302
    assert reading(counsel).post(void, {f"void-{row.uid}-reason": ""}).status_code == 422
    assert reading(counsel).post(void, {f"void-{row.uid}-reason": "the wrong person"}).status_code == 302

    row.refresh_from_db()
    assert (row.state, row.void_reason) == ("decided", "the wrong person")


def test_it_is_not_there_for_those_not_admitted(counsel: Person, outsider: Person, member: Person) -> None:
    case = an_old_case(counsel, outsider, member)
    row = recorded(case, counsel, person=member.email)
    change = reverse("accountability_change", args=[case.reference, row.uid])

    people = reading(outsider).get(reverse("case_people", args=[case.reference]))

    assert "responsible/" not in people.content.decode()
    assert [reading(outsider).get(page(case)).status_code, reading(outsider).post(change).status_code] == [404, 404]


def test_one_admitted_whose_role_may_not_record_reads_it(counsel: Person, member: Person) -> None:
    case = an_old_case(counsel, member)
    recorded(case, counsel, person=member.email)
    access = CaseAccess.objects.get(case=case, person=member)
    admit(access=access, sees_advice=False, sees_persons=True, reason="reads", by=counsel, at=EARLIER)

    shown = reading(member).get(page(case))

    assert shown.status_code == 200
    assert "Keep the record" not in main_of(shown)
    assert reading(member).post(page(case), RECORD).status_code == 403


# ---- Who sees what ---------------------------------------------------------------------------------------------------
def test_what_somebody_sees_is_given_and_changed_on_the_people_page(counsel: Person, member: Person) -> None:
    case = an_old_case(counsel)
    people = reverse("case_people", args=[case.reference])
    given = {"grant-person": member.email, "grant-reason": "drafts", "grant-sees_advice": "on"}
    reading(counsel).post(reverse("access_grant", args=[case.reference]), given)
    access = CaseAccess.objects.get(case=case, person=member)
    assert (access.sees_advice, access.sees_persons) == (True, False)
    assert "legal advice" in main_of(reading(counsel).get(people))

    address = reverse("access_admit", args=[case.reference, access.uid])
    wanted = {f"admit-{access.uid}-sees_persons": "on", f"admit-{access.uid}-reason": "leads the inquiry"}
    assert reading(counsel).post(address, {f"admit-{access.uid}-sees_persons": "on"}).status_code == 422
    assert reading(counsel).post(address, wanted).status_code == 302

    access.refresh_from_db()
    assert (access.sees_advice, access.sees_persons) == (False, True)


def test_what_the_granter_does_not_see_is_neither_offered_nor_taken(
    counsel: Person, outsider: Person, member: Person
) -> None:
    case = an_old_case(counsel, member)
    seen = {"sees_advice": True, "sees_persons": False}
    grant_access(case=case, person=outsider, reason="second counsel", by=counsel, at=EARLIER, **seen)
    access = CaseAccess.objects.get(case=case, person=member)
    admit(access=access, sees_advice=False, sees_persons=True, reason="reads", by=counsel, at=EARLIER)

    page = main_of(reading(outsider).get(reverse("case_people", args=[case.reference])))
    wanted = {f"admit-{access.uid}-sees_advice": "on", f"admit-{access.uid}-reason": "drafts"}
    answer = reading(outsider).post(reverse("access_admit", args=[case.reference, access.uid]), wanted)

    access.refresh_from_db()
    assert ("grant-sees_advice" in page, "grant-sees_persons" in page, answer.status_code) == (True, False, 302)
    assert (access.sees_advice, access.sees_persons) == (True, True)


def test_a_natural_person_is_named_to_those_admitted(counsel: Person, member: Person) -> None:
    somebody = a_party(kind="natural_person", name_en="Somebody Accused", name_zh="某甲")
    case = an_old_case(counsel, member, party=somebody)
    addresses = [reverse("case", args=[case.reference]), reverse("cases_csv")]

    def named(person: Person) -> list[bool]:
        answers = [reading(person).get(address) for address in addresses]
        bodies = [b"".join(each.streaming_content) if each.streaming else each.content for each in answers]
        return [b"Somebody Accused" in body and b"A natural person" not in body for body in bodies]

    assert (named(counsel), named(member)) == ([True, True], [False, False])
