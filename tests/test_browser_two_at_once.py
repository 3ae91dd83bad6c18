"""Two browsers over one requirement: the second sees both versions, also on a telephone and in Chinese; a double click
makes one."""

import pytest
from playwright.sync_api import expect

from cases.models import Case, Person, Requirement, Task
from tests.browsing import PHONE, Visit, sideways
from tests.rooms import EARLIER, an_old_case
from tests.work import a_requirement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def requirement(counsel: Person, administrator: Person) -> Requirement:
    administrator.role = "counsel"
    administrator.save(update_fields=["role"])
    case = an_old_case(counsel, administrator)
    return a_requirement(case, by=counsel, at=EARLIER, title_en="Review the list", acceptance_test="A sample")


def path(requirement: Requirement, language: str = "en") -> str:
    return f"/{language}/cases/{requirement.case.reference}/requirements/{requirement.uid}/change/"


def test_the_second_sees_both_versions_and_saves_what_was_decided(
    visit: Visit, requirement: Requirement, counsel: Person, administrator: Person
) -> None:
    hers, mine = visit(administrator), visit(counsel)
    for page in (hers, mine):
        page.goto(path(requirement))
    hers.locator("[name='title_en']").fill("Review the list by the hour")
    hers.locator("[name='acceptance_test']").fill("A count")
    hers.get_by_role("button", name="Save the changes").click()
    mine.locator("[name='title_en']").fill("Review the list daily")
    mine.get_by_role("button", name="Save the changes").click()

    expect(mine.get_by_role("alert")).to_contain_text("Somebody else has changed this since you opened it.")
    row = mine.locator("#versions").get_by_role("row", name="Title in English")
    expect(row.get_by_role("cell").nth(0)).to_have_text("Review the list by the hour")
    expect(row.get_by_role("cell").nth(1)).to_have_text("Review the list daily")
    expect(row).to_contain_text("Differs: decide")
    expect(mine.locator("[name='title_en']")).to_have_value("Review the list daily")
    expect(mine.locator("[name='acceptance_test']")).to_have_value("A count")
    mine.get_by_role("button", name="Save the changes").click()

    expect(mine.get_by_text("The requirement is changed.")).to_be_visible()
    requirement.refresh_from_db()
    assert (requirement.title_en, requirement.acceptance_test, requirement.revision) == (
        "Review the list daily", "A count", 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Differs: decide"), ("zh-hans", "不一致：请决定"), ("zh-hant", "不一致：請決定")],
)
def test_both_versions_are_shown_without_scripts(
    language: str, words: str, visit: Visit, requirement: Requirement, counsel: Person
) -> None:
    page = visit(counsel, viewport=PHONE, java_script_enabled=False)
    page.goto(path(requirement, language))
    Requirement.objects.filter(pk=requirement.pk).update(title_en="Unbroken" * 30, revision=2)
    page.locator("[name='title_en']").fill("Mine" * 60)
    page.locator("main form .formbtns button").click()

    expect(page.locator("#versions")).to_contain_text(words)
    expect(page.locator("[name='title_en']")).to_have_value("Mine" * 60)


def test_both_versions_do_not_push_a_telephone_sideways(
    visit: Visit, requirement: Requirement, counsel: Person
) -> None:
    page = visit(counsel, viewport=PHONE)
    page.goto(path(requirement))
    Requirement.objects.filter(pk=requirement.pk).update(title_en="Unbroken" * 30, revision=2)
    page.locator("[name='title_en']").fill("Mine" * 60)
    page.get_by_role("button", name="Save the changes").click()

    expect(page.locator("#versions")).to_contain_text("UnbrokenUnbroken")
    assert sideways(page) == 0


def test_a_double_click_adds_one_task(visit: Visit, requirement: Requirement, counsel: Person) -> None:
    case: Case = requirement.case
    page = visit(counsel)
    page.goto(f"/en/cases/{case.reference}/tasks/new/")
    page.locator("[name='title_en']").fill("Take it down")
    page.get_by_role("button", name="Add the task").dblclick()

    expect(page.locator("main")).to_contain_text("Take it down")
    assert Task.objects.count() == 1
