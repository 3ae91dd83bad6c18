"""A penalty decision or an order without a measure is kept, and everybody is told that it started no clock."""

from html import unescape

import pytest
from django.test import Client

from cases.actions.notice import void_notice
from cases.models import Deadline, LogEntry, Notice, Person
from tests.api_world import as_, url
from tests.factories import NOW, a_case, a_notice, a_party, an_authority
from tests.test_api_notices import body
from tests.test_page_log_notice import URL, typed

pytestmark = pytest.mark.django_db
SAID = "No measure was recorded from it, so no clock was started."
WITHOUT = {"measures-0-kind": "", "measures-0-procedure": "unknown"}


@pytest.mark.parametrize("kind", ["penalty_decision", "rectification_order"])
def test_the_api_takes_the_paper_and_says_that_no_clock_was_started(kind: str, counsel: Person) -> None:
    answer = as_(counsel).post(url("notices/"), body(kind=kind, measures=[]))

    assert answer.status_code == 201
    assert [warning.startswith(SAID) for warning in answer.data["warnings"]] == [True]
    assert not Deadline.objects.exists()
    assert LogEntry.objects.get(verb="log_notice").facts["no_measure"] is True


@pytest.mark.parametrize("fields", [{}, {"kind": "summons", "measures": []}])
def test_a_paper_with_its_measures_or_that_imposes_none_brings_no_warning(fields: dict, counsel: Person) -> None:
    assert as_(counsel).post(url("notices/"), body(**fields)).data["warnings"] == []
    assert "no_measure" not in LogEntry.objects.get(verb="log_notice").facts


@pytest.fixture
def desk(client: Client, counsel: Person) -> Client:
    an_authority()
    a_party()
    client.force_login(counsel)
    return client


def test_the_sheet_asks_for_the_measure_before_saving_and_loses_nothing(desk: Client) -> None:
    checked = unescape(desk.post(URL, typed(**WITHOUT)).text)
    saved = unescape(desk.post(URL, typed(**WITHOUT, step="save"), follow=True).text)

    assert "no measure is filled in: no clock will start" in checked
    assert Notice.objects.count() == 1
    assert SAID in saved
    assert "/replace/" in saved


def test_the_sheet_says_nothing_of_it_where_there_is_a_measure(desk: Client) -> None:
    shown = desk.post(URL, typed()).text

    assert "Nothing is saved yet." in shown
    assert "no measure is filled in" not in shown


def test_a_voided_paper_lacks_nothing(client: Client, counsel: Person) -> None:
    notice = a_notice(case=a_case(by=counsel), by=counsel, measures=())
    void_notice(notice=notice, reason="Logged twice", by=counsel, at=NOW)
    client.force_login(counsel)

    assert SAID not in client.get(f"/en/cases/{notice.case.reference}/notices/{notice.uid}/").text
    assert as_(counsel).get(url(f"notices/{notice.uid}/")).data["warnings"] == []
