"""The nights when clocks change: an hour that does not exist is refused, one that comes twice is the earlier."""

import json
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from cases.law.clocks.lines import answer
from cases.law.rulebook import book
from cases.models import Case, Person
from tests.api_world import as_, url
from tests.factories import a_case, a_notice
from tests.pages import signed_in
from tracker.forms.typed import NoSuchHour, instant

BERLIN, DUBLIN = "Europe/Berlin", "Europe/Dublin"
FORWARD, BACK = "2026-03-29", "2026-10-25"


def told(**ask: Any) -> dict[str, Any]:
    return dict(answer(json.dumps({"id": "x", **ask}), book=book()))


# ---- The clocks ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "hour", "exists"),
    [
        (BERLIN, "01:59", True), (BERLIN, "02:00", False), (BERLIN, "02:30", False), (BERLIN, "02:59:59", False),
        (BERLIN, "03:00", True), (DUBLIN, "00:59", True), (DUBLIN, "01:30", False), (DUBLIN, "02:30", True),
        ("Asia/Shanghai", "02:30", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("rule", ["EU-22", "EU-16"])
def test_an_hour_that_clocks_pass_over_is_an_error_that_names_it(rule: str, zone: str, hour: str, exists: bool) -> None:
    found = told(rule=rule, trigger=f"{FORWARD}T{hour}", zone=zone)

    assert ("due" in found) is exists
    assert exists or f"{FORWARD}T{hour}" in found["error"]
    assert exists or f"does not exist in {zone}" in found["error"]


@pytest.mark.parametrize(
    "more",
    [
        {"extensions": [{"until": f"{FORWARD}T02:30"}]},
        {"suspensions": [{"from": f"{FORWARD}T02:30", "until": "2026-03-30"}]},
        {"suspensions": [{"from": "2026-03-27", "until": f"{FORWARD}T02:30"}]},
    ],
)
def test_so_is_one_of_an_extension_or_a_suspension(more: dict[str, Any]) -> None:
    found = told(rule="EU-22", trigger="2026-03-26T10:00", zone=BERLIN, **more)

    assert "2026-03-29T02:30:00 does not exist in Europe/Berlin" in found["error"]


def test_so_is_the_hour_an_order_names_and_the_hour_that_starts_a_clock_of_days() -> None:
    ordered = told(rule="EU-13", ordered=f"{FORWARD}T02:30", zone=BERLIN)
    days = told(rule="EU-23", trigger=f"{FORWARD}T02:30", zone=BERLIN)

    assert "does not exist" in ordered["error"]
    assert "does not exist" in days["error"]


def test_a_day_that_begins_within_the_change_is_a_day_all_the_same() -> None:
    """In Beirut clocks go forward at midnight: a suspension until that day needs no hour."""
    found = told(
        profile="EU-H", amount=72, unit="hour", trigger="2026-03-27T10:00", zone="Asia/Beirut",
        suspensions=[{"from": "2026-03-28", "until": FORWARD}],
    )  # fmt: skip

    assert "error" not in found


def test_an_hour_that_comes_twice_is_the_earlier_and_its_offset_says_otherwise() -> None:
    earlier = told(rule="EU-16", trigger=f"{BACK}T02:30", zone=BERLIN)
    said = told(rule="EU-16", trigger=f"{BACK}T02:30+02:00", zone=BERLIN)
    later = told(rule="EU-16", trigger=f"{BACK}T02:30+01:00", zone=BERLIN)

    assert earlier["due"] == said["due"] == f"{BACK}T02:30:00+01:00"
    assert later["due"] == f"{BACK}T03:30:00+01:00"


# ---- Keys that stand twice -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"id": 1, "rule": "CN-05", "rule": "CN-12", "trigger": "2026-03-02"}', (1, "the key 'rule' is given twice")),
        ('{"id": 1, "id": 2, "rule": "CN-05", "trigger": "2026-03-02"}', (None, "the key 'id' is given twice")),
        (
            '{"id": 1, "rule": "CN-05", "facts": {"told_on": "2026-03-02", "told_on": "2026-03-03"}}',
            (1, "the key 'told_on' is given twice"),
        ),
        ('[{"id": 1, "id": 1}]', (None, "the key 'id' is given twice")),
        ('[{"a": 1, "a": 1}]', (None, "the key 'a' is given twice")),
    ],
)
def test_a_key_that_stands_twice_in_a_line_is_an_error(line: str, expected: tuple[Any, str]) -> None:
    found = answer(line, book=book())

    assert (found["id"], found["error"]) == expected


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_a_key_that_stands_twice_in_a_body_is_an_error(counsel: Person, language: str) -> None:
    body = '{"trigger": "2026-03-02", "trigger": "2026-03-03"}'

    refused = as_(counsel, language).post(url("rules/CN-05/due/"), body, content_type="application/json")

    words = {"en": "is given twice", "zh-hans": "重复出现", "zh-hant": "重複出現"}
    assert (refused.status_code, refused.data["code"]) == (400, "parse_error")
    assert words[language] in refused.data["message"]
    assert "trigger" in refused.data["message"]


# ---- Doors -----------------------------------------------------------------------------------------------------------
def test_an_hour_of_a_form_in_its_zone() -> None:
    with pytest.raises(NoSuchHour):
        instant(date(2026, 3, 29), time(2, 30), BERLIN)
    assert instant(date(2026, 10, 25), time(2, 30), BERLIN).isoformat() == "2026-10-25T02:30:00+02:00"
    assert instant(date(2026, 3, 29), None, BERLIN) is None


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


WORDS = {
    "en": "The hour 02:30 does not exist on this day in Europe/Berlin",
    "zh-hans": "Europe/Berlin在这一天没有02:30这一时刻",
    "zh-hant": "Europe/Berlin在這一天沒有02:30這一時刻",
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("step", ["check", ""])
def test_the_page_of_an_event_says_it_beside_the_hour(case: Case, counsel: Person, language: str, step: str) -> None:
    sent = {
        "name": "personal_data_breach_aware", "occurred_on": FORWARD, "occurred_time": "02:30", "zone": BERLIN,
        "step": step, "note": "heard at night",
    }  # fmt: skip

    found = signed_in(counsel).post(f"/{language}/cases/{case.reference}/events/new/", sent)

    assert found.status_code == 422
    assert WORDS[language] in found.context["form"].errors["occurred_time"][0]
    assert 'value="02:30"' in found.text
    assert not case.events.exists()


@pytest.mark.parametrize("language", WORDS)
def test_the_page_of_a_notice_says_it_beside_the_hour_of_service(case: Case, counsel: Person, language: str) -> None:
    notice = a_notice(case=case, by=counsel, issued_on=date(2026, 3, 2))
    sent = {
        "service-served_on": FORWARD, "service-served_time": "02:30", "service-service_mode": "direct",
        "service-zone": BERLIN, "service-revision": str(notice.revision),
    }  # fmt: skip

    found = signed_in(counsel).post(f"/{language}/cases/{case.reference}/notices/{notice.uid}/service/", sent)

    assert found.status_code == 422
    assert WORDS[language] in found.text
    notice.refresh_from_db()
    assert notice.served_on is None


def test_what_if_and_the_box_to_try_a_rule_say_it(case: Case, counsel: Person, client: Client) -> None:
    client.force_login(counsel)

    tried = client.get("/en/rulebook/EU-22/", {"aware_at": FORWARD, "aware_at_hour": "02:30", "zone": BERLIN})

    assert "The hour 02:30 does not exist on this day in Europe/Berlin" in tried.text
