"""The four awkward dates as pages: the days marked in the picture, the steps beside it, on desk, phone and paper."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.actions.event import log_event
from cases.models import Case, Deadline, Person
from tests.browsing import PHONE, WIDE, Visit, sideways
from tests.factories import NOW, a_case, a_notice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CELLS = """
    svg => [...svg.querySelectorAll('rect.cell')].map(cell => cell.getAttribute('class'))
"""


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


def told_of_the_hearing(case: Case, by: Person, on: date) -> Deadline:
    log_event(case=case, name="hearing_right_told", occurred_on=on, by=by, at=NOW)
    return Deadline.objects.get(case=case, rule_id="CN-05")


def served(case: Case, by: Person, on: date) -> Deadline:
    a_notice(case=case, by=by, served_on=on, issued_on=on, service_mode="direct")
    return Deadline.objects.get(case=case, rule_id="CN-18")


AWKWARD: dict[str, tuple[Any, date, str, dict[str, str], tuple[str, ...]]] = {
    # name: what starts it, when, the due date, the numbers of some days, what the steps say
    "lunar_new_year": (
        told_of_the_hearing, date(2026, 2, 11), "Wed 25 Feb 2026",
        {"Fri 13 Feb 2026": "2", "Sat 14 Feb 2026": "3", "Sun 15 Feb 2026": "", "Tue 24 Feb 2026": "4",
         "Wed 25 Feb 2026": "5"},
        ("the make-up working days (班): Sat 14 Feb", "Spring Festival (休): 9 calendar days from Sun 15 Feb 2026"),
    ),
    "national_day": (
        told_of_the_hearing, date(2026, 9, 18), "Thu 24 Sep 2026",
        {"Sat 19 Sep 2026": "", "Sun 20 Sep 2026": "1", "Mon 21 Sep 2026": "2", "Thu 24 Sep 2026": "5"},
        ("the make-up working days (班): Sun 20 Sep",),
    ),
    "end_of_august": (
        served, date(2025, 8, 31), "Sat 28 Feb 2026",
        {"Sun 31 Aug 2025": "", "Sat 28 Feb 2026": ""},
        ("6 months to Sun 31 Aug 2025, which gives Sat 28 Feb 2026",
         "Sat 28 Feb 2026, the last day of a month without such a day"),
    ),
    "into_2027": (
        served, date(2026, 8, 31), "Mon 1 Mar 2027",
        {"Mon 31 Aug 2026": "", "Mon 1 Mar 2027": ""},
        ("6 months to Mon 31 Aug 2026, which gives Sun 28 Feb 2027", "from Sun 28 Feb 2027, a day of rest",
         "the holiday arrangement is not yet published"),
    ),
}  # fmt: skip


def rows_of(page: Page) -> dict[str, tuple[str, str]]:
    """The picture's own figures as the table beneath it tells them: day → kind, number."""
    cells = page.locator(".workbox .asrows tbody tr").first
    expect(cells).to_be_attached()
    rows = page.eval_on_selector_all(
        ".workbox .asrows tbody tr", "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    return {day: (kind, number) for day, kind, number in rows}


@pytest.mark.parametrize("name", AWKWARD)
def test_the_page_shows_the_date_its_days_and_its_steps(name: str, visit: Visit, counsel: Person, case: Case) -> None:
    start, on, due, numbers, steps = AWKWARD[name]
    deadline, page = start(case, counsel, on), visit(counsel)

    page.goto(f"/en/cases/{case.reference}/deadlines/{deadline.uid}/")

    found, told = rows_of(page), page.locator(".workbox .why").first.inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert due in page.locator("#due-h").inner_text()
    assert {day: found[day][1] for day in numbers} == numbers
    for step in steps:
        assert step in " ".join(told.split())
    drawn = page.eval_on_selector(".workbox svg.ch", CELLS)
    assert drawn.count("cell dueday") == 1
    assert drawn.count("cell cnt") == max(0, sum(1 for _kind, number in found.values() if number) - 1)


def test_the_make_up_saturday_is_counted_and_marked_in_the_picture(visit: Visit, counsel: Person, case: Case) -> None:
    deadline, page = told_of_the_hearing(case, counsel, date(2026, 2, 11)), visit(counsel)

    page.goto(f"/en/cases/{case.reference}/deadlines/{deadline.uid}/")

    words = page.eval_on_selector_all(".workbox svg.ch text", "found => found.map(each => each.textContent)")
    assert words[words.index("14") :][:3] == ["14", "3", "班"]
    assert rows_of(page)["Sat 14 Feb 2026"] == ("make-up working day", "3")
    assert rows_of(page)["Sun 15 Feb 2026"] == ("public holiday (Spring Festival)", "")


def test_a_date_that_crosses_into_2027_is_marked_provisional(visit: Visit, counsel: Person, case: Case) -> None:
    deadline, page = served(case, counsel, date(2026, 8, 31)), visit(counsel)

    page.goto(f"/en/cases/{case.reference}/deadlines/{deadline.uid}/")

    expect(page.locator(".hd .tag", has_text="Provisional")).to_be_visible()
    expect(page.get_by_text("The holiday arrangement of the year is not yet published.").first).to_be_visible()
    assert rows_of(page)["Fri 26 Feb 2027"][0] == "calendar not published"


@pytest.mark.parametrize("path", ["rulebook/CN-05/?told_on=2026-02-11", "rulebook/holidays/2026/", "rulebook/"])
def test_the_law_fits_desk_phone_and_paper(path: str, visit: Visit, auditor: Person) -> None:
    page = visit(auditor)

    page.goto(f"/en/{path}")

    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        assert sideways(page) == 0
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_working_alone_fits_desk_phone_and_paper(visit: Visit, counsel: Person, case: Case) -> None:
    deadline, page = told_of_the_hearing(case, counsel, date(2026, 2, 11)), visit(counsel)

    page.goto(f"/zh-hans/cases/{case.reference}/deadlines/{deadline.uid}/working/")

    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        assert sideways(page) == 0
    page.emulate_media(media="print")
    expect(page.locator(".court-bar")).to_be_hidden()
    expect(page.locator(".court svg.ch")).to_be_visible()
    assert len(page.pdf()) > 10_000


def test_trying_a_rule_works_from_the_form(visit: Visit, counsel: Person) -> None:
    page = visit(counsel, java_script_enabled=False)

    page.goto("/en/rulebook/CN-05/")
    page.get_by_label("Date told of the right to a hearing").fill("2026-02-11")
    page.get_by_role("button", name="Work it out").click()

    expect(page.locator(".answer h3")).to_contain_text("Wed 25 Feb 2026")
    assert "told_on=2026-02-11" in page.url
