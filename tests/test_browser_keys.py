"""The keyboard alone: the way past the navigation, the keys that are told, and how they are switched off."""

import pytest
from playwright.sync_api import Page, expect

from cases.models import Person
from tests.browsing import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def desk_of(visit: Visit, person: Person) -> Page:
    page = visit(person)
    page.goto("/en/")
    return page


def test_the_first_tab_leads_past_the_navigation(visit: Visit, counsel: Person) -> None:
    page = desk_of(visit, counsel)

    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_a_slash_goes_to_the_search_and_is_then_a_letter_like_others(visit: Visit, counsel: Person) -> None:
    page = desk_of(visit, counsel)

    page.keyboard.press("/")
    page.keyboard.type("n/?")

    expect(page.locator("[data-search]")).to_be_focused()
    expect(page.locator("[data-search]")).to_have_value("n/?")
    expect(page.locator("[data-keys-help]")).to_be_hidden()


def test_n_opens_the_sheet_of_a_notice(visit: Visit, counsel: Person) -> None:
    page = desk_of(visit, counsel)

    page.keyboard.press("n")

    expect(page).to_have_url("/en/cases/new/notice/")


def test_two_keys_one_after_the_other_lead_to_a_place(visit: Visit, counsel: Person) -> None:
    page = desk_of(visit, counsel)

    page.keyboard.press("g")
    page.keyboard.press("c")

    expect(page).to_have_url("/en/cases/")


def test_the_list_of_keys_opens_and_closes_by_key(visit: Visit, counsel: Person) -> None:
    page = desk_of(visit, counsel)

    page.keyboard.press("?")
    expect(page.locator("[data-keys-help]")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("[data-keys-help]")).to_be_hidden()


def test_keys_switched_off_on_a_device_stay_off(visit: Visit, counsel: Person) -> None:
    page = desk_of(visit, counsel)
    page.keyboard.press("?")
    page.get_by_label("Single keys work on this device").uncheck()
    page.keyboard.press("Escape")

    page.reload()
    for key in ("n", "/", "?"):
        page.keyboard.press(key)

    expect(page).to_have_url("/en/")
    expect(page.locator("[data-search]")).not_to_be_focused()
    expect(page.locator("[data-keys-help]")).to_be_hidden()


def test_keys_switched_off_in_the_account_do_nothing_anywhere(visit: Visit, counsel: Person) -> None:
    counsel.keys_off = True
    counsel.save(update_fields=["keys_off"])
    page = desk_of(visit, counsel)

    for key in ("n", "/", "?"):
        page.keyboard.press(key)

    expect(page).to_have_url("/en/")
    expect(page.locator("[data-search]")).not_to_be_focused()
    expect(page.locator("[data-keys-help]")).to_be_hidden()
