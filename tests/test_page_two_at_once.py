"""Two people at once on the pages: who saves second sees both versions, loses nothing typed, and decides."""

import re
from datetime import date
from typing import Any

import pytest

from cases.actions.case import change_case
from cases.actions.deadline import assign_deadline, override_deadline, set_internal_deadline
from cases.actions.notice import record_service
from cases.actions.requirement import change_requirement
from cases.actions.task import assign_task
from cases.models import Case, Person, Requirement
from tests.pages import signed_in, text_of
from tests.rooms import EARLIER, an_old_case, an_old_notice
from tests.work import a_requirement, a_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return an_old_case(counsel, member)


@pytest.fixture
def requirement(case: Case, counsel: Person) -> Requirement:
    return a_requirement(case, by=counsel, at=EARLIER, title_en="Review", acceptance_test="A sample")


def opened(by: Person, path: str) -> dict[str, str]:
    """Every field as the browser would send the form back untouched."""
    page = signed_in(by).get(path).content.decode()
    page = page.split("<main", 1)[-1]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and not ('type="checkbox"' in tag and "checked" not in tag):
            sent[name[1]] = value[1] if value else "on" if 'type="checkbox"' in tag else ""
    for name, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', inner)
        sent[name] = chosen[1] if chosen else ""
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        sent[name] = inner.lstrip("\n")
    return sent


def rows(answer: Any) -> dict[str, tuple[str, str, str]]:
    """Field → what stands, what was typed, the mark."""
    return {each.label: (each.now, each.typed, each.mark) for each in answer.context["form"].versions.sides}


def url(requirement: Requirement) -> str:
    return f"/en/cases/{requirement.case.reference}/requirements/{requirement.uid}/change/"


def theirs(requirement: Requirement, by: Person, **fields: Any) -> None:
    change_requirement(requirement=requirement, fields=fields, by=by, at=EARLIER)


def test_who_saves_second_sees_both_and_keeps_what_was_typed(requirement: Requirement, counsel: Person) -> None:
    mine = opened(counsel, url(requirement)) | {"title_en": "Review twice"}
    theirs(requirement, counsel, title_en="Review hourly")

    answer = signed_in(counsel).post(url(requirement), mine)

    assert answer.status_code == 409
    assert rows(answer) == {"Title in English": ("Review hourly", "Review twice", "both")}
    text = text_of(answer)
    told = ("Fang Lei", "changed the requirement", "2025-01-06T", "Differs: decide", 'value="Review twice"')
    assert [words for words in told if words not in text] == []
    requirement.refresh_from_db()
    assert requirement.title_en == "Review hourly"


def test_saving_again_is_a_decision(requirement: Requirement, counsel: Person) -> None:
    mine = opened(counsel, url(requirement)) | {"title_en": "Review twice"}
    theirs(requirement, counsel, title_en="Review hourly")
    refused = signed_in(counsel).post(url(requirement), mine)

    again = signed_in(counsel).post(url(requirement), mine | {"revision": refused.context["form"]["revision"].value()})

    requirement.refresh_from_db()
    assert (again.status_code, requirement.title_en, requirement.revision) == (302, "Review twice", 3)


def test_a_field_only_the_other_changed_is_not_put_back_by_saving_again(
    requirement: Requirement, counsel: Person, member: Person
) -> None:
    mine = opened(counsel, url(requirement)) | {"title_en": "Review twice"}
    theirs(requirement, counsel, owner=member, acceptance_test="A count")

    form = signed_in(counsel).post(url(requirement), mine).context["form"]

    assert {side.label: side.mark for side in form.versions.sides} == {
        "Title in English": "mine", "How it is tested": "theirs", "Owner": "theirs",
    }  # fmt: skip
    assert (form["title_en"].value(), form["acceptance_test"].value(), form["owner"].value()) == (
        "Review twice", "A count", member.uid,
    )  # fmt: skip


def test_the_form_that_came_back_notices_a_third(requirement: Requirement, counsel: Person, member: Person) -> None:
    mine = opened(counsel, url(requirement)) | {"title_en": "Review twice"}
    theirs(requirement, counsel, acceptance_test="A count")
    form = signed_in(counsel).post(url(requirement), mine).context["form"]
    theirs(requirement, counsel, acceptance_test="A look")

    answer = signed_in(counsel).post(url(requirement), form.data.dict())

    assert rows(answer)["How it is tested"] == ("A look", "A count", "theirs")


def test_a_form_without_what_it_was_opened_with_is_compared_all_the_same(
    requirement: Requirement, counsel: Person
) -> None:
    typed = {"title_en": "Mine", "clause_language": "en", "revision": "1", "clause": requirement.clause}
    theirs(requirement, counsel, acceptance_test="A count")

    answer = signed_in(counsel).post(url(requirement), typed)

    assert rows(answer)["How it is tested"] == ("A count", "empty", "both")
    assert "Clause, verbatim" not in rows(answer)


def test_the_same_change_by_both_is_no_difference(requirement: Requirement, counsel: Person) -> None:
    mine = opened(counsel, url(requirement)) | {"title_en": "Review twice"}
    theirs(requirement, counsel, title_en="Review twice")

    answer = signed_in(counsel).post(url(requirement), mine)

    assert (answer.status_code, rows(answer)) == (409, {})
    assert "Both versions say the same." in text_of(answer)


def test_the_facts_of_a_case_are_laid_side_by_side(case: Case, counsel: Person, member: Person) -> None:
    path = f"/en/cases/{case.reference}/change/"
    mine = opened(counsel, path) | {"title_en": "Mine", "is_open_to_staff": "on"}
    fields = {"title_en": "Hers", "lead_counsel": member, "protection_mark": "confidential"}
    change_case(case=case, fields=fields, by=member, at=EARLIER)

    answer = signed_in(counsel).post(path, mine)

    told = rows(answer)
    assert told["Title in English"] == ("Hers", "Mine", "both")
    assert told["Open to staff"] == ("no", "yes", "mine")
    assert told["Lead counsel"][2] == told["Protection mark"][2] == "theirs"
    assert answer.context["form"]["lead_counsel"].value() == member.uid


def test_a_task_given_away_meanwhile_is_laid_side_by_side(case: Case, counsel: Person, member: Person) -> None:
    task = a_task(case, by=counsel, at=EARLIER)
    path = f"/en/cases/{case.reference}/tasks/{task.uid}/"
    mine = opened(counsel, path) | {"assign-assignee": counsel.uid}
    assign_task(task=task, assignee=member, by=member, at=EARLIER)

    answer = signed_in(counsel).post(f"{path}assign/", mine)

    assert answer.status_code == 409
    assert rows(answer)["Who does it"][1:] == ("Fang Lei 方蕾", "both")


def test_a_date_and_its_owner_are_laid_side_by_side(case: Case, counsel: Person, member: Person) -> None:
    deadline = set_internal_deadline(case=case, title_en="Ours", due_on=date(2026, 10, 9), by=counsel, at=EARLIER)
    path = f"/en/cases/{case.reference}/deadlines/{deadline.uid}/"
    mine = opened(counsel, path) | {"override-due_on": "2027-02-01", "override-reason": "Agreed"}
    mine |= {"assign-owner": counsel.uid}
    override_deadline(deadline=deadline, due_on=date(2026, 10, 9), reason="x", by=member, at=EARLIER)
    assign_deadline(deadline=deadline, owner=member, by=member, at=EARLIER)

    dated, owner = (signed_in(counsel).post(f"{path}{step}/", mine) for step in ("override", "assign"))

    assert (dated.status_code, rows(dated)["The date to work to"][2]) == (409, "both")
    assert (owner.status_code, rows(owner)["Owner"][1:]) == (409, ("Fang Lei 方蕾", "both"))
    assert "Agreed" in text_of(dated)


def test_a_service_and_an_event_corrected_by_both_are_laid_side_by_side(case: Case, counsel: Person) -> None:
    notice = an_old_notice(case, counsel)
    event = notice.events.order_by("pk").first()
    pages = [f"/en/cases/{case.reference}/notices/{notice.uid}/", f"/en/cases/{case.reference}/events/{event.uid}/"]
    mine = [
        opened(counsel, pages[0]) | {"service-served_on": "2025-01-04", "service-service_mode": "mail"},
        opened(counsel, pages[1]) | {"correct-occurred_on": "2025-01-04", "correct-reason": "The receipt"},
    ]
    record_service(notice=notice, served_on=date(2025, 1, 5), mode="direct", by=counsel, at=EARLIER)

    service, correction = (
        signed_in(counsel).post(f"{page}{step}/", sent)
        for page, step, sent in zip(pages, ("service", "correct"), mine, strict=True)
    )

    assert (service.status_code, rows(service)["Served on"][2]) == (409, "both")
    assert rows(service)["How it was served"] == ("Direct, signed receipt", "By mail, date of receipt", "both")
    assert (correction.status_code, rows(correction)["On"][2]) == (409, "both")
    assert "The receipt" in text_of(correction)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "不一致：请决定"), ("zh-hant", "不一致：請決定")])
def test_it_is_told_in_the_language_of_the_reader(
    language: str, words: str, requirement: Requirement, counsel: Person
) -> None:
    mine = opened(counsel, url(requirement)) | {"title_en": "Review twice"}
    theirs(requirement, counsel, title_en="Review hourly")

    assert words in text_of(signed_in(counsel).post(url(requirement).replace("/en/", f"/{language}/"), mine))
