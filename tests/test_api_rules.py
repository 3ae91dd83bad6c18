"""The law by the API: rules, calendars, and due dates worked out as `manage.py due` does, with nothing recorded."""

import json
from dataclasses import fields

import pytest

from cases.law.clocks.lines import answer as line_answer
from cases.law.rulebook import Rule, book
from cases.models import LogEntry, Person
from tests.api_world import as_, url

pytestmark = pytest.mark.django_db


def test_every_rule_is_listed_with_its_citation(administrator: Person) -> None:
    rows = as_(administrator).get(url("rules/")).data["results"]

    assert [row["id"] for row in rows] == [rule.id for rule in book().rules]
    assert all(row["citation_zh"] or row["citation_en"] for row in rows)


def test_a_rule_is_shown_in_the_version_of_a_day(counsel: Person) -> None:
    assert as_(counsel).get(url("rules/CN-12/")).data["version"].startswith("CN-12@")
    early = as_(counsel).get(url("rules/CN-12/?on=1990-01-01"))
    assert (early.status_code, early.data["code"]) == (400, "law")
    assert as_(counsel).get(url("rules/CN-99/")).status_code == 404
    assert as_(counsel).get(url("rules/CN-12/?on=yesterday")).status_code == 400


def test_a_due_date_by_address_is_that_of_the_command(counsel: Person) -> None:
    answer = as_(counsel).get(url("rules/CN-12/due/?served_on=2026-03-02")).data

    line = line_answer(json.dumps({"rule": "CN-12", "facts": {"served_on": "2026-03-02"}}), book=book())
    assert answer["due"] == line["due"] == "2026-05-06"
    assert answer["trace"] == line["trace"]
    assert any("holiday" in step for step in answer["working"])
    assert not LogEntry.objects.exists()


def test_extensions_and_suspensions_go_in_the_body(counsel: Person) -> None:
    sent = {"trigger": "2025-09-11", "period": {"amount": 15, "unit": "day", "profile": "CN-CD"}}
    more = sent | {"extensions": [{"amount": 5, "unit": "day"}]}

    plain = as_(counsel).post(url("rules/CN-22/due/"), sent, format="json").data
    longer = as_(counsel).post(url("rules/CN-22/due/"), more, format="json").data

    assert (plain["due"], longer["due"]) == ("2025-09-26", "2025-10-09")  # 1 October, rolled over the holidays


def test_without_its_fact_a_rule_says_what_is_missing(counsel: Person) -> None:
    answer = as_(counsel).get(url("rules/CN-12/due/")).data

    assert answer["missing"] == ["served_on"]
    assert answer["sentence"].startswith("Cannot be worked out:")


@pytest.mark.parametrize(
    "query", ["served_on=2.3.2026", "moon=2026-03-02", "trigger=2026-03-02&served_on=2026-03-03",
              "served_on=1066-10-14"],
)  # fmt: skip
def test_what_the_law_does_not_understand_is_refused_in_words(query: str, counsel: Person) -> None:
    answer = as_(counsel).get(url(f"rules/CN-12/due/?{query}"))

    assert (answer.status_code, answer.data["code"]) == (400, "law")
    assert answer.data["message"]


@pytest.mark.parametrize("sent", [[1], "text", {"trigger": 5}, {"period": "long"}, {"rule": "CN-18", "extensions": 1}])
def test_a_body_of_another_shape_is_refused(sent: object, counsel: Person) -> None:
    assert as_(counsel).post(url("rules/CN-12/due/"), sent, format="json").status_code == 400


def test_a_calendar_shows_its_holidays_and_make_up_days(counsel: Person) -> None:
    shown = as_(counsel).get(url("calendars/CN/?year=2025")).json()

    days = {day["date"]: day["kind"] for day in shown["days"]}
    assert (days["2025-10-01"], days["2025-09-28"], days["2025-10-11"]) == ("holiday", "make_up", "make_up")
    assert (shown["is_published"], "2025-09-27" in days) == (True, False)


def test_a_year_without_an_arrangement_is_said_to_be_unpublished(counsel: Person) -> None:
    assert as_(counsel).get(url("calendars/CN/?year=2050")).data["is_published"] is False
    assert as_(counsel).get(url("calendars/CN/?year=3000")).status_code == 400
    assert as_(counsel).get(url("calendars/Mars/")).status_code == 404


def test_a_rule_tells_every_key_of_its_data(counsel: Person) -> None:
    shown = as_(counsel).get(url("rules/CN-12/")).data

    assert {field.name for field in fields(Rule)} <= set(shown)
    assert (shown["caps"], shown["creates"], shown["restarts_on"]) == (
        ["CN-12b", "CN-12c"],
        ["CN-13", "CN-14"],
        "right_learnt_on",
    )
    assert (shown["is_clock"], shown["extends"], shown["at_least"], shown["plus"]) == (True, "due", None, [])


def test_a_rule_lists_the_versions_it_had(counsel: Person) -> None:
    shown = as_(counsel).get(url("rules/CN-12/")).data

    days = [(str(row["valid_from"]), row["valid_to"] and str(row["valid_to"])) for row in shown["versions"]]
    assert days == [("1999-10-01", "2023-12-31"), ("2024-01-01", None)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("jurisdiction=EU&kind=regulator", ["EU-16b"]),
        ("event=hearing_right_told", ["CN-05"]),
        ("kind=duty", ["CN-23"]),
        ("kind=moon", []),
        ("event=hearing_right_told&actor=authority", []),
    ],
)  # fmt: skip
def test_rules_are_narrowed_by_what_they_say(query: str, found: list[str], counsel: Person) -> None:
    rows = as_(counsel).get(url(f"rules/?{query}")).data["results"]

    assert [row["id"] for row in rows if row["id"] in {"EU-16b", "CN-05", "CN-23"}] == found


def test_rules_of_a_day_are_the_versions_in_force_then(counsel: Person) -> None:
    rows = as_(counsel).get(url("rules/?on=2010-06-01")).data["results"]

    assert "CN-12@1999-10-01" in [row["version"] for row in rows]
    assert all(row["valid_from"] <= "2010-06-01" for row in rows)


@pytest.mark.parametrize(
    ("language", "told", "lacking"),
    [
        ("en", "public holiday", "Cannot be worked out: service date missing."),
        ("zh-hans", "法定节假日", "无法计算"),
        ("zh-hant", "法定節假日", "無法計算"),
    ],
)
def test_the_working_is_in_the_language_asked_for(language: str, told: str, lacking: str, counsel: Person) -> None:
    client = as_(counsel)

    answer = client.get(url("rules/CN-12/due/?served_on=2026-03-02"), headers={"accept-language": language}).data
    missing = client.get(url("rules/CN-12/due/"), headers={"accept-language": language}).data

    assert any(told in step for step in answer["working"])
    assert missing["missing"] == ["served_on"]
    assert lacking in missing["sentence"]
