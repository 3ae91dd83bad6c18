"""How a date was worked out: the number each day got and the steps, by literal dates with their citation."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases.actions.deadline import (
    ask_extension,
    grant_extension,
    override_deadline,
    suspend,
)
from cases.actions.drafts import MeasureDraft
from cases.actions.event import log_event
from cases.models import Case, Deadline, Person
from tests.factories import a_case, a_notice
from tests.status_rows import a_deadline
from tracker.status.working import Working, working

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person, now: datetime) -> Case:
    return a_case(by=counsel, at=now, lead_counsel=counsel)


def an_order(case: Case, by: Person, at: datetime, served_on: date, **measure: Any) -> Deadline:
    draft = MeasureDraft(kind="order_to_correct", **measure)
    notice = a_notice(
        case=case, by=by, at=at, kind="rectification_order", measures=(draft,), served_on=served_on,
        issued_on=served_on,
    )  # fmt: skip
    return Deadline.objects.get(notice=notice, rule_id="CN-22")


def shown(deadline: Deadline) -> Working:
    deadline.refresh_from_db()
    assert deadline.current is not None
    return working(deadline.current)


def numbers(found: Working) -> dict[date, int]:
    return {day.on: day.count for day in found.days if day.count is not None}


def codes(found: Working) -> list[str]:
    return [step.code for step in found.steps]


def test_fifteen_working_days_over_national_day_with_a_make_up_sunday(counsel: Person, case: Case) -> None:
    # The prototype's example: served 11 Sep 2025, 15 working days, due Thu 9 Oct 2025 (国办发明电〔2024〕12号).
    now = datetime(2025, 9, 12, 1, 0, tzinfo=UTC)
    days = {"period_amount": 15, "period_unit": "working_day", "period_profile": "CN-WD"}
    found = shown(an_order(case, counsel, now, date(2025, 9, 11), **days))

    counted = numbers(found)
    kinds = {day.on: day.kind for day in found.days}
    assert found.due_on == date(2025, 10, 9)
    assert [counted[date(2025, 9, 12)], counted[date(2025, 9, 28)], counted[date(2025, 10, 9)]] == [1, 12, 15]
    assert date(2025, 10, 8) not in counted
    assert [kinds[date(2025, 9, 28)], kinds[date(2025, 10, 1)], kinds[date(2025, 9, 13)]] == [
        "makeup", "holiday", "off",
    ]  # fmt: skip
    assert [day.on for day in found.days if day.is_start] == [date(2025, 9, 11)]
    assert [day.on for day in found.days if day.is_end] == [date(2025, 10, 9)]


def test_the_steps_tell_start_count_rest_days_and_make_up_days(counsel: Person, case: Case) -> None:
    now = datetime(2025, 9, 12, 1, 0, tzinfo=UTC)
    days = {"period_amount": 15, "period_unit": "working_day", "period_profile": "CN-WD"}
    steps = {step.code: step for step in shown(an_order(case, counsel, now, date(2025, 9, 11), **days)).steps}

    assert list(steps) == ["starts", "counted", "skipped_weekends", "skipped_holiday", "make_up", "ends"]
    assert (steps["counted"].n, steps["counted"].unit) == (15, "working_day")
    assert steps["skipped_weekends"].n == 5
    assert (steps["skipped_holiday"].n, steps["skipped_holiday"].first, steps["skipped_holiday"].last) == (
        8, date(2025, 10, 1), date(2025, 10, 8),
    )  # fmt: skip
    assert steps["make_up"].days == (date(2025, 9, 28),)
    assert steps["starts"].cite == "民法典 201; 民诉法 85"
    assert (steps["ends"].first, steps["ends"].n) == (date(2025, 10, 9), 15)


def test_calendar_days_are_all_numbered_and_roll_over_the_holiday(counsel: Person, case: Case, now: datetime) -> None:
    # CN-08: 15 days from receipt on 17 Sep 2026 end on 2 Oct, a holiday, and roll to Thu 8 Oct.
    fine = MeasureDraft(kind="fine", amount=50000, currency="CNY", procedure="ordinary")
    notice = a_notice(case=case, by=counsel, at=now, served_on=date(2026, 9, 17), measures=(fine,))
    found = shown(Deadline.objects.get(notice=notice, rule_id="CN-08"))

    assert (found.due_on, found.nominal_on, found.safe_due_on) == (
        date(2026, 10, 8), date(2026, 10, 2), date(2026, 9, 30),
    )  # fmt: skip
    assert numbers(found)[date(2026, 9, 19)] == 2
    assert (max(numbers(found)), max(numbers(found).values())) == (date(2026, 10, 2), 15)
    assert codes(found) == ["starts", "counted", "rolled", "ends"]
    assert found.steps[1].unit == "day"
    assert found.citation_zh.startswith("《行政处罚法》第六十七条第三款")


def test_six_months_collapse_to_both_ends(counsel: Person, case: Case, now: datetime) -> None:
    # CN-18: 31 Aug 2026 + 6 months has no corresponding day: 28 Feb 2027, a Sunday, rolls to Mon 1 Mar.
    warning = MeasureDraft(kind="warning", procedure="ordinary")
    notice = a_notice(case=case, by=counsel, at=now, served_on=date(2026, 8, 31), measures=(warning,))
    found = shown(Deadline.objects.get(notice=notice, rule_id="CN-18"))

    days = [day.on for day in found.days]
    assert (days[0], days[-1], found.due_on) == (date(2026, 8, 31), date(2027, 3, 1), date(2027, 3, 1))
    assert len(days) < 84
    assert date(2026, 12, 1) not in days
    assert numbers(found) == {}
    assert codes(found) == ["starts", "month_arithmetic", "month_end", "rolled", "unpublished", "ends"]
    assert (found.provisional, {d.kind for d in found.days if d.on == date(2027, 2, 26)}) == (True, {"unknown"})


def test_a_count_back_numbers_towards_the_past(counsel: Person, case: Case, now: datetime) -> None:
    # CN-06: 7 working days before the hearing on 15 Oct 2026, over National Day, with Sat 10 Oct worked.
    log_event(case=case, name="hearing_date_set", occurred_on=date(2026, 10, 15), by=counsel, at=now)
    found = shown(Deadline.objects.get(case=case, rule_id="CN-06"))

    counted = numbers(found)
    assert found.due_on == date(2026, 9, 30)
    assert [counted[date(2026, 10, 14)], counted[date(2026, 10, 10)], counted[date(2026, 9, 30)]] == [1, 4, 7]
    assert date(2026, 10, 1) not in counted


def test_an_ordered_date_is_shown_with_the_day_it_was_served(counsel: Person, case: Case, now: datetime) -> None:
    found = shown(an_order(case, counsel, now, date(2026, 9, 11), ordered_on=date(2026, 10, 9)))

    assert codes(found) == ["ordered", "ends"]
    assert [day.on for day in found.days if day.is_start] == [date(2026, 9, 11)]
    assert numbers(found) == {}


def test_an_extension_counts_anew_from_the_day_after(counsel: Person, case: Case, now: datetime) -> None:
    days = {"period_amount": 15, "period_unit": "working_day", "period_profile": "CN-WD"}
    deadline = an_order(case, counsel, now, date(2026, 9, 11), **days)
    asked = ask_extension(deadline=deadline, amount=5, unit="working_day", by=counsel, at=now)
    grant_extension(extension=asked, decided_on=date(2026, 9, 24), by=counsel, at=now)

    found = shown(deadline)

    # 15 working days from 11 Sep 2026 end on Fri 9 Oct; Sat 10 Oct is worked, so 5 more end on Thu 15 Oct.
    counted = numbers(found)
    assert found.due_on == date(2026, 10, 15)
    assert [counted[date(2026, 10, 9)], counted[date(2026, 10, 10)], counted[date(2026, 10, 15)]] == [15, 1, 5]
    assert codes(found).count("extended") == 1


def test_suspended_days_get_no_number(counsel: Person, case: Case, now: datetime) -> None:
    fine = MeasureDraft(kind="fine", amount=50000, currency="CNY", procedure="ordinary")
    notice = a_notice(case=case, by=counsel, at=now, served_on=date(2026, 9, 17), measures=(fine,))
    deadline = Deadline.objects.get(notice=notice, rule_id="CN-08")
    suspend(
        deadline=deadline, from_on=date(2026, 9, 21), until_on=date(2026, 9, 28), reason="Review.", by=counsel, at=now
    )

    counted = numbers(shown(deadline))

    assert [counted[date(2026, 9, 20)], counted[date(2026, 9, 28)]] == [3, 4]
    assert date(2026, 9, 21) not in counted
    assert "suspended" in codes(shown(deadline))


def test_an_hour_clock_has_steps_and_no_days(counsel: Person, case: Case, now: datetime) -> None:
    learnt = datetime(2026, 9, 24, 1, 0, tzinfo=UTC)
    log_event(case=case, name="incident_learnt", occurred_on=date(2026, 9, 24), occurred_at=learnt, by=counsel, at=now)
    found = shown(Deadline.objects.get(case=case, rule_id="CN-27c"))

    assert (found.is_hourly, found.days) == (True, ())
    assert codes(found) == ["elapsed", "ends"]
    assert (found.steps[0].n, found.steps[0].unit) == (4, "hour")
    assert found.due_at == datetime(2026, 9, 24, 5, 0, tzinfo=UTC)


def test_a_clock_without_its_fact_shows_no_days_and_no_steps(counsel: Person, case: Case, now: datetime) -> None:
    notice = a_notice(case=case, by=counsel, at=now)
    found = shown(Deadline.objects.get(notice=notice, rule_id="CN-12"))

    assert (found.due_on, found.days, found.steps, found.missing) == (None, (), (), ("served_on",))
    assert found.citation_zh.startswith("《行政复议法》")


def test_our_own_date_says_it_was_set_by_hand(counsel: Person, case: Case, now: datetime) -> None:
    deadline = a_deadline(case, counsel, now, due_on=date(2026, 10, 3))
    override_deadline(deadline=deadline, due_on=date(2026, 10, 5), reason="Moved.", by=counsel, at=now)

    found = shown(deadline)

    assert codes(found) == ["set_by_hand"]
    assert (found.due_on, found.safe_due_on, found.rule_id) == (date(2026, 10, 5), date(2026, 9, 30), "")
