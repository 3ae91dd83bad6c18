"""The administrator's desk: people, one who leaves or is erased, and cases nobody leads, of which nothing is shown."""

import pytest

from cases.actions.leaving import deactivate
from cases.models import Person, Role
from tests.api_world import as_, url
from tests.factories import a_person
from tests.rooms import EARLIER, an_old_case, main_of, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver(db):
    return a_person(Role.COUNSEL, email="leaver@platform.example", family_en="Xanthopoulos", given_en="Quillon",
                    family_zh="軒轅", given_zh="霽月")  # fmt: skip


def test_their_desk_is_the_people(administrator, leaver):
    answer = reading(administrator).get("/en/", follow=True)

    assert answer.redirect_chain == [("/en/people/", 302)]
    assert "Xanthopoulos Quillon" in main_of(answer)


@pytest.mark.parametrize("path", ["", "{uid}/"])
def test_nobody_else_keeps_people(path, counsel, leaver):
    assert reading(counsel).get(f"/en/people/{path.format(uid=leaver.uid)}").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_queries(number, administrator, django_assert_num_queries):
    for _each in range(number):
        a_person()
    reader = reading(administrator)

    with django_assert_num_queries(5):
        reader.get("/en/people/")


def test_a_person_leaves_by_page_with_a_reason(administrator, leaver):
    page = f"/en/people/{leaver.uid}/"

    unsaid = reading(administrator).post(f"{page}deactivate/", {"leave-reason": ""})
    done = reading(administrator).post(f"{page}deactivate/", {"leave-reason": "Leaves."}, follow=True)

    assert (unsaid.status_code, done.status_code) == (422, 200)
    assert "Has left" in main_of(done)
    assert "Erase the names" in main_of(done)
    assert not Person.objects.get(pk=leaver.pk).is_active


def test_oneself_is_refused_in_words(administrator):
    answer = reading(administrator).post(f"/zh-hans/people/{administrator.uid}/deactivate/", {"leave-reason": "离任"})

    assert answer.status_code == 409
    assert "不能停用自己" in main_of(answer)


def test_names_are_erased_by_page(administrator, leaver):
    deactivate(person=leaver, reason="Leaves.", by=administrator, at=EARLIER)
    sent = {"erase-reason": "Asked", "erase-basis": "PIPL art. 47"}

    shown = main_of(reading(administrator).post(f"/en/people/{leaver.uid}/erase/", sent, follow=True))

    assert f"Erased person {leaver.uid[:4].upper()}" in shown
    assert "Xanthopoulos" not in shown


def test_a_case_nobody_leads_is_told_without_a_title_and_given_to_counsel(administrator, leaver, counsel, member):
    case = an_old_case(leaver, lead_counsel=leaver, title_en="Secret matter")
    deactivate(person=leaver, reason="Leaves.", by=administrator, at=EARLIER)
    reader = reading(administrator)

    shown = main_of(reader.get("/en/people/"))
    wrong = reader.post(f"/en/people/{case.uid}/lead/", {f"{case.uid}-person": member.email})
    given = reader.post(f"/en/people/{case.uid}/lead/", {f"{case.uid}-person": counsel.email}, follow=True)

    assert "1 case has nobody to lead it" in shown
    assert "Secret matter" not in shown
    assert case.reference not in shown
    assert (wrong.status_code, given.status_code) == (409, 200)
    assert "nobody to lead" not in main_of(given)
    case.refresh_from_db()
    assert case.lead_counsel == counsel
    assert "Secret matter" in main_of(reading(counsel).get(f"/en/cases/{case.reference}/"))
    assert reader.get(f"/en/cases/{case.reference}/").status_code == 404


def test_a_case_that_somebody_leads_is_not_there(administrator, counsel):
    case = an_old_case(counsel)
    sent = {f"{case.uid}-person": counsel.email}

    answers = [reading(administrator).post(f"/en/people/{uid}/lead/", sent) for uid in (case.uid, "nothing")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_by_the_api_the_administrator_deactivates_and_erases(administrator, leaver, counsel):
    sent = {"reason": "Asked", "basis": "GDPR art. 17"}

    early = as_(administrator).post(url(f"people/{leaver.uid}/erase/"), sent)
    left = as_(administrator).post(url(f"people/{leaver.uid}/deactivate/"), {"reason": "Leaves."})
    other = as_(counsel).post(url(f"people/{leaver.uid}/erase/"), sent)
    gone = as_(administrator).post(url(f"people/{leaver.uid}/erase/"), sent)

    assert (early.status_code, early.data["code"]) == (409, "cannot_erase")
    assert (left.status_code, left.data["is_active"]) == (200, False)
    assert (other.status_code, gone.status_code) == (403, 200)
    assert gone.data["is_shared"] is False
    assert as_(counsel).get(url(f"people/{leaver.uid}/")).data["name_en"].startswith("Erased person")
