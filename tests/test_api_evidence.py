"""Evidence by the API: multipart in, bytes out as an attachment, and custody says who took them."""

import json
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Case, CustodyEntry, Evidence, Person
from tests.api_world import AT, as_, the_case, url
from tests.work import a_task

pytestmark = pytest.mark.django_db

WORDS = "rank,title\n1,某明星\n".encode()


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return the_case(counsel, member)


def sent(person: Person, data: dict[str, Any], words: bytes = WORDS, name: str = "list.csv") -> Any:
    body = {"data": json.dumps(data), "file": SimpleUploadedFile(name, words, "text/csv")}
    return as_(person).post(url("evidence/"), body, format="multipart")


def test_evidence_is_hashed_linked_and_in_custody(case: Case, member: Person) -> None:
    task = a_task(case, by=member, at=AT)

    answer = sent(member, {"case": case.reference, "task": task.uid, "captured_at": "2025-08-09T12:00:00+08:00"})

    assert answer.status_code == 201
    assert (answer.data["sha256"], answer.data["size"]) == (sha256(WORDS).hexdigest(), len(WORDS))
    assert answer.data["captured_at"] == "2025-08-09T04:00:00Z"
    assert [link["task"] for link in answer.data["links"]] == [task.uid]
    assert [entry["action"] for entry in answer.data["custody"]] == ["intake"]


def test_plain_form_fields_do_as_well(case: Case, member: Person) -> None:
    body = {"case": case.reference, "title_en": "Capture", "file": SimpleUploadedFile("a.txt", WORDS)}

    answer = as_(member).post(url("evidence/"), body, format="multipart")

    assert (answer.status_code, answer.data["title_en"]) == (201, "Capture")


def test_the_same_bytes_again_are_refused_and_the_first_named(case: Case, member: Person) -> None:
    first = sent(member, {"case": case.reference}).data["uid"]

    answer = sent(member, {"case": case.reference}, name="again.csv")

    assert (answer.status_code, answer.data["code"]) == (409, "same_bytes")
    assert answer.data["details"] == {"evidence_uid": first}


@pytest.mark.parametrize("data", ["[1]", "{", '"text"'])
def test_data_that_is_no_json_object_is_refused(data: str, case: Case, member: Person) -> None:
    body = {"data": data, "file": SimpleUploadedFile("a.txt", WORDS)}

    answer = as_(member).post(url("evidence/"), body, format="multipart")

    assert (answer.status_code, answer.data["code"]) == (400, "parse_error")


def test_without_a_file_the_field_is_named(case: Case, member: Person) -> None:
    answer = as_(member).post(url("evidence/"), {"data": json.dumps({"case": case.reference})}, format="multipart")

    assert answer.data["details"]["fields"] == {"file": ["No file was submitted."]}


def test_an_empty_file_is_refused_and_nothing_recorded(case: Case, member: Person) -> None:
    answer = sent(member, {"case": case.reference}, words=b"")

    assert (answer.status_code, answer.data["code"]) == (409, "empty_file")
    assert not Evidence.objects.exists()


def test_a_task_of_another_case_is_as_good_as_unknown(case: Case, counsel: Person) -> None:
    elsewhere = a_task(the_case(counsel), by=counsel, at=AT)

    answer = sent(counsel, {"case": case.reference, "task": elsewhere.uid})

    assert answer.status_code == 400
    assert list(answer.data["details"]["fields"]) == ["task"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_download_gives_the_bytes_guarded_and_leaves_custody(method: str, case: Case, member: Person) -> None:
    uid = sent(member, {"case": case.reference}, name="<img src=x>.html").data["uid"]

    answer = getattr(as_(member), method)(url(f"evidence/{uid}/download/"))

    assert b"".join(answer.streaming_content) == WORDS
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
    entries = CustodyEntry.objects.filter(evidence__uid=uid).order_by("number")
    assert [(entry.action, entry.person) for entry in entries] == [("intake", member), ("download", member)]


def test_evidence_is_reviewed_verified_and_superseded(case: Case, counsel: Person) -> None:
    old = sent(counsel, {"case": case.reference}).data["uid"]
    new = sent(counsel, {"case": case.reference}, words=b"better").data["uid"]

    accepted = as_(counsel).post(url(f"evidence/{old}/accept/"))
    verified = as_(counsel).post(url(f"evidence/{old}/verify/"))
    replaced = as_(counsel).post(url(f"evidence/{old}/supersede/"), {"by_evidence": new, "reason": "sharper"})
    refused = as_(counsel).post(url(f"evidence/{old}/send-back/"), {"reason": "late"})

    assert (accepted.data["state"], replaced.data["superseded_by"]) == ("accepted", new)
    assert [entry["action"] for entry in verified.data["custody"]] == ["intake", "verification"]
    assert (refused.status_code, refused.data["details"]) == (409, {"evidence_uid": new})


def test_a_link_names_exactly_one_thing(case: Case, counsel: Person) -> None:
    task = a_task(case, by=counsel, at=AT)
    uid = sent(counsel, {"case": case.reference}).data["uid"]

    none = as_(counsel).post(url(f"evidence/{uid}/link/"), {})
    one = as_(counsel).post(url(f"evidence/{uid}/link/"), {"task": task.uid})
    again = as_(counsel).post(url(f"evidence/{uid}/link/"), {"task": task.uid})

    assert none.data["details"]["fields"] == {"body": ["Name one thing it proves."]}
    assert [link["task"] for link in one.data["links"]] == [task.uid]
    assert (again.status_code, again.data["code"]) == (409, "already_linked")
