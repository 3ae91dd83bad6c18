"""The rules of the United Kingdom, India, Singapore, Indonesia, Australia, the United States and Hong Kong: each with
its period and profile, and worked by hand on its most awkward days."""

import json
from datetime import date, timedelta

import pytest

from cases.law.clocks.lines import answer
from cases.law.rulebook import book

PLACES = ("UK-", "IN-", "SG-", "ID-", "AU-", "US-", "HK-")
# Kind, amount, unit, profile of the newest version, as the brief has them.
RULES = {
    "UK-01": ("ordered", None, "", "UK"),
    "UK-02": ("ordered", None, "", "UK"),
    "UK-03": ("ordered", None, "", "UK"),
    "UK-03b": ("statutory", 3, "month", "UK"),
    "UK-04": ("statutory", 1, "month", "UK"),
    "UK-05": ("statutory", 48, "hour", "UK-H"),
    "IN-01": ("statutory", 3, "hour", "IN-H"),
    "IN-02": ("statutory", 2, "hour", "IN-H"),
    "IN-03": ("statutory", 24, "hour", "IN-H"),
    "IN-03b": ("statutory", 7, "day", "IN-D"),
    "IN-03c": ("statutory", 36, "hour", "IN-H"),
    "IN-04": ("statutory", 72, "hour", "IN-H"),
    "IN-04b": ("floor", 180, "day", "IN-D"),
    "IN-04c": ("statutory", 3, "month", "IN-D"),
    "IN-04d": ("statutory", 1, "month", "IN-D"),
    "IN-04e": ("statutory", 30, "day", "IN-D"),
    "IN-05": ("statutory", 6, "hour", "IN-H"),
    "IN-05b": ("regulator", 48, "hour", "IN-H"),
    "IN-05c": ("statutory", 72, "hour", "IN-H"),
    "SG-01": ("ordered", None, "", "SG-D"),
    "SG-01b": ("statutory", 30, "day", "SG-D"),
    "SG-01c": ("statutory", 14, "day", "SG-D"),
    "SG-02": ("ordered", None, "", "SG-D"),
    "SG-03": ("statutory", 3, "day", "SG-CD"),
    "SG-03b": ("statutory", 30, "day", "SG-CD"),
    "ID-01": ("statutory", 24, "hour", "ID-H"),
    "ID-01b": ("statutory", 4, "hour", "ID-H"),
    "ID-02": ("statutory", 5, "day", "ID-CD"),
    "ID-02b": ("statutory", 72, "hour", "ID-H"),
    "AU-01": ("statutory", 24, "hour", "AU-H"),
    "AU-02": ("statutory", 48, "hour", "AU-H"),
    "US-01": ("statutory", 48, "hour", "US-H"),
    "US-02": ("statutory", 14, "working_day", "US"),
    "US-02b": ("duty", None, "", "US"),
    "US-02c": ("floor", 1, "year", "US"),
    "US-02d": ("floor", 10, "working_day", "US"),
    "HK-01": ("statutory", 40, "day", "HK-D"),
    "HK-01b": ("ordered", None, "", "HK-D"),
    "HK-01c": ("statutory", 14, "day", "HK-D"),
    "HK-02": ("statutory", 12, "hour", "HK-H"),
    "HK-02b": ("statutory", 48, "hour", "HK-H"),
    "HK-02c": ("statutory", 14, "day", "HK-D"),
}
# What began within 2025 and 2026 or later, or is not verified.
LATER = {"SG-02", "US-01", "HK-02", "HK-02b", "HK-02c", "IN-05c", "UK-04", "UK-05"}
HOURLY = [name for name, (_, _, unit, _) in RULES.items() if unit == "hour" and name not in ("UK-05", "IN-05c")]


def ask(rule, trigger=None, **more):
    return answer(json.dumps({"id": "t", "rule": rule, "trigger": trigger, **more}), book=book())


def due_of(rule, trigger, **more):
    found = ask(rule, trigger, **more)
    return found.get("due") or found


def bare(profile, amount, trigger):
    return answer(json.dumps({"profile": profile, "amount": amount, "unit": "day", "trigger": trigger}), book=book())


def test_every_rule_has_its_period_and_its_profile():
    assert {
        rule.id: (rule.kind, rule.amount, rule.unit, rule.profile)
        for rule in book().rules
        if rule.id.startswith(PLACES)
    } == RULES


@pytest.mark.parametrize(
    ("rule", "trigger", "due", "safe"),
    [
        ("UK-03b", "2025-11-30", "2026-02-28", "2026-02-27"),  # no 30 February, and no roll off the Saturday
        ("UK-03b", "2026-09-25", "2026-12-25", "2026-12-24"),  # Christmas Day stays
        ("IN-03b", "2026-02-19", "2026-03-06", "2026-03-06"),  # the fifteen days of before
        ("IN-03b", "2026-02-20", "2026-02-27", "2026-02-27"),  # the seven of since
        ("IN-03b", "2026-03-27", "2026-04-06", "2026-04-02"),  # Good Friday, a weekend
        ("IN-04b", "2026-01-01", "2026-06-30", "2026-06-30"),
        ("IN-04c", "2025-11-30", "2026-03-02", "2026-02-27"),
        ("IN-04c", "2026-01-03", "2026-04-06", "2026-04-02"),
        ("IN-04d", "2026-01-31", "2026-03-02", "2026-02-27"),
        ("IN-04e", "2026-03-15", "2026-04-15", "2026-04-13"),  # day 30 is Ambedkar's birthday
        ("SG-01b", "2026-05-01", "2026-06-02", "2026-05-30"),  # Vesak on Sunday 31 May, the Monday in lieu
        ("SG-01c", "2026-10-26", "2026-11-10", "2026-11-07"),  # Deepavali on a Sunday, the Monday in lieu
        ("SG-01c", "2026-06-06", "2026-06-20", "2026-06-20"),  # a Saturday is a working day
        ("SG-03", "2026-02-14", "2026-02-17", "2026-02-16"),  # Chinese New Year: neither skipped nor rolled
        ("SG-03b", "2026-05-01", "2026-05-31", "2026-05-30"),
        ("ID-02", "2026-03-16", "2026-03-21", "2026-03-17"),  # Idul Fitri; 18 and 20 March are joint leave, 19 Nyepi
        ("US-02", "2026-12-15", "2027-01-06", "2027-01-06"),  # Christmas and New Year left out
        ("US-02d", "2026-12-15", "2026-12-30", "2026-12-30"),
        ("US-02c", "2025-07-03", "2026-07-06", "2026-07-02"),  # 3 July 2026 stands for Independence Day
        ("US-02c", "2025-07-05", "2026-07-06", "2026-07-02"),
        ("HK-01", "2026-02-22", "2026-04-08", "2026-04-02"),  # Good Friday to the day after Easter Monday
        ("HK-01c", "2026-03-20", "2026-04-08", "2026-04-02"),
        ("HK-01c", "2026-03-28", "2026-04-11", "2026-04-11"),  # a Saturday is a working day
        ("HK-02c", "2026-06-05", "2026-06-20", "2026-06-18"),  # Tuen Ng, then a Saturday
    ],
)
def test_days(rule, trigger, due, safe):
    found = ask(rule, trigger)

    assert (found["due"], found["safe_due"]) == (due, safe)


@pytest.mark.parametrize(
    ("rule", "trigger", "zone", "due"),
    [
        ("IN-01", "2026-02-20T23:30+05:30", None, "2026-02-21T02:30:00+05:30"),
        ("IN-02", "2026-05-01T20:00Z", None, "2026-05-02T03:30:00+05:30"),  # half an hour off the whole
        ("IN-03", "2025-12-31T22:15+05:30", None, "2026-01-01T22:15:00+05:30"),
        ("IN-03c", "2026-02-19T10:00+05:30", None, "2026-02-22T10:00:00+05:30"),
        ("IN-03c", "2026-02-20T10:00+05:30", None, "2026-02-21T22:00:00+05:30"),
        ("IN-04", "2026-08-14T09:30+05:30", None, "2026-08-17T09:30:00+05:30"),  # Independence Day stops nothing
        ("IN-05", "2026-12-31T20:30+05:30", None, "2027-01-01T02:30:00+05:30"),
        ("IN-05b", "2026-10-01T09:00+05:30", None, "2026-10-03T09:00:00+05:30"),
        ("IN-05c", "2027-05-13T00:00+05:30", None, "2027-05-16T00:00:00+05:30"),
        ("ID-01", "2026-03-20T15:00+07:00", None, "2026-03-21T15:00:00+07:00"),
        ("ID-01b", "2026-12-31T15:00Z", None, "2027-01-01T02:00:00+07:00"),
        ("ID-02b", "2026-06-14T08:00+07:00", None, "2026-06-17T08:00:00+07:00"),
        # Summer time ends in Sydney on 5 April 2026 and begins on 4 October.
        ("AU-01", "2026-04-04T20:00+11:00", "Australia/Sydney", "2026-04-05T19:00:00+10:00"),
        ("AU-02", "2026-10-03T10:00+10:00", "Australia/Sydney", "2026-10-05T11:00:00+11:00"),
        # It ends in New York on 1 November 2026.
        ("US-01", "2026-10-31T09:00-04:00", "America/New_York", "2026-11-02T08:00:00-05:00"),
        ("HK-02", "2026-01-01T00:00+08:00", None, "2026-01-01T12:00:00+08:00"),
        ("HK-02b", "2026-04-03T18:00+08:00", None, "2026-04-05T18:00:00+08:00"),  # no general holiday stops it
    ],
)
def test_hours(rule, trigger, zone, due):
    assert due_of(rule, trigger, zone=zone) == due


@pytest.mark.parametrize(
    ("rule", "before", "since"),
    [
        ("IN-01", "2026-02-21T11:59:00+05:30", "2026-02-20T03:00:00+05:30"),  # 36 hours, then 3
        ("IN-02", "2026-02-20T23:59:00+05:30", "2026-02-20T02:00:00+05:30"),  # 24, then 2
        ("IN-03c", "2026-02-22T23:59:00+05:30", "2026-02-21T12:00:00+05:30"),  # 72, then 36
    ],
)
def test_new_hours_of_india_begin_at_midnight_of_kolkata(rule, before, since):
    assert due_of(rule, "2026-02-19T23:59+05:30") == due_of(rule, "2026-02-19T18:29Z") == before
    assert due_of(rule, "2026-02-20T00:00+05:30") == due_of(rule, "2026-02-19T18:30Z") == since


def test_new_days_of_india_begin_at_midnight_of_kolkata():
    assert due_of("IN-03b", "2026-02-19T18:29Z") == "2026-03-06"
    assert due_of("IN-03b", "2026-02-19T18:30Z") == "2026-02-27"


@pytest.mark.parametrize(
    ("profile", "amount", "trigger", "due"),
    [
        # Six days or fewer pass over Sundays and holidays; seven do not.
        ("SG-D", 6, "2026-02-13", "2026-02-23"),
        ("SG-D", 7, "2026-02-13", "2026-02-20"),
        ("SG-D", 3, "2026-02-14", "2026-02-20"),
        ("SG-CD", 3, "2026-02-14", "2026-02-17"),
        ("HK-D", 6, "2026-04-01", "2026-04-13"),  # 2, 8, 9, 10, 11, 13 April
        ("HK-D", 7, "2026-04-01", "2026-04-08"),
    ],
)
def test_short_periods(profile, amount, trigger, due):
    assert bare(profile, amount, trigger)["due"] == due


@pytest.mark.parametrize("rule", HOURLY)
def test_bare_date_misses_its_hour(rule):
    assert ask(rule, "2026-07-01")["missing"] == ["hour"]


@pytest.mark.parametrize("rule", ["AU-01", "AU-02", "US-01"])
def test_hour_without_a_zone_misses_it_where_the_country_has_several(rule):
    assert ask(rule, "2026-07-01T10:00")["missing"] == ["zone"]


@pytest.mark.parametrize("rule", [name for name, (kind, *_) in RULES.items() if kind in ("duty", "ordered")])
def test_duty_and_order_have_no_date_of_their_own(rule):
    assert ask(rule, "2026-07-01")["missing"] == ["ordered"]
    assert due_of(rule, None, ordered="2026-07-05") == "2026-07-05"  # a Sunday: an ordered date does not move


def test_notice_of_ofcom_may_set_an_hour():
    assert due_of("UK-01", None, ordered="2026-03-31T17:00") == "2026-03-31T17:00:00+01:00"


@pytest.mark.parametrize("rule", ["UK-04", "UK-05"])
def test_what_is_not_verified_is_refused(rule):
    assert ask(rule, "2026-03-02T10:00") == {"id": "t", "error": f"{rule} is not verified and ships disabled"}


def test_what_is_not_verified_starts_no_clock():
    started = book().started_by("osa_confirmation_decision_served", date(2026, 3, 2))

    assert [rule.id for rule in started] == ["UK-03"]
    assert book().started_by("uk_intimate_image_reported", date(2026, 3, 2)) == ()


@pytest.mark.parametrize(
    ("rule", "trigger", "since"),
    [
        ("US-01", "2026-05-18T23:59-04:00", "2026-05-19"),
        ("HK-02", "2025-12-31T15:59Z", "2026-01-01"),  # one minute before midnight in Hong Kong
        ("IN-05c", "2027-05-12T18:29Z", "2027-05-13"),
        ("SG-02", "2026-06-28", "2026-06-29"),
    ],
)
def test_what_is_not_law_yet_is_refused_with_its_date(rule, trigger, since):
    assert (
        f"it is in force from {since} on"
        in (ask(rule, ordered=trigger) if rule == "SG-02" else ask(rule, trigger))["error"]
    )


def test_rules_in_force_answer_every_week_of_2025_and_2026():
    days = [date(2025, 1, 1) + timedelta(days=7 * n) for n in range(105)] + [date(2026, 12, 31)]

    for rule in sorted(set(RULES) - LATER):
        assert (rule, [day for day in days if "error" in ask(rule, f"{day}T12:00Z")]) == (rule, [])


def test_floor_starts_no_deadline():
    assert [rule.id for rule in book().started_by("us_counter_notice_received", date(2026, 3, 2))] == ["US-02"]
    assert book().started_by("in_content_removed", date(2026, 3, 2)) == ()
