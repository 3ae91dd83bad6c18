"""One shape for every refusal, no words of the database in it, and what nobody foresaw is not hidden."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from cases.api.errors import handler, in_paths, plain
from cases.models import Person
from config.refusals import server_error
from tests.api_world import as_, the_case, url

pytestmark = pytest.mark.django_db


def told(answer: Any) -> tuple[int, str]:
    assert set(answer.data) == {"code", "message", "details"}
    assert answer.data["message"]
    return answer.status_code, answer.data["code"]


def test_every_refusal_has_a_code_a_message_and_details(counsel: Person, member: Person) -> None:
    case = the_case(counsel, member)
    at = url(f"cases/{case.reference}/")

    assert told(APIClient().get(at)) == (401, "not_authenticated")
    assert told(as_(counsel).get(url("cases/XIA-2025-NOBODY/"))) == (404, "not_found")
    assert told(as_(member).post(f"{at}close/", {})) == (403, "forbidden")
    assert told(as_(counsel).post(f"{at}close/", {})) == (400, "invalid")
    assert told(as_(counsel).post(f"{at}reopen/", {"reason": "?"})) == (409, "wrong_state")
    assert told(as_(counsel).delete(at)) == (405, "method_not_allowed")
    assert told(as_(counsel).patch(at, {"state": "closed"})) == (405, "method_not_allowed")
    assert told(as_(counsel).post(f"{at}close/", "a=1", content_type="text/plain")) == (415, "unsupported_media_type")
    assert told(as_(counsel).post(f"{at}close/", "{", content_type="application/json")) == (400, "parse_error")


@pytest.mark.parametrize("sent", [[], "text", 7, None])
def test_a_body_that_is_no_object_is_refused(sent: object, counsel: Person) -> None:
    answer = as_(counsel).post(url("cases/"), sent, format="json")

    assert told(answer) == (400, "invalid")


@pytest.mark.parametrize("value", ["\x00", "a\x00b"])
def test_a_nul_byte_is_refused_and_breaks_nothing(value: str, counsel: Person) -> None:
    case = the_case(counsel)

    assert as_(counsel).post(url(f"cases/{case.reference}/close/"), {"reason": value}).status_code == 400
    assert as_(counsel).post(url("tasks/"), {"case": value, "title_en": "x"}).status_code == 400
    assert as_(counsel).get(url("tasks/"), {"case": value}).status_code == 400
    assert as_(counsel).get(url("reminders/"), {"case": value}).status_code == 400


def test_a_missing_row_is_not_called_by_the_name_of_its_table(counsel: Person) -> None:
    answer = as_(counsel).get(url("tasks/k7qd2m4x9p/"))

    assert answer.data["message"] == "There is nothing here that you may know of."


def test_what_nobody_foresaw_propagates() -> None:
    assert handler(ZeroDivisionError(), {}) is None


def test_nested_errors_are_told_by_their_path() -> None:
    found = {"a": [{}, {"b": ["wrong"]}], "c": {3: ["long"]}, "d": {"non_field_errors": ["both"]}, "e": "short"}

    assert dict(in_paths(found)) == {"a[1].b": ["wrong"], "c[3]": ["long"], "d": ["both"], "e": ["short"]}


def test_details_are_plain_json() -> None:
    assert plain({"names": {"x"}, "n": 1, "none": None}) == {"names": ["x"], "n": 1, "none": None}


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("path", ["nothing/", "cases/XIA-2025-NOBODY/nothing/", "Cases/", "notices/k7qd2m4x9p/void/x/"])
def test_an_address_the_api_does_not_have_is_refused_in_its_shape(method: str, path: str) -> None:
    answer = getattr(Client(), method)(url(path), HTTP_ACCEPT_LANGUAGE="zh-hans")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer.json() == {"code": "not_found", "message": "没有您可以查阅的内容。", "details": {}}


def test_an_address_without_its_slash_still_leads_on_and_a_page_stays_a_page(client: Client) -> None:
    assert client.get("/api/v1/cases")["Location"] == "/api/v1/cases/"
    assert client.get("/en/nothing/")["Content-Type"] == "text/html; charset=utf-8"


def test_an_error_nobody_foresaw_is_told_in_the_shape_with_its_reference(caplog: pytest.LogCaptureFixture) -> None:
    answer = server_error(RequestFactory().get("/api/v1/cases/"))

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/json")
    assert answer.content.decode().split('"')[-2] in caplog.text
