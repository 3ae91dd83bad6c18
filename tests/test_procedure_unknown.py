"""While it is not known whether a decision was made on the spot, the way that is safe either way leads."""

from datetime import date, datetime

import pytest

from cases.actions.deadline import waive_deadline
from cases.actions.drafts import MeasureDraft
from cases.models import Case, Deadline, Person
from tests.factories import a_case, a_notice
from tracker.status.case import case_overview
from tracker.status.light import next_hard


@pytest.fixture
def case(counsel: Person) -> Case:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, measures=(MeasureDraft(kind="warning"),), served_on=date(2026, 8, 31))
    return case


def led_by(case: Case, person: Person, now: datetime) -> tuple[str, str]:
    return case_overview(case, person, now=now).main_clock.rule_id, next_hard([case.pk], now=now)[case.pk].rule_id


def clock(case: Case, rule: str) -> Deadline:
    return case.deadlines.get(rule_id=rule)


def test_reconsideration_leads(case: Case, counsel: Person, now: datetime) -> None:
    assert clock(case, "CN-18").caution == "procedure_unknown"
    assert led_by(case, counsel, now) == ("CN-12", "CN-12")


def test_a_later_date_that_is_safe_leads_before_the_one_that_is_not(case: Case, counsel: Person, now: datetime) -> None:
    waive_deadline(deadline=clock(case, "CN-12"), reason="not wanted", by=counsel, at=now)
    order = MeasureDraft(kind="order_to_correct", ordered_on=date(2027, 6, 30))
    a_notice(case=case, by=counsel, kind="rectification_order", measures=(order,), issued_on=None)
    clock(case, "CN-22")  # due after the six months of CN-18

    assert led_by(case, counsel, now) == ("CN-22", "CN-22")


def test_alone_it_is_shown_with_its_caution(case: Case, counsel: Person, now: datetime) -> None:
    waive_deadline(deadline=clock(case, "CN-12"), reason="not wanted", by=counsel, at=now)

    assert led_by(case, counsel, now) == ("CN-18", "CN-18")
    assert case_overview(case, counsel, now=now).main_clock.caution == "procedure_unknown"
