"""A form with mistakes, as a person at the keyboard meets it: what is wrong is read first, nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case, Person
from tests.browsing import Visit
from tests.factories import a_case, a_party, an_authority

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sheet_with_mistakes(page: Page) -> None:
    """No kind, an authority nobody knows, an hour without its day; everything else is sound."""
    page.goto("/en/cases/new/notice/")
    for name, value in (
        ("case-title_zh", "热搜榜整改"), ("case-party", "小红书"), ("number", "网信责改〔2026〕1号"),
        ("authority", "Shanghai CAD"), ("issued_on", "2026-08-10"), ("served_time", "09:30"),
    ):  # fmt: skip
        page.locator(f"[name='{name}']").fill(value)
    page.locator("[name='measures-0-kind']").select_option("warning")
    page.locator("[name='contains_state_secret'][value='no']").check()
    page.locator("[name='document']").set_input_files(
        {"name": "order.txt", "mimeType": "text/plain", "buffer": "责令改正".encode()}
    )
    page.locator(".formbtns").get_by_role("button", name="Check before saving").click()


def test_mistakes_are_told_first_with_the_way_to_each(visit: Visit, counsel: Person) -> None:
    an_authority()
    a_party()
    page = visit(counsel)
    sheet_with_mistakes(page)

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Log a notice · Casebook")
    expect(summary.get_by_role("link")).to_have_count(3)
    summary.get_by_role("link", name="Issuing authority").click()

    expect(page.locator("[name='authority']")).to_be_focused()
    expect(page.locator("[name='authority']")).to_have_accessible_description(re.compile("No authority of this name"))
    expect(page.locator("[name='authority']")).to_have_attribute("aria-invalid", "true")


def test_nothing_typed_or_chosen_is_lost_by_a_mistake(visit: Visit, counsel: Person) -> None:
    an_authority()
    a_party()
    page = visit(counsel)
    sheet_with_mistakes(page)

    expect(page.locator("[name='number']")).to_have_value("网信责改〔2026〕1号")
    expect(page.locator("[name='authority']")).to_have_value("Shanghai CAD")
    expect(page.locator("[name='measures-0-kind']")).to_have_value("warning")
    expect(page.locator("main")).to_contain_text("order.txt")
    assert not Case.objects.exists()


def test_refused_update_keeps_what_was_said(visit: Visit, counsel: Person) -> None:
    case = a_case(by=counsel)
    page = visit(counsel)
    page.goto(f"/en/cases/{case.reference}/tasks/")

    page.locator("[name='update-blocker']").fill("The vendor does not answer.")
    page.get_by_role("button", name="Post the update").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("[name='update-blocker']")).to_have_value("The vendor does not answer.")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("[name='update-words']")).to_be_focused()
