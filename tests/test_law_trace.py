"""The working: every answer can be counted again from its trace alone, by a reader that knows no law."""

import json
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from cases.law.clocks.lines import answer
from cases.law.rulebook import book

STARTS = {"excluded_trigger", "included_trigger", "ordered"}
MOVES = {"counted", "make_up", "weekend", "holiday", "suspended", "extended_until", "day_before", "capped"}


def recount(trace, direction=1):
    """The ten-line reader: sets out from the trigger and moves as each run says."""
    day = None
    for run in trace:
        if run["as"] in STARTS:
            day = date.fromisoformat(run["from"]) + timedelta(days=run["n"])
        elif run["as"] == "month_arithmetic":
            day += relativedelta(months=run["n"])
        elif run["as"] in MOVES:
            day += timedelta(days=run["n"]) * direction
    return day.isoformat()


def asked(**ask):
    found = answer(json.dumps(ask), book=book())
    assert "due" in found, found
    return found


@pytest.mark.parametrize(
    "ask",
    [
        {"rule": "CN-05", "trigger": "2026-02-11"},
        {"rule": "CN-12", "trigger": "2026-03-02"},
        {"rule": "CN-18", "trigger": "2026-08-31"},
        {"rule": "CN-17", "trigger": "2026-09-18"},
        {"rule": "CN-22", "ordered": "2026-03-10", "extensions": [{"amount": 10, "unit": "working_day"}]},
        {"rule": "CN-22", "ordered": "2026-03-10", "suspensions": [{"from": "2026-03-01", "until": "2026-03-09"}]},
        {"rule": "CN-12", "trigger": "2026-03-02", "suspensions": [{"from": "2026-03-20", "until": "2026-04-09"}]},
        {"rule": "CN-18", "trigger": "2026-03-02", "suspensions": [{"from": "2026-03-20", "until": "2026-04-09"}]},
        {"rule": "EU-23", "trigger": "2026-01-31", "extensions": [{"amount": 2, "unit": "month"}]},
        {"rule": "CN-08", "trigger": "2026-09-16", "extensions": [{"amount": 1, "unit": "month"}]},
        {"rule": "CN-08", "trigger": "2026-09-16", "extensions": [{"until": "2026-12-24"}]},
        {"profile": "HK-D", "amount": 14, "unit": "day", "trigger": "2026-03-20"},
        {"profile": "SG-D", "amount": 6, "unit": "day", "trigger": "2026-05-29"},
    ],
)
def test_recounted_trace_gives_the_due_date(ask):
    found = asked(**ask)

    assert recount(found["trace"]) == found["due"]


def test_recounted_count_back_gives_the_due_date():
    found = asked(rule="CN-06", trigger="2026-10-12")

    assert recount(found["trace"], direction=-1) == found["due"] == "2026-09-24"


def test_runs_of_the_spring_festival():
    trace = asked(rule="CN-05", trigger="2026-02-11")["trace"]

    assert [(run["from"], run["to"], run["as"], run["n"]) for run in trace] == [
        ("2026-02-11", "2026-02-11", "excluded_trigger", 0),
        ("2026-02-12", "2026-02-13", "counted", 2),
        ("2026-02-14", "2026-02-14", "make_up", 1),
        ("2026-02-15", "2026-02-23", "holiday", 9),
        ("2026-02-24", "2026-02-25", "counted", 2),
    ]


def test_every_run_is_cited():
    trace = asked(rule="CN-18", trigger="2026-08-31")["trace"]

    assert [(run["as"], run["cite"]) for run in trace][:5] == [
        ("excluded_trigger", "民法典 201; 民诉法 85"),
        ("month_arithmetic", "民法典 202"),
        ("month_end", "民法典 202"),
        ("weekend", "国务院办公厅历年部分节假日安排的通知; 全国年节及纪念日放假办法 (2024)"),
        ("rolled", "民法典 203; 民诉法 85"),
    ]


def test_holiday_is_cited_to_the_notice_of_its_year():
    trace = asked(rule="CN-05", trigger="2026-02-11")["trace"]

    assert {run["cite"] for run in trace if run["as"] in ("holiday", "make_up")} == {
        "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号，2025-11-04）"
    }


def test_strict_european_hour_is_information_only():
    found = asked(rule="EU-22", trigger="2026-06-01T10:15:00+02:00", zone="Europe/Berlin")

    assert found["due"] == "2026-06-04T10:15:00+02:00"
    assert (found["trace"][-1]["as"], found["trace"][-1]["to"], found["trace"][-1]["n"]) == (
        "strict_reading",
        "2026-06-04T11:00:00+02:00",
        45,
    )


def test_unpublished_days_are_marked():
    run = asked(rule="CN-18", trigger="2026-08-31")["trace"][-1]

    assert (run["as"], run["from"], run["to"], run["n"]) == ("unpublished", "2027-01-01", "2027-03-01", 60)


@pytest.mark.parametrize(
    ("rule", "trigger", "cite"),
    [
        ("CN-05", "2026-02-11", "行政处罚法 85"),
        ("CN-13", "2026-03-02", "行政复议法 88(2)"),
        ("CN-13", "2023-11-30", "行政复议法（1999）40"),
        ("CN-21b", "2026-03-02", "行政强制法 69"),
        ("EU-15", "2026-01-31", "GC Rules arts. 58, 60"),
    ],
)
def test_days_are_counted_by_the_law_the_rule_stands_in(rule, trigger, cite):
    runs = asked(rule=rule, trigger=trigger)["trace"]

    assert {run["cite"] for run in runs if run["as"] == "counted"} == {cite}
