"""Lines of a batch: what is answered, what is missing, what is refused; no line ever stops the next."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.law.clocks.lines import answer, reply
from cases.law.rulebook import book


def answered(line):
    raw = line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
    said = reply(raw, book=book())
    assert "\n" not in said
    return json.loads(said)


def test_answer_has_just_the_keys_agreed_on():
    found = answered({"id": "a", "rule": "CN-12", "trigger": "2026-08-11"})

    assert list(found) == [
        "id", "due", "nominal", "safe_due", "provisional", "rule_version", "calendar_version", "trace"
    ]  # fmt: skip
    assert (found["rule_version"], found["calendar_version"]) == ("CN-12@2024-01-01", "CN@2025-11-04")
    assert {tuple(run) for run in found["trace"]} == {("from", "to", "as", "n", "cite")}


def test_hour_clock_names_no_calendar_and_a_bare_profile_no_rule():
    found = answered({"id": 1, "profile": "CN-H", "amount": 4, "unit": "hour", "trigger": "2026-10-01T23:30"})

    assert (found["due"], found["rule_version"], found["calendar_version"]) == ("2026-10-02T03:30:00+08:00", None, None)


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ({"rule": "CN-12"}, ["served_on"]),
        ({"rule": "CN-12", "trigger": None}, ["served_on"]),
        ({"rule": "CN-12", "facts": {"served_on": None}}, ["served_on"]),
        ({"rule": "CN-22"}, ["ordered"]),
        ({"rule": "EU-22", "trigger": "2026-03-02", "zone": "Europe/Berlin"}, ["hour"]),
        ({"rule": "EU-22", "trigger": "2026-03-02T10:00"}, ["zone"]),
        ({"profile": "CN-CD", "amount": 5, "unit": "day"}, ["trigger"]),
        ({"rule": "CN-12", "trigger": "2026-03-02", "suspensions": [{"from": "2026-03-20"}]}, ["until"]),
        ({"rule": "CN-22", "trigger": "2026-03-02", "period": {"amount": 15, "unit": "day"}}, ["profile"]),
    ],
)
def test_missing_facts_are_listed(line, facts):
    assert answered({"id": 7, **line}) == {"id": 7, "missing": facts}


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ({"rule": "CN-12", "facts": {"served_on": "2026-08-11"}}, "2026-10-10"),
        ({"rule": "CN-12", "trigger": "2026-08-11", "facts": {"served_on": "2026-08-11"}}, "2026-10-10"),
        ({"rule": "CN-12a", "trigger": "2026-08-11"}, "2026-10-10"),
        ({"rule": "CN-12", "trigger": "2026-08-10T23:00:00Z"}, "2026-10-10"),
        ({"rule": "CN-06", "trigger": "2026-10-12"}, "2026-09-24"),
        (
            {"profile": "CN-WD", "amount": 7, "unit": "working_day", "direction": "back", "trigger": "2026-10-12"},
            "2026-09-24",
        ),
        (
            {"rule": "CN-22", "trigger": "2026-09-18", "period": {"amount": 15, "unit": "day", "profile": "CN-CD"}},
            "2026-10-08",
        ),
        ({"rule": "CN-22", "ordered": "2026-03-10T17:00:00+08:00"}, "2026-03-10T17:00:00+08:00"),
        ({"rule": "CN-12", "trigger": "2026-03-02", "extensions": [{"until": "2026-06-01"}]}, "2026-06-01"),
        ({"rule": "EU-23", "trigger": "2026-09-26", "calendar": "IE"}, "2026-10-27"),
    ],
)
def test_line_is_answered(line, due):
    assert answered({"id": 7, **line})["due"] == due


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"rule": "CN-99", "trigger": "2026-03-02"}, "unknown rule 'CN-99'"),
        ({"rule": "CN-12", "triger": "2026-03-02"}, "unknown key 'triger' in line"),
        ({"rule": "CN-12", "trigger": "2026-02-30"}, "trigger must be a date"),
        ({"rule": "CN-12", "trigger": "20260302"}, "trigger must be a date"),
        ({"rule": "CN-12", "trigger": "2026-W10-1"}, "trigger must be a date"),
        ({"rule": "CN-12", "trigger": 20260302}, "trigger must be a date"),
        ({"rule": "CN-12", "trigger": "9999-12-31"}, "lies outside"),
        ({"rule": "CN-12", "trigger": "0001-01-01"}, "CN-12 was not in force on 0001-01-01"),
        (
            {"rule": "CN-12", "trigger": "2026-03-02", "facts": {"served_on": "2026-03-03"}},
            "are the same fact and differ",
        ),
        ({"rule": "CN-12", "facts": {"seved_on": "2026-03-03"}}, "unknown fact 'seved_on'"),
        ({"rule": "CN-12", "facts": ["2026-03-03"]}, "facts must be an object"),
        ({"rule": "CN-12", "trigger": "2026-03-02", "zone": "Mars/Base"}, "unknown zone 'Mars/Base'"),
        ({"rule": "CN-12", "trigger": "2026-03-02", "zone": "../../etc/passwd"}, "unknown zone"),
        ({"rule": "CN-12", "trigger": "2026-03-02", "calendar": "Europe/Berlin"}, "unknown calendar"),
        ({"rule": "CN-12", "profile": "CN-CD"}, "a rule has its own profile"),
        ({"rule": "CN-27c", "trigger": "2024-01-01T10:00"}, "from 2025-11-01"),
        ({"rule": ["CN-12"]}, "rule must be a name"),
        ({}, "profile is wanted, or a rule"),
        ({"profile": "CN-CD", "unit": "day", "trigger": "2026-03-02"}, "amount is wanted"),
        ({"profile": "CN-CD", "amount": "5", "unit": "day", "trigger": "2026-03-02"}, "not '5'"),
        ({"profile": "CN-CD", "amount": True, "unit": "day", "trigger": "2026-03-02"}, "not True"),
        ({"profile": "CN-CD", "amount": 5.0, "unit": "day", "trigger": "2026-03-02"}, "not 5.0"),
        ({"profile": "CN-CD", "amount": -1, "unit": "day", "trigger": "2026-03-02"}, "not -1"),
        ({"profile": "CN-CD", "amount": 10**30, "unit": "day", "trigger": "2026-03-02"}, "amount must be"),
        ({"profile": "CN-CD", "amount": 5, "unit": "days", "trigger": "2026-03-02"}, "unknown unit 'days'"),
        ({"profile": "CN", "amount": 5, "unit": "day", "trigger": "2026-03-02"}, "unknown profile 'CN'"),
        ({"rule": "CN-12", "trigger": "2026-03-02", "extensions": {"amount": 1}}, "extensions must be a list"),
        ({"rule": "CN-12", "trigger": "2026-03-02", "extensions": [{"amount": 1}]}, "an extension wants"),
        ({"rule": "CN-12", "trigger": "2026-03-02", "extensions": [5]}, "extension must be an object"),
        (
            {"rule": "CN-12", "trigger": "2026-03-02", "suspensions": [{"until": "2026-03-05"}]},
            "a suspension wants from",
        ),
        ({"rule": "CN-22", "trigger": "2026-03-02", "period": {"unit": "day"}}, "a period wants"),
        ({"rule": "CN-12", "trigger": "2026-03-02", "ordered": "2026-03-05"}, "only an order has a date"),
    ],
)
def test_bad_line_says_what_is_wrong(line, said):
    found = answered({"id": 7, **line})

    assert (set(found), found["id"]) == ({"id", "error"}, 7)
    assert said in found["error"]


@pytest.mark.parametrize(
    "line",
    [
        b"", b"\n", b"not json", b"[]", b"7", b'"CN-12"', b"null", b'{"id": 1', b"\xff\xfe", b"[" * 100_000,
        b'{"id": NaN, "rule": "CN-12"}', b'{"id": 1e999, "rule": "CN-12"}', b'{"amount": ' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
def test_line_that_is_not_json_has_no_id(line):
    found = answered(line)

    assert (set(found), found["id"]) == ({"id", "error"}, None)


@pytest.mark.parametrize("more", [{"trigger": "2026-03-02"}, {"facts": {"served_on": "2026-03-02"}}, {}])
def test_an_ordered_date_is_answered_whether_its_trigger_is_told_too_or_not(more):
    assert answered({"id": 8, "rule": "CN-22", "ordered": "2026-03-10", **more})["due"] == "2026-03-10"


def test_an_ordered_date_with_its_trigger_is_measured_where_the_law_sets_a_floor():
    line = {"id": 7, "rule": "EU-12", "trigger": "2026-03-02", "ordered": "2026-03-10", "calendar": "EU"}

    found = answered(line)

    assert (found["due"], [run["as"] for run in found["trace"]]) == ("2026-03-10", ["ordered", "below_floor"])


def test_a_giant_value_is_not_echoed_whole():
    assert len(answered({"rule": "x" * 1_000_000})["error"]) < 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    max_leaves=5,
)
WHEN = st.dates().map(str) | st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()) | JSON
LINES = st.fixed_dictionaries(
    {"id": JSON},
    optional={
        "rule": st.sampled_from([rule.id for rule in book().rules]) | JSON,
        "profile": st.sampled_from(sorted(book().profiles)) | JSON,
        "amount": st.integers(-5, 10**7) | JSON,
        "unit": st.sampled_from(["hour", "day", "working_day", "week", "month", "year"]) | JSON,
        "trigger": WHEN,
        "ordered": WHEN,
        "zone": st.sampled_from(["Europe/Berlin", "Asia/Shanghai", "Europe"]) | JSON,
        "calendar": st.sampled_from(sorted(book().calendars)) | JSON,
        "direction": st.sampled_from(["back", "forward"]) | JSON,
        "period": st.fixed_dictionaries({"amount": st.integers(), "unit": st.just("day"), "profile": st.just("CN-CD")}),
        "extensions": st.lists(
            st.fixed_dictionaries({"amount": st.integers(), "unit": st.just("day")}) | JSON, max_size=2
        ),
        "suspensions": st.lists(st.fixed_dictionaries({"from": WHEN, "until": WHEN}) | JSON, max_size=2),
    },
)


@settings(deadline=None, max_examples=800)
@given(LINES)
def test_any_line_at_all_gets_one_answer(line):
    found = answered(line)

    assert set(found) - {"id"} in ({"error"}, {"missing"}) or "due" in found


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(sorted(book().profiles)),
    st.sampled_from(["hour", "day", "working_day", "week", "month", "year"]),
    st.integers(1, 10**6),
    st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()) | st.dates().map(str),
    st.sampled_from(["forward", "back"]),
)
def test_any_period_from_any_moment_gets_one_answer(profile, unit, amount, trigger, direction):
    ask = {"profile": profile, "amount": amount, "unit": unit, "trigger": trigger, "direction": direction, "id": "案1"}
    found = answered(ask)

    assert reply(json.dumps(ask).encode(), book=book()) == json.dumps(answer(json.dumps(ask), book=book()))
    assert "error" in found or "missing" in found or "due" in found
