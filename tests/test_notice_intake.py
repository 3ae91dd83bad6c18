"""Logging a notice: the case, the measures, the tracks and the clocks it brings, dated or with what is missing."""

from datetime import UTC, date, datetime

import pytest

from cases.actions.case import close_case
from cases.actions.demands import InTheFuture, ServedBeforeIssued, TooLongAgo
from cases.actions.drafts import CaseDraft, MeasureDraft, RequirementDraft
from cases.actions.notice import log_notice
from cases.models import Case, Deadline, LogEntry, Person
from tests.factories import a_case, a_notice, a_party, an_authority, new_notice


def due_dates(case: Case) -> dict[str, date | None]:
    return {d.rule_id: d.due_on for d in Deadline.objects.filter(case=case, measure__kind="warning")}


def test_warning_with_unknown_service_waits_for_the_service_date(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)

    a_notice(case=case, by=counsel)

    assert due_dates(case) == {"CN-12": None, "CN-18": None}
    assert {tuple(d.current.missing) for d in case.deadlines.all()} == {("served_on",)}


def test_warning_served_on_31_august_runs_to_the_end_of_february(counsel: Person) -> None:
    case = a_case(by=counsel)

    a_notice(case=case, by=counsel, served_on=date(2026, 8, 31), service_mode="direct")

    cn18 = case.deadlines.get(rule_id="CN-18")
    assert (cn18.due_on, cn18.current.nominal_on, cn18.current.safe_due_on) == (
        date(2027, 3, 1),
        date(2027, 2, 28),
        date(2027, 2, 26),
    )
    assert cn18.current.provisional
    assert cn18.due_at == datetime(2027, 3, 1, 16, tzinfo=UTC)


def test_one_log_entry_for_a_notice_that_opens_a_case(counsel: Person, now: datetime) -> None:
    draft = CaseDraft(party=a_party(), lead_authority=an_authority(), title_zh="热搜榜整改")

    notice = log_notice(
        notice=new_notice(served_on=date(2026, 8, 12)),
        case=draft,
        measures=[MeasureDraft(kind="order_to_correct"), MeasureDraft(kind="warning")],
        requirements=[RequirementDraft(title_zh="清理词条", measure_index=0, due_on=date(2026, 9, 30))],
        by=counsel,
        at=now,
    )

    assert [entry.verb for entry in LogEntry.objects.all()] == ["log_notice"]
    assert notice.case.reference.startswith("XIA-2026-")
    assert notice.case.requirements.get().measure.kind == "order_to_correct"
    assert notice.case.requirements.get().deadline.due_on == date(2026, 9, 30)
    assert sorted(notice.case.tracks.values_list("kind", "state")) == [
        ("official", "served"),
        ("rectification", "ordered"),
        ("remedy", "open"),
        ("remedy", "open"),
    ]


def test_penalty_without_prior_notice_is_irregular_and_its_clocks_run(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)

    log_notice(
        notice=new_notice(served_on=date(2026, 8, 12), service_mode="direct"),
        case=case,
        measures=[MeasureDraft(kind="fine", amount=100_000, currency="CNY", procedure="ordinary")],
        facts={"prior_notice_served": False},
        by=counsel,
        at=now,
    )

    decided = case.tracks.get(kind="official").moves.get(to_state="decided_penalty")
    found = {item["code"]: item for item in decided.irregular}
    assert found["prior_notice_served"]["grade"] == "not_met"
    assert "44" in found["prior_notice_served"]["article_en"]
    assert set(case.deadlines.values_list("rule_id", "due_on")) >= {
        ("CN-08", date(2026, 8, 27)),
        ("CN-12", date(2026, 10, 12)),
        ("CN-18", date(2027, 2, 12)),
    }


def test_order_with_a_period_of_unsaid_days_leads_by_the_earlier_reading(counsel: Person) -> None:
    case = a_case(by=counsel)

    measure = MeasureDraft(kind="order_to_correct", period_amount=15, period_unit="day")
    a_notice(case=case, by=counsel, kind="rectification_order", measures=(measure,), served_on=date(2026, 8, 11))

    order = case.deadlines.get(rule_id="CN-22")
    assert (order.due_on, order.caution) == (date(2026, 8, 26), "reading_not_chosen")


def test_fine_decided_on_the_spot_starts_the_on_the_spot_event(counsel: Person) -> None:
    case = a_case(by=counsel)

    a_notice(case=case, by=counsel, measures=(MeasureDraft(kind="warning", procedure="summary"),))

    assert case.events.get().name == "on_the_spot_decision_served"
    assert case.tracks.get(kind="official").state == "on_the_spot_decision"


def test_while_the_procedure_is_unknown_the_suit_is_not_to_be_relied_on(counsel: Person) -> None:
    case = a_case(by=counsel)

    a_notice(case=case, by=counsel, measures=(MeasureDraft(kind="warning"),), served_on=date(2026, 8, 11))

    assert dict(case.deadlines.values_list("rule_id", "caution")) == {"CN-12": "", "CN-18": "procedure_unknown"}


def test_prior_notice_of_a_fine_tells_the_right_to_a_hearing(counsel: Person) -> None:
    case = a_case(by=counsel)

    fine = MeasureDraft(kind="fine", amount=500_000, currency="CNY")
    a_notice(case=case, by=counsel, kind="prior_notice", measures=(fine,), issued_on=None, served_on=date(2026, 2, 11))

    assert case.deadlines.get(rule_id="CN-05").due_on == date(2026, 2, 25)
    assert not case.tracks.filter(kind="penalty_execution").exists()


@pytest.mark.parametrize(
    ("dates", "error"),
    [
        ({"issued_on": date(2026, 8, 10), "served_on": date(2026, 8, 9)}, ServedBeforeIssued),
        ({"issued_on": None, "served_on": date(1850, 1, 1)}, TooLongAgo),
        ({"issued_on": date(202, 11, 12)}, TooLongAgo),
        ({"served_on": date(2026, 9, 25)}, InTheFuture),
        ({"issued_on": date(2026, 9, 25)}, InTheFuture),
    ],
)
def test_impossible_dates_are_refused(counsel: Person, dates: dict[str, date], error: type[Exception]) -> None:
    case = a_case(by=counsel)

    with pytest.raises(error):
        a_notice(case=case, by=counsel, **dates)


def test_a_closed_case_takes_a_notice_and_is_open_again(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)
    close_case(case=case, reason="The report was accepted", by=counsel, at=now)

    a_notice(case=case, by=counsel, at=now)

    case.refresh_from_db()
    assert (case.state, case.closed_at, case.closing_reason) == ("open", None, "")
    assert LogEntry.objects.get(verb="log_notice").facts["reopened_case"] is True
