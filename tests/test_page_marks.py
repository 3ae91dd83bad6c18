"""The protection mark: chosen in the form of an item, changed on its page with a reason, offered as far as one sees."""

from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case, Person
from tests.rooms import EARLIER, an_old_case, main_of, reading
from tests.work import a_task, some_evidence

pytestmark = pytest.mark.django_db
ADVICE = "legal_advice"
FORMS = ("evidence_add", "contact_add", "task_add", "case_tasks")


@pytest.mark.parametrize("form", FORMS)
def test_legal_advice_is_offered_to_those_admitted(form: str, counsel: Person, member: Person) -> None:
    case = an_old_case(counsel, member)
    address = reverse(form, args=[case.reference])

    offered = [main_of(reading(person).get(address)) for person in (counsel, member)]

    assert [f'value="{ADVICE}"' in page for page in offered] == [True, False]
    assert all("What it protects depends on the forum" in page for page in offered)


def test_one_not_admitted_who_sends_it_all_the_same_is_refused(counsel: Person, member: Person) -> None:
    case = an_old_case(counsel, member)
    sent = {"title_en": "Draft", "protection_mark": ADVICE}

    assert reading(member).post(reverse("task_add", args=[case.reference]), sent).status_code == 422
    assert not case.tasks.exists()


def test_a_task_and_an_update_take_the_mark_they_were_given(counsel: Person) -> None:
    case = an_old_case(counsel)
    told = {"update-words": "Not to contest.", "update-language": "en", "update-protection_mark": ADVICE}

    reading(counsel).post(reverse("task_add", args=[case.reference]), {"title_en": "Draft", "protection_mark": ADVICE})
    reading(counsel).post(reverse("update_post", args=[case.reference]), told)

    assert (case.tasks.get().protection_mark, case.updates.get().protection_mark) == (ADVICE, ADVICE)


def the_item(kind: str, case: Case, by: Person) -> Any:
    return {"evidence": some_evidence, "task": a_task}[kind](case, by=by, at=EARLIER)


@pytest.mark.parametrize("kind", ["evidence", "task"])
def test_the_mark_is_changed_on_the_page_with_a_reason(kind: str, counsel: Person, member: Person) -> None:
    case = an_old_case(counsel, member)
    item = the_item(kind, case, counsel)
    address = reverse(f"{kind}_mark", args=[case.reference, item.uid])
    typed = {"mark-mark": ADVICE, "mark-revision": item.revision}

    assert reading(member).post(address, typed).status_code == 403
    assert reading(counsel).post(address, typed).status_code == 422
    assert reading(counsel).post(address, typed | {"mark-reason": "strategy"}).status_code == 302

    item.refresh_from_db()
    assert item.protection_mark == ADVICE
    assert "Legal advice" in main_of(reading(counsel).get(reverse(kind, args=[case.reference, item.uid])))
    assert reading(member).get(reverse(kind, args=[case.reference, item.uid])).status_code == 404
