"""The main job clicked through, from the notice to the closed case: with the page's script, and without any."""

import re
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import Case, CaseState, Deadline, Outcome, Person, Requirement, RequirementState, Role
from tests.browsing import PHONE, Visit, sideways
from tests.factories import a_party, a_person, an_authority

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SECOND, TITLE = "second@platform.example", "Trending list: order to correct"


@pytest.fixture
def cast(counsel: Person, member: Person, executive: Person) -> dict[str, Person]:
    second = a_person(Role.COUNSEL, email=SECOND, family_en="Chen", given_en="Ping", family_zh="陈", given_zh="平")
    return {"counsel": counsel, "second": second, "member": member, "executive": executive}


def days_ago(days: int) -> str:
    """Pages read the clock themselves, so the story's days are told from it."""
    today: date = timezone.now().astimezone(ZoneInfo("Asia/Shanghai")).date()
    return str(today - timedelta(days=days))


def sign_in(page: Page, person: Person) -> None:
    page.goto("/en/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill("correct horse")
    page.locator("main").get_by_role("button", name="Sign in").click()


def fill(page: Page, form: str = "", **typed: str) -> None:
    """By the fields' own names, `form` before them: the labels of several forms on one page are alike."""
    for name, value in typed.items():
        field = page.locator(f"[name='{form}-{name}']" if form else f"[name='{name}']")
        is_list = field.and_(page.locator("select")).count()
        field.select_option(value) if is_list else field.fill(value)


def press(page: Page, name: str) -> None:
    """The last of the name: before it stands the unseen one that the Enter key presses."""
    page.locator("main").get_by_role("button", name=name, exact=True).last.click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()


def section(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Sections").get_by_role("link", name=name).click()


def says(page: Page, *words: str) -> None:
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def a_file(name: str, words: str) -> Any:
    return {"name": name, "mimeType": "text/plain", "buffer": words.encode()}


# ---- The story, step by step -----------------------------------------------------------------------------------------
def log_the_notice(page: Page) -> None:
    page.get_by_role("link", name="Log a notice").first.click()
    fill(page, "case", title_en=TITLE, party="小红书", may_know=f"{SECOND}\nexecutive@platform.example")
    fill(page, kind="rectification_order", number="网信责改〔2026〕1号", authority="Shanghai CAC")
    fill(page, issued_on=days_ago(12), original_words="责令你单位限期改正。")
    page.locator("[name='contains_state_secret'][value='no']").check()
    fill(page, "measures-0", kind="order_to_correct", period_amount="15", period_unit="working_day")
    fill(page, "demands-0", title_en="Clean the list", clause="清理热搜榜", measure="1")
    press(page, "Check before saving")
    says(page, "Nothing is saved yet.", "service date missing")
    assert not Case.objects.exists()
    press(page, "Save the notice")


def record_the_service(page: Page) -> None:
    says(page, "The notice is logged.", "Service date missing")
    assert not Deadline.objects.filter(due_on__isnull=False).exists()
    fill(page, "service", served_on=days_ago(10), service_mode="direct")
    press(page, "Record the service")
    expect(page.locator("main")).not_to_contain_text("Service date missing")
    order = Deadline.objects.get(kind="ordered")
    page.locator(f"#clocks a[href*='{order.uid}']").first.click()
    says(page, "How this date was worked out", "working day")
    expect(page.locator(".work svg")).to_be_visible()


def form_the_task_force(page: Page, member: Person) -> None:
    section(page, "Tasks")
    page.get_by_text("Form the task force", exact=True).click()
    fill(page, "force", name_en="Rectification", formed_on=days_ago(9), lead="counsel@platform.example")
    press(page, "Form it")
    page.get_by_text("Add a member", exact=True).click()
    fill(page, "member", person=member.email, role="operations", from_on=days_ago(9))
    press(page, "Add the member")
    follow(page, "Add a task")
    fill(page, title_en="Remove the entries", requirement=Requirement.objects.get().uid, assignee=member.uid)
    press(page, "Add the task")
    says(page, "Remove the entries")


def do_the_task(phone: Page) -> None:
    phone.get_by_role("navigation", name="Quick").get_by_role("link", name="tasks").click()
    says(phone, "Remove the entries")
    phone.get_by_text("Say what is new", exact=True).click()
    phone.get_by_label("What is new").fill("Twelve entries are gone.")
    phone.get_by_label("Remove the entries").check()
    press(phone, "Save")
    says(phone, "1 update is posted.", "Proof of what is done")
    assert sideways(phone) == 0
    press(phone, "Close what is proved")
    says(phone, "Choose a file or name evidence of this case.")
    phone.locator("[name$='contains_state_secret'][value='no']").check()
    phone.locator("input[type=file]").set_input_files(a_file("list.txt", "The list after the clean-up"))
    press(phone, "Close what is proved")
    says(phone, "Closed: ", "No task waits for you.")


def mark_the_requirement_done(page: Page) -> None:
    section(page, "Requirements")
    follow(page, "Clean the list")
    says(page, "list.txt")
    press(page, "Mark done")
    says(page, "You marked this done. Somebody else signs it off.")
    expect(page.get_by_role("button", name="Sign off")).to_have_count(0)


def sign_it_off(second: Page) -> None:
    second.get_by_role("navigation", name="Main").get_by_role("link", name=Case.objects.get().reference).click()
    section(second, "Requirements")
    follow(second, "Clean the list")
    press(second, "Sign off")
    says(second, "Signed off by", "Chen Ping")


def file_the_report(page: Page) -> None:
    section(page, "Filings")
    follow(page, "Record the first filing")
    order = Deadline.objects.get(kind="ordered")
    fill(page, kind="rectification_report", deadline=order.uid, sent_on=days_ago(1), sent_time="10:00")
    page.locator("[name='contains_state_secret'][value='no']").check()
    page.locator("[name='document-file']").set_input_files(a_file("report.txt", "What was done"))
    fill(page, receipt_number="收字1号", received_on=days_ago(1))
    press(page, "Record the filing")
    says(page, "收字1号")
    page.locator(f"main a[href*='{order.uid}']").click()
    says(page, "Met")


def close_the_case(page: Page) -> None:
    case_page = re.sub(r"/deadlines/.*", "/", page.url)
    page.goto(case_page)
    follow(page, "Close the case")
    says(page, "What stands in the way")
    expect(page.get_by_role("button", name="Close the case", exact=True)).to_have_count(0)
    waive_the_remedies(page, case_page)
    while (obstacles := page.locator("#obstacles a")).count():
        obstacles.first.click()
        end_the_track(page)
        page.goto(f"{case_page}close/")
    fill(page, "close", reason="The report was accepted.")
    press(page, "Close the case")
    says(page, "The case is closed.")


def waive_the_remedies(page: Page, case_page: str) -> None:
    """The order is not challenged, and the time for it still runs: a remedy lapses only when that is said."""
    for clock in Deadline.objects.filter(outcome=Outcome.RUNNING):
        page.goto(f"{case_page}deadlines/{clock.uid}/")
        page.get_by_text("Let it pass", exact=True).click()
        fill(page, "waive", reason="The order is not challenged.")
        press(page, "Waive the deadline")
        says(page, "The deadline is waived.")
    page.goto(f"{case_page}close/")


def end_the_track(page: Page) -> None:
    """The authority accepts the report; the remedy, whose clocks were waived, lapses."""
    moves = {"Rectification": [("accepted", "authority"), ("done", "authority")], "Remedy": [("lapsed", "party")]}
    for to_state, mover in moves[page.locator("h1").inner_text().split()[0]]:
        fill(page, mover=mover, to_state=to_state, occurred_on=days_ago(0))
        press(page, "Record the step")
        says(page, "The step is recorded.")


# ---- Told twice ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("java_script", [True, False], ids=["with script", "without script"])
def test_from_the_notice_to_the_closed_case(visit: Visit, cast: dict[str, Person], java_script: bool) -> None:
    an_authority()
    a_party()
    page, phone, second, reader = (
        visit(java_script_enabled=java_script, **size) for size in ({}, {"viewport": PHONE}, {}, {})
    )

    sign_in(page, cast["counsel"])
    log_the_notice(page)
    record_the_service(page)
    form_the_task_force(page, cast["member"])
    sign_in(phone, cast["member"])
    do_the_task(phone)
    mark_the_requirement_done(page)
    sign_in(second, cast["second"])
    sign_it_off(second)
    file_the_report(page)
    close_the_case(page)

    case = Case.objects.get()
    assert case.state == CaseState.CLOSED
    assert Requirement.objects.get().state == RequirementState.MET
    assert Deadline.objects.get(kind="ordered").outcome == Outcome.MET
    sign_in(reader, cast["executive"])
    follow(reader, TITLE)
    follow(reader, "Status page")
    expect(reader.locator("h1")).to_contain_text(TITLE)
    expect(reader.locator(".lead")).to_contain_text("Closed")
