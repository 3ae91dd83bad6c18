"""The rules of the European Union: each with its period and profile, and worked by hand on its most awkward days."""

import json
from datetime import date, timedelta

import pytest

from cases.law.clocks.lines import answer
from cases.law.rulebook import book

# Kind, amount, unit, profile of the newest version, as the brief has them.
RULES = {
    "EU-01": ("duty", None, "", "EU-D"),
    "EU-01b": ("duty", None, "", "EU-D"),
    "EU-02": ("duty", None, "", "EU-D"),
    "EU-02b": ("duty", None, "", "EU-D"),
    "EU-02c": ("duty", None, "", "EU-D"),
    "EU-02d": ("duty", None, "", "EU-D"),
    "EU-03": ("floor", 6, "month", "EU-M"),
    "EU-04": ("regulator", 90, "day", "EU-D"),
    "EU-06": ("statutory", 6, "month", "EU-M"),
    "EU-06b": ("duty", None, "", "EU-D"),
    "EU-06c": ("duty", None, "", "EU-D"),
    "EU-07": ("statutory", 4, "month", "EU-M"),
    "EU-07b": ("statutory", 1, "year", "EU-M"),
    "EU-07c": ("statutory", 6, "month", "EU-M"),
    "EU-08": ("statutory", 1, "month", "EU-M"),
    "EU-09": ("duty", None, "", "EU-D"),
    "EU-09b": ("statutory", 3, "month", "EU-M"),
    "EU-10": ("statutory", 15, "day", "EU-D"),
    "EU-10b": ("regulator", 15, "day", "EU-D"),
    "EU-11": ("ordered", None, "", "EU-D"),
    "EU-12": ("ordered", None, "", "EU-D"),
    "EU-13": ("ordered", None, "", "EU-D"),
    "EU-13b": ("regulator", 1, "month", "EU-M"),
    "EU-13c": ("regulator", 1, "month", "EU-M"),
    "EU-14": ("regulator", 5, "year", "EU-M"),
    "EU-15": ("statutory", 2, "month", "EU-M"),
    "EU-16": ("statutory", 1, "hour", "EU-H"),
    "EU-16b": ("regulator", 12, "hour", "EU-H"),
    "EU-16c": ("floor", 6, "month", "EU-M"),
    "EU-17": ("statutory", 24, "hour", "EU-H"),
    "EU-17b": ("statutory", 72, "hour", "EU-H"),
    "EU-17c": ("statutory", 1, "month", "EU-M"),
    "EU-22": ("statutory", 72, "hour", "EU-H"),
    "EU-22b": ("duty", None, "", "EU-D"),
    "EU-22c": ("duty", None, "", "EU-D"),
    "EU-23": ("statutory", 1, "month", "EU-M"),
    "EU-24": ("statutory", 24, "hour", "EU-H"),
    "EU-24b": ("statutory", 7, "day", "EU-D"),
    "EU-24c": ("statutory", 24, "hour", "EU-H"),
}


def ask(rule, trigger=None, **more):
    return answer(json.dumps({"id": "t", "rule": rule, "trigger": trigger, **more}), book=book())


def due_of(rule, trigger, **more):
    found = ask(rule, trigger, **more)
    return found.get("due") or found


def test_every_rule_has_its_period_and_its_profile():
    assert {
        rule.id: (rule.kind, rule.amount, rule.unit, rule.profile) for rule in book().rules if rule.id.startswith("EU-")
    } == RULES


@pytest.mark.parametrize(
    ("rule", "trigger", "due"),
    [
        # The day of being informed is the first day: six whole months end the day before.
        ("EU-03", "2026-03-01", "2026-08-31"),
        ("EU-03", "2025-08-31", "2026-03-02"),  # 28 February is a Saturday
        ("EU-03", "2026-06-25", "2027-01-04"),  # 24 December, then the end-of-year days, New Year, a weekend
        ("EU-04", "2026-01-05", "2026-04-07"),  # day 90 is Easter Sunday
        ("EU-06", "2026-02-17", "2026-08-17"),
        ("EU-06", "2025-08-31", "2026-03-02"),
        ("EU-07", "2025-12-31", "2026-04-30"),  # no 31 April
        ("EU-07b", "2025-05-09", "2026-05-11"),  # Europe Day, a Saturday
        ("EU-07b", "2024-02-29", "2025-02-28"),
        ("EU-07c", "2025-11-14", "2026-05-18"),  # Ascension, the day after it, a weekend
        ("EU-08", "2026-01-31", "2026-03-02"),
        ("EU-09b", "2025-11-30", "2026-03-02"),
        ("EU-09b", "2026-03-21", "2026-06-22"),
        ("EU-10", "2026-03-19", "2026-04-07"),  # Good Friday to Easter Monday
        ("EU-10b", "2025-12-12", "2026-01-05"),  # day 15 is 27 December
        ("EU-13b", "2026-11-30", "2027-01-04"),
        ("EU-13c", "2026-03-31", "2026-04-30"),
        ("EU-14", "2024-02-29", "2029-02-28"),
        ("EU-14", "2026-02-28", "2031-02-28"),
        # Two months, then ten days, then the roll, on the Court's own calendar.
        ("EU-15", "2026-01-31", "2026-04-10"),
        ("EU-15", "2026-04-20", "2026-06-30"),
        ("EU-15", "2026-04-13", "2026-06-24"),  # 23 June is a holiday of the Court
        ("EU-15", "2025-10-15", "2025-12-29"),  # 25 and 26 December, a weekend; the Court has no end-of-year days
        ("EU-15", "2025-12-31", "2026-03-10"),  # by way of 28 February
        ("EU-16c", "2026-06-30", "2027-01-04"),
        ("EU-16c", "2025-08-31", "2026-03-02"),
        ("EU-17c", "2026-01-31", "2026-03-02"),
        ("EU-23", "2026-01-31", "2026-03-02"),
        ("EU-23", "2026-11-24", "2027-01-04"),
        ("EU-24b", "2023-09-26", "2023-10-04"),  # history: 3 October is German Unity Day
    ],
)
def test_days(rule, trigger, due):
    assert due_of(rule, trigger) == due


@pytest.mark.parametrize(
    ("rule", "trigger", "zone", "due"),
    [
        # Summer time begins on 29 March 2026 and ends on 25 October 2026, at 01:00 UTC.
        ("EU-16", "2026-03-29T01:30+01:00", "Europe/Berlin", "2026-03-29T03:30:00+02:00"),
        ("EU-16", "2026-10-25T01:30+01:00", "Europe/Dublin", "2026-10-25T01:30:00+00:00"),
        ("EU-16", "2026-10-25T02:30+02:00", "Europe/Berlin", "2026-10-25T02:30:00+01:00"),
        ("EU-16b", "2026-03-28T20:00+01:00", "Europe/Berlin", "2026-03-29T09:00:00+02:00"),
        ("EU-17", "2026-10-24T10:00+01:00", "Europe/Dublin", "2026-10-25T09:00:00+00:00"),
        ("EU-17b", "2026-03-27T22:15+01:00", "Europe/Berlin", "2026-03-30T23:15:00+02:00"),
        ("EU-22", "2026-03-28T10:15+00:00", "Europe/Dublin", "2026-03-31T11:15:00+01:00"),
        ("EU-22", "2026-12-24T18:00+01:00", "Europe/Berlin", "2026-12-27T18:00:00+01:00"),  # Christmas stops nothing
        ("EU-24", "2023-10-28T10:00+02:00", "Europe/Berlin", "2023-10-29T09:00:00+01:00"),
        ("EU-24c", "2026-03-28T12:00+01:00", "Europe/Paris", "2026-03-29T13:00:00+02:00"),
    ],
)
def test_hours(rule, trigger, zone, due):
    assert due_of(rule, trigger, zone=zone) == due


def test_dispute_body_has_180_days_from_receipt_when_it_extends():
    found = due_of("EU-04", "2026-01-05", extensions=[{"amount": 90, "unit": "day"}])

    assert found == "2026-07-06"  # day 180 is Saturday 4 July


def test_action_for_annulment_counts_its_parts_as_one_period_and_rolls_once():
    found = ask("EU-15", "2025-08-31")  # two months end on 31 October; ten days on, Monday 10 November

    assert (found["due"], found["calendar_version"].partition("@")[0]) == ("2025-11-10", "EU-COURT")
    assert [run["as"] for run in found["trace"]] == ["excluded_trigger", "month_arithmetic", "counted"]


def test_observations_below_fourteen_days_keep_their_date_and_say_so():
    short, enough = (ask("EU-12", "2026-03-02", ordered=day) for day in ("2026-03-15", "2026-03-16"))

    assert (short["due"], [run["as"] for run in short["trace"]]) == ("2026-03-15", ["ordered", "below_floor"])
    assert (enough["due"], [run["as"] for run in enough["trace"]]) == ("2026-03-16", ["ordered"])


def test_final_report_runs_from_the_submission_in_the_zone_of_the_party():
    submitted = "2026-03-31T22:30Z"  # already 1 April in Berlin, and 1 May is a holiday there

    assert book().rule("EU-17c", None).facts == ("notification_submitted_on",)
    assert due_of("EU-17c", submitted, zone="Europe/Berlin", calendar="DE") == "2026-05-04"
    assert due_of("EU-17c", submitted, zone="Europe/Dublin", calendar="IE") == "2026-04-30"


def test_zone_names_no_calendar():
    alone, named = ask("EU-23", "2026-09-26", zone="Europe/Dublin"), ask("EU-23", "2026-09-26", calendar="IE")

    assert (alone["due"], alone["calendar_version"].partition("@")[0]) == ("2026-10-26", "EU")
    assert (named["due"], named["calendar_version"].partition("@")[0]) == ("2026-10-27", "IE")


def test_good_friday_is_a_rest_day_of_the_institutions_and_not_of_ireland():
    assert due_of("EU-10", "2026-03-19", calendar="IE") == "2026-04-03"


@pytest.mark.parametrize("rule", ["EU-16", "EU-16b", "EU-17", "EU-17b", "EU-22", "EU-24c"])
def test_bare_date_misses_its_hour(rule):
    assert ask(rule, "2026-03-02")["missing"] == ["hour"]


@pytest.mark.parametrize("rule", [name for name, (kind, *_) in RULES.items() if kind in ("duty", "ordered")])
def test_duty_and_order_have_no_date_of_their_own(rule):
    assert ask(rule, "2026-03-02")["missing"] == ["ordered"]
    assert due_of(rule, None, ordered="2026-04-04") == "2026-04-04"  # a Saturday: an ordered date does not move


@pytest.mark.parametrize("rule", ["EU-24", "EU-24b"])
def test_repealed_law_is_refused_with_its_dates(rule):
    assert "in force from 2018-01-01 to 2024-05-13" in ask(rule, "2026-03-02T10:00+01:00")["error"]
    assert "error" in ask(rule, "2024-05-14T10:00+02:00")
    assert "error" not in ask(rule, "2024-05-13T10:00+02:00", zone="Europe/Berlin")


def test_rules_in_force_answer_every_week_of_2025_and_2026():
    days = [date(2025, 1, 1) + timedelta(days=7 * n) for n in range(105)] + [date(2026, 12, 31)]

    for rule in (name for name in RULES if name not in ("EU-24", "EU-24b")):
        wrong = [day for day in days if "error" in ask(rule, f"{day}T12:00Z")]
        assert (rule, wrong) == (rule, [])


def test_floor_starts_no_deadline():
    assert book().started_by("content_removed", date(2026, 3, 2), "removal_order") == ()
    assert [rule.id for rule in book().started_by("dsa_restriction_imposed", date(2026, 3, 2))] == ["EU-02b", "EU-06c"]


@pytest.mark.parametrize("day", ["2026-01-01", "2026-01-02", "2026-04-02", "2026-04-03", "2026-04-06", "2026-05-01",
    "2026-05-14", "2026-05-15", "2026-05-25", "2026-07-21", "2026-11-02", "2026-12-24", "2026-12-31"])  # fmt: skip
def test_institutions_rest_on(day):
    assert not book().calendar("EU").is_working(date.fromisoformat(day))


def test_institutions_rest_on_no_other_weekday_of_2026():
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    assert sum(day.weekday() < 5 and not book().calendar("EU").is_working(day) for day in year) == 17
