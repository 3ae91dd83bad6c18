"""What a notice would start is what it then starts, and asking leaves nothing behind."""

from datetime import UTC, date, datetime

import pytest

from cases.actions.demands import ServedBeforeIssued
from cases.actions.drafts import CaseDraft, MeasureDraft
from cases.actions.event import log_event
from cases.actions.notice import log_notice
from cases.actions.rehearsal import clocks_of, what_if
from cases.models import Authority, Case, Deadline, Event, LogEntry, Measure, Notice, Party, Person
from tests.factories import NOW, a_case, a_notice, new_notice

WARNING = MeasureDraft(kind="warning", procedure="ordinary")
FINE = MeasureDraft(kind="fine", procedure="ordinary", amount=100_000, currency="CNY")
ORDER = MeasureDraft(kind="order_to_correct", period_amount=15, period_unit="day")


def told(versions) -> set[tuple[str, date | None, tuple[str, ...]]]:
    return {(found.deadline.rule_id, found.due_on, tuple(found.missing)) for found in versions}


@pytest.mark.parametrize("measures", [(), (WARNING,), (WARNING, FINE), (ORDER,), (ORDER, WARNING, FINE)])
@pytest.mark.parametrize("served_on", [None, date(2026, 8, 31), date(2020, 12, 10)])
@pytest.mark.parametrize("kind", ["penalty_decision", "prior_notice", "summons", "announcement", "rectification_order"])
def test_rehearsal_foretells_what_logging_records(counsel: Person, kind, served_on, measures) -> None:
    case = a_case(by=counsel)
    draft = new_notice(kind=kind, served_on=served_on, issued_on=None)

    foretold = told(clocks_of(draft, case, measures, by=counsel, at=NOW))
    log_notice(notice=draft, case=case, measures=measures, by=counsel, at=NOW)

    recorded = Deadline.objects.filter(case=case).select_related("current")
    assert foretold == {(found.rule_id, found.due_on, tuple(found.current.missing)) for found in recorded}


def test_rehearsal_of_a_new_case_of_a_new_authority_writes_nothing(counsel: Person, django_assert_num_queries) -> None:
    authority = Authority(name_en="Fictional CAC", jurisdiction="CN", zone="Asia/Shanghai", calendar="CN")
    case = CaseDraft(party=Party(kind="brand", name_en="Nowhere"), lead_authority=authority, title_en="Unsaved")
    draft = new_notice(authority=authority, served_on=date(2026, 8, 31))

    with django_assert_num_queries(1):  # which arrangements stand
        found = clocks_of(draft, case, [WARNING], by=counsel, at=NOW)

    assert {v.deadline.rule_id: v.due_on for v in found} == {"CN-12": date(2026, 10, 30), "CN-18": date(2027, 3, 1)}
    assert [model.objects.count() for model in (Case, Notice, Measure, Event, Deadline, LogEntry)] == [0] * 6


def test_rehearsal_refuses_the_dates_logging_refuses(counsel: Person) -> None:
    draft = new_notice(issued_on=date(2026, 8, 10), served_on=date(2026, 8, 9))

    with pytest.raises(ServedBeforeIssued):
        clocks_of(draft, a_case(by=counsel), [WARNING], by=counsel, at=NOW)


def test_what_if_counts_from_another_day_and_leaves_the_deadline_alone(counsel: Person) -> None:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel)
    deadline = case.deadlines.select_related("event", "measure", "case").get(rule_id="CN-18")

    found = what_if(deadline, on=date(2026, 8, 31))

    assert (found.due_on, found.nominal_on) == (date(2027, 3, 1), date(2027, 2, 28))
    assert case.deadlines.get(rule_id="CN-18").due_on is None
    assert deadline.event.occurred_on is None


def test_what_if_on_a_clock_in_hours_asks_for_the_hour(counsel: Person) -> None:
    case = a_case(by=counsel)
    log_event(case=case, name="incident_learnt", by=counsel, at=NOW)
    deadline = case.deadlines.select_related("event", "measure", "case").get(rule_id="CN-27c")

    by_day = what_if(deadline, on=date(2026, 9, 21))
    by_hour = what_if(deadline, on=date(2026, 9, 21), at=datetime(2026, 9, 21, 1, 30, tzinfo=UTC))

    assert (by_day.due_at, by_day.missing) == (None, ["hour"])
    assert by_hour.due_at == datetime(2026, 9, 21, 5, 30, tzinfo=UTC)
