"""What a person is told when there is no page."""

import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from cases.actions import RuleBroken
from cases.models import Case
from cases.permissions import Forbidden
from tests.rooms import an_old_case, main_of, reading
from tracker.status.lists import BadCursor
from tracker.views.refusals import Refusals, server_error


@pytest.fixture
def asked(counsel):
    request = RequestFactory().get("/en/cases/")
    request.user = counsel
    request.resolver_match = None
    return request


def refuse(asked, exception):
    return Refusals(lambda request: HttpResponse()).process_exception(asked, exception)


@pytest.mark.parametrize(
    ("exception", "status", "words"),
    [
        (Forbidden("sign_off"), 403, "Your role does not allow this. It takes: Counsel."),
        (Case.DoesNotExist(), 404, "There is nothing here, or nothing you may know of."),
        (BadCursor("x"), 404, "There is nothing here, or nothing you may know of."),
        (RuleBroken("The case is closed."), 409, "The case is closed."),
    ],
)
def test_refusal_becomes_its_page(asked, exception, status, words):
    answer = refuse(asked, exception)

    assert answer.status_code == status
    assert words in answer.content.decode()


@pytest.mark.parametrize("exception", [ValueError("x"), KeyError("x"), PermissionError("x")])
def test_mistake_of_ours_is_no_refusal(asked, exception):
    assert refuse(asked, exception) is None


def test_address_of_nothing_is_not_found_in_the_reader_s_language(counsel):
    answer = reading(counsel).get("/en/no/such/page/")

    assert answer.status_code == 404
    assert "Search the cases" in main_of(answer)


def test_error_page_gives_a_reference_that_the_log_has_too(caplog):
    with caplog.at_level(logging.ERROR):
        answer = server_error(RequestFactory().post("/en/cases/"))

    reference = caplog.records[0].args[0]
    assert answer.status_code == 500
    assert f"<code>{reference}</code>" in answer.content.decode()
    assert caplog.messages == [f"Error page with reference {reference} for POST /en/cases/"]


def test_refusal_names_the_roles_in_the_reader_s_language(counsel, auditor):
    case = an_old_case(counsel, auditor)

    shown = reading(auditor).get(f"/zh-hans/cases/{case.reference}/requirements/new/")

    assert shown.status_code == 403
    assert '<html lang="zh-Hans"' in shown.text
