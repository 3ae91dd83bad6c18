"""Notices by the API: a case opened or joined, what is missing said, service recorded later, mistakes replaced."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Case, Evidence, Notice, Person
from tests.api_world import as_, the_case, the_notice, url
from tests.factories import a_party, an_authority

pytestmark = pytest.mark.django_db

ORDER = {"kind": "order_to_correct", "period_amount": 15, "period_unit": "working_day"}


def a_new_case(**fields: Any) -> dict[str, Any]:
    who = {"party": a_party().uid, "lead_authority": an_authority().uid, "title_zh": "热搜榜整改"}
    return who | fields


def body(**fields: Any) -> dict[str, Any]:
    known = {"kind": "rectification_order", "authority": an_authority().uid, "issued_on": "2025-09-11"}
    return {"case": a_new_case(), "measures": [ORDER], **known, **fields}


def logged(person: Person, **fields: Any) -> Any:
    return as_(person).post(url("notices/"), body(**fields))


def test_a_notice_of_unknown_service_opens_a_case_and_says_what_is_missing(counsel: Person) -> None:
    answer = logged(counsel)

    assert answer.status_code == 201
    assert "served_on" in answer.data["missing"]
    assert {each["due_on"] for each in answer.data["deadlines"]} == {None}
    assert answer.data["deadlines"][0]["sentence"].startswith("Cannot be worked out:")
    assert [each["kind"] for each in answer.data["measures"]] == ["order_to_correct"]
    assert {each["kind"] for each in answer.data["tracks"]} == {"rectification", "remedy"}
    assert Case.objects.get().reference == answer.data["case"]


def test_the_missing_facts_are_told_in_the_language_asked_for(counsel: Person) -> None:
    answer = as_(counsel, language="zh-hans").post(url("notices/"), body())

    assert "送达" in answer.data["deadlines"][0]["sentence"]


def test_service_recorded_later_dates_what_waited(counsel: Person) -> None:
    uid = logged(counsel).data["uid"]

    answer = as_(counsel).post(url(f"notices/{uid}/record-service/"), {"served_on": "2025-09-11", "mode": "direct"})

    ordered = next(each for each in answer.data["deadlines"] if each["kind"] == "ordered")
    # From Friday 12 September, 15 working days: 28 September is a make-up day, 1-8 October are holidays.
    assert (ordered["due_on"], ordered["sentence"]) == ("2025-10-09", "Due 2025-10-09")
    assert answer.data["missing"] == []


def test_a_second_notice_joins_the_case_with_its_demands(counsel: Person, member: Person) -> None:
    case = the_case(counsel, member)
    demand = {"title_en": "Clean the list", "owner": member.uid, "measure_index": 0, "due_on": "2025-10-09"}

    answer = logged(counsel, case=case.reference, requirements=[demand])

    (requirement,) = answer.data["requirements"]
    assert (answer.data["case"], requirement["measure"]) == (case.reference, answer.data["measures"][0]["uid"])
    assert (requirement["owner"]["uid"], requirement["due_on"]) == (member.uid, "2025-10-09")


def test_a_penalty_without_prior_notice_is_logged_and_marked_irregular(counsel: Person) -> None:
    fine = {"kind": "fine", "amount": "50000.00", "currency": "CNY", "procedure": "ordinary"}
    answer = logged(
        counsel,
        kind="penalty_decision",
        served_on="2025-09-11",
        measures=[fine],
        facts={"prior_notice_served": False},
    )

    official = next(each for each in answer.data["tracks"] if each["kind"] == "official")
    moves = as_(counsel).get(url(f"tracks/{official['uid']}/")).data["moves"]
    assert "prior_notice_served" in {item["code"] for move in moves for item in move["irregular"]}
    assert all(item["article_en"] for move in moves for item in move["irregular"])
    assert {each["due_on"] for each in answer.data["deadlines"] if each["rule_id"] == "CN-12"} == {"2025-11-10"}


def test_the_file_travels_with_the_notice_into_a_new_case(counsel: Person) -> None:
    sent = {"data": json.dumps(body(number="网信责改1号")), "file": SimpleUploadedFile("order.pdf", b"%PDF-1.7 order")}

    answer = as_(counsel).post(url("notices/"), sent, format="multipart")

    assert answer.status_code == 201
    assert Evidence.objects.get(uid=answer.data["evidence"]).case.reference == answer.data["case"]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"kind": "letter"}, "kind"),
    ({"authority": "nobody"}, "authority"),
    ({"issued_on": "11.9.2025"}, "issued_on"),
    ({"served_at": "2025-09-11T09:30:00"}, "served_at"),
    ({"zone": "Shanghai"}, "zone"),
    ({"case": "XIA-2025-NOBODY"}, "case"),
    ({"case": {"title_en": "No party"}}, "case.party"),
    ({"case": 7}, "case"),
    ({"measures": [ORDER, {"kind": "fine", "amount": "5"}]}, "measures[1].currency"),
    ({"measures": [{"kind": "order_to_correct", "period_amount": 5}]}, "measures[0].period_unit"),
    ({"measures": [ORDER | {"period_unit": "fortnight"}]}, "measures[0].period_unit"),
    ({"measures": [ORDER | {"period_profile": "CN-M"}]}, "measures[0].period_profile"),
    ({"measures": [ORDER | {"ordered_on": "2025-09-30"}]}, "measures[0].period_amount"),
    ({"measures": "fine"}, "measures"),
    ({"requirements": [{"clause": "整改"}]}, "requirements[0].title_en"),
    ({"requirements": [{"title_en": "Clean", "measure_index": 1}]}, "requirements[0].measure_index"),
    ({"cited_provisions": ["第七条", "x" * 301]}, "cited_provisions[1]"),
    ({"facts": {"moon_is_full": True}}, "facts"),
]


@pytest.mark.parametrize(("wrong", "path"), WRONG, ids=[path for _wrong, path in WRONG])
def test_what_is_wrong_is_named_by_its_path(wrong: dict[str, Any], path: str, counsel: Person) -> None:
    answer = logged(counsel, **wrong)

    assert (answer.status_code, answer.data["code"]) == (400, "invalid")
    assert path in answer.data["details"]["fields"]
    assert not Notice.objects.exists()


def test_a_day_of_service_before_the_document_is_refused_by_the_rule(counsel: Person) -> None:
    answer = logged(counsel, served_on="2025-09-10")

    assert (answer.status_code, answer.data["code"]) == (409, "served_before_issued")
    assert not Case.objects.exists()


def test_a_notice_logged_wrongly_is_replaced_and_points_to_the_new_one(counsel: Person) -> None:
    uid = logged(counsel).data["uid"]
    anew = {name: value for name, value in body(number="网信责改2号").items() if name != "case"}

    answer = as_(counsel).post(url(f"notices/{uid}/replace/"), anew | {"reason": "The number was misread."})

    old = as_(counsel).get(url(f"notices/{uid}/")).data
    assert (answer.status_code, answer.data["number"]) == (201, "网信责改2号")
    assert (old["replaced_by"], old["void_reason"]) == (answer.data["uid"], "The number was misread.")
    assert {each["outcome"] for each in old["deadlines"]} == {"withdrawn"}


def test_a_notice_moves_to_the_case_it_belongs_to(counsel: Person) -> None:
    wrong, right = the_case(counsel), the_case(counsel)
    uid = the_notice(wrong, counsel).uid

    answer = as_(counsel).post(url(f"notices/{uid}/move/"), {"to": right.reference, "reason": "Another matter."})

    assert (answer.status_code, answer.data["case"]) == (200, right.reference)
    assert {each["case"] for each in answer.data["deadlines"]} == {right.reference}


def test_a_voided_notice_takes_no_service(counsel: Person) -> None:
    uid = logged(counsel).data["uid"]
    as_(counsel).post(url(f"notices/{uid}/void/"), {"reason": "Not ours."})

    answer = as_(counsel).post(url(f"notices/{uid}/record-service/"), {"served_on": "2025-09-12", "mode": "direct"})

    assert (answer.status_code, answer.data["code"]) == (409, "already_voided")
