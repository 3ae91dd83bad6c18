"""Periods that start on the day itself, caps beyond which a right never reaches, and orders below a statutory floor."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.law.clocks import Ask, BadAsk, Due, reckon
from cases.law.rulebook import book
from tests.test_law_trace import recount


def due(rule, **facts) -> Due:
    found = reckon(Ask(rule, facts), book=book())
    assert isinstance(found, Due)
    return found


def from_the_day(amount, unit, **more):
    """EU-23 as a period of which the day of receipt is the first day."""
    rule = replace(book().rule("EU-23", None), amount=amount, unit=unit, counts_trigger_day=True)
    return due(rule, received_on=date(2026, 3, 1), **more)


@pytest.mark.parametrize(
    ("first", "nominal"),
    [
        (date(2026, 3, 1), date(2026, 8, 31)),  # not 28 August: the period is six whole months
        (date(2026, 1, 15), date(2026, 7, 14)),
        (date(2025, 8, 31), date(2026, 2, 28)),  # no 31 February: its last day, not the day before it
        (date(2025, 8, 29), date(2026, 2, 28)),
    ],
)
def test_months_that_start_on_the_day_end_the_day_before_the_corresponding_one(first, nominal):
    rule = replace(book().rule("EU-23", None), amount=6, counts_trigger_day=True)
    found = due(rule, received_on=first)

    assert found.nominal == nominal
    assert recount(found.as_json()["trace"]) == found.due.isoformat()


def test_days_that_start_on_the_day_count_it():
    found = from_the_day(10, "day")

    assert found.nominal == date(2026, 3, 10)
    assert recount(found.as_json()["trace"]) == found.due.isoformat()


def test_right_not_told_runs_from_learning_of_it():
    found = due("CN-12", served_on=date(2024, 3, 1), right_learnt_on=date(2024, 5, 20))

    assert found.due == date(2024, 7, 19)


def test_right_told_before_the_decision_changes_nothing():
    found = due("CN-12", served_on=date(2024, 3, 1), right_learnt_on=date(2024, 2, 1))

    assert found.due == due("CN-12", served_on=date(2024, 3, 1)).due


def test_right_not_told_never_reaches_beyond_a_year_of_service():
    found = due("CN-12", served_on=date(2024, 3, 1), right_learnt_on=date(2025, 2, 20))

    assert (found.due, found.nominal, found.safe_due) == (date(2025, 3, 3), date(2025, 3, 1), date(2025, 2, 28))
    assert recount(found.as_json()["trace"]) == "2025-03-03"
    assert found.trace[-1].cite == "《行政复议法》（2023）第二十条第三款"


def test_five_years_from_the_act_bar_whatever_is_left():
    found = due("CN-18", served_on=date(2026, 1, 30), made_on=date(2021, 4, 2))

    assert found.due == date(2026, 4, 2)
    assert [run.code for run in found.trace][-1] == "capped"


def test_cap_counts_by_itself():
    assert due("CN-12b", served_on=date(2024, 3, 1)).due == date(2025, 3, 3)


def test_gate_counts_nothing():
    gate = replace(book().rule("CN-17", None), kind="gate")

    with pytest.raises(BadAsk, match="no period"):
        due(gate, received_on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("ordered", "told"),
    [
        (date(2026, 3, 13), ["below_floor"]),
        (date(2026, 3, 16), []),
        (datetime(2026, 3, 13, 17, tzinfo=ZoneInfo("Asia/Shanghai")), ["below_floor"]),
        (datetime(2026, 3, 16, 17, tzinfo=ZoneInfo("Asia/Shanghai")), []),
    ],
)
def test_order_below_the_floor_keeps_its_date_and_says_so(ordered, told):
    rule = replace(book().rule("CN-22", None), at_least=(14, "day"))
    found = reckon(Ask(rule, {"served_on": date(2026, 3, 2)}, ordered=ordered), book=book())

    assert isinstance(found, Due)
    assert found.due == ordered
    assert [run.code for run in found.trace if run.code == "below_floor"] == told
