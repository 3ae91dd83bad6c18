"""A deadline is stored with its rule's title in Simplified Chinese; who reads Traditional is shown the rule's own."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from cases.actions.deadline import set_internal_deadline
from cases.models import Case, Deadline, Person
from tests.factories import NOW, a_case, a_notice
from tracker.reminders.letters import title_of
from tracker.status.nouns import Titles
from tracker.wording import pick

pytestmark = pytest.mark.django_db
SIMPLIFIED, TRADITIONAL = "申请行政复议", "申請行政復議"


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


@pytest.fixture
def review(case: Case, counsel: Person) -> Deadline:
    a_notice(case=case, by=counsel, issued_on=None, served_on=date(2026, 9, 2))
    return case.deadlines.get(rule_id="CN-12")


def shown(client: Client, person: Person, path: str) -> str:
    client.force_login(person)
    return client.get(path).text


@pytest.mark.parametrize("page", ["deadlines/{uid}/", "deadlines/{uid}/working/", "deadlines/", ""])
def test_pages_show_the_words_of_the_rule(review: Deadline, counsel: Person, client: Client, page: str) -> None:
    text = shown(client, counsel, f"/zh-hant/cases/{review.case.reference}/{page.format(uid=review.uid)}")

    assert TRADITIONAL in text
    assert f">{SIMPLIFIED}" not in text


def test_simplified_stays_simplified(review: Deadline, counsel: Person, client: Client) -> None:
    text = shown(client, counsel, f"/zh-hans/cases/{review.case.reference}/deadlines/{review.uid}/")

    assert SIMPLIFIED in text
    assert TRADITIONAL not in text


def test_a_message_names_it_so(review: Deadline) -> None:
    with override("zh-hant"):
        assert title_of(review) == TRADITIONAL
    with override("en"):
        assert title_of(review) == review.title_en


def test_words_of_a_person_stay_as_typed(case: Case, counsel: Person) -> None:
    own = set_internal_deadline(case=case, title_zh="提交整改方案", due_on=date(2026, 10, 12), by=counsel, at=NOW)

    with override("zh-hant"):
        assert (title_of(own), pick(Titles("", "提交整改方案"))) == ("提交整改方案", "提交整改方案")
