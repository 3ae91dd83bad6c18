"""A decision on the spot must go to reconsideration first: a direct suit is shown as barred, never as a right."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import translation

from cases.actions import expiry
from cases.actions.drafts import MeasureDraft
from cases.actions.notice import record_service
from cases.law.rulebook import book
from cases.models import Case, Deadline, Event, Person
from tests.factories import a_case, a_notice
from tests.pages import text_of
from tracker.status.board import board
from tracker.status.case import case_overview
from tracker.status.executive import case_status
from tracker.wording import caution_text

SERVED = date(2026, 8, 31)


def a_warning(by: Person, procedure: str, served_on: date | None = SERVED) -> Case:
    case = a_case(by=by)
    warning = MeasureDraft(kind="warning", procedure=procedure)
    a_notice(case=case, by=by, measures=(warning,), issued_on=None, served_on=served_on, service_mode="direct")
    return case


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_warning(counsel, "summary")


def suit(case: Case) -> Deadline:
    return case.deadlines.get(rule_id="CN-18")


def test_the_gate_stands_in_the_law() -> None:
    direct = book().rule("CN-18", SERVED)

    gate = book().gate_to(direct, "on_the_spot_decision_served", SERVED)
    assert gate is not None
    assert (gate.id, "23(1)(1)" in gate.citation_en) == ("CN-11", True)
    assert book().gate_to(direct, "decision_served", SERVED) is None
    assert book().gate_to(direct, "on_the_spot_decision_served", date(2023, 12, 31)) is None


def test_the_direct_suit_is_barred_by_the_gate(case: Case, now: datetime) -> None:
    found = suit(case)

    assert (found.outcome, found.outcome_at, found.caution) == ("barred", now, "reconsideration_first")
    assert found.due_on == date(2027, 3, 1)
    assert case.deadlines.get(rule_id="CN-12").outcome == "running"


def test_it_is_no_right_to_use_and_no_open_window(case: Case, counsel: Person, now: datetime) -> None:
    status = case_status(case, counsel, now=now)

    used = {each.title.en for each in status.decisions if each.code == "use_remedy"}
    assert used == {"Apply for administrative reconsideration"}
    assert [(each.clock.rule_id, each.is_open) for each in status.remedies] == [("CN-12", True), ("CN-18", False)]
    assert {stake.rule_id for stake in status.stakes} == {"CN-12"}
    assert case_overview(case, counsel, now=now).main_clock.rule_id == "CN-12"


def test_the_desk_does_not_offer_it(case: Case, counsel: Person, now: datetime) -> None:
    groups = board(counsel, now=now).groups

    assert {clock.rule_id for clock in (*groups.overdue, *groups.this_week, *groups.later)} == {"CN-12"}


@pytest.mark.parametrize("page", ["deadlines/", "status/", "deadlines/{uid}/"])
def test_the_pages_say_what_must_come_first(case: Case, counsel: Person, client: Client, page: str) -> None:
    client.force_login(counsel)

    shown = text_of(client.get(f"/en/cases/{case.reference}/{page.format(uid=suit(case).uid)}"))

    assert "ARL 23(1)(1)" in shown or "reconsideration comes first" in shown
    assert "Use this right, or leave it to lapse: Sue directly" not in shown


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_the_gate_is_told_in_chinese(language: str) -> None:
    with translation.override(language):
        assert "CN-11" in caution_text("reconsideration_first")
        assert "ARL" not in caution_text("reconsideration_first")


def test_its_end_begins_nothing(case: Case) -> None:
    expiry.sweep(at=datetime.fromisoformat("2027-03-20T00:00:00+00:00"))

    assert suit(case).outcome == "barred"
    assert not Event.objects.filter(name="review_periods_expired").exists()


def test_an_unknown_procedure_keeps_its_caution(counsel: Person) -> None:
    found = suit(a_warning(counsel, "unknown"))

    assert (found.outcome, found.caution) == ("running", "procedure_unknown")


def test_service_before_the_gate_was_law_opens_the_way(counsel: Person, now: datetime) -> None:
    case = a_warning(counsel, "summary", served_on=None)
    assert suit(case).outcome == "barred"

    notice = case.notices.get()
    record_service(notice=notice, served_on=date(2023, 12, 20), mode="direct", by=counsel, at=now)

    assert (suit(case).outcome, suit(case).caution) == ("running", "")
