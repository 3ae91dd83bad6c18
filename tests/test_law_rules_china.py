"""China's rulebook against the table of the brief: every id with its period, its version, and what follows it."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from cases.actions.event import log_event
from cases.law.rulebook import RuleNotInForce, book
from cases.models import Person
from tests.factories import a_case
from tracker.forms.event import event_choices

WD, CD, MONTHS, HOURS = "CN-WD", "CN-CD", "CN-M", "CN-H"
# The newest version of every rule: kind, who acts, period.
TABLE = {
    "CN-01": ("regulator", "authority", 7, "working_day", WD),
    "CN-02": ("regulator", "authority", 90, "day", CD),
    "CN-03": ("regulator", "authority", 7, "working_day", WD),
    "CN-03b": ("regulator", "authority", 15, "working_day", WD),
    "CN-04": ("ordered", "party", None, "", WD),
    "CN-05": ("statutory", "party", 5, "working_day", WD),
    "CN-06": ("regulator", "authority", 7, "working_day", WD),
    "CN-07": ("regulator", "authority", 7, "working_day", WD),
    "CN-08": ("statutory", "party", 15, "day", CD),
    "CN-09": ("regulator", "authority", 3, "working_day", WD),
    "CN-10": ("regulator", "authority", 2, "year", MONTHS),
    "CN-10b": ("regulator", "authority", 5, "year", MONTHS),
    "CN-11": ("gate", "party", None, "", ""),
    "CN-12": ("statutory", "party", 60, "day", CD),
    "CN-12b": ("statutory", "party", 1, "year", MONTHS),
    "CN-12c": ("statutory", "party", 5, "year", MONTHS),
    "CN-13": ("regulator", "authority", 5, "working_day", WD),
    "CN-14": ("regulator", "authority", 5, "working_day", WD),
    "CN-14b": ("statutory", "party", 10, "working_day", WD),
    "CN-15": ("regulator", "authority", 7, "working_day", WD),
    "CN-15b": ("regulator", "authority", 10, "working_day", WD),
    "CN-15c": ("regulator", "authority", 3, "working_day", WD),
    "CN-15d": ("regulator", "authority", 5, "working_day", WD),
    "CN-16": ("regulator", "authority", 60, "day", CD),
    "CN-16b": ("regulator", "authority", 30, "day", CD),
    "CN-17": ("statutory", "party", 15, "day", CD),
    "CN-18": ("statutory", "party", 6, "month", MONTHS),
    "CN-18b": ("statutory", "party", 1, "year", MONTHS),
    "CN-18c": ("statutory", "party", 5, "year", MONTHS),
    "CN-19": ("statutory", "party", 10, "day", CD),
    "CN-20": ("statutory", "party", 15, "day", CD),
    "CN-20b": ("statutory", "party", 10, "day", CD),
    "CN-21": ("regulator", "authority", 3, "month", MONTHS),
    "CN-21b": ("regulator", "authority", 10, "working_day", WD),
    "CN-22": ("ordered", "party", None, "", CD),
    "CN-23": ("duty", "party", None, "", CD),
    "CN-24": ("ordered", "party", None, "", CD),
    "CN-25": ("ordered", "party", None, "", CD),
    "CN-26": ("duty", "party", None, "", CD),
    "CN-26b": ("duty", "party", None, "", CD),
    "CN-27": ("statutory", "party", 1, "hour", HOURS),
    "CN-27b": ("statutory", "party", 2, "hour", HOURS),
    "CN-27c": ("statutory", "party", 4, "hour", HOURS),
    "CN-27d": ("regulator", "authority", 0.5, "hour", HOURS),
    "CN-27e": ("regulator", "authority", 1, "hour", HOURS),
    "CN-28": ("statutory", "party", 30, "day", CD),
    "CN-29": ("statutory", "party", 24, "hour", HOURS),
    "CN-30": ("duty", "party", None, "", CD),
    "CN-31": ("statutory", "party", 10, "working_day", WD),
    "CN-31b": ("statutory", "party", 10, "working_day", WD),
    "CN-31c": ("statutory", "party", 20, "working_day", WD),
    "CN-31d": ("regulator", "authority", 30, "working_day", WD),
    "CN-32": ("floor", "party", 6, "month", MONTHS),
    "CN-32b": ("floor", "party", 60, "day", CD),
    "CN-33": ("statutory", "party", 15, "working_day", WD),
    "CN-34": ("duty", "party", None, "", CD),
    "CN-34b": ("statutory", "party", 15, "day", CD),
    "CN-35": ("regulator", "authority", 30, "day", CD),
}
CONFIDENCE_M = {"CN-03", "CN-03b", "CN-26", "CN-26b", "CN-28", "CN-33"}
CONFIDENCE_H = {"CN-34", "CN-34b", "CN-35"}
NOT_QUOTED = ("Clause not quoted: not compared with the gazette.", "条文未引：未与公报核对。")


def chinese():
    return [rule for versions in book().by_id.values() for rule in versions if rule.id.startswith("CN-")]


def on(text):
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


# ---- What is there ---------------------------------------------------------------------------------------------------
def test_every_row_of_the_table_is_there_in_order():
    assert [rule.id for rule in book().rules if rule.id.startswith("CN-")] == list(TABLE)


@pytest.mark.parametrize("rule_id", TABLE)
def test_rule_has_the_period_of_the_table(rule_id):
    rule = book().rule(rule_id, None)

    assert (rule.kind, rule.actor, rule.amount, rule.unit, rule.profile) == TABLE[rule_id]
    assert rule.direction == ("back" if rule_id == "CN-06" else "forward")
    assert rule.enabled
    assert rule.confidence == ("M" if rule_id in CONFIDENCE_M else "H" if rule_id in CONFIDENCE_H else "H*")


def test_every_version_quotes_its_words_or_says_it_does_not():
    for rule in chinese():
        said = (NOT_QUOTED[0] in rule.note_en, NOT_QUOTED[1] in rule.note_zh)
        assert said == ((False, False) if rule.clause else (True, True)), rule.version


def test_what_is_not_sure_says_so():
    assert [rule.id for rule in chinese() if rule.confidence == "M" and not rule.note_en] == []


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31)])
def test_law_in_force_covers_the_whole_of_2025_and_2026(day):
    began = {"CN-27": 11, "CN-27b": 11, "CN-27c": 11, "CN-27d": 11, "CN-27e": 11, "CN-28": 11, "CN-33": 5}
    missing = {name for name in TABLE if not any(rule.in_force(day) for rule in book().versions(name))}

    assert missing == {name for name, month in began.items() if day < date(2025, month, 1)}


def test_versions_follow_each_other_without_a_gap():
    for name in TABLE:
        versions = book().versions(name)
        for older, newer in pairwise(versions):
            assert older.valid_to + timedelta(days=1) == newer.valid_from, name


# ---- What follows what -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule_id", "creates", "on_expiry"),
    [
        ("CN-02", ["CN-07"], ""),
        ("CN-03", ["CN-02"], ""),
        ("CN-05", ["CN-06"], ""),
        ("CN-07", ["CN-08", "CN-12", "CN-18"], ""),
        ("CN-11", ["CN-12"], ""),
        ("CN-12", ["CN-13", "CN-14"], ""),
        ("CN-13", ["CN-15", "CN-15c", "CN-16", "CN-16b"], "reconsideration_accepted"),
        ("CN-14", ["CN-14b"], ""),
        ("CN-14b", ["CN-13"], ""),
        ("CN-15", ["CN-15b"], ""),
        ("CN-15b", ["CN-16"], ""),
        ("CN-16", ["CN-17"], "reconsideration_period_expired"),
        ("CN-16b", ["CN-17"], "reconsideration_period_expired"),
        ("CN-17", ["CN-20", "CN-20b", "CN-21"], "review_periods_expired"),
        ("CN-18", ["CN-20", "CN-20b", "CN-21"], "review_periods_expired"),
        ("CN-27", ["CN-27d", "CN-28"], ""),
        ("CN-35", ["CN-08", "CN-12", "CN-18"], "decision_served"),
    ],
)
def test_one_clock_leads_to_the_next(rule_id, creates, on_expiry):
    rule = book().rule(rule_id, None)

    assert (list(rule.creates), rule.on_expiry) == (creates, on_expiry)


def test_every_rule_is_started_by_what_a_person_can_log():
    offered = {name for name, _title in event_choices()}
    for rule in chinese():
        assert rule.cap_of or set(rule.starts_on) & offered, rule.version
        assert set(rule.starts_on) <= offered, rule.version


def test_every_clock_is_started_by_each_of_its_events():
    for rule in chinese():
        for event in rule.starts_on:
            measure = rule.applies_to[0] if rule.applies_to else None
            started = book().started_by(event, rule.valid_from, measure, frozenset(rule.only_for))
            assert (rule in started) == rule.is_clock, (rule.version, event)


@pytest.mark.parametrize(
    ("event", "traits", "expected"),
    [
        ("filing_conditions_met", set(), ["CN-03"]),
        ("filing_conditions_met", {"special_lead"}, ["CN-03b"]),
        ("breach_ended", set(), ["CN-10"]),
        ("breach_ended", {"grave_harm"}, ["CN-10b"]),
        ("reconsideration_application_received", set(), ["CN-13", "CN-14"]),
        ("reconsideration_correction_received", set(), ["CN-13"]),
        ("reconsideration_accepted", set(), ["CN-15", "CN-16"]),
        ("reconsideration_accepted", {"summary_reconsideration"}, ["CN-15c", "CN-16b"]),
        ("reconsideration_copy_received", set(), ["CN-15b"]),
        ("reconsideration_copy_received", {"summary_reconsideration"}, ["CN-15d"]),
        ("talk_noticed", set(), []),
        ("talk_noticed", {"news_service"}, ["CN-25"]),
        ("security_talk_held", set(), ["CN-24"]),
        ("talk_held", set(), []),  # a talk on content is no talk on a security risk: what it orders is CN-22
        ("log_recorded", set(), []),  # a floor starts no deadline
        ("public_notice_posted", set(), ["CN-35"]),
    ],
)
def test_event_starts_what_concerns_the_party(event, traits, expected):
    assert [rule.id for rule in book().started_by(event, date(2026, 3, 2), None, frozenset(traits))] == expected


@pytest.mark.django_db
def test_logged_event_opens_its_clock(counsel: Person, now: datetime):
    event = log_event(case=a_case(by=counsel), name="demand_served", occurred_on=date(2025, 9, 26), by=counsel, at=now)

    assert [(row.rule_id, row.due_on) for row in event.deadlines.all()] == [("CN-21b", date(2025, 10, 16))]


# ---- Which version ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "day", "cited"),
    [
        ("CN-13", "2023-12-31", "（1999，2017修正）第十七条、第四十条"),
        ("CN-13", "2024-01-01", "（2023）第三十条"),
        ("CN-14", "2023-12-31", "《行政复议法实施条例》（2007）第二十九条"),
        ("CN-14", "2024-01-01", "（2023）第三十一条第一款"),
        ("CN-15", "2023-12-31", "（1999，2017修正）第二十三条第一款"),
        ("CN-15", "2024-01-01", "（2023）第四十八条"),
        ("CN-15b", "2023-12-31", "（1999，2017修正）第二十三条第一款"),
        ("CN-15b", "2024-01-01", "（2023）第四十八条"),
        ("CN-23", "2025-12-31", "（2017）第四十七条"),
        ("CN-23", "2026-01-01", "（2025修正）第四十九条"),
        ("CN-24", "2025-12-31", "（2017）第五十条、第五十六条"),
        ("CN-24", "2026-01-01", "（2025修正）第五十二条、第五十八条"),
        ("CN-30", "2025-12-31", "（2017）第二十五条、第四十二条第二款"),
        ("CN-30", "2026-01-01", "（2025修正）第二十七条、第四十四条第二款"),
        ("CN-32", "2025-12-31", "（2017）第二十一条第三项"),
        ("CN-32", "2026-01-01", "（2025修正）第二十三条第三项"),
    ],
)
def test_text_in_force_on_the_day_is_cited(rule, day, cited):
    assert cited in book().rule(rule, on(day)).citation_zh


@pytest.mark.parametrize(
    ("rule", "day"),
    [("CN-14b", "2023-12-31"), ("CN-15c", "2023-12-31"), ("CN-15d", "2023-12-31"), ("CN-11", "2023-12-31"),
     ("CN-33", "2025-04-30"), ("CN-28", "2025-10-31")],
)  # fmt: skip
def test_what_was_not_law_yet_is_refused(rule, day):
    with pytest.raises(RuleNotInForce):
        book().rule(rule, on(day))


@pytest.mark.parametrize(
    ("rule", "day", "told"),
    [
        ("CN-08", "2026-03-02", ["3 % of the fine a day", "at most the fine itself", "73(3)"]),
        ("CN-23", "2025-12-31", ["art. 68", "¥100k–500k", "persons ¥10k–100k"]),
        ("CN-23", "2026-01-01", ["art. 69", "¥50k–500k", "¥0.5m–2m", "¥2m–10m", "¥50k–200k", "¥200k–1m"]),
        ("CN-31", "2026-01-01", ["art. 31", "art. 33", "¥10k–100k", "updates suspended"]),
        ("CN-29", "2025-01-01", ["arts. 55–58"]),
        ("CN-15b", "2026-01-01", ["art. 70"]),
    ],
)
def test_what_is_at_stake_is_told_with_its_article(rule, day, told):
    version = book().rule(rule, on(day))

    assert [word for word in told if word not in f"{version.citation_en} {version.consequence_en}"] == []
