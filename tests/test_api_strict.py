"""What nobody reads is refused: a misspelt key of a body, a misspelt filter of a list; with what is known instead."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from rest_framework import serializers
from rest_framework.test import APIClient

from cases.api.urls import router as record
from cases.asked import Asked
from cases.models import Case, Person
from tests.api_world import as_, the_case, url
from tests.factories import an_authority
from tests.test_architecture import modules
from tests.work import a_task
from tracker.api.urls import router as watch

pytestmark = pytest.mark.django_db

WORDS = {
    "en": "Nothing of the name {} is read here.",
    "zh-hans": "此处不识别“{}”。",
    "zh-hant": "此處不識別「{}」。",
}
NOUNS = sorted(prefix for router in (record, watch) for prefix, *_rest in router.registry)


def kinds(of: type[serializers.BaseSerializer[Any]]) -> Iterator[type[serializers.BaseSerializer[Any]]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def fields(answer: Any) -> dict[str, list[str]]:
    assert (answer.status_code, answer.data["code"]) == (400, "invalid")
    found: dict[str, list[str]] = answer.data["details"]["fields"]
    return found


# ---- Lists -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("noun", NOUNS)
def test_a_parameter_of_a_list_that_nobody_reads_is_refused(noun: str, counsel: Person) -> None:
    answer = as_(counsel).get(url(f"{noun}/"), {"caze": "x"})

    assert list(fields(answer)) == ["caze"]


@pytest.mark.parametrize("noun", NOUNS)
def test_how_a_list_is_paged_and_written_may_be_asked_of_every_list(noun: str, counsel: Person) -> None:
    paged = {} if noun in {"rules", "calendars"} else {"size": "5"}

    assert as_(counsel).get(url(f"{noun}/"), {"format": "json", **paged}).status_code == 200


@pytest.mark.parametrize("language", WORDS)
def test_it_is_said_in_the_reader_s_language_with_what_is_known(language: str, counsel: Person) -> None:
    told = fields(as_(counsel, language).get(url("deadlines/"), {"status": "running"}))["status"][0]

    assert told.startswith(WORDS[language].format("status"))
    assert "case, state, kind, actor, rule, owner, notice, measure, cursor, size" in told


@pytest.mark.parametrize(
    ("at", "asked", "unknown"),
    [
        ("rules/", {"on": "2026-03-02", "jurisdiction": "CN"}, {}),
        ("rules/", {"law": "CN"}, {"law"}),
        ("rules/CN-05/", {"at": "2026-03-02"}, {"at"}),
        ("calendars/CN/", {"year": "2026"}, {}),
        ("calendars/CN/", {"jahr": "2026"}, {"jahr"}),
        ("rules/CN-05/due/", {"told_on": "2026-03-02", "format": "json"}, {}),
        ("reminders/", {"case": "X", "status": "sent"}, {"status"}),
        ("briefings/", {"state": "signed"}, {"state"}),
    ],
)
def test_of_the_rest(at: str, asked: dict[str, str], unknown: set[str], counsel: Person) -> None:
    answer = as_(counsel).get(url(at), asked)

    assert answer.status_code == (400 if unknown else 200)
    assert set(fields(answer)) == unknown if unknown else True


def test_a_row_by_its_name_takes_no_parameter_that_nobody_reads(counsel: Person) -> None:
    case = the_case(counsel)

    assert set(fields(as_(counsel).get(url(f"cases/{case.reference}/"), {"depth": "2"}))) == {"depth"}
    assert set(fields(as_(counsel).get(url(f"cases/{case.reference}/status/"), {"on": "2026-01-01"}))) == {"on"}
    assert set(fields(as_(counsel).get(url(f"cases/{case.reference}/people/"), {"role": "x"}))) == {"role"}


# ---- Bodies ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "takes", sorted(set(kinds(Asked)), key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__
)
def test_a_key_that_no_body_has_is_refused_by_every_body(takes: type[Asked], counsel: Person) -> None:
    asked = takes(data={"nobody_reads": 1}, context={"person": counsel, "at": None})

    assert not asked.is_valid()
    assert "Nothing of the name nobody_reads is read here" in str(asked.errors["nobody_reads"][0])


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith(("cases.api", "tracker.api"))])
def test_every_serializer_that_takes_anything_is_strict(module: str) -> None:
    found = import_module(module)
    taking = re.findall(r"(\w+)\(data=", Path(str(found.__file__)).read_text("utf-8"))

    # `takes` is what a door was given, a type of Asked by its annotation.
    assert [name for name in taking if name != "takes" and not issubclass(getattr(found, name), Asked)] == []


def a_notice_body(case: Case) -> dict[str, Any]:
    return {"case": case.reference, "kind": "other", "authority": an_authority().uid, "measures": [{"kind": "warning"}]}


def test_a_misspelt_key_is_refused_and_nothing_is_recorded(counsel: Person) -> None:
    case = the_case(counsel)
    body = a_notice_body(case) | {"servedon": "2025-08-29"}

    told = fields(as_(counsel).post(url("notices/"), body))

    assert set(told) == {"servedon"}
    assert "served_on" in told["servedon"][0]
    assert not case.notices.exists()


def test_a_misspelt_key_within_is_named_by_its_way(counsel: Person) -> None:
    case = the_case(counsel)
    body = a_notice_body(case) | {"measures": [{"kind": "warning"}, {"kind": "fine", "amout": "5"}]}

    assert set(fields(as_(counsel).post(url("notices/"), body))) == {"measures[1].amout"}


def test_all_that_is_wrong_is_told_at_once(counsel: Person) -> None:
    case = the_case(counsel)

    told = fields(as_(counsel).post(url("deadlines/"), {"case": case.reference, "due_on": "soon", "titel_en": "x"}))

    assert set(told) == {"due_on", "titel_en"}


def test_a_verb_that_asks_nothing_takes_nothing(counsel: Person) -> None:
    task = a_task(the_case(counsel), by=counsel)

    refused = as_(counsel).post(url(f"tasks/{task.uid}/start/"), {"due_on": "2026-03-03"})

    assert set(fields(refused)) == {"due_on"}
    assert "and nothing else is" in fields(refused)["due_on"][0]


def test_a_due_date_of_another_rule_than_the_address_names_is_refused(counsel: Person) -> None:
    answer = as_(counsel).post(url("rules/CN-05/due/"), {"trigger": "2026-03-02", "rule": "CN-12"})

    assert set(fields(answer)) == {"rule"}


def test_of_a_briefing_an_erasure_and_a_token(counsel: Person, administrator: Person) -> None:
    case, gone = the_case(counsel), as_(administrator)

    assert set(fields(as_(counsel).post(url("briefings/"), {"case": case.reference, "words": "x", "wrods": "y"}))) == {
        "wrods"
    }
    erased = {"reason": "x", "basis": "y", "why": "z"}
    assert set(fields(gone.post(url(f"people/{counsel.uid}/erase/"), erased))) == {"why"}
    body = {"email": counsel.email, "password": "correct horse", "day": 3}
    assert set(fields(APIClient().post(url("token/"), body))) == {"day"}


@pytest.mark.parametrize("room", ["reminders", "briefings", "subscriptions", "cases"])
def test_a_cursor_of_no_list_is_told_beside_its_name(counsel: Person, room: str) -> None:
    refused = as_(counsel).get(url(f"{room}/"), {"cursor": "abc"})

    assert (refused.status_code, fields(refused)) == (400, {"cursor": ["This cursor is not of this list."]})
