"""A date in a year the calendar does not hold says so: that is another thing than not yet published."""

from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from cases.law.clocks import Due, reckon
from cases.law.clocks.lines import ask_from
from cases.law.rulebook import book
from cases.models import Person
from tests.api_world import as_, url
from tests.factories import a_case, a_notice

SAID = "the calendar holds no arrangement of the working days of 2021"


def due(capsys: pytest.CaptureFixture[str], on: str) -> str:
    call_command("due", "CN-12", on=on)
    return capsys.readouterr().out


def test_the_command_says_it_in_the_answer_and_in_the_working(capsys: pytest.CaptureFixture[str]) -> None:
    told = due(capsys, "2021-08-02")

    assert f"Provisional: {SAID}" in told
    assert "2021-08-02 to 2021-10-04: the calendar holds no arrangement of the working days of that year;" in told
    assert "not published yet" not in told


def test_a_year_still_to_come_is_only_not_published_yet(capsys: pytest.CaptureFixture[str]) -> None:
    told = due(capsys, "2026-11-02")

    assert "Provisional: the working days of 2027 are not published yet" in told
    assert "holds no arrangement" not in told


@pytest.mark.parametrize(("year", "lacking"), [(2021, True), (2022, True), (2023, False), (2026, False), (2027, False)])
def test_the_calendar_knows_what_it_lacks(year: int, lacking: bool) -> None:
    assert book().calendar("CN").lacks(year) is lacking


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ask", "why"),
    [
        ({"trigger": "2021-08-02"}, "calendar_lacks_year"),
        ({"trigger": "2026-11-02"}, "calendar_unpublished"),
        ({"trigger": "2026-03-02"}, None),
    ],
)
def test_the_api_says_which_of_the_two_it_is(ask: dict[str, str], why: str | None, counsel: Person) -> None:
    answer = as_(counsel).get(url("rules/CN-12/due/"), ask).data

    assert (answer["provisional"], answer.get("provisional_why")) == (why is not None, why)


@pytest.mark.parametrize("stated", ["2021-10-02", "2021-10-02T15:00"])
def test_an_ordered_date_in_such_a_year_says_so_too(stated: str) -> None:
    found = reckoned(stated)

    assert (found.provisional_why, found.lacking_years) == ("calendar_lacks_year", (2021,))


def reckoned(stated: str) -> Due:
    found = reckon(ask_from({"rule": "CN-22", "ordered": stated, "zone": "Asia/Shanghai"}, book()), book=book())
    assert isinstance(found, Due)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The calendar holds no holiday arrangement of that year."),
        ("zh-hans", "日历未收录该年度的节假日安排。"),
        ("zh-hant", "日曆未收錄該年度的節假日安排。"),
    ],
)
def test_the_page_of_the_deadline_says_so(client: Client, counsel: Person, language: str, said: str) -> None:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, issued_on=date(2021, 8, 2), served_on=date(2021, 8, 2), service_mode="direct")
    deadline = case.deadlines.get(rule_id="CN-12")
    client.force_login(counsel)

    shown = client.get(f"/{language}/cases/{case.reference}/deadlines/{deadline.uid}/").text

    assert said in shown
