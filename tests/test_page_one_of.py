"""Beside fields of which one must be given stands that, and not that each may be left out."""

import re

import pytest
from django.test import Client

from cases.models import Person
from tests.factories import a_case
from tests.pages import signed_in
from tests.test_page_log_notice import typed

pytestmark = pytest.mark.django_db
URL = "/en/cases/new/notice/"
BESIDE = re.compile(r'<label for="id_([\w-]+)">[^<]*<span class="opt">\(([^)]+)\)</span>')

AT_FIELD = re.compile(r'<ul class="errorlist" id="id_([\w-]+)_error"><li><span class="vh">Error: </span>([^<]+)')


@pytest.fixture
def desk(counsel: Person) -> Client:
    return signed_in(counsel)


def beside(client: Client, address: str) -> dict[str, str]:
    """The name of each field → what stands in brackets beside it."""
    return dict(BESIDE.findall(client.get(address).text))


def test_case_that_is_open_or_a_title_of_a_new_one_must_be_given(desk: Client) -> None:
    told = beside(desk, URL)

    assert {told[f"case-{name}"] for name in ("joins", "title_zh", "title_en")} == {"one of these"}
    assert {told["authority"], told["case-party"]} == {"or a new one below"}
    assert {told["demands-0-title_zh"], told["demands-0-title_en"]} == {"one of these"}
    assert told["number"] == "optional"


@pytest.mark.parametrize("step", ["tasks/new/", "requirements/new/", "deadlines/new/", "change/"])
def test_title_in_either_language_must_be_given(desk: Client, counsel: Person, step: str) -> None:
    told = beside(desk, f"/en/cases/{a_case(by=counsel).reference}/{step}")

    assert {told["title_zh"], told["title_en"]} == {"one of these"}


def test_nothing_given_is_said_in_words_at_the_field(desk: Client) -> None:
    answer = desk.post(URL, typed(**{"authority": "", "case-title_en": "", "case-party": ""}))

    assert answer.status_code == 422
    assert dict(AT_FIELD.findall(answer.text)) == {
        "authority": "Name the authority, or describe a new one.",
        "case-title_zh": "Give the new case a title, in English or in Chinese.",
        "case-party": "Name the party, or describe a new one.",
    }
