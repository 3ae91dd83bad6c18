"""A rule tried out in the address: each kind answers with date and steps; what is wrong is said at its field."""

from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest

from cases.actions.drafts import MeasureDraft
from cases.law.clocks import Ask, reckon
from cases.law.rulebook import book
from cases.models import Deadline, DeadlineVersion, LogEntry, Person
from tests.factories import a_case, a_notice
from tests.rooms import main_of, reading
from tracker.status.working import worked_out, working

QUERIES = 6


def ask(person: Person, rule_id: str, language: str = "en", **asked: str) -> Any:
    return reading(person).get(f"/{language}/rulebook/{rule_id}/", asked)


def words(answer: Any) -> str:
    return unescape(main_of(answer)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("rule_id", "asked", "told"),
    [
        ("CN-05", {"told_on": "2026-02-11"}, ("Wed 25 Feb 2026", ": Sat 14 Feb")),
        ("CN-06", {"hearing_on": "2026-03-20"}, ("Wed 11 Mar 2026",)),
        ("CN-08", {"served_on": "2026-09-16"}, ("Thu 8 Oct 2026", "a day of rest, to Thu 8 Oct 2026")),
        ("CN-18", {"served_on": "2026-08-31"}, ("Mon 1 Mar 2027", "Provisional", "Fri 26 Feb 2027")),
        ("CN-12", {"served_on": "2010-01-04"}, ("Fri 5 Mar 2010", "CN-12@1999-10-01")),
        ("CN-12", {"served_on": "2025-01-06", "made_on": "2020-01-10"}, ("beyond which the period never reaches",)),
        ("CN-12", {"served_on": "2026-03-02", "more_amount": "10", "more_unit": "day"}, ("Extends",)),
        ("CN-12", {"served_on": "2026-03-02", "still_from": "2026-03-10", "still_until": "2026-03-20"},
         ("Stands still",)),
        ("CN-22", {"ordered": "2026-10-09", "served_on": "2026-09-11"},
         ("Fri 9 Oct 2026", "the date that was ordered")),
        ("CN-23", {"found_on": "2026-03-02"}, ("Internal target: no statutory number",)),
        ("CN-23", {"ordered": "2026-03-03"}, ("Internal target: no statutory number", "Tue 3 Mar 2026")),
        ("CN-27", {"learnt_at": "2026-03-02", "learnt_at_hour": "09:30", "zone": "Asia/Shanghai"},
         ("Mon 2 Mar 2026 10:30",)),
        ("EU-22", {"aware_at": "2026-03-27", "aware_at_hour": "23:30", "zone": "Europe/Dublin"},
         ("Tue 31 Mar 2026 00:30", "read strictly it would end 30 minutes later")),
        ("EU-23", {"received_on": "2026-01-30", "calendar": "IE"}, ("2 Mar 2026",)),
    ],
)  # fmt: skip
def test_each_kind_of_rule_answers(rule_id: str, asked: dict[str, str], told: tuple[str, ...], counsel: Person) -> None:
    answer = ask(counsel, rule_id, **asked)

    assert answer.status_code == 200
    for each in told:
        assert each in words(answer)


@pytest.mark.parametrize(
    ("rule_id", "asked", "lacking"),
    [
        ("CN-12", {"served_on": ""}, "service date"),
        ("CN-27", {"learnt_at": "2026-03-02"}, "hour"),
        ("CN-22", {"served_on": "2026-03-02"}, "time limit ordered"),
        ("CN-12", {"served_on": "2026-03-02", "still_from": "2026-03-10"}, "date the clock runs again"),
    ],
)
def test_what_is_missing_is_named(rule_id: str, asked: dict[str, str], lacking: str, counsel: Person) -> None:
    answer = ask(counsel, rule_id, **asked)

    assert answer.status_code == 200
    assert f"Cannot be worked out: {lacking} missing" in words(answer)


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh-hans", "无法计算：缺少送达日期"), ("zh-hant", "無法計算：缺少送達日期")],
)
def test_what_is_missing_is_named_in_chinese(language: str, told: str, counsel: Person) -> None:
    assert told in words(ask(counsel, "CN-12", language, served_on=""))


def test_an_order_in_days_is_read_both_ways_and_the_earlier_leads(counsel: Person) -> None:
    answer = ask(counsel, "CN-22", served_on="2025-09-11", period_amount="15", period_unit="day")

    found = [(each.profile, each.working.due_on, each.leads) for each in answer.context["answers"]]
    assert found == [("CN-CD", date(2025, 9, 26), True), ("CN-WD", date(2025, 10, 9), False)]
    assert "the earlier reading leads until counsel chooses" in words(answer)


def test_a_reading_chosen_is_the_only_one(counsel: Person) -> None:
    asked = {"served_on": "2025-09-11", "period_amount": "15", "period_unit": "day", "period_profile": "CN-WD"}
    answer = ask(counsel, "CN-22", **asked)

    assert [each.working.due_on for each in answer.context["answers"]] == [date(2025, 10, 9)]


@pytest.mark.parametrize(
    ("rule_id", "asked", "field"),
    [
        ("CN-12", {"served_on": "yesterday"}, "served_on"),
        ("CN-12", {"served_on": "1980-01-01"}, "served_on"),
        ("CN-12", {"served_on": "1066-10-14"}, "served_on"),
        ("CN-12", {"served_on": "2026-03-02", "calendar": "MOON"}, "calendar"),
        ("CN-12", {"served_on": "2026-03-02", "more_amount": "5"}, "more_unit"),
        ("CN-12", {"served_on": "2026-03-02", "more_unit": "day"}, "more_amount"),
        ("CN-12", {"served_on": "2026-03-02", "more_amount": "5", "more_unit": "day", "more_until": "2026-09-01"},
         "more_until"),
        ("CN-12", {"served_on": "2026-03-02", "still_until": "2026-03-09"}, "still_from"),
        ("CN-12", {"served_on": "2026-03-02", "still_from": "2026-03-10", "still_until": "2026-03-09"}, "still_until"),
        ("CN-12", {"served_on": "2026-03-02", "more_until": "2026-03-10"}, "__all__"),
        ("CN-22", {"ordered": "2026-10-09", "period_amount": "5", "period_unit": "day"}, "period_amount"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_kept(
    rule_id: str, asked: dict[str, str], field: str, counsel: Person
) -> None:
    answer = ask(counsel, rule_id, **asked)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["answers"] == ()
    for typed in asked.values():
        assert typed in answer.text or typed == "MOON"


def test_asking_writes_nothing_and_costs_no_query_of_its_own(counsel: Person, django_assert_num_queries: Any) -> None:
    client, before = reading(counsel), LogEntry.objects.count()

    with django_assert_num_queries(QUERIES):
        client.get("/en/rulebook/CN-05/", {"told_on": "2026-02-11"})
    assert LogEntry.objects.count() == before
    assert not Deadline.objects.exists()


# ---- One builder -----------------------------------------------------------------------------------------------------
def test_what_is_only_asked_is_shown_as_what_a_version_keeps(counsel: Person) -> None:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, served_on=date(2026, 8, 31), service_mode="direct")
    kept = working(DeadlineVersion.objects.get(deadline__rule_id="CN-18"))
    rule = book().versions("CN-18")[-1]

    found = reckon(Ask("CN-18", {"served_on": date(2026, 8, 31)}), book=book())
    asked = worked_out(found, rule, on=date(2026, 8, 31), zone="Asia/Shanghai", calendar="CN")

    for name in ("steps", "days", "due_on", "due_at", "nominal_on", "safe_due_on", "provisional", "clause", "calendar"):
        assert getattr(asked, name) == getattr(kept, name)
    assert (asked.number, asked.made_at) == (0, None)


def test_an_order_is_shown_alike_too(counsel: Person) -> None:
    at = datetime(2026, 9, 12, 1, 0, tzinfo=UTC)
    case, order = a_case(by=counsel, at=at), MeasureDraft(kind="order_to_correct", ordered_on=date(2026, 10, 9))
    a_notice(
        case=case, by=counsel, at=at, kind="rectification_order", measures=(order,), issued_on=date(2026, 9, 11),
        served_on=date(2026, 9, 11),
    )  # fmt: skip
    kept = working(DeadlineVersion.objects.get(deadline__rule_id="CN-22"))

    ordered = Ask("CN-22", {"served_on": date(2026, 9, 11)}, ordered=date(2026, 10, 9))
    rule = book().versions("CN-22")[-1]
    asked = worked_out(reckon(ordered, book=book()), rule, on=date(2026, 9, 11), zone="Asia/Shanghai", calendar="CN")

    assert (asked.steps, asked.days) == (kept.steps, kept.days)
